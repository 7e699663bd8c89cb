"""Keeps what docs/catalogue.md and docs/formats.md say about the guide true."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from docs_reader import blocks, described, keys_of, page, section, words_in_code
from test_catalogue_doc import CATALOGUE, are_described, small_files, write

from bpo_quiz.catalogue.guide_model import LINK_KINDS, Bullets, Fact, Metric, Paragraph
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_guide import GUIDE, GUIDE_FILE, PART_KINDS, load_guide

if TYPE_CHECKING:
    from pathlib import Path

    from test_catalogue_doc import Run

(EXAMPLE,) = (text for text in blocks(CATALOGUE, "yaml") if text.startswith(f"# {GUIDE_FILE}\n"))
KEYS = described(section(CATALOGUE, GUIDE_FILE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The hotel catalogue of the page with its guide."""
    return write(tmp_path / "my-catalogue", {**small_files(), GUIDE_FILE: EXAMPLE})


def test_the_example_passes_its_check_and_is_shown(folder: Path, bpo_quiz: Run) -> None:
    done = bpo_quiz("catalogue", "check", "--data", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert ", 2 guide topics; 0 errors" in done.stdout
    shown = bpo_quiz("guide", "daily work", "--data", str(folder)).stdout
    assert "The Receptionist writes bills while the attendants begin" in " ".join(shown.split())


def test_the_example_has_a_part_of_every_kind(folder: Path) -> None:
    guide = load_guide(load(folder), folder)
    assert guide is not None
    parts = [part for topic in guide.topics.values() for part in topic.parts()]
    assert {type(part) for part in parts} == {Paragraph, Bullets, Fact, Metric}
    assert {part.numbered for part in parts if isinstance(part, Bullets)} == {True, False}


def test_exactly_the_keys_that_the_reader_knows_are_described() -> None:
    are_described(section(CATALOGUE, GUIDE_FILE), GUIDE)


def test_the_kinds_of_parts_and_links_are_described() -> None:
    text = section(CATALOGUE, GUIDE_FILE)
    assert {key.rpartition("].")[2] for key in KEYS if "parts[]." in key and ".fact." not in key} == set(PART_KINDS)
    kinds = text.split("The kinds are ")[1].split(".")[0]
    assert words_in_code(kinds) == list(LINK_KINDS)


@pytest.mark.parametrize(
    ("heading", "words"), [("Guide list", []), ("Guide pages", ["--all"]), ("Guide pages", ["aht"])]
)
def test_the_keys_that_are_printed_are_described(heading: str, words: list[str], bpo_quiz: Run) -> None:
    text = section(page("formats.md"), heading)
    (example,) = blocks(text, "json")
    printed: Any = json.loads(bpo_quiz("guide", *words, "--format", "json").stdout)
    assert set(described(text)) == keys_of(json.loads(example))
    assert keys_of(printed) <= set(described(text))
    assert f"`{printed['format']}`" in described(text)["format"]

"""Keeps docs/catalogue.md true."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from docs_reader import blocks, page, section, table, words_in_code

from bpo_quiz.catalogue.fields import (
    NEEDED,
    Checked,
    Choice,
    Each,
    Key,
    Kind,
    Listed,
    Number,
    OftenEach,
    OrUsually,
    Record,
    Table,
)
from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE
from bpo_quiz.catalogue.guide_model import LINK_KINDS, Bullets, Fact, Metric, Paragraph
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read import ROLES, SKILLS
from bpo_quiz.catalogue.read_guide import GUIDE, GUIDE_FILE, PART_KINDS, load_guide
from bpo_quiz.study.lint import lint

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

CATALOGUE = page("catalogue.md")


# --- The small catalogue ---


def small_files() -> dict[str, str]:
    named = {text.split("\n", 1)[0].removeprefix("# "): text for text in blocks(CATALOGUE, "yaml")}
    return {name: named[name] for name in (SKILLS_FILE, ROLES_FILE)}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def checks() -> list[tuple[str, str]]:
    """Each `catalogue check` that the page shows, and what it prints."""
    shown = [text.partition("\n") for text in blocks(CATALOGUE, "console")]
    return [(command.removeprefix("$ "), output) for command, _, output in shown if output]


def test_the_small_catalogue_passes_its_check(bpo_quiz: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "my-catalogue", small_files())
    done = bpo_quiz("catalogue", "check", "--data", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, checks()[0][1], "")


def test_the_small_catalogue_ranks_its_roles(bpo_quiz: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "my-catalogue", small_files())
    like_a_room_attendant = {"hosting-1": 2, "hosting-2": 1, "tidiness-1": 4, "tidiness-2": 3, "planning-1": 1}
    answers = json.dumps({"format": "bpo-quiz/answers@1", "answers": like_a_room_attendant})
    done = bpo_quiz("start", "--answers", "-", "--format", "json", "--data", str(folder), input=answers)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["roles"][0]["role"] == "room_attendant"


def test_the_fault_that_is_shown_is_what_is_printed(bpo_quiz: Run, tmp_path: Path) -> None:
    files = small_files()
    files[ROLES_FILE] = files[ROLES_FILE].replace("    summary: Checks guests", "    sumary: Checks guests")
    done = bpo_quiz("catalogue", "check", "--data", str(write(tmp_path / "my-catalogue", files)))
    assert (done.returncode, done.stdout, done.stderr) == (3, "", checks()[1][1])


def small_trees() -> dict[str, Any]:
    import yaml

    return {name: yaml.safe_load(text) for name, text in small_files().items()}


def load_trees(folder: Path, trees: dict[str, Any]) -> Catalogue:
    import yaml

    texts = {name: yaml.safe_dump(tree, sort_keys=False) for name, tree in trees.items()}
    return load(write(folder, texts))


def test_every_snippet_fits_the_small_catalogue(tmp_path: Path) -> None:
    import yaml

    trees = small_trees()
    skills, roles = trees[SKILLS_FILE], trees[ROLES_FILE]
    parts: dict[str, list[dict[str, Any]]] = {
        SKILLS_FILE: [skills],
        ROLES_FILE: [roles],
        "a skill": [skills["skills"]["hosting"]],
        "a path": [roles["paths"]["front_desk"]],
        "a role": [roles["roles"]["receptionist"]],
        "every role": list(roles["roles"].values()),
    }
    for text in blocks(CATALOGUE, "yaml"):
        place = text.split("\n", 1)[0].removeprefix("# ")
        if not place.endswith(".yaml") or place.startswith("part of "):
            for target in parts[place.removeprefix("part of ")]:
                target.update(copy.deepcopy(yaml.safe_load(text)))
    loaded = load_trees(tmp_path / "with-snippets", trees)
    assert loaded.settings.seconds_per_item == 8
    assert loaded.roles["receptionist"].gates.english == "B1"
    assert not [finding for finding in lint(loaded) if finding.is_error]


# --- Every key that the reader knows ---


def known_keys(kind: Kind, above: str = "") -> Iterator[tuple[str, Key]]:
    """Every key that a reader knows, as the page's tables write it; ids in capitals."""
    match kind:
        case Record():
            for name, key in kind.keys.items():
                yield f"{above}{name}", key
                yield from known_keys(key.kind, f"{above}{name}.")
        case Table() | Each():
            yield f"{above}{kind.what.upper()}", Key(kind.of)
            yield from known_keys(kind.of, f"{above}{kind.what.upper()}.")
        case Listed():
            yield from known_keys(kind.of, f"{above.removesuffix('.')}[].")
        case Checked():
            yield from known_keys(kind.like, above)


def simple(kind: Kind) -> Kind:
    """What a list is of, a value that says how often, and a checked value like."""
    while isinstance(kind, Listed | OftenEach | OrUsually | Checked):
        kind = kind.like if isinstance(kind, Checked) else kind.of
    return kind


@pytest.mark.parametrize(("name", "file"), [(SKILLS_FILE, SKILLS), (ROLES_FILE, ROLES), (GUIDE_FILE, GUIDE)])
def test_exactly_the_keys_that_the_reader_knows_are_described(name: str, file: Record) -> None:
    """With what may be left out, ranges, words and defaults; `interests.INTEREST.items` is said to be as of a skill."""
    told, known = table(section(CATALOGUE, name)), dict(known_keys(file))
    assert told.keys() - known.keys() == set()
    for key, (kind, default, *_) in known.items():
        said = told.get(key.replace("interests.INTEREST.items.", "skills.SKILL.items."))
        if said is None:
            assert holds_keys(kind), f"{key} is not described"
            assert default is NEEDED, f"{key} is not said to be optional"
            continue
        assert ("optional" in said.value) == (default is not NEEDED), key
        match simple(kind):
            case Number(low, high):
                assert f"{low:g}-{high:g}" in said.value, key
            case Choice(_, tuple(words)):
                assert set(words) <= set(words_in_code(said.value)), key
        if type(default) in (int, float):
            assert f"default {default:g}" in said.value, key


def holds_keys(kind: Kind) -> bool:
    """Whether it is only there for the keys below it, which are described."""
    return isinstance(simple(kind), Record | Table | Each)


# --- The guide ---

(GUIDE_EXAMPLE,) = (text for text in blocks(CATALOGUE, "yaml") if text.startswith(f"# {GUIDE_FILE}\n"))


@pytest.fixture
def with_guide(tmp_path: Path) -> Path:
    """The hotel catalogue of the page with its guide."""
    return write(tmp_path / "my-catalogue", {**small_files(), GUIDE_FILE: GUIDE_EXAMPLE})


def test_the_guide_passes_its_check_and_is_shown(with_guide: Path, bpo_quiz: Run) -> None:
    done = bpo_quiz("catalogue", "check", "--data", str(with_guide))
    assert (done.returncode, done.stderr) == (0, "")
    assert ", 2 guide topics; 0 errors" in done.stdout
    shown = bpo_quiz("guide", "daily work", "--data", str(with_guide)).stdout
    assert "The Receptionist writes bills while the attendants begin" in " ".join(shown.split())


def test_the_guide_has_a_part_of_every_kind(with_guide: Path) -> None:
    guide = load_guide(load(with_guide), with_guide)
    assert guide is not None
    parts = [part for topic in guide.topics.values() for part in topic.parts()]
    assert {type(part) for part in parts} == {Paragraph, Bullets, Fact, Metric}
    assert {part.numbered for part in parts if isinstance(part, Bullets)} == {True, False}


def test_the_kinds_of_parts_and_links_are_described() -> None:
    text = section(CATALOGUE, GUIDE_FILE)
    assert words_in_code(text.split("exactly one of ")[1].split(".")[0]) == list(PART_KINDS)
    assert words_in_code(text.split("The kinds are ")[1].split(".")[0]) == list(LINK_KINDS)

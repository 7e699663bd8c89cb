"""Keeps docs/cohort.md, and what docs/formats.md says of sheets, true."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from docs_reader import blocks, page, section, words_in_code
from strategies import answers_by_turns

from bpo_quiz.scoring.many import RULES

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    Score = Callable[..., subprocess.CompletedProcess[str]]

PAGE, FORMATS = page("cohort.md"), page("formats.md")


@pytest.fixture
def score(bpo_quiz: Score, tmp_path: Path) -> Score:
    def run(text: str, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "sheets.csv").write_text(text)
        return bpo_quiz("score", str(tmp_path / "sheets.csv"), *options)

    return run


def lines(catalogue: Catalogue, *sheets: str) -> str:
    return "\n".join([f"id (answers 0-4),{','.join(item.id for item in catalogue.items())}", *sheets])


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_sheets_of_both_pages_can_be_scored_and_say_too_little(score: Score) -> None:
    for text in (*blocks(PAGE, "csv"), *blocks(section(FORMATS, "Sheets"), "csv")):
        done = score(text)
        assert done.returncode == 0, done.stderr
        assert f"{len(text.splitlines()) - 1} sheets scored." in done.stderr
        assert {row[-1] for row in read(done.stdout)[1:]} == {"too few answers;incomplete"}
    assert "Everybody in it would get `too few answers`" in " ".join(PAGE.split())


def test_the_example_of_scored_sheets_looks_like_what_is_written(score: Score, catalogue: Catalogue) -> None:
    """A sheet that says something, and two that do not; another catalogue has other numbers."""
    answers = answers_by_turns(catalogue)
    values = ",".join(str(answers[item.id]) for item in catalogue.items())
    written = score(
        lines(catalogue, f"p1,{values}", f"p2{',' * len(answers)}", f"p3{',2' * len(answers)}"), "--top", "2"
    )
    (example,) = blocks(section(FORMATS, "Scored sheets"), "csv")
    assert shape(written.stdout) == shape(example)


def shape(text: str) -> list[list[str]]:
    """A CSV file with its role, path and numbers taken for a sign."""
    head, *rows = read(text)
    return [head, *([row[0], row[1], *("#" if cell else "" for cell in row[2:8]), row[8]] for row in rows)]


def test_flags_and_their_bits_are_told_as_they_are() -> None:
    (told,) = re.findall(r"bits for the flags: ([^.]+)\.", section(PAGE, "Beyond one computer"))
    assert told == ", ".join(f"{1 << bit} `{rule}`" for bit, rule in enumerate(RULES))
    assert set(RULES) <= set(words_in_code(section(FORMATS, "Flags")))


def test_every_option_of_score_is_told(bpo_quiz: Score) -> None:
    told = set(re.findall(r"`(-[-\w]+)", section(PAGE, "Score").split("| --- |")[1]))
    help_ = bpo_quiz("score", "--help").stdout
    assert told == {*re.findall(r"(--\w+) ", help_)} - {"--help", "--output"} | {"-o"}


def test_the_example_of_a_bad_line_is_what_is_told(
    score: Score, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = ",1" * len(catalogue.items())
    monkeypatch.chdir(tmp_path)
    command, *told = blocks(section(PAGE, "Score"), "console")[0].splitlines()
    _, _, _, name, *options = command.split()
    done = score(lines(catalogue, f"a{good}", f"b{good}", f"c,5{good[2:]}", f"d{good}"), *options)
    said = done.stderr.replace(str(tmp_path / name), name)
    assert (done.returncode, sorted(said.splitlines())) == (3, sorted(told))


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = blocks(section(PAGE, "Beyond one computer"), "python")
    exec(compile(code[0], "cohort.md", "exec"), {})  # noqa: S102 - our own page
    assert len(capsys.readouterr().out.splitlines()) == 2
    for other in code[1:]:
        compile(other, "cohort.md", "exec")


def test_files_that_are_named_are_there() -> None:
    assert all((ROOT / file).is_file() for file in re.findall(r"`(bench/\w+\.py)`", PAGE))

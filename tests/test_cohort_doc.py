"""Keeps docs/cohort.md, and what the pages of formats say of sheets, true."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from typing import TYPE_CHECKING

from conftest import ROOT
from docs_reader import blocks, described, keys_of, page, section
from strategies import answers_by_turns

from bpo_quiz.scoring.many import RULES
from bpo_quiz.sheets.rows import CHANCE, COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE, FORMATS, DESK = page("cohort.md"), page("formats.md"), page("desk-formats.md")
SCORED = section(FORMATS, "Scored sheets")


def test_the_sheets_of_both_pages_can_be_scored(bpo_quiz: Run, tmp_path: Path) -> None:
    for text in (*blocks(PAGE, "csv"), *blocks(section(FORMATS, "Sheets"), "csv")):
        file = tmp_path / "sheets.csv"
        file.write_text(text)
        done = bpo_quiz("score", str(file))
        assert done.returncode == 0, done.stderr
        assert f"{len(text.splitlines()) - 1} sheets scored." in done.stderr


def test_the_short_example_gets_what_the_page_says_of_it(bpo_quiz: Run, tmp_path: Path) -> None:
    (text,) = blocks(section(PAGE, "Collect"), "csv")
    file = tmp_path / "sheets.csv"
    file.write_text(text)
    flags = {row["flags"] for row in csv.DictReader(io.StringIO(bpo_quiz("score", str(file)).stdout, newline=""))}
    assert flags == {"too few answers"}
    assert "Everybody in it would get `too few answers`" in " ".join(section(PAGE, "Collect").split())


def test_every_column_of_a_scored_file_is_described() -> None:
    columns, keys = SCORED.split("`--format jsonl`")
    assert list(described(columns)) == [*COLUMNS, CHANCE]
    assert set(described(keys)) == keys_of(json.loads(blocks(SCORED, "json")[0])) | {f"roles[].{CHANCE}"}


def test_the_examples_of_scored_sheets_look_like_what_is_written(
    bpo_quiz: Run, catalogue: Catalogue, tmp_path: Path
) -> None:
    """A sheet that says something, and two that do not; another catalogue has other numbers."""
    items, answers = [item.id for item in catalogue.items()], answers_by_turns(catalogue)
    file = tmp_path / "sheets.csv"
    values = ",".join(str(answers[item]) for item in items)
    file.write_text(f"id,{','.join(items)}\np1,{values}\np2{',' * len(items)}\np3{',2' * len(items)}\n")
    (example,) = blocks(SCORED, "csv")
    assert shape(bpo_quiz("score", str(file), "--top", "2").stdout) == shape(example)
    record = json.loads(bpo_quiz("score", str(file), "--format", "jsonl", "--top", "1").stdout.splitlines()[0])
    assert keys_of(record) == keys_of(json.loads(blocks(SCORED, "json")[0]))


def shape(text: str) -> list[list[str]]:
    """A CSV file with its role, path and numbers taken for a sign."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return [rows[0], *([row[0], row[1], *("#" if cell else "" for cell in row[2:8]), row[8]] for row in rows[1:])]


def test_bits_of_flags_are_told_as_they_are() -> None:
    told = re.search(r"bits for the flags: ([^.]+)\.", section(PAGE, "Beyond one computer"))
    assert told is not None
    assert told[1] == ", ".join(f"{1 << bit} `{rule}`" for bit, rule in enumerate(RULES))


def test_flags_are_those_of_a_result() -> None:
    assert set(RULES) <= set(re.findall(r"^\* `([^`]+)`: ", section(FORMATS, "Result"), re.MULTILINE))


def test_the_record_of_a_scored_cohort_is_described(bpo_quiz: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    items = [item.id for item in catalogue.items()]
    sheets, results = tmp_path / "sheets.csv", tmp_path / "results.csv"
    people = (",".join([f"p{n}", *(str((n * k + k // 3) % 5) for k in range(len(items)))]) for n in range(40))
    sheets.write_text("\n".join([f"id,{','.join(items)}", *people]))
    assert bpo_quiz("score", str(sheets), "-o", str(results)).returncode == 0
    record = json.loads(bpo_quiz("cohort", "--from", str(results), "--format", "json").stdout)
    text = section(DESK, "Cohort of scored sheets")
    free = {"unread": "REASON", "flags": "SIGN"}
    keys = {key for key in keys_of(record) if not key.startswith(tuple(f"{name}." for name in free))}
    keys |= {"unread.REASON", "flags.SIGN", "flags.SIGN.people", "flags.SIGN.word"}
    assert keys == set(described(text))
    assert set(json.loads(blocks(text, "json")[0])) == set(record)


def test_every_option_of_score_is_told(bpo_quiz: Run) -> None:
    told = set(re.findall(r"`(-[-\w]+)", section(PAGE, "Score").split("| --- |")[1]))
    help_ = bpo_quiz("score", "--help").stdout
    assert told == {*re.findall(r"(--\w+) ", help_)} - {"--help", "--output"} | {"-o"}


def test_the_example_of_a_bad_line_is_what_is_told(bpo_quiz: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    items = [item.id for item in catalogue.items()]
    good = ",".join("1" for _ in items)
    lines = [f"id,{','.join(items)}", f"a,{good}", f"b,{good}", f"c,5{good[1:]}", f"d,{good}"]
    (tmp_path / "sheets.csv").write_text("\n".join(lines))
    command, *told = blocks(section(PAGE, "Score"), "console")[0].splitlines()
    done = subprocess.run(
        [*bpo_quiz("--version").args[:3], *command.split()[2:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, sorted(done.stderr.splitlines())) == (3, sorted(told))


def test_the_example_in_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = blocks(section(PAGE, "Beyond one computer"), "python")
    exec(compile(code[0], "cohort.md", "exec"), {})  # noqa: S102 - our own page
    assert len(capsys.readouterr().out.splitlines()) == 2
    for other in code[1:]:
        compile(other, "cohort.md", "exec")


def test_files_that_are_named_are_there() -> None:
    for file in re.findall(r"`(bench/\w+\.py)`", PAGE):
        assert (ROOT / file).is_file()
    assert next(csv.reader(io.StringIO(blocks(PAGE, "csv")[0])))[0] == "id"

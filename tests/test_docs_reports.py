"""Keeps docs/report-formats.md true."""

from __future__ import annotations

import csv
import io
import json
from typing import get_args

import pytest
from docs_reader import blocks, described, keys_of, page, rows, section, words_in_code
from pages.pages import SMALL, Subject, occasion, somebody

from bpo_quiz.catalogue.load import load
from bpo_quiz.commands.output import HandedRows
from bpo_quiz.records.result import for_counsellor
from bpo_quiz.records.result_csv import COLUMNS, result_csv
from bpo_quiz.results.result import build

PAGE = page("report-formats.md")
CSV, COUNSELLOR = section(PAGE, "CSV"), section(PAGE, "JSON for the counsellor")


def answering(*values: int | None) -> Subject:
    """Somebody of the small catalogue who answers over and over the same."""
    one = somebody(load(SMALL))
    given = {item: values[n % len(values)] for n, item in enumerate(one.answers.responses)}
    return one._replace(answers=one.answers._replace(responses=given))


def csv_rows(one: Subject) -> list[dict[str, str]]:
    text = result_csv(build(one.catalogue, one.answers), occasion(one), counsellor=True, with_name=True)
    return list(csv.DictReader(io.StringIO(text, newline="")))


EVERYTHING = {
    "full": answering(4, 3, 0, 1, 2, 4),
    "with gaps": answering(0, 4, None, 0, None, 1, 2, 3, 4),
    "all alike": answering(2),
}


def test_every_format_is_described() -> None:
    told = {words_in_code(row[0])[0] for row in rows(PAGE.split("## Two versions")[0])}
    assert told == set(get_args(HandedRows)) - {"table"}


def test_every_column_is_described_in_its_order() -> None:
    assert tuple(words_in_code(row[0])[0] for row in rows(CSV))[: len(COLUMNS)] == COLUMNS


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_section_and_measure_is_described(name: str) -> None:
    told = {words_in_code(name)[0]: words_in_code(measures) for name, measures in list(rows(CSV))[len(COLUMNS) :]}
    for row in csv_rows(EVERYTHING[name]):
        kind = row["measure"].split(": ")[0]
        if row["section"] != "note":
            assert kind in told[row["section"]] or f"{kind}: WHAT" in told[row["section"]], row


def test_every_described_section_comes() -> None:
    told = {words_in_code(name)[0] for name, _ in list(rows(CSV))[len(COLUMNS) :]}
    came = {row["section"] for one in EVERYTHING.values() for row in csv_rows(one)}
    assert told - came == {"example"}, "the small catalogue asks for no examples"


def test_every_key_for_the_counsellor_is_described_and_shown() -> None:
    one = EVERYTHING["with gaps"]
    printed = keys_of(for_counsellor(build(one.catalogue, one.answers), one.answers, occasion(one)))
    (example,) = blocks(COUNSELLOR, "json")
    assert printed == set(described(COUNSELLOR))
    assert keys_of(json.loads(example)) == printed

"""Keeps docs/report-formats.md true."""

from __future__ import annotations

import csv
import io
import json
from typing import get_args

import pytest
from docs_reader import blocks, described, keys_of, page, rows, section, words_in_code
from papers import SMALL, Papers, answers_of

from bpo_quiz.commands.output import HandedRows
from bpo_quiz.records.result import for_counsellor
from bpo_quiz.records.result_csv import COLUMNS

PAGE = page("report-formats.md")
CSV, COUNSELLOR = section(PAGE, "CSV"), section(PAGE, "JSON for the counsellor")
EVERYTHING = [Papers(answers=answers_of(SMALL, values)) for values in ("430124", "04-0-1234", "2")]


def test_every_format_is_described() -> None:
    told = {words_in_code(row[0])[0] for row in rows(PAGE.split("## Two versions")[0])}
    assert told == set(get_args(HandedRows)) - {"table"}


def test_every_column_is_described_in_its_order() -> None:
    assert tuple(words_in_code(row[0])[0] for row in rows(CSV))[: len(COLUMNS)] == COLUMNS


@pytest.mark.parametrize("papers", EVERYTHING, ids=["full", "with gaps", "all alike"])
def test_every_section_and_measure_is_described(papers: Papers) -> None:
    told = {words_in_code(name)[0]: words_in_code(measures) for name, measures in list(rows(CSV))[len(COLUMNS) :]}
    for row in csv.DictReader(io.StringIO(papers.csv(counsellor=True), newline="")):
        kind = row["measure"].split(": ")[0]
        if row["section"] != "note":
            assert kind in told[row["section"]] or f"{kind}: WHAT" in told[row["section"]], row


def test_every_described_section_comes() -> None:
    told = {words_in_code(name)[0] for name, _ in list(rows(CSV))[len(COLUMNS) :]}
    texts = [papers.csv(counsellor=True) for papers in EVERYTHING]
    came = {row["section"] for text in texts for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert told - came == {"example"}, "the small catalogue asks for no examples"


def test_every_key_for_the_counsellor_is_described_and_shown() -> None:
    papers = EVERYTHING[1]
    printed = keys_of(for_counsellor(papers.report, papers.answers, papers.occasion))
    (example,) = blocks(COUNSELLOR, "json")
    assert printed == set(described(COUNSELLOR))
    assert keys_of(json.loads(example)) == printed

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.pages import SMALL, Subject, foreign_catalogue, occasion, somebody

from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.records.result_csv import COLUMNS, result_csv
from bpo_quiz.results.result import build

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", '=HYPERLINK("http://e")', 'a"b', "a,b", "a\nb", "a;b")


SOMEBODY = somebody(load(SMALL))


def csv_of(one: Subject, *, counsellor: bool = False, with_name: bool = False) -> str:
    report = build(one.catalogue, one.answers)
    return result_csv(report, occasion(one), counsellor=counsellor, with_name=with_name)


def foreign_csv(text: str) -> str:
    return csv_of(somebody(foreign_catalogue(lambda: text), typed=text), counsellor=True)


def rows_of(text: str) -> list[dict[str, str]]:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("text", FORMULAS)
def test_u05_no_text_is_a_formula_and_it_reads_back(text: str) -> None:
    rows = rows_of(foreign_csv(text))
    guarded = clean(text) if text[0] in 'a"' else "'" + clean(text)
    assert guarded in {row["name"] for row in rows}
    assert guarded in {row["value"] for row in rows if row["measure"] == "client"}
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r", " ")) for cell in row.values())


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_u02_u05_any_text_reads_back_cleaned(text: str) -> None:
    rows = rows_of(foreign_csv(text))
    (client,) = (row["value"] for row in rows if row["measure"] == "client")
    assert client.removeprefix("'") == clean(text).removeprefix("'")


def test_u05_numbers_stay_numbers_unrounded() -> None:
    rows = rows_of(csv_of(SOMEBODY))
    for standing in build(SOMEBODY.catalogue, SOMEBODY.answers).roles:
        (total,) = (
            row
            for row in rows
            if row["id"] == standing.role.id and row["measure"] == "total" and row["section"] == "role"
        )
        assert float(total["value"]) == standing.fit.total
        assert int(total["rank"]) == standing.rank


def test_points_add_up_in_a_spreadsheet() -> None:
    rows = [row for row in rows_of(csv_of(SOMEBODY)) if row["section"] == "goal"]
    points = [float(row["value"]) for row in rows if row["measure"] in ("readiness_points", "missing_points")]
    assert sum(points) == pytest.approx(100, abs=1e-9)


def test_notes_and_alias_are_the_counsellors() -> None:
    client, counsellor = csv_of(SOMEBODY), csv_of(SOMEBODY, counsellor=True)
    for secret in ("client,Ana M.", "Ana M. wrote this."):
        assert secret not in client
        assert secret in counsellor
    assert "client,Ana M." in csv_of(SOMEBODY, with_name=True)

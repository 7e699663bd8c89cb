from __future__ import annotations

import csv
import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FOREIGN, a_role

from bpo_quiz.records.cards import role_card
from bpo_quiz.records.text import cell, csv_text, json_text

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def test_u02_json_is_ascii_and_keeps_foreign_text_as_it_is() -> None:
    text = json_text(role_card(a_role("a", name=FOREIGN)))
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["name"] == FOREIGN


def test_no_number_can_be_written_that_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        json_text({"total": math.nan})


@given(
    st.sampled_from(
        ["=1+1", "+1", "-1", "@A1", "\tx", "\rx", " x", "-cmd|' /C calc'!A0", "=\n1", "\uff1d1", "\uff20A"]
    ),
    st.text(),
)
def test_u05_a_text_that_could_be_a_formula_gets_an_apostrophe(start: str, rest: str) -> None:
    text = cell(start + rest)
    assert isinstance(text, str)
    assert text.startswith("'")


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_u05_a_number_stays_a_number(number: float) -> None:
    assert cell(number) == number
    ((back,),) = csv.reader(io.StringIO(csv_text([[number]])))
    assert float(back) == float(number)


@given(st.lists(st.text(), min_size=1))
def test_u05_what_is_written_is_read_back(texts: list[str]) -> None:
    ((*back,),) = csv.reader(io.StringIO(csv_text([texts]), newline=""))
    assert back == [cell(text) for text in texts]


@given(
    st.sampled_from([";", "\t"]),
    st.text(),
    st.sampled_from(["", " ", '"', "'", ' "', "''"]),
    st.sampled_from(SIGNS),
    st.text(),
)
def test_u05_no_formula_begins_where_a_spreadsheet_splits_otherwise(
    split: str, before: str, between: str, start: str, rest: str
) -> None:
    file = csv_text([["word", f"{before}{split}{between}{start}{rest}", 1]])
    for sign in ";\t":
        assert not [one for one in file.split(sign)[1:] if one.lstrip(' "').startswith(tuple(SIGNS))]

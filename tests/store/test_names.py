from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_quiz.errors import UsageError
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.names import ALPHABET, fold, long_text, name, new_code, read_code

from .desk import CONSENT, begin, one_line

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database

codes = st.builds(new_code)


def test_no_two_characters_of_the_alphabet_look_alike() -> None:
    assert not set(ALPHABET) & set("0O1IL")
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


@given(codes)
def test_a_code_reads_as_itself_however_it_is_typed(code: str) -> None:
    plain = code.replace("-", "")
    for typed in (
        code,
        code.lower(),
        plain,
        f" {plain[:2]} {plain[2:]}\n",
        "-".join(plain),
        code.replace("-", "\u2013"),
    ):
        assert read_code(typed) == code


@given(codes)
def test_every_single_slip_is_noticed(code: str) -> None:
    plain = code.replace("-", "")
    for place, other in itertools.product(range(6), ALPHABET):
        if other != plain[place]:
            with pytest.raises(UsageError, match="slip"):
                read_code(plain[:place] + other + plain[place + 1 :])


@given(codes)
def test_two_characters_that_changed_places_are_noticed(code: str) -> None:
    plain = list(code.replace("-", ""))
    for first, second in itertools.combinations(range(6), 2):
        if plain[first] != plain[second]:
            swapped = plain.copy()
            swapped[first], swapped[second] = swapped[second], swapped[first]
            with pytest.raises(UsageError):
                read_code("".join(swapped))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_code_or_refused_in_one_line(text: str) -> None:
    try:
        assert read_code(text) == read_code(read_code(text))
    except UsageError as error:
        one_line(error, 2)


def test_the_example_in_the_message_is_a_code() -> None:
    with pytest.raises(UsageError) as caught:
        read_code("")
    assert read_code(str(caught.value).split()[-1])


def test_codes_are_spread() -> None:
    assert len({new_code() for _ in range(1000)}) > 990


@pytest.mark.parametrize("text", ["", "   ", "x" * 61, "half \ud800", "\u200d"])
def test_u03_what_is_no_short_text_is_no_name(text: str) -> None:
    with pytest.raises(UsageError, match="tag") as caught:
        name(text, "tag")
    one_line(caught.value, 2)


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "half \ud800"])
def test_u03_what_is_empty_too_long_or_no_text_is_not_kept(text: str) -> None:
    with pytest.raises(UsageError, match="note") as caught:
        long_text(text, "note")
    one_line(caught.value, 2)


@given(st.text(st.characters(codec="utf-8")))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


UNSEEN = (
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\ufe00",
    "\u034f",
    "\U000e0100",
    "\u115f",
    "\uffa0",
    "\u17b4",
    "\u180b",
    "\U0001d159",
)


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_u08_a_sign_that_nobody_can_see_is_refused_and_named(database: Database, sign: str) -> None:
    for text in (sign, f"An{sign}a", f"Ana{sign}"):
        with pytest.raises(UsageError, match=rf"U\+{ord(sign):04X} \(.+\)") as caught:
            Clients(database).add(text, CONSENT)
        one_line(caught.value, 2)
        assert sign not in str(caught.value)
        with pytest.raises(UsageError, match="tag: has U"):
            begin(database, tag=text)
    assert database.count("clients") == database.count("sessions") == 0


def test_u08_a_client_of_before_with_such_a_sign_can_be_found_and_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("bpo_quiz.store.names._UNSEEN", frozenset())
        Clients(database).add("A\u3164na", CONSENT)
    assert Clients(database).get("a\u3164NA").sessions == 0
    assert Clients(database).forget("A\u3164na").clients == 1


@pytest.mark.parametrize(
    "text", ["Ana Mar\u00eda", "e\u0301", "\u4e2d\u6587", "\U0001f469\u200d\U0001f467", "K-17", "\u0646\u0648\u0631"]
)
def test_u08_names_of_any_script_are_kept(database: Database, text: str) -> None:
    assert Clients(database).add(text, CONSENT).alias == text

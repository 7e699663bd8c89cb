from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_quiz.errors import UsageError
from bpo_quiz.store.names import ALPHABET, fold, long_text, name, new_code, read_code

from .desk import one_line

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

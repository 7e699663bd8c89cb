from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_quiz.clean import clean

ANYTHING = st.text(st.characters(exclude_categories=()))  # surrogates too


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]8;;http://e\x07link", "\\x1b]8;;http://e\\x07link"),
        ("\x9b2J", "\\x9b2J"),
        ("bell\x07 back\x08 return\r new\n tab\t nul\x00 del\x7f", None),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2066isolate\u2069", "\\u2066isolate\\u2069"),
        ("line\u2028paragraph\u2029", "line\\u2028paragraph\\u2029"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("half \ud800", "half \\ud800"),
        ("private \ue000 \U000f0000", "private \\ue000 \\U000f0000"),
        ("tag \U000e0041", "tag \\U000e0041"),
    ],
)
def test_u02_what_could_steer_a_terminal_is_made_visible(text: str, shown: str | None) -> None:
    assert clean(text).isprintable()
    assert shown is None or clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Łódź Ñandú",
        "中文 日本語",
        "مرحبا",
        "e\u0301",
        "👍🏽",
        "👩\u200d💻",
    ],
)
def test_u03_ordinary_text_of_any_language_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_u03_long_text_is_cut_and_the_cut_is_marked() -> None:
    assert clean("a" * 10_000, 200) == "a" * 200 + "..."
    assert clean("a" * 200, 200) == "a" * 200
    assert clean("\x1b" * 300, 2) == "\\x1b\\x1b..."


@given(ANYTHING)
def test_u02_nothing_unsafe_is_left(text: str) -> None:
    unsafe = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [one for one in clean(text) if unicodedata.category(one) in unsafe and one != "\u200d"]
    clean(text).encode("utf-8")


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_printable_ascii_is_untouched(text: str) -> None:
    assert clean(text) == text

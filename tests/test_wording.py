"""Numbers and lists in sentences."""

from __future__ import annotations

import time

import pytest

from bpo_quiz.wording import as_called, call_it, counted, day, listed, ordinal, plural


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (plural(0.5, "year"), "years"),
        (counted(0, "role"), "0 roles"),
        (counted(1, "role"), "1 role"),
        (counted(1204, "role"), "1,204 roles"),
        (counted(2, "career path has", "career paths have"), "2 career paths have"),
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(("a", "b")), "a and b"),
        (listed(iter("abc"), "or"), "a, b or c"),
    ],
)
def test_nouns_and_lists(said: str, wanted: str) -> None:
    assert said == wanted


def test_ordinals() -> None:
    places = [1, 2, 3, 4, 10, 11, 12, 13, 20, 21, 22, 23, 101, 111, 112]
    wanted = "1st 2nd 3rd 4th 10th 11th 12th 13th 20th 21st 22nd 23rd 101st 111th 112th"
    assert " ".join(map(ordinal, places)) == wanted


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the place of the clock cannot be set")
@pytest.mark.parametrize(("place", "said"), [("UTC", "22"), ("Asia/Manila", "23"), ("America/Lima", "22")])
def test_a_day_is_that_of_the_clock_here(monkeypatch: pytest.MonkeyPatch, place: str, said: str) -> None:
    with monkeypatch.context() as there:
        there.setenv("TZ", place)
        time.tzset()
        assert day("2026-11-22T20:00:00+00:00") == f"{said} November 2026"
        assert day("2026-11-22") == "22 November 2026"
    time.tzset()


@pytest.mark.parametrize(
    "called", ["bpo-quiz", ".venv/bin/bpo-quiz", "/a b/bpo-quiz --home 'x y'", "bpo-quiz --data d"]
)
def test_a_command_is_named_as_it_was_called_however_often_it_is_said(called: str) -> None:
    call_it(called)
    try:
        once = as_called("Saved. Go on with: bpo-quiz resume ABC-DEF")
        assert once == as_called(once) == f"Saved. Go on with: {called} resume ABC-DEF"
    finally:
        call_it("bpo-quiz")

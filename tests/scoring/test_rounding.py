from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import often

from bpo_quiz.scoring.rounding import add_up, whole

PARTS = st.lists(st.floats(0, 100), min_size=1, max_size=12)


@pytest.mark.parametrize(("number", "shown"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2), (0, 0), (-0.5, 0), (99.5, 100)])
def test_halves_go_up(number: float, shown: int) -> None:
    assert whole(number) == shown


def test_the_largest_remainders_get_the_points_that_are_left() -> None:
    assert add_up([33.4, 33.3, 33.3], 100) == [34, 33, 33]
    assert add_up([10.2, 20.7, 69.1], 100) == [10, 21, 69]


def test_equal_remainders_go_to_the_first() -> None:
    assert add_up([0.5, 0.5, 0.5, 0.5], 2) == [1, 1, 0, 0]


def test_a_total_that_was_rounded_down_takes_from_the_smallest_remainder() -> None:
    assert add_up([5.0, 5.4], 9) == [4, 5]


def test_nothing_adds_up_to_nothing() -> None:
    assert add_up([], 0) == []


@often
@given(PARTS)
def test_s03_shown_integers_add_up(parts: list[float]) -> None:
    total = whole(sum(parts))
    assert sum(add_up(parts, total)) == total


@often
@given(PARTS, st.integers(-1, 1))
def test_s03_shown_integers_add_up_where_the_total_was_rounded_elsewhere(parts: list[float], off: int) -> None:
    total = whole(sum(parts)) + off
    assert sum(add_up(parts, total)) == total


@often
@given(PARTS)
def test_s03_no_shown_integer_is_a_point_away_from_its_part(parts: list[float]) -> None:
    shown = add_up(parts, whole(sum(parts)))
    assert all(abs(one - part) < 1 + 1e-9 for one, part in zip(shown, parts, strict=True))
    assert min(shown) >= 0

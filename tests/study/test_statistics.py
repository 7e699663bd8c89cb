"""The statistics of answers and ratings, worked by hand; bench/likert.py holds them to published figures."""

from __future__ import annotations

import math

import pytest

from bpo_quiz.study.statistics import agreement, analyse

TWINS = [(0, 1), (1, 1), (2, 2), (3, 4)]
"""Variances 5/3 and 2, covariance 5/3; so the sum has a variance of 7."""


def test_alpha_and_its_items_are_those_that_are_worked_by_hand() -> None:
    found, items = analyse(TWINS)
    assert found.alpha == pytest.approx(2 * (1 - (5 / 3 + 2) / 7))
    assert found.one_more == pytest.approx(30 / 31)
    assert found.low is not None
    assert found.low < 20 / 21 < (found.high or 0) <= 1
    for item, mean, variance in zip(items, (1.5, 2), (5 / 3, 2), strict=True):
        assert (item.answered, item.missing, item.mean) == (4, 0, mean)
        assert item.sd == pytest.approx(math.sqrt(variance))
        assert item.item_rest == pytest.approx(5 / 3 / math.sqrt(5 / 3 * 2))
        assert item.alpha_if_dropped is None


def test_an_item_that_is_turned_round_is_found() -> None:
    """The third is 3 less the first: it takes alpha from 20/21 to -2.5."""
    found, items = analyse([(one, other, 3 - one) for one, other in TWINS])
    assert found.alpha == pytest.approx(-2.5)
    assert found.one_more is None
    assert items[2].item_rest == pytest.approx(-10 / 3 / math.sqrt(5 / 3 * 7))
    assert items[2].alpha_if_dropped == pytest.approx(20 / 21)


def test_who_left_something_out_counts_where_they_answered() -> None:
    found, items = analyse([*TWINS, (math.nan, 4), (math.nan, math.nan)])
    assert (found.complete, items[0].answered, items[1].answered, items[1].missing) == (4, 4, 5, 1)
    assert items[0].item_rest == pytest.approx(5 / 3 / math.sqrt(5 / 3 * 2))
    assert items[1].mean == pytest.approx(12 / 5)


@pytest.mark.parametrize("answers", [[(1, 1), (1, 1)], [(2,), (3,)], [(1, 2)], [(math.nan, 1), (2, math.nan)]])
def test_what_cannot_be_computed_is_none(answers: list[tuple[float, ...]]) -> None:
    found, items = analyse(answers)
    assert (found.alpha, found.low, found.one_more) == (None, None, None)
    assert {item.item_rest for item in items} == {None}


def test_raters_who_differ_by_a_constant_agree_less_than_those_who_do_not() -> None:
    """Mean squares 2 between things, 3/2 between raters, 0 left over."""
    found = agreement([(1, 2), (2, 3), (3, 4)])
    assert list(found) == pytest.approx([2 / 3, 0.8])
    assert agreement([(1, 1), (2, 2), (3, 3)]) == (1, 1)


@pytest.mark.parametrize("ratings", [[], [(1, 2)], [(1,), (2,)], [(1, 1), (1, 1)]])
def test_no_agreement_is_made_up(ratings: list[tuple[float, ...]]) -> None:
    assert agreement(ratings) == (None, None)

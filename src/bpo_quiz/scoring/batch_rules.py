"""The rules of answer quality that need no clock, for many sheets. `answer_quality.py` holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.scoring.answer_quality import FEWEST_PAIRS, LEAST_AGREEMENT, LEAST_SPREAD, LONGEST_RUN
from bpo_quiz.scoring.role_table import TIE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.scoring.answer_quality import Rule

    Values = NDArray[np.int8]
    Floats = NDArray[np.float64]
    Some = NDArray[np.bool_]

RULES: tuple[Rule, ...] = ("long run", "no spread", "pairs disagree")


class Rules:
    """The rules for one catalogue.

    Args:
        asked: numbers of the items in the order in which they are asked.
        skill_items: for each skill, the numbers of its items.
    """

    def __init__(self, asked: Sequence[int], skill_items: Sequence[Sequence[int]]) -> None:
        self._asked = np.array(asked)
        self._pairs = [list(items) for items in skill_items if len(items) > 1]

    def __call__(self, values: Values, keyed: Values, is_complete: bool) -> tuple[NDArray[np.uint8], Some]:
        """The sum of the bits of `RULES` that fired, and whether the definition must decide; [sheet].

        Args:
            values: 0-4, -1 without an answer, [item, sheet].
            keyed: likewise, 4 always the most.
            is_complete: whether there is no -1.
        """
        asked = values[self._asked]
        long = _has_run(asked) if is_complete else _has_run_with_gaps(asked)
        spread = _spread(values)
        agreement = _agreement(*self._firsts(keyed, is_complete))
        rules = long * np.uint8(1) + (spread < LEAST_SPREAD) * np.uint8(2) + (agreement < LEAST_AGREEMENT) * np.uint8(4)
        return rules, (np.abs(spread - LEAST_SPREAD) < TIE) | (np.abs(agreement - LEAST_AGREEMENT) < TIE)

    def _firsts(self, keyed: Values, is_complete: bool) -> tuple[Values, Values]:
        """The first two answers to each skill, [skill, sheet]; -1 where there are fewer."""
        one, other = keyed[[items[0] for items in self._pairs]], keyed[[items[1] for items in self._pairs]]
        if is_complete:
            return one, other
        for n, items in enumerate(self._pairs):
            for item in items[2:]:
                one[n], other[n] = _moved_up(one[n], other[n], keyed[item])
        return one, other


def _moved_up(one: Values, other: Values, third: Values) -> tuple[Values, Values]:
    """Let a third answer take the place of a missing one."""
    second = np.where(other < 0, third, other)
    return np.where(one < 0, second, one), np.where(one < 0, np.where(other < 0, -1, third), second).astype(np.int8)


def _has_run(asked: Values) -> Some:
    """Whether an option stands `LONGEST_RUN` times in a row."""
    same = asked[1:] == asked[:-1]
    length, needed = 1, LONGEST_RUN - 1
    while length < needed and len(same):
        step = min(length, needed - length)
        same = same[step:] & same[:-step]
        length += step
    found: Some = same.any(axis=0)
    return found


def _has_run_with_gaps(asked: Values) -> Some:
    """Likewise, where what was not answered is passed over."""
    last = np.full(asked.shape[1], -1, dtype=np.int8)
    run = np.zeros(asked.shape[1], dtype=np.int16)
    longest = run.copy()
    for values in asked:
        has = values >= 0
        run = np.where(has, np.where(values == last, run + 1, 1), run)
        last = np.where(has, values, last)
        np.maximum(longest, run, out=longest)
    return longest >= LONGEST_RUN


def _spread(values: Values) -> Floats:
    """Standard deviation of the values; 1 for fewer than two."""
    has = values >= 0
    plain = values * has
    count = has.sum(axis=0, dtype=np.float64)
    total, squares = plain.sum(axis=0, dtype=np.int32), (plain * plain).sum(axis=0, dtype=np.int32)
    wide = np.sqrt(count * squares - np.square(total, dtype=np.float64)) / np.maximum(count, 1)
    return np.where(count > 1, wide, 1.0)


def _agreement(one: Values, other: Values) -> Floats:
    """Correlation over the skills; 1 where it is not defined, or there are too few."""
    has = (one >= 0) & (other >= 0)
    count = has.sum(axis=0, dtype=np.float64)
    one, other = one * has, other * has
    sums = [values.sum(axis=0, dtype=np.int32) for values in (one, other, one * one, other * other, one * other)]
    first, second, first_square, second_square, product = (values.astype(np.float64) for values in sums)
    wide = (count * first_square - first * first) * (count * second_square - second * second)
    is_defined = (count >= FEWEST_PAIRS) & (wide > 0)
    found: Floats = (count * product - first * second) / np.sqrt(np.where(is_defined, wide, 1.0))
    return np.where(is_defined, found, 1.0)

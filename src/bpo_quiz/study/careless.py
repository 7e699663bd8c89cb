"""Sheets that describe nobody: eight ways to click through a quiz, with item times. And the times of those who read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.many import Arrays, Floats
    from bpo_quiz.study.worlds import People

    Values = NDArray[np.int64]

OPTIONS = HIGHEST_VALUE + 1
MIDDLE_OPTION = HIGHEST_VALUE // 2

PACE_SPREAD, ITEM_TIME_SPREAD = 0.25, 0.4
"""SD of the logarithm of a person's pace, and of an item's time around it."""
HURRIED = 1.2
"""Seconds an item that those who do not read usually take."""
LONGEST_TIME = 120.0

SLIP = 0.05
RUNS = (8, 16)
OFF_MIDDLE = 0.2


class Kind(NamedTuple):
    """A way not to answer.

    Attributes:
        values: option positions, 0-4, in the order in which the items are asked.
        is_hurried: whether items take `HURRIED` seconds; if not, as long as an honest person's.
    """

    id: str
    what: str
    values: Callable[[int, Generator], Values]
    is_hurried: bool = False


def _same(items: int, dice: Generator) -> Values:
    return np.full(items, dice.integers(OPTIONS))


def _slips(items: int, dice: Generator) -> Values:
    beside = _same(items, dice) + np.where(dice.random(items) < SLIP, dice.choice([-1, 1], items), 0)
    return np.clip(beside, 0, HIGHEST_VALUE)


def _zigzag(items: int, dice: Generator) -> Values:
    there_and_back = [*range(OPTIONS), *range(HIGHEST_VALUE - 1, 0, -1)]
    return np.resize(np.roll(there_and_back, dice.integers(len(there_and_back))), items)


def _long_runs(items: int, dice: Generator) -> Values:
    lengths = dice.integers(RUNS[0], RUNS[1] + 1, items)
    steps = dice.integers(1, OPTIONS, items)  # the next run is on another option
    return np.asarray(np.repeat(np.cumsum(steps) % OPTIONS, lengths)[:items])


def _random(items: int, dice: Generator) -> Values:
    return dice.integers(OPTIONS, size=items)


def _middle(items: int, dice: Generator) -> Values:
    return MIDDLE_OPTION + np.where(dice.random(items) < OFF_MIDDLE, dice.choice([-1, 1], items), 0)


def _extremes(items: int, dice: Generator) -> Values:
    return dice.choice([0, HIGHEST_VALUE], items)


KINDS = (
    Kind("same", "the same option throughout", _same),
    Kind("slips", "the same option with rare slips", _slips),
    Kind("zigzag", "up and down the options, fast", _zigzag, is_hurried=True),
    Kind("long_runs", "long runs of one option", _long_runs),
    Kind("random_fast", "at random, fast", _random, is_hurried=True),
    Kind("random_slow", "at random, at the pace of reading", _random),
    Kind("middle", "hardly off the middle", _middle),
    Kind("extremes_fast", "the ends only, fast", _extremes, is_hurried=True),
)
SLOW_RANDOM = "random_slow"
"""The kind that no clock gives away."""


class Caught(NamedTuple):
    """Flagged sheets of one kind.

    Attributes:
        flagged: 1 where at least one rule fired, else 0. by_answers: where one did without a look at the times. Both
            one number a sheet.
        rules: rule -> share of the sheets on which it fired.
    """

    kind: str
    flagged: Floats
    by_answers: Floats
    rules: Mapping[str, float]


def catch_careless(catalogue: Catalogue, kind: Kind, sheets: int, dice: Generator) -> Caught:
    """Flag so many sheets of one kind."""
    order = full_order(catalogue)
    pace = HURRIED if kind.is_hurried else catalogue.settings.seconds_per_item
    fired = []
    for _ in range(sheets):
        values = kind.values(len(order), dice)
        responses: Responses = {item.id: int(value) for item, value in zip(order, values, strict=True)}
        fired.append(_rules(catalogue, order, responses, _times(pace, order, dice)))
    return _caught(kind.id, fired)


def catch_honest(catalogue: Catalogue, arrays: Arrays, people: People, dice: Generator) -> Caught:
    """Flag people who answer as they are and read what is asked."""
    order = full_order(catalogue)
    pace = catalogue.settings.seconds_per_item
    fired = [
        _rules(catalogue, order, people.responses(arrays, n), _times(pace, order, dice))
        for n in range(len(people.values))
    ]
    return _caught(people.world.id, fired)


def _times(pace: float, order: Sequence[Item], dice: Generator) -> dict[str, float]:
    own = pace * np.exp(dice.normal(0, PACE_SPREAD))
    taken = np.minimum(own * np.exp(dice.normal(0, ITEM_TIME_SPREAD, len(order))), LONGEST_TIME)
    return {item.id: float(seconds) for item, seconds in zip(order, taken, strict=True)}


def _rules(
    catalogue: Catalogue, order: Sequence[Item], responses: Responses, times: Mapping[str, float]
) -> tuple[set[str], set[str]]:
    """The rules that fire, and those that fire without a clock."""
    every: set[str] = {flag.rule for flag in flags(catalogue, order, responses, times)}
    by_answers: set[str] = {flag.rule for flag in flags(catalogue, order, responses)}
    return every, by_answers


def _caught(kind: str, fired: Sequence[tuple[set[str], set[str]]]) -> Caught:
    rules = sorted({rule for every, _ in fired for rule in every})
    return Caught(
        kind,
        np.array([float(bool(every)) for every, _ in fired]),
        np.array([float(bool(by_answers)) for _, by_answers in fired]),
        {rule: sum(rule in every for every, _ in fired) / len(fired) for rule in rules},
    )

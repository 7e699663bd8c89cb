"""Whether a sheet of answers describes a person. It flags, with the rule that fired, for a talk; it never blocks.

The rules and their limits are those of method section 3 (Meade & Craig 2012; Curran 2016): each fires for very few
honest people, and two together seldom do.
"""

from __future__ import annotations

import itertools
import math
import statistics
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item

Rule = Literal["long run", "no spread", "pairs disagree", "median time", "fast answers"]

NO_SPREAD: Rule = "no spread"
"""Where it fires, no answer says more than another, and any order of roles would be chance."""

LONGSTRING = 10
LEAST_SPREAD = 0.55
LEAST_AGREEMENT = 0.15
FEWEST_PAIRS = 15
FAST = 2.0
"""Seconds under which nobody has read a question."""
MOST_FAST = 0.25


class Flag(NamedTuple):
    """A rule that fired: the value that was found, and the limit that it passed."""

    rule: Rule
    value: float
    limit: float


def flags(
    catalogue: Catalogue,
    order: Sequence[Item],
    responses: Mapping[str, int | None],
    times: Mapping[str, float] | None = None,
) -> tuple[Flag, ...]:
    """Every rule that fires.

    Args:
        catalogue: for the pairs of items of a skill.
        order: the items in the order in which they were asked.
        responses: values 0-4, by option position.
        times: seconds that an item took, pauses left out; items without one are left out.
    """
    found = (
        _longstring(order, responses),
        _no_spread(responses),
        _pairs_disagree(catalogue, responses),
        *_too_fast(responses, times or {}),
    )
    return tuple(flag for flag in found if flag is not None)


def hardly_differ(responses: Mapping[str, int | None]) -> bool:
    """Whether the answers are all, or nearly all, the same."""
    return _no_spread(responses) is not None


def _longstring(order: Sequence[Item], responses: Mapping[str, int | None]) -> Flag | None:
    """The same option position again and again (Johnson 2005 calls it longstring)."""
    values = [value for item in order if (value := responses.get(item.id)) is not None]
    longest = max((len(list(run)) for _, run in itertools.groupby(values)), default=0)
    return Flag("long run", longest, LONGSTRING) if longest >= LONGSTRING else None


def _no_spread(responses: Mapping[str, int | None]) -> Flag | None:
    """All answers alike: standard deviation of the values."""
    values = [value for value in responses.values() if value is not None]
    spread = math.sqrt(_scatter(values, values)) / len(values) if len(values) > 1 else LEAST_SPREAD
    return Flag(NO_SPREAD, spread, LEAST_SPREAD) if spread < LEAST_SPREAD else None


def _pairs_disagree(catalogue: Catalogue, responses: Mapping[str, int | None]) -> Flag | None:
    """Two items of one skill say nothing about each other: their correlation over the skills."""
    pairs = []
    for skill in catalogue.skills.values():
        keyed = [item.keyed(value) for item in skill.items if (value := responses.get(item.id)) is not None]
        if len(keyed) > 1:
            pairs.append((keyed[0], keyed[1]))
    if len(pairs) < FEWEST_PAIRS:
        return None
    ones, others = zip(*pairs, strict=True)
    if len(set(ones)) == 1 or len(set(others)) == 1:
        return None  # no correlation is defined; the spread rule is there for this
    agreement = _scatter(ones, others) / math.sqrt(_scatter(ones, ones) * _scatter(others, others))
    return Flag("pairs disagree", agreement, LEAST_AGREEMENT) if agreement < LEAST_AGREEMENT else None


def _scatter(ones: Sequence[int], others: Sequence[int]) -> int:
    """The square of their number times their covariance: whole numbers, so the same on every Python."""
    products = sum(one * other for one, other in zip(ones, others, strict=True))
    return len(ones) * products - sum(ones) * sum(others)


def _too_fast(responses: Mapping[str, int | None], times: Mapping[str, float]) -> tuple[Flag | None, Flag | None]:
    """Faster than one can read: the median, and the share of fast items."""
    taken = [times[item] for item, value in responses.items() if value is not None and item in times]
    answered = sum(value is not None for value in responses.values())
    if 2 * len(taken) < max(2, answered):  # such as the one that was changed after a file was read
        return None, None
    median = statistics.median(taken)
    share = sum(seconds < FAST for seconds in taken) / len(taken)
    return (
        Flag("median time", median, FAST) if median < FAST else None,
        Flag("fast answers", share, MOST_FAST) if share >= MOST_FAST else None,
    )

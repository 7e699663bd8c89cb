"""Counts that no reader can trace to a few people: none of 1 to 4 can be worked out, also not by subtracting.

A reader may know this rule, the number of all, and every kind there could be. What is then left open was found by going
through all possible counts (`tests/results/test_cohort.py` does it again).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 5
"""People from which a count is shown."""

_MOST_HIDDEN = FEWEST - 1

Word = Literal["exact", "few", "most", "too few people"]


class Kinds(NamedTuple):
    """How people divide among kinds, each person in one.

    Attributes:
        shown: kind -> people, at least 5 each, largest first.
        rest: people in all other kinds together: 0, or at least 5.
    """

    shown: Mapping[str, int]
    rest: int


class Share(NamedTuple):
    """How many of some people something holds for.

    `people` is None unless `word` is `exact`; few: under 5; most: all but fewer than 5; too few people: under 10 in
    all.
    """

    people: int | None
    word: Word


def kinds(counts: Mapping[str, int]) -> Kinds:
    """Show the counts that can be shown, and put all others together.

    Args:
        counts: every kind there could be, also those with nobody; at least 5 people in all.
    """
    everyone = sum(counts.values())
    shown = {kind: people for kind, people in counts.items() if people >= FEWEST}
    while shown and not _is_safe(everyone - sum(shown.values()), len(counts) - len(shown)):
        smallest = min(shown.values())
        shown = {kind: people for kind, people in shown.items() if people > smallest}
    ordered = sorted(shown.items(), key=lambda entry: (-entry[1], entry[0]))
    return Kinds(dict(ordered), everyone - sum(shown.values()))


def _is_safe(rest: int, hidden: int) -> bool:
    """Whether a number of people in so many hidden kinds leaves open how many are in each."""
    return rest == 0 or (rest >= FEWEST and hidden > 1 and rest != _MOST_HIDDEN * hidden)


def share(people: int, everyone: int) -> Share:
    """Show how many something holds for, unless they, or those for whom it does not hold, are few."""
    if everyone < 2 * FEWEST:
        return Share(None, "too few people")
    if people < FEWEST:
        return Share(None, "few")
    return Share(None, "most") if everyone - people < FEWEST else Share(people, "exact")

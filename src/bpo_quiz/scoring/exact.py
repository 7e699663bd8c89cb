"""The numbers of scored files: sums of whole numbers, so that plain Python and numpy (`many.py`) write the same bytes.

`match.py` holds the definitions, and decides the order. Match, Readiness and Interest follow from a few sums; weights,
levels and scores are taken in parts that make them whole numbers, and then a sum is exact in any order, on every
machine. What follows is the definitions' to about 1e-13 points: the last digit of a float, but the ninth decimal of one
number in 10,000.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.ranking import Ranker, Standing, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import Profile

Numbers = TypeVar("Numbers", "float", "NDArray[np.float64]")

LEVEL_FREE = 1 - LEVEL_SHARE
"""Share of the squared difference of general levels that costs nothing in Match; in Interest all of it."""

_LARGEST_EXACT = 2**53
"""Whole numbers below this are exact as floating point numbers."""

_HIGHEST_LEVEL = 100


class WholeNumbers:
    """What roles ask for. Rows are roles; columns are in the order of the catalogue.

    Attributes:
        roles: ids, ascending.
        weights: importance + 1, in equal parts of it that make all of them whole, [role][skill].
        unit: parts of a point in which every level and every score is a whole number.
        levels, wanted: of skills and interests, 0-100 points, in units, [role][skill or interest].
        interest_weight: share of Total that interests make, 0-1.
        is_exact: whether every sum stays exact as a floating point number. If not, weights and levels are what they
            were written as, in parts and units of 1.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        roles = [catalogue.roles[role] for role in sorted(catalogue.roles)]
        weights = [[_exactly(role.skills[skill].importance) + 1 for skill in catalogue.skills] for role in roles]
        levels = [[_exactly(role.skills[skill].level) for skill in catalogue.skills] for role in roles]
        wanted = [[_exactly(role.interests[interest]) for interest in catalogue.interests] for role in roles]
        most_items = max(Counter(item.measures for item in catalogue.items()).values())
        part, unit = _parts(weights), math.lcm(*range(1, most_items + 1), _parts([*levels, *wanted]))
        most = max(part * max(map(math.fsum, weights)), len(catalogue.interests)) * (_HIGHEST_LEVEL * unit) ** 2
        self.is_exact = 4 * most < _LARGEST_EXACT
        if not self.is_exact:
            part = unit = 1
        self.roles, self.unit = tuple(role.id for role in roles), unit
        self.interest_weight = catalogue.settings.interest_weight
        self.weights, self.levels, self.wanted = _floats(weights, part), _floats(levels, unit), _floats(wanted, unit)

    def standing(self, role: str, profile: Profile) -> Standing:
        """The numbers of a role that has a Total; needs `is_exact`."""
        row = self.roles.index(role)
        scores = [None if one.score is None else round(one.score * self.unit) for one in profile.skills]
        likes = [None if one.score is None else round(one.score * self.unit) for one in profile.interests]
        asked = zip(self.weights[row], self.levels[row], scores, strict=True)
        known = [(weight, level, score) for weight, level, score in asked if score is not None]
        needed = math.fsum(weight * level for weight, level, _ in known)
        met = math.fsum(weight * min(score, level) for weight, level, score in known)
        readiness = 100 * (met / needed) if needed else 100.0
        match = self._match([(weight, level - score) for weight, level, score in known], LEVEL_FREE)
        gaps = [(1.0, level - like) for level, like in zip(self.wanted[row], likes, strict=True) if like is not None]
        if not gaps:
            return Standing(role, match, match, readiness, None)
        interest, share = self._match(gaps, 1.0), self.interest_weight
        return Standing(role, (1 - share) * match + share * interest, match, readiness, interest)

    def _match(self, gaps: Sequence[tuple[float, float]], free: float) -> float:
        """Match of a pattern, 0-100, from its weights and gaps."""
        weight, off = math.fsum(weight for weight, _ in gaps), math.fsum(weight * gap for weight, gap in gaps)
        square = math.fsum(weight * gap * gap for weight, gap in gaps)
        return max(0.0, points_left(weight, off, square, free, self.unit))


class FirstStandings:
    """The first roles of one sheet after the other: their order by the definitions, their numbers by exact sums."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ranker, self._numbers = Ranker(catalogue), WholeNumbers(catalogue)

    def __call__(self, profile: Profile, places: int) -> list[Standing]:
        """The first so many roles that have a Total."""
        first = self._ranker.first(profile, places)
        if not self._numbers.is_exact:
            return standings(first, places)
        return [self._numbers.standing(one.role, profile) for one in first]


def points_left(weight: Numbers, off: Numbers, square: Numbers, free: float, unit: int) -> Numbers:
    """100 less the points that a pattern costs, of numbers or of arrays; what is below 0 is Match 0.

    Args:
        weight: sum of the weights.
        off: sum of weight times gap, in units.
        square: sum of weight times squared gap.
        free: the share of the mean gap's square that costs nothing.
        unit: parts of a point.
    """
    mean = off / weight
    return 100.0 - (square / weight - free * (mean * mean)) * (POINTS_PER_SQUARE / unit**2)


def _exactly(number: float) -> Fraction:
    """The number as it was written down."""
    return Fraction(repr(number))


def _parts(rows: Sequence[Sequence[Fraction]]) -> int:
    """The fewest parts of 1 that make all of these whole."""
    return math.lcm(*(number.denominator for row in rows for number in row))


def _floats(rows: Sequence[Sequence[Fraction]], parts: int) -> list[list[float]]:
    return [[float(number * parts) for number in row] for row in rows]

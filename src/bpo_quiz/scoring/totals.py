"""Totals of all roles for many skill profiles, fast: the same Match as `match.py`, by expanded sums, without the parts.

`sum(w (L-x-e)^2) = sum(w (L-x)^2) - e^2`, and the sum of squares needs only three dot products a role. `match.py` holds
the definition and explains every point; a test keeps this one equal to it, to `NEAR`.
"""

from __future__ import annotations

import math
from operator import mul, neg
from typing import TYPE_CHECKING

from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE, known_share, weights

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role


NEAR = 1e-9
"""Points of Total by which these and the definition's could differ at most; roles nearer than this may be equal."""


class Totals:
    """Totals of every role with enough known weight, for profiles over one set of known skills and interests.

    Attributes:
        roles: ids of the roles that have a Total, in the order of the catalogue.
        skills: ids of the known skills; levels are given in this order.
        interests: ids of the known interests, likewise.
        rows: what each of the roles needs, in the same order.
    """

    def __init__(self, catalogue: Catalogue, skills: Collection[str], interests: Collection[str]) -> None:
        self.skills = [skill for skill in catalogue.skills if skill in skills]
        self.interests = [interest for interest in catalogue.interests if interest in interests]
        self.interest_weight = catalogue.settings.interest_weight if self.interests else 0.0
        known = dict.fromkeys(self.skills, 0.0)
        ranked = [role for role in catalogue.roles.values() if known_share(role.skills, known) >= FEWEST_KNOWN]
        self.roles = [role.id for role in ranked]
        self.rows = [Row(role, self.skills, self.interests, known) for role in ranked]

    def of(self, levels: Sequence[float], interest_levels: Sequence[float]) -> list[float]:
        """Totals, 0-100, in the order of `roles`."""
        squares = [level * level for level in levels]
        share, count = self.interest_weight, len(interest_levels)
        if not share:
            return [row.match(levels, squares) for row in self.rows]
        mean = math.fsum(interest_levels) / count
        mean_square = math.fsum(level * level for level in interest_levels) / count
        return [
            (1 - share) * row.match(levels, squares) + share * row.interest(interest_levels, mean, mean_square)
            for row in self.rows
        ]

    def first(self, totals: Sequence[float], places: int) -> list[str]:
        """The roles with the highest of such Totals, the highest first; of equals the earlier id."""
        return [role for _, role in sorted(zip(map(neg, totals), self.roles, strict=True))[:places]]

    def slopes(self, levels: Sequence[float], interest_levels: Sequence[float]) -> list[list[float]]:
        """How much each role's Total changes with each level: [role][skill..., interest...], points a point."""
        share = self.interest_weight
        return [
            [(1 - share) * slope for slope in row.match_slopes(levels)]
            + [share * slope for slope in row.interest_slopes(interest_levels)]
            for row in self.rows
        ]


class Row:
    """What one role needs for its three dot products."""

    def __init__(self, role: Role, skills: Sequence[str], interests: Sequence[str], known: Mapping[str, float]) -> None:
        share_of = weights(role.skills, known)
        self.levels = [role.skills[skill].level for skill in skills]
        self.weights = [share_of[skill] for skill in skills]
        self.weighted = [weight * level for weight, level in zip(self.weights, self.levels, strict=True)]
        self.mean = math.fsum(self.weighted)
        self.mean_square = math.fsum(map(mul, self.weighted, self.levels))
        self.wanted = [role.interests[interest] for interest in interests]
        count = len(interests) or 1
        self.wanted_mean = math.fsum(self.wanted) / count
        self.wanted_mean_square = math.fsum(level * level for level in self.wanted) / count

    def match(self, levels: Sequence[float], squares: Sequence[float]) -> float:
        """Match, 0-100, of levels and their squares."""
        elevation = self.mean - math.fsum(map(mul, self.weights, levels))
        crossed, squared = math.fsum(map(mul, self.weighted, levels)), math.fsum(map(mul, self.weights, squares))
        square = self.mean_square - 2 * crossed + squared
        cost = (square - (1 - LEVEL_SHARE) * elevation * elevation) * POINTS_PER_SQUARE
        return 100 - cost if cost < 100 else 0.0

    def interest(self, levels: Sequence[float], mean: float, mean_square: float) -> float:
        """Interest, 0-100, of interest levels, their mean and that of their squares."""
        square = self.wanted_mean_square - 2 * math.fsum(map(mul, self.wanted, levels)) / len(levels) + mean_square
        cost = (square - (self.wanted_mean - mean) ** 2) * POINTS_PER_SQUARE
        return 100 - cost if cost < 100 else 0.0

    def match_slopes(self, levels: Sequence[float]) -> list[float]:
        """How much Match changes with each level, points a point."""
        elevation = self.mean - math.fsum(map(mul, self.weights, levels))
        level_part = (1 - LEVEL_SHARE) * elevation
        return [
            2 * POINTS_PER_SQUARE * weight * (asked - level - level_part)
            for weight, asked, level in zip(self.weights, self.levels, levels, strict=True)
        ]

    def interest_slopes(self, levels: Sequence[float]) -> list[float]:
        """How much Interest changes with each interest level, points a point."""
        if not levels:
            return []
        mean = self.wanted_mean - math.fsum(levels) / len(levels)
        step = 2 * POINTS_PER_SQUARE / len(levels)
        return [step * (asked - level - mean) for asked, level in zip(self.wanted, levels, strict=True)]

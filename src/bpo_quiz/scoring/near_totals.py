"""Totals of all roles, nearly: those of `totals.py` to a millionth of a point, and much faster.

They are for counting who is ahead in hundreds of draws; where a millionth could matter, `totals.py` is asked. The time
goes into scalar products, and `math.dist` works in C: `2ab = |a|^2 + |b|^2 - |a-b|^2`. So a role becomes a point, a
person another one, and what they have to do with each other is how far apart the two are.
"""

from __future__ import annotations

import math
from itertools import repeat
from operator import mul, sub
from typing import TYPE_CHECKING

from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.scoring.totals import Row, Totals

NEAR = 1e-6
"""Points of Total. What these are off by is a thousandth of it."""

_MIDDLE = 50.0
"""Levels are counted from here: the shorter the vectors, the fewer digits get lost."""

_HEAVY = 8.0
"""Squares of levels are so much larger than levels; both should weigh about the same."""


class NearTotals:
    """Totals of the roles of an exact one, for levels in its order. `roles`: ids."""

    def __init__(self, exact: Totals) -> None:
        self._exact, self.roles = exact, exact.roles
        share = exact.interest_weight
        self._match, self._interest = 100 * (1 - share), 100 * share
        self._unit = math.sqrt((1 - share) * POINTS_PER_SQUARE)
        self._interest_unit = math.sqrt(share * POINTS_PER_SQUARE / (len(exact.interests) or 1))
        rows = [_NearRow(row, self._unit) for row in exact.rows]
        self._squares = _Sums([row.squares for row in rows], [row.square for row in rows])
        self._elevations = _Sums([row.elevations for row in rows], [row.elevation for row in rows])
        self._wanted = [self._liked(row.wanted) for row in exact.rows]

    def of(self, levels: Sequence[float], interest_levels: Sequence[float]) -> list[float]:
        """Totals, 0-100, in the order of `roles`."""
        off = [self._unit * (level - _MIDDLE) for level in levels]
        squares, more = self._squares.of([*(one * one / _HEAVY for one in off), *off])
        elevations, higher = self._elevations.of(off)
        differences = map(math.dist, self._wanted, repeat(self._liked(interest_levels)))
        match, interest = self._match + more, self._interest
        return [
            (m if (m := match - a * a + (e := b * b - higher) * e) > 0 else 0.0)
            + (i if (i := interest - c * c) > 0 else 0.0)
            for a, b, c in zip(squares, elevations, differences, strict=True)
        ]

    def first(self, levels: Sequence[float], interest_levels: Sequence[float], places: int) -> list[str]:
        """The roles with the highest Totals, the highest first; of equals the earlier id."""
        found = self.of(levels, interest_levels)
        highest = sorted(found, reverse=True)[: places + 1]
        if min(map(sub, highest, highest[1:]), default=1.0) > NEAR:
            return [self.roles[found.index(total)] for total in highest[:places]]
        exact = dict(zip(self.roles, self._exact.of(levels, interest_levels), strict=True))
        return sorted(exact, key=lambda role: (-exact[role], role))[:places]

    def _liked(self, levels: Sequence[float]) -> tuple[float, ...]:
        """Interest levels as a point; how far it is from another, squared, is what Interest lacks to 100."""
        mean = math.fsum(levels) / (len(levels) or 1)
        return tuple(self._interest_unit * (level - mean) for level in levels)


class _NearRow:
    """What one role needs: Match loses `sum(w (L-x)^2)` and wins back a share of `sum(w (L-x))^2`."""

    def __init__(self, row: Row, unit: float) -> None:
        levels = [unit * (level - _MIDDLE) for level in row.levels]
        weighted = list(map(mul, row.weights, levels))
        self.squares = [*(-weight * _HEAVY / 2 for weight in row.weights), *weighted]
        self.square = math.fsum(map(mul, weighted, levels))
        share = math.sqrt(1 - LEVEL_SHARE)
        self.elevations = [share * weight / 2 for weight in row.weights]
        self.elevation = share * math.fsum(weighted)


class _Sums:
    """`plus - 2ab` for many fixed `a`, each with its own `plus`, and one `b`."""

    def __init__(self, rows: Sequence[Sequence[float]], plus: Sequence[float]) -> None:
        lengths = [math.fsum(map(mul, row, row)) - more for row, more in zip(rows, plus, strict=True)]
        self._longest = max(lengths, default=0.0)
        self._points = [(*row, math.sqrt(self._longest - length)) for row, length in zip(rows, lengths, strict=True)]

    def of(self, vector: Sequence[float]) -> tuple[Iterator[float], float]:
        """A distance for each sum, and what its square is too large by."""
        distances = map(math.dist, self._points, repeat((*vector, 0.0)))
        return distances, self._longest + math.fsum(map(mul, vector, vector))

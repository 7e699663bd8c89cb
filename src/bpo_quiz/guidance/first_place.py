"""The smallest raises of skills that put a role first by Total, on whole levels.

Sets of up to four skills are searched through: all levels but the last are tried one by one, and for the last the
lowest level that is enough is computed. Sets are left out only where a bound shows that they cannot be enough, or not
with fewer points. Beyond that, raises are collected one after the other; that finds a small set, but perhaps not the
smallest. The search counts its own steps; where it would take too many, it stops and says so.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.leads import peak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.guidance.leads import Lead

MOST_SEARCHED = 4
"""Skills in the largest sets that are searched through."""

MOST_STEPS = 200_000
"""Curves of one skill against one rival after which a search gives up; about a second."""

_ALMOST = 1e-9
_NOTHING = 1e-15
_FULL = 100.0
_SOFTNESS = (4.0, 1.0, 0.25)
_STRIDES = 8


class Found(NamedTuple):
    """Levels that put the role first.

    Attributes:
        levels: place among the known skills -> whole level, 0-100.
        is_smallest: shown that no fewer skills do, and no fewer points with so many skills.
        fewest: shown that at least so many skills are needed.
    """

    levels: Mapping[int, float]
    is_smallest: bool
    fewest: int


@dataclass(slots=True)
class Search:
    """A search over whole levels from the person's own upwards.

    Attributes:
        leads: over every rival; all must be 0 or more.
        start: the person's levels, 0-100.
        steps: curves that may still be looked at.
    """

    leads: Sequence[Lead]
    start: Sequence[float]
    steps: int = MOST_STEPS
    best: tuple[float, dict[int, float]] | None = field(default=None, init=False)

    def smallest(self) -> Found | None:
        """The smallest set that is found; None where none is."""
        for size in range(1, MOST_SEARCHED + 1):
            self.best = None
            for chosen in self._promising(size):
                self._fill(chosen, {}, 0.0)
            if self.best is not None or self.steps <= 0:
                break
        done = self.steps > 0
        if self.best is not None:
            return Found(self._levels(self.best[1]), done, size)
        raised = Collected(self).raises()
        return None if raised is None else Found(self._levels(raised), False, size + done)

    def lowest(self, n: int, fixed: Mapping[int, float]) -> float | None:
        """The fewest points that raise skill `n` to a level that is enough, the others fixed; None where none is."""
        raise_to = 0.0
        curves: dict[int, tuple[float, float, float]] = {}
        place, agreed = 0, 0
        while agreed < len(self.leads):
            if place not in curves:
                self.steps -= 1
                curves[place] = self.leads[place].with_one(n, fixed)
            enough = self._next_whole(n, curves[place], raise_to)
            if enough is None:
                return None
            agreed = agreed + 1 if enough == raise_to else 1
            raise_to = enough
            place = (place + 1) % len(self.leads)
        return raise_to

    def _next_whole(self, n: int, curve: tuple[float, float, float], raised: float) -> float | None:
        """The first whole level from here on at which one lead is enough, as points from the start."""
        while (enough := next_at_least_0(*curve, raised)) is not None:
            if enough == raised:
                return raised
            level = max(math.ceil(self.start[n] + enough - _ALMOST), math.floor(self.start[n] + raised) + 1)
            if level > _FULL:
                return None
            raised = level - self.start[n]
        return None

    def _fill(self, left: Sequence[int], fixed: dict[int, float], points: float) -> None:
        """Try every level of the first skills, and compute that of the last."""
        n = left[0]
        if len(left) == 1:
            last = self.lowest(n, fixed)
            if last is not None and (self.best is None or points + last < self.best[0] - _ALMOST):
                self.best = (points + last, {**fixed, n: last})
            return
        for level in range(math.floor(self.start[n]) + 1, int(_FULL) + 1):
            raised = level - self.start[n]
            too_many = self.best is not None and points + raised >= self.best[0]
            if too_many or self.steps <= 0:
                return
            if self._most(left[1:], {**fixed, n: raised}) >= 0:
                self._fill(left[1:], {**fixed, n: raised}, points + raised)

    def _promising(self, size: int) -> Iterator[tuple[int, ...]]:
        """The sets that no bound rules out, the likeliest first."""
        can_rise = [n for n, level in enumerate(self.start) if level < _FULL]
        with_bound = ((self._most(chosen, {}), chosen) for chosen in itertools.combinations(can_rise, size))
        return (chosen for bound, chosen in sorted((-bound, chosen) for bound, chosen in with_bound if bound >= 0))

    def _most(self, chosen: Sequence[int], fixed: Mapping[int, float]) -> float:
        """A number that the smallest lead cannot exceed while some skills move and others are fixed."""
        most = math.inf
        for lead in self.leads:
            self.steps -= len(chosen)
            curves = [lead.with_one(n, fixed) for n in chosen]
            gains = (peak(a, b, _FULL - self.start[n])[0] for n, (a, b, _) in zip(chosen, curves, strict=True))
            most = min(most, curves[0][2] + math.fsum(gains) + self._together(lead, chosen))
            if most < 0:
                break
        return most

    def _together(self, lead: Lead, chosen: Sequence[int]) -> float:
        """The most that raises of several skills can add to what each adds alone."""
        return math.fsum(
            2 * lead.k * (_FULL - self.start[one]) * (_FULL - self.start[other])
            * max(0.0, lead.weight[one] * lead.weight[other] - lead.rival_weight[one] * lead.rival_weight[other])
            for one, other in itertools.combinations(chosen, 2)
        )  # fmt: skip

    def _levels(self, raised: Mapping[int, float]) -> dict[int, float]:
        return {n: self.start[n] + points for n, points in sorted(raised.items())}


def next_at_least_0(a: float, b: float, c: float, start: float) -> float | None:
    """The first place from `start` on where `a u^2 + b u + c` is 0 or more, to `_NOTHING`; None where there is none."""
    if (a * start + b) * start + c >= -_NOTHING:
        return start
    square = b * b - 4 * a * c
    if square < 0:
        return None
    half = -(b + math.copysign(math.sqrt(square), b)) / 2  # adds what has one sign, so that nothing is cancelled
    roots = [top / below for top, below in ((half, a), (c, half)) if abs(below) > _NOTHING]
    later = [root for root in roots if root > start]
    if a > 0:
        return max(later, default=None)  # below 0 means between the roots
    return min(later) if len(later) == len(roots) and later else None  # below 0 means before both, or behind both


class Collected:
    """Raises that are collected one after the other, each the one that helps most, and then trimmed."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._leads = search.leads
        self._start = search.start

    def raises(self) -> dict[int, float] | None:
        """Points by which skills are raised; None where this way finds nothing."""
        raised: dict[int, float] = {}
        for softness in _SOFTNESS:
            while (better := self._better(raised, softness)) is not None:
                raised = better
                if self._is_enough(raised):
                    return self._trimmed(raised)
        return None

    def _is_enough(self, raised: Mapping[int, float]) -> bool:
        return all(lead.at(raised) >= 0 for lead in self._leads)

    def _better(self, raised: Mapping[int, float], softness: float) -> dict[int, float] | None:
        """The one change of a level that lifts the smallest leads most; None where none lifts them."""
        best, chosen = self._height([lead.at(raised) for lead in self._leads], softness) + _ALMOST, None
        for n, level in enumerate(self._start):
            others = {m: u for m, u in raised.items() if m != n}
            curves = [lead.with_one(n, others) for lead in self._leads]
            for points in _tried(level):
                height = self._height([(a * points + b) * points + c for a, b, c in curves], softness)
                if height > best:
                    best, chosen = height, {**others, n: points} if points else others
        return chosen

    @staticmethod
    def _height(values: Sequence[float], softness: float) -> float:
        """A smooth stand-in for the smallest lead, so that one level at a time can lift it."""
        least = min(values)
        return least - softness * math.log(math.fsum(math.exp((least - value) / softness) for value in values))

    def _trimmed(self, raised: dict[int, float]) -> dict[int, float]:
        """The same without what is not needed: whole skills first, then single points."""
        for n in sorted(raised, key=lambda n: raised[n]):
            without = {m: u for m, u in raised.items() if m != n}
            if without and self._is_enough(without):
                raised = without
        for n in sorted(raised, key=lambda n: -raised[n]):
            lower = self._search.lowest(n, {m: u for m, u in raised.items() if m != n})
            if lower is not None:
                raised = {**raised, n: min(raised[n], lower)}
        return {n: points for n, points in raised.items() if points > 0}


def _tried(level: float) -> Iterator[float]:
    """Points from a level up to whole levels, some of them, 0 included."""
    top = math.floor(_FULL)
    first = math.floor(level) + 1
    yield 0.0
    for whole in sorted({*range(first, top + 1, _STRIDES), *([top] if first <= top else [])}):
        yield whole - level

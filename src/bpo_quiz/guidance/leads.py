"""How far a role leads every other one, as a function of the levels to which skills are raised.

A Total is quadratic in the levels. With `u` the points by which each known skill is raised, and `K` a constant,

    lead(u) = lead(0) + sum(slope u + bend u^2) + K ((sum(weight u))^2 - (sum(rival's weight u))^2).

Match never falls below 0, so a Total never below the share of its interests. That is one more rival, which does not
move: the highest such share of all roles, the role's own included. So a lead above 0 also means a Match above 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE, interest_match, known_share, weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.scoring.profile import Profile

LEAST = 1e-6
"""Points of Total by which a role must lead to stand before another whatever else decides equal Totals."""

_SLABS = 24
_ROUNDS = 4


class Lead(NamedTuple):
    """The lead over one rival; lists have one number a raisable skill.

    Attributes:
        rival: id; None for the rival that does not move.
        now: points of Total, less `LEAST`, so that 0 or more is enough.
    """

    rival: str | None
    now: float
    slope: Sequence[float]
    bend: Sequence[float]
    weight: Sequence[float]
    rival_weight: Sequence[float]
    k: float

    def with_one(self, n: int, fixed: Mapping[int, float]) -> tuple[float, float, float]:
        """`a, b, c` of `a u^2 + b u + c`, the lead while skill `n` alone moves and others are raised by so much."""
        mine = theirs = 0.0
        base = self.now
        for m, u in fixed.items():
            mine += self.weight[m] * u
            theirs += self.rival_weight[m] * u
            base += (self.slope[m] + self.bend[m] * u) * u
        one, other = self.weight[n], self.rival_weight[n]
        return (
            self.bend[n] + self.k * (one * one - other * other),
            self.slope[n] + 2 * self.k * (mine * one - theirs * other),
            base + self.k * (mine * mine - theirs * theirs),
        )

    def at(self, raised: Mapping[int, float]) -> float:
        """The lead, points, less `LEAST`."""
        mine = math.fsum(self.weight[m] * u for m, u in raised.items())
        theirs = math.fsum(self.rival_weight[m] * u for m, u in raised.items())
        moved = math.fsum((self.slope[m] + self.bend[m] * u) * u for m, u in raised.items())
        return self.now + moved + self.k * (mine * mine - theirs * theirs)

    def never_more_than(self, most: Sequence[float]) -> float:
        """A number that the lead cannot exceed while each skill is raised by at most `most`.

        On a slab `a <= sum(weight u) <= b` its square is at most its chord `(a + b) sum(weight u) - a b`, and minus the
        rival's square is at most any of its tangents. Both are linear, so each skill can be put at its best by itself.
        Any tangent gives a valid bound; a few are tried, and the lowest counts. With equal weights the squares cancel.
        """
        if self.weight == self.rival_weight:
            return self.now + math.fsum(peak(*both)[0] for both in zip(self.bend, self.slope, most, strict=True))
        width = math.fsum(weight * u for weight, u in zip(self.weight, most, strict=True)) / _SLABS
        return max(self._slab(n * width, (n + 1) * width, most) for n in range(_SLABS))

    def _slab(self, low: float, high: float, most: Sequence[float]) -> float:
        bound, tangent = math.inf, 0.0
        for _ in range(_ROUNDS):
            chosen, gain = 0.0, 0.0
            for n, limit in enumerate(most):
                turned = self.k * ((low + high) * self.weight[n] - 2 * tangent * self.rival_weight[n])
                best, u = peak(self.bend[n], self.slope[n] + turned, limit)
                gain += best
                chosen += self.rival_weight[n] * u
            bound = min(bound, self.now + gain + self.k * (tangent * tangent - low * high))
            tangent = chosen
        return bound


def peak(a: float, b: float, limit: float) -> tuple[float, float]:
    """The highest value of `a u^2 + b u` for `u` from 0 to a limit, and where it is."""
    at_limit = (a * limit + b) * limit
    best, where = (at_limit, limit) if at_limit > 0 else (0.0, 0.0)
    if a < 0 < b and -b / (2 * a) < limit:
        return -b * b / (4 * a), -b / (2 * a)
    return best, where


def leads(catalogue: Catalogue, profile: Profile, role: str) -> tuple[Lead, ...]:
    """The leads of a role that has a Total over every other one that has, the smallest first.

    The lists of each lead are in the order of the known skills of the catalogue.
    """
    levels, liked = profile.levels(), profile.interest_levels()
    share = catalogue.settings.interest_weight if liked else 0.0
    ranked = [one for one in catalogue.roles.values() if known_share(one.skills, levels) >= FEWEST_KNOWN]
    interests = {one.id: share * (interest_match(one.interests, liked) or 0.0) for one in ranked}
    mine = _total(catalogue.roles[role], levels, share, interests[role])
    still = _Total(max(interests.values()), [0.0] * len(levels), [0.0] * len(levels))
    rivals: list[tuple[str | None, _Total]] = [
        (one.id, _total(one, levels, share, interests[one.id])) for one in ranked if one.id != role
    ]
    k = (1 - share) * POINTS_PER_SQUARE * (1 - LEVEL_SHARE)
    every = [_lead(rival, mine, theirs, k, share) for rival, theirs in [*rivals, (None, still)]]
    return tuple(sorted(every, key=lambda lead: lead.now))


class _Total(NamedTuple):
    """A Total before it is held at 0, and how it begins to move with each level."""

    now: float
    slope: Sequence[float]
    weight: Sequence[float]


def _total(role: Role, levels: Mapping[str, float], share: float, interest: float) -> _Total:
    weight = weights(role.skills, levels)
    gaps = {skill: role.skills[skill].level - level for skill, level in levels.items()}
    elevation = math.fsum(weight[skill] * gap for skill, gap in gaps.items())
    square = math.fsum(weight[skill] * gap * gap for skill, gap in gaps.items())
    match = 100 - (square - (1 - LEVEL_SHARE) * elevation**2) * POINTS_PER_SQUARE
    scale = 2 * (1 - share) * POINTS_PER_SQUARE
    slope = [scale * weight[skill] * (gap - (1 - LEVEL_SHARE) * elevation) for skill, gap in gaps.items()]
    return _Total((1 - share) * match + interest, slope, [weight[skill] for skill in gaps])


def _lead(rival: str | None, mine: _Total, theirs: _Total, k: float, share: float) -> Lead:
    scale = (1 - share) * POINTS_PER_SQUARE
    return Lead(
        rival=rival,
        now=mine.now - theirs.now - LEAST,
        slope=[one - other for one, other in zip(mine.slope, theirs.slope, strict=True)],
        bend=[scale * (other - one) for one, other in zip(mine.weight, theirs.weight, strict=True)],
        weight=mine.weight,
        rival_weight=theirs.weight,
        k=k,
    )

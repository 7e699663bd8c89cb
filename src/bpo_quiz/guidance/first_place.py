"""The smallest raises of skills that put a role first by Total, on whole levels: exact up to four skills.

A Total is quadratic in the levels, and so is the lead over a rival. With `u` the points by which skills are raised,

    lead(u) = now + slope . u + u . bend . u / 2.

Match never falls below 0, so a Total never below the share of its interests. That is one more rival, which does not
move: the highest such share of all roles, the role's own included. So a lead above 0 also means a Match above 0.

All sets of one skill are looked at, then all of two, and so on; the first size at which raises are found is the
fewest. In a set, a box of levels is searched by branch and bound (Land & Doig 1960): where its lowest corner is enough,
nothing else in the box is cheaper; where a bound shows that nothing in it is enough, or cheap enough, it is left; else
its lowest corner rises to what every lead needs, or it is cut in two. Only what a bound excludes is left out.
"""

from __future__ import annotations

import math
from itertools import combinations
from operator import mul, sub
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.match import interest_match
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import Profile

MOST_SKILLS = 4
"""Skills of the largest sets that are looked at; more raises at once are no advice."""

LEAST = 1e-6
"""Points of Total by which a role must lead to stand before another whatever else decides equal Totals."""

_ALMOST = 1e-9
_FULL = 100


class Lead(NamedTuple):
    """The lead over one rival; lists have one number a skill that can be raised.

    Attributes:
        rival: id; None for the rival that does not move.
        now: points of Total, less `LEAST`, so that 0 or more is enough.
        slope: points of lead that a point of each skill brings now.
        bend: how much each slope changes with a point of each skill.
    """

    rival: str | None
    now: float
    slope: Sequence[float]
    bend: Sequence[Sequence[float]]

    def of(self, chosen: Sequence[int]) -> Lead:
        """The same where only some skills are raised."""
        bend = [[self.bend[n][m] for m in chosen] for n in chosen]
        return self._replace(slope=[self.slope[n] for n in chosen], bend=bend)

    def moved(self, raised: Sequence[float]) -> Lead:
        """The same from other levels on."""
        slope = [now + math.fsum(map(mul, row, raised)) for now, row in zip(self.slope, self.bend, strict=True)]
        gained = math.fsum((one + other) / 2 * more for one, other, more in zip(self.slope, slope, raised, strict=True))
        return Lead(self.rival, self.now + gained, slope, self.bend)

    def gains(self, room: Sequence[float]) -> list[list[float]]:
        """What raises by up to `room` cannot exceed, points of lead, 0 or more.

        Returns:
            On the diagonal what each skill gains alone, elsewhere half of what two gain together. The lead gains at
            most the sum over the skills that are raised, each with each.
        """
        return [
            [
                _peak(self.slope[n], bend, room[n]) if n == m else max(0.0, bend * room[n] * room[m] / 2)
                for m, bend in enumerate(row)
            ]
            for n, row in enumerate(self.bend)
        ]

    def never_more_than(self, room: Sequence[float]) -> float:
        """A number that the lead cannot exceed while at most `MOST_SKILLS` skills rise by up to `room`."""
        shares = []
        for n, gains in enumerate(self.gains(room)):
            alone = gains.pop(n)
            shares.append(math.fsum((alone, *sorted(gains, reverse=True)[: MOST_SKILLS - 1])))
        return self.now + math.fsum(sorted(shares, reverse=True)[:MOST_SKILLS])


def _peak(slope: float, bend: float, room: float) -> float:
    """The highest value of `slope u + bend u^2 / 2` for `u` from 0 to `room`."""
    if bend < 0 < slope and slope + bend * room < 0:
        return -slope * slope / (2 * bend)
    return max(0.0, (slope + bend * room / 2) * room)


def leads(catalogue: Catalogue, profile: Profile, role: str) -> tuple[Lead, ...]:
    """The leads of a role that has a Total over every other one that has, the smallest first.

    The lists of each lead are in the order of the known skills of the catalogue.
    """
    levels, liked = profile.levels(), profile.interest_levels()
    totals = Totals(catalogue, levels, liked)
    start, share = list(levels.values()), totals.interest_weight
    here, *further = (totals.slopes(moved, list(liked.values())) for moved in (start, *_one_higher(start)))
    curves, floors = {}, []
    for n, one in enumerate(totals.roles):
        asked = catalogue.roles[one]
        floors.append(share * (interest_match(asked.interests, liked) or 0.0))
        slope = here[n][: len(start)]
        bend = [[there[n][m] - now for there in further] for m, now in enumerate(slope)]
        beyond = (level - asked.skills[skill].level for skill, level in levels.items())
        below = math.fsum(map(mul, slope, beyond)) / 2  # under a Match of 100, where all slopes are 0
        curves[one] = Lead(one, floors[-1] + (1 - share) * 100 + below, slope, bend)
    none = [0.0] * len(start)
    rivals = [*curves.values(), Lead(None, max(floors), none, [none] * len(start))]
    return tuple(
        sorted((_lead(curves[role], rival) for rival in rivals if rival.rival != role), key=lambda one: one.now)
    )


def _one_higher(levels: Sequence[float]) -> Iterable[list[float]]:
    """The same levels with one of them a point higher, for each of them."""
    return ([*levels[:n], level + 1, *levels[n + 1 :]] for n, level in enumerate(levels))


def _lead(mine: Lead, theirs: Lead) -> Lead:
    slope = list(map(sub, mine.slope, theirs.slope))
    bend = [list(map(sub, one, other)) for one, other in zip(mine.bend, theirs.bend, strict=True)]
    return Lead(theirs.rival, mine.now - theirs.now - LEAST, slope, bend)


def blocker_of(every: Sequence[Lead], start: Sequence[float]) -> Lead | None:
    """The lead that stays furthest below 0 whichever four skills rise, as far as a bound shows; `now` is that bound."""
    room = [_FULL - level for level in start]
    furthest = min((lead._replace(now=lead.never_more_than(room)) for lead in every), key=lambda lead: lead.now)
    return furthest if furthest.now < 0 else None


def smallest_raises(every: Sequence[Lead], start: Sequence[float]) -> dict[int, int] | None:
    """Place of a skill among the known ones -> the whole level to which it is raised; None: not within four skills.

    No fewer skills put the role first, and no other choice of so many takes fewer points. Of several that take equally
    few, it is always the same one.

    Args:
        every: the leads over all rivals; each must become 0 or more.
        start: the levels now, 0-100.
    """
    for size in range(1, MOST_SKILLS + 1):
        limit, best = math.inf, None
        for chosen in _promising(every, start, size):
            found = _cheapest([lead.of(chosen) for lead in every], [start[n] for n in chosen], limit)
            if found is not None:
                limit, best = found[0], dict(zip(chosen, found[1], strict=True))
        if best is not None:
            return best
    return None


def _promising(every: Sequence[Lead], start: Sequence[float], size: int) -> Iterable[tuple[int, ...]]:
    """The sets that no bound rules out, the likeliest first."""
    room = [_FULL - level for level in start]
    gains = [(lead.now, lead.gains(room)) for lead in every]
    found = []
    for chosen in combinations([n for n, points in enumerate(room) if points > 0], size):
        least = math.inf
        for now, gain in gains:
            least = min(least, now + math.fsum(gain[n][m] for n in chosen for m in chosen))
            if least < 0:
                break
        else:
            found.append((-least, chosen))
    return [chosen for _, chosen in sorted(found)]


def _cheapest(every: Sequence[Lead], start: Sequence[float], limit: float) -> tuple[float, list[int]] | None:
    """The fewest points below a limit, and the levels, at which every skill has risen and no lead is below 0."""
    best: tuple[float, list[int]] | None = None
    waiting = [([math.floor(level) + 1 for level in start], [_FULL] * len(start))]
    while waiting:
        low, high = waiting.pop()
        raised = [level - now for level, now in zip(low, start, strict=True)]
        points = math.fsum(raised)
        left = math.ceil(min(limit - points, _FULL * len(start))) - 1  # whole points that stay below the limit
        room = [min(top - bottom, left) for top, bottom in zip(high, low, strict=True)]
        if min(room) < 0:
            continue
        needed = _needed(every, raised, room, left)
        if needed is None:
            continue
        if not needed:
            limit, best = points, (points, low)
            continue
        high = [level + more for level, more in zip(low, room, strict=True)]
        if any(needed):
            waiting.append(([level + more for level, more in zip(low, needed, strict=True)], high))
        elif any(room):
            n = room.index(max(room))
            middle = low[n] + room[n] // 2
            waiting.append(([*low[:n], middle + 1, *low[n + 1 :]], high))
            waiting.append((low, [*high[:n], middle, *high[n + 1 :]]))
    return best


def _needed(every: Sequence[Lead], raised: Sequence[float], room: Sequence[int], left: int) -> list[int] | None:
    """Points by which each skill must rise further at least; empty: no lead is below 0; None: no rise is enough."""
    needed: list[int] = []
    for lead in (lead.moved(raised) for lead in every):
        if lead.now >= 0:
            continue
        gains = lead.gains(room)
        shares = list(map(math.fsum, gains))
        lack, most = -lead.now - _ALMOST, math.fsum(shares)
        steepest = [
            slope + math.fsum(max(0.0, bend * more) for bend, more in zip(row, room, strict=True))
            for slope, row in zip(lead.slope, lead.bend, strict=True)
        ]
        if most < lack or max(steepest) * left < lack:
            return None
        needed = needed or [0] * len(room)
        for n, share in enumerate(shares):
            without = most - (2 * share - gains[n][n])
            if without >= lack:
                continue
            if steepest[n] <= 0:  # without the skill it is not enough, and with it even less
                return None
            needed[n] = max(needed[n], math.ceil((lack - without) / steepest[n] - _ALMOST))
    return needed

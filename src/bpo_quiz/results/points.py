"""The points of a result and of an explanation, as whole numbers that add up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import COVERED, LEAST_SHOWN, MOST_STEPS, growth_steps
from bpo_quiz.scoring.rounding import add_up, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.guidance.explain import Against, Explanation, Part
    from bpo_quiz.scoring.match import Fit, SkillCost, SkillShare

MOST_COSTS = 8
"""Skills that are listed until they cover 80 % of what skills cost, but at most so many."""

MOST_PARTS = 4
"""Parts that are listed for each side of a comparison."""


class PointRow(NamedTuple):
    """One skill's whole points; score and level are 0-100."""

    skill: str
    points: int
    score: float
    level: float


class Points(NamedTuple):
    """Readiness in whole points.

    `strengths` and `other_had` add up to `readiness`; `gaps` and `other_missing` to the rest to 100.
    """

    readiness: int
    strengths: tuple[PointRow, ...]
    other_had: int
    gaps: tuple[PointRow, ...]
    other_missing: int


def readiness_points(fit: Fit) -> Points:
    """The largest strengths and gaps of a fit that has a Readiness."""
    readiness = whole(fit.readiness or 0.0)
    strong = _largest(
        [share for share in fit.shares if share.missing == 0 and share.had >= LEAST_SHOWN], lambda share: share.had
    )[:MOST_STEPS]
    short = growth_steps(fit.shares)
    had = _with_rest([share.had for share in fit.shares], [share.had for share in strong], readiness)
    missing = _with_rest([share.missing for share in fit.shares], [share.missing for share in short], 100 - readiness)
    return Points(
        readiness,
        _rows(strong, had),
        had[-1],
        _rows(short, missing),
        missing[-1],
    )


def _rows(shares: Sequence[SkillShare], points: Sequence[int]) -> tuple[PointRow, ...]:
    """Those that have a point; what rounds to none changes no sum."""
    found = zip(shares, points[:-1], strict=True)
    return tuple(PointRow(share.skill, count, share.score, share.level) for share, count in found if count)


def _largest(shares: Sequence[SkillShare], key: Callable[[SkillShare], float]) -> list[SkillShare]:
    return sorted(shares, key=lambda share: (-key(share), share.skill))


def _with_rest(every: Sequence[float], chosen: Sequence[float], total: int) -> list[int]:
    """The chosen parts and one part for all others, as whole numbers that add up to the total."""
    return add_up([*chosen, max(0.0, math.fsum(every) - math.fsum(chosen))], total)


class MatchPoints(NamedTuple):
    """Match in whole points; `match`, those of `costs`, `other` and `level` add up to 100.

    `costs`: (skill, whole points). `other_count`: how many skills `other` stands for.
    """

    match: int
    costs: tuple[tuple[SkillCost, int], ...]
    other: int
    other_count: int
    level: int


class LeadPoints(NamedTuple):
    """A lead in whole points, that of the shown Totals; all parts and `other` add up to it.

    `for_it` and `against_it`: (part, whole points), the largest first.
    """

    lead: int
    for_it: tuple[tuple[Part, int], ...]
    against_it: tuple[tuple[Part, int], ...]
    other: int


def match_points(explanation: Explanation) -> MatchPoints:
    """Match and what it costs, for a role that has one."""
    fit = explanation.fit
    match = whole(fit.match or 0.0)
    listed = _costliest(fit.costs)
    other = max(0.0, math.fsum(cost.points for cost in fit.costs) - math.fsum(cost.points for cost in listed))
    *points, rest, level = add_up([*(cost.points for cost in listed), other, fit.level_cost], 100 - match)
    shown = tuple((cost, count) for cost, count in zip(listed, points, strict=True) if count)
    return MatchPoints(match, shown, rest, len(fit.costs) - len(shown), level)


def _costliest(costs: Sequence[SkillCost]) -> list[SkillCost]:
    goal = COVERED * math.fsum(cost.points for cost in costs)
    left = sorted((cost for cost in costs if cost.points >= LEAST_SHOWN), key=lambda cost: (-cost.points, cost.skill))
    listed: list[SkillCost] = []
    while left and len(listed) < MOST_COSTS and math.fsum(cost.points for cost in listed) < goal:
        listed.append(left.pop(0))
    return listed


def interest_points(explanation: Explanation) -> tuple[int, list[int]]:
    """Interest, and what each interest takes from 100, as whole points that add up to 100."""
    interest = whole(explanation.fit.interest or 0.0)
    return interest, add_up([cost.points for cost in explanation.interests], 100 - interest)


def total_points(explanation: Explanation) -> tuple[int, int, int]:
    """Total in whole points, and what Match and what Interest make of it, which add up; for a role that has one."""
    fit, share = explanation.fit, explanation.interest_weight
    total = whole(fit.total or 0.0)
    from_match, from_interest = add_up([(1 - share) * (fit.match or 0.0), share * (fit.interest or 0.0)], total)
    return total, from_match, from_interest


def lead_points(explanation: Explanation, against: Against) -> LeadPoints:
    """What speaks for a role and what against it, beside its rival."""
    lead = whole(explanation.fit.total or 0.0) - whole(against.fit.total or 0.0)
    for_it = [part for part in against.parts if part.points >= LEAST_SHOWN][:MOST_PARTS]
    against_it = [part for part in against.parts if part.points <= -LEAST_SHOWN][:MOST_PARTS]
    listed = [*for_it, *against_it]
    other = math.fsum(part.points for part in against.parts) - math.fsum(part.points for part in listed)
    *points, rest = add_up([*(part.points for part in listed), other], lead)
    shown = [(part, count) for part, count in zip(listed, points, strict=True) if count]
    speaking, opposing = (tuple(one for one in shown if (one[0].points > 0) is side) for side in (True, False))
    return LeadPoints(lead, speaking, opposing, rest)

"""Match ranks, Readiness tells how far: the two numbers, exact to the point.

Match compares the *pattern* of a person's skills with a role's (Cronbach & Gleser 1953: shape plus a quarter of
elevation). Readiness is the share of the level that the role asks for which the person already has.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Requirement, Role
    from bpo_quiz.scoring.profile import Profile

POINTS_PER_SQUARE = 1 / 25
"""A weighted mean square difference of 2500 (50 points on every skill) costs all 100 points."""

LEVEL_SHARE = 0.25
FEWEST_KNOWN = 0.6
"""Share of a role's weight that must be known before it gets a Match."""

READY_NOW, CLOSE = 90.0, 75.0
"""Readiness from which a person is ready now, or close."""

TWINS, NEAR_TWINS = 5.0, 10.0
"""Distance of two roles, points, under which answers cannot, or can hardly, tell them apart."""


class SkillCost(NamedTuple):
    """What one skill takes off Match.

    Attributes:
        points: 0-100.
        score: the person's, 0-100. level: the role's, 0-100. importance: 0-5.
        difference: points by which the person is weaker (above 0) or stronger (below 0) here than the role's pattern
            asks, both taken relative to their own weighted mean.
    """

    skill: str
    points: float
    score: float
    level: float
    importance: float
    difference: float


class InterestCost(NamedTuple):
    """What one interest takes off the Match of interests.

    Attributes:
        points: 0-100.
        score: the person's, 0-100. level: how much of this activity the role offers, 0-100.
        difference: points by which the role offers more (above 0) or less (below 0) of it than the person's pattern
            asks, both taken relative to their own mean.
    """

    interest: str
    points: float
    score: float
    level: float
    difference: float


class SkillShare(NamedTuple):
    """One skill's part in Readiness: points that the person has, and points that are missing, both 0-100."""

    skill: str
    had: float
    missing: float
    score: float
    level: float


class Fit(NamedTuple):
    """How one role stands for one person. All numbers 0-100; None where too little is known.

    Attributes:
        costs: points off Match, one a known skill; `match + sum(costs) + level_cost` is 100.
        shares: parts of Readiness, one a known skill; all `had` add up to Readiness, all together to 100.
        known: share of the role's weight that the answers cover, 0-1.
    """

    role: str
    match: float | None
    costs: tuple[SkillCost, ...]
    level_cost: float
    readiness: float | None
    shares: tuple[SkillShare, ...]
    interest: float | None
    total: float | None
    known: float


def weights(requirements: Mapping[str, Requirement], known: Collection[str]) -> dict[str, float]:
    """Weight of each known skill, adding up to 1. The +1 lets a strength that the role hardly uses show."""
    raw = {skill: one.importance + 1 for skill, one in requirements.items() if skill in known}
    total = math.fsum(raw.values())
    return {skill: weight / total for skill, weight in raw.items()}


def known_share(requirements: Mapping[str, Requirement], known: Collection[str]) -> float:
    """Share of a role's weight that lies on known skills, 0-1."""
    total = math.fsum(one.importance + 1 for one in requirements.values())
    return math.fsum(one.importance + 1 for skill, one in requirements.items() if skill in known) / total


def fit_all(catalogue: Catalogue, profile: Profile) -> list[Fit]:
    """The fit of every role, in the order of the catalogue."""
    levels, interests = profile.levels(), profile.interest_levels()
    share = catalogue.settings.interest_weight
    return [fit(role, levels, interests, share) for role in catalogue.roles.values()]


def fit(role: Role, levels: Mapping[str, float], interests: Mapping[str, float], interest_weight: float) -> Fit:
    """How a role fits a person.

    Args:
        role: what is asked.
        levels: known skill scores, 0-100.
        interests: known interest scores, 0-100.
        interest_weight: share of Total that interests make, 0-1.
    """
    known = known_share(role.skills, levels)
    if known < FEWEST_KNOWN:
        return Fit(role.id, None, (), 0.0, None, (), None, None, known)
    share_of = weights(role.skills, levels)
    match, costs, level_cost = _match(role, share_of, levels)
    readiness, shares = _readiness(role, share_of, levels)
    interest = interest_match(role.interests, interests)
    total = match if interest is None else (1 - interest_weight) * match + interest_weight * interest
    return Fit(role.id, match, costs, level_cost, readiness, shares, interest, total, known)


def _match(
    role: Role, share_of: Mapping[str, float], levels: Mapping[str, float]
) -> tuple[float, tuple[SkillCost, ...], float]:
    """Match, what each skill costs, and what the general level costs."""
    elevation = math.fsum(weight * (role.skills[skill].level - levels[skill]) for skill, weight in share_of.items())
    differences = {skill: role.skills[skill].level - levels[skill] - elevation for skill in share_of}
    points = {skill: weight * differences[skill] ** 2 * POINTS_PER_SQUARE for skill, weight in share_of.items()}
    level_points = LEVEL_SHARE * elevation**2 * POINTS_PER_SQUARE
    lost = math.fsum((*points.values(), level_points))
    scale = 100 / lost if lost > 100 else 1.0
    costs = tuple(
        SkillCost(skill, points[skill] * scale, levels[skill], asked.level, asked.importance, differences[skill])
        for skill, asked in role.skills.items()
        if skill in share_of
    )
    level_cost = level_points * scale
    match = 100 - math.fsum((*(cost.points for cost in costs), level_cost))
    return max(0.0, match), costs, level_cost


def _readiness(
    role: Role, share_of: Mapping[str, float], levels: Mapping[str, float]
) -> tuple[float, tuple[SkillShare, ...]]:
    """Readiness and each skill's part in it. A role that asks for nothing is met by everybody."""
    asked = math.fsum(weight * role.skills[skill].level for skill, weight in share_of.items())
    if asked == 0:
        return 100.0, ()
    shares = []
    for skill, weight in share_of.items():
        level, score = role.skills[skill].level, levels[skill]
        points = 100 * weight / asked
        shares.append(SkillShare(skill, points * min(score, level), points * max(0.0, level - score), score, level))
    missing = math.fsum(share.missing for share in shares)
    return max(0.0, 100 - missing), tuple(shares)


def interest_match(required: Mapping[str, float], interests: Mapping[str, float]) -> float | None:
    """Match of the interests' pattern, 0-100, equal weights and no level term; None without an answer."""
    gaps = [level - interests[interest] for interest, level in required.items() if interest in interests]
    if not gaps:
        return None
    mean = math.fsum(gaps) / len(gaps)
    cost = math.fsum((gap - mean) ** 2 for gap in gaps) / len(gaps) * POINTS_PER_SQUARE
    return max(0.0, 100 - cost)


def interest_costs(required: Mapping[str, float], interests: Mapping[str, float]) -> tuple[InterestCost, ...]:
    """What each known interest takes off `interest_match`; they and it add up to 100. Empty without an answer."""
    gaps = {interest: level - interests[interest] for interest, level in required.items() if interest in interests}
    if not gaps:
        return ()
    mean = math.fsum(gaps.values()) / len(gaps)
    points = {interest: (gap - mean) ** 2 / len(gaps) * POINTS_PER_SQUARE for interest, gap in gaps.items()}
    lost = math.fsum(points.values())
    scale = 100 / lost if lost > 100 else 1.0
    return tuple(
        InterestCost(interest, points[interest] * scale, interests[interest], required[interest], gap - mean)
        for interest, gap in gaps.items()
    )


def distance(one: Role, other: Role) -> float:
    """How far apart two roles lie, as Match sees them; points, 0-100.

    The weighted root mean square distance of their levels, means removed. Weights are the mean of both roles' own.
    """
    ours, theirs = weights(one.skills, one.skills), weights(other.skills, other.skills)
    weight = {skill: (share + theirs[skill]) / 2 for skill, share in ours.items()}
    gaps = {skill: one.skills[skill].level - other.skills[skill].level for skill in weight}
    mean = math.fsum(weight[skill] * gaps[skill] for skill in weight)
    return math.sqrt(math.fsum(weight[skill] * (gaps[skill] - mean) ** 2 for skill in weight))


def has_near_twins(catalogue: Catalogue) -> bool:
    """Whether two roles of the catalogue can hardly be told apart."""
    pairs = itertools.combinations(catalogue.roles.values(), 2)
    return any(distance(one, other) < NEAR_TWINS for one, other in pairs)

"""What a role asks for beyond what a person has, skill by skill, and which gaps are worth growing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.match import weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.scoring.match import SkillShare

MATTERS = 3
"""Importance, 0-5, from which a skill is worth a word of its own."""

MOST_STEPS = 5
COVERED = 0.8
"""Growth steps are listed until they cover this share of what is missing, but at most five."""

LEAST_SHOWN = 0.5
"""Points under which a strength or a gap would be shown as 0."""


class SkillGap(NamedTuple):
    """A skill of which a step asks more than the person brings to it. All numbers are levels, 0-100.

    Attributes:
        score: where the person is when the step begins: their own score, or what an earlier step asked for.
        level: what the step's role asks for.
        gap: points between the two, above 0.
    """

    skill: str
    score: float | None
    level: float
    gap: float


def skill_gaps(role: Role, levels: Mapping[str, float]) -> tuple[SkillGap, ...]:
    """The gaps of a role, those that take most off Readiness first. What is not known is no gap.

    Args:
        role: what is asked.
        levels: known skill scores, 0-100.
    """
    share_of = weights(role.skills, levels)
    gaps = [
        SkillGap(skill, levels[skill], asked.level, asked.level - levels[skill])
        for skill, asked in role.skills.items()
        if skill in levels and asked.level > levels[skill]
    ]
    return tuple(sorted(gaps, key=lambda one: (-share_of[one.skill] * one.gap, one.skill)))


def weighted_gap(role: Role, levels: Mapping[str, float]) -> float:
    """Missing points of a role, 0-100, each skill weighed as in Readiness."""
    share_of = weights(role.skills, levels)
    return math.fsum(weight * max(0.0, role.skills[skill].level - levels[skill]) for skill, weight in share_of.items())


def raised(role: Role, levels: Mapping[str, float]) -> dict[str, float]:
    """The scores of somebody who has grown into a role: nowhere under what it asks for."""
    asked = {skill: one.level for skill, one in role.skills.items()}
    return {skill: max(level, levels.get(skill, level)) for skill, level in asked.items()}


def unknown_skills(role: Role, levels: Mapping[str, float]) -> tuple[str, ...]:
    """Ids of the skills that matter for a role and of which nothing is known."""
    return tuple(skill for skill, asked in role.skills.items() if asked.importance >= MATTERS and skill not in levels)


def growth_steps(shares: Sequence[SkillShare]) -> list[SkillShare]:
    """The skills that Readiness misses most, largest first (at most five, until 80 % of what is missing is covered)."""
    goal = COVERED * math.fsum(share.missing for share in shares)
    gaps = sorted(
        (share for share in shares if share.missing >= LEAST_SHOWN), key=lambda share: (-share.missing, share.skill)
    )
    steps: list[SkillShare] = []
    while gaps and len(steps) < MOST_STEPS and math.fsum(step.missing for step in steps) < goal:
        steps.append(gaps.pop(0))
    return steps

"""Which gaps are worth growing: the largest, until they cover most of what is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.scoring.match import SkillShare

MOST_STEPS = 5
COVERED = 0.8
"""Growth steps are listed until they cover this share of what is missing, but at most five."""

LEAST_SHOWN = 0.5
"""Points under which a strength or a gap would be shown as 0."""


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

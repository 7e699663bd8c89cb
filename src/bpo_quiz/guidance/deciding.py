"""The skills that would decide between roles that stand about equal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import Profile

USUAL_ERROR = 13.0
"""Standard error, points, of a skill that has its usual two answers."""


def deciding_skills(catalogue: Catalogue, profile: Profile, roles: Sequence[str], count: int = 2) -> tuple[str, ...]:
    """The skills whose error moves the first role against the others most, most first.

    Args:
        catalogue: the roles.
        profile: the scores.
        roles: ids of roles that stand about equal, the leader first; fewer than two decide nothing.
        count: how many skills to name.
    """
    known = [skill for skill in profile.skills if skill.score is not None]
    totals = Totals(catalogue, [skill.skill for skill in known], ())
    row = {role: n for n, role in enumerate(totals.roles)}
    if len(roles) < 2 or any(role not in row for role in roles):
        return ()
    slopes = totals.slopes([skill.score or 0.0 for skill in known], ())
    leader = slopes[row[roles[0]]]
    moved = {
        skill.skill: math.fsum(abs(leader[n] - slopes[row[role]][n]) for role in roles[1:]) * (skill.se or USUAL_ERROR)
        for n, skill in enumerate(known)
    }
    return tuple(sorted(moved, key=lambda skill: (-moved[skill], skill))[:count])

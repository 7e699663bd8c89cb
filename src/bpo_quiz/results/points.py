"""Strengths and gaps for one role, as whole points that add up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import LEAST_SHOWN, MOST_STEPS, growth_steps
from bpo_quiz.scoring.rounding import add_up, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.scoring.match import Fit, SkillShare


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

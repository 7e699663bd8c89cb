"""What changed between two results of one person. Computes, never renders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.profile import SkillScore

Change = Literal["clearly up", "up", "about the same", "down", "clearly down", "not known"]

CLEARLY = 1.96
"""A difference of so many times its error happens by chance once in twenty."""


class SkillChange(NamedTuple):
    """One skill then and now; levels 0-100, None without an answer.

    Attributes:
        difference: now less then, points; None where a level is not known.
        error: standard error of the difference, points; None likewise.
        change: beyond its error, or not; `clearly` beyond 1.96 times its error.
        same_items: whether both sessions could ask the same questions about it.
    """

    skill: str
    then: float | None
    now: float | None
    difference: float | None
    error: float | None
    change: Change
    same_items: bool


class RankChange(NamedTuple):
    """A role's or a career path's rank, from 1, and chance to be first, 0-1; None where too little was known.

    `best_then`, `best_now`: a career path's best role; for a role, the role itself.
    """

    id: str
    rank_then: int | None
    rank_now: int | None
    p_first_then: float | None
    p_first_now: float | None
    best_then: str
    best_now: str


class Only(NamedTuple):
    """Ids that only one of two catalogues has."""

    skills: tuple[str, ...]
    roles: tuple[str, ...]
    paths: tuple[str, ...]


class Comparison(NamedTuple):
    """Two results side by side, as far as both catalogues know the same things.

    Attributes:
        same_catalogue: whether both have the very same catalogue.
        skills: largest difference first, unknown ones last.
        roles: best first now. paths: likewise.
        only_then: what the later catalogue no longer has. only_now: what the earlier one did not have.
    """

    then: Report
    now: Report
    same_catalogue: bool
    skills: tuple[SkillChange, ...]
    roles: tuple[RankChange, ...]
    paths: tuple[RankChange, ...]
    only_then: Only
    only_now: Only

    @property
    def can_rank(self) -> bool:
        """Whether both sheets could be read as a profile, so that ranks mean something."""
        return self.then.silence is None and self.now.silence is None

    @property
    def moved(self) -> tuple[SkillChange, ...]:
        """Skills that differ by more than their error."""
        return tuple(one for one in self.skills if one.change not in ("about the same", "not known"))

    def with_change(self, change: Change) -> tuple[SkillChange, ...]:
        """Skills of one kind."""
        return tuple(one for one in self.skills if one.change == change)


def compare(then: Report, now: Report) -> Comparison:
    """Compare an earlier result with a later one; each has its own catalogue."""
    return Comparison(
        then=then,
        now=now,
        same_catalogue=then.catalogue.sha256 == now.catalogue.sha256,
        skills=_skills(then, now),
        roles=_roles(then, now),
        paths=_paths(then, now),
        only_then=_only(then, now),
        only_now=_only(now, then),
    )


def change_of(difference: float, error: float) -> Change:
    """What a difference with this standard error, both in points, says."""
    size = abs(difference)
    if size <= error:
        return "about the same"
    if size > CLEARLY * error:
        return "clearly up" if difference > 0 else "clearly down"
    return "up" if difference > 0 else "down"


def _skills(then: Report, now: Report) -> tuple[SkillChange, ...]:
    before = {one.skill: one for one in then.profile.skills}
    changes = [
        _skill(before[one.skill], one, _asked_alike(one.skill, then, now))
        for one in now.profile.skills
        if one.skill in before
    ]
    return tuple(sorted(changes, key=lambda one: math.inf if one.difference is None else -abs(one.difference)))


def _skill(then: SkillScore, now: SkillScore, same_items: bool) -> SkillChange:
    if then.score is None or then.se is None or now.score is None or now.se is None:
        return SkillChange(now.skill, then.score, now.score, None, None, "not known", same_items)
    difference, error = now.score - then.score, math.hypot(then.se, now.se)
    return SkillChange(now.skill, then.score, now.score, difference, error, change_of(difference, error), same_items)


def _asked_alike(skill: str, then: Report, now: Report) -> bool:
    return then.catalogue.skills[skill].items == now.catalogue.skills[skill].items


def _roles(then: Report, now: Report) -> tuple[RankChange, ...]:
    before = {one.role.id: one for one in then.roles}
    return tuple(
        RankChange(
            id=one.role.id,
            rank_then=before[one.role.id].rank,
            rank_now=one.rank,
            p_first_then=before[one.role.id].p_first,
            p_first_now=one.p_first,
            best_then=one.role.id,
            best_now=one.role.id,
        )
        for one in now.roles
        if one.role.id in before
    )


def _paths(then: Report, now: Report) -> tuple[RankChange, ...]:
    before = {row.path: row for row in then.paths}
    return tuple(
        RankChange(
            id=row.path,
            rank_then=before[row.path].rank,
            rank_now=row.rank,
            p_first_then=before[row.path].p_first,
            p_first_now=row.p_first,
            best_then=before[row.path].best.role.id,
            best_now=row.best.role.id,
        )
        for row in now.paths
        if row.path in before
    )


def _only(here: Report, there: Report) -> Only:
    def missing(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
        known = set(theirs)
        return tuple(one for one in ours if one not in known)

    return Only(
        skills=missing(here.catalogue.skills, there.catalogue.skills),
        roles=missing(here.catalogue.roles, there.catalogue.roles),
        paths=missing(here.catalogue.paths, there.catalogue.paths),
    )

"""The smallest set of raises that makes a role ready, or first by Total: fewest skills, then fewest points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.first_place import Search
from bpo_quiz.guidance.leads import leads
from bpo_quiz.guidance.what_if import WhatIf, closed_gates, what_if
from bpo_quiz.scoring.match import READY_NOW, interest_match
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.leads import Lead
    from bpo_quiz.guidance.what_if import Moved
    from bpo_quiz.scoring.match import Fit

Goal = Literal["ready", "first"]
GOALS: tuple[Goal, ...] = ("ready", "first")

Outcome = Literal["already", "found", "cannot", "none found", "not known"]
"""not known: too few answers. cannot: shown that no raises do. none found: not shown, but the search found none."""

_ALMOST = 1e-9


class Raise(NamedTuple):
    """A skill raised from a score to a whole level, both 0-100; `asked` is the level that the role asks for."""

    skill: str
    score: float
    level: float
    asked: float

    @property
    def points(self) -> float:
        """How far, in points."""
        return self.level - self.score

    @property
    def is_beyond(self) -> bool:
        """Whether it goes beyond what the role asks for, so that it can only push other roles back."""
        return self.level > math.ceil(self.asked)


class LeastRaises(NamedTuple):
    """What it would take, and where the role would stand then.

    Attributes:
        raises: in the order of the catalogue; empty unless found.
        is_smallest: shown that no fewer skills do, and that no other choice of so many takes fewer points.
        fewest: shown that at least so many skills are needed; 0 where nothing is shown.
        after: the role with these raises; without any, as it is.
        blocker: the role that stays ahead, where it cannot be first; None otherwise.
        behind: points of Total by which the blocker stays ahead at least.
        by_interests: points of Total that interests put between it and the blocker, which no raise changes; 0 where
            they speak for the role.
        closed: gates that the person does not meet. No level of a skill opens one.
    """

    goal: Goal
    outcome: Outcome
    raises: tuple[Raise, ...]
    is_smallest: bool
    fewest: int
    after: Moved
    blocker: Role | None
    behind: float
    by_interests: float
    closed: tuple[Check, ...]


def least_raises(catalogue: Catalogue, answers: Answers, role: str, goal: Goal) -> LeastRaises:
    """The smallest set of raises by which a role reaches a goal.

    Only skills that have an answer are raised, and none above 100. Ready is a Readiness of 90 or more. First is to lead
    every other role by Total; interests stay as they are.

    Args:
        catalogue: what was asked.
        answers: one person's.
        role: id of a role of the catalogue.
        goal: what is to be reached.
    """
    task = _Task(catalogue, answers, role, goal)
    now = task.moved({}).before
    if now.total is None or now.readiness is None:
        return task.outcome("not known")
    if goal == "ready":
        return task.ready(now)
    return task.first()


class _Task(NamedTuple):
    catalogue: Catalogue
    answers: Answers
    role: str
    goal: Goal

    def moved(self, levels: Mapping[str, float]) -> Moved:
        then: WhatIf = what_if(self.catalogue, self.answers, levels)
        return next(one for one in then.roles if one.role.id == self.role)

    def outcome(
        self,
        outcome: Outcome,
        levels: Mapping[str, float] | None = None,
        *,
        is_smallest: bool = True,
        fewest: int = 0,
        blocker: Role | None = None,
        behind: float = 0.0,
    ) -> LeastRaises:
        now = score(self.catalogue, self.answers.responses).levels()
        raised = levels or {}
        after, asked = self.moved(raised), self.catalogue.roles[self.role].skills
        return LeastRaises(
            goal=self.goal,
            outcome=outcome,
            raises=tuple(
                Raise(skill, level, raised[skill], asked[skill].level)
                for skill, level in now.items()
                if skill in raised
            ),
            is_smallest=is_smallest,
            fewest=fewest,
            after=after,
            blocker=blocker,
            behind=behind,
            by_interests=self._interests_behind(after.after, blocker),
            closed=closed_gates(self.catalogue.roles[self.role], self.answers),
        )

    def _interests_behind(self, mine: Fit, blocker: Role | None) -> float:
        liked = score(self.catalogue, self.answers.responses).interest_levels()
        theirs = None if blocker is None else interest_match(blocker.interests, liked)
        if theirs is None or mine.interest is None:
            return 0.0
        return max(0.0, self.catalogue.settings.interest_weight * (theirs - mine.interest))

    def ready(self, now: Fit) -> LeastRaises:
        if (now.readiness or 0.0) >= READY_NOW:
            return self.outcome("already")
        chosen = least_for_readiness(now, READY_NOW)
        whole = {skill: float(math.ceil(level - _ALMOST)) for skill, level in chosen.items()}
        return self.outcome("found", whole, fewest=len(whole))

    def first(self) -> LeastRaises:
        if self.moved({}).rank_before == 1:
            return self.outcome("already")
        profile = score(self.catalogue, self.answers.responses)
        levels = profile.levels()
        every = leads(self.catalogue, profile, self.role)
        blocked = _blocked(every, [100 - level for level in levels.values()])
        if blocked is not None:
            blocker, behind = blocked
            return self.outcome("cannot", blocker=self.catalogue.roles.get(blocker or ""), behind=behind)
        found = Search(every, list(levels.values())).smallest()
        if found is None:
            return self.outcome("none found", is_smallest=False)
        skills = list(levels)
        chosen = {skills[n]: level for n, level in found.levels.items()}
        return self.outcome("found", chosen, is_smallest=found.is_smallest, fewest=found.fewest)


def _blocked(every: Sequence[Lead], most: Sequence[float]) -> tuple[str | None, float] | None:
    """The rival that surely stays ahead, and by how many points at least; None where none surely does."""
    bounds = [(lead.never_more_than(most), lead.rival or "") for lead in every]
    bound, rival = min(bounds)
    return (rival or None, max(0.0, -bound)) if bound < 0 else None


class _Partial(NamedTuple):
    """Skills that are raised all the way: points of Readiness won, points of level, and which."""

    won: float
    points: float
    skills: tuple[str, ...]


def least_for_readiness(fit: Fit, goal: float) -> dict[str, float]:
    """Skill -> level, 0-100: the fewest skills that lift Readiness to a goal, and with so many the fewest points.

    Exact, because Readiness is a sum over skills. A point of level is worth the same all the way up to the role's level
    and nothing beyond, so a skill can win at most what it misses:

    * The fewest skills are those that miss most, as many of them as are needed.
    * In the best choice of so many, all but one are raised all the way, and the one left is that whose points are worth
      least: moving points from a skill to one whose points are worth more never costs any.
    * So skills are gone through by what a point is worth, the best first. Of all ways to choose so many of them so far,
      only those are kept that no other way beats in both what they win and what they cost. Each skill is tried as the
      last one, with just as many points as are then still missing.

    Args:
        fit: of a role with a Readiness below the goal.
        goal: Readiness, 0-100.
    """
    need = goal - (fit.readiness or 0.0)
    gaps = {share.skill: share.level - share.score for share in fit.shares if share.missing > 0}
    missing = {share.skill: share.missing for share in fit.shares if share.missing > 0}
    size = _fewest(sorted(missing.values(), reverse=True), need)
    kept: list[list[_Partial]] = [[_Partial(0.0, 0.0, ())], *([] for _ in range(size - 1))]
    best: tuple[float, tuple[str, ...], float] | None = None
    for skill in sorted(missing, key=lambda skill: -missing[skill] / gaps[skill]):
        worth = missing[skill] / gaps[skill]
        for partial in kept[-1]:
            last = min(gaps[skill], (need - partial.won) / worth)
            enough = partial.won + missing[skill] >= need - _ALMOST
            if enough and (best is None or partial.points + last < best[0] - _ALMOST):
                best = (partial.points + last, (*partial.skills, skill), last)
        for count in range(size - 1, 0, -1):
            more = (
                _Partial(one.won + missing[skill], one.points + gaps[skill], (*one.skills, skill))
                for one in kept[count - 1]
            )
            kept[count] = _unbeaten([*kept[count], *more])
    scores = {share.skill: share.score for share in fit.shares}
    *whole, last_skill = best[1] if best else ()
    raised = {skill: scores[skill] + gaps[skill] for skill in whole}
    return {**raised, last_skill: scores[last_skill] + (best[2] if best else 0.0)}


def _fewest(missing: Sequence[float], need: float) -> int:
    """How many of the largest are needed."""
    for size in range(1, len(missing)):
        if math.fsum(missing[:size]) >= need - _ALMOST:
            return size
    return len(missing)


def _unbeaten(partials: Sequence[_Partial]) -> list[_Partial]:
    """Those that no other one beats: the cheaper come first, and each must win more than all before it."""
    kept: list[_Partial] = []
    for one in sorted(partials, key=lambda one: (one.points, -one.won)):
        if not kept or one.won > kept[-1].won + _ALMOST:
            kept.append(one)
    return kept

"""The smallest set of raises that makes a role ready, or first by Total: fewest skills, then fewest points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.first_place import MOST_SKILLS, blocker_of, leads, smallest_raises
from bpo_quiz.guidance.what_if import what_if
from bpo_quiz.scoring.match import READY_NOW, interest_match
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.first_place import Lead
    from bpo_quiz.guidance.what_if import Moved
    from bpo_quiz.scoring.match import Fit
    from bpo_quiz.scoring.profile import Profile

Goal = Literal["ready", "first"]
GOALS: tuple[Goal, ...] = ("ready", "first")

Outcome = Literal["already", "found", "not within four", "not known"]
"""not within four: shown that no raises of up to four skills do. not known: too few answers."""

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
        raises: in the order of the catalogue; empty unless found. No fewer skills do, and no other choice of so many
            takes fewer points.
        fewest: at least so many skills are needed; 0 where nothing is needed or known.
        after: the role with these raises; without any, as it is.
        blocker: a role that stays ahead whichever four skills rise, where one is known to do so; None otherwise.
        behind: points of Total by which the blocker stays ahead at least, while the own Match is above 0; without
            a blocker: points by which its Total would have to be higher for that; 0 where no bound shows it.
        by_interests: points of Total that interests put between it and the blocker, which no raise changes; 0 where
            they speak for the role.
    """

    goal: Goal
    outcome: Outcome
    raises: tuple[Raise, ...]
    fewest: int
    after: Moved
    blocker: Role | None
    behind: float
    by_interests: float


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
    wanted, profile = catalogue.roles[role], score(catalogue, answers.responses)
    now = _moved(catalogue, answers, role, {})
    outcome, raised, ahead = _found(catalogue, profile, now, goal)
    blocker = None if ahead is None or ahead.rival is None else catalogue.roles[ahead.rival]
    return LeastRaises(
        goal=goal,
        outcome=outcome,
        raises=tuple(
            Raise(skill, level, raised[skill], wanted.skills[skill].level)
            for skill, level in profile.levels().items()
            if skill in raised
        ),
        fewest=MOST_SKILLS + 1 if outcome == "not within four" else len(raised),
        after=_moved(catalogue, answers, role, raised) if raised else now,
        blocker=blocker,
        behind=0.0 if ahead is None else -ahead.now,
        by_interests=0.0 if blocker is None else _interests_behind(catalogue, profile, now.before, blocker),
    )


def _moved(catalogue: Catalogue, answers: Answers, role: str, levels: Mapping[str, float]) -> Moved:
    return next(one for one in what_if(catalogue, answers, levels).roles if one.role.id == role)


def _found(
    catalogue: Catalogue, profile: Profile, now: Moved, goal: Goal
) -> tuple[Outcome, dict[str, float], Lead | None]:
    """How it ends, the levels that are found, and the lead that stays below 0 where one is known to."""
    fit, levels = now.before, profile.levels()
    if fit.total is None or fit.readiness is None:
        return "not known", {}, None
    if fit.readiness >= READY_NOW if goal == "ready" else now.rank_before == 1:
        return "already", {}, None
    if goal == "ready":
        chosen = least_for_readiness(fit, READY_NOW)
        return "found", {skill: float(math.ceil(level - _ALMOST)) for skill, level in chosen.items()}, None
    every, start = leads(catalogue, profile, now.role.id), list(levels.values())
    ahead = blocker_of(every, start)
    raised = None if ahead is not None else smallest_raises(every, start)
    if raised is None:
        return "not within four", {}, ahead
    skills = list(levels)
    return "found", {skills[n]: float(level) for n, level in raised.items()}, None


def _interests_behind(catalogue: Catalogue, profile: Profile, mine: Fit, blocker: Role) -> float:
    theirs = interest_match(blocker.interests, profile.interest_levels())
    if theirs is None or mine.interest is None:
        return 0.0
    return max(0.0, catalogue.settings.interest_weight * (theirs - mine.interest))


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

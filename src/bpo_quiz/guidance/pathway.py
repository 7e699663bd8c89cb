"""The ways to a role, step by step: what each step asks for beyond what the person has, and how long it usually takes.

Three things can make a way the best one. *Shortest*: the fewest years, where each move counts a year more, since a new
job has to be found and learned. *Smallest gap*: the least new learning. *Line of sight*: every step goes to a role of
the same career path, or up from the role before. One can usually see such work done from where one is; a move across
to another career path goes to work that one has not seen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.gaps import SkillGap as SkillGap
from bpo_quiz.guidance.gaps import raised, skill_gaps, unknown_skills
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.guidance.ways import ROUNDING, in_line_of_sight
from bpo_quiz.scoring.match import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.guidance.ways import Way, Ways
    from bpo_quiz.scoring.profile import Profile

    Years = tuple[float, float]

MoveKind = Literal["enter", "up", "across", "down"]
BestAt = Literal["shortest", "smallest gap", "line of sight"]
NoWay = Literal["today's role", "no move leads there", "no move leads on"]


class PathwayStep(NamedTuple):
    """One step of a way.

    Attributes:
        role: where the step leads.
        kind: `enter`: one starts there from outside the trade; else up, across or down from the role before.
        years: how long one usually stays in the role before, from-to; None where one applies for it as things stand.
        gaps: what the person would have to learn for it, the most important first. Earlier steps are taken as done.
        unknown: ids of skills that matter for the role and that neither an answer nor an earlier step tells of.
        readiness: of the person today, 0-100; None where too little is known.
        outlook: how the role stands for the person today.
    """

    role: Role
    kind: MoveKind
    years: Years | None
    gaps: tuple[SkillGap, ...]
    unknown: tuple[str, ...]
    readiness: float | None
    outlook: Outlook


class Pathway(NamedTuple):
    """One way to a role.

    Attributes:
        start: today's role; None: from outside the trade.
        steps: the first is one from today's role, or one that has no years: one applies for it.
        years: how long all steps together usually take, from-to.
        gap: missing points over the steps, each skill weighed by its importance in the step's role; from 0.
        best_at: what no other way to the role does better that begins today; empty for one that cannot.
    """

    start: Role | None
    steps: tuple[PathwayStep, ...]
    years: Years
    gap: float
    best_at: tuple[BestAt, ...]


def pathways(ways: Ways, profile: Profile, target: str) -> tuple[Pathway, ...]:
    """The way to a role that is told first, then others that are best at something.

    Args:
        ways: of one person.
        profile: their scores.
        target: id of the role to reach.

    Returns:
        Nothing where no way is known, or where the target is today's role; `why_no_way` tells which.
    """
    told = ways.to(target)
    if told is None:
        return ()
    build = _Builder(ways, profile)
    best: dict[Way, list[BestAt]] = {told: []}
    for way, best_at in _best(ways, told, ways.every(target)):
        best.setdefault(way, []).append(best_at)
    return tuple(build.pathway(way, tuple(best_at)) for way, best_at in best.items())


def why_no_way(ways: Ways, target: str) -> NoWay:
    """Why `pathways` found nothing."""
    return "today's role" if target == ways.today else "no move leads there"


def next_steps(
    ways: Ways, profile: Profile, goal: str | None, named: Sequence[str], count: int = 3
) -> tuple[PathwayStep, ...]:
    """The best next step, and alternatives.

    First comes the first step on the way to the goal, then what is open, then the moves from today's role by rank.
    Today's role is never among them.

    Args:
        ways: of one person.
        profile: their scores.
        goal: id of the role that the result speaks of first; None when no role could be ranked.
        named: ids of the doors, or of the role that is nearest to being one.
        count: how many steps at most.
    """
    way = ways.to(goal) if goal is not None else None
    if goal is None:
        return ()
    moves = {step.role: step for step in reversed(neighbours(ways.catalogue.roles[ways.today]))} if ways.today else {}
    on = sorted((role for role in moves if role != ways.today), key=ways.place)
    chosen = list(dict.fromkeys([*([way.first] if way else []), *named, *on]))[:count]
    build = _Builder(ways, profile)
    return tuple(
        build.first_step(role, None if ways.outlooks[role].is_startable or role not in moves else moves[role].years)
        for role in chosen
    )


def _best(ways: Ways, told: Way, every: Sequence[Way]) -> Iterator[tuple[Way, BestAt]]:
    """Each way that is best at something, of those that begin today; a way that one is seldom led is only told first.

    Compared is every way, so that what is said of one holds beside all of them.
    """
    if not every or not told.is_open:
        return
    usual = [way for way in every if not ways.is_last_resort(way)] or [told]
    shortest = [way for way in (told, *usual) if way.length <= every[0].length + ROUNDING]
    leanest = min((told, *usual), key=ways.gap)
    if shortest:
        yield shortest[0], "shortest"
    if ways.gap(leanest) <= min(map(ways.gap, every)):
        yield leanest, "smallest gap"
    in_sight = next((way for way in (told, *usual) if in_line_of_sight(ways.catalogue, ways.today, way)), None)
    if in_sight is not None:
        yield in_sight, "line of sight"


class _Builder:
    """Turns moves into steps of one person."""

    def __init__(self, ways: Ways, profile: Profile) -> None:
        self.ways, self.roles, self.levels = ways, ways.catalogue.roles, profile.levels()
        self.today = self.roles[ways.today] if ways.today is not None else None

    def pathway(self, way: Way, best_at: tuple[BestAt, ...]) -> Pathway:
        """A way with all its steps."""
        levels, here, steps = self.levels, self.today, []
        for n, move in enumerate(way.steps):
            there = self.roles[move.role]
            years = None if n == 0 and way.applies else move.years
            steps.append(self._step(here, there, years, levels))
            levels, here = raised(there, levels), there
        spans = [step.years for step in steps if step.years is not None]
        together = (math.fsum(low for low, _ in spans), math.fsum(high for _, high in spans))
        return Pathway(self.today, tuple(steps), together, self.ways.gap(way), best_at)

    def first_step(self, role: str, years: Years | None) -> PathwayStep:
        """The step to a role from where the person is; without years they apply for it."""
        return self._step(self.today, self.roles[role], years, self.levels)

    def _step(self, here: Role | None, there: Role, years: Years | None, levels: Mapping[str, float]) -> PathwayStep:
        return PathwayStep(
            role=there,
            kind=_kind(here, there),
            years=years,
            gaps=skill_gaps(there, levels),
            unknown=unknown_skills(there, levels),
            readiness=fit(there, self.levels, {}, 0.0).readiness,
            outlook=self.ways.outlooks[there.id],
        )


def _kind(here: Role | None, there: Role) -> MoveKind:
    if here is None:
        return "enter"
    if there.rung > here.rung or there.id in {edge.role for edge in here.leads_to}:
        return "up"
    return "down" if there.rung < here.rung else "across"

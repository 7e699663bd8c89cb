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
from bpo_quiz.guidance.gates import check_conditions, check_gates
from bpo_quiz.guidance.moves import length_of, neighbours
from bpo_quiz.guidance.reach import doors
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.scoring.match import fit, fit_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.moves import Move
    from bpo_quiz.scoring.profile import Profile

MoveKind = Literal["enter", "up", "across", "back"]
BestAt = Literal["shortest", "smallest gap", "line of sight"]
NoWay = Literal["today's role", "no move leads there", "no move leads on"]


class PathwayStep(NamedTuple):
    """One step of a way.

    Attributes:
        role: where the step leads.
        kind: `enter`: one starts there, without the trade or in a new ladder; `up` or `across` from the role before;
            `back` to a role that today's role usually comes from.
        years: how long one usually stays in the role before, from-to; None for `enter` and `back`.
        gaps: what the person would have to learn for it, the most important first. Earlier steps are taken as done.
        unknown: ids of skills that matter for the role and that neither an answer nor an earlier step tells of.
        readiness: of the person today, 0-100; None where too little is known.
        gates: what one usually must have. conditions: how the work is done. Both as things stand today.
    """

    role: Role
    kind: MoveKind
    years: tuple[float, float] | None
    gaps: tuple[SkillGap, ...]
    unknown: tuple[str, ...]
    readiness: float | None
    gates: tuple[Check, ...]
    conditions: tuple[Check, ...]


class Pathway(NamedTuple):
    """One way to a role.

    Attributes:
        start: today's role; None: from outside the trade, and the first step is then `enter`.
        years: how long all steps together usually take, from-to.
        gap: missing points over the steps, each skill weighed by its importance in the step's role; from 0.
        best_at: what no other way to the role does better.
    """

    start: Role | None
    steps: tuple[PathwayStep, ...]
    years: tuple[float, float]
    gap: float
    best_at: tuple[BestAt, ...]


def open_ways(catalogue: Catalogue, profile: Profile, about: About) -> Ways:
    """The ways that are open to a person."""
    totals = {one.role: one.total for one in fit_all(catalogue, profile)}
    closed = {role.id for role in catalogue.roles.values() if _is_closed(role, about)}
    levels = profile.levels()
    return Ways(catalogue, about.works_as, totals, levels, closed, doors(catalogue, levels, about))


def pathways(
    catalogue: Catalogue, profile: Profile, about: About, target: str, ways: Ways | None = None
) -> tuple[Pathway, ...]:
    """The ways to a role that are best at something, the shortest first.

    All begin where the result says that one would begin. Ways with up to two moves more than the fewest are compared,
    at most six moves where that is possible. Equal length: the smaller gap goes first, then fewer moves, then ids.

    Args:
        catalogue: the roles and the moves between them.
        profile: the person's scores.
        about: what they told about themselves.
        target: id of the role to reach.
        ways: of this person, where they are known already.

    Returns:
        Nothing where no way is known, or where the target is today's role; `why_no_way` tells which.
    """
    ways = ways or open_ways(catalogue, profile, about)
    if target == about.works_as or not ways.every(target):
        return ()
    build = _Builder(catalogue, profile, about)
    start = ways.start(target)
    found = []
    for way, best_at in _best(ways, target):
        if ways.is_back(target):
            steps: tuple[PathwayStep, ...] = (build.first_step(target, None, back=True),)
        else:
            steps = build.steps(way, enter=None if start == ways.works_as else start)
        found.append(_pathway(build.today, steps, ways.gap(target, way), best_at))
    return tuple(found)


def why_no_way(about: About, target: str) -> NoWay:
    """Why `pathways` found nothing."""
    return "today's role" if target == about.works_as else "no move leads there"


def next_steps(
    catalogue: Catalogue,
    profile: Profile,
    about: About,
    goal: str | None,
    ways: Ways | None = None,
    count: int = 3,
) -> tuple[PathwayStep, ...]:
    """The best next step, and alternatives: from today's role, or from outside the roles to enter by.

    First comes the first step on the way to the goal. The others come in the order of Total; a role with a gate that
    is not met comes after those without. Today's role is never among them.

    Args:
        catalogue: the roles and the moves between them.
        profile: the person's scores.
        about: what they told about themselves.
        goal: id of the role that fits best and is new to the person; None when no role could be ranked.
        ways: of this person, where they are known already.
        count: how many steps at most.
    """
    ways = ways or open_ways(catalogue, profile, about)
    if goal is None:
        return ()
    best = ways.entry_to(goal)
    near = _moves_from(ways)
    others = sorted(near, key=lambda role: (role in ways.closed, -(ways.totals[role] or 0), role))
    chosen = dict.fromkeys(([best] if best else []) + others)
    build = _Builder(catalogue, profile, about)
    return tuple(build.first_step(role, near.get(role), back=ways.is_back(role)) for role in list(chosen)[:count])


def in_line_of_sight(roles: Mapping[str, Role], start: str, way: Iterable[Move]) -> bool:
    """Whether there are steps, and each goes to a role of the same career path, or up from the role before."""
    here = roles[start]
    way = tuple(way)
    for step in way:
        there = roles[step.role]
        if there.path != here.path and step.role not in {edge.role for edge in here.leads_to}:
            return False
        here = there
    return bool(way)


def _best(ways: Ways, target: str) -> list[tuple[tuple[Move, ...], tuple[BestAt, ...]]]:
    """The ways that are best at something, each once, the shortest first."""
    every, start = ways.every(target), ways.start(target)
    leanest = min(every, key=lambda way: (ways.gap(target, way), length_of(way), len(way), way))
    best: dict[tuple[Move, ...], list[BestAt]] = {every[0]: ["shortest"]}
    best.setdefault(leanest, []).append("smallest gap")
    if start is not None and ways.works_as in (None, start):  # nobody sees a new ladder from the old one
        in_sight = next((way for way in every if in_line_of_sight(ways.catalogue.roles, start, way)), None)
        if in_sight is not None:
            best.setdefault(in_sight, []).append("line of sight")
    return [(way, tuple(best_at)) for way, best_at in best.items()]


def _pathway(today: Role | None, steps: tuple[PathwayStep, ...], gap: float, best_at: tuple[BestAt, ...]) -> Pathway:
    spans = [step.years for step in steps if step.years is not None]
    years = (math.fsum(low for low, _ in spans), math.fsum(high for _, high in spans))
    return Pathway(today, steps, years, gap, best_at)


def _moves_from(ways: Ways) -> dict[str, tuple[float, float] | None]:
    """Role id -> years before the move, for each move from today's role; from outside, each role to enter by."""
    if ways.works_as is None:
        return dict.fromkeys(ways.entries)
    steps = neighbours(ways.catalogue.roles[ways.works_as])
    return {step.role: step.years for step in reversed(steps)}  # where a move is known both up and across: up


def _is_closed(role: Role, about: About) -> bool:
    return any(check.state == "not met" for check in check_gates(role, about))


class _Builder:
    """Turns moves into steps of one person."""

    def __init__(self, catalogue: Catalogue, profile: Profile, about: About) -> None:
        self.roles = catalogue.roles
        self.levels = profile.levels()
        self.about = about
        self.today = self.roles[about.works_as] if about.works_as is not None else None

    def steps(self, way: Iterable[Move], enter: str | None) -> tuple[PathwayStep, ...]:
        """Every step of a way; `enter`: the role that one enters by first."""
        levels, here, steps = self.levels, self.today, []
        moves = [(step.role, step.years) for step in way]
        for role, years in [(enter, None), *moves] if enter is not None else moves:
            there = self.roles[role]
            steps.append(self._step(here, there, years, levels))
            levels, here = raised(there, levels), there
        return tuple(steps)

    def first_step(self, role: str, years: tuple[float, float] | None, *, back: bool) -> PathwayStep:
        """The step to a role from where the person is; without years they enter it, or go back to it."""
        step = self._step(self.today, self.roles[role], years, self.levels)
        return step._replace(kind="back") if back else step

    def _step(
        self, here: Role | None, there: Role, years: tuple[float, float] | None, levels: Mapping[str, float]
    ) -> PathwayStep:
        return PathwayStep(
            role=there,
            kind=_kind(here, there, years),
            years=years,
            gaps=skill_gaps(there, levels),
            unknown=unknown_skills(there, levels),
            readiness=fit(there, self.levels, {}, 0.0).readiness,
            gates=check_gates(there, self.about),
            conditions=check_conditions(there, self.about),
        )


def _kind(here: Role | None, there: Role, years: tuple[float, float] | None) -> MoveKind:
    if here is None or years is None:
        return "enter"
    return "up" if (there.id, years) in {(edge.role, edge.years) for edge in here.leads_to} else "across"

"""Builds the one record that every format shows: catalogue and answers in, report out. Computes, never renders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.gaps import unknown_skills
from bpo_quiz.guidance.gates import Check, check_conditions, check_gates
from bpo_quiz.guidance.pathway import open_ways, pathways
from bpo_quiz.guidance.plan import NO_PLAN, Plan, growth_plan
from bpo_quiz.guidance.reach import Reach, one_step_away, reach_of
from bpo_quiz.guidance.talk import Subjects, deciding_skills, evidence_prompts, talk_questions
from bpo_quiz.scoring.answer_quality import Flag, flags, hardly_differ
from bpo_quiz.scoring.certainty import Certainty, certainty
from bpo_quiz.scoring.match import Fit, fit_all
from bpo_quiz.scoring.profile import Profile, score
from bpo_quiz.scoring.ranking import rank, rank_by_chance, rank_paths
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.answers.model import About, Answers
    from bpo_quiz.catalogue.model import Catalogue, Item, Role
    from bpo_quiz.guidance.moves import Move
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.guidance.ways import Ways

Silence = Literal["too few answers", "all alike"]
"""Why a sheet cannot be read as a profile."""


class RoleStanding(NamedTuple):
    """A role's place in the ranking.

    Attributes:
        rank: from 1; None where too little is known.
        p_first: chance to be first if the answers had no error, 0-1; None where too little is known.
        p_top3: chance to be among the first three, likewise.
        about_equal: whether the role is one of those that stand about equal at the top.
        reach: None where too little is known.
        is_today: whether it is the person's role today.
    """

    role: Role
    fit: Fit
    rank: int | None
    p_first: float | None
    p_top3: float | None
    about_equal: bool
    reach: Reach | None
    gates: tuple[Check, ...]
    conditions: tuple[Check, ...]
    is_today: bool


class PathRow(NamedTuple):
    """A career path's place in the ranking, its best role, and the role by which the person would enter.

    `p_first`: chance that one of its roles would be first, 0-1; None where too little is known.
    """

    path: str
    rank: int | None
    p_first: float | None
    best: RoleStanding
    entry: Role | None


class Way(NamedTuple):
    """The ladder to a role: where it starts, and each step from there. No start: no way is known."""

    start: Role | None
    steps: tuple[Move, ...]


class Report(NamedTuple):
    """Everything that a result says.

    Attributes:
        answered: items with an answer. asked: items of the catalogue.
        form: `full` or `quick`.
        certainty: how sure the order is.
        deciding: ids of the skills that would decide between the roles that stand about equal.
        flags: signs that the answers may not describe the person.
        silence: why the answers cannot be read as a profile; None when they can.
        roles: every role, best first. paths: every path, best first.
        headline: the first role that is new to the person; None when no role has a Match.
        way: the ladder to the headline role. pathways: the same way with what each step asks, and others.
        plan: what to do next, proofs to collect, questions for a talk; empty where the answers say nothing.
    """

    catalogue: Catalogue
    about: About
    profile: Profile
    answered: int
    asked: int
    form: str
    certainty: Certainty
    deciding: tuple[str, ...]
    flags: tuple[Flag, ...]
    silence: Silence | None
    roles: tuple[RoleStanding, ...]
    paths: tuple[PathRow, ...]
    headline: RoleStanding | None
    way: Way
    pathways: tuple[Pathway, ...]
    plan: Plan


def build(catalogue: Catalogue, answers: Answers) -> Report:
    """Score the answers and gather all that follows from them."""
    profile = score(catalogue, answers.responses)
    ranked, sure = _ranking(catalogue, profile, answers)
    ways = open_ways(catalogue, profile, answers.about)
    roles = _standings(catalogue, ranked, sure, answers.about, ways)
    by_id = {standing.role.id: standing for standing in roles}
    paths = tuple(
        _path_row(catalogue, path.path, n, by_id[path.best.role], ways, sure)
        for n, path in enumerate(rank_paths(catalogue, ranked), 1)
    )
    goal = first_new(ranked, answers.about)
    headline = None if goal is None else by_id[goal.role]
    routes = pathways(catalogue, profile, answers.about, headline.role.id, ways) if headline else ()
    report = Report(
        catalogue=catalogue,
        about=answers.about,
        profile=profile,
        answered=sum(value is not None for value in answers.responses.values()),
        asked=len(catalogue.items()),
        form=answers.form,
        certainty=sure,
        deciding=deciding_skills(catalogue, profile, sure.about_equal),
        flags=signs(catalogue, full_order(catalogue), answers),
        silence=silence_of(answers, goal),
        roles=roles,
        paths=paths,
        headline=headline,
        way=_way(catalogue, headline, ways),
        pathways=routes,
        plan=NO_PLAN,
    )
    return report._replace(plan=_plan(report))


def _ranking(catalogue: Catalogue, profile: Profile, answers: Answers) -> tuple[list[Fit], Certainty]:
    """The full form ranks by Total; the quick one by chance, since it leaves much unasked."""
    fits = fit_all(catalogue, profile)
    if answers.form == "quick":
        from bpo_quiz.sitting.quick_form import QuickForm

        sure = QuickForm(catalogue).chances(answers.responses)
        return rank_by_chance(fits, sure), sure
    ranked = rank(fits)
    return ranked, certainty(catalogue, profile, answers.responses, ranked[0].role)


def first_new(ranked: Iterable[Fit], about: About) -> Fit | None:
    """The first role that is not the person's today; None where too little is known of it."""
    goal = next((fit for fit in ranked if fit.role != about.works_as), None)
    return None if goal is None or goal.total is None else goal


def silence_of(answers: Answers, goal: Fit | None) -> Silence | None:
    """Why the answers cannot be read; `goal` is the first role that is new."""
    if goal is None:
        return "too few answers"
    return "all alike" if hardly_differ(answers.responses) else None


def signs(catalogue: Catalogue, order: Sequence[Item], answers: Answers) -> tuple[Flag, ...]:
    """Signs that the answers may not describe the person; `order` is that of the full form."""
    items = {item.id: item for item in order}
    asked = order if answers.form == "full" else [items[item] for item in answers.responses]
    return flags(catalogue, asked, answers.responses, answers.times)


def _standings(
    catalogue: Catalogue, ranked: Sequence[Fit], sure: Certainty, about: About, ways: Ways
) -> tuple[RoleStanding, ...]:
    near = one_step_away(catalogue, about.works_as, ways.entries)
    return tuple(_standing(catalogue.roles[fit.role], fit, n, sure, about, near) for n, fit in enumerate(ranked, 1))


def _standing(role: Role, fit: Fit, n: int, sure: Certainty, about: About, near: set[str]) -> RoleStanding:
    gates = check_gates(role, about)
    return RoleStanding(
        role=role,
        fit=fit,
        rank=n if fit.role in sure.p_first else None,
        p_first=sure.p_first.get(role.id),
        p_top3=sure.p_top3.get(role.id),
        about_equal=role.id in sure.about_equal,
        reach=reach_of(role, fit, gates, near),
        gates=gates,
        conditions=check_conditions(role, about),
        is_today=role.id == about.works_as,
    )


def _path_row(catalogue: Catalogue, path: str, n: int, best: RoleStanding, ways: Ways, sure: Certainty) -> PathRow:
    entry = ways.entry_to(best.role.id)
    chances = [chance for role, chance in sure.p_first.items() if catalogue.roles[role].path == path]
    return PathRow(
        path=path,
        rank=None if best.rank is None else n,
        p_first=math.fsum(chances) if chances else None,
        best=best,
        entry=catalogue.roles[entry] if entry else None,
    )


def _way(catalogue: Catalogue, headline: RoleStanding | None, ways: Ways) -> Way:
    if headline is None:
        return Way(None, ())
    start, steps = ways.to(headline.role.id)
    return Way(catalogue.roles[start] if start else None, steps)


def _plan(report: Report) -> Plan:
    if report.headline is None or report.silence is not None:
        return NO_PLAN
    catalogue, goal, levels = report.catalogue, report.headline.role, report.profile.levels()
    pathway = report.pathways[0] if report.pathways else None
    today = report.about.works_as
    subjects = Subjects(
        goal=goal,
        today=catalogue.roles[today] if today is not None else None,
        first=pathway.steps[0] if pathway else None,
        gates=report.headline.gates,
        conditions=report.headline.conditions,
        flags=report.flags,
        about_equal=report.certainty.about_equal,
        deciding=report.deciding,
        unknown=unknown_skills(goal, levels),
        today_is_first=report.roles[0].is_today,
    )
    return Plan(
        steps=growth_plan(catalogue, report.profile, goal, pathway),
        evidence_prompts=evidence_prompts(catalogue, goal, levels),
        talk_questions=talk_questions(catalogue, subjects),
    )

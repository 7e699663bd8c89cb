"""Builds the one record that every format shows: catalogue and answers in, report out. Computes, never renders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.doors import Doors, doors
from bpo_quiz.guidance.gaps import unknown_skills
from bpo_quiz.guidance.pathway import pathways
from bpo_quiz.guidance.plan import NO_PLAN, Plan, growth_plan
from bpo_quiz.guidance.standing import Outlook, outlooks
from bpo_quiz.guidance.statements import Advice, Known, advice
from bpo_quiz.guidance.talk import Subjects, deciding_skills, evidence_prompts, talk_questions
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.scoring.answer_quality import Flag, flags, hardly_differ
from bpo_quiz.scoring.certainty import Belief, Certainty, certainty
from bpo_quiz.scoring.match import Fit, fit_all
from bpo_quiz.scoring.profile import Profile, score
from bpo_quiz.scoring.ranking import rank, rank_by_chance, rank_paths
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpo_quiz.answers.model import About, Answers
    from bpo_quiz.catalogue.model import Catalogue, Item, Role
    from bpo_quiz.guidance.pathway import Pathway

Silence = Literal["too few answers", "all alike"]
"""Why a sheet cannot be read as a profile."""


class RoleStanding(NamedTuple):
    """A role's place in the ranking.

    Attributes:
        rank: from 1; None where too little is known.
        p_first: chance to be first if the answers had no error, 0-1; None where too little is known.
        p_top3: chance to be among the first three, likewise.
        about_equal: whether the role is one of several that stand about equal at the top.
        outlook: how it stands for the person today.
    """

    role: Role
    fit: Fit
    rank: int | None
    p_first: float | None
    p_top3: float | None
    about_equal: bool
    outlook: Outlook

    @property
    def is_today(self) -> bool:
        """Whether it is the person's role today."""
        return self.outlook.state == "today"


class PathRow(NamedTuple):
    """A career path's place in the ranking, and its best role.

    `p_first`: chance that one of its roles would be first, 0-1; None where too little is known.
    """

    path: str
    rank: int | None
    p_first: float | None
    best: RoleStanding


class Report(NamedTuple):
    """Everything that a result says.

    Attributes:
        answered: items with an answer. asked: items of the catalogue.
        form: `full` or `quick`.
        by_belief: whether order and chances come from what is believed of a person, since much was not asked.
        certainty: how sure the order is. totals: role id -> its Total, or what is expected of it, 0-100.
        deciding: ids of the skills that would decide between the roles that stand about equal.
        flags: signs that the answers may not describe the person.
        silence: why the answers cannot be read as a profile; None when they can.
        roles: every role, best first. paths: every path, best first.
        advice: what is said on top; None where there is silence.
        goal: the role that the advice speaks of first; None where there is silence.
        ways: of the person, from the doors. pathways: to the goal, with what each step asks.
        plan: what to do next, proofs to collect, questions for a talk; empty where the answers say nothing.
    """

    catalogue: Catalogue
    about: About
    profile: Profile
    answered: int
    asked: int
    form: str
    by_belief: bool
    certainty: Certainty
    totals: Mapping[str, float]
    deciding: tuple[str, ...]
    flags: tuple[Flag, ...]
    silence: Silence | None
    roles: tuple[RoleStanding, ...]
    paths: tuple[PathRow, ...]
    advice: Advice | None
    goal: RoleStanding | None
    ways: Ways
    pathways: tuple[Pathway, ...]
    plan: Plan


class Ranking(NamedTuple):
    """The fits, best first; how sure that is; role id -> its Total, or what is expected of it.

    `by_belief`: whether it comes from what is believed of the person, since much was not asked.
    """

    fits: list[Fit]
    certainty: Certainty
    totals: Mapping[str, float]
    by_belief: bool


def build(catalogue: Catalogue, answers: Answers) -> Report:
    """Score the answers and gather all that follows from them."""
    profile = score(catalogue, answers.responses)
    ranking, about = _ranking(catalogue, profile, answers), answers.about
    ranked, levels = ranking.fits, profile.levels()
    found = outlooks(catalogue, {fit.role: fit for fit in ranked}, levels, about)
    opened = doors(catalogue, ranked, found, ranking.totals)
    ways = Ways(catalogue, about.works_as, found, opened.roles, (fit.role for fit in ranked), levels)
    signs_found = signs(catalogue, full_order(catalogue), answers)
    silence, told = silence_of(answers, first_new(ranked, about)), None
    if silence is None:
        sure, today = ranking.certainty, about.works_as
        told = advice(Known(catalogue, ranked, found, opened, ways, sure, today, len(signs_found)))
    equal = told.about_equal if told else ()
    roles = _standings(catalogue, ranking, found, equal)
    by_id = {standing.role.id: standing for standing in roles}
    report = Report(
        catalogue=catalogue,
        about=about,
        profile=profile,
        answered=sum(value is not None for value in answers.responses.values()),
        asked=len(catalogue.items()),
        form=answers.form,
        by_belief=ranking.by_belief,
        certainty=ranking.certainty,
        totals=ranking.totals,
        deciding=deciding_skills(catalogue, profile, equal),
        flags=signs_found,
        silence=silence,
        roles=roles,
        paths=_paths(catalogue, ranking, by_id),
        advice=told,
        goal=by_id[told.role] if told else None,
        ways=ways,
        pathways=pathways(ways, profile, told.role) if told else (),
        plan=NO_PLAN,
    )
    return report if told is None else report._replace(plan=_plan(report, told.doors))


def _ranking(catalogue: Catalogue, profile: Profile, answers: Answers) -> Ranking:
    """A whole sheet ranks by Total; where a skill or an interest has no answer, or little was asked, by chance."""
    fits, today = fit_all(catalogue, profile), answers.about.works_as
    if answers.form == "quick" or not profile.is_whole:
        belief = Belief(catalogue)
        sure = belief.certainty(answers.responses, today)
        return Ranking(rank_by_chance(fits, sure), sure, belief.expected(answers.responses), by_belief=True)
    totals = {fit.role: fit.total or 0.0 for fit in fits}
    return Ranking(rank(fits), certainty(catalogue, profile, today), totals, by_belief=False)


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
    catalogue: Catalogue, ranking: Ranking, found: Mapping[str, Outlook], equal: Sequence[str]
) -> tuple[RoleStanding, ...]:
    sure = ranking.certainty
    return tuple(
        RoleStanding(
            role=catalogue.roles[fit.role],
            fit=fit,
            rank=n if fit.role in sure.p_first else None,
            p_first=sure.p_first.get(fit.role),
            p_top3=sure.p_top3.get(fit.role),
            about_equal=len(equal) > 1 and fit.role in equal,
            outlook=found[fit.role],
        )
        for n, fit in enumerate(ranking.fits, 1)
    )


def _paths(catalogue: Catalogue, ranking: Ranking, standings: Mapping[str, RoleStanding]) -> tuple[PathRow, ...]:
    rows = []
    for n, path in enumerate(rank_paths(catalogue, ranking.fits), 1):
        best, p_first = standings[path.best.role], ranking.certainty.p_first
        chances = [chance for role, chance in p_first.items() if catalogue.roles[role].path == path.path]
        rows.append(PathRow(path.path, None if best.rank is None else n, math.fsum(chances) if chances else None, best))
    return tuple(rows)


def _plan(report: Report, opened: Doors) -> Plan:
    if report.goal is None:
        return NO_PLAN
    catalogue, about, levels = report.catalogue, report.about, report.profile.levels()
    found, goal = report.ways.outlooks, report.goal.outlook
    pathway = report.pathways[0] if report.pathways else None
    first = pathway.steps[0].outlook if pathway else goal
    leads_on = [] if first.is_step_down else [first]  # nobody is sent down first while something else is open
    open_first = [one for one in (goal, *leads_on, *(found[role] for role in opened.roles)) if one.is_startable]
    door = open_first[0] if open_first else None
    first = door or first
    wanted = report.goal.role
    subjects = Subjects(
        goal=wanted,
        today=catalogue.roles[about.works_as] if about.works_as is not None else None,
        roles=tuple({one.role: one for one in (first, goal)}.values()),
        fields=[catalogue.paths[path].name for path in about.fields or () if path in catalogue.paths],
        flags=report.flags,
        about_equal=report.advice.about_equal if report.advice else (),
        deciding=report.deciding,
        unknown=unknown_skills(wanted, levels),
        today_is_first=report.roles[0].is_today,
    )
    return Plan(
        steps=growth_plan(catalogue, report.profile, goal, door, pathway),
        evidence_prompts=evidence_prompts(catalogue, wanted, levels),
        talk_questions=talk_questions(catalogue, subjects),
    )

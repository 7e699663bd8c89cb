"""A result, and the ways to a role, as stable JSON records: `bpo-quiz/result@2`, `bpo-quiz/path@2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.guidance.standing import ifs, in_the_way
from bpo_quiz.records import catalogue_of, gates_and_conditions
from bpo_quiz.results import occasion as remarks

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import PathRow, Report, RoleStanding
    from bpo_quiz.results.route import Route

RESULT_FORMAT = "bpo-quiz/result@2"
PATH_FORMAT = "bpo-quiz/path@2"


def result_record(report: Report) -> dict[str, Any]:
    """A whole result."""
    return {
        "format": RESULT_FORMAT,
        "catalogue": catalogue_of(report.catalogue),
        **picked(report, "answered asked form by_belief silence"),
        "advice": _advice(report),
        "deciding_skills": report.deciding,
        "flags": [as_dict(flag) for flag in report.flags],
        "profile": [as_dict(skill) for skill in report.profile.skills],
        "interests": [as_dict(interest) for interest in report.profile.interests],
        "paths": [_path(row) for row in report.paths],
        "roles": [_standing(report.catalogue, standing) for standing in report.roles],
        "pathways": [_pathway(pathway) for pathway in report.pathways],
        "plan": as_dict(report.plan),
    }


def for_counsellor(report: Report, answers: Answers, occasion: Occasion) -> dict[str, Any]:
    """What the counsellor gets beside it: the session, its notes, and remarks about single answers."""
    return {
        "session": occasion.code,
        "date": occasion.date,
        "client": occasion.alias,
        "tag": occasion.tag,
        "notes": [
            {"written": note.written, "about_session": note.is_about_session, "text": note.text}
            for note in occasion.notes
        ],
        "far_apart": [
            {"skill": apart.skill, "steps": apart.steps, "low": apart.low.item, "high": apart.high.item}
            for apart in remarks.far_apart(report.catalogue, answers.responses)
        ],
        "unanswered": [item.id for item in remarks.unanswered(report.catalogue, answers.responses)],
    }


def _path(row: PathRow) -> dict[str, Any]:
    fit = row.best.fit
    return {
        "path": row.path,
        "rank": row.rank,
        **picked(fit, "total match readiness"),
        "p_first": row.p_first,
        "best_role": fit.role,
    }


def _advice(report: Report) -> dict[str, Any] | None:
    """What is said on top; nothing where there is silence."""
    found, catalogue = report.advice, report.catalogue
    if found is None:
        return None
    nearest = found.doors.nearest
    return {
        **picked(found, "role path path_word role_word about_equal lines"),
        "doors": [_open(catalogue, report.ways.outlooks[role]) for role in found.doors.roles],
        "nearest": nearest and {"role": nearest, "in_the_way": in_the_way(catalogue, report.ways.outlooks[nearest])},
        "way": [step.role for step in found.way.steps] if found.way else [],
    }


def _open(catalogue: Catalogue, found: Outlook) -> dict[str, Any]:
    return {
        "role": found.role,
        "standing": found.state,
        "ifs": ifs(catalogue, found),
        "step_down": found.is_step_down,
    }


def _standing(catalogue: Catalogue, standing: RoleStanding) -> dict[str, Any]:
    fit = standing.fit
    return {
        "role": fit.role,
        **picked(standing.role, "path rung"),
        "rank": standing.rank,
        **_open(catalogue, standing.outlook),
        "in_the_way": in_the_way(catalogue, standing.outlook),
        **picked(fit, "total match readiness interest"),
        **picked(standing, "p_first p_top3 about_equal"),
        "known": fit.known,
        **gates_and_conditions(standing.outlook.hurdles),
        "costs": [picked(cost, "skill points score level importance") for cost in fit.costs],
        "level_cost": fit.level_cost,
        "missing": [{"skill": share.skill, "points": share.missing} for share in fit.shares],
    }


def path_record(route: Route) -> dict[str, Any]:
    """All that `path` tells."""
    return {
        "format": PATH_FORMAT,
        "catalogue": catalogue_of(route.report.catalogue),
        "today": route.report.about.works_as,
        "goal": route.goal.id if route.goal else None,
        "reason": route.reason,
        "pathways": [_pathway(one) for one in route.pathways],
        "next_steps": [_step(one) for one in route.next_steps],
        "years_basis": route.report.catalogue.years_basis,
    }


def _pathway(one: Pathway) -> dict[str, Any]:
    """One way, step by step."""
    return {
        "start": one.start.id if one.start else None,
        **picked(one, "best_at years gap"),
        "steps": [_step(each) for each in one.steps],
    }


def _step(one: PathwayStep) -> dict[str, Any]:
    """One step, with what its role is judged by."""
    return {
        "role": one.role.id,
        **picked(one, "kind years readiness gaps unknown"),
        "standing": one.outlook.state,
        **gates_and_conditions(one.outlook.hurdles),
        **picked(one.role, "kpis certificates this_month"),
    }

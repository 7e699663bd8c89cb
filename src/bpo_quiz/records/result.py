"""A result, and the ways to a role, as stable JSON records: `bpo-quiz/result@1`, `bpo-quiz/path@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.records import catalogue_of, checks
from bpo_quiz.results import occasion as remarks

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import PathRow, Report, RoleStanding
    from bpo_quiz.results.route import Route

RESULT_FORMAT = "bpo-quiz/result@1"
PATH_FORMAT = "bpo-quiz/path@1"


def result_record(report: Report) -> dict[str, Any]:
    """A whole result."""
    return {
        "format": RESULT_FORMAT,
        "catalogue": catalogue_of(report.catalogue),
        **picked(report, "answered asked form silence"),
        "certainty": {**picked(report.certainty, "word about_equal"), "deciding_skills": report.deciding},
        "flags": [as_dict(flag) for flag in report.flags],
        "profile": [as_dict(skill) for skill in report.profile.skills],
        "interests": [as_dict(interest) for interest in report.profile.interests],
        "paths": [_path(row) for row in report.paths],
        "roles": [_standing(standing) for standing in report.roles],
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
        "entry_role": row.entry.id if row.entry else None,
    }


def _standing(standing: RoleStanding) -> dict[str, Any]:
    fit = standing.fit
    return {
        "role": fit.role,
        **picked(standing.role, "path rung"),
        **picked(standing, "rank reach"),
        "today": standing.is_today,
        **picked(fit, "total match readiness interest"),
        **picked(standing, "p_first p_top3 about_equal"),
        "known": fit.known,
        "gates": checks("gate", standing.gates),
        "conditions": checks("condition", standing.conditions),
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
        "gates": checks("gate", one.gates),
        "conditions": checks("condition", one.conditions),
        **picked(one.role, "kpis certificates this_month"),
    }

"""A result as a stable JSON record, `bpo-quiz/result@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict
from bpo_quiz.records import ways
from bpo_quiz.records.parts import catalogue_of, check
from bpo_quiz.results import occasion as remarks

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import PathRow, Report, RoleStanding

RESULT_FORMAT = "bpo-quiz/result@1"


def result_record(report: Report) -> dict[str, Any]:
    """A whole result."""
    return {
        "format": RESULT_FORMAT,
        "catalogue": catalogue_of(report.catalogue),
        "answered": report.answered,
        "asked": report.asked,
        "form": report.form,
        "silence": report.silence,
        "certainty": {
            "word": report.certainty.word,
            "about_equal": report.certainty.about_equal,
            "deciding_skills": report.deciding,
        },
        "flags": [as_dict(flag) for flag in report.flags],
        "profile": [as_dict(skill) for skill in report.profile.skills],
        "interests": [as_dict(interest) for interest in report.profile.interests],
        "paths": [_path(row) for row in report.paths],
        "roles": [_standing(standing) for standing in report.roles],
        "pathways": [ways.pathway(pathway) for pathway in report.pathways],
        "plan": ways.plan(report.plan),
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
        "total": fit.total,
        "match": fit.match,
        "readiness": fit.readiness,
        "p_first": row.p_first,
        "best_role": fit.role,
        "entry_role": row.entry.id if row.entry else None,
    }


def _standing(standing: RoleStanding) -> dict[str, Any]:
    fit = standing.fit
    return {
        "role": fit.role,
        "path": standing.role.path,
        "rung": standing.role.rung,
        "rank": standing.rank,
        "reach": standing.reach,
        "today": standing.is_today,
        "total": fit.total,
        "match": fit.match,
        "readiness": fit.readiness,
        "interest": fit.interest,
        "p_first": standing.p_first,
        "p_top3": standing.p_top3,
        "about_equal": standing.about_equal,
        "known": fit.known,
        "gates": [check("gate", one) for one in standing.gates],
        "conditions": [check("condition", one) for one in standing.conditions],
        "costs": [
            {
                "skill": cost.skill,
                "points": cost.points,
                "score": cost.score,
                "level": cost.level,
                "importance": cost.importance,
            }
            for cost in fit.costs
        ],
        "level_cost": fit.level_cost,
        "missing": [{"skill": share.skill, "points": share.missing} for share in fit.shares],
    }

"""The stable JSON records, `bpo-quiz/result@1` and the role and skill cards. Numbers are never rounded here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bpo_quiz.records import as_dict
from bpo_quiz.report.way import way_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Edge, Role, Skill
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.results.result import PathRow, Report, RoleStanding

RESULT_FORMAT = "bpo-quiz/result@1"


def dump(record: Any) -> str:
    """JSON text, the same bytes for the same record on every machine."""
    return json.dumps(record, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def result(report: Report) -> dict[str, Any]:
    """A whole result."""
    catalogue = report.catalogue
    return {
        "format": RESULT_FORMAT,
        "catalogue": {"name": catalogue.name, "version": catalogue.version, "sha256": catalogue.sha256},
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
        "pathways": [way_json.pathway(pathway) for pathway in report.pathways],
        "plan": way_json.plan(report.plan),
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


def check(kind: str, one: Check) -> dict[str, Any]:
    """A gate or a condition."""
    return {kind: one.name, "needs": one.needs, "has": one.has, "state": one.state}


def role_card(role: Role) -> dict[str, Any]:
    """Everything about one role."""
    return {
        "role": role.id,
        "name": role.name,
        "also": role.also,
        "path": role.path,
        "rung": role.rung,
        "onet": role.onet,
        "basis": role.basis,
        "summary": role.summary,
        "preview": as_dict(role.preview),
        "skills": [
            {"skill": skill, "importance": asked.importance, "level": asked.level}
            for skill, asked in role.skills.items()
        ],
        "interests": dict(role.interests),
        "gates": {key: value for key, value in as_dict(role.gates).items() if value is not None},
        "conditions": as_dict(role.conditions),
        "kpis": [as_dict(kpi) for kpi in role.kpis],
        "certificates": [as_dict(certificate) for certificate in role.certificates],
        "this_month": role.this_month,
        "leads_to": _edges(role.leads_to),
        "lateral": _edges(role.lateral),
        "sources": role.sources,
    }


def _edges(edges: Sequence[Edge]) -> list[dict[str, Any]]:
    return [{"role": edge.role, "years": edge.years} for edge in edges]


def role_row(role: Role) -> dict[str, Any]:
    """One line of the list of roles."""
    return {
        "role": role.id,
        "name": role.name,
        "path": role.path,
        "rung": role.rung,
        "onet": role.onet,
        "summary": role.summary,
    }


def skill_row(skill: Skill) -> dict[str, Any]:
    """One line of the list of skills."""
    return {"skill": skill.id, "name": skill.name, "group": skill.group, "meaning": skill.meaning}


def skill_card(catalogue: Catalogue, skill: Skill) -> dict[str, Any]:
    """Everything about one skill, and what every role asks of it, most first."""
    asked = sorted(catalogue.roles.values(), key=lambda role: (-role.skills[skill.id].level, role.id))
    return {
        **skill_row(skill),
        "grow": skill.grow,
        "evidence": skill.evidence,
        "levels": [{"level": 25 * n, "what": what} for n, what in enumerate(skill.levels)],
        "items": [
            {"item": item.id, "prompt": item.prompt, "help": item.help, "options": item.options} for item in skill.items
        ],
        "roles": [
            {
                "role": role.id,
                "importance": role.skills[skill.id].importance,
                "level": role.skills[skill.id].level,
            }
            for role in asked
        ],
    }

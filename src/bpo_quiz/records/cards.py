"""Roles and skills as JSON records: lists and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Edge, Role, Skill


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

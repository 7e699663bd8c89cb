"""Roles, career paths and skills as JSON records: lists and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Path, Role, Skill
    from bpo_quiz.results.paths import CareerPath


def role_card(role: Role) -> dict[str, Any]:
    """Everything about one role."""
    asked = role.conditions
    return {
        "role": role.id,
        **picked(role, "name also path rung onet basis summary preview"),
        "skills": [{"skill": skill, **picked(asked, "importance level")} for skill, asked in role.skills.items()],
        "interests": dict(role.interests),
        "gates": {key: value for key, value in as_dict(role.gates).items() if value not in (None, ())},
        "conditions": {
            "shifts": tuple(asked.shifts),
            "channel": tuple(asked.channel),
            "site": asked.site,
            "targets": asked.targets is not None,
        },
        **picked(role, "kpis certificates this_month ai hazard"),
        "languages": role.languages or None,
        **picked(role, "leads_to lateral sources"),
    }


def role_row(role: Role) -> dict[str, Any]:
    """One line of the list of roles."""
    return {"role": role.id, **picked(role, "name path rung onet summary")}


def path_card(found: CareerPath) -> dict[str, Any]:
    """Everything about one career path; its roles in short."""
    return {
        **path_row(found.path),
        **picked(found.path, "also work growth"),
        "skills": [{"skill": skill, **picked(asked, "importance level")} for skill, asked in found.skills],
        "roles": list(map(role_row, found.roles)),
        "comes_from": [role.id for role in found.comes_from],
    }


def path_row(path: Path) -> dict[str, Any]:
    """One line of the list of career paths."""
    return {"path": path.id, **picked(path, "name summary")}


def skill_row(skill: Skill) -> dict[str, Any]:
    """One line of the list of skills."""
    return {"skill": skill.id, **picked(skill, "name group meaning")}


def skill_card(catalogue: Catalogue, skill: Skill) -> dict[str, Any]:
    """Everything about one skill, and what every role asks of it, most first."""
    asked = sorted(catalogue.roles.values(), key=lambda role: (-role.skills[skill.id].level, role.id))
    return {
        **skill_row(skill),
        **picked(skill, "grow evidence"),
        "levels": [{"level": 25 * n, "what": what} for n, what in enumerate(skill.levels)],
        "items": [{"item": item.id, **picked(item, "prompt help options")} for item in skill.items],
        "roles": [{"role": role.id, **picked(role.skills[skill.id], "importance level")} for role in asked],
    }

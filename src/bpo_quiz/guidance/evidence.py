"""Asks for an example where a person rated themselves high: what one can tell, one can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import MATTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue, Role, Skill

HIGH = 75.0
"""Score, 0-100, from which a self-rating calls for an example."""

MOST_PROMPTS = 4


class EvidencePrompt(NamedTuple):
    """A question for one example of a skill: what happened, what the person did, what came of it."""

    skill: str
    question: str


def evidence_prompts(catalogue: Catalogue, role: Role, levels: Mapping[str, float]) -> tuple[EvidencePrompt, ...]:
    """Questions about skills that the person rated high and that matter for a role, the most important first.

    Args:
        catalogue: the skills and their questions.
        role: the role that the person would show them for.
        levels: known skill scores, 0-100.
    """
    high = [
        skill
        for skill, asked in role.skills.items()
        if levels.get(skill, 0.0) >= HIGH and asked.importance >= MATTERS and _question(catalogue.skills[skill])
    ]
    high.sort(key=lambda skill: (-role.skills[skill].importance, -levels[skill], -role.skills[skill].level, skill))
    return tuple(EvidencePrompt(skill, _question(catalogue.skills[skill])) for skill in high[:MOST_PROMPTS])


def _question(skill: Skill) -> str:
    """The skill's own question; else one made of what people do at its fourth level; else nothing."""
    if skill.evidence or not skill.levels:
        return skill.evidence
    return f'Which example shows this of you: "{skill.levels[3]}"? What happened, and what came of it?'

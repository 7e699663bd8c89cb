"""Skills without a quiz: all of them, or one as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Detail, Document, Entries, Entry, Paragraph, Row, Section, Table
from bpo_quiz.pages.phrases import AVERAGE, asked_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue, Interest, Skill

_MOST_ROLES = 10
_LEVELS = (Column("Level", "number"), Column("What one does"))
_ROLES = (
    Column("Role", "name"),
    Column("Importance", "number", "importance {}"),
    Column("Level", "number", "level {}"),
)


def all_skills(catalogue: Catalogue) -> Document:
    """Every skill, group by group, then the interests."""
    sections = []
    for group, title in catalogue.groups.items():
        skills = [_entry(one, one.id) for one in catalogue.skills.values() if one.group == group]
        sections.append(Section(group, title, (Entries(tuple(skills)),)))
    if catalogue.interests:
        interests = tuple(map(_entry, catalogue.interests.values()))
        sections.append(Section("interests", "Interests", (Entries(interests),)))
    return Document("Skills", tuple(sections))


def _entry(one: Skill | Interest, name: str = "") -> Entry:
    return Entry(one.name, (Detail("", (one.meaning,)),), name)


def card(catalogue: Catalogue, skill: Skill) -> Document:
    """Everything about one skill; what its author left empty is left out."""
    return Document(skill.name, tuple(_card(catalogue, skill)))


def _card(catalogue: Catalogue, skill: Skill) -> Iterator[Section]:
    yield Section("meaning", "", (Paragraph(skill.meaning, "lead"),))
    if skill.levels:
        rows = tuple(Row((str(25 * n), what)) for n, what in enumerate(skill.levels))
        yield Section("levels", "Levels", (Table("", _LEVELS, rows), Paragraph(AVERAGE, "small")))
    if skill.grow:
        yield Section("grow", "How to grow it", (Bullets(skill.grow),))
    if skill.evidence:
        yield Section("evidence", "To show it", (Paragraph(skill.evidence),))
    most = sorted(catalogue.roles.values(), key=lambda role: (-role.skills[skill.id].level, role.id))[:_MOST_ROLES]
    rows = tuple(asked_row(role.name, role.skills[skill.id]) for role in most)
    yield Section("roles", "Roles that ask for most of it", (Table("", _ROLES, rows),))

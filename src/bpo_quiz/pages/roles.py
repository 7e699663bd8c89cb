"""Roles without a quiz: all of them, one as a card, several side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers.model import About
from bpo_quiz.document import (
    Bullets,
    Column,
    Detail,
    Document,
    Entries,
    Entry,
    Heading,
    Level,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    cell_text,
)
from bpo_quiz.guidance.gates import gate, years
from bpo_quiz.guidance.standing import hurdles
from bpo_quiz.pages.phrases import ASKED, AVERAGE, RUNG, asked_row, named
from bpo_quiz.wording import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.document import Block, Text


_MOST_NAMED = 4
_MOST_SKILLS = 10
_MOST_INTERESTS = 3
SKILLS = (Column("Skill", "name"), *ASKED)
"""Columns of what a role asks."""
_MEASURES = (
    Column("Measure"),
    Column("Typical target", told="typically {}"),
    Column("Source", told="source {}"),
    Column("Confidence", told="confidence {}"),
)


def all_roles(catalogue: Catalogue) -> Document:
    """Every role, career path by career path."""
    sections = [
        Section(path.id, path.name, (Paragraph(path.summary), Entries(tuple(_in_short(catalogue, path.id)))))
        for path in catalogue.paths.values()
    ]
    hint = Paragraph("One card: bpo-quiz roles ROLE. Side by side: bpo-quiz roles ROLE ROLE.", "hint")
    return Document("Roles", (*sections, Section("hint", "", (hint,))))


def _in_short(catalogue: Catalogue, path: str) -> Iterator[Entry]:
    for role in catalogue.roles.values():
        if role.path == path:
            yield Entry(role.name, (Detail("", (f"Rung {role.rung}. {role.summary}",)),), role.id)


def card(catalogue: Catalogue, role: Role) -> Document:
    """Everything about one role; what its author left empty is left out."""
    facts = [("Career path", catalogue.paths[role.path].name), ("Rung", _rung(role))]
    if role.also:
        facts.append(("Also called", ", ".join(role.also)))
    return Document(role.name, tuple(_card(catalogue, role)), facts=tuple(facts), footer=named(catalogue))


def _card(catalogue: Catalogue, role: Role) -> Iterator[Section]:
    yield Section("summary", "", (Paragraph(role.summary, "lead"),))
    if role.preview.day:
        yield Section("day", "A day", tuple(_day(role)))
    asked = Bullets((*gates(catalogue, role), *conditions(catalogue, role)))
    yield Section("asked", "Usually asked, and how the work is done", (asked,))
    yield Section("skills", "The skills that matter most", tuple(_skills(catalogue, role)))
    if role.kpis:
        rows = tuple(Row((one.name, one.target, f"{one.source}, {one.year}", one.confidence)) for one in role.kpis)
        yield Section("measures", "What one is judged by (varies by client)", (Table("", _MEASURES, rows),))
    if role.certificates:
        helpful = [f"{one.name}: {one.note}" if one.note else one.name for one in role.certificates]
        yield Section("certificates", "Certificates that help", (Bullets(tuple(helpful)),))
    if role.leads_to or role.lateral:
        yield Section("moves", "Where one goes from here", (Bullets(tuple(_moves(catalogue, role))),))
    if role.ai:
        yield Section("ai", "How AI changes it", (Paragraph(role.ai),))
    if role.this_month:
        yield Section("month", "One thing to do this month", (Paragraph(role.this_month),))
    origins = [*([role.basis] if role.basis else []), *role.sources, f"Catalogue: {named(catalogue)}"]
    yield Section("origin", "Where this comes from", (Bullets(tuple(origins)),))


def _day(role: Role) -> Iterator[Block]:
    yield Paragraph(role.preview.day)
    for title, lines in (("The good", role.preview.good), ("The hard", role.preview.hard)):
        yield Heading(title)
        yield Bullets(lines)


def gates(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    """What one must have to be hired."""
    found = tuple(_asked(catalogue, role, is_gate=True)) or ("No certificate and no experience",)
    return (*found, "A language beside English helps") if role.languages else found


def conditions(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    """How the work is done."""
    usual = tuple(_asked(catalogue, role, is_gate=False))
    return usual if role.conditions.shifts else (*usual, "Office hours")


def _asked(catalogue: Catalogue, role: Role, *, is_gate: bool) -> Iterator[str]:
    for one in hurdles(catalogue, role, About()):
        if one.is_gate == is_gate:
            yield sentence(gate(one.check)) + ("" if one.often == "always" else f", {one.often}")


def _skills(catalogue: Catalogue, role: Role) -> Iterator[Block]:
    by_importance = sorted(role.skills.items(), key=lambda entry: (-entry[1].importance, -entry[1].level, entry[0]))
    rows = [asked_row(catalogue.skills[skill].name, asked) for skill, asked in by_importance[:_MOST_SKILLS]]
    liked = sorted(role.interests.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_INTERESTS]
    if liked:
        yield Paragraph(f"Interests that it offers most: {listed(catalogue.interests[key].name for key, _ in liked)}.")
    yield Paragraph(AVERAGE, "small")
    yield Table("", SKILLS, tuple(rows))


def _moves(catalogue: Catalogue, role: Role) -> Iterator[Text]:
    for way, edges in (("up", role.leads_to), ("across", role.lateral)):
        for edge in edges:
            to = Link(catalogue.roles[edge.role].name, f"role:{edge.role}")
            yield (to, f", {way}, usually after {years(edge.years)}")


def side_by_side(catalogue: Catalogue, roles: Sequence[Role]) -> Document:
    """Several roles next to each other, with the skills in which they differ most on top."""
    facts = Table("", (Column("", "name"), *(Column(role.name) for role in roles)), tuple(_facts(catalogue, roles)))
    titles = (Column("Skill", "name"), *(Column(role.name, "number") for role in roles))
    levels = Table("", titles, tuple(_levels(catalogue, roles)))
    explained = Paragraph(f"In brackets the importance, of 5. {AVERAGE}", "small")
    many = len(roles) > _MOST_NAMED
    return Document(
        title=f"{len(roles)} roles side by side" if many else listed(role.name for role in roles),
        sections=(
            Section("facts", "", (facts,)),
            Section("levels", "Levels, the skills that differ most first", (explained, levels)),
        ),
        facts=(("Catalogue", named(catalogue)),),
        footer=named(catalogue),
    )


def _facts(catalogue: Catalogue, roles: Sequence[Role]) -> Iterator[Row]:
    facts = (
        ("Career path", [catalogue.paths[role.path].name for role in roles]),
        ("Rung", [_rung(role) for role in roles]),
        ("Usually asked", [gates(catalogue, role) for role in roles]),
        ("The work", [conditions(catalogue, role) for role in roles]),
        ("Leads to", [tuple(catalogue.roles[edge.role].name for edge in role.leads_to) or "-" for role in roles]),
    )
    for title, cells in facts:
        told = "; ".join(f"{role.name}: {cell_text(cell)}" for role, cell in zip(roles, cells, strict=True))
        yield Row((title, *cells), told=f"{title}. {told}.")


def _levels(catalogue: Catalogue, roles: Sequence[Role]) -> Iterator[Row]:
    def spread(skill: str) -> float:
        levels = [role.skills[skill].level for role in roles]
        return max(levels) - min(levels)

    for skill in sorted(catalogue.skills, key=lambda skill: (-spread(skill), skill)):
        asked = [role.skills[skill] for role in roles]
        cells = (Level(f"{one.level:g} ({one.importance:g})", one.level) for one in asked)
        yield Row((catalogue.skills[skill].name, *cells))


def _rung(role: Role) -> str:
    return f"{role.rung} of 5, {RUNG[role.rung]}"

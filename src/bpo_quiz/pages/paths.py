"""Career paths without a quiz: all of them, or one whole, from its work to where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.find import folded
from bpo_quiz.document import Bullets, Column, Detail, Document, Entries, Entry, Link, Paragraph, Row, Section, Table
from bpo_quiz.guidance.gates import years
from bpo_quiz.pages.phrases import AVERAGE, RUNG, asked_row, named
from bpo_quiz.pages.roles import SKILLS, conditions, gates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue, GrowthTarget, Role
    from bpo_quiz.document import Block, Text
    from bpo_quiz.results.paths import CareerPath

_MOST_SKILLS = 7
_LADDER = (Column("Role"), Column("Rung", told="rung {}"), Column("Leads to", told="leads to {}"))


def all_paths(catalogue: Catalogue) -> Document:
    """Every career path."""
    entries = tuple(Entry(path.name, (Detail("", (path.summary,)),), path.id) for path in catalogue.paths.values())
    hint = Paragraph("One of them: bpo-quiz paths PATH. Every role: bpo-quiz roles.", "hint")
    return Document("Career paths", (Section("paths", "", (Entries(entries), hint)),))


def card(catalogue: Catalogue, found: CareerPath) -> Document:
    """Everything about one career path; what its author left empty is left out."""
    facts = [("Roles", f"{len(found.roles)}, {len(found.entries) or 'none'} of them to start in")]
    if found.path.also:
        facts.append(("Also called", ", ".join(found.path.also)))
    sections = tuple(_card(catalogue, found))
    return Document(found.path.name, sections, facts=tuple(facts), footer=named(catalogue))


def _card(catalogue: Catalogue, found: CareerPath) -> Iterator[Section]:
    yield Section("summary", "", (Paragraph(found.path.summary, "lead"),))
    if found.path.work:
        yield Section("work", "What people do", (Paragraph(found.path.work),))
    if found.roles:
        yield Section("skills", "The skills that matter most", tuple(_skills(catalogue, found)))
    if found.path.growth:
        targets = Bullets(tuple(_target(catalogue, one) for one in found.path.growth))
        yield Section("growth", "Where it can lead", (targets,))
    yield Section("start", "Where one starts", tuple(_start(catalogue, found)))
    yield Section("ladder", "The ladder", tuple(_ladder(catalogue, found)))


def _skills(catalogue: Catalogue, found: CareerPath) -> Iterator[Block]:
    yield Paragraph(f"Averages over its roles. {AVERAGE}", "small")
    most = found.skills[:_MOST_SKILLS]
    yield Table("", SKILLS, tuple(asked_row(catalogue.skills[skill].name, asked) for skill, asked in most))


def _target(catalogue: Catalogue, target: GrowthTarget) -> Text:
    role = catalogue.roles[target.role]
    link = Link(role.name, f"role:{role.id}")
    return (link,) if folded(target.title) == folded(role.name) else (f"{target.title}: ", link)


def _start(catalogue: Catalogue, found: CareerPath) -> Iterator[Block]:
    if found.entries:
        yield Entries(tuple(_entry(catalogue, role) for role in found.entries))
    else:
        yield Paragraph("None of its roles is for a start from outside the trade.")
    if found.comes_from:
        by_path = {path: [role.name for role in found.comes_from if role.path == path] for path in catalogue.paths}
        lines = (f"{catalogue.paths[path].name}: {'; '.join(names)}" for path, names in by_path.items() if names)
        yield Paragraph("From other career paths one comes as:")
        yield Bullets(tuple(lines))


def _entry(catalogue: Catalogue, role: Role) -> Entry:
    asked = f"{'. '.join(gates(catalogue, role))}."
    work = f"{'. '.join(conditions(catalogue, role))}."
    return Entry(
        role.name, (Detail("", (role.summary,)), Detail("Asked", (asked,)), Detail("The work", (work,))), role.id
    )


def _ladder(catalogue: Catalogue, found: CareerPath) -> Iterator[Block]:
    rows = (Row((role.name, f"{role.rung}, {RUNG[role.rung]}", _moves(catalogue, role))) for role in found.roles)
    yield Table("", _LADDER, tuple(rows))
    if catalogue.years_basis:
        yield Paragraph(catalogue.years_basis, "small")
    yield Paragraph("One role whole: bpo-quiz roles ROLE. Your own way to one: bpo-quiz path ROLE.", "hint")


def _moves(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    return tuple(f"{catalogue.roles[edge.role].name}, {years(edge.years)}" for edge in role.leads_to)

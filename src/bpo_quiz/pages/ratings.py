"""The rating sheet of a role on paper, and what several experts said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Document, Paragraph, Row, Section, Table
from bpo_quiz.pages import roles as cards
from bpo_quiz.results.ratings import A_LEVEL
from bpo_quiz.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.document import Block
    from bpo_quiz.results.ratings import Agreed, RatedRole, RatedSkill, Ratings

_HOW = (
    "Think of somebody who does this role well, whom you have seen at work. For each skill: how much does the work "
    "stand or fall with it, 0 (not used) to 5? Which of the five levels has that person? Leave out what you cannot "
    "judge, and do not talk with other raters before."
)
_READ = (
    "ICC(2,1) says how far one rater can stand for another, ICC(2,k) how far the mean of these raters can be trusted; "
    "1: they say the same (Shrout and Fleiss 1979). Nothing in the catalogue was changed."
)
_ANSWERS = (Column("Skill"), Column("Importance 0-5", told="importance {}"), Column("Level", told="level {}"))
_SKILLS = (
    Column("Skill", "name"), Column("", told="{}"), Column("raters", "number", "{} rater(s)"),
    Column("median", "number", "median {}"), Column("range", told="range {}"),
    Column("catalogue", "number", "catalogue {}"), Column("", told="{}"),
)  # fmt: skip
_AGREED = (
    Column("Skill", "name"), Column("", told="{}"), Column("roles", "number", "{} role(s)"),
    Column("raters", "number", "{} rater(s)"), Column("ICC(2,1)", "number"), Column("ICC(2,k)", "number"),
)  # fmt: skip


def statements(catalogue: Catalogue, role: Role) -> tuple[str, ...]:
    """What the card says of gates, conditions and ways."""
    ways = tuple(f"It leads to {catalogue.roles[edge.role].name}" for edge in (*role.leads_to, *role.lateral))
    return (*cards.gates(catalogue, role), *cards.conditions(catalogue, role), *ways)


def sheet(catalogue: Catalogue, role: Role) -> Document:
    """The empty sheet."""
    skills = tuple(Row((skill.name, "____", "____")) for skill in catalogue.skills.values())
    levels = (
        f"{skill.name}: {skill.meaning} {' '.join(f'{n * A_LEVEL}: {one}.' for n, one in enumerate(skill.levels))}"
        for skill in catalogue.skills.values()
    )
    said = (*statements(catalogue, role), "What else is wrong or missing?")
    return Document(
        f"Rating sheet: {role.name}",
        (
            Section("how", "", (Paragraph(role.summary), Paragraph(_HOW))),
            Section("skills", "Skills", (Table("", _ANSWERS, skills),)),
            Section("levels", "What the levels mean", (Bullets(tuple(levels)),)),
            Section("card", "Is this so? Mark what is wrong.", (Bullets(said),)),
        ),
        facts=(("Rater", "____"),),
    )


def page(found: Ratings) -> Document:
    """What was said of each role."""
    catalogue = found.catalogue
    names = {one.id: one.name for one in catalogue.roles.values()}
    names |= {one.id: one.name for one in catalogue.skills.values()}
    sections = [Section(one.role, names[one.role], tuple(_role(one, names))) for one in found.roles]
    if found.skills:
        rows = (
            Row((names[one.of], one.part, str(one.things), str(one.raters), _icc(one.icc.one), _icc(one.icc.mean)))
            for one in found.skills
        )
        sections.append(
            Section("skills", "Agreement about each skill, over the roles", (Table("", _AGREED, tuple(rows)),))
        )
    return Document(
        f"{catalogue.name} {catalogue.version}: {counted(len(found.roles), 'role')} rated",
        (*sections, Section("how", "How to read this", (Paragraph(_READ, "small"),))),
    )


def _role(role: RatedRole, names: dict[str, str]) -> Iterator[Block]:
    yield Paragraph(f"{counted(len(role.raters), 'rater')}. {' '.join(map(_said, role.agreed))}")
    if role.apart:
        yield Paragraph(f"On average over a level from the others: {listed(role.apart)}. Ask what they saw.", "warning")
    yield Table("", _SKILLS, tuple(_skill(one, names) for one in role.skills))
    if role.remarks:
        yield Bullets(tuple(f"{rater}, {about}: {said}" for rater, about, said in role.remarks))


def _skill(one: RatedSkill, names: dict[str, str]) -> Row:
    told = (names[one.skill], one.part, str(one.raters), f"{one.median:g}", f"{one.low:g}-{one.high:g}")
    return Row((*told, f"{one.catalogue:g}", "look here" if one.is_off else ""))


def _said(one: Agreed) -> str:
    return f"Agreement about {one.part}: ICC(2,1) {_icc(one.icc.one)}, ICC(2,k) {_icc(one.icc.mean)}."


def _icc(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f}"

"""Role and skill lists and cards as Rich renderables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding  # noqa: TID253 - this module is imported only to render

from bpo_quiz.answers.model import About
from bpo_quiz.guidance.gates import check_conditions, check_gates
from bpo_quiz.report import words
from bpo_quiz.report.pieces import Bar, bullets, heading, number, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bpo_quiz.catalogue.model import Catalogue, Edge, Role, Skill

_TOP_SKILLS = 10
_INDENT = 4  # columns


def role_list(catalogue: Catalogue) -> Iterator[RenderableType]:
    """Every role, career path by career path."""
    for path in catalogue.paths.values():
        yield heading(path.name)
        yield text(path.summary)
        for role in catalogue.roles.values():
            if role.path == path.id:
                yield from _entry(role, role.summary, f"rung {role.rung}")
    yield Padding(text("One card: bpo-quiz roles ROLE. Side by side: bpo-quiz roles ROLE ROLE.", "dim"), (1, 0, 0, 0))


def _entry(one: Role | Skill, what: str, more: str = "") -> Iterator[RenderableType]:
    """The name with the id, which needs no quotes on a command line, and below them what it is."""
    name = text(f"  {one.name}", "bold").append_text(text(f"  {one.id}", "cyan"))
    yield name.append_text(text(f"  {more}", "dim")) if more else name
    yield Padding(text(what), (0, 0, 0, _INDENT))


def role_card(catalogue: Catalogue, role: Role) -> Iterator[RenderableType]:
    """Everything about one role."""
    yield heading(role.name)
    if role.also:
        yield text(f"Also called: {', '.join(role.also)}.", "dim")
    yield text(f"{catalogue.paths[role.path].name}, rung {role.rung} ({words.RUNG[role.rung]}). {role.summary}")
    yield from _preview(role)
    yield from _gates(role)
    yield from _skills(catalogue, role)
    yield from _judged_by(role)
    if role.certificates:
        yield heading("Certificates that help")
        yield from bullets([f"{one.name}: {one.note}" if one.note else one.name for one in role.certificates])
    yield from _moves(catalogue, "Leads to", role.leads_to)
    yield from _moves(catalogue, "Across", role.lateral)
    if role.this_month:
        yield heading("One thing to do this month")
        yield text(role.this_month)
    yield heading("Where this comes from")
    yield from bullets([*([role.basis] if role.basis else []), *role.sources])


def _preview(role: Role) -> Iterator[RenderableType]:
    if not role.preview.day:
        return
    yield heading("A day")
    yield text(role.preview.day)
    for title, lines in (("The good", role.preview.good), ("The hard", role.preview.hard)):
        yield heading(title)
        yield from bullets(lines)


def _gates(role: Role) -> Iterator[RenderableType]:
    asked = [words.gate(check) for check in check_gates(role, About())]
    usual = [words.gate(check) for check in check_conditions(role, About())]
    if not role.conditions.shifts:
        usual.append("office hours")
    yield heading("Usually asked, and how the work is done")
    yield text(f"Gates: {'; '.join(asked) or 'none'}.")
    yield text(f"Conditions: {'; '.join(usual)}.")


def _skills(catalogue: Catalogue, role: Role) -> Iterator[RenderableType]:
    yield heading(f"The {_TOP_SKILLS} skills that matter most (level 50 = the average role)")
    grid = table(("Skill", "left"), ("Importance", "right"), ("Level", "right"), ("", "left"))
    by_importance = sorted(role.skills.items(), key=lambda entry: (-entry[1].importance, -entry[1].level, entry[0]))
    for skill, asked in by_importance[:_TOP_SKILLS]:
        name = text(catalogue.skills[skill].name)
        grid.add_row(name, f"{asked.importance:g} of 5", number(asked.level), Bar(asked.level, 20))
    yield grid
    liked = sorted(role.interests.items(), key=lambda entry: (-entry[1], entry[0]))[:3]
    if liked:
        yield text(f"Interests: {', '.join(catalogue.interests[key].name for key, _ in liked)}.")


def _judged_by(role: Role) -> Iterator[RenderableType]:
    if not role.kpis:
        return
    yield heading("What one is judged by (typical, varies by client)")
    grid = table(("Measure", "left"), ("Typical target", "left"), ("Source", "left"), ("Confidence", "left"))
    for kpi in role.kpis:
        grid.add_row(text(kpi.name), text(kpi.target), text(f"{kpi.source}, {kpi.year}"), kpi.confidence)
    yield grid


def _moves(catalogue: Catalogue, title: str, edges: Sequence[Edge]) -> Iterator[RenderableType]:
    if edges:
        yield heading(title)
        yield from bullets(
            [f"{catalogue.roles[edge.role].name}, usually after {words.years(edge.years)}" for edge in edges]
        )


def side_by_side(catalogue: Catalogue, roles: Sequence[Role]) -> Iterator[RenderableType]:
    """Several roles next to each other, with the skills in which they differ most on top."""
    yield heading(" / ".join(role.name for role in roles))
    grid = table(("", "left"), *((role.name, "left") for role in roles))
    facts = (
        ("Career path", [catalogue.paths[role.path].name for role in roles]),
        ("Rung", [f"{role.rung} ({words.RUNG[role.rung]})" for role in roles]),
        ("Gates", ["; ".join(words.gate(check) for check in check_gates(role, About())) or "none" for role in roles]),
        ("Conditions", ["; ".join(map(words.gate, check_conditions(role, About()))) or "none" for role in roles]),
        ("Leads to", [words.titles([edge.role for edge in role.leads_to], catalogue) or "-" for role in roles]),
    )
    for title, cells in facts:
        grid.add_row(title, *(text(cell) for cell in cells))
    yield grid
    yield text("Levels, the skills that differ most first (in brackets: importance)", "bold")
    levels = table(("Skill", "left"), *((role.name, "right") for role in roles))
    for column in levels.columns:
        column.no_wrap = False
    for skill in _by_difference(catalogue, roles):
        asked = [role.skills[skill.id] for role in roles]
        levels.add_row(text(skill.name), *(f"{one.level:g} ({one.importance:g})" for one in asked))
    yield levels


def _by_difference(catalogue: Catalogue, roles: Sequence[Role]) -> list[Skill]:
    def spread(skill: Skill) -> float:
        levels = [role.skills[skill.id].level for role in roles]
        return max(levels) - min(levels)

    return sorted(catalogue.skills.values(), key=lambda skill: (-spread(skill), skill.id))


def skill_list(catalogue: Catalogue) -> Iterator[RenderableType]:
    """Every skill, group by group, then the interests."""
    for group, name in catalogue.groups.items():
        yield heading(name)
        for skill in catalogue.skills.values():
            if skill.group == group:
                yield from _entry(skill, skill.meaning)
    if catalogue.interests:
        yield heading("Interests")
        grid = table(("Interest", "left"), ("What it is", "left"))
        for interest in catalogue.interests.values():
            grid.add_row(text(interest.name), text(interest.meaning))
        yield grid


def skill_card(catalogue: Catalogue, skill: Skill) -> Iterator[RenderableType]:
    """Everything about one skill."""
    yield heading(skill.name)
    yield text(skill.meaning)
    if skill.levels:
        yield heading("Levels (50 = the average role)")
        grid = table(("Level", "right"), ("What one does", "left"))
        for n, what in enumerate(skill.levels):
            grid.add_row(str(25 * n), text(what))
        yield grid
    if skill.grow:
        yield heading("How to grow it")
        yield from bullets(skill.grow)
    if skill.evidence:
        yield heading("To show it")
        yield text(skill.evidence)
    yield heading("Roles that ask for most of it")
    grid = table(("Role", "left"), ("Importance", "right"), ("Level", "right"), ("", "left"))
    most = sorted(catalogue.roles.values(), key=lambda role: (-role.skills[skill.id].level, role.id))
    for role in most[:_TOP_SKILLS]:
        asked = role.skills[skill.id]
        grid.add_row(text(role.name), f"{asked.importance:g} of 5", number(asked.level), Bar(asked.level, 20))
    yield grid

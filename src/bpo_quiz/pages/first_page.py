"""The first page of a result: what fits, how it stands today, the ranking of career paths, and one next step.

It stands alone above the line of keys, and on top of every longer form of a result. A state leaves parts out, and never
adds any.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.document import (
    Bullets,
    Column,
    Detail,
    Document,
    Entries,
    Entry,
    Level,
    Paragraph,
    Row,
    Section,
    Table,
)
from bpo_quiz.pages.phrases import SILENT, TODAY, chance, flags, on_top
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.document import Block
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import PathRow, Report, RoleStanding

PLACE = Column("#", "number", "place {}")

_STRONG, _ABOVE_OWN_MEAN = 63.0, 5.0
"""Points from which, and by which above the person's own mean, a skill or an interest is named as theirs."""

_MOST_STRONG, _MOST_LIKED, _MOST_MEANWHILE = 4, 2, 3
_SHOWN_OF_ALIAS = 30
_FIRST = 5
"""Roles that are compared after answers were changed."""
_COLUMNS = (
    PLACE,
    Column("Career path"),
    Column("Chance", "number", "chance {}"),
    Column("Best role", told="best role {}"),
    Column("Today", told="{}"),
)


class Room(NamedTuple):
    """What a window has room for.

    Attributes:
        rows: of the ranking; None: all.
        has_blanks: whether blank rows part what is said.
        likes, strong: whether interests, and strong skills, are named.
        bars: whether chances are drawn too; they make long names wrap.
    """

    rows: int | None = None
    has_blanks: bool = True
    likes: bool = True
    strong: bool = True
    bars: bool = True


_DENSE = Room(5, has_blanks=False)
_FEW = Room(3, has_blanks=False, likes=False)
ROOMS = (Room(5), _DENSE, _DENSE._replace(likes=False), _FEW, _FEW._replace(bars=False, strong=False))
"""From a window with many rows to one with few: the statements and the ranking never go."""


def page(report: Report, occasion: Occasion, room: Room = ROOMS[0]) -> Document:
    """The page alone."""
    parts = tuple(sections(report, room, occasion.code))
    if not room.has_blanks:
        parts = (Section("in-short", "", tuple(block for part in parts for block in part.blocks)),)
    title = ("Your result", (occasion.alias or "")[:_SHOWN_OF_ALIAS], occasion.code)
    return Document("  ".join(filter(None, title)), parts)


def sections(report: Report, room: Room, code: str | None, *, heading: str = "") -> Iterator[Section]:
    """The parts of the page; `heading`: of the first. `code`: of the session that keeps it."""
    yield Section("in-short", heading, tuple(_in_short(report)))
    if report.goal is not None:
        yield Section("paths", "Career paths" if heading else "", tuple(_ranking(report, room)))
    yield Section("next-step", "", (Entries(tuple(_person(report, room))), Paragraph(_kept(report, code), "small")))


def _in_short(report: Report) -> Iterator[Block]:
    """What to mind before all else, the statements, and what is hard about the role that they speak of first."""
    if report.goal is None:
        yield from (Paragraph(line, "lead") for line in on_top(report))
        yield Bullets(SILENT[report.silence or "too few answers"][1])
        return
    if said := flags(report):
        yield Paragraph(f"Before you use this: {' '.join(said)}", "warning")
    first, *others = on_top(report)
    yield Paragraph(first, "lead")
    if others:
        yield Paragraph(" ".join(others))
    if hard := " ".join(hazards(report.goal)):
        yield Paragraph(hard, "warning")


def hazards(one: RoleStanding) -> Iterator[str]:
    """What one should know of a role before anything else, where the statements do not say it already."""
    role, asked = one.role, one.role.conditions
    told = {hurdle.check.name for hurdle in one.outlook.hurdles if hurdle.is_in_the_way or hurdle.is_open_question}
    often = ("always", "usually")
    if role.hazard:
        yield role.hazard
    if (night := asked.shifts.get("night")) in often and "shifts" not in told:
        yield f"{role.name} {night} means night shifts."
    if asked.targets in often and "targets" not in told:
        yield f"{role.name} {asked.targets} means a personal sales or collection target."


def _ranking(report: Report, room: Room) -> Iterator[Block]:
    shown = report.paths[: room.rows]
    rows = tuple(Row(tuple(_cells(report, row, room)), told=_told(report, row)) for row in shown)
    yield Table("Career paths", _COLUMNS, rows, names=1)
    if left := len(report.paths) - len(shown):
        yield Paragraph(f"and {left} more", "small")


def _cells(report: Report, row: PathRow, room: Room) -> Iterator[str | Level]:
    yield "-" if row.rank is None else str(row.rank)
    yield report.catalogue.paths[row.path].name
    said = chance(row.p_first)
    yield Level(said, 100 * (row.p_first or 0)) if room.bars else said
    yield row.best.role.name
    yield TODAY[row.best.outlook.state]


def _told(report: Report, row: PathRow) -> str:
    name = report.catalogue.paths[row.path].name
    return f"{name}, {chance(row.p_first)}: {row.best.role.name}, {TODAY[row.best.outlook.state]}."


# --- Who one is, and what to do ---


def _person(report: Report, room: Room) -> Iterator[Entry]:
    catalogue, profile = report.catalogue, report.profile
    if report.goal is None:
        yield _entry("Answered", f"{report.answered} of {report.asked} questions.")
        if free := _asks_for_nothing_else(report):
            yield _entry(
                "Meanwhile", f"{listed(free)}: you have what is asked for there. Read what a day of it is like."
            )
        yield _entry("Next step", "Look over your answers, and answer what you can.")
        return
    strong = _strongest({catalogue.skills[key].name: level for key, level in profile.levels().items()})
    if strong and room.strong:
        yield _entry("Strong in", ", ".join(strong[:_MOST_STRONG]))
    liked = _strongest({catalogue.interests[key].name: level for key, level in profile.interest_levels().items()})
    if liked and room.likes:
        yield _entry("You like", ", ".join(liked[:_MOST_LIKED]))
    if report.deciding:
        yield _entry("Decided by", listed([catalogue.skills[skill].name for skill in report.deciding]))
    if report.by_belief and report.answered < report.asked:
        yield _entry("Answered", f"{report.answered} of {report.asked} questions; each one more helps.")
    yield _entry("Next step", _next_step(report))


def _entry(label: str, line: str) -> Entry:
    return Entry("", (Detail(label, (line,)),))


def _strongest(levels: Mapping[str, float]) -> list[str]:
    if not levels:
        return []
    least = max(_STRONG, math.fsum(levels.values()) / len(levels) + _ABOVE_OWN_MEAN)
    return sorted((name for name, level in levels.items() if level >= least), key=lambda name: -levels[name])


def _asks_for_nothing_else(report: Report) -> list[str]:
    """Entry roles of which every gate is known to be met."""
    names = []
    for one in report.roles:
        gates = [hurdle.check.state for hurdle in one.outlook.hurdles if hurdle.is_gate]
        if one.role.is_entry and set(gates) == {"met"}:
            names.append(one.role.name)
    return names[:_MOST_MEANWHILE]


def _next_step(report: Report) -> str:
    """A day of each where several paths stand about equal, the gate where nothing is open, else the plan's first."""
    advice, steps = report.advice, report.plan.steps
    if advice is not None and advice.path is None and advice.about_equal[1:]:
        names = [report.catalogue.roles[role].name for role in advice.about_equal[:_MOST_MEANWHILE]]
        return f"Read what a day is like: {listed(names)}."
    gates = [] if advice is None or advice.doors.roles else [step for step in steps if step.kind == "gate"]
    return f"{(*gates, *steps)[0].what}." if steps else "Talk with somebody who does this work."


def _kept(report: Report, code: str | None) -> str:
    said = "A start for a talk, not a test." if report.goal else "Nothing is ranked where that would be chance."
    return f"{said} Kept as {code}." if code else said


def moved(before: Report, after: Report) -> str:
    """What other answers changed among the first roles."""
    places = {one.role.id: one.rank for one in before.roles}
    changes = [
        f"{one.role.name} is now {one.rank or 'without a place'}, was {places[one.role.id] or 'without one'}"
        for one in after.roles[:_FIRST]
        if one.rank != places[one.role.id]
    ]
    return f"{'; '.join(changes)}." if changes else f"The first {_FIRST} roles stand where they stood."

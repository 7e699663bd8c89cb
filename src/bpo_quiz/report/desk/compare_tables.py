"""Two sessions of one client side by side, as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import words
from bpo_quiz.report.desk.client_tables import NOTES_ARE_SEPARATE, day, notes
from bpo_quiz.report.pieces import bullets, heading, number, table, text
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from bpo_quiz.catalogue.model import Path, Role, Skill
    from bpo_quiz.report.desk.clients import NoteLine, SessionLine
    from bpo_quiz.report.desk.compare import Comparison, RankChange

TOP = 5
"""Roles among the first so many, then or now, are shown."""

BY_CHANCE = (
    "A change is listed when it is larger than its error. That happens to about three skills in ten even when nothing "
    "has changed, and to one in twenty where it says clearly. Ask for an example before you build on it."
)
OTHER_QUESTIONS = (
    "*: the questions about this skill are not the same in both catalogues, so the levels compare loosely."
)


def comparison(
    alias: str, then: SessionLine, now: SessionLine, changes: Comparison, agreed: Sequence[NoteLine]
) -> Iterator[RenderableType]:
    """Two sessions side by side, what was agreed in between last."""
    yield heading(f"{alias}: {then.code} and {now.code}")
    yield _sides(then, now)
    yield from bullets(list(_cautions(then, now, changes)))
    yield from _skills(changes)
    yield from _ranking(changes)
    yield heading("What was agreed last time")
    yield text(NOTES_ARE_SEPARATE, "dim")
    yield from notes(agreed)


def _sides(then: SessionLine, now: SessionLine) -> RenderableType:
    grid = table(("", "left"), ("Then", "left"), ("Now", "left"))
    both = (then, now)
    grid.add_row("Session", *(line.code for line in both))
    grid.add_row("Date", *(day(line.started) for line in both))
    grid.add_row("Form", *(line.report.form for line in both))
    grid.add_row("Answered", *(f"{line.report.answered} of {line.report.asked}" for line in both))
    return grid


def _cautions(then: SessionLine, now: SessionLine, changes: Comparison) -> Iterator[str]:
    for line in (then, now):
        if line.finished is None:
            yield f"{line.code} is not finished."
        if line.report.silence is not None:
            yield f"{line.code}: {words.SILENT[line.report.silence][0]}"
        elif line.report.flags:
            yield f"{line.code}: {' '.join(words.flags(line.report))}"
    if then.report.form != now.report.form:
        yield "One session took the quick form, the other the full one: the quick form asks less and knows less."
    if not changes.same_catalogue:
        yield "The catalogue has changed in between; only what both have is compared."
        yield from _only(changes)


def _only(changes: Comparison) -> Iterator[str]:
    for side, title, catalogue in (
        (changes.only_then, "Only then", changes.then.catalogue),
        (changes.only_now, "Only now", changes.now.catalogue),
    ):
        names = [catalogue.skills[one].name for one in side.skills]
        names += [catalogue.roles[one].name for one in side.roles]
        names += [catalogue.paths[one].name for one in side.paths]
        if names:
            yield f"{title}: {', '.join(names)}."


def _skills(changes: Comparison) -> Iterator[RenderableType]:
    skills = changes.now.catalogue.skills
    yield heading("Skills that moved by more than their error")
    if changes.moved:
        yield _moved(changes, skills)
        if not all(one.same_items for one in changes.moved):
            yield text(OTHER_QUESTIONS, "dim")
        yield text(BY_CHANCE, "dim")
    else:
        yield text("None.")
    stayed = _names((one.skill for one in changes.with_change("about the same")), skills)
    unknown = _names((one.skill for one in changes.with_change("not known")), skills)
    if stayed:
        yield text(f"About the same: {stayed}.")
    if unknown:
        yield text(f"Not compared, since one of the sessions has no answer: {unknown}.")


def _moved(changes: Comparison, skills: Mapping[str, Skill]) -> RenderableType:
    grid = table(
        ("Skill", "left"), ("Then", "right"), ("Now", "right"), ("Change", "right"), ("Error", "right"), ("", "left")
    )
    for one in changes.moved:
        name = skills[one.skill].name
        grid.add_row(
            text(name if one.same_items else f"{name} *"),
            number(one.then),
            number(one.now),
            f"{whole(one.now or 0) - whole(one.then or 0):+d}",
            number(one.error),
            one.change,
        )
    return grid


def _ranking(changes: Comparison) -> Iterator[RenderableType]:
    if not changes.can_rank:
        yield heading("Career paths and roles")
        yield text("Not compared, since one of the sessions does not show which roles fit.")
        return
    catalogue = changes.now.catalogue
    yield heading("Career paths")
    yield _paths(changes.paths, catalogue.paths, catalogue.roles, changes.then.catalogue.roles)
    yield heading(f"Roles, the first {TOP} then or now")
    yield _roles([row for row in changes.roles if _is_near_top(row)], catalogue.roles)
    yield text("First: the chance that it would come first if the answers had no error.", "dim")


def _paths(
    rows: Iterable[RankChange], paths: Mapping[str, Path], roles: Mapping[str, Role], old_roles: Mapping[str, Role]
) -> RenderableType:
    grid = table(
        ("Career path", "left"), ("Then", "right"), ("Now", "right"), ("First then", "right"), ("now", "right"),
        ("Best role then", "left"), ("Best role now", "left"),
    )  # fmt: skip
    for row in rows:
        best = (text(old_roles[row.best_then].name), text(roles[row.best_now].name))
        grid.add_row(text(paths[row.id].name), *_places(row), *best)
    return grid


def _roles(rows: Iterable[RankChange], roles: Mapping[str, Role]) -> RenderableType:
    grid = table(
        ("Role", "left"), ("Then", "right"), ("Now", "right"), ("First then", "right"), ("now", "right"), ("", "left")
    )
    for row in rows:
        grid.add_row(text(roles[row.id].name), *_places(row), _move(row))
    return grid


def _places(row: RankChange) -> tuple[RenderableType, ...]:
    return (
        number(row.rank_then),
        number(row.rank_now),
        words.chance(row.p_first_then),
        words.chance(row.p_first_now),
    )


def _move(row: RankChange) -> str:
    if row.rank_then is None or row.rank_now is None:
        return ""
    up = row.rank_then - row.rank_now
    return f"up {up}" if up > 0 else f"down {-up}" if up else ""


def _is_near_top(row: RankChange) -> bool:
    return any(rank is not None and rank <= TOP for rank in (row.rank_then, row.rank_now))


def _names(skills: Iterable[str], known: Mapping[str, Skill]) -> str:
    return ", ".join(known[skill].name for skill in skills)

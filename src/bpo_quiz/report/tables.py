"""A result as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding  # noqa: TID253
from rich.text import Text  # noqa: TID253

from bpo_quiz.report import plain, words
from bpo_quiz.report.pieces import Bar, Fitting, branches, bullets, heading, number, table, text
from bpo_quiz.results.points import readiness_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import PathRow, Report, RoleStanding


def result(report: Report, top: int) -> Iterator[RenderableType]:
    """The whole result, summary first.

    Args:
        report: what to show.
        top: how many roles the table lists.
    """
    yield heading("Your result")
    yield text(words.headline(report), "bold green" if report.silence is None else "bold yellow")
    if report.silence is not None or report.headline is None:
        yield from _silent(report)
    else:
        if report.certainty.word == "open":
            yield from bullets(words.open_page(report))
        if flagged := words.flags(report):
            yield heading("Before you use this")
            yield from bullets(flagged)
        yield heading("Career paths")
        yield Fitting(_paths(report), list(plain.paths(report)))
        yield heading(_roles_title(report, top))
        yield Fitting(_roles(report, top), list(plain.roles(report, top)))
        yield text(f"{words.NUMBERS_EXPLAINED} {words.ORDER[report.form]}", "dim")
        yield text(words.REACH_EXPLAINED, "dim")
        yield from _strengths_and_gaps(report, report.headline)
        yield from _way(report, report.headline)
    yield Padding(text(words.NOT_A_VERDICT, "dim"), (1, 0, 0, 0))


def _silent(report: Report) -> Iterator[RenderableType]:
    yield text(f"Answered: {report.answered} of {report.asked}.")
    yield from bullets(words.SILENT[report.silence or "too few answers"][1])


def _paths(report: Report) -> Table:
    grid = table(
        ("", "right"), ("Career path", "left"), ("First", "right"), ("", "left"), ("Match", "right"),
        ("Ready", "right"), ("Best role", "left"), ("Enter by", "left"),
    )  # fmt: skip
    for row in report.paths:
        grid.add_row(*_path_cells(report.catalogue, row))
    return grid


def _path_cells(catalogue: Catalogue, row: PathRow) -> list[RenderableType]:
    fit = row.best.fit
    return [
        number(row.rank),
        text(catalogue.paths[row.path].name),
        Text(words.chance(row.p_first)),
        Bar(100 * (row.p_first or 0), 8),
        number(fit.match),
        number(fit.readiness),
        text(_name(row.best)),
        text(row.entry.name if row.entry else "-"),
    ]


def _roles_title(report: Report, top: int) -> str:
    return f"Roles, the first {top} of {len(report.roles)}" if top < len(report.roles) else "Roles"


def _roles(report: Report, top: int) -> Table:
    grid = table(
        ("", "right"), ("Role", "left"), ("First", "right"), ("Total", "right"), ("Match", "right"),
        ("Ready", "right"), ("Reach", "left"), ("Gates and conditions", "left"),
    )  # fmt: skip
    for one in report.roles[:top]:
        grid.add_row(
            _place(one, report), text(one.role.name), Text(words.chance(one.p_first)), number(one.fit.total),
            number(one.fit.match),
            number(one.fit.readiness), text("today" if one.is_today else words.REACH[one.reach]), _checks(one),
        )  # fmt: skip
    return grid


def _place(standing: RoleStanding, report: Report) -> Text:
    """The rank, with a sign when the role stands about equal with others at the top."""
    rank = "-" if standing.rank is None else str(standing.rank)
    shares = standing.about_equal and len(report.certainty.about_equal) > 1
    return Text(f"={rank}" if shares else rank)


def _name(standing: RoleStanding) -> str:
    return f"{standing.role.name} (today)" if standing.is_today else standing.role.name


def _checks(standing: RoleStanding) -> Text:
    by_state: dict[str, list[str]] = {}
    for state, what in words.checks(standing):
        by_state.setdefault(state, []).append(what)
    styles = {"not met": "red", "to check": "yellow", "met": "green"}
    parts = [text(f"{state}: {'; '.join(what)}", styles[state]) for state, what in by_state.items() if state != "met"]
    if not parts:
        return text("all met", "green") if by_state else Text("none")
    return Text("\n").join(parts)


def _strengths_and_gaps(report: Report, standing: RoleStanding) -> Iterator[RenderableType]:
    points = readiness_points(standing.fit)
    skills = report.catalogue.skills
    yield heading(f"Strengths and gaps for {standing.role.name}")
    yield text(f"Readiness {points.readiness} of 100 ({words.band(standing.fit.readiness or 0)}).")
    grid = table(("", "left"), ("Skill", "left"), ("You", "right"), ("Role asks", "right"), ("Points", "right"))
    for row in points.strengths:
        grid.add_row("has", text(skills[row.skill].name), number(row.score), number(row.level), f"+{row.points}")
    if points.other_had:
        grid.add_row("has", "all other skills", "", "", f"+{points.other_had}")
    grid.add_row("", Text("Readiness", "bold"), "", "", Text(str(points.readiness), "bold"), end_section=True)
    for row in points.gaps:
        grid.add_row("missing", text(skills[row.skill].name), number(row.score), number(row.level), f"-{row.points}")
    if points.other_missing:
        grid.add_row("missing", "all other skills", "", "", f"-{points.other_missing}")
    grid.add_row("", Text("missing to 100", "bold"), "", "", Text(str(100 - points.readiness), "bold"))
    yield Fitting(grid, list(plain.strengths_and_gaps(report.catalogue, standing))[1:])


def _way(report: Report, standing: RoleStanding) -> Iterator[RenderableType]:
    from bpo_quiz.report.way import way_tables, way_words

    yield heading(f"The way to {standing.role.name}")
    if not report.pathways:
        yield text(way_words.NO_WAY)
    else:
        yield branches(way_words.result_tree(report))
        yield from way_tables.steps_in_short(report)
    for line in way_words.result_basis(report):
        yield text(line, "dim")
    yield from way_tables.plan(report.catalogue, report.plan)

"""A result and the cards as Rich renderables, 80 columns. Foreign text is cleaned and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD  # noqa: TID253 - this module is imported only to render
from rich.padding import Padding  # noqa: TID253
from rich.table import Table  # noqa: TID253
from rich.text import Text  # noqa: TID253
from rich.tree import Tree  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.report import plain, words
from bpo_quiz.report.points import readiness_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType, RenderResult

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.report.build import PathRow, Report, RoleStanding
    from bpo_quiz.report.way.step_words import Facts
    from bpo_quiz.report.way.way_words import Branch

_WIDE = 1000  # columns; wider than any table needs
_LABEL = 10  # columns; the widest of the usual labels of facts
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Bar:
    """A level, 0-100, as a bar; plain signs where the output cannot show blocks."""

    def __init__(self, level: float, width: int = 10) -> None:
        self.level = level
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        eighths = whole(self.level / 100 * self.width * 8)
        if options.ascii_only:
            yield Text("#" * whole(eighths / 8), style="cyan")
        else:
            yield Text("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), style="cyan")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> object:
        from rich.measure import Measurement

        return Measurement(self.width, self.width)


class Fitting:
    """A table where no word has to be broken for it, else lines."""

    def __init__(self, wide: Table, lines: Sequence[str]) -> None:
        self.wide = wide
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._narrowest(console, options.update(width=_WIDE, max_width=_WIDE)) <= options.max_width:
            yield self.wide
        else:
            yield from (text(line) for line in self.lines)

    def _narrowest(self, console: Console, options: ConsoleOptions) -> int:
        """Columns without which a word breaks, or a cell that must not wrap is cut; Rich measures words only."""
        from rich.measure import Measurement

        narrowest = Measurement.get(console, options, self.wide).minimum
        for column in self.wide.columns:
            if column.no_wrap:
                cells = [Measurement.get(console, options, cell) for cell in (column.header, *column.cells)]
                narrowest += max(cell.maximum for cell in cells) - max(cell.minimum for cell in cells)
        return narrowest


def text(content: str, style: str = "") -> Text:
    """Text from anywhere, harmless."""
    return Text(clean(content), style=style)


def heading(content: str) -> RenderableType:
    """A section's title."""
    return Padding(text(content, "bold"), (1, 0, 0, 0))


def table(*columns: tuple[str, str]) -> Table:
    """A table with (title, `left` | `right` | `whole`) columns; text on the left wraps, whole text does not."""
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for title, side in columns:
        justify: JustifyMethod = "right" if side == "right" else "left"
        grid.add_column(text(title), justify=justify, no_wrap=side != "left", overflow="fold")
    return grid


def bullets(lines: Sequence[str]) -> Iterator[RenderableType]:
    """A list; lines that wrap hang under their own text."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        grid.add_row(" -", text(line))
    yield grid


def nested(items: Sequence[tuple[str, Sequence[str]]]) -> RenderableType:
    """A list whose points have lines of their own below them."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line, below in items:
        grid.add_row(" -", text(line))
        for one in below:
            grid.add_row("", text(one))
    return grid


def facts_grid(every: Sequence[Facts]) -> Table:
    """Labels on the left, the lines under each on the right."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=_LABEL, no_wrap=all(len(facts.label) <= _LABEL for facts in every))
    for facts in every:
        for n, line in enumerate(facts.lines):
            grid.add_row(text(facts.label if n == 0 else "", "cyan"), text(line))
    return grid


def branches(root: Branch) -> Tree:
    """A tree of roles."""
    drawn = Tree(text(root.label))
    waiting = [(drawn, below) for below in root.below]
    while waiting:
        above, branch = waiting.pop(0)
        place = above.add(text(branch.label, "dim" if branch.dim else ""))
        waiting.extend((place, below) for below in branch.below)
    return drawn


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


def number(value: float | None) -> Text:
    """A whole number, or a dash where nothing is known."""
    return Text("-" if value is None else str(whole(value)))


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
    grid.add_row("has", "all other skills", "", "", f"+{points.other_had}")
    grid.add_row("", Text("Readiness", "bold"), "", "", Text(str(points.readiness), "bold"), end_section=True)
    for row in points.gaps:
        grid.add_row("missing", text(skills[row.skill].name), number(row.score), number(row.level), f"-{row.points}")
    if points.other_missing or not points.gaps:
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

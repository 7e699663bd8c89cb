"""A document as Rich renderables: 80 columns and fewer. Foreign text is cleaned and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD  # noqa: TID253 - this module is imported only to render
from rich.constrain import Constrain  # noqa: TID253
from rich.padding import Padding  # noqa: TID253
from rich.table import Table as Grid  # noqa: TID253
from rich.text import Text as Drawn  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.document import (
    Bullets,
    Entries,
    Figure,
    Heading,
    Level,
    Link,
    Paragraph,
    Quote,
    Table,
    Toned,
    Tree,
    lines_of,
    told_rows,
)
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.tree import Tree as DrawnTree

    from bpo_quiz.document import Block, Cell, Detail, Document, Entry, Line, Section, Text, Tone

WIDEST_TEXT = 80
"""Columns; longer lines of running text are hard to read."""

_NARROW = 60
_NO_BARS = 64  # columns under which names matter more than bars
_NO_TABLES = 50  # columns under which a table with many columns becomes lines
_FEW = 3  # columns of a table that can be read in any window
_WIDE = 1000  # columns; wider than any table needs
_GAP = 2  # columns between those of a table
_LABEL = 10  # columns; the widest of the usual labels of details
_BAR = 12  # columns of a level's bar
_EIGHTHS = " ▏▎▍▌▋▊▉"
_STYLES: dict[Tone, str] = {
    "plain": "",
    "lead": "bold",
    "small": "dim",
    "warning": "yellow",
    "good": "green",
    "bad": "red",
    "hint": "dim",
}


class Bar:
    """A level, 0-100, as a bar; plain signs where the output cannot show blocks."""

    def __init__(self, level: float, width: int = 10) -> None:
        self.level = level
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        eighths = whole(self.level / 100 * self.width * 8)
        if options.ascii_only:
            yield Drawn("#" * whole(eighths / 8), style="cyan")
        else:
            yield Drawn("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), style="cyan")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> object:
        from rich.measure import Measurement

        return Measurement(self.width, self.width)


class Fitting:
    """The first of some tables for which no word has to be broken, else lines."""

    def __init__(self, wide: Grid, lines: Sequence[str | Grid], *narrower: Grid) -> None:
        self.tables = (wide, *narrower)
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        is_narrow = options.max_width < _NO_TABLES and len(self.tables[0].columns) > _FEW
        for grid in () if is_narrow else self.tables[options.max_width < _NO_BARS :] or self.tables:
            if _fit(grid, console, options):
                yield grid
                return
        yield from (text(line) if isinstance(line, str) else line for line in self.lines)


def _fit(grid: Grid, console: Console, options: ConsoleOptions) -> bool:
    """Give each column a width at which no word breaks; Rich itself shrinks the widest, whatever stands in it.

    Returns:
        Whether there is room for that.
    """
    from rich.measure import Measurement

    endless = options.update(width=_WIDE, max_width=_WIDE)
    least, most = [], []
    for column in grid.columns:
        cells = [Measurement.get(console, endless, cell) for cell in (column.header, *column.cells)]
        most.append(max(column.min_width or 0, *(cell.maximum for cell in cells)))
        least.append(most[-1] if column.no_wrap else max(column.min_width or 0, *(cell.minimum for cell in cells)))
    room = options.max_width - (_GAP if grid.box else grid.padding[1]) * (len(grid.columns) - 1)
    widths = least
    for cap in range(1, max(most, default=0) + 1):  # the widest give way first, but none breaks a word
        capped = [min(wide, max(narrow, cap)) for wide, narrow in zip(most, least, strict=True)]
        widths = capped if sum(capped) <= room else widths
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    return sum(least) <= room


class _Barred:
    """A statement with a bar at its left, so that it stands out without colour."""

    def __init__(self, content: Drawn, who: Drawn) -> None:
        self.content = content
        self.who = who

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = " | " if options.ascii_only else " │ "
        for part in (self.content, self.who):
            for line in part.wrap(console, options.max_width - len(bar)):
                yield Drawn.assemble((bar, "cyan"), line)


class _Labelled:
    """Labels and their lines side by side, or below each other where the window is narrow."""

    def __init__(self, details: Sequence[Detail]) -> None:
        self.details = details

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width < _NARROW:
            for detail in self.details:
                label = f"{detail.label}: " if detail.label else ""
                yield from (Padding(text(label).append_text(prose(line)), (0, 0, 0, 2)) for line in detail.lines)
            return
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(min_width=_LABEL, no_wrap=all(len(one.label) <= _LABEL for one in self.details))
        for detail in self.details:
            for n, line in enumerate(detail.lines):
                grid.add_row(text("" if n else detail.label, "cyan"), prose(line))
        yield grid


def screen(document: Document) -> Iterator[RenderableType]:
    """A whole page."""
    if document.notice:
        yield text(document.notice, _STYLES["warning"])
    yield heading(document.title)
    yield from (text(f"{label}: {value}", "dim") for label, value in document.facts)
    yield from sections(document.sections)


def sections(parts: Sequence[Section]) -> Iterator[RenderableType]:
    """Some sections, each under its title, or below a blank line; what stands on top needs neither."""
    for n, section in enumerate(parts):
        if section.title:
            yield heading(section.title)
        elif n:
            yield Drawn()
        for before, block in zip((None, *section.blocks), section.blocks, strict=False):
            if _are_apart(before, block):
                yield Drawn()
            yield from _block(block)


def _are_apart(before: Block | None, block: Block) -> bool:
    """Whether an empty line belongs between two blocks of running text; a list stays with the sentence above it."""
    if isinstance(before, Paragraph) and isinstance(block, Bullets):
        return False
    return all(
        isinstance(one, Bullets | Quote) or (isinstance(one, Paragraph) and one.tone == "plain")
        for one in (before, block)
    )


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Paragraph(content, tone):
            drawn = Constrain(prose(content, _STYLES[tone]), WIDEST_TEXT)
            yield Padding(drawn, (1, 0, 0, 0)) if tone == "hint" else drawn
        case Heading(title):
            yield heading(title)
        case Bullets(items, numbered):
            signs = [f"{n}." if numbered else " -" for n in range(1, len(items) + 1)]
            yield Constrain(listed([(sign, prose(item)) for sign, item in zip(signs, items, strict=True)]), WIDEST_TEXT)
        case Quote(content, who):
            yield Constrain(_Barred(prose(content), text(f"({who})", "dim")), WIDEST_TEXT)
        case Entries(items, numbered):
            for n, entry in enumerate(items, 1):
                yield from _entry(entry, f"{n}. " if numbered else "")
        case Table():
            told = listed([(" -", text(line)) for line in told_rows(block)])
            yield Fitting(_grid(block), [told], _grid(block, with_bars=False))
        case Tree():
            yield _tree(block)
        case Figure():
            pass  # what it shows stands beside it


def _entry(entry: Entry, number: str) -> Iterator[RenderableType]:
    """What has no label comes below the title, labels and their lines below that, with room around the whole."""
    title = text(number, "bold").append_text(prose(entry.title, "bold"))
    if entry.name:
        title.append_text(text(f"  {entry.name}", "cyan"))
    first = next((n for n, detail in enumerate(entry.details) if detail.label), None)
    if title:
        yield title if first is None else Padding(title, (1, 0, 0, 0))
    for detail in entry.details[:first]:
        indent = 4 if first is None else 0
        yield from (Constrain(Padding(prose(line), (0, 0, 0, indent)), WIDEST_TEXT) for line in detail.lines)
    if first is not None:
        yield Constrain(_Labelled(entry.details[first:]), WIDEST_TEXT)


def _grid(table: Table, *, with_bars: bool = True) -> Grid:
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for column in table.columns:
        grid.add_column(
            text(column.title),
            justify="right" if column.kind == "number" else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    columns = zip(*(row.cells for row in table.rows), strict=True)
    levels = ([line.text for cell in cells for line in lines_of(cell) if isinstance(line, Level)] for cells in columns)
    numbers = [max(map(len, texts), default=0) for texts in levels]
    for row in table.rows:
        style = "bold" if row.is_sum else ""
        cells = [_cell(cell, style, wide if with_bars else 0) for cell, wide in zip(row.cells, numbers, strict=True)]
        grid.add_row(*cells, end_section=row.is_sum)
    return grid


def _cell(cell: Cell, style: str, wide: int) -> RenderableType:
    """A cell; its bars begin after numbers of `wide` signs, 0: none are drawn."""
    lines = lines_of(cell)
    if wide and any(isinstance(line, Level) for line in lines):
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(justify="right", min_width=wide)
        for line in lines:
            grid.add_row(_line(line, style), Bar(line.level, _BAR) if isinstance(line, Level) else "")
        return grid
    return Drawn("\n").join(_line(line, style) for line in lines)


def _line(line: Line, style: str) -> Drawn:
    if isinstance(line, str):
        return text(line, style)
    return text(line.text, _STYLES[line.tone] if isinstance(line, Toned) else style)


def text(content: str, style: str = "") -> Drawn:
    """Text from anywhere, harmless."""
    return Drawn(clean(content), style=style)


def prose(content: Text, style: str = "") -> Drawn:
    """Running text, its links in a colour of their own; an address is shown, since nobody can click it."""
    if isinstance(content, str):
        return text(content, style)
    drawn = Drawn(style=style)
    for piece in content:
        drawn.append_text(text(piece.words, "cyan") if isinstance(piece, Link) else text(piece))
    return drawn


def heading(content: str) -> RenderableType:
    """A section's title."""
    return Padding(text(content, "bold"), (1, 0, 0, 0))


def listed(items: Sequence[tuple[str, Drawn]]) -> Grid:
    """A list; lines that wrap hang under their own text."""
    grid = Grid.grid("", "", padding=(0, 1, 0, 0))
    grid.columns[1].overflow = "fold"
    for sign, drawn in items:
        grid.add_row(sign, drawn)
    return grid


def _tree(root: Tree) -> DrawnTree:
    from rich.tree import Tree as DrawnTree

    drawn = DrawnTree(text(root.label))
    waiting = [(drawn, below) for below in root.below]
    while waiting:
        above, branch = waiting.pop(0)
        place = above.add(text(branch.label, "dim" if branch.dim else ""))
        waiting.extend((place, below) for below in branch.below)
    return drawn

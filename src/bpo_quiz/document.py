"""What every page is made of: titled sections of paragraphs, lists, tables, trees and figures. Each format renders it.

A page hands over texts as they are; `cleaned` makes them harmless, and each writer adds only what its syntax needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from bpo_quiz.as_dict import fields_of
from bpo_quiz.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Tone = Literal["plain", "lead", "small", "warning", "good", "bad", "hint"]
"""How something is said; a `hint` says what to type next, and only a terminal shows it."""


class Link(NamedTuple):
    """Words that lead somewhere: to an address, or to a page such as `role:trainer`."""

    words: str
    to: str


Text = str | tuple[str | Link, ...]
"""Running text, in one piece or in pieces of which some are links."""


class Toned(NamedTuple):
    """A line with a tone of its own."""

    text: str
    tone: Tone


class Level(NamedTuple):
    """A number that a writer may draw too; `level` is 0-100."""

    text: str
    level: float


Line = str | Toned | Level
Cell = Line | tuple[Line, ...]
"""What stands in a table: a line, or several."""


class Paragraph(NamedTuple):
    """A paragraph; `lead` is the sentence on top, `small` explains, `warning` is not to be overlooked."""

    text: Text
    tone: Tone = "plain"


class Heading(NamedTuple):
    """A title inside a section."""

    text: str


class Bullets(NamedTuple):
    """A list, numbered where its order says something."""

    items: tuple[Text, ...]
    numbered: bool = False


class Quote(NamedTuple):
    """A statement, and who makes it."""

    text: Text
    who: str


class Detail(NamedTuple):
    """A part of an entry: what it is about, and what is said.

    Under a label several lines are a list; without one they are one text, its lines below each other.
    """

    label: str
    lines: tuple[Text, ...]


class Entry(NamedTuple):
    """Something with a title and details, such as a step; a title may be empty where labels say enough.

    `name`: the word that calls it on a command line.
    """

    title: Text
    details: tuple[Detail, ...] = ()
    name: str = ""


class Entries(NamedTuple):
    """A list of entries, numbered where their order says something."""

    items: tuple[Entry, ...]
    numbered: bool = False


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: what stands on top.
        kind: a `number` stands on the right; a `name` never wraps.
        told: how a cell is said in a line, such as `the role asks {}`, or `{} point(s)`, whose s goes where the cell is
            1; left out, the title comes before the cell.
    """

    title: str
    kind: Literal["text", "number", "name"] = "text"
    told: str = ""


class Row(NamedTuple):
    """A table's row.

    Attributes:
        cells: one a column.
        is_sum: whether it adds up the ones above.
        told: the whole row as a line, where what its columns would say sounds mechanical.
    """

    cells: tuple[Cell, ...]
    is_sum: bool = False
    told: str = ""


class Table(NamedTuple):
    """A table.

    Attributes:
        caption: what it shows; may be empty where the section's title says it.
        names: index of the column that names the row.
        is_twin: whether the figure before it shows the same numbers, so that a page that draws can set it aside.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    names: int = 0
    is_twin: bool = False


class Tree(NamedTuple):
    """A place in a tree, and where one can go from there; `dim`: perhaps later."""

    label: str
    below: tuple[Tree, ...] = ()
    dim: bool = False


class Bar(NamedTuple):
    """One bar of a chart; levels are 0-100.

    Attributes:
        name: what it is about. shown: its numbers in short. told: its numbers in words, for who cannot see the bar.
        level: how long it is; None where it is not known.
        outer: how long its paler part is, if any.
        mark: where a line crosses it, if any.
        error: how far the level may be off either way, points, if that is to be shown.
    """

    name: str
    shown: str
    told: str
    level: float | None
    outer: float | None = None
    mark: float | None = None
    error: float | None = None


class BarGroup(NamedTuple):
    """Bars that belong together; a title may be empty."""

    title: str
    bars: tuple[Bar, ...]


class BarChart(NamedTuple):
    """Groups of bars; what is None is not used, and needs no key."""

    groups: tuple[BarGroup, ...]
    level_means: str
    outer_means: str | None = None
    mark_means: str | None = None
    error_means: str | None = None


class Rung(NamedTuple):
    """One role on a way, and what is said of it."""

    place: Literal["start", "step", "goal", "later"]
    name: str
    note: str


class Ladder(NamedTuple):
    """A way from role to role, first to last; `later` rungs all follow the last other one."""

    rungs: tuple[Rung, ...]


class Figure(NamedTuple):
    """A picture; what it shows stands in words or in a table next to it. `note`: how to read it; may be empty."""

    caption: str
    chart: BarChart | Ladder
    note: str = ""


Block = Paragraph | Heading | Bullets | Quote | Entries | Table | Tree | Figure


class Section(NamedTuple):
    """A part; `id` names it in links and stays the same. A title may be empty: what stands on top of a page."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Document(NamedTuple):
    """A whole page.

    Attributes:
        running: what stands on every sheet of paper; empty: the title.
        facts: (label, value) of what it is about: date, session, catalogue.
        notice: who may see it; empty for everybody.
        footer: what stands at the foot of every sheet of paper.
    """

    title: str
    sections: tuple[Section, ...]
    running: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    footer: str = ""


def spoken(text: Text) -> str:
    """Running text without its links."""
    return text if isinstance(text, str) else "".join(one if isinstance(one, str) else one.words for one in text)


def lines_of(cell: Cell) -> tuple[Line, ...]:
    """The lines of a cell."""
    return (cell,) if isinstance(cell, str | Toned | Level) else cell


def line_text(line: Line) -> str:
    """A line without its tone or level."""
    return line if isinstance(line, str) else line.text


def cell_text(cell: Cell) -> str:
    """A cell in one line."""
    return "; ".join(map(line_text, lines_of(cell)))


def told_rows(table: Table) -> Iterator[str]:
    """A table as lines, one a row: its name, then what stands in each column; a title needs no saying among two."""
    titled = len(table.columns) > 2
    for row in table.rows:
        if row.told:
            yield row.told
            continue
        told = []
        for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            said = cell_text(cell)
            if n != table.names and said:
                told.append(_told(column.told, said) if column.told else f"{column.title if titled else ''} {said}")
        name = cell_text(row.cells[table.names])
        line = f"{name}: {', '.join(one.strip() for one in told)}" if told else name
        yield line if line.endswith((".", "!", "?")) else f"{line}."


def _told(template: str, said: str) -> str:
    return template.replace("(s)", "" if said.lstrip("+-") == "1" else "s").format(said)


_Record = TypeVar("_Record")


def cleaned(record: _Record, more: Callable[[str], str] | None = None) -> _Record:
    """The same record with every text in it made harmless; `more`: what else is done to each."""
    return changed(record, (lambda text: more(clean(text))) if more else clean)


def changed(record: _Record, change: Callable[[str], str]) -> _Record:
    """The same record with every text in it changed."""
    return cast("_Record", _changed(record, change))


def _changed(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        parts = (_changed(one, change) for one in part)
        return type(part)(*parts) if fields_of(part) else tuple(parts)
    return part

"""A result as a document: titled sections of paragraphs, lists, tables and figures. Every format renders this one.

All its texts are harmless to show (`cleaned`); each format adds only what its own syntax needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from bpo_quiz.clean import clean
from bpo_quiz.records import fields_of

if TYPE_CHECKING:
    from bpo_quiz.report.papers.charts.records import BarChart, Ladder

Tone = Literal["plain", "lead", "small", "warning"]
Cell = str | tuple[str, ...]
"""What stands in a table: a text, or several lines."""


class Paragraph(NamedTuple):
    """A paragraph; `lead` is the sentence on top, `small` explains, `warning` is not to be overlooked."""

    text: str
    tone: Tone = "plain"


class Heading(NamedTuple):
    """A title inside a section."""

    text: str


class Bullets(NamedTuple):
    """A list of single lines."""

    items: tuple[str, ...]


class Detail(NamedTuple):
    """A part of an entry: what it is about, and what is said, in one line or several.

    Under a label several lines are a list; without one they are one text, its lines below each other.
    """

    label: str
    text: Cell


class Entry(NamedTuple):
    """Something with a title and details, such as a step."""

    title: str
    details: tuple[Detail, ...]


class Entries(NamedTuple):
    """A list of entries, numbered where their order says something."""

    items: tuple[Entry, ...]
    numbered: bool = False


class Column(NamedTuple):
    """A column's title; numbers stand on the right."""

    title: str
    numeric: bool = False


class Row(NamedTuple):
    """A table's row; `is_sum`: it adds up the ones above."""

    cells: tuple[Cell, ...]
    is_sum: bool = False


class Table(NamedTuple):
    """A table.

    Attributes:
        names: index of the column that names the row.
        is_twin: whether the figure before it shows the same numbers, so that a page that draws can set it aside.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    names: int = 0
    is_twin: bool = False


class Figure(NamedTuple):
    """A picture; what it shows stands in words or in a table next to it. `note`: how to read it; may be empty."""

    caption: str
    chart: BarChart | Ladder
    note: str = ""


Block = Paragraph | Heading | Bullets | Entries | Table | Figure


class Section(NamedTuple):
    """A titled part; `id` names it in links and stays the same."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Document(NamedTuple):
    """A whole paper.

    Attributes:
        running: what stands on every page.
        facts: (label, value) of what the paper is about: date, session, catalogue.
        notice: who may see it; empty for everybody.
    """

    title: str
    running: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    sections: tuple[Section, ...]


_Record = TypeVar("_Record")


def cleaned(record: _Record) -> _Record:
    """The same record with every text in it made harmless."""
    return cast("_Record", _cleaned(record))


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, tuple):
        parts = map(_cleaned, part)
        return type(part)(*parts) if fields_of(part) else tuple(parts)
    return part

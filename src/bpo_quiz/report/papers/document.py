"""A result as a document: titled sections of paragraphs, lists, tables and figures. Every format renders this one.

All its texts are harmless to show (`cleaned`); each format adds only what its own syntax needs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from bpo_quiz.clean import clean

if TYPE_CHECKING:
    from bpo_quiz.report.papers.charts.records import BarChart, Ladder

Tone = Literal["plain", "lead", "small", "warning"]
Cell = str | tuple[str, ...]
"""What stands in a table: a text, or several lines."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is the sentence on top, `small` explains, `warning` is not to be overlooked."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of single lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of an entry: what it is about, and what is said, in one line or several; the label may be empty."""

    label: str
    text: Cell


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a title and details, such as a step."""

    title: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries, numbered where their order says something."""

    items: tuple[Entry, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title; numbers stand on the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; `is_sum`: it adds up the ones above."""

    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; what it shows stands in words or in a table next to it. `note`: how to read it; may be empty."""

    caption: str
    chart: BarChart | Ladder
    note: str = ""


Block = Paragraph | Heading | Bullets | Entries | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part; `id` names it in links and stays the same."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
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
        return tuple(map(_cleaned, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _cleaned(getattr(part, field.name)) for field in fields(part)})
    return part

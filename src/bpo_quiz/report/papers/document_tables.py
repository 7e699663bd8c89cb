"""Sections of a document as Rich renderables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import pieces
from bpo_quiz.report.papers.document import Bullets, Entries, Heading, Paragraph, Table
from bpo_quiz.report.papers.document_plain import detail_lines, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table as Grid

    from bpo_quiz.report.papers.document import Block, Detail, Document, Entry


def sections(document: Document) -> Iterator[RenderableType]:
    """All sections, each under its title."""
    for section in document.sections:
        yield pieces.heading(section.title)
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Paragraph(text, tone):
            yield pieces.text(text, {"small": "dim", "warning": "yellow"}.get(tone, ""))
        case Heading(text):
            yield pieces.heading(text)
        case Bullets(items):
            yield from pieces.bullets(items)
        case Entries(items):
            for entry in items:
                yield from _entry(entry)
        case Table():
            yield pieces.Fitting(_grid(block), list(table_lines(block)))


def _entry(entry: Entry) -> Iterator[RenderableType]:
    yield pieces.text(entry.title, "bold")
    yield pieces.nested([point for detail in entry.details for point in _points(detail)])


def _points(detail: Detail) -> list[tuple[str, Sequence[str]]]:
    """Lines under a label are a point each; those of one text stay together."""
    first, *rest = detail_lines(detail)
    return [(line, ()) for line in (first, *rest)] if detail.label else [(first, rest)]


def _grid(table: Table) -> Grid:
    grid = pieces.table(*((column.title, "right" if column.numeric else "left") for column in table.columns))
    for row in table.rows:
        style = "bold" if row.is_sum else ""
        grid.add_row(*(pieces.text(cell if isinstance(cell, str) else "; ".join(cell), style) for cell in row.cells))
    return grid

"""Sections of a document as plain lines: no boxes, no pictures, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.papers.document import Bullets, Entries, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.report.papers.document import Block, Cell, Detail, Document


def sections(document: Document) -> Iterator[str]:
    """The lines of all sections; an empty line before each."""
    for section in document.sections:
        yield ""
        yield f"{section.title}."
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Heading(text):
            yield f"{text}."
        case Bullets(items):
            yield from (f"- {item}" for item in items)
        case Entries(items):
            for entry in items:
                yield f"- {entry.title}"
                yield from (f"   {line}" for detail in entry.details for line in detail_lines(detail))
        case Table():
            yield from table_lines(block)


def detail_lines(detail: Detail) -> Iterator[str]:
    """A detail, one line or several."""
    label = f"{detail.label}: " if detail.label else ""
    yield from (f"{label}{line}" for line in ((detail.text,) if isinstance(detail.text, str) else detail.text))


def table_lines(table: Table) -> Iterator[str]:
    """A table, one line a row: its name, then what stands under each title; a title needs no saying among two."""
    titled = len(table.columns) > 2
    for row in table.rows:
        told = [
            f"{column.title if titled else ''} {_told(cell)}".strip()
            for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
            if n != table.names and cell
        ]
        yield f"{_told(row.cells[table.names])}: {', '.join(told)}."


def _told(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "; ".join(cell)

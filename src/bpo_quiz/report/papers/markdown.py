"""A document as Markdown (GitHub's), one line a paragraph. Every text goes through `escape`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from bpo_quiz.report.markdown_text import escape
from bpo_quiz.report.papers.charts.draw import pictures
from bpo_quiz.report.papers.charts.records import Ladder
from bpo_quiz.report.papers.charts.svg import Frame
from bpo_quiz.report.papers.document import Bullets, Entries, Figure, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.report.papers.document import Block, Cell, Detail, Document, Entry, Section

_BREAK = "\\"
_PICTURE = Frame(480, 480, background=True)


def markdown(document: Document) -> str:
    """The whole document."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escape(document.title, inside=True)}"
    yield ""
    if document.notice:
        yield f"> **{escape(document.notice, inside=True)}**"
        yield ""
    yield from (f"* {escape(label)}: {escape(value, inside=True)}" for label, value in document.facts)
    yield ""
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"## {escape(section.title, inside=True)}"
    yield ""
    for block in section.blocks:
        lines = list(_block(block))
        if lines:
            yield from lines
            yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, tone):
            strong = tone in ("lead", "warning")
            yield f"**{escape(text, inside=True)}**" if strong else escape(text)
        case Heading(text):
            yield f"### {escape(text, inside=True)}"
        case Bullets(items):
            yield from (f"* {escape(item)}" for item in items)
        case Entries(items, numbered):
            for n, entry in enumerate(items, 1):
                yield from _entry(f"{n}. " if numbered else "* ", entry)
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)


def _entry(sign: str, entry: Entry) -> Iterator[str]:
    yield f"{sign}**{escape(entry.title, inside=True)}**"
    for detail in entry.details:
        yield from (f"{' ' * len(sign)}{line}" for line in _detail(detail))


def _detail(detail: Detail) -> Iterator[str]:
    if isinstance(detail.text, str):
        label = f"{escape(detail.label)}: " if detail.label else ""
        yield f"* {label}{escape(detail.text, inside=bool(label))}"
    elif not detail.label:
        last = len(detail.text) - 1  # a backslash at its end keeps a line apart from the next
        for n, line in enumerate(detail.text):
            yield f"{'  ' if n else '* '}{escape(line)}{'' if n == last else _BREAK}"
    else:
        yield f"* {escape(detail.label)}:"
        yield from (f"  * {escape(line)}" for line in detail.text)


def _table(table: Table) -> Iterator[str]:
    yield _row([escape(column.title, inside=True) for column in table.columns])
    yield _row(["---:" if column.numeric else "---" for column in table.columns])
    for row in table.rows:
        cells = [_cell(cell) for cell in row.cells]
        yield _row([f"**{cell}**" if row.is_sum and cell else cell for cell in cells])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return ". ".join(escape(line, inside=True) for line in ((cell,) if isinstance(cell, str) else cell))


def _figure(figure: Figure) -> Iterator[str]:
    """Only ways are drawn: what the others show stands in a table, which Markdown shows better."""
    if isinstance(figure.chart, Ladder):
        for picture in pictures(figure, "way", _PICTURE):
            data = base64.b64encode(picture.svg.encode("utf-8")).decode("ascii")
            yield f"![{escape(f'{picture.title}. {picture.words}')}](data:image/svg+xml;base64,{data})"

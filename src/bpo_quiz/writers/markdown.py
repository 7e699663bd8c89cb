"""A document as Markdown (GitHub's), one line a paragraph.

Every text goes through `escape`: no markup, no link, no HTML and no table cell ends in what people wrote.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.document import (
    Bullets,
    Entries,
    Figure,
    Heading,
    Ladder,
    Link,
    Paragraph,
    Quote,
    Table,
    Tree,
    cell_text,
    spoken,
)
from bpo_quiz.writers.charts import pictures
from bpo_quiz.writers.svg import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.document import Block, Cell, Detail, Document, Entry, Section, Text

_BREAK = "\\"
_PICTURE = Frame(480, 480, background=True)

_INSIDE = re.compile(r"[\\`*_\[\]<>|&~$@]|(?<=\w):(?=//|\w)|\.(?=[^\W\d_]{2})|#(?=#*$)")
"""Signs that mean something inside a line: emphasis, code, links, HTML, entities, cells, formulas, addresses; and the
signs that would close a heading."""

_AT_START = re.compile(r"^([#+=\-]|:(?=-))|^(\d+)(?=[.)])")
"""Signs that make a line a heading, a list or a rule, or what stands above it a table."""


def markdown(document: Document) -> str:
    """The whole document."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escape(document.title, inside=True)}"
    yield ""
    if document.notice:
        yield f"> **{escape(document.notice, inside=True)}**"
        yield ""
    if document.facts:
        yield from (f"* {escape(label)}: {escape(value, inside=True)}" for label, value in document.facts)
        yield ""
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"## {escape(section.title, inside=True)}"
        yield ""
    for block in section.blocks:
        lines = list(_block(block))
        if lines:
            yield from lines
            yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _paragraph(block)
        case Heading(title):
            yield f"### {escape(title, inside=True)}"
        case Bullets(items, numbered):
            yield from (f"{f'{n}.' if numbered else '*'} {_prose(item)}" for n, item in enumerate(items, 1))
        case Quote(text, who):
            yield f"> {_prose(text)}"
            yield ">"
            yield f"> ({escape(who, inside=True)})"
        case Entries(items, numbered):
            for n, entry in enumerate(items, 1):
                yield from _entry(f"{n}. " if numbered else "* ", entry)
        case Table():
            yield from _table(block)
        case Tree():
            yield from _branch(block, "")
        case Figure():
            yield from _figure(block)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.tone in ("lead", "warning"):
        yield f"**{_prose(paragraph.text, inside=True)}**"
    elif paragraph.tone != "hint":
        yield _prose(paragraph.text)


def _entry(sign: str, entry: Entry) -> Iterator[str]:
    if not entry.title:
        yield from (line for detail in entry.details for line in _detail(detail))
        return
    name = f" ({escape(entry.name, inside=True)})" if entry.name else ""
    yield f"{sign}**{_prose(entry.title, inside=True)}**{name}"
    for detail in entry.details:
        yield from (f"{' ' * len(sign)}{line}" for line in _detail(detail))


def _detail(detail: Detail) -> Iterator[str]:
    if len(detail.lines) == 1:
        label = f"{escape(detail.label)}: " if detail.label else ""
        yield f"* {label}{_prose(detail.lines[0], inside=bool(label))}"
    elif not detail.label:
        last = len(detail.lines) - 1  # a backslash at its end keeps a line apart from the next
        for n, line in enumerate(detail.lines):
            yield f"{'  ' if n else '* '}{_prose(line)}{'' if n == last else _BREAK}"
    else:
        yield f"* {escape(detail.label)}:"
        yield from (f"  * {_prose(line)}" for line in detail.lines)


def _table(table: Table) -> Iterator[str]:
    yield _row([escape(column.title, inside=True) for column in table.columns])
    yield _row(["---:" if column.kind == "number" else "---" for column in table.columns])
    for row in table.rows:
        cells = [_cell(cell) for cell in row.cells]
        yield _row([f"**{cell}**" if row.is_sum and cell else cell for cell in cells])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return escape(cell_text(cell), inside=True)


def _branch(tree: Tree, indent: str) -> Iterator[str]:
    yield f"{indent}* {escape(tree.label)}"
    for below in tree.below:
        yield from _branch(below, indent + "  ")


def _figure(figure: Figure) -> Iterator[str]:
    """Only ways are drawn: what the others show stands in a table, which Markdown shows better."""
    if isinstance(figure.chart, Ladder):
        for picture in pictures(figure, "way", _PICTURE):
            data = base64.b64encode(picture.svg.encode("utf-8")).decode("ascii")
            yield f"![{escape(f'{picture.title}. {picture.words}')}](data:image/svg+xml;base64,{data})"


def _prose(text: Text, *, inside: bool = False) -> str:
    """Running text; an address is a link, a page of ours its words."""
    if isinstance(text, str):
        return escape(text, inside=inside)
    return "".join(
        f"[{escape(piece.words, inside=True)}](<{_address(piece.to)}>)"
        if isinstance(piece, Link) and piece.to.startswith("https://")
        else _piece(spoken((piece,)), inside=inside or n > 0)
        for n, piece in enumerate(text)
    )


def _piece(text: str, *, inside: bool) -> str:
    """A piece of a line: the spaces at its ends part it from its neighbours."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return f"{before}{escape(text, inside=inside)}{after}"


def _address(address: str) -> str:
    """An address between angle brackets, which it cannot leave."""
    return clean(address).replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def escape(text: str, *, inside: bool = False) -> str:
    """The text so that every Markdown engine shows exactly it; it stays on one line.

    Args:
        text: anything; it is cleaned here.
        inside: whether something stands before it on its line, so that it begins no heading, list or rule.
    """
    line = _INSIDE.sub(r"\\\g<0>", clean(text).strip())
    return line if inside else _AT_START.sub(lambda start: f"\\{start[1]}" if start[1] else f"{start[2]}\\", line)

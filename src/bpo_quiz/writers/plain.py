"""A document as plain lines: no boxes, no pictures, one thing after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.document import Bullets, Entries, Figure, Heading, Paragraph, Quote, Table, Tree, spoken, told_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.document import Block, Detail, Document, Entry, Section

_ENDS = (".", "!", "?", ":")
_INDENT = "   "


def plain(document: Document) -> Iterator[str]:
    """The lines of a whole page; empty lines part the sections."""
    if document.notice:
        yield clean(document.notice)
    yield clean(_sentence(document.title))
    yield from (clean(f"{label}: {value}.") for label, value in document.facts)
    for n, section in enumerate(document.sections):
        yield from _section(section, apart=bool(section.title) or n > 0)


def sections(parts: Sequence[Section]) -> Iterator[str]:
    """The lines of some sections; an empty line before each."""
    for section in parts:
        yield from _section(section, apart=True)


def _section(section: Section, *, apart: bool) -> Iterator[str]:
    if apart:
        yield ""
    if section.title:
        yield clean(_sentence(section.title))
    for n, block in enumerate(section.blocks):
        if isinstance(block, Heading) and n:
            yield ""
        yield from map(clean, block_lines(block))


def block_lines(block: Block) -> Iterator[str]:
    """One block; a figure says nothing that does not stand beside it in words."""
    match block:
        case Paragraph(text):
            yield spoken(text)
        case Heading(text):
            yield _sentence(text)
        case Bullets(items, numbered):
            yield from (f"{f'{n}.' if numbered else '-'} {spoken(item)}" for n, item in enumerate(items, 1))
        case Quote(text, who):
            yield f"{spoken(text)} Source: {who}."
        case Entries(items, numbered):
            for n, entry in enumerate(items, 1):
                yield from _entry(entry, f"{n}." if numbered else "-")
        case Table():
            yield from told_rows(block)
        case Tree():
            yield from _branch(block, "")
        case Figure():
            pass


def _entry(entry: Entry, sign: str) -> Iterator[str]:
    lines = [line for detail in entry.details for line in detail_lines(detail)]
    named = f" ({entry.name})" if entry.name else ""
    first, *others = [f"{spoken(entry.title)}{named}", *lines] if entry.title else lines
    yield f"{sign} {first}"
    yield from (f"{_INDENT}{line}" for line in others)


def detail_lines(detail: Detail) -> Iterator[str]:
    """A detail, one line or several."""
    label = f"{detail.label}: " if detail.label else ""
    yield from (f"{label}{spoken(line)}" for line in detail.lines)


def _branch(tree: Tree, indent: str) -> Iterator[str]:
    yield f"{indent}{_sentence(tree.label)}"
    for below in tree.below:
        yield from _branch(below, indent + _INDENT)


def _sentence(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."

"""The records of a guide: what an author tells about the trade. Everything is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LINK_KINDS = ("role", "skill", "topic", "metric")


class Link(NamedTuple):
    """A word of a text that leads on.

    Attributes:
        kind: one of `LINK_KINDS`.
        id: of the role, skill, topic or metric.
        name: its name in the catalogue or the guide.
        words: what stands in the sentence; the name unless the author chose others.
    """

    kind: str
    id: str
    name: str
    words: str


Prose = tuple["str | Link", ...]
"""A text in pieces: plain words and links."""


class Source(NamedTuple):
    """Who said something, where, and in which year; `url` is empty where nothing was looked up."""

    id: str
    by: str
    title: str
    year: int
    url: str


class Fact(NamedTuple):
    """A statement with its source (an id) and how sure it is: one of `CONFIDENCES`."""

    prose: Prose
    source: str
    confidence: str


class Metric(NamedTuple):
    """A measure of work.

    Attributes:
        also: other names and short forms.
        kpis: names of measures in `roles.yaml` that this one explains.
        example: the formula worked with small numbers.
        typical: what is usual, with source and confidence; it varies by client.
        misleads: how it can say something untrue.
    """

    id: str
    name: str
    also: tuple[str, ...]
    kpis: tuple[str, ...]
    meaning: Prose
    formula: str
    example: str
    typical: Fact
    misleads: Prose


class Paragraph(NamedTuple):
    """A few sentences."""

    prose: Prose


class Bullets(NamedTuple):
    """A list; `numbered` where the order matters."""

    items: tuple[Prose, ...]
    numbered: bool


Part = Paragraph | Bullets | Fact | Metric


class Section(NamedTuple):
    """Parts under a heading."""

    heading: str
    parts: tuple[Part, ...]


class Topic(NamedTuple):
    """One page of a guide.

    Attributes:
        also: other titles; `bpo-quiz guide TITLE` finds it by them.
        summary: what it answers, in one line.
        actions: things to do after reading.
    """

    id: str
    title: str
    also: tuple[str, ...]
    summary: str
    sections: tuple[Section, ...]
    actions: tuple[Prose, ...]

    def parts(self) -> Iterator[Part]:
        """Every part of every section, in order."""
        for section in self.sections:
            yield from section.parts


class Guide(NamedTuple):
    """Everything that `guide.yaml` says. The mappings keep the order of the file."""

    title: str
    summary: str
    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    topics: Mapping[str, Topic]


def prose_of(part: Part) -> Iterator[Prose]:
    """Every text of a part that may hold links."""
    if isinstance(part, Bullets):
        yield from part.items
    elif isinstance(part, Metric):
        yield from (part.meaning, part.typical.prose, part.misleads)
    else:
        yield part.prose


def links_of(page: Topic | Metric) -> tuple[Link, ...]:
    """What a page leads to, each once and never itself, in the order of the text."""
    parts = (page,) if isinstance(page, Metric) else (*page.parts(), Bullets(page.actions, numbered=False))
    found: dict[tuple[str, str], Link] = {}
    for part in parts:
        for prose in prose_of(part):
            for piece in prose:
                if isinstance(piece, Link) and piece.id != page.id:
                    found.setdefault((piece.kind, piece.id), piece)
    return tuple(found.values())


def facts_of(page: Topic | Metric) -> tuple[Fact, ...]:
    """Every fact of a page, in the order of the text."""
    parts = (page,) if isinstance(page, Metric) else page.parts()
    facts = (part.typical if isinstance(part, Metric) else part for part in parts)
    return tuple(fact for fact in facts if isinstance(fact, Fact))


def sources_of(guide: Guide, pages: Sequence[Topic | Metric]) -> list[str]:
    """Ids of the sources that pages cite, in the order of the guide."""
    used = {fact.source for page in pages for fact in facts_of(page)}
    return [key for key in guide.sources if key in used]


def plain_text(prose: Prose) -> str:
    """The text as it is read, without its links."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in prose)

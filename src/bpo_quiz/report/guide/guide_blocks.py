"""Pages of a guide as blocks, one after the other; every renderer walks over the same ones."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.find import folded
from bpo_quiz.catalogue.guide_model import Bullets, Fact, Guide, Link, Metric, Part, Prose, Topic, links_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Kind(enum.Enum):
    """What a block is.

    Its label is the id of an ENTRY, the marker of an ITEM, who says a CITED, the name of a ROW or a COMMAND, what
    COMMANDS are for, or the address of a REFERENCE.
    """

    GUIDE = enum.auto()
    PAGE = enum.auto()
    LEAD = enum.auto()
    HEADING = enum.auto()
    MEASURE = enum.auto()
    ENTRY = enum.auto()
    TEXT = enum.auto()
    ITEM = enum.auto()
    CITED = enum.auto()
    ROW = enum.auto()
    COMMAND = enum.auto()
    COMMANDS = enum.auto()
    REFERENCE = enum.auto()
    SMALL = enum.auto()


class Block(NamedTuple):
    """One piece of a page; foreign text, not cleaned."""

    kind: Kind
    prose: Prose
    label: str = ""


CAUTION = (
    "Numbers are typical and vary by client, site and country. The confidence says how far to trust one: high = "
    "a good study, or the body that decides; medium = a named source in the field; low = a vendor, an old or thin "
    "source, or what people in the trade say."
)
_MANY = {"role": "Roles", "skill": "Skills", "topic": "Topics", "metric": "Measures"}
_MOST_LINES = 14
_COMMANDS = {"role": "roles", "skill": "skills", "topic": "guide", "metric": "guide"}


def blocks(guide: Guide, pages: Sequence[Topic | Metric]) -> Iterator[Block]:
    """Every block of some pages; of none: the table of contents."""
    if not pages:
        yield from _contents(guide)
    elif len(pages) == 1:
        yield from _page(guide, pages[0])
        yield from _sources(guide, pages)
    else:
        yield _said(Kind.GUIDE, guide.title)
        yield _said(Kind.LEAD, guide.summary)
        for page in pages:
            yield from _page(guide, page)
        yield from _sources(guide, pages)


_TITLES = frozenset({Kind.GUIDE, Kind.PAGE, Kind.HEADING, Kind.MEASURE})
_LISTED = frozenset({Kind.ENTRY, Kind.ITEM, Kind.ROW, Kind.COMMAND, Kind.COMMANDS, Kind.REFERENCE})


def is_apart(before: Kind, after: Kind) -> bool:
    """Whether an empty line belongs between two blocks: not below a title, and not within a list or above its first."""
    if before in _TITLES and after not in (Kind.PAGE, Kind.MEASURE):
        return False
    return not (after in _LISTED and before in (after, Kind.TEXT))


def _said(kind: Kind, text: str, label: str = "") -> Block:
    return Block(kind, (text,), label)


def _contents(guide: Guide) -> Iterator[Block]:
    yield _said(Kind.GUIDE, guide.title)
    yield _said(Kind.LEAD, guide.summary)
    yield _said(Kind.HEADING, "Topics")
    for topic in guide.topics.values():
        yield Block(Kind.ENTRY, (topic.title, ". ", topic.summary), topic.id)
    if guide.metrics:
        yield _said(Kind.HEADING, "Measures")
        yield _said(Kind.TEXT, ", ".join(map(_listed, guide.metrics.values())))
    yield _said(Kind.SMALL, "Read one: bpo-quiz guide TOPIC. Read everything: bpo-quiz guide --all.")


def _listed(metric: Metric) -> str:
    return metric.id if folded(metric.id) == folded(metric.name) else f"{metric.id} ({metric.name})"


def _page(guide: Guide, page: Topic | Metric) -> Iterator[Block]:
    if isinstance(page, Metric):
        yield from _metric(guide, page)
    else:
        yield from _topic(guide, page)
    links = links_of(page) or _topics_of(guide, page)
    if links:
        yield _said(Kind.HEADING, "Read on")
        yield from _by_kind(links) if len(links) > _MOST_LINES else _one_by_one(links)


def _one_by_one(links: Sequence[Link]) -> Iterator[Block]:
    for link in links:
        yield _said(Kind.COMMAND, f"bpo-quiz {_COMMANDS[link.kind]} {link.id}", link.name)


def _by_kind(links: Sequence[Link]) -> Iterator[Block]:
    for kind, many in _MANY.items():
        ids = [link.id for link in links if link.kind == kind]
        if ids:
            yield _said(Kind.COMMANDS, ", ".join(ids), f"{many} (bpo-quiz {_COMMANDS[kind]} ID)")


def _topics_of(guide: Guide, page: Topic | Metric) -> tuple[Link, ...]:
    """Links to the topics that show a measure."""
    shown = (topic for topic in guide.topics.values() if any(part is page for part in topic.parts()))
    return tuple(Link("topic", topic.id, topic.title, topic.title) for topic in shown)


def _topic(guide: Guide, topic: Topic) -> Iterator[Block]:
    yield _said(Kind.PAGE, topic.title)
    yield _said(Kind.LEAD, topic.summary)
    for section in topic.sections:
        yield _said(Kind.HEADING, section.heading)
        for part in section.parts:
            yield from _part(guide, part)
    if topic.actions:
        yield _said(Kind.HEADING, "Things to do")
        for action in topic.actions:
            yield Block(Kind.ITEM, action, "-")


def _part(guide: Guide, part: Part) -> Iterator[Block]:
    if isinstance(part, Metric):
        yield from _metric(guide, part)
    elif isinstance(part, Fact):
        yield Block(Kind.CITED, part.prose, cited(guide, part))
    elif isinstance(part, Bullets):
        for n, item in enumerate(part.items, 1):
            yield Block(Kind.ITEM, item, f"{n}." if part.numbered else "-")
    else:
        yield Block(Kind.TEXT, part.prose)


def _metric(guide: Guide, metric: Metric) -> Iterator[Block]:
    short = [name for name in metric.also if name.isupper()]
    yield _said(Kind.MEASURE, f"{metric.name} ({short[0]})" if short else metric.name)
    yield Block(Kind.TEXT, metric.meaning)
    yield _said(Kind.ROW, metric.formula, "Formula")
    yield _said(Kind.ROW, metric.example, "Example")
    yield Block(Kind.ROW, (*metric.typical.prose, f" ({cited(guide, metric.typical)})"), "Typical")
    yield Block(Kind.ROW, metric.misleads, "Beware")


def cited(guide: Guide, fact: Fact) -> str:
    """Who says a fact, when, and how sure it is."""
    source = guide.sources[fact.source]
    return f"{source.by}, {source.year}; confidence {fact.confidence}"


def _sources(guide: Guide, pages: Sequence[Topic | Metric]) -> Iterator[Block]:
    used = sources_of(guide, pages)
    if not used:
        return
    yield _said(Kind.HEADING, "Sources")
    for key in used:
        source = guide.sources[key]
        yield _said(Kind.REFERENCE, f"{source.by}, {source.year}: {source.title}", source.url)
    yield _said(Kind.SMALL, CAUTION)

"""The guide: its table of contents, one topic or measure, or all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue import guide_model as model
from bpo_quiz.catalogue.find import folded
from bpo_quiz.document import Bullets, Detail, Document, Entries, Entry, Heading, Link, Paragraph, Quote, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Metric, Part, Prose, Topic
    from bpo_quiz.document import Block, Text

CAUTION = (
    "Numbers are typical and vary by client, site and country. The confidence says how far to trust one: high = "
    "a good study, or the body that decides; medium = a named source in the field; low = a vendor, an old or thin "
    "source, or what people in the trade say."
)
_MANY = {"role": "Roles", "skill": "Skills", "topic": "Topics", "metric": "Measures"}
_COMMANDS = {"role": "roles", "skill": "skills", "topic": "guide", "metric": "guide"}
_MOST_LINES = 14
"""Links that are told one by one."""


def contents(guide: Guide) -> Document:
    """What there is to read."""
    topics = tuple(Entry(topic.title, (Detail("", (topic.summary,)),), topic.id) for topic in guide.topics.values())
    sections = [_lead(guide.summary), Section("topics", "Topics", (Entries(topics),))]
    if guide.metrics:
        listed = Paragraph(", ".join(map(_listed, guide.metrics.values())))
        sections.append(Section("measures", "Measures", (listed,)))
    hint = Paragraph("Read one: bpo-quiz guide TOPIC. Read everything: bpo-quiz guide --all.", "hint")
    return Document(guide.title, (*sections, Section("hint", "", (hint,))))


def _listed(metric: Metric) -> str:
    return metric.id if folded(metric.id) == folded(metric.name) else f"{metric.id} ({metric.name})"


def everything(guide: Guide) -> Document:
    """Every topic, and each source once."""
    topics = tuple(guide.topics.values())
    sections = (Section(topic.id, topic.title, tuple(_whole_topic(guide, topic))) for topic in topics)
    return Document(guide.title, (_lead(guide.summary), *sections, *_sources(guide, topics)))


def _whole_topic(guide: Guide, topic: Topic) -> Iterator[Block]:
    yield Paragraph(topic.summary, "lead")
    for section in _topic(guide, topic):
        yield Heading(section.title)
        yield from section.blocks


def page(guide: Guide, shown: Topic | Metric) -> Document:
    """One topic, or one measure."""
    if isinstance(shown, model.Metric):
        about = Section("meaning", "", (Paragraph(_text(shown.meaning), "lead"),))
        told = (Section(label.lower(), label, (Paragraph(said),)) for label, said in _reckoned(guide, shown))
        return Document(_named(shown), (about, *told, *_read_on(guide, shown), *_sources(guide, (shown,))))
    sections = (_lead(shown.summary), *_topic(guide, shown), *_sources(guide, (shown,)))
    return Document(shown.title, sections)


def _lead(summary: str) -> Section:
    return Section("summary", "", (Paragraph(summary, "lead"),))


def _topic(guide: Guide, topic: Topic) -> Iterator[Section]:
    for n, section in enumerate(topic.sections, 1):
        yield Section(f"{topic.id}-{n}", section.heading, tuple(_parts(guide, section.parts)))
    if topic.actions:
        yield Section(f"{topic.id}-do", "Things to do", (Bullets(tuple(map(_text, topic.actions))),))
    yield from _read_on(guide, topic)


def _parts(guide: Guide, parts: Iterable[Part]) -> Iterator[Block]:
    metrics: list[Entry] = []  # measures that follow each other are one list
    for part in parts:
        if isinstance(part, model.Metric):
            metrics.append(_metric(guide, part))
            continue
        if metrics:
            yield Entries(tuple(metrics))
            metrics = []
        yield _part(guide, part)
    if metrics:
        yield Entries(tuple(metrics))


def _part(guide: Guide, part: model.Paragraph | model.Bullets | model.Fact) -> Block:
    match part:
        case model.Paragraph(prose):
            return Paragraph(_text(prose))
        case model.Bullets(items, numbered):
            return Bullets(tuple(map(_text, items)), numbered)
        case model.Fact(prose):
            return Quote(_text(prose), cited(guide, part))


def _metric(guide: Guide, metric: Metric) -> Entry:
    details = (("", _text(metric.meaning)), *_reckoned(guide, metric))
    return Entry(_named(metric), tuple(Detail(label, (said,)) for label, said in details))


def _reckoned(guide: Guide, metric: Metric) -> tuple[tuple[str, Text], ...]:
    """How a measure is worked out, and how it can mislead: labels and texts."""
    typical = (*_text(metric.typical.prose), f" ({cited(guide, metric.typical)})")
    return (
        ("Formula", metric.formula),
        ("Example", metric.example),
        ("Typical", typical),
        ("Beware", _text(metric.misleads)),
    )


def _named(metric: Metric) -> str:
    short = [name for name in metric.also if name.isupper()]
    return f"{metric.name} ({short[0]})" if short else metric.name


def _text(prose: Prose) -> tuple[str | Link, ...]:
    return tuple(one if isinstance(one, str) else Link(one.words, f"{one.kind}:{one.id}") for one in prose)


def cited(guide: Guide, fact: model.Fact) -> str:
    """Who says a fact, when, and how sure it is."""
    source = guide.sources[fact.source]
    return f"{source.by}, {source.year}; confidence {fact.confidence}"


def _read_on(guide: Guide, shown: Topic | Metric) -> Iterator[Section]:
    links = model.links_of(shown) or _topics_of(guide, shown)
    if links:
        lines = _by_kind(links) if len(links) > _MOST_LINES else map(_one, links)
        yield Section(f"{shown.id}-on", "Read on", (Bullets(tuple(lines)),))


def _one(link: model.Link) -> Text:
    return (f"{link.name}: ", Link(f"bpo-quiz {_COMMANDS[link.kind]} {link.id}", f"{link.kind}:{link.id}"))


def _by_kind(links: Sequence[model.Link]) -> Iterator[Text]:
    for kind, many in _MANY.items():
        ids = [link.id for link in links if link.kind == kind]
        if ids:
            yield f"{many} (bpo-quiz {_COMMANDS[kind]} ID): {', '.join(ids)}"


def _topics_of(guide: Guide, shown: Topic | Metric) -> tuple[model.Link, ...]:
    """Links to the topics that show a measure."""
    topics = (topic for topic in guide.topics.values() if any(part is shown for part in topic.parts()))
    return tuple(model.Link("topic", topic.id, topic.title, topic.title) for topic in topics)


def _sources(guide: Guide, shown: Sequence[Topic | Metric]) -> Iterator[Section]:
    sources = [guide.sources[key] for key in model.sources_of(guide, shown)]
    if sources:
        lines = tuple(map(_source, sources))
        yield Section("sources", "Sources", (Bullets(lines), Paragraph(CAUTION, "small")))


def _source(source: model.Source) -> Text:
    said = f"{source.by}, {source.year}: {source.title}"
    return (f"{said} ", Link(source.url, source.url)) if source.url else said

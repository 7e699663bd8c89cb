"""`guide.yaml`: what the trade is and how people grow in it. It is no part of a catalogue's fingerprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bpo_quiz.catalogue import guide_model
from bpo_quiz.catalogue.fields import (
    A_FORMAT,
    TEXT,
    TEXTS,
    YEAR,
    Checked,
    Choice,
    Key,
    Listed,
    Reader,
    Record,
    Spot,
    Table,
)
from bpo_quiz.catalogue.files import read_bytes, shipped_folder
from bpo_quiz.catalogue.find import folded
from bpo_quiz.catalogue.model import CONFIDENCES
from bpo_quiz.catalogue.strict_yaml import parse
from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

GUIDE_FILE = "guide.yaml"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+")
_LINK = re.compile(r"\[\[(.*?)\]\]")
_NAMED_LINK = re.compile(r"(?P<kind>[a-z]+):(?P<id>[a-z0-9_-]+)(\|(?P<words>[^|\[\]]*[^|\[\]\s]))?")


def load_guide(catalogue: Catalogue, folder: Path | None = None) -> guide_model.Guide | None:
    """The guide of a catalogue's folder (None: the shipped one); None where the folder has none.

    Raises:
        CatalogueError: with every fault of `guide.yaml`, each with its line.
    """
    file = (folder or shipped_folder()) / GUIDE_FILE
    if not (file.exists() or file.is_symlink()):
        return None
    return parse_guide(read_bytes(file), catalogue)


def parse_guide(content: bytes, catalogue: Catalogue) -> guide_model.Guide:
    """The guide that a file's bytes describe; its links are those of the catalogue.

    Raises:
        CatalogueError: with every fault, each with its line.
    """
    faults: list[Fault] = []
    kpis = [kpi.name for role in catalogue.roles.values() for kpi in role.kpis]
    ids = {
        "role": {role.id: role.name for role in catalogue.roles.values()},
        "skill": {skill.id: skill.name for skill in catalogue.skills.values()},
        "kpi": dict(zip(kpis, kpis, strict=True)),
    }
    reader, top = Reader(GUIDE_FILE, faults, ids), Spot(parse(content, GUIDE_FILE), "", 0)
    told = reader.file(GUIDE, top)
    _check(reader, top, told)
    if faults:
        raise CatalogueError(faults)
    metrics: dict[str, guide_model.Metric] = told["metrics"]
    topics = {key: topic._replace(sections=tuple(_shown(topic, metrics))) for key, topic in told["topics"].items()}
    return guide_model.Guide(**told["guide"], sources=told["sources"], metrics=metrics, topics=topics)


def _shown(topic: guide_model.Topic, metrics: dict[str, guide_model.Metric]) -> Iterator[guide_model.Section]:
    """The sections of a topic, with each metric in the place of its id."""
    for section in topic.sections:
        yield section._replace(parts=tuple(metrics[part] if isinstance(part, str) else part for part in section.parts))


def _prose(reader: Reader, spot: Spot, text: str) -> guide_model.Prose:
    pieces = _LINK.split(text)  # words, inside of a link, words, ...
    prose = [_link(reader, spot, piece) if n % 2 else piece for n, piece in enumerate(pieces)]
    if any("[[" in piece or "]]" in piece for piece in pieces[::2]):
        reader.fault(spot, "has [[ or ]] alone; a link is [[role:team_lead]]")
    return tuple(piece for piece in prose if piece)


def _link(reader: Reader, spot: Spot, inside: str) -> guide_model.Link | str:
    told = _NAMED_LINK.fullmatch(inside)
    if told is None or told["kind"] not in guide_model.LINK_KINDS:
        hint = f"write [[KIND:id]] or [[KIND:id|words]] (KIND: {', '.join(guide_model.LINK_KINDS)})"
        reader.fault(spot, f'"[[{clean(inside, 60)}]]" is no link; {hint}')
        return ""
    kind, identity = told["kind"], told["id"]
    names = reader.ids[kind]
    if identity not in names:
        hint = reader.did_you_mean(identity, names)
        reader.fault(spot, f'"{clean(identity, 60)}" is not a {kind}{hint}')
        return ""
    return guide_model.Link(kind, identity, names[identity], told["words"] or names[identity])


def _address(reader: Reader, spot: Spot, url: str) -> str:
    if url and not _ADDRESS.fullmatch(url):
        reader.fault(spot, "should be an address that begins with https://")
    return url


def _part(reader: Reader, spot: Spot, found: dict[str, Any]) -> guide_model.Part | str | None:
    """A part; a metric's id where it is one, since metrics are only known when the whole file is read."""
    told = [(kind, value) for kind, value in found.items() if value is not None]
    if len(told) != 1:
        reader.fault(spot, f"a part is one of: {', '.join(_PART)}")
        return None
    ((kind, value),) = told
    if kind == "text":
        return guide_model.Paragraph(value)
    if kind in ("list", "steps"):
        return guide_model.Bullets(value, numbered=kind == "steps")
    part: guide_model.Part | str = value
    return part


def _fact(text: guide_model.Prose, source: str, confidence: str) -> guide_model.Fact:
    return guide_model.Fact(text, source, confidence)


_PROSE = Checked(TEXT, _prose)
_FACT = Record(
    _fact,
    {
        "text": Key(_PROSE),
        "source": Key(Choice("a source of this guide", "source")),
        "confidence": Key(Choice("a confidence", CONFIDENCES)),
    },
)
_PART = {
    "text": Key(_PROSE, None),
    "list": Key(Listed(_PROSE, 1), None),
    "steps": Key(Listed(_PROSE, 1), None),
    "fact": Key(_FACT, None),
    "metric": Key(Choice("a metric", "metric"), None),
}
PART_KINDS = tuple(_PART)
_PARTS = Listed(Checked(Record(dict, _PART), _part), 1)
_SECTION = Record(guide_model.Section, {"heading": Key(TEXT), "parts": Key(_PARTS)})
_TOPIC = Record(
    guide_model.Topic,
    {
        "title": Key(TEXT),
        "also": Key(TEXTS, ()),
        "summary": Key(TEXT),
        "sections": Key(Listed(_SECTION, 1)),
        "actions": Key(Listed(_PROSE), ()),
    },
    has_id=True,
)
_METRIC = Record(
    guide_model.Metric,
    {
        "name": Key(TEXT),
        "also": Key(TEXTS, ()),
        "kpis": Key(Listed(Choice("a measure of roles.yaml", "kpi")), ()),
        "meaning": Key(_PROSE),
        "formula": Key(TEXT),
        "example": Key(TEXT),
        "typical": Key(_FACT),
        "misleads": Key(_PROSE),
    },
    has_id=True,
)
_SOURCE = Record(
    guide_model.Source,
    {
        "by": Key(TEXT),
        "title": Key(TEXT),
        "year": Key(YEAR),
        "url": Key(Checked(TEXT, _address), ""),
    },
    has_id=True,
)
GUIDE = Record(
    dict,
    {
        "format": Key(Choice(A_FORMAT, ("bpo-quiz/guide@1",))),
        "guide": Key(Record(dict, {"title": Key(TEXT), "summary": Key(TEXT)})),
        "sources": Key(Table("source", _SOURCE)),
        "metrics": Key(Table("metric", _METRIC), {}),
        "topics": Key(Table("topic", _TOPIC)),
    },
)


def _check(reader: Reader, top: Spot, told: dict[str, Any]) -> None:
    topics: dict[str, guide_model.Topic] = told["topics"]
    metrics: dict[str, guide_model.Metric] = told["metrics"]
    if top.has("topics") and not topics:
        reader.fault(top.at("topics"), "a guide needs at least one topic")
    metric_spots, topic_spots = top.at("metrics").below(), top.at("topics").below()
    explained: dict[str, str] = {}  # name of a KPI -> the metric that explains it
    for metric in metrics.values():
        for entry, name in zip(metric_spots[metric.id].at("kpis").entries(), metric.kpis, strict=False):
            if name and explained.setdefault(name, metric.id) != metric.id:
                reader.fault(entry, f'"{clean(name, 80)}" is already explained by {explained[name]}')
    for key in topics.keys() & metrics.keys():
        reader.fault(topic_spots[key], f'"{key}" is also the id of a metric; choose another id')
    titles = {topic.id: (topic.title, *topic.also) for topic in topics.values()}
    titles |= {metric.id: (metric.name, *metric.also) for metric in metrics.values()}
    once = {(key, folded(name)): name for key, names in titles.items() for name in (key, *names)}
    reader.distinct(((key, name) for (key, _), name in once.items()), {**metric_spots, **topic_spots}, "title")

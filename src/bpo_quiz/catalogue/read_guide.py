"""`guide.yaml`: what the trade is and how people grow in it. It is no part of a catalogue's fingerprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bpo_quiz.catalogue.files import read_bytes, shipped_folder
from bpo_quiz.catalogue.find import folded
from bpo_quiz.catalogue.guide_model import (
    LINK_KINDS,
    Bullets,
    Fact,
    Guide,
    Link,
    Metric,
    Paragraph,
    Part,
    Prose,
    Section,
    Source,
    Topic,
)
from bpo_quiz.catalogue.model import CONFIDENCES
from bpo_quiz.catalogue.reader import Place, Reader
from bpo_quiz.catalogue.strict_yaml import parse
from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

GUIDE_FILE = "guide.yaml"
FORMAT = "bpo-quiz/guide@1"
PART_KINDS = ("text", "list", "steps", "fact", "metric")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+")
_LINK = re.compile(r"\[\[(.*?)\]\]")
_NAMED_LINK = re.compile(r"(?P<kind>[a-z]+):(?P<id>[a-z0-9_-]+)(\|(?P<words>[^|\[\]]*[^|\[\]\s]))?")


def load_guide(catalogue: Catalogue, folder: Path | None = None) -> Guide | None:
    """The guide of a catalogue's folder (None: the shipped one); None where the folder has none.

    Raises:
        CatalogueError: with every fault of `guide.yaml`, each with its line.
    """
    file = (folder or shipped_folder()) / GUIDE_FILE
    if not (file.exists() or file.is_symlink()):
        return None
    return parse_guide(read_bytes(file), catalogue)


def parse_guide(content: bytes, catalogue: Catalogue) -> Guide:
    """The guide that a file's bytes describe; its links are those of the catalogue.

    Raises:
        CatalogueError: with every fault, each with its line.
    """
    faults: list[Fault] = []
    guide = read_guide(Reader(GUIDE_FILE, faults), Place(parse(content, GUIDE_FILE), "", 0), catalogue)
    if faults:
        raise CatalogueError(faults)
    return guide


def read_guide(reader: Reader, top: Place, catalogue: Catalogue) -> Guide:
    """Read the whole file; faults go to the reader."""
    found = reader.record(top, ("format", "guide", "sources", "topics"), ("metrics",))
    reader.choice(found.get("format"), (FORMAT,), "a format that is known here")
    about: dict[str, Place] = {}
    if "guide" in found:
        about = reader.record(found["guide"], ("title", "summary"))
    source_places = reader.table(found["sources"], "source") if "sources" in found else {}
    topic_places = reader.table(found["topics"], "topic") if "topics" in found else {}
    metric_places = reader.table(found["metrics"], "metric") if "metrics" in found else {}
    if "topics" in found and not topic_places:
        reader.fault(found["topics"], "a guide needs at least one topic")
    pages = _PageReader(reader, catalogue, source_places, topic_places, metric_places)
    sources = {key: _source(reader, key, place) for key, place in source_places.items()}
    metrics = {key: pages.metric(key, place) for key, place in metric_places.items()}
    topics = {key: pages.topic(key, place, metrics) for key, place in topic_places.items()}
    _refuse_one_name_for_two(reader, topics, metrics, {**metric_places, **topic_places})
    return Guide(reader.text(about.get("title")), reader.text(about.get("summary")), sources, metrics, topics)


def _refuse_one_name_for_two(
    reader: Reader, topics: Mapping[str, Topic], metrics: Mapping[str, Metric], places: dict[str, Place]
) -> None:
    for key in topics.keys() & metrics.keys():
        reader.fault(places[key], f'"{key}" is also the id of a metric; choose another id')
    titles = {topic.id: (topic.title, *topic.also) for topic in topics.values()}
    titles |= {metric.id: (metric.name, *metric.also) for metric in metrics.values()}
    once = {(key, folded(name)): name for key, names in titles.items() for name in (key, *names)}
    reader.distinct(((key, name) for (key, _), name in once.items()), places, "title")


def _source(reader: Reader, key: str, place: Place) -> Source:
    found = reader.record(place, ("by", "title", "year"), ("url",))
    url = reader.text(found.get("url"))
    if url and not _ADDRESS.fullmatch(url):
        reader.fault(found["url"], "should be an address that begins with https://")
    return Source(
        id=key,
        by=reader.text(found.get("by"), key),
        title=reader.text(found.get("title")),
        year=reader.whole(found.get("year"), 1950, 2100, 2000),
        url=url,
    )


class _PageReader:
    """Reads topics and metrics; knows what a link, a fact and a metric may name."""

    def __init__(
        self,
        reader: Reader,
        catalogue: Catalogue,
        sources: Mapping[str, Place],
        topics: Mapping[str, Place],
        metrics: Mapping[str, Place],
    ) -> None:
        self.reader = reader
        self.sources = sources
        self.names: dict[str, dict[str, str]] = {
            "role": {role.id: role.name for role in catalogue.roles.values()},
            "skill": {skill.id: skill.name for skill in catalogue.skills.values()},
            "topic": {key: _told_name(place, "title", key) for key, place in topics.items()},
            "metric": {key: _told_name(place, "name", key) for key, place in metrics.items()},
        }
        self.kpis = {kpi.name for role in catalogue.roles.values() for kpi in role.kpis}
        self.explained: dict[str, str] = {}  # name of a KPI -> the metric that explains it

    def topic(self, key: str, place: Place, metrics: Mapping[str, Metric]) -> Topic:
        reader = self.reader
        found = reader.record(place, ("title", "summary", "sections"), ("also", "actions"))
        return Topic(
            id=key,
            title=reader.text(found.get("title"), key),
            also=reader.texts(found.get("also")),
            summary=reader.text(found.get("summary")),
            sections=tuple(self._section(entry, metrics) for entry in reader.listed(found.get("sections"), 1)),
            actions=self._proses(found.get("actions")),
        )

    def _section(self, place: Place, metrics: Mapping[str, Metric]) -> Section:
        found = self.reader.record(place, ("heading", "parts"))
        parts = (self._part(entry, metrics) for entry in self.reader.listed(found.get("parts"), 1))
        return Section(self.reader.text(found.get("heading")), tuple(part for part in parts if part is not None))

    def _part(self, place: Place, metrics: Mapping[str, Metric]) -> Part | None:
        found = self.reader.record(place, (), PART_KINDS)
        if len(found) != 1:
            self.reader.fault(place, f"a part is one of: {', '.join(PART_KINDS)}")
            return None
        ((kind, value),) = found.items()
        if kind == "text":
            return Paragraph(self._prose(value))
        if kind == "fact":
            return self._fact(value)
        if kind == "metric":
            return metrics.get(self.reader.choice(value, self.names["metric"], "a metric"))
        return Bullets(self._proses(value, fewest=1), numbered=kind == "steps")

    def metric(self, key: str, place: Place) -> Metric:
        reader = self.reader
        found = reader.record(place, ("name", "meaning", "formula", "example", "typical", "misleads"), ("also", "kpis"))
        return Metric(
            id=key,
            name=reader.text(found.get("name"), key),
            also=reader.texts(found.get("also")),
            kpis=self._kpis(found.get("kpis"), key),
            meaning=self._prose(found.get("meaning")),
            formula=reader.text(found.get("formula")),
            example=reader.text(found.get("example")),
            typical=self._fact(found["typical"]) if "typical" in found else Fact((), "", ""),
            misleads=self._prose(found.get("misleads")),
        )

    def _kpis(self, place: Place | None, key: str) -> tuple[str, ...]:
        names = []
        for entry in self.reader.listed(place):
            name = self.reader.choice(entry, self.kpis, "a measure of roles.yaml")
            if name and self.explained.setdefault(name, key) != key:
                self.reader.fault(entry, f'"{clean(name, 80)}" is already explained by {self.explained[name]}')
            names.append(name)
        return tuple(names)

    def _fact(self, place: Place) -> Fact:
        found = self.reader.record(place, ("text", "source", "confidence"))
        return Fact(
            prose=self._prose(found.get("text")),
            source=self.reader.choice(found.get("source"), self.sources, "a source of this guide"),
            confidence=self.reader.choice(found.get("confidence"), CONFIDENCES, "a confidence"),
        )

    def _proses(self, place: Place | None, fewest: int = 0) -> tuple[Prose, ...]:
        return tuple(self._prose(entry) for entry in self.reader.listed(place, fewest))

    def _prose(self, place: Place | None) -> Prose:
        if place is None:
            return ()
        pieces = _LINK.split(self.reader.text(place))  # words, inside of a link, words, ...
        prose = [self._link(place, piece) if n % 2 else piece for n, piece in enumerate(pieces)]
        if any("[[" in piece or "]]" in piece for piece in pieces[::2]):
            self.reader.fault(place, "has [[ or ]] alone; a link is [[role:team_lead]]")
        return tuple(piece for piece in prose if piece)

    def _link(self, place: Place, inside: str) -> Link | str:
        told = _NAMED_LINK.fullmatch(inside)
        if told is None or told["kind"] not in LINK_KINDS:
            hint = f"write [[KIND:id]] or [[KIND:id|words]] (KIND: {', '.join(LINK_KINDS)})"
            self.reader.fault(place, f'"[[{clean(inside, 60)}]]" is no link; {hint}')
            return ""
        kind, identity = told["kind"], told["id"]
        name = self.names[kind].get(identity)
        if name is None:
            hint = self.reader.did_you_mean(identity, self.names[kind])
            self.reader.fault(place, f'"{clean(identity, 60)}" is not a {kind}{hint}')
            return ""
        return Link(kind, identity, name, told["words"] or name)


def _told_name(place: Place, key: str, default: str) -> str:
    """The title of a page that is not read yet; its faults are told when it is."""
    quiet = Reader(GUIDE_FILE, [])
    return quiet.text(quiet.record(place, (key,)).get(key), default)

"""The guide as stable JSON, `bpo-quiz/guide-list@1` and `bpo-quiz/guide-pages@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.catalogue.guide_model import Bullets, Fact, Link, Metric, Topic, plain_text, sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Part, Prose

LIST_FORMAT = "bpo-quiz/guide-list@1"
PAGES_FORMAT = "bpo-quiz/guide-pages@1"


def guide_list(guide: Guide) -> dict[str, Any]:
    """What there is to read."""
    return {
        "format": LIST_FORMAT,
        "title": guide.title,
        "summary": guide.summary,
        "topics": [{"topic": one.id, "title": one.title, "summary": one.summary} for one in guide.topics.values()],
        "metrics": [{"metric": one.id, "name": one.name} for one in guide.metrics.values()],
    }


def guide_pages(guide: Guide, chosen: Sequence[Topic | Metric]) -> dict[str, Any]:
    """Some pages with the metrics that they show and the sources that they cite."""
    topics = [page for page in chosen if isinstance(page, Topic)]
    shown = {part.id for topic in topics for part in topic.parts() if isinstance(part, Metric)}
    shown |= {page.id for page in chosen if isinstance(page, Metric)}
    return {
        "format": PAGES_FORMAT,
        "title": guide.title,
        "topics": [_topic(topic) for topic in topics],
        "metrics": [_metric(metric) for metric in guide.metrics.values() if metric.id in shown],
        "sources": [_source(guide, key) for key in sources_of(guide, chosen)],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic.id,
        "title": topic.title,
        "also": topic.also,
        "summary": topic.summary,
        "sections": [
            {"heading": section.heading, "parts": [_part(part) for part in section.parts]} for section in topic.sections
        ],
        "actions": [_prose(action) for action in topic.actions],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Metric):
        return {"kind": "metric", "metric": part.id}
    if isinstance(part, Fact):
        return {"kind": "fact", **_fact(part)}
    if isinstance(part, Bullets):
        return {"kind": "steps" if part.numbered else "list", "items": [_prose(item) for item in part.items]}
    return {"kind": "text", **_prose(part.prose)}


def _prose(prose: Prose) -> dict[str, Any]:
    links = [{"kind": piece.kind, "id": piece.id} for piece in prose if isinstance(piece, Link)]
    return {"text": plain_text(prose), "links": links}


def _fact(fact: Fact) -> dict[str, Any]:
    return {**_prose(fact.prose), "source": fact.source, "confidence": fact.confidence}


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "metric": metric.id,
        "name": metric.name,
        "also": metric.also,
        "kpis": metric.kpis,
        "meaning": _prose(metric.meaning),
        "formula": metric.formula,
        "example": metric.example,
        "typical": _fact(metric.typical),
        "misleads": _prose(metric.misleads),
    }


def _source(guide: Guide, key: str) -> dict[str, Any]:
    source = guide.sources[key]
    return {
        "source": key,
        "by": source.by,
        "title": source.title,
        "year": source.year,
        "url": source.url or None,
    }

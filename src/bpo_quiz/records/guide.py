"""The guide as stable JSON, `bpo-quiz/guide-list@1` and `bpo-quiz/guide-pages@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import picked
from bpo_quiz.catalogue.guide_model import Bullets, Fact, Link, Metric, Topic, plain_text, sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Part, Prose, Source

LIST_FORMAT = "bpo-quiz/guide-list@1"
PAGES_FORMAT = "bpo-quiz/guide-pages@1"


def guide_list(guide: Guide) -> dict[str, Any]:
    """What there is to read."""
    return {
        "format": LIST_FORMAT,
        **picked(guide, "title summary"),
        "topics": [{"topic": one.id, **picked(one, "title summary")} for one in guide.topics.values()],
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
        "topics": list(map(_topic, topics)),
        "metrics": [_metric(metric) for metric in guide.metrics.values() if metric.id in shown],
        "sources": [_source(guide.sources[key]) for key in sources_of(guide, chosen)],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic.id,
        **picked(topic, "title also summary"),
        "sections": [{"heading": one.heading, "parts": list(map(_part, one.parts))} for one in topic.sections],
        "actions": list(map(_prose, topic.actions)),
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Metric):
        return {"kind": "metric", "metric": part.id}
    if isinstance(part, Fact):
        return {"kind": "fact", **_fact(part)}
    if isinstance(part, Bullets):
        return {"kind": "steps" if part.numbered else "list", "items": list(map(_prose, part.items))}
    return {"kind": "text", **_prose(part.prose)}


def _prose(prose: Prose) -> dict[str, Any]:
    links = [picked(piece, "kind id") for piece in prose if isinstance(piece, Link)]
    return {"text": plain_text(prose), "links": links}


def _fact(fact: Fact) -> dict[str, Any]:
    return {**_prose(fact.prose), **picked(fact, "source confidence")}


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "metric": metric.id,
        **picked(metric, "name also kpis"),
        "meaning": _prose(metric.meaning),
        **picked(metric, "formula example"),
        "typical": _fact(metric.typical),
        "misleads": _prose(metric.misleads),
    }


def _source(source: Source) -> dict[str, Any]:
    return {"source": source.id, **picked(source, "by title year"), "url": source.url or None}

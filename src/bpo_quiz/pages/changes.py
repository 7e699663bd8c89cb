"""What differs between two catalogues, part by part."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from bpo_quiz.document import Bullets, Document, Paragraph, Section
from bpo_quiz.wording import counted, listed, sentence

if TYPE_CHECKING:
    from bpo_quiz.results.changes import Change, Changes

_KEPT_IDS = "These items ask or offer something else under the same id; saved answers then mean something else: {}."


def page(found: Changes) -> Document:
    """Every change."""
    names = [f"{one.name} {one.version}" for one in (found.before, found.after)]
    title = f"{names[0]} and {names[1]}: {counted(len(found.changes), 'change')}"
    parts = groupby(found.changes, key=lambda change: change.where.partition(".")[0])
    sections = [Section(part, sentence(part), (Bullets(tuple(map(_told, changes))),)) for part, changes in parts]
    if found.items:
        sections.insert(0, Section("ids", "", (Paragraph(_KEPT_IDS.format(listed(found.items)), "warning"),)))
    return Document(title, tuple(sections) or (Section("same", "", (Paragraph("They say the same."),)),))


def _told(change: Change) -> str:
    if change.before is None:
        return f"{change.where}: new, {_value(change.after)}"
    if change.after is None:
        return f"{change.where}: gone; it was {_value(change.before)}"
    return f"{change.where}: was {_value(change.before)}, is {_value(change.after)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            str(value["name"]) if "name" in value else "; ".join(f"{key} {_value(one)}" for key, one in value.items())
        )
    if isinstance(value, tuple):
        return "; ".join(map(_value, value))
    return f'"{value}"' if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)

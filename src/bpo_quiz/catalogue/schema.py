"""JSON Schema of a catalogue's files, from the tables of keys by which they are read; editors complete keys by it.

It says no to the same keys and kinds of value. What goes beyond one value, such as an id that nothing has, only the
reader knows.
"""

from __future__ import annotations

from typing import Any

from bpo_quiz.catalogue.fields import (
    ID,
    LONGEST_ID,
    LONGEST_TEXT,
    NEEDED,
    Checked,
    Choice,
    Each,
    Flag,
    Kind,
    Listed,
    Number,
    OftenEach,
    OftenOne,
    OrUsually,
    Record,
    Table,
    Text,
)
from bpo_quiz.catalogue.model import OFTEN

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def file_schema(file: Record, name: str) -> dict[str, Any]:
    """The schema of a whole file."""
    return {"$schema": _DRAFT, "title": name, **_schema(file)}


def _schema(kind: Kind) -> dict[str, Any]:  # noqa: C901 - one case a kind
    match kind:
        case Text():
            return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": LONGEST_TEXT}
        case Number(low, high, is_whole):
            return {"type": "integer" if is_whole else "number", "minimum": low, "maximum": high}
        case Flag():
            return {"type": "boolean"}
        case Choice(_, tuple(words)):
            return {"enum": [*words]}
        case Choice():
            return {"type": "string"}
        case Listed(of, fewest, most, once):
            return {
                "type": "array", "items": _schema(of), "minItems": fewest, "maxItems": most, "uniqueItems": once,
            }  # fmt: skip
        case Record(_, keys):
            needed = [name for name, key in keys.items() if key.default is NEEDED]
            return _mapping({name: _schema(key.kind) for name, key in keys.items()}) | {"required": needed}
        case Table(_, of):
            names = {"pattern": f"^{ID}$", "maxLength": LONGEST_ID}
            return {"type": "object", "propertyNames": names, "additionalProperties": _schema(of)}
        case Each(_, of):
            return {"type": "object", "additionalProperties": _schema(of)}
        case Checked(like):
            return _schema(like)
        case OftenEach(of):
            each = {word: {"enum": [*OFTEN]} for word in of.words}
            return {"anyOf": [_schema(Listed(of, once=True)), _mapping(each)]}
        case OftenOne():
            return {"enum": [True, False, *OFTEN]}
        case OrUsually(of):
            often = {"level": _schema(of), "often": {"enum": [*OFTEN[:2]]}}
            return {"anyOf": [_schema(of), _mapping(often) | {"required": [*often]}]}
    raise TypeError(kind)


def _mapping(keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "additionalProperties": False}

"""Records are `NamedTuple`s, whose classes are made much faster than frozen dataclasses, at every start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_dict(record: tuple[Any, ...]) -> dict[str, Any]:
    """A record as a dictionary by its fields' names, and so every record inside it."""
    return {name: _as_data(value) for name, value in zip(fields_of(record), record, strict=True)}


def picked(record: object, names: str) -> dict[str, Any]:
    """Some of a record's attributes, named with spaces between, as `as_dict` has them and in this order."""
    return {name: _as_data(getattr(record, name)) for name in names.split()}


def fields_of(record: tuple[Any, ...] | type[tuple[Any, ...]]) -> tuple[str, ...]:
    """The names of a record's fields, or of a kind of record; none for an ordinary tuple."""
    names: tuple[str, ...] = getattr(record, "_fields", ())
    return names


def _as_data(value: Any) -> Any:
    if isinstance(value, tuple):
        return as_dict(value) if fields_of(value) else tuple(map(_as_data, value))
    if isinstance(value, Mapping):
        return {key: _as_data(one) for key, one in value.items()}
    return value

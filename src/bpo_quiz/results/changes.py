"""What differs between two catalogues: every value, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.as_dict import as_dict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue

_KEYS = ("id", "role", "name", "title")
"""What tells the records of a list apart."""


class Change(NamedTuple):
    """A value that differs; None: it is not there, or it is empty."""

    where: str
    before: Any
    after: Any


class Changes(NamedTuple):
    """All of them; `items`: ids of items that both have, and that now ask or offer something else."""

    before: Catalogue
    after: Catalogue
    changes: tuple[Change, ...]
    items: tuple[str, ...]


def compare_catalogues(before: Catalogue, after: Catalogue) -> Changes:
    """What differs, in the order of the files."""
    old, new = ({item.id: item for item in one.items()} for one in (before, after))
    both = [item for item in old if item in new]
    asked = [item for item in both if (old[item].prompt, old[item].options) != (new[item].prompt, new[item].options)]
    one, other = (as_dict(found._replace(sha256="")) for found in (before, after))
    return Changes(before, after, tuple(_changes("", one, other)), tuple(asked))


def _changes(where: str, before: Any, after: Any) -> Iterator[Change]:
    one, other = _by_key(before), _by_key(after)
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _changes(f"{where}.{key}".lstrip("."), one.get(key), other.get(key))
    elif (was := _told(before)) != (now := _told(after)):
        yield Change(where, was, now)


def _told(value: Any) -> Any:
    """A value, or None where nothing is told; 0 and false are told."""
    return value if value or value == 0 else None


def _by_key(value: Any) -> Any:
    """A list of records as a mapping by what tells them apart; another value as it is."""
    records = value if isinstance(value, tuple) and value and all(isinstance(one, dict) for one in value) else ()
    key = next((key for key in _KEYS if records and all(key in one for one in records)), None)
    return {one[key]: one for one in records} if key else value

"""Which items are asked, and in which order."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Item

_SALT = 76  # chosen so that the shipped quiz opens with easy questions


def full_form(catalogue: Catalogue) -> tuple[Item, ...]:
    """Every item, shuffled in the same way for everybody; no two neighbours measure the same.

    The next item is one of the measure with most items left, other than the last one asked; ties go by a hash of the
    item's id, which shuffles without depending on any random generator. That keeps the items of a skill far apart, and
    two neighbours can share a skill only in a catalogue where one skill has more items than all others together.
    """
    left: dict[str, list[Item]] = {}
    for item in catalogue.items():
        left.setdefault(item.measures, []).append(item)
    order: list[Item] = []
    last = ""
    while left:
        allowed = [measure for measure in left if measure != last] or list(left)
        last = min(allowed, key=lambda measure: (-len(left[measure]), _shuffled(left[measure][0].id)))
        order.append(left[last].pop(0))
        if not left[last]:
            del left[last]
    return tuple(order)


def _shuffled(item_id: str) -> bytes:
    return hashlib.sha256(f"{_SALT}:{item_id}".encode()).digest()

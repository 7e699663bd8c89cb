"""The full form: every item, in an order that is the same for everybody."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item

_SALT = 76  # chosen so that the shipped quiz opens with easy questions


class FullForm:
    """Every item. After a quick form it asks the rest."""

    name = "full"

    def __init__(self, catalogue: Catalogue) -> None:
        self.items = full_order(catalogue)

    def next_item(self, asked: Sequence[Item], responses: Mapping[str, int | None]) -> Item | None:
        """The first item of the order that was not asked."""
        used = {item.id for item in asked}
        return next((item for item in self.items if item.id not in used), None)

    def expected(self, asked: int) -> int:
        """How many items the catalogue has."""
        return len(self.items)


def full_order(catalogue: Catalogue) -> tuple[Item, ...]:
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

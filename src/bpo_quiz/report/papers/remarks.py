"""What single answers tell a counsellor: pairs that lie far apart, and questions without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Item

FAR_APART = 3
"""Steps, of four, from which the answers to two questions about one skill are worth a question."""


class Given(NamedTuple):
    """An item (its id and its prompt) and the option that was chosen, in its own words."""

    item: str
    prompt: str
    option: str


class Apart(NamedTuple):
    """A skill whose answers lie far apart: the lowest and the highest, and how many steps, 1-4, are between."""

    skill: str
    low: Given
    high: Given
    steps: int


def far_apart(catalogue: Catalogue, responses: Mapping[str, int | None]) -> tuple[Apart, ...]:
    """The skills with answers at least three steps apart, furthest first."""
    found = []
    for skill in catalogue.skills.values():
        keyed = sorted(_keyed(skill.items, responses), key=lambda pair: pair[0])
        if keyed and (steps := keyed[-1][0] - keyed[0][0]) >= FAR_APART:
            found.append(Apart(skill.id, _given(keyed[0][1], responses), _given(keyed[-1][1], responses), steps))
    return tuple(sorted(found, key=lambda apart: -apart.steps))


def unanswered(catalogue: Catalogue, responses: Mapping[str, int | None]) -> tuple[Item, ...]:
    """Items that were skipped, or were never asked, in the order of the catalogue."""
    return tuple(item for item in catalogue.items() if responses.get(item.id) is None)


def _keyed(items: tuple[Item, ...], responses: Mapping[str, int | None]) -> Iterator[tuple[int, Item]]:
    for item in items:
        value = responses.get(item.id)
        if value is not None:
            yield item.keyed(value), item


def _given(item: Item, responses: Mapping[str, int | None]) -> Given:
    return Given(item.id, item.prompt, item.options[responses[item.id] or 0])

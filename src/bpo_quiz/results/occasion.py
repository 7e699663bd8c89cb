"""What is known of a session beside its result: whose it is, its notes, and what single answers tell a counsellor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.store.talks import Talk

FAR_APART = 3
"""Steps, of four, from which the answers to two questions about one skill are worth a question."""


class SessionNote(NamedTuple):
    """A counsellor's note; `is_about_session`: about this session, else about the client as such."""

    written: str
    text: str
    is_about_session: bool


class Occasion(NamedTuple):
    """The session of a paper; nothing of it is known for answers that were not kept.

    Attributes:
        code: such as `K7M-P3D`.
        date: UTC, when it was finished, or begun while it can go on.
        alias: the client's. tag: of the group.
        is_finished: whether it has all the answers it will have.
        is_rescored: whether another catalogue than the one that was answered gives the result.
        talk: what was agreed.
    """

    code: str | None = None
    date: str | None = None
    alias: str | None = None
    tag: str | None = None
    is_finished: bool = True
    is_rescored: bool = False
    notes: tuple[SessionNote, ...] = ()
    talk: Talk | None = None


NOT_KEPT = Occasion()


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

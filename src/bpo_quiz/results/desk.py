"""What waits on the desk, what needs the counsellor first: agreements, talks, sessions that were left."""

from __future__ import annotations

import shlex
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import of_clients

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.store.connection import Database

Kind = Literal["overdue", "due", "talk", "left", "agreed"]
ORDER: tuple[Kind, ...] = ("overdue", "due", "talk", "left", "agreed")

SOON = timedelta(days=7)
"""Within which an agreement or a talk is close."""


class Waiting(NamedTuple):
    """One thing that waits.

    Attributes:
        kind: an agreement whose day is over, or is near, or any other; a talk; a session that was left.
        client: alias; None for a session of nobody's.
        what: the agreement, or the code of the session.
        day: of the agreement or the talk, or when the session began (UTC); empty: none.
        answered: of a session, how many questions. command: what to type about it.
    """

    kind: Kind
    client: str | None
    what: str
    day: str
    command: str
    answered: int | None = None


class Seen(NamedTuple):
    """A client, and when something of them was last kept (UTC)."""

    alias: str
    seen: str


class Desk(NamedTuple):
    """All of it; `more`: how many things wait that are not listed, `clients`: how many there are."""

    waiting: tuple[Waiting, ...]
    more: int
    seen: tuple[Seen, ...]
    clients: int


NOTHING = Desk((), 0, (), 0)


def desk(database: Database, today: date, limit: int) -> Desk:
    """What waits, at most `limit` of it, and as many clients as were seen last.

    Raises:
        StorageError: something is damaged.
    """
    clients, soon = Clients(database), (today + SOON).isoformat()

    def urgency(one: Waiting) -> tuple[int, str, str]:
        is_far = one.kind == "talk" and one.day > soon
        return len(ORDER) if is_far else ORDER.index(one.kind), one.day or "9", one.client or ""

    every = sorted((*_of_talks(database, clients.aliases(), today), *_left(database)), key=urgency)
    seen = tuple(Seen(*one) for one in clients.seen(limit))
    return Desk(tuple(every[:limit]), max(0, len(every) - limit), seen, clients.count())


def _of_talks(database: Database, aliases: dict[int, str], today: date) -> Iterator[Waiting]:
    soon = (today + SOON).isoformat()
    for number, talk in of_clients(database):
        alias = aliases[number]
        typed = shlex.quote(alias)
        for n, one in talk.open_ones:
            day = one.by or ""
            kind: Kind = "agreed" if not day or day > soon else "due" if day >= today.isoformat() else "overdue"
            yield Waiting(kind, alias, one.text, day, f"client agreed {typed} {n} --done")
        if talk.next is not None:
            yield Waiting("talk", alias, "", talk.next, f"client show {typed}")


def _left(database: Database) -> Iterator[Waiting]:
    for row in Sessions(database).list(is_open=True, limit=database.count("sessions") or 1):
        yield Waiting("left", row.client, row.code, row.started, f"resume {row.code}", row.answered)

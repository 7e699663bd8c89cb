"""What talks with a client led to: agreements, the day of the next talk, and a shortlist of roles."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.as_dict import as_dict
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.store import checksums, records
from bpo_quiz.store.names import long_text
from bpo_quiz.store.records import client_row
from bpo_quiz.store.strict import LONGEST_AGREED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bpo_quiz.store.connection import Database, Row

State = Literal["open", "done", "not yet", "changed"]

MOST_OPEN = 5
"""Agreements that one person can have in mind."""


class Agreement(NamedTuple):
    """Something that a client wants to do.

    Attributes:
        made: when it was agreed, or last agreed anew. by: the day, if there is one.
        state: `not yet` and `changed` are open too. told: when the state was told; None: never.
    """

    made: str
    text: str
    by: str | None = None
    state: State = "open"
    told: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state != "done"


class Mark(NamedTuple):
    """What a person says of a role: that it is to be kept, or is not for them; `why` may be empty."""

    keep: bool
    why: str


class Talk(NamedTuple):
    """All that is kept of it.

    Attributes:
        agreements: in the order they were made; number 1 is the first.
        next: day of the next talk. roles: role id -> mark; it changes no order and no number.
    """

    agreements: tuple[Agreement, ...] = ()
    next: str | None = None
    roles: Mapping[str, Mark] = MappingProxyType({})

    def record(self) -> dict[str, Any]:
        """All of it as JSON for programs."""
        roles = [{"role": role, **as_dict(mark)} for role, mark in self.roles.items()]
        return {"agreements": list(map(as_dict, self.agreements)), "next": self.next, "roles": roles}

    @property
    def open_ones(self) -> tuple[tuple[int, Agreement], ...]:
        """Agreements that are still to be done, each with its number."""
        return tuple((n, one) for n, one in enumerate(self.agreements, 1) if one.is_open)


class Talks:
    """The talk with one owner; made by `with_client` or `about_session`.

    Every method may raise `StorageError`; what it was to change is then as before.
    """

    def __init__(self, database: Database, column: Literal["client", "session"], number: int) -> None:
        self._database, self._column, self._number = database, column, number

    def read(self) -> Talk:
        """What is kept; nothing, mostly."""
        row = self._row()
        return Talk() if row is None else _talk(checksums.sound("talk", row, self._database))

    def agree(self, text: str, by: str | None = None) -> Talk:
        """Keep an agreement.

        Args:
            text: up to 500 characters.
            by: a day, such as `2026-12-03`.

        Raises:
            UsageError: there are five open ones, or the text is empty or too long.
        """
        made = Agreement(records.now(), _short(text, "agreement"), by)

        def change(talk: Talk) -> Talk:
            if len(talk.open_ones) >= MOST_OPEN:
                raise UsageError(f"client agree: {MOST_OPEN} agreements are open already; tell what became of one")
            return talk._replace(agreements=(*talk.agreements, made))

        return self.change(change)

    def settle(self, number: int, state: State | None, text: str = "") -> Talk:
        """Keep what became of an agreement.

        Args:
            number: from 1.
            state: None: it was a slip, and goes.
            text: what it is now, where it was changed.

        Raises:
            NoSuchRecord: there is no such agreement.
            UsageError: the text is empty or too long.
        """

        def change(talk: Talk) -> Talk:
            if not 1 <= number <= len(talk.agreements):
                raise NoSuchRecord(f"{number}: there is no such agreement; bpo-quiz client show ALIAS numbers them")
            before, moment = talk.agreements[number - 1], records.now()
            after = [before._replace(state=state, told=moment)] if state else []
            if state == "changed":
                after = [before._replace(state=state, told=moment, made=moment, text=_short(text, "agreement"))]
            return talk._replace(agreements=(*talk.agreements[: number - 1], *after, *talk.agreements[number:]))

        return self.change(change)

    def mark(self, roles: Mapping[str, Mark], *, anew: bool = False) -> Talk:
        """Keep marks of roles, by their ids; `anew`: and take all others away.

        Raises:
            UsageError: a reason is too long.
        """
        new = {role: mark._replace(why=_short(mark.why, "--why") if mark.why else "") for role, mark in roles.items()}
        return self.change(lambda talk: talk._replace(roles=new if anew else {**talk.roles, **new}))

    def change(self, make: Callable[[Talk], Talk]) -> Talk:
        """Keep what is made of it."""
        with self._database.change():
            before, talk = self._row(), make(self.read())
            ((number,),) = [before[:1]] if before else self._database.rows("SELECT coalesce(max(id), 0) + 1 FROM talks")
            owners = [self._number if column == self._column else None for column in ("client", "session")]
            columns = (number, *owners, records.now(), json.dumps(talk._asdict() | {"roles": dict(talk.roles)}))
            self._database.rows("DELETE FROM talks WHERE id = ?", number)
            if talk != Talk():
                self._database.rows("INSERT INTO talks VALUES (?, ?, ?, ?, ?, ?)", *columns, checksums.digest(columns))
        return talk

    def _row(self) -> Row | None:
        return self._database.row(f"{checksums.TALKS} WHERE {self._column} = ?", self._number)


def with_client(database: Database, alias: str) -> Talks:
    """What the talks with a client led to.

    Raises:
        NoSuchRecord: there is no such client.
    """
    return Talks(database, "client", client_row(database, alias)[0])


def about_session(database: Database, code: str) -> Talks:
    """What the talks about a session led to: those with its client, or its own where it is nobody's.

    Raises:
        NoSuchRecord: there is no such session.
    """
    row = database.row("SELECT client, sequence FROM sessions WHERE code = ?", code)
    if row is None:
        raise checksums.no_session(database, code)
    return Talks(database, "session", row[1]) if row[0] is None else Talks(database, "client", row[0])


def of_clients(database: Database) -> Iterator[tuple[int, Talk]]:
    """Every client's number and talk, of those who have one."""
    for row in database.rows(f"{checksums.TALKS} WHERE client IS NOT NULL"):
        yield row[1], _talk(checksums.sound("talk", row, database))


def _talk(read: Row) -> Talk:
    told = read[4]
    agreements = tuple(Agreement(*one) for one in told["agreements"])
    return Talk(agreements, told["next"], {role: Mark(*mark) for role, mark in told["roles"].items()})


def _short(text: str, what: str) -> str:
    kept = " ".join(long_text(text, what).split())
    if len(kept) > LONGEST_AGREED:
        raise UsageError(f"{what}: has {len(kept):,} characters; shorten it to {LONGEST_AGREED}")
    return kept

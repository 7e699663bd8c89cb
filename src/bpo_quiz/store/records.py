"""Records as they lie in the store, how they are found, numbered and dated, and sessions as others see them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.clean import clean
from bpo_quiz.store import checksums
from bpo_quiz.store.names import fold, loose, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.answers.model import Response, Responses
    from bpo_quiz.store.connection import Database, Row


class Session(NamedTuple):
    """A session that was begun: its code `ABC-DEF`, and its number in the order of all sessions."""

    code: str
    sequence: int


class StoredSession(NamedTuple):
    """All that is kept of a session.

    Attributes:
        client: alias; None for a session of nobody's.
        responses: item id -> value 0-4 or None, in the order of the questions.
        times: item id -> seconds, 0-120.
        started: UTC, for people to read; order goes by `sequence`.
        finished: as `started`; None while it can go on.
        about_done: keys of the questions about the person that are done, skipped ones too; None: all.
    """

    sequence: int
    code: str
    client: str | None
    catalogue_sha256: str
    form: str
    tag: str | None
    started: str
    finished: str | None
    about: About
    about_done: tuple[str, ...] | None
    responses: Responses
    times: Mapping[str, float]

    @property
    def answers(self) -> Answers:
        """What a result is computed from."""
        return Answers(self.responses, self.about, self.form, self.times)


class SessionRow(NamedTuple):
    """A session in a list; `answered` counts responses with a value, None when the record is damaged."""

    sequence: int
    code: str
    client: str | None
    form: str
    tag: str | None
    started: str
    finished: str | None
    answered: int | None

    @property
    def is_damaged(self) -> bool:
        """Whether its checksum does not hold."""
        return self.answered is None


class Record(NamedTuple):
    """A row of the table `sessions` together with its answers; `touched` grows with every change in the store."""

    sequence: int
    code: str
    client: int | None
    catalogue: str
    form: str
    tag: str | None
    folded_tag: str | None
    started: str
    finished: str | None
    touched: int
    about: Mapping[str, Any]
    about_done: tuple[str, ...] | None
    responses: Mapping[str, Response]

    def columns(self) -> tuple[Any, ...]:
        """The values of the table, in the order of `checksums.SESSIONS`, without answers and checksum."""
        return self[: self._fields.index("about")]

    def packed(self) -> bytes:
        """The answers as they are stored."""
        responses = [[one.item, one.position, one.value, one.seconds] for one in self.responses.values()]
        record = {"about": self.about, "about_done": self.about_done, "responses": responses}
        text = json.dumps(record, separators=(",", ":"))
        return checksums.packed(text.encode("ascii"))

    def seen(self, alias: str | None) -> StoredSession:
        """The session as others see it."""
        ordered = sorted(self.responses.values(), key=lambda one: one.position)
        return StoredSession(
            sequence=self.sequence,
            code=self.code,
            client=alias,
            catalogue_sha256=self.catalogue,
            form=self.form,
            tag=self.tag,
            started=self.started,
            finished=self.finished,
            about=_about(self.about),
            about_done=self.about_done,
            responses={one.item: one.value for one in ordered},
            times={one.item: one.seconds for one in ordered if one.seconds is not None},
        )


def _about(told: Mapping[str, Any]) -> About:
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return About(**known)


def in_list(row: Row, client: Row | None) -> SessionRow:
    """A row of `checksums.SESSIONS`, and its client's, for a list; damaged or not."""
    sequence, code, _, _, form, tag, _, started, finished, *_ = row
    answered, kept = None, checksums.read("session", row)
    if kept is not None and (client is None or checksums.read("client", client) is not None):
        answered = sum(one.value is not None for one in Record(*kept).responses.values())
    texts = (None if text is None else clean(str(text), 60) for text in (tag, finished, client and client[1]))
    tag, finished, alias = texts
    code, form, started = (clean(str(text), 60) for text in (code, form, started))
    return SessionRow(sequence, code, alias, form, tag, started, finished, answered)


def find_client(database: Database, alias: str) -> Row | None:
    """A client's row of `checksums.CLIENTS`, not verified; None if there is no such client."""
    return database.row(f"{checksums.CLIENTS} WHERE folded = ?", fold(typed(alias, "alias")))


def client_row(database: Database, alias: str) -> Row:
    """A client's row of `checksums.CLIENTS`, not verified.

    Raises:
        NoSuchRecord: there is no such client.
        UsageError: that can be no alias; or another looks like it, and nobody says that it is meant.
    """
    row = find_client(database, database.meant.get(alias, alias))
    if row is None:
        like = alike(database, alias)
        if like is not None:
            database.means(alias, like)
            return client_row(database, like)
        words = f"{typed(alias, 'alias')}: there is no such client; bpo-quiz client list shows all"
        raise checksums.absent(database, words)
    return row


def alike(database: Database, alias: str) -> str | None:
    """The alias of a client that looks like this one, and is another; None without one."""
    wanted = loose(typed(alias, "alias"))
    rows = database.rows("SELECT alias FROM clients WHERE folded != ?", fold(typed(alias, "alias"))) if wanted else []
    return next((str(kept) for (kept,) in rows if loose(str(kept)) == wanted), None)


def verified_client(database: Database, row: Row) -> Row:
    """A client's row.

    Raises:
        StorageError: it is not as it was written.
    """
    return checksums.sound("client", row, database)


def next_number(database: Database, table: str) -> int:
    """One more than any record of the table ever had, also those that were removed."""
    ((number,),) = database.rows(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ? AND typeof(seq) = 'integer'", table
    )
    return (number or 0) + 1


def now() -> str:
    """This moment, such as `2026-11-22T16:58:03+00:00`: for people to read; order goes by number, as clocks jump."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def today() -> str:
    """This day, such as `2026-11-22`."""
    return now()[:10]

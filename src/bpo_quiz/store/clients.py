"""Clients: an alias, what they agreed to, and the counsellor's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.answer_file import to_record
from bpo_quiz.errors import NoSuchRecord, StorageError, UsageError
from bpo_quiz.store import checksums, clock, upkeep
from bpo_quiz.store.holds import holds_of_client
from bpo_quiz.store.lookup import client_row, find_client, next_number, verified_client
from bpo_quiz.store.sessions import Sessions, drop_unused_catalogues
from bpo_quiz.store.text import fold, long_text, name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.store.connection import Database, Row
    from bpo_quiz.store.records import StoredSession

FORMAT = "bpo-quiz/client@1"


class Client(NamedTuple):
    """A person who comes back.

    Attributes:
        added: UTC, for people to read, as all times here.
        consent_words: what the person agreed to, word for word. consent_at: when.
        sessions: how many there are. latest: when the newest began; None without one.
    """

    alias: str
    added: str
    consent_words: str
    consent_at: str
    sessions: int
    latest: str | None


class Note(NamedTuple):
    """What the counsellor wrote; `code` is the session it is about, if any."""

    written: str
    text: str
    code: str | None


class Forgotten(NamedTuple):
    """What was removed for good.

    Attributes:
        clients, sessions, notes: how many records.
        backups: how many backups were replaced by a fresh one.
        may_remain: files of ours that may still tell something and that only a person can judge: damaged stores that
            were set aside. Backups and exports in other places are not ours to know.
    """

    clients: int
    sessions: int
    notes: int
    backups: int
    may_remain: tuple[Path, ...]


class Clients:
    """The clients of a store; an alias is found however it is typed.

    Every method may raise `StorageError`; what it was to change is then as before. Where an alias is given,
    `NoSuchRecord` says that there is no such client.
    """

    def __init__(self, connection: Database) -> None:
        self._database = connection

    def add(self, alias: str, consent_words: str) -> Client:
        """Keep a new client, who has just agreed to these words.

        Raises:
            UsageError: the alias is taken, or is no short text.
        """
        kept, moment = name(alias, "alias"), clock.now()
        words = long_text(consent_words, "consent")
        with self._database.change():
            if find_client(self._database, kept) is not None:
                raise UsageError(f"{kept}: there is a client with this alias already; choose another")
            number = next_number(self._database, "clients")
            columns = (number, kept, fold(kept), moment, words, moment)
            self._database.rows("INSERT INTO clients VALUES (?, ?, ?, ?, ?, ?, ?)", *columns, checksums.digest(columns))
        return self.get(kept)

    def get(self, alias: str) -> Client:
        """A client."""
        return self._seen(client_row(self._database, alias))

    def list(self, search: str | None = None, limit: int = 20) -> tuple[Client, ...]:
        """Clients by alias; `search`: only those with this in their alias."""
        condition, values = ("TRUE", ()) if search is None else ("instr(folded, ?)", (fold(search.strip()),))
        rows = self._database.rows(f"{checksums.CLIENTS} WHERE {condition} ORDER BY folded LIMIT ?", *values, limit)
        return tuple(self._seen(row) for row in rows)

    def count(self) -> int:
        """How many clients there are."""
        ((number,),) = self._database.rows("SELECT count(*) FROM clients")
        return int(number)

    def note(self, alias: str, text: str, code: str | None = None) -> None:
        """Keep a note about a client, or about one of their sessions.

        Raises:
            NoSuchRecord: there is no such client, or they have no such session.
            UsageError: the text is empty or too long.
        """
        kept = long_text(text, "note")
        with self._database.change():
            client = client_row(self._database, alias)[0]
            if code is not None and not self._has(client, code):
                raise NoSuchRecord(f"{code}: is no session of this client")
            columns = (next_number(self._database, "notes"), client, code, clock.now(), kept)
            self._database.rows("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)", *columns, checksums.digest(columns))

    def notes(self, alias: str) -> tuple[Note, ...]:
        """The notes about a client in the order they were written."""
        client = client_row(self._database, alias)[0]
        rows = self._database.rows(f"{checksums.NOTES} WHERE client = ? ORDER BY id", client)
        sound = (checksums.sound(row, f"note {row[0]}", self._database) for row in rows)
        return tuple(Note(written, text, code) for _, _, code, written, text, _ in sound)

    def sessions(self, alias: str) -> tuple[StoredSession, ...]:
        """All sessions of a client in the order they began."""
        client = client_row(self._database, alias)[0]
        codes = self._database.rows("SELECT code FROM sessions WHERE client = ? ORDER BY sequence", client)
        return tuple(Sessions(self._database).get(code) for (code,) in codes)

    def export(self, alias: str) -> dict[str, Any]:
        """Everything that is kept about a client, as one JSON record."""
        client = self.get(alias)
        return {
            "format": FORMAT,
            "alias": client.alias,
            "added": client.added,
            "consent": {"words": client.consent_words, "given": client.consent_at},
            "notes": [{"written": note.written, "session": note.code, "text": note.text} for note in self.notes(alias)],
            "sessions": [_exported(session) for session in self.sessions(alias)],
        }

    def forget(self, alias: str) -> Forgotten:
        """Remove a client with all sessions and notes for good, also from the backups.

        Killed anywhere after the first commit, the rest is done when the store is opened again.

        Raises:
            StorageError: a session of theirs is open in another window; nothing was removed.
        """
        return self._remove((alias,))

    def due(self, older_than_months: int) -> tuple[str, ...]:
        """Aliases of the clients of whom nothing was added, answered or noted for so many months."""
        rows = self._database.rows(
            "SELECT alias FROM clients WHERE max(added,"
            " (SELECT coalesce(max(max(started, coalesce(finished, ''))), '') FROM sessions WHERE client = clients.id),"
            " (SELECT coalesce(max(written), '') FROM notes WHERE client = clients.id)) < ? ORDER BY folded",
            clock.months_ago(older_than_months),
        )
        return tuple(str(alias) for (alias,) in rows)

    def purge(self, older_than_months: int, shown: tuple[str, ...]) -> Forgotten:
        """Forget the clients that are `due`.

        Args:
            older_than_months: as for `due`.
            shown: what `due` said when a person was asked, because a wrong clock makes everyone due.

        Raises:
            UsageError: others are due by now; nothing was removed.
        """
        return self._remove(shown, lambda: self.due(older_than_months) == shown)

    def _remove(self, aliases: tuple[str, ...], still_holds: Callable[[], bool] = lambda: True) -> Forgotten:
        if not aliases:
            return Forgotten(0, 0, 0, 0, ())
        sessions = notes = 0
        with self._database.change():
            if not still_holds():
                raise UsageError("client purge: who is due has changed meanwhile, so nothing was removed; run it again")
            for alias in aliases:
                more_sessions, more_notes = self._delete(alias)
                sessions, notes = sessions + more_sessions, notes + more_notes
            drop_unused_catalogues(self._database)
            upkeep.leave_work(self._database)
        replaced = upkeep.finish_work(self._database)
        return Forgotten(len(aliases), sessions, notes, replaced, upkeep.set_aside_stores(self._database))

    def _delete(self, alias: str) -> tuple[int, int]:
        """Delete a client, whose sessions and notes go with it; how many these were."""
        number = client_row(self._database, alias)[0]
        for held in holds_of_client(self._database, number):
            raise StorageError(held.refusal)
        ((sessions,),) = self._database.rows("SELECT count(*) FROM sessions WHERE client = ?", number)
        ((notes,),) = self._database.rows("SELECT count(*) FROM notes WHERE client = ?", number)
        self._database.rows("DELETE FROM clients WHERE id = ?", number)
        return sessions, notes

    def _has(self, client: int, code: str) -> bool:
        return bool(self._database.row("SELECT 1 FROM sessions WHERE client = ? AND code = ?", client, code))

    def _seen(self, row: Row) -> Client:
        number, alias, _, added, words, moment, _ = verified_client(self._database, row)
        ((sessions,),) = self._database.rows("SELECT count(*) FROM sessions WHERE client = ?", number)
        newest = self._database.row(
            "SELECT started FROM sessions WHERE client = ? ORDER BY sequence DESC LIMIT 1", number
        )
        return Client(alias, added, words, moment, sessions, newest[0] if newest else None)


def _exported(session: StoredSession) -> dict[str, Any]:
    return {
        "code": session.code,
        "started": session.started,
        "finished": session.finished,
        "tag": session.tag,
        "catalogue_sha256": session.catalogue_sha256,
        "answers": to_record(session.answers),
    }

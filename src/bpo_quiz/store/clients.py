"""Clients: an alias, what they agreed to, and the counsellor's notes."""

from __future__ import annotations

import calendar
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.answer_file import to_record
from bpo_quiz.clean import clean
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.store import checksums, records, removal, talks
from bpo_quiz.store.connection import refuse_held
from bpo_quiz.store.names import fold, long_text, name
from bpo_quiz.store.records import client_row, find_client, next_number, verified_client
from bpo_quiz.store.removal import Removed
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.store.connection import Database, Row
    from bpo_quiz.store.records import StoredSession

FORMAT = "bpo-quiz/client@1"
_SEEN = (
    "max(added,"
    " (SELECT coalesce(max(max(started, coalesce(finished, ''))), '') FROM sessions WHERE client = clients.id),"
    " (SELECT coalesce(max(written), '') FROM notes WHERE client = clients.id),"
    " (SELECT coalesce(max(changed), '') FROM talks WHERE client = clients.id))"
)
"""When something of a client was last kept."""


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
        kept, moment = name(alias, "alias"), records.now()
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
        return self._database.count("clients")

    def note(self, alias: str, text: str, code: str | None = None) -> None:
        """Keep a note about a client, or about one of their sessions.

        Raises:
            NoSuchRecord: there is no such client, or they have no such session.
            UsageError: the text is empty or too long.
        """
        kept = long_text(text, "note")
        with self._database.change():
            client = self._number(alias)
            if code and not self._database.count("sessions WHERE client = ? AND code = ?", client, code):
                raise NoSuchRecord(f"{code}: is no session of this client")
            self._keep_note((next_number(self._database, "notes"), client, code, records.now(), kept))

    def edit_note(self, alias: str, number: int, text: str | None) -> Removed:
        """Replace a note, by its number from 1, or remove it (None), also in the backups.

        Raises:
            NoSuchRecord: there is no such note.
            UsageError: the text is empty or too long.
        """
        kept = None if text is None else long_text(text, "note")

        def change() -> tuple[int, int, int]:
            rows = self._database.rows(f"{checksums.NOTES} WHERE client = ? ORDER BY id", self._number(alias))
            if not 1 <= number <= len(rows):
                raise NoSuchRecord(f"{number}: there is no such note; bpo-quiz client show ALIAS numbers them")
            columns = checksums.sound("note", rows[number - 1], self._database)[:4]
            self._database.rows("DELETE FROM notes WHERE id = ?", columns[0])
            if kept is not None:
                self._keep_note((*columns, kept))
            return 0, 0, int(kept is None)

        return removal.for_good(self._database, change)

    def rename(self, alias: str, new: str) -> Removed:
        """Give a client another alias, also in the backups.

        Raises:
            UsageError: another client has it, or it is no short text.
        """
        kept = name(new, "alias")

        def change() -> tuple[int, int, int]:
            number, _, _, *rest, _ = verified_client(self._database, client_row(self._database, alias))
            found = find_client(self._database, kept)
            if found is not None and found[0] != number:
                raise UsageError(f"{kept}: there is a client with this alias already; choose another")
            seal = checksums.digest((number, kept, fold(kept), *rest))
            values = (kept, fold(kept), seal, number)
            self._database.rows("UPDATE clients SET alias = ?, folded = ?, checksum = ? WHERE id = ?", *values)
            return 0, 0, 0

        return removal.for_good(self._database, change)

    def move(self, code: str, alias: str) -> Removed:
        """Make a session that of a client, with the notes about it and the marks of roles, also in the backups.

        Raises:
            NoSuchRecord: there is no such session, or no such client.
            StorageError: it is open in another window; nothing was changed.
        """

        def change() -> tuple[int, int, int]:
            number, sessions = self._number(alias), Sessions(self._database)
            session = sessions.get(code)
            marks = talks.about_session(self._database, code).read() if session.client is None else Talk()
            refuse_held(self._database, "session = ?", session.sequence)
            sessions.give_to(code, number)
            talks.with_client(self._database, alias).change(
                lambda talk: talk._replace(roles={**marks.roles, **talk.roles})
            )
            self._database.rows("DELETE FROM talks WHERE session = ?", session.sequence)
            for row in self._database.rows(f"{checksums.NOTES} WHERE code = ?", code):
                note, _, *rest, _ = checksums.sound("note", row, self._database)
                self._database.rows("DELETE FROM notes WHERE id = ?", note)
                self._keep_note((note, number, *rest))
            return 0, 0, 0

        return removal.for_good(self._database, change)

    def _number(self, alias: str) -> int:
        return int(client_row(self._database, alias)[0])

    def _keep_note(self, columns: Row) -> None:
        self._database.rows("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)", *columns, checksums.digest(columns))

    def notes(self, alias: str) -> tuple[Note, ...]:
        """The notes about a client in the order they were written."""
        client = self._number(alias)
        rows = self._database.rows(f"{checksums.NOTES} WHERE client = ? ORDER BY id", client)
        sound = (checksums.sound("note", row, self._database) for row in rows)
        return tuple(Note(written, text, code) for _, _, code, written, text, _ in sound)

    def sessions(self, alias: str) -> tuple[StoredSession, ...]:
        """All sessions of a client in the order they began."""
        client = self._number(alias)
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
            "talk": talks.with_client(self._database, alias).read().record(),
            "notes": [{"written": note.written, "session": note.code, "text": note.text} for note in self.notes(alias)],
            "sessions": [_exported(session) for session in self.sessions(alias)],
        }

    def forget(self, alias: str) -> Removed:
        """Remove a client with all sessions and notes for good, also from the backups.

        Raises:
            StorageError: a session of theirs is open in another window; nothing was removed.
        """
        return removal.for_good(self._database, lambda: self._delete((alias,)))

    def due(self, before: str) -> tuple[str, ...]:
        """Aliases of the clients of whom nothing was added, answered, noted or agreed since a moment."""
        rows = self._database.rows(
            f"SELECT alias FROM clients WHERE {_SEEN} < ? ORDER BY folded",  # noqa: S608 - words of ours
            before,
        )
        return tuple(str(alias) for (alias,) in rows)

    def seen(self, limit: int) -> Iterator[Row]:
        """Aliases and when something was last added, answered, noted or agreed, the latest first."""
        rows = f"SELECT alias, {_SEEN} AS seen FROM clients ORDER BY seen DESC LIMIT ?"  # noqa: S608 - words of ours
        yield from self._database.rows(rows, limit)

    def aliases(self) -> dict[int, str]:
        """Every client's number and alias."""
        return dict(self._database.rows("SELECT id, alias FROM clients"))

    def nobodys_due(self, before: str) -> tuple[str, ...]:
        """Codes of the sessions of nobody's that were begun and finished before a moment."""
        rows = self._database.rows(
            "SELECT code FROM sessions WHERE client IS NULL AND max(started, coalesce(finished, '')) < ?"
            " ORDER BY sequence",
            before,
        )
        return tuple(str(code) for (code,) in rows)

    def purge(self, before: str, shown: tuple[str, ...], nobodys: tuple[str, ...] = ()) -> Removed:
        """Forget the clients that are `due`, and remove the sessions that are `nobodys_due`.

        Args:
            before: as for `due`.
            shown: what `due` said when a person was asked, because a wrong clock makes everyone due.
            nobodys: likewise.

        Raises:
            UsageError: others are due by now; nothing was removed.
        """

        def delete() -> tuple[int, int, int]:
            if self.due(before) != shown or self.nobodys_due(before) != nobodys:
                raise UsageError("client purge: who is due has changed meanwhile, so nothing was removed; run it again")
            for code in nobodys:
                refuse_held(self._database, "code = ?", code)
                self._database.rows("DELETE FROM sessions WHERE code = ?", code)
            clients, sessions, notes = self._delete(shown)
            return clients, sessions + len(nobodys), notes

        return removal.for_good(self._database, delete) if shown or nobodys else Removed(0, 0, 0, 0, ())

    def _delete(self, aliases: tuple[str, ...]) -> tuple[int, int, int]:
        """Delete clients, whose sessions and notes go with them; how many records these were."""
        sessions = notes = 0
        for alias in aliases:
            number = client_row(self._database, alias)[0]
            refuse_held(self._database, "client = ?", number)
            sessions += self._database.count("sessions WHERE client = ?", number)
            notes += self._database.count("notes WHERE client = ?", number)
            self._database.rows("DELETE FROM clients WHERE id = ?", number)
        return len(aliases), sessions, notes

    def _seen(self, row: Row) -> Client:
        number, alias, _, added, words, moment, _ = verified_client(self._database, row)
        sessions = self._database.count("sessions WHERE client = ?", number)
        newest = self._database.row(
            "SELECT started FROM sessions WHERE client = ? ORDER BY sequence DESC LIMIT 1", number
        )
        return Client(alias, added, words, moment, sessions, clean(str(newest[0]), 60) if newest else None)


def months_before(moment: str, months: int) -> str:
    """The moment so many months earlier, in the form of `records.now`; on the last day of a month that is too short."""
    now = datetime.fromisoformat(moment)
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    year = max(1, years)
    day = min(now.day, calendar.monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day).isoformat(timespec="seconds")


def _exported(session: StoredSession) -> dict[str, Any]:
    return {
        "code": session.code,
        "started": session.started,
        "finished": session.finished,
        "tag": session.tag,
        "catalogue_sha256": session.catalogue_sha256,
        "answers": to_record(session.answers),
    }

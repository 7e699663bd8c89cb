"""Removing for good: the file is rewritten, and backups that still knew are replaced by a fresh one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import AND_GO_ON, shown, told
from bpo_quiz.store import backups, checksums
from bpo_quiz.store.connection import connect, refuse_held
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bpo_quiz.store.connection import Database

_FORGET = "forget"


class Removed(NamedTuple):
    """What was removed for good.

    Attributes:
        clients, sessions, notes: how many records.
        backups: how many backups were replaced by a fresh one.
        may_remain: damaged stores that were set aside; they may still tell something, and only a person can judge that.
            Backups and exports in other places are not ours to know.
    """

    clients: int
    sessions: int
    notes: int
    backups: int
    may_remain: tuple[Path, ...]


def notes_about(database: Database, code: str) -> int:
    """How many notes name the session."""
    return database.count("notes WHERE code = ?", code)


def remove_session(database: Database, code: str) -> Removed:
    """Remove a session, damaged or not, with the notes about it; its client stays.

    Raises:
        NoSuchRecord: there is no such session.
        StorageError: it is open in another window; nothing was removed.
    """

    def delete() -> tuple[int, int, int]:
        row = database.row("SELECT sequence FROM sessions WHERE code = ?", code)
        if row is None:
            raise checksums.no_session(database, code)
        refuse_held(database, "session = ?", row[0])
        notes = notes_about(database, code)
        database.rows("DELETE FROM notes WHERE code = ?", code)
        database.rows("DELETE FROM sessions WHERE sequence = ?", row[0])
        return 0, 1, notes

    return for_good(database, delete)


def for_good(database: Database, delete: Callable[[], tuple[int, int, int]]) -> Removed:
    """Delete in one change, then see to it that no file of ours still knows.

    Killed anywhere after that change, the rest is done when the store is opened again.

    Args:
        database: the store.
        delete: deletes, and says how many clients, sessions and notes these were.

    Raises:
        StorageError: nothing was removed; or it was, and the message says what waits.
    """
    with database.change():
        counts = delete()
        database.rows("DELETE FROM catalogues WHERE sha256 NOT IN (SELECT catalogue FROM sessions)")
        database.rows("INSERT OR IGNORE INTO unfinished_work VALUES (?)", _FORGET)
    replaced = finish_work(database)
    return Removed(*counts, replaced, tuple(backups.set_aside_stores(database.file.parent)))


def has_work(database: Database) -> bool:
    """Whether a process was killed before it had finished forgetting."""
    return database.row("SELECT 1 FROM unfinished_work WHERE name = ?", _FORGET) is not None


def finish_work(database: Database) -> int:
    """Rewrite the store, make a fresh backup, and drop the older ones; how many these were.

    Raises:
        StorageError: it was not finished, and will be when the store is opened again; the message says what waits.
    """
    older = backups.all_backups(database.file.parent)
    try:
        database.rows("VACUUM")
        backups.back_up(database)
        backups.drop(older)
        with database.change():
            database.rows("DELETE FROM unfinished_work WHERE name = ?", _FORGET)
    except StorageError as error:
        cause = str(error).removesuffix(AND_GO_ON)
        knows = f"{counted(len(older), 'backup')} may still tell of it" if older else "its bytes may still be there"
        done = f"{shown(database.file)}: done here, but not yet for good: {knows}"
        finishing = "then bpo-quiz doctor, or the same command again, finishes it"
        raise StorageError(f"{done}; {cause}; {finishing}") from error
    return len(older)


def finish_waiting(home: Path) -> str:
    """Finish what an earlier call could not; why it still waits, empty when it is done."""
    file = home / backups.FILE
    try:
        with told(file), contextlib.closing(connect(file)) as database:
            finish_work(database)
    except StorageError as error:
        return str(error)
    return ""

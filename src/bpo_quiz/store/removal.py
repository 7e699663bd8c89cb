"""Removing for good: the file is rewritten, and backups that still knew are replaced by a fresh one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.store import backups, checksums
from bpo_quiz.store.connection import refuse_held

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
        StorageError: it was not finished, and will be when the store is opened again.
    """
    older = backups.all_backups(database.file.parent)
    database.rows("VACUUM")
    backups.back_up(database)
    backups.drop(older)
    with database.change():
        database.rows("DELETE FROM unfinished_work WHERE name = ?", _FORGET)
    return len(older)

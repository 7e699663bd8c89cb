"""Removing one session for good, also from our own backups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.errors import NoSuchRecord, StorageError
from bpo_quiz.store import checksums, upkeep
from bpo_quiz.store.holds import holder
from bpo_quiz.store.sessions import drop_unused_catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database


class Removed(NamedTuple):
    """What went with a session; `backups` and `may_remain` as in `clients.Forgotten`."""

    notes: int
    backups: int
    may_remain: tuple[Path, ...]


def notes_about(database: Database, code: str) -> int:
    """How many notes name the session."""
    ((number,),) = database.rows("SELECT count(*) FROM notes WHERE code = ?", code)
    return int(number)


def remove_session(database: Database, code: str) -> Removed:
    """Remove a session, damaged or not, with the notes about it; its client stays.

    Killed anywhere after the first commit, the rest is done when the store is opened again.

    Raises:
        NoSuchRecord: there is no such session.
        StorageError: it is open in another window; nothing was removed.
    """
    with database.change():
        row = database.row("SELECT sequence FROM sessions WHERE code = ?", code)
        if row is None:
            checksums.refuse_damage(database)
            raise NoSuchRecord(f"{code}: there is no such session; bpo-quiz list shows all")
        held = holder(database, row[0])
        if held is not None:
            raise StorageError(held.refusal)
        notes = notes_about(database, code)
        database.rows("DELETE FROM notes WHERE code = ?", code)
        database.rows("DELETE FROM sessions WHERE sequence = ?", row[0])
        drop_unused_catalogues(database)
        upkeep.leave_work(database)
    return Removed(notes, upkeep.finish_work(database), upkeep.set_aside_stores(database))

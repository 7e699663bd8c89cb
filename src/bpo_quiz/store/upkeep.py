"""What makes forgetting final: the file is rewritten, and backups that still knew are replaced by a fresh one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.store import backups

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database

_FORGET = "forget"


def leave_work(database: Database) -> None:
    """Note that something was deleted for good; inside the change that deletes it."""
    database.rows("INSERT OR IGNORE INTO unfinished_work VALUES (?)", _FORGET)


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


def set_aside_stores(database: Database) -> tuple[Path, ...]:
    """Damaged stores that were set aside: they may still tell something, and only a person can judge that."""
    return tuple(sorted(database.file.parent.glob("*.damaged-*")))

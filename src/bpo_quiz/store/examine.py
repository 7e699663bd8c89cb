"""What a file in the store's place is: a good store, a damaged one, or none of ours."""

from __future__ import annotations

import contextlib
import enum
import sqlite3
from typing import TYPE_CHECKING

from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import is_damage
from bpo_quiz.store import checksums
from bpo_quiz.store.connection import APPLICATION_ID, Database, connect, pragma
from bpo_quiz.store.migrations import NEWEST, has_schema_of

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_MARK_AT = 68  # of the application id, in the header

# Bytes, some 30,000 sessions; beyond, comparing the indexes with the tables as well would make every start wait.
_LARGE = 32 * 1024 * 1024


class State(enum.StrEnum):
    """What a file is, in words that follow its name."""

    good = "is a good store"
    emptied = "is empty, and a store never is; something emptied it"
    foreign = "is not a store of bpo-quiz, or its first bytes are damaged"
    newer = f"was written by a newer bpo-quiz, with schema {{version}}; this one knows schema {NEWEST}"
    damaged = "is damaged"


def examined(file: Path, *, read_only: bool = False, in_passing: bool = False) -> tuple[State, Database | None]:
    """What the file is, and a connection if it is a good store; nothing is changed.

    Args:
        file: an ordinary file.
        read_only: how it is opened.
        in_passing: leave the pages of a large store out, for who only reads: each record is verified when it is read.

    Only its structure is looked at, not every record.

    Raises:
        sqlite3.Error, OSError: it cannot be told, because of a lock or the disk.
    """
    state = _by_header(file)
    if state is not State.good:
        return state, None
    database: Database | None = None
    try:
        database = _connected(file, read_only)
        state = _by_content(database, in_passing)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        state = State.damaged
    finally:
        if database is not None and state is not State.good:
            database.close()
    return state, database if state is State.good else None


def fault_of(file: Path) -> str | None:
    """What is wrong with a store's file, every record looked at; None if nothing is."""
    try:
        if not file.is_file():
            return "is not a file"
        state, database = examined(file, read_only=True)
        if database is None:
            return in_words(file, state)
        with contextlib.closing(database):
            name = next(checksums.unsound(database), None) if _is_newest(database) else None
    except (sqlite3.Error, OSError, ValueError, StorageError):
        return "cannot be read"
    return None if name is None else f"{name} is damaged"


def in_words(file: Path, state: State) -> str:
    """The state as it follows the file's name."""
    return state.format(version=_version_in_header(file))


def _by_header(file: Path) -> State:
    """Looked at before SQLite opens the file, which would finish what another program left half done in its own."""
    with file.open("rb") as stream:
        start = stream.read(_MARK_AT + 4)
    if not start:
        return State.emptied
    is_cut_short = len(start) < _MARK_AT + 4 and start[: len(_MAGIC)] == _MAGIC[: len(start)]
    return State.good if is_cut_short or start[_MARK_AT:] == APPLICATION_ID.to_bytes(4) else State.foreign


def _version_in_header(file: Path) -> int:
    with file.open("rb") as stream:
        return int.from_bytes(stream.read(64)[60:])


def _connected(file: Path, read_only: bool) -> Database:
    try:
        return connect(file, read_only=read_only)
    except sqlite3.Error as error:
        if not read_only or getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    connect(file).close()  # undoes what a killed process left half done
    return connect(file, read_only=True)


def _by_content(database: Database, in_passing: bool) -> State:
    database.execute("BEGIN")  # nobody changes the file while it is looked at
    try:
        size = database.file.stat().st_size
        if size < _told_size(database) or not _has_good_pages(database, size, in_passing):
            return State.damaged
        version = pragma(database, "user_version")
        if version > NEWEST:
            return State.newer
        return State.good if has_schema_of(database, version) else State.damaged
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


def _has_good_pages(database: Database, size: int, in_passing: bool) -> bool:
    if in_passing and size >= _LARGE:
        return True
    check = "integrity_check" if size < _LARGE else "quick_check"
    return database.execute(f"PRAGMA {check}(1)").fetchall() == [("ok",)]


def _told_size(database: Database) -> int:
    """What the file's size should be; SQLite takes the missing end of a last page for zeros."""
    return pragma(database, "page_count") * pragma(database, "page_size")


def _is_newest(database: Database) -> bool:
    return pragma(database, "user_version") == NEWEST

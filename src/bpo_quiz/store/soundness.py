"""What a file in the store's place is, and whether all in it is sound; looks, and changes nothing."""

from __future__ import annotations

import contextlib
import enum
import os
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import is_damage, storage_error
from bpo_quiz.files.safe import journal_of, refuse_strange
from bpo_quiz.store import checksums
from bpo_quiz.store.connection import APPLICATION_ID, connect, pragma
from bpo_quiz.store.migrations import NEWEST, has_schema_of

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database

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


class Count(NamedTuple):
    """How many records of a kind are as they were written, or are not."""

    kind: checksums.Kind
    good: int
    bad: int


class Soundness(NamedTuple):
    """What was found.

    Attributes:
        is_there: whether there is a store at all.
        state: what the file is; None when that cannot be told.
        fault: why no record could be looked at, as one line; None when they were.
        waits: whether a change that a killed process left half done waits to be undone; nothing else is told then.
        schema: version of its schema; None when not known.
        indexed: whether every index agrees with its table.
        records: empty when none were looked at. damaged: names, such as `session ABC-DEF`.
        unfinished: whether forgetting was interrupted.
    """

    is_there: bool
    state: State | None = None
    fault: str | None = None
    waits: bool = False
    schema: int | None = None
    indexed: bool = True
    records: tuple[Count, ...] = ()
    damaged: tuple[str, ...] = ()
    unfinished: bool = False


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
            is_newest = pragma(database, "user_version") == NEWEST
            name = next(checksums.unsound(database), None) if is_newest else None
    except (sqlite3.Error, OSError, ValueError, StorageError):
        return "cannot be read"
    return None if name is None else f"{name} is damaged"


def in_words(file: Path, state: State) -> str:
    """The state as it follows the file's name."""
    return state.format(version=_version_in_header(file))


def soundness(file: Path) -> Soundness:
    """Look at a store, every record of it."""
    try:
        if not refuse_strange(file):
            return Soundness(is_there=False)
        if _waits(file):
            return Soundness(is_there=True, waits=True)
        state, database = examined(file, read_only=True)
        if database is None:
            return Soundness(is_there=True, state=state, fault=in_words(file, state))
        with contextlib.closing(database):
            return _inside(database)
    except StorageError as error:
        return Soundness(is_there=True, fault=str(error))
    except (OSError, sqlite3.Error, ValueError) as error:
        return Soundness(is_there=True, fault=str(storage_error(file, error)))


def _inside(database: Database) -> Soundness:
    schema = pragma(database, "user_version")
    if schema < NEWEST:
        return Soundness(is_there=True, state=State.good, schema=schema)
    indexed = database.rows("PRAGMA integrity_check(1)") == [("ok",)]
    damaged = tuple(checksums.unsound(database))
    bad = Counter(name.partition(" ")[0] for name in damaged)
    records = tuple(
        Count(kind, max(0, database.count(f"{kind}s") - bad[kind]), bad[kind]) for kind in get_args(checksums.Kind)
    )
    return Soundness(
        is_there=True,
        state=State.good,
        schema=schema,
        indexed=indexed,
        records=records,
        damaged=damaged,
        unfinished=bool(database.rows("SELECT 1 FROM unfinished_work")),
    )


def _by_header(file: Path) -> State:
    """Looked at before SQLite opens the file, which would finish what another program left half done in its own."""
    with file.open("rb") as stream:
        start = stream.read(_MARK_AT + 4)
    if not start:
        return State.emptied
    is_cut_short = len(start) < _MARK_AT + 4 and start[: len(_MAGIC)] == _MAGIC[: len(start)]
    return State.good if is_cut_short or start[_MARK_AT:] == APPLICATION_ID.to_bytes(4) else State.foreign


def is_store(file: Path) -> bool:
    """Whether an ordinary file has the mark of our stores, whatever else is in it."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(_MARK_AT + 4)[_MARK_AT:] == APPLICATION_ID.to_bytes(4)


def _version_in_header(file: Path) -> int:
    with file.open("rb") as stream:
        return int.from_bytes(stream.read(64)[60:])


def _connected(file: Path, read_only: bool) -> Database:
    if read_only and _waits(file):
        connect(file).close()  # undoes what a killed process left half done
    return connect(file, read_only=read_only)


def _waits(file: Path) -> bool:
    """A store whose journal must be played back cannot be opened for reading alone."""
    if not os.path.lexists(journal_of(file)):
        return False
    try:
        connect(file, read_only=True).close()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK
    return False


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

"""Whether a store is sound: its file, its schema, its records. Looks, and never changes anything."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import storage_error
from bpo_quiz.files.safe import journal_of, refuse_strange
from bpo_quiz.store import checksums, upkeep
from bpo_quiz.store.connection import connect, pragma
from bpo_quiz.store.examine import State, examined, in_words
from bpo_quiz.store.migrations import NEWEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bpo_quiz.store.connection import Database

Kind = Literal["client", "session", "note", "catalogue"]

_TABLES: Mapping[Kind, str] = {"client": "clients", "session": "sessions", "note": "notes", "catalogue": "catalogues"}


class Count(NamedTuple):
    """How many records of a kind are as they were written, or are not."""

    kind: Kind
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


def _waits(file: Path) -> bool:
    """A store whose journal must be played back cannot be opened for reading alone."""
    if not os.path.lexists(journal_of(file)):
        return False
    try:
        connect(file, read_only=True).close()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK
    return False


def _inside(database: Database) -> Soundness:
    schema = pragma(database, "user_version")
    if schema < NEWEST:
        return Soundness(is_there=True, state=State.good, schema=schema)
    indexed = database.rows("PRAGMA integrity_check(1)") == [("ok",)]
    damaged = tuple(checksums.unsound(database))
    bad = Counter(name.partition(" ")[0] for name in damaged)
    records = tuple(_count(database, kind, bad[kind]) for kind in _TABLES)
    return Soundness(
        is_there=True,
        state=State.good,
        schema=schema,
        indexed=indexed,
        records=records,
        damaged=damaged,
        unfinished=upkeep.has_work(database),
    )


def _count(database: Database, kind: Kind, bad: int) -> Count:
    ((every,),) = database.rows(f"SELECT count(*) FROM {_TABLES[kind]}")  # noqa: S608 - a name of ours
    return Count(kind, max(0, every - bad), bad)

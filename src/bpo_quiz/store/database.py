"""Opens the store: created complete, looked at before it is trusted, never taken for new when it was lost."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from bpo_quiz.errors import NoSuchRecord, StorageError
from bpo_quiz.files import safe
from bpo_quiz.files.faults import shown, told
from bpo_quiz.store import backups, records, removal
from bpo_quiz.store.backups import FILE
from bpo_quiz.store.connection import connect, pragma
from bpo_quiz.store.migrations import NEWEST, migrate
from bpo_quiz.store.soundness import State, examined, in_words

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database


def open_database(home: Path, *, read_only: bool = False) -> Database:
    """Open the store in a folder; create folder and store where there is none.

    Args:
        home: the folder.
        read_only: nothing is created or changed, except that a change which a killed process left half done is undone.

    Raises:
        NoSuchRecord: there is no store, and `read_only` is set.
        StorageError: it cannot be written or locked, is damaged (it is then set aside under another name), emptied,
            lost, too new or none of ours (it is then untouched). The message says which, and what to do.
    """
    file = home / FILE
    with told(home):
        if not read_only:
            safe.make_folder(home)
            _refuse_unwritable(home)
            safe.clear_left_behind(home)
            safe.clear_left_behind(home / backups.FOLDER)
        if not safe.refuse_strange(file):
            _refuse_lost(home)
            if read_only:
                raise NoSuchRecord(f"{shown(home)}: no session is stored here yet; bpo-quiz start begins one")
            _create(file)
        if not read_only:
            _refuse_unwritable(file)
            safe.keep_private(file)
        return _opened(file, read_only)


def _opened(file: Path, read_only: bool) -> Database:
    state, database = examined(file, read_only=read_only, in_passing=read_only)
    if database is None:
        raise _refusal(file, state, read_only)
    try:
        if pragma(database, "user_version") < NEWEST:
            if read_only:
                database.close()
                open_database(file.parent).close()
                return connect(file, read_only=True)
            migrate(database, before_each=lambda: backups.back_up(database, even_if_damaged=True))
        if not read_only:
            _clear_journal(database)
            _finish_work(database)
    except BaseException:
        database.close()
        raise
    return database


def _clear_journal(database: Database) -> None:
    """A process that was killed before its change began leaves a journal that means nothing; any change takes it."""
    if os.path.lexists(safe.journal_of(database.file)):
        with database.change():
            database.rows(f"PRAGMA user_version = {NEWEST}")


def _finish_work(database: Database) -> None:
    """What could not be finished stays noted, for the next time."""
    try:
        if removal.has_work(database):
            removal.finish_work(database)
            database.finished_removal = True
    except StorageError as error:
        database.waiting = error


def _create(file: Path) -> None:
    """Make a store that is complete before it has its name; another process may be quicker, which is as good."""
    if os.path.lexists(safe.journal_of(file)):
        safe.set_aside(file, records.today())  # a journal without its store would spoil the new one
    with safe.temporary(file.parent) as fresh:
        with contextlib.closing(connect(fresh)) as database:
            migrate(database, before_each=lambda: None)
        with contextlib.suppress(FileExistsError):
            safe.put_in_place(fresh, file)


def _refuse_unwritable(place: Path) -> None:
    """Known before the first question rather than after it."""
    if not os.access(place, os.W_OK | (os.X_OK if place.is_dir() else 0)):
        raise PermissionError(errno.EACCES, "cannot be written")


def _refuse_lost(home: Path) -> None:
    """A store that is gone while its backups are there was lost; a new one would hide that."""
    newest = backups.newest_good(home)
    if newest is not None:
        raise StorageError(
            f"{shown(home / FILE)}: is gone, but there are backups of it; {backups.remedy(home)}, "
            f"and moving the folder {backups.FOLDER} away begins anew"
        )


def _refusal(file: Path, state: State, read_only: bool) -> StorageError:
    remedy = backups.remedy(file.parent)
    if state is State.damaged and not read_only:
        aside = safe.set_aside(file, records.today())
        return StorageError(f"{shown(file)}: is damaged, and was kept as {shown(aside)}; {remedy}")
    return StorageError(f"{shown(file)}: {in_words(file, state)}, and was left untouched; {remedy}")

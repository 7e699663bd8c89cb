"""Backups: complete copies in a folder of their own, the newest five."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.files.safe import (
    clear_left_behind,
    journal_of,
    make_folder,
    put_in_place,
    refuse_strange,
    refuse_to_overwrite,
    set_aside,
    sync_folder,
    temporary,
)
from bpo_quiz.store import clock
from bpo_quiz.store.bringing_back import command, who_returns
from bpo_quiz.store.connection import connect
from bpo_quiz.store.examine import State, examined, fault_of, in_words
from bpo_quiz.store.holds import all_holds
from bpo_quiz.store.migrations import migrate

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database

FILE = "bpo-quiz.db"
"""Name of the store in its folder."""

FOLDER = "backups"
KEPT = 5
_CONTENT = ("catalogues", "clients", "sessions", "answers", "notes")
_NAME = re.compile(r"backup-(\d{6,})-(\d{4}-\d\d-\d\d)\.db")


class Restored(NamedTuple):
    """What a restored store holds, the backup of what was there before, and `who_returns` with it."""

    clients: int
    sessions: int
    before: Path | None
    warning: str


def all_backups(home: Path) -> list[Path]:
    """Our backups, newest first; order goes by the number in the name."""
    with told(home / FOLDER):
        try:
            found = [file for file in (home / FOLDER).iterdir() if _NAME.fullmatch(file.name)]
        except FileNotFoundError:
            return []
    return sorted(found, key=_number, reverse=True)


def newest_good(home: Path) -> Path | None:
    """The newest backup in which every record is as it was written."""
    return next((file for file in all_backups(home) if fault_of(file) is None), None)


def make(home: Path) -> Path:
    """Make a backup of the store, and remove those beyond the newest five.

    Raises:
        StorageError: it could not be made, or the store has a fault; all older backups are then kept.
    """
    with told(home / FILE), contextlib.closing(connect(home / FILE, read_only=True)) as database:
        return back_up(database)


def back_up(database: Database, *, even_if_damaged: bool = False) -> Path:
    """As `make`, for a store that is open; a copy of a damaged one never replaces an older one."""
    folder = database.file.parent / FOLDER
    with told(folder):
        make_folder(folder)
        clear_left_behind(folder)
    older = all_backups(folder.parent)
    number = _number(older[0]) + 1 if older else 1
    file = folder / f"backup-{number:06}-{clock.today()}.db"
    with told(file), temporary(folder) as fresh:
        copy(database, fresh)
        fault = fault_of(fresh)
        if fault is not None and not even_if_damaged:
            raise StorageError(f"{shown(database.file)}: {fault}, so no backup was made; {remedy(folder.parent)}")
        put_in_place(fresh, file)
    if fault is None:
        drop(older[KEPT - 1 :])
    return file


def automatic(home: Path) -> Path | None:
    """Make a backup unless there is one of today, or nothing to keep; call it when nobody waits.

    Raises:
        StorageError: as `make`.
    """
    newest = next(iter(all_backups(home)), None)
    if newest is not None and clock.today() in newest.name:
        return None
    with told(home / FILE), contextlib.closing(connect(home / FILE, read_only=True)) as database:
        return None if _is_blank(database) else back_up(database)


def make_at(home: Path, file: Path, *, force: bool = False) -> None:
    """Make a backup at a place that the person chose.

    Raises:
        StorageError: it could not be made.
        UsageError: something is there, and `force` is not set.
    """
    refuse_to_overwrite(file, force)
    with (
        told(home / FILE),
        contextlib.closing(connect(home / FILE, read_only=True)) as database,
        told(file),
        temporary(file.parent) as fresh,
    ):
        copy(database, fresh)
        put_in_place(fresh, file, force=force)


def copy(database: Database, empty: Path) -> None:
    """Copy a store into an empty file.

    Raises:
        StorageError: there is no room, or the store is damaged.
    """
    with told(empty):
        database.execute("VACUUM INTO ?", (f"{empty.as_uri()}?mode=rw",))


def remedy(home: Path) -> str:
    """What to do about a store that is lost, naming the newest good backup."""
    newest = newest_good(home)
    if newest is None:
        return "there is no good backup of it; bpo-quiz doctor says more"
    return f"the newest good backup is {shown(newest)}; {command(home, newest)} brings it back"


def drop(files: list[Path]) -> None:
    """Remove backups."""
    for file in files:
        with told(file):
            file.unlink(missing_ok=True)
    for folder in {file.parent for file in files}:
        with told(folder):
            sync_folder(folder)


def restore(home: Path, file: Path, *, force: bool = False) -> Restored:
    """Put a backup in the store's place.

    It is verified before anything changes. A good store that is there is backed up first, a damaged one is set aside.
    Windows in which no session is open may stay open.

    Raises:
        StorageError: the file is no good store, or a session is open in another window.
        UsageError: a store is there, and `force` is not set.
    """
    fault = fault_of(file)
    if fault is not None:
        raise StorageError(f"{shown(file)}: {fault}, so nothing was restored; choose another backup")
    with told(home):
        make_folder(home)
        is_there = refuse_strange(home / FILE) and (home / FILE).stat().st_size > 0
    if is_there and not force:
        raise UsageError(
            f"{shown(home / FILE)}: a store is there already; add --force to replace it. {who_returns(file)}".rstrip()
        )
    with told(home), temporary(home) as fresh:
        with contextlib.closing(connect(file, read_only=True)) as source:
            copy(source, fresh)
        with contextlib.closing(connect(fresh)) as database:
            migrate(database, before_each=lambda: None)
            counts = _count(database, "clients"), _count(database, "sessions")
        warning = who_returns(file)
        before = _replace(home / FILE, fresh)
    return Restored(*counts, before, warning)


def _replace(store: Path, fresh: Path) -> Path | None:
    """Put a complete new store in the place of what is there; the backup that was made of that."""
    if _is_usable(store):
        with contextlib.closing(connect(store)) as database:
            before = back_up(database, even_if_damaged=True)
            migrate(database, before_each=lambda: None)
            _take_content(database, fresh)
        return before
    if os.path.lexists(store) or os.path.lexists(journal_of(store)):
        set_aside(store, clock.today())
    put_in_place(fresh, store)
    return None


def _take_content(database: Database, fresh: Path) -> None:
    """Replace all records in one transaction, so that windows which have the store open stay right."""
    database.rows("ATTACH ? AS fresh", f"{fresh.as_uri()}?mode=ro")
    with database.change():
        for held in all_holds(database):
            raise StorageError(held.refusal)
        for table in reversed(_CONTENT):
            database.rows(f"DELETE FROM main.{table}")  # noqa: S608 - a name of ours
        for table in _CONTENT:
            database.rows(f"INSERT INTO main.{table} SELECT * FROM fresh.{table}")  # noqa: S608 - a name of ours
    database.rows("DETACH fresh")


def _is_usable(store: Path) -> bool:
    """Whether there is a store that can be opened and changed, even if a record in it is damaged.

    Raises:
        StorageError: a newer program or another one made what is there.
    """
    if not os.path.lexists(store):
        return False
    state, database = examined(store)
    if database is not None:
        database.close()
    if state in (State.newer, State.foreign):
        raise StorageError(f"{shown(store)}: {in_words(store, state)}; it was left untouched, move it away first")
    return state is State.good


def _is_blank(database: Database) -> bool:
    return not _count(database, "clients") and not _count(database, "sessions")


def _count(database: Database, table: str) -> int:
    ((number,),) = database.rows(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours
    return int(number)


def _number(file: Path) -> int:
    found = _NAME.fullmatch(file.name)
    return int(found[1]) if found else 0

"""Backups: complete copies in a folder of their own, the newest five."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, NoSuchRecord, StorageError, UsageError
from bpo_quiz.files import safe
from bpo_quiz.files.faults import shown, told
from bpo_quiz.store import checksums, records
from bpo_quiz.store.connection import address, connect, refuse_held
from bpo_quiz.store.locations import home_folder
from bpo_quiz.store.migrations import migrate
from bpo_quiz.store.soundness import State, examined, fault_of, in_words

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database

FILE = "bpo-quiz.db"
"""Name of the store in its folder."""

FOLDER = "backups"
KEPT = 5
_CONTENT = ("catalogues", "clients", "sessions", "answers", "notes", "talks")
_NAME = re.compile(r"backup-(\d{6,})-(\d{4}-\d\d-\d\d)\.db")
_NEWEST = (
    "SELECT max(moment) FROM (SELECT added AS moment FROM clients UNION ALL SELECT written FROM notes"
    " UNION ALL SELECT max(started, coalesce(finished, '')) FROM sessions)"
)


class Restored(NamedTuple):
    """What a restored store holds.

    Attributes:
        before: the backup of what was there before. set_aside: what was there before, if it was damaged.
        warning: `who_returns` with it.
    """

    clients: int
    sessions: int
    before: Path | None
    set_aside: tuple[Path, ...]
    warning: str


def all_backups(home: Path) -> list[Path]:
    """Our backups, newest first; order goes by the number in the name."""
    with told(home / FOLDER):
        try:
            found = [file for file in (home / FOLDER).iterdir() if _NAME.fullmatch(file.name)]
        except FileNotFoundError:
            return []
    return sorted(found, key=_number, reverse=True)


def set_aside_stores(home: Path) -> list[Path]:
    """Damaged stores that were set aside, and copies that a cloud service made of two that differ.

    They may still tell something, and only a person can judge that.
    """
    with told(home):
        copies = (file for file in home.glob("bpo-quiz*.db") if file.name != FILE)
        return sorted({*home.glob(f"{FILE}.damaged-*"), *copies})


def newest_good(home: Path) -> Path | None:
    """The newest backup in which every record is as it was written."""
    return next((file for file in all_backups(home) if fault_of(file) is None), None)


def back_up(database: Database, *, even_if_damaged: bool = False) -> Path:
    """Make a backup of a store, and remove those beyond the newest five; a damaged copy never replaces a good one.

    Raises:
        StorageError: it could not be made, or the store has a fault; all older backups are then kept.
    """
    folder = database.file.parent / FOLDER
    with told(folder):
        safe.make_folder(folder)
        safe.clear_left_behind(folder)
    older = all_backups(folder.parent)
    number = _number(older[0]) + 1 if older else 1
    file = folder / f"backup-{number:06}-{records.today()}.db"
    with told(file), safe.temporary(folder) as fresh:
        copy(database, fresh)
        fault = fault_of(fresh)
        if fault is not None and not even_if_damaged:
            raise StorageError(f"{shown(database.file)}: {fault}, so no backup was made; {remedy(folder.parent)}")
        safe.put_in_place(fresh, file)
    if fault is None:
        drop(older[KEPT - 1 :])
    return file


def automatic(home: Path) -> Path | None:
    """Make a backup unless there is one of today, or nothing to keep; call it when nobody waits.

    Raises:
        StorageError: as `back_up`.
    """
    newest = next(iter(all_backups(home)), None)
    if newest is not None and records.today() in newest.name:
        return None
    with told(home / FILE), contextlib.closing(connect(home / FILE, read_only=True)) as database:
        return back_up(database) if database.count("clients") or database.count("sessions") else None


def make_at(home: Path, file: Path, *, force: bool = False) -> int:
    """Make a backup at a place that the person chose; its bytes.

    Raises:
        NoSuchRecord: there is no store.
        StorageError: it could not be made, or the store has a fault: a backup is only worth something if all in it is
            as it was written.
        UsageError: something is there, and `force` is not set; or it is the store itself.
    """
    store = home / FILE
    _refuse_store_itself(store, file)
    with told(store):
        is_there = safe.refuse_strange(store)
    if not is_there:
        raise NoSuchRecord(f"{shown(home)}: no session is stored here yet, so there is nothing to back up")
    fault = fault_of(store)
    if fault is not None:
        raise StorageError(f"{shown(store)}: {fault}, so no backup was made; bpo-quiz doctor says what to do")
    safe.refuse_to_overwrite(file, force)
    safe.clear_left_behind(file.parent)
    with (
        told(store),
        contextlib.closing(connect(store, read_only=True)) as database,
        told(file),
        safe.temporary(file.parent) as fresh,
    ):
        copy(database, fresh)
        safe.put_in_place(fresh, file, force=force)
        return file.stat().st_size


def copy(database: Database, empty: Path) -> None:
    """Copy a store into an empty file.

    Raises:
        StorageError: there is no room, or the store is damaged.
    """
    with told(empty):
        database.execute("VACUUM INTO ?", (address(empty, "rw"),))


def remedy(home: Path) -> str:
    """What to do about a store that is lost, naming the newest good backup."""
    newest = newest_good(home)
    if newest is None:
        return "there is no good backup of it; bpo-quiz doctor says more"
    return f"the newest good backup is {shown(newest)}; {command(home, newest)} brings it back"


def command(home: Path, backup: Path) -> str:
    """The line that brings a backup back to this home, as it can be typed."""
    words = ["bpo-quiz", "doctor", "--force", "--restore", shown(backup)]
    return shlex.join(words if _is_usual(home) else [*words, "--home", shown(home)])


def who_returns(backup: Path) -> str:
    """What a person should know who brings a good backup back; empty for a backup with nothing in it.

    Nobody can be named: that a name is kept nowhere is what forgetting means. A backup at a place of the person's own
    has no day in its name; it is then as old as the newest in it, or younger.

    Raises:
        StorageError: it cannot be read.
    """
    with told(backup), contextlib.closing(connect(backup, read_only=True)) as database:
        ((newest,),) = database.rows(_NEWEST)
    if newest is None:
        return ""
    in_name = _NAME.fullmatch(backup.name)
    of = f"This backup is of {in_name[2]}" if in_name else f"The newest in this backup is of {clean(str(newest)[:10])}"
    return f"{of}; clients and sessions that were forgotten or removed since then come back: forget them again."


def _is_usual(home: Path) -> bool:
    """Whether a call without --home is about this home."""
    with contextlib.suppress(StorageError):
        return home == home_folder()
    return False


def drop(files: list[Path]) -> None:
    """Remove backups."""
    for file in files:
        with told(file):
            file.unlink(missing_ok=True)
    for folder in {file.parent for file in files}:
        with told(folder):
            safe.sync_folder(folder)


def restore(home: Path, file: Path, *, force: bool = False) -> Restored:
    """Put a backup in the store's place.

    Every record of it is read as its page reads it before anything changes. Who held a session then, and what was
    left unfinished, means nothing here. A good store that is there is backed up first, a damaged one is set aside.
    Windows in which no session is open may stay open.

    Raises:
        StorageError: the file is no good store, something in it cannot be shown, or a session is open in another
            window.
        UsageError: a store is there, and `force` is not set; or the file is the store itself.
    """
    store = home / FILE
    _refuse_store_itself(store, file)
    fault = fault_of(file)
    if fault is not None:
        raise StorageError(f"{shown(file)}: {fault}, so nothing was restored; choose another backup")
    with told(home):
        safe.make_folder(home)
        is_there = safe.refuse_strange(store) and store.stat().st_size > 0
    warning = who_returns(file)
    if is_there and not force:
        refusal = "a store is there already; add --force to replace it"
        raise UsageError(f"{shown(store)}: {refusal}. {warning}".rstrip())
    earlier = set_aside_stores(home)
    with told(home), safe.temporary(home) as fresh:
        with contextlib.closing(connect(file, read_only=True)) as source:
            copy(source, fresh)
        with contextlib.closing(connect(fresh)) as database:
            migrate(database, before_each=lambda: None)
            _refuse_unshowable(database, file)
            _keep_content_only(database)
            counts = database.count("clients"), database.count("sessions")
        before = _replace(store, fresh)
    aside = tuple(one for one in set_aside_stores(home) if one not in earlier)
    return Restored(*counts, before, aside, warning)


def _refuse_unshowable(database: Database, file: Path) -> None:
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    try:
        name = next(checksums.unsound(database), None)
        if name is None:
            for session in sessions.each():
                name = f"session {session.code}"
                sessions.catalogue_of(session)
            return
    except (StorageError, CatalogueError):
        name = name or "it"
    raise StorageError(f"{shown(file)}: {name} cannot be shown, so nothing was restored; choose another backup")


def _keep_content_only(database: Database) -> None:
    with database.change():
        for table in ("holds", "unfinished_work", "sqlite_sequence"):
            database.rows(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        for table, number in (("clients", "id"), ("sessions", "sequence"), ("notes", "id")):
            highest = f"SELECT '{table}', max({number}) FROM {table} HAVING count(*)"  # noqa: S608 - names of ours
            database.rows(f"INSERT INTO sqlite_sequence {highest}")


def _refuse_store_itself(store: Path, file: Path) -> None:
    with told(file):  # also by another spelling, where a disk takes both for one
        is_same = file.exists() and store.exists() and file.samefile(store)
    if is_same or os.path.realpath(file) in (os.path.realpath(store), os.path.realpath(safe.journal_of(store))):
        raise UsageError(f"{shown(file)}: is the store itself; name another file")


def _replace(store: Path, fresh: Path) -> Path | None:
    """Put a complete new store in the place of what is there; the backup that was made of that."""
    if _is_usable(store):
        with contextlib.closing(connect(store)) as database:
            before = back_up(database, even_if_damaged=True)
            migrate(database, before_each=lambda: None)
            _take_content(database, fresh)
        return before
    if os.path.lexists(store) or os.path.lexists(safe.journal_of(store)):
        safe.set_aside(store, records.today())
    safe.put_in_place(fresh, store)
    return None


def _take_content(database: Database, fresh: Path) -> None:
    """Replace all records in one transaction, so that windows which have the store open stay right."""
    database.rows("ATTACH ? AS fresh", address(fresh, "ro"))
    with database.change():
        refuse_held(database)
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


def _number(file: Path) -> int:
    found = _NAME.fullmatch(file.name)
    return int(found[1]) if found else 0

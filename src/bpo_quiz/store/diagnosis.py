"""Where everything lives, and whether it is sound; nothing is changed. `results/doctor.py` says what it means."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.errors import CatalogueError, StorageError
from bpo_quiz.files.safe import PRIVATE_FILE, PRIVATE_FOLDER, journal_of, left_behind
from bpo_quiz.store import backups, records
from bpo_quiz.store.backups import FILE, FOLDER
from bpo_quiz.store.locations import synced_by
from bpo_quiz.store.soundness import fault_of, soundness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bpo_quiz.store.soundness import Soundness

Kind = Literal["home", "store", "backups", "catalogue", "data"]


class Place(NamedTuple):
    """A file or folder. `bytes`: of the file, or of all files in the folder; `mode`: octal, such as `0700`."""

    what: Kind
    path: str
    is_there: bool
    bytes: int | None
    mode: str | None


class Access(NamedTuple):
    """A place that others can use, or that its owner cannot.

    Attributes:
        mode: what it has. private: what it should have.
        fault: of another account, open to others, or not to be written.
        owner: number of its account.
    """

    path: Path
    mode: int
    private: int
    fault: Literal["another's", "open", "closed"]
    owner: int


class Backup(NamedTuple):
    """The newest good backup; `age_days` goes by the date in its name."""

    path: str
    made: str
    age_days: int


class Catalogue(NamedTuple):
    """A catalogue: its name and version, or how many faults it has; `folder`: None for the shipped one."""

    folder: Path | None
    name: str
    faults: int


class Diagnosis(NamedTuple):
    """Everything that was found.

    Attributes:
        is_in_the_way: whether something that is no folder has the home's name.
        is_journal_alone: whether there is a journal without its store.
        access: None where the system has no such permissions.
        backups: ours, newest first. backup: the newest good one.
        is_backup_old: whether the store was changed on a later day than that of the newest backup.
        left_behind: our temporary files of dead processes. set_aside: stores that were kept as damaged.
        synced_by: name of the cloud service, if the folder lies in one's.
        free_bytes: None when the system does not tell.
        catalogues: the shipped one, and that of `--data`.
        waits: why a removal that an earlier call could not finish still waits; empty when it was finished just now;
            None when nothing waited.
        cleared: our temporary files of dead processes that lay in the current folder, and are gone now.
    """

    home: Path
    is_in_the_way: bool
    is_journal_alone: bool
    places: tuple[Place, ...]
    access: tuple[Access, ...] | None
    soundness: Soundness
    backups: tuple[Path, ...]
    backup: Backup | None
    is_backup_old: bool
    left_behind: tuple[str, ...]
    set_aside: tuple[str, ...]
    synced_by: str | None
    free_bytes: int | None
    catalogues: tuple[Catalogue, ...]
    waits: str | None = None
    cleared: tuple[str, ...] = ()


def diagnose(home: Path, data: Path | None = None) -> Diagnosis:
    """Look at everything.

    Args:
        home: the folder of the store.
        data: folder of another catalogue, if one is used.
    """
    store, older = home / FILE, _found(backups.all_backups, home)
    good = next((file for file in older if fault_of(file) is None), None)
    return Diagnosis(
        home=home,
        is_in_the_way=os.path.lexists(home) and not home.is_dir(),
        is_journal_alone=os.path.lexists(journal_of(store)) and not os.path.lexists(store),
        places=tuple(_places(home, data)),
        access=tuple(_access(home, older)) if os.name == "posix" else None,
        soundness=soundness(store),
        backups=tuple(older),
        backup=None if good is None else Backup(str(good), day_of(good).isoformat(), age_of(good)),
        is_backup_old=bool(older) and _unchanged_since(store) > day_of(older[0]),
        left_behind=tuple(_left_behind(home)),
        set_aside=tuple(map(str, _found(backups.set_aside_stores, home))),
        synced_by=synced_by(home),
        free_bytes=_free(home),
        catalogues=tuple(_catalogue(folder) for folder in (None, data)[: 1 if data is None else 2]),
    )


def day_of(backup: Path) -> date:
    """The date in a backup's name."""
    with contextlib.suppress(ValueError):
        return date.fromisoformat(backup.stem[-10:])
    return date.min


def age_of(backup: Path) -> int:
    """Days since the date in a backup's name, at least 0."""
    return max(0, (date.fromisoformat(records.today()) - day_of(backup)).days)


def _places(home: Path, data: Path | None) -> Iterator[Place]:
    yield _place("home", home)
    yield _place("store", home / FILE)
    yield _place("backups", home / FOLDER)
    yield _place("catalogue", shipped_folder())
    if data is not None:
        yield _place("data", data)


def _place(what: Kind, place: Path) -> Place:
    try:
        status = place.stat()
        inside = [entry.stat() for entry in place.iterdir()] if place.is_dir() else [status]
    except (OSError, ValueError):
        return Place(what, str(place), os.path.lexists(place), None, None)
    size = sum(one.st_size for one in inside if stat.S_ISREG(one.st_mode))
    return Place(what, str(place), True, size, f"{stat.S_IMODE(status.st_mode):04o}")


def _access(home: Path, older: list[Path]) -> Iterator[Access]:
    private = {home: PRIVATE_FOLDER, home / FILE: PRIVATE_FILE, home / FOLDER: PRIVATE_FOLDER}
    for place, wanted in {**private, **dict.fromkeys(older, PRIVATE_FILE)}.items():
        try:
            status = place.stat()  # where a link leads to is what others can use
        except (OSError, ValueError):
            continue
        mode = stat.S_IMODE(status.st_mode)
        if status.st_uid != os.geteuid():
            yield Access(place, mode, wanted, "another's", status.st_uid)
        elif mode & 0o077:
            yield Access(place, mode, wanted, "open", status.st_uid)
        elif mode & 0o600 != 0o600 or not os.access(place, os.W_OK):
            yield Access(place, mode, wanted, "closed", status.st_uid)


def _unchanged_since(store: Path) -> date:
    """The day after which nothing was changed; a day less, since a backup is made once a day."""
    try:
        return datetime.fromtimestamp(store.stat().st_mtime - 86_400, UTC).date()
    except (OSError, ValueError, OverflowError):
        return date.min


def _found(find: Callable[[Path], list[Path]], home: Path) -> list[Path]:
    with contextlib.suppress(StorageError):
        return find(home)
    return []


def _left_behind(home: Path) -> Iterator[str]:
    for folder in (home, home / FOLDER):
        with contextlib.suppress(OSError, ValueError):
            yield from map(str, left_behind(folder))


def _free(home: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return shutil.disk_usage(next(place for place in (home, *home.parents) if place.is_dir())).free
    return None


def _catalogue(folder: Path | None) -> Catalogue:
    try:
        found = load(folder)
    except CatalogueError as error:
        return Catalogue(folder, "", len(error.faults))
    return Catalogue(folder, f"{found.name} {found.version}", 0)

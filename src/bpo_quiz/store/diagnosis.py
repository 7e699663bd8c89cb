"""Where everything lives, and whether it is sound: one finding a line. Nothing is ever changed here."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import stat
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from bpo_quiz.as_dict import as_dict
from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.errors import CatalogueError, StorageError
from bpo_quiz.files.faults import shown
from bpo_quiz.files.safe import PRIVATE_FILE, PRIVATE_FOLDER, journal_of, left_behind
from bpo_quiz.store import backups, clock
from bpo_quiz.store.backups import FILE, FOLDER
from bpo_quiz.store.bringing_back import command
from bpo_quiz.store.examine import State, fault_of
from bpo_quiz.store.locations import synced_by
from bpo_quiz.store.migrations import NEWEST
from bpo_quiz.store.soundness import soundness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bpo_quiz.store.soundness import Soundness

FORMAT = "bpo-quiz/doctor@1"
Judgement = Literal["fine", "look at this", "broken"]
What = Literal[
    "home folder", "permissions", "store", "schema", "integrity", "records", "forgetting", "backups", "left behind",
    "set aside", "cloud", "free space", "catalogue", "catalogue of --data",
]  # fmt: skip
Kind = Literal["home", "store", "backups", "catalogue", "data"]
FINE: Final = "fine"
LOOK: Final = "look at this"
BROKEN: Final = "broken"

LEAST_FREE = 50 * 2**20
"""Bytes of free space under which a backup or a long session may not fit."""

_NAMED = 5


class Finding(NamedTuple):
    """One line.

    Attributes:
        what: the thing that was looked at; stays the same for programs.
        found: what is there.
        remedy: what to do about it; empty where all is fine.
    """

    what: What
    state: Judgement
    found: str
    remedy: str = ""


class Place(NamedTuple):
    """A file or folder. `bytes`: of the file, or of all files in the folder; `mode`: octal, such as `0700`."""

    what: Kind
    path: str
    is_there: bool
    bytes: int | None
    mode: str | None


class Backup(NamedTuple):
    """The newest good backup; `age_days` goes by the date in its name."""

    path: str
    made: str
    age_days: int


class Diagnosis(NamedTuple):
    """Everything that was found.

    Attributes:
        backup: None without a good one.
        left_behind: our temporary files of dead processes. set_aside: stores that were kept as damaged.
        synced_by: name of the cloud service, if the folder lies in one's.
        free_bytes: None when the system does not tell.
    """

    places: tuple[Place, ...]
    soundness: Soundness
    backup: Backup | None
    left_behind: tuple[str, ...]
    set_aside: tuple[str, ...]
    synced_by: str | None
    free_bytes: int | None
    findings: tuple[Finding, ...]

    def is_broken(self, *, catalogue: bool) -> bool:
        """Whether a finding about the catalogues, or one about all else, says broken."""
        broken = [one.what for one in self.findings if one.state == BROKEN]
        return any(what.startswith("catalogue") == catalogue for what in broken)

    def record(self) -> dict[str, Any]:
        """The stable JSON record."""
        whole = as_dict(self)
        sound = whole.pop("soundness")
        sound["index"] = sound.pop("indexed")
        return {
            "format": FORMAT,
            "sound": all(one.state != BROKEN for one in self.findings),
            **whole,
            "store": {**sound, "state": self.soundness.state.name if self.soundness.state else None},
            "schema_known": NEWEST,
        }


def diagnose(home: Path, data: Path | None = None) -> Diagnosis:
    """Look at everything.

    Args:
        home: the folder of the store.
        data: folder of another catalogue, if one is used.
    """
    found = soundness(home / FILE)
    older = _all_backups(home)
    good = next((file for file in older if fault_of(file) is None), None)
    left, aside = _names(home, left=True), _names(home, left=False)
    service, free = synced_by(home), _free(home)
    findings = (
        _home(home),
        *_access(home),
        *_store(home, found, good),
        _backups(home, found, older, good),
        _left(left),
        _aside(aside),
        _cloud(service),
        _space(home, free),
        _catalogue("catalogue", None),
        *([] if data is None else [_catalogue("catalogue of --data", data)]),
    )
    return Diagnosis(
        places=tuple(_places(home, data)),
        soundness=found,
        backup=None if good is None else Backup(str(good), _day(good).isoformat(), _age(good)),
        left_behind=left,
        set_aside=aside,
        synced_by=service,
        free_bytes=free,
        findings=findings,
    )


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


def _home(home: Path) -> Finding:
    if home.is_dir():
        return Finding("home folder", FINE, f"{shown(home)}, {size(_place('home', home).bytes)}")
    if os.path.lexists(home):
        remedy = "move it away, or name another folder with --home"
        return Finding("home folder", BROKEN, f"{shown(home)} is not a folder", remedy)
    return Finding("home folder", FINE, f"{shown(home)}; it is not there yet and will be created when it is needed")


def _access(home: Path) -> Iterator[Finding]:
    """Permissions and owners, one finding for each place that is there; only where the system has such permissions."""
    if os.name != "posix":
        return
    places = {home: PRIVATE_FOLDER, home / FILE: PRIVATE_FILE, home / FOLDER: PRIVATE_FOLDER}
    places |= dict.fromkeys(_all_backups(home), PRIVATE_FILE)
    strange = [found for place, mode in places.items() if (found := _strange(place, mode))]
    yield from strange
    if not strange and home.is_dir():
        yield Finding("permissions", FINE, "only you can read the folder, the store and the backups")


def _strange(place: Path, mode: int) -> Finding | None:
    try:
        status = place.lstat()
    except (OSError, ValueError):
        return None
    if stat.S_ISLNK(status.st_mode):
        return None
    has = stat.S_IMODE(status.st_mode)
    name = shlex.quote(shown(place))
    if status.st_uid != os.geteuid():
        found = f"{shown(place)} belongs to another account (number {status.st_uid})"
        return Finding("permissions", LOOK, found, f"chown {os.geteuid()} {name} as an administrator, or use --home")
    if has & 0o077:
        found = f"others on this computer may use {shown(place)} ({has:04o})"
        return Finding("permissions", LOOK, found, f"chmod {mode:o} {name}")
    if not has & stat.S_IRUSR or not has & stat.S_IWUSR or not os.access(place, os.W_OK):
        return Finding("permissions", LOOK, f"{shown(place)} cannot be written ({has:04o})", f"chmod {mode:o} {name}")
    return None


def _store(home: Path, found: Soundness, good: Path | None) -> Iterator[Finding]:
    file = home / FILE
    if not found.is_there:
        yield _no_store(home, good)
        return
    if found.waits:
        words = f"{shown(file)}: a change that was interrupted waits to be undone, so the records were not looked at"
        yield Finding("store", LOOK, words, "bpo-quiz list undoes it; then run bpo-quiz doctor again")
        return
    if found.fault is not None:
        words = found.fault if found.state is None else f"{shown(file)} {found.fault}"
        yield Finding("store", BROKEN, words, _remedy(found, good))
        return
    yield Finding("store", FINE, f"{shown(file)}, {size(_place('store', file).bytes)}")
    yield _schema(found)
    if found.schema == NEWEST:
        yield _integrity(found, good)
        yield _records(found, good)
    if found.unfinished:
        words = "somebody was forgotten, and the program was ended before that was final"
        yield Finding("forgetting", LOOK, words, "bpo-quiz start or client add finishes it, as soon as the store opens")


def _no_store(home: Path, good: Path | None) -> Finding:
    file = home / FILE
    if good is not None:
        return Finding("store", BROKEN, f"{shown(file)} is gone, but there are backups of it", _bring_back(good))
    if os.path.lexists(journal_of(file)):
        words = f"{shown(file)} is gone, but its journal is there"
        return Finding("store", LOOK, words, f"put the store back beside it, if you moved it; {_ANEW}")
    return Finding("store", FINE, f"{shown(file)}: no session is stored here yet; bpo-quiz start begins one")


_ANEW = "otherwise bpo-quiz start begins anew"


def _remedy(found: Soundness, good: Path | None) -> str:
    if found.state is None:
        return "see to that, then run bpo-quiz doctor again"
    if found.state is State.newer:
        return "install the newest bpo-quiz; this one leaves the store untouched"
    if good is None:
        return "there is no good backup; keep the file under another name, and bpo-quiz start begins anew"
    return f"move it away, then {_bring_back(good)}" if found.state is State.foreign else _bring_back(good)


def _bring_back(good: Path) -> str:
    return f"{command(good.parents[1], good)} brings back the store of {_day(good)}"


def _schema(found: Soundness) -> Finding:
    if found.schema == NEWEST:
        return Finding("schema", FINE, f"version {found.schema}, the newest")
    words = f"version {found.schema}, older than this program's {NEWEST}; the records were not looked at"
    return Finding("schema", LOOK, words, "bpo-quiz list brings it up to date, after a backup; then run doctor again")


def _integrity(found: Soundness, good: Path | None) -> Finding:
    if found.indexed:
        return Finding("integrity", FINE, "quick_check and every index are as they should be")
    return Finding("integrity", BROKEN, "an index of the store is damaged", _after_bad(good))


def _records(found: Soundness, good: Path | None) -> Finding:
    counted = ", ".join(_counted(one.kind, one.good + one.bad) for one in found.records)
    if not found.damaged:
        return Finding("records", FINE, f"{counted}; every checksum holds")
    named = ", ".join(found.damaged[:_NAMED])
    more = f" and {len(found.damaged) - _NAMED} more" if len(found.damaged) > _NAMED else ""
    return Finding("records", BROKEN, f"{counted}; damaged: {clean(named, 400)}{more}", _after_bad(good))


def _counted(kind: str, number: int) -> str:
    return f"{number} {kind}{'' if number == 1 else 's'}"


def _after_bad(good: Path | None) -> str:
    if good is None:
        return "there is no good backup; all other records can still be used"
    return f"{_bring_back(good)}; what is newer is then only in the backup that is made of this store"


def _backups(home: Path, found: Soundness, older: Sequence[Path], good: Path | None) -> Finding:
    make = "bpo-quiz start makes one a day, when it ends; bpo-quiz doctor --backup FILE makes one where you say"
    has_content = any(one.good for one in found.records if one.kind in ("client", "session"))
    if not older:
        words = f"none in {shown(home / FOLDER)}"
        return Finding("backups", LOOK, words, make) if has_content else Finding("backups", FINE, words)
    bad = list(older[: older.index(good)] if good else older)
    counted = f"{_counted('backup', len(older))} in {shown(home / FOLDER)}"
    if bad:
        words = f"{counted}; not good: {', '.join(file.name for file in bad)}"
        return Finding("backups", LOOK, words, f"{make}; remove those that are not good")
    words = f"{counted}; the newest is {older[0].name}, {_ago(_age(older[0]))}"
    if found.state is State.good and _changed(home / FILE) > _day(older[0]):
        return Finding("backups", LOOK, f"{words}, and the store has changed since", make)
    return Finding("backups", FINE, words)


def _changed(file: Path) -> date:
    """The day after which nothing was changed; a day less, since a backup is made once a day."""
    try:
        moment = datetime.fromtimestamp(file.stat().st_mtime - 86_400, UTC)
    except (OSError, ValueError, OverflowError):
        return date.min
    return moment.date()


def _ago(days: int) -> str:
    return "of today" if days == 0 else f"{_counted('day', days)} old"


def _day(backup: Path) -> date:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(backup.stem[-10:])
    return date.min


def _age(backup: Path) -> int:
    return max(0, (date.fromisoformat(clock.today()) - _day(backup)).days)


def _left(left: Sequence[str]) -> Finding:
    if not left:
        return Finding("left behind", FINE, "no file was left behind by a program that was ended")
    names = ", ".join(clean(name, 300) for name in left[:_NAMED])
    words = f"{_counted('file', len(left))} of a program that was ended: {names}"
    return Finding("left behind", LOOK, words, "they are removed when the store is opened to be changed")


def _aside(aside: Sequence[str]) -> Finding:
    if not aside:
        return Finding("set aside", FINE, "no store was set aside as damaged")
    names = ", ".join(clean(name, 300) for name in aside[:_NAMED])
    words = f"{_counted('file', len(aside))} set aside as damaged: {names}"
    return Finding("set aside", LOOK, words, "they hold what clients said; delete them once nobody needs them")


def _cloud(service: str | None) -> Finding:
    if service is None:
        return Finding("cloud", FINE, "no sign that a cloud service copies the folder")
    words = f"{service} seems to copy the folder: what clients said leaves this computer, and the store can be damaged"
    return Finding("cloud", LOOK, words, "name a folder outside it with --home or BPO_QUIZ_HOME")


def _space(home: Path, free: int | None) -> Finding:
    if free is None:
        return Finding("free space", LOOK, "the system does not tell how much is free", "check that the disk is there")
    words = f"{size(free)} free"
    if free >= max(LEAST_FREE, 3 * (_place("store", home / FILE).bytes or 0)):
        return Finding("free space", FINE, words)
    return Finding("free space", LOOK, words, "free some: a backup needs as much again as the store")


def _catalogue(what: What, folder: Path | None) -> Finding:
    place = shown(folder or shipped_folder())
    try:
        catalogue = load(folder)
    except CatalogueError as error:
        remedy = "bpo-quiz catalogue check says which" if folder else "install bpo-quiz again"
        return Finding(what, BROKEN, f"{place}: {_counted('fault', len(error.faults))}", remedy)
    return Finding(what, FINE, f"{place}: {clean(f'{catalogue.name} {catalogue.version}', 200)}")


def _all_backups(home: Path) -> list[Path]:
    with contextlib.suppress(StorageError):
        return backups.all_backups(home)
    return []


def _names(home: Path, *, left: bool) -> tuple[str, ...]:
    with contextlib.suppress(OSError, ValueError):
        if not left:
            return tuple(sorted(str(file) for file in home.glob(f"{FILE}.damaged-*")))
        inside = [folder for folder in (home, home / FOLDER) if folder.is_dir()]
        return tuple(str(file) for folder in inside for file in left_behind(folder))
    return ()


def _free(home: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return shutil.disk_usage(next(place for place in (home, *home.parents) if place.is_dir())).free
    return None


def size(number: int | None) -> str:
    """A size in bytes, in words."""
    if number is None:
        return "size not known"
    amount, unit = float(number), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if amount >= 10 or unit == "bytes" else f"{amount:.1f} {unit}"

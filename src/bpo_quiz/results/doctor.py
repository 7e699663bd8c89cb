"""What a diagnosis means: one finding a line, with what to do. JSON carries these sentences too."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.clean import clean
from bpo_quiz.files.faults import shown
from bpo_quiz.store.backups import FILE, FOLDER, command
from bpo_quiz.store.diagnosis import age_of, day_of
from bpo_quiz.store.migrations import NEWEST
from bpo_quiz.store.soundness import State
from bpo_quiz.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.store.diagnosis import Access, Catalogue, Diagnosis

Judgement = Literal["fine", "look at this", "broken"]
What = Literal[
    "home folder", "permissions", "store", "schema", "integrity", "records", "forgetting", "backups", "left behind",
    "set aside", "cloud", "free space", "catalogue", "catalogue of --data",
]  # fmt: skip

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


def findings(of: Diagnosis) -> tuple[Finding, ...]:
    """Everything that was looked at, in the order in which one looks."""
    return (
        _home(of),
        *_permissions(of),
        *_store(of),
        _backups(of),
        _left_behind(of),
        _set_aside(of),
        _cloud(of),
        _space(of),
        *map(_catalogue, of.catalogues),
    )


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


def _home(of: Diagnosis) -> Finding:
    home, place = shown(of.home), of.places[0]
    if of.is_in_the_way:
        remedy = "move it away, or name another folder with --home"
        return Finding("home folder", "broken", f"{home} is not a folder", remedy)
    if place.is_there:
        return Finding("home folder", "fine", f"{home}, {size(place.bytes)}")
    return Finding("home folder", "fine", f"{home}; it is not there yet and will be created when it is needed")


def _permissions(of: Diagnosis) -> Iterator[Finding]:
    if of.access == () and of.places[0].is_there and not of.is_in_the_way:
        yield Finding("permissions", "fine", "only you can read the folder, the store and the backups")
    for one in of.access or ():
        yield Finding("permissions", "look at this", *_access(one))


def _access(of: Access) -> tuple[str, str]:
    place = shown(of.path)
    mend = f"chmod {of.private:o} {shlex.quote(place)}"
    match of.fault:
        case "another's":
            remedy = f"chown {os.geteuid()} {shlex.quote(place)} as an administrator, or use --home"
            return f"{place} belongs to another account (number {of.owner})", remedy
        case "open":
            return f"others on this computer may use {place} ({of.mode:04o})", mend
        case "closed":
            return f"{place} cannot be written ({of.mode:04o})", mend


def _store(of: Diagnosis) -> Iterator[Finding]:
    file, found = shown(of.home / FILE), of.soundness
    if not found.is_there:
        yield _no_store(of)
    elif found.waits:
        words = f"{file}: a change that was interrupted waits to be undone, so the records were not looked at"
        remedy = "bpo-quiz list undoes it; then run bpo-quiz doctor again"
        yield Finding("store", "look at this", words, remedy)
    elif found.fault is not None:
        words = found.fault if found.state is None else f"{file} {found.fault}"
        yield Finding("store", "broken", words, _remedy(of))
    else:
        yield Finding("store", "fine", f"{file}, {size(of.places[1].bytes)}")
        yield from _inside(of)


def _no_store(of: Diagnosis) -> Finding:
    file = shown(of.home / FILE)
    if of.backup is not None:
        return Finding("store", "broken", f"{file} is gone, but there are backups of it", _bring_back(of.backup.path))
    if of.is_journal_alone:
        remedy = "put the store back beside it, if you moved it; otherwise bpo-quiz start begins anew"
        return Finding("store", "look at this", f"{file} is gone, but its journal is there", remedy)
    return Finding("store", "fine", f"{file}: no session is stored here yet; bpo-quiz start begins one")


def _remedy(of: Diagnosis) -> str:
    """What to do about a store that nobody can look into."""
    state = of.soundness.state
    if state is None:
        return "see to that, then run bpo-quiz doctor again"
    if state is State.newer:
        return "install the newest bpo-quiz; this one leaves the store untouched"
    if of.backup is None:
        return "there is no good backup; keep the file under another name, and bpo-quiz start begins anew"
    return f"{'move it away, then ' if state is State.foreign else ''}{_bring_back(of.backup.path)}"


def _bring_back(backup: str) -> str:
    file = Path(backup)
    return f"{command(file.parents[1], file)} brings back the store of {day_of(file)}"


def _inside(of: Diagnosis) -> Iterator[Finding]:
    found = of.soundness
    if found.schema == NEWEST:
        yield Finding("schema", "fine", f"version {found.schema}, the newest")
        yield _integrity(of)
        yield _records(of)
    else:
        words = f"version {found.schema}, older than this program's {NEWEST}; the records were not looked at"
        remedy = "bpo-quiz list brings it up to date, after a backup; then run doctor again"
        yield Finding("schema", "look at this", words, remedy)
    if of.waits == "":
        yield Finding("forgetting", "fine", "a removal that could not be finished before is finished now")
    elif found.unfinished:
        words = of.waits or "something was removed, and the program was ended before that was final"
        yield Finding("forgetting", "look at this", clean(words, 600), "run bpo-quiz doctor again when that is mended")


def _integrity(of: Diagnosis) -> Finding:
    if of.soundness.indexed:
        return Finding("integrity", "fine", "quick_check and every index are as they should be")
    return Finding("integrity", "broken", "an index of the store is damaged", _after_bad(of))


def _records(of: Diagnosis) -> Finding:
    kept = ", ".join(_counted(one.good + one.bad, one.kind) for one in of.soundness.records)
    damaged = of.soundness.damaged
    if not damaged:
        return Finding("records", "fine", f"{kept}; every checksum holds")
    more = f" and {len(damaged) - _NAMED} more" if len(damaged) > _NAMED else ""
    words = f"{kept}; damaged: {clean(', '.join(damaged[:_NAMED]), 400)}{more}"
    return Finding("records", "broken", words, _after_bad(of))


def _after_bad(of: Diagnosis) -> str:
    if of.backup is None:
        return "there is no good backup; all other records can still be used"
    return f"{_bring_back(of.backup.path)}; what is newer is then only in the backup that is made of this store"


def _backups(of: Diagnosis) -> Finding:
    make = "bpo-quiz start makes one a day, when it ends; bpo-quiz doctor --backup FILE makes one where you say"
    place, older = shown(of.home / FOLDER), of.backups
    if not older:
        has_content = any(one.good for one in of.soundness.records if one.kind in ("client", "session"))
        words = f"none in {place}"
        return Finding("backups", "look at this", words, make) if has_content else Finding("backups", "fine", words)
    words = f"{_counted(len(older), 'backup')} in {place}"
    good = [str(file) for file in older].index(of.backup.path) if of.backup else len(older)
    if good:
        words = f"{words}; not good: {', '.join(file.name for file in older[:good])}"
        return Finding("backups", "look at this", words, f"{make}; remove those that are not good")
    age = age_of(older[0])
    words = f"{words}; the newest is {older[0].name}, {_counted(age, 'day') + ' old' if age else 'of today'}"
    if of.soundness.state is State.good and of.is_backup_old:
        return Finding("backups", "look at this", f"{words}, and the store has changed since", make)
    return Finding("backups", "fine", words)


def _left_behind(of: Diagnosis) -> Finding:
    if not of.left_behind:
        gone = f"{_counted(len(of.cleared), 'file')} of a program that was ended lay in this folder, and is gone now"
        none = "no file was left behind by a program that was ended"
        return Finding("left behind", "fine", gone if of.cleared else none)
    words = f"{_counted(len(of.left_behind), 'file')} of a program that was ended: {_names(of.left_behind)}"
    return Finding("left behind", "look at this", words, "they are removed when the store is opened to be changed")


def _set_aside(of: Diagnosis) -> Finding:
    if not of.set_aside:
        return Finding("set aside", "fine", "no store was set aside as damaged, and no copy of it lies beside it")
    words = f"{_counted(len(of.set_aside), 'file')} set aside as damaged, or copied: {_names(of.set_aside)}"
    remedy = "they hold what clients said; delete them once nobody needs them"
    return Finding("set aside", "look at this", words, remedy)


def _names(files: tuple[str, ...]) -> str:
    return ", ".join(clean(name, 300) for name in files[:_NAMED])


def _cloud(of: Diagnosis) -> Finding:
    if of.synced_by is None:
        return Finding("cloud", "fine", "no sign that a cloud service copies the folder")
    words = "seems to copy the folder: what clients said leaves this computer, and the store can be damaged"
    remedy = "name a folder outside it with --home or BPO_QUIZ_HOME"
    return Finding("cloud", "look at this", f"{of.synced_by} {words}", remedy)


def _space(of: Diagnosis) -> Finding:
    if of.free_bytes is None:
        words = "the system does not tell how much is free"
        return Finding("free space", "look at this", words, "check that the disk is there")
    words = f"{size(of.free_bytes)} free"
    if of.free_bytes >= max(LEAST_FREE, 3 * (of.places[1].bytes or 0)):
        return Finding("free space", "fine", words)
    return Finding("free space", "look at this", words, "free some: a backup needs as much again as the store")


def _catalogue(of: Catalogue) -> Finding:
    what: What = "catalogue of --data" if of.folder else "catalogue"
    place = shown(of.folder or shipped_folder())
    if not of.faults:
        return Finding(what, "fine", f"{place}: {clean(of.name, 200)}")
    remedy = "bpo-quiz catalogue check says which" if of.folder else "install bpo-quiz again"
    return Finding(what, "broken", f"{place}: {_counted(of.faults, 'fault')}", remedy)


def _counted(number: int, what: str) -> str:
    return f"{number} {plural(number, what)}"

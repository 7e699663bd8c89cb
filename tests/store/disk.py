"""A disk that can be told to fail, and that remembers what was asked of it.

It stands between SQLite and the real disk: a copy of SQLite's own file system layer, in which writing, syncing, cutting
and deleting ask a test first.
"""

from __future__ import annotations

import _sqlite3
import contextlib
import ctypes
import itertools
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.errors import StorageError

from .desk import answer, content, fill, opened, store_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OK = 0
_KEPT: list[Any] = []  # SQLite holds pointers to these as long as the process lives
_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_DELETE = ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _INT)


class _FileSystem(ctypes.Structure):
    _fields_ = (
        ("version", _INT),
        ("size", _INT),
        ("longest", _INT),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("data", _POINTER),
        ("open", _POINTER),
        ("delete", _POINTER),
        ("others", _POINTER * 20),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", _INT),
        ("close", _POINTER),
        ("read", _POINTER),
        ("write", _POINTER),
        ("truncate", _POINTER),
        ("sync", _POINTER),
        ("others", _POINTER * 12),
    )


@dataclass(frozen=True)
class Step:
    """Something asked of the disk; `offset` is the new size where a file is cut."""

    action: str
    file: str
    offset: int = 0
    data: bytes = b""
    syncs_folder: bool = False

    @property
    def failure(self) -> int:
        codes = {
            "write": sqlite3.SQLITE_IOERR_WRITE,
            "truncate": sqlite3.SQLITE_IOERR_TRUNCATE,
            "sync": sqlite3.SQLITE_IOERR_FSYNC,
            "delete": sqlite3.SQLITE_IOERR_DELETE,
        }
        return codes[self.action]


class Failing:
    """Fails at the n-th step, counted from 1; from then on always, if the failure is to last."""

    def __init__(self, nth: int, *, lasts: bool) -> None:
        self.nth, self.lasts = nth, lasts
        self.steps = 0

    def __call__(self, step: Step) -> int:
        self.steps += 1
        fails = self.steps >= self.nth if self.lasts else self.steps == self.nth
        return step.failure if fails else OK

    @property
    def has_failed(self) -> bool:
        return self.steps >= self.nth


def failing_at_each_step(home: Path, *, lasts: bool, least: int) -> Iterator[tuple[Failing, Path]]:
    """A disk that fails at the first step, and a copy of a folder; then one that fails at the second; and so on.

    It ends with a disk that is not asked often enough to fail, after at least so many that did.
    """
    for nth in itertools.count(1):
        copy, disk = shutil.copytree(home, home.with_name(f"copy {nth}")), Failing(nth, lasts=lasts)
        yield disk, copy
        shutil.rmtree(copy)
        if not disk.has_failed:
            assert nth > least
            return


class Recording:
    """Lets everything pass, and remembers it; `note` marks a moment."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def __call__(self, step: Step) -> int:
        self.steps.append(step)
        return OK

    def note(self, what: str) -> None:
        self.steps.append(Step("note", what))


@contextlib.contextmanager
def between(decide: Callable[[Step], int]) -> Iterator[None]:
    """Let a test decide about every step that SQLite takes; 0 lets it pass, another number is SQLite's error."""
    library = _library()
    usual = library.sqlite3_vfs_find(None)
    ours = _FileSystem.from_buffer_copy(ctypes.string_at(usual, ctypes.sizeof(_FileSystem)))
    ours.name = b"tested"
    _divert(ours, decide)
    _KEPT.append(ours)
    library.sqlite3_vfs_register(ctypes.addressof(ours), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(ctypes.addressof(ours))
        library.sqlite3_vfs_register(usual, 1)


def half_done(home: Path) -> str:
    """Leave a store as a process does that dies in the middle of a save; the content before it."""
    (code,) = fill(home, clients=1, sessions=1)
    before = content(home)
    dead = False

    def die(step: Step) -> int:
        nonlocal dead
        dead = dead or (step.file == store_of(home).name and step.action == "sync")
        return step.failure if dead else OK

    with between(die), opened(home) as database, contextlib.suppress(StorageError):
        answer(database, code, 2, 0)
    assert (home / "bpo-quiz.db-journal").stat().st_size > 512
    return before


def _library() -> Any:
    """The SQLite that Python itself uses."""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    try:
        find, register, unregister = (
            getattr(library, f"sqlite3_vfs_{name}") for name in ("find", "register", "unregister")
        )
    except AttributeError:
        pytest.skip("this Python hides its SQLite, so nothing can be put between it and the disk")
    find.restype, find.argtypes = _POINTER, [ctypes.c_char_p]
    register.argtypes, unregister.argtypes = [_POINTER, _INT], [_POINTER]
    return library


def _divert(system: _FileSystem, decide: Callable[[Step], int]) -> None:
    real_open, real_delete = _OPEN(system.open), _DELETE(system.delete)
    names: dict[int, str] = {}
    diverted: dict[int, _Methods] = {}

    def open_file(vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        result = real_open(vfs, name, file, flags, out)
        place = ctypes.cast(file, ctypes.POINTER(_POINTER))
        methods = place.contents.value
        if result == OK and methods:
            names[file] = Path(ctypes.string_at(name).decode()).name if name else ""
            if methods not in diverted:
                diverted[methods] = _diverted(methods, names, decide)
            place.contents.value = ctypes.addressof(diverted[methods])
        return int(result)

    def delete(vfs: int, name: bytes, sync_folder: int) -> int:
        error = decide(Step("delete", Path(name.decode()).name, syncs_folder=bool(sync_folder)))
        return error or int(real_delete(vfs, name, sync_folder))

    callbacks = _OPEN(open_file), _DELETE(delete)
    _KEPT.append((callbacks, diverted))
    system.open, system.delete = (ctypes.cast(callback, _POINTER).value for callback in callbacks)


def _diverted(methods: int, names: dict[int, str], decide: Callable[[Step], int]) -> _Methods:
    ours = _Methods.from_buffer_copy(ctypes.string_at(methods, ctypes.sizeof(_Methods)))
    real_write, real_truncate, real_sync = _WRITE(ours.write), _TRUNCATE(ours.truncate), _SYNC(ours.sync)

    def write(file: int, data: int, size: int, offset: int) -> int:
        error = decide(Step("write", names[file], offset, ctypes.string_at(data, size)))
        return error or int(real_write(file, data, size, offset))

    def truncate(file: int, size: int) -> int:
        return decide(Step("truncate", names[file], size)) or int(real_truncate(file, size))

    def sync(file: int, flags: int) -> int:
        return decide(Step("sync", names[file])) or int(real_sync(file, flags))

    callbacks = _WRITE(write), _TRUNCATE(truncate), _SYNC(sync)
    _KEPT.append(callbacks)
    ours.write, ours.truncate, ours.sync = (ctypes.cast(callback, _POINTER).value for callback in callbacks)
    return ours

"""Turns what the disk and SQLite say into one line: place, fault, remedy."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEPT = "what was confirmed is kept"
AND_GO_ON = f" and go on: {_KEPT}"
"""How the remedy ends where a disk is full or faulty; whoever has more to say takes it away."""

_NO_SPACE = f"no space is left on the disk; free some{AND_GO_ON}"
_NO_WRITING = "cannot be written; check its permissions, or name another folder with --home"
_NOT_OPENED = "cannot be opened; check its permissions, or name another folder with --home"
_BUSY = "another program has kept it locked for too long; close that one and try again"
_DISK = f"the disk refused to read or write (no space left, or a fault of the disk); free some{AND_GO_ON}"
_GONE = "was removed or replaced while it was in use; put it back, or bpo-quiz doctor can restore a backup"
_DAMAGED = "is damaged; bpo-quiz doctor says more, and can restore a backup"

_NOT_HERE = "SQLite cannot use this place; name a folder on a disk of this computer with --home"
_SQLITE = {
    sqlite3.SQLITE_ERROR: _NOT_HERE,
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_READONLY: _NO_WRITING,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _NOT_OPENED,
    sqlite3.SQLITE_PERM: _NOT_OPENED,
    sqlite3.SQLITE_AUTH: _NOT_OPENED,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_NOMEM: "there is not enough memory; close other programs and try again",
    sqlite3.SQLITE_INTERRUPT: f"was interrupted; try again: {_KEPT}",
}
_SYSTEM = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: _NO_SPACE,
    errno.EIO: _DISK,
    errno.EACCES: _NO_WRITING,
    errno.EPERM: _NO_WRITING,
    errno.EROFS: _NO_WRITING,
    errno.EEXIST: "a file with this name is in the way; move it, or name another place",
    errno.ENOTDIR: "a file is in the way where a folder should be; name another place",
    errno.EISDIR: "is a folder; name a file",
    errno.ENOENT: "there is no such place; create the folder first",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.ELOOP: "is a link that leads elsewhere; name the real place",
}


def shown(place: Path) -> str:
    """A file's or folder's path, harmless to print."""
    return clean(str(place), 300)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error while looking at a database means that its content is broken, not that the disk or a lock is."""
    return _primary(error) not in _SQLITE


def storage_error(place: Path, error: Exception) -> StorageError:
    """The one line for an error of SQLite or of the operating system."""
    return StorageError(f"{shown(place)}: {_words(error)}")


@contextlib.contextmanager
def told(place: Path) -> Iterator[None]:
    """Errors of the disk and of SQLite inside become a `StorageError` about the place."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError) as error:  # ValueError: a NUL in a path, text that is no Unicode
        raise storage_error(place, error) from error


def _primary(error: sqlite3.Error) -> int:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return sqlite3.SQLITE_CORRUPT if code is None else code & 0xFF


def _words(error: Exception) -> str:
    if isinstance(error, sqlite3.Error):
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_DBMOVED:
            return _GONE
        return _SQLITE.get(_primary(error), _DAMAGED)
    if isinstance(error, OSError):
        words = _SYSTEM.get(error.errno or 0)
        return words or f"{error.strerror or 'cannot be used'}; name another place"
    return "is not a name that this system can use; choose another"

"""Keeps other processes off a file that grows, with a lock of the operating system: it ends with its process."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING

from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.files.safe import PRIVATE_FILE

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".lock"
_FLAGS = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)


class FileLock:
    """Has `FILE.lock` locked, with the number of our process in it, until `release`.

    The file alone means nothing: one that a killed process left behind stops nobody.

    Args:
        file: what nobody else should write.

    Raises:
        StorageError: another process has it, or there can be no such file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.with_name(file.name + ENDING)
        with told(self._file.parent):  # the lock is ours; what a person can mend is the folder
            self._handle = _locked(self._file)
        if self._handle is None:
            raise StorageError(
                f"{shown(file)}: another run writes it{_who(self._file)}; wait for its end, or name another file"
            )
        with contextlib.suppress(OSError):  # a full disk: the number is only told
            os.ftruncate(self._handle, 0)
            os.write(self._handle, b"%d" % os.getpid())

    def release(self) -> None:
        """Let others have it."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):
            self._file.unlink()  # while it is locked: later it could be another's
        os.close(self._handle)
        self._handle = None
        if sys.platform == "win32":  # an open file cannot be removed there, neither ours before nor another's now
            with contextlib.suppress(OSError):
                self._file.unlink()


def _locked(file: Path) -> int | None:
    """A handle of the file, locked; None where another process has it."""
    while True:
        handle = os.open(file, _FLAGS, PRIVATE_FILE)
        if not _lock(handle):
            os.close(handle)
            return None
        if _is_there(file, handle):
            return handle
        os.close(handle)  # who had it took the file away after we opened it


def _is_there(file: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(file))
    except FileNotFoundError:
        return False


def _who(file: Path) -> str:
    try:
        number = file.read_bytes()[:20]
    except OSError:
        return ""
    return f" (process {number.decode('ascii')})" if number.isdigit() else ""


if sys.platform == "win32":

    def _lock(handle: int) -> bool:
        import msvcrt

        os.lseek(handle, 2**30, os.SEEK_SET)  # far from the number, which others may read
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    _NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

    def _lock(handle: int) -> bool:
        """Lock it at once or not at all; a disk that has no locks lets everybody in."""
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        return True

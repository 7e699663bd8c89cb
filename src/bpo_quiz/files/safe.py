"""Files that only their owner can read, complete from the moment they have their name."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
import unicodedata
from typing import TYPE_CHECKING

from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.files.processes import is_alive, this_computer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONGEST_SLUG = 40
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_TEMPORARY = re.compile(r"\.bpo-quiz-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{16}\.tmp(-journal)?")
_LONG = 86_400
"""Seconds; no program lets a file that it writes lie untouched for so long."""

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
CREATE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, each 0700 from the start.

    Raises:
        OSError: it cannot be made, or something else has its name.
    """
    if folder.is_dir():
        return
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link that leads nowhere")
    if folder.parent != folder:
        make_folder(folder.parent)
    try:
        folder.mkdir(PRIVATE_FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise
    sync_folder(folder.parent)


@contextlib.contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """A new empty file, 0600, that is gone afterwards unless it was put in place."""
    file = folder / f".bpo-quiz-{this_computer()}-{os.getpid()}-{os.urandom(8).hex()}.tmp"
    try:  # from here on: Ctrl-C could come right after it was made
        os.close(os.open(file, CREATE, PRIVATE_FILE))
        yield file
    finally:
        for left in (file, journal_of(file)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def journal_of(file: Path) -> Path:
    """Where SQLite keeps what it needs to undo an interrupted change."""
    return file.with_name(f"{file.name}-journal")


def put_in_place(file: Path, final: Path, *, force: bool = False) -> None:
    """Give a complete temporary file its final name, in the same folder, on disk when this returns.

    Raises:
        FileExistsError: something has that name, and `force` is not set.
    """
    sync(file)
    if force:
        file.replace(final)
    else:
        _link(file, final)
    sync_folder(final.parent)


def _link(file: Path, final: Path) -> None:
    """A link never overwrites; where a disk has no links, looking first is the best there is."""
    try:
        os.link(file, final, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError) as error:  # the latter: this system links only what a link leads to
        if isinstance(error, OSError) and error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(final):
            raise FileExistsError(errno.EEXIST, "exists") from None
        file.rename(final)
    else:
        file.unlink()


def sync(file: Path) -> None:
    """Have the file's content on disk."""
    handle = os.open(file, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the folder's names on disk, where the system can do that.

    Raises:
        OSError: the disk refused, so that after a power cut a name may be missing.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may only be changed, and every folder on Windows
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def left_behind(folder: Path) -> list[Path]:
    """Our own temporary files whose process is dead; of another computer that sees the folder, those that lie for long.

    Raises:
        OSError: the folder cannot be read.
    """
    found = ((name, _TEMPORARY.fullmatch(name)) for name in sorted(os.listdir(folder)))  # noqa: PTH208 - names are enough
    return [folder / name for name, ours in found if ours and _is_over(folder / name, ours[1], int(ours[2]))]


def _is_over(file: Path, computer: str, pid: int) -> bool:
    if computer == this_computer():
        return not is_alive(pid)
    try:
        return time.time() - file.lstat().st_mtime > _LONG
    except FileNotFoundError:
        return False


def clear_left_behind(folder: Path) -> list[Path]:
    """Remove our own temporary files whose process is dead; those that are gone now."""
    gone = []
    with contextlib.suppress(OSError):
        for file in left_behind(folder):
            with contextlib.suppress(OSError):
                file.unlink()
                gone.append(file)
    return gone


def set_aside(file: Path, date: str) -> Path:
    """Rename a damaged file, and its journal with it, to a name that is free.

    Args:
        file: the file.
        date: `2026-11-22`, for the name.
    """
    first = file.with_name(f"{file.name}.damaged-{date}")
    names = (first, *(first.with_name(f"{first.name}-{n}") for n in range(2, 1000)))
    aside = next(name for name in names if not os.path.lexists(name) and not os.path.lexists(journal_of(name)))
    with contextlib.suppress(FileNotFoundError):
        journal_of(file).rename(journal_of(aside))
    with contextlib.suppress(FileNotFoundError):
        file.rename(aside)
    sync_folder(file.parent)
    return aside


def refuse_strange(file: Path) -> bool:
    """Whether the file is there; a link, a folder or a device in its place is refused.

    Raises:
        StorageError: it is not an ordinary file.
        OSError: nobody can tell.
    """
    try:
        mode = os.lstat(file).st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISREG(mode):
        return True
    kind = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
    raise StorageError(f"{shown(file)}: is {kind}, and was left untouched; move it, or name another folder with --home")


def refuse_to_overwrite(file: Path, force: bool) -> None:
    """Look before a file is written: only an ordinary file is ever replaced, and only when that is wanted.

    Raises:
        UsageError: something is there, and `force` is not set.
        StorageError: it is a folder or a device.
    """
    with told(file):
        is_there = os.path.lexists(file)
        is_special = is_there and not stat.S_ISREG(os.lstat(file).st_mode) and not file.is_symlink()
    if is_special:
        raise StorageError(f"{shown(file)}: is not an ordinary file; name another one")
    if is_there and not force:
        raise UsageError(f"{shown(file)}: is there already; add --force to replace it, or name another file")


def keep_private(file: Path) -> None:
    """Take other people's permissions away from a file that was copied here without care."""
    if os.name == "posix" and os.lstat(file).st_mode & 0o077:
        with contextlib.suppress(OSError):
            handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                os.fchmod(handle, PRIVATE_FILE)
            finally:
                os.close(handle)


@contextlib.contextmanager
def whole_file(file: Path, *, force: bool = False) -> Iterator[Callable[[bytes], None]]:
    """A file that is written bit by bit: whole from the moment it has its name, and 0600 before it has content.

    It gets its name at the end of the block. Where that ends with an exception, nothing of it is left.
    A link in its place is replaced, never followed.

    Yields:
        What writes at its end.

    Raises:
        UsageError: something is there, and `force` is not set.
        StorageError: the disk refused; what was there is as before, or the new file is there whole.
    """
    refuse_to_overwrite(file, force)
    clear_left_behind(file.parent)
    with contextlib.ExitStack() as made:
        with told(file.parent):
            fresh = made.enter_context(temporary(file.parent))
            stream = made.enter_context(fresh.open("r+b", buffering=0))

        def write(content: bytes) -> None:
            rest = memoryview(content)
            with told(file):
                while rest:
                    rest = rest[stream.write(rest) :]

        yield write
        stream.close()
        with told(file):
            try:
                put_in_place(fresh, file, force=force)
            except FileExistsError:
                raise UsageError(f"{shown(file)}: is there already; add --force to replace it") from None


def write_file(file: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file that is whole from the moment it has its name; see `whole_file`."""
    with whole_file(file, force=force) as write:
        write(content)


def safe_name(text: str, identifier: str) -> str:
    """A file name, without its ending, that no text can turn into a path or a device: `ana-maria-k7mp3d`.

    Args:
        text: such as an alias; what is left of it are at most 40 of a-z, 0-9 and hyphens.
        identifier: such as a code, which tells apart what looks alike.
    """
    words = _slug(text)[:LONGEST_SLUG].strip("-") or "client"
    return f"{words}-{_slug(identifier).replace('-', '') or '0'}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")

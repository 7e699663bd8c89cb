"""A file that grows for a while beside its final name, and can be gone on with after a stop: `FILE.part`."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from bpo_quiz.errors import UsageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.files.safe import CREATE, PRIVATE_FILE, clear_left_behind, put_in_place, refuse_to_overwrite

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".part"


def part_of(final: Path) -> Path:
    """Where a file grows until it is complete."""
    return final.with_name(final.name + ENDING)


class GrowingFile:
    """Appends to `FILE.part`, 0600 from the start; `finish` gives it its name.

    Args:
        final: its name when it is complete.
        force: replace what has that name, and begin again where a part is there.
        keep: go on after so many bytes of the part that is there; None: begin.

    Raises:
        UsageError: something has the name already, or a part is there; or there is no part to go on with.
        StorageError: it cannot be written.
    """

    def __init__(self, final: Path, *, force: bool = False, keep: int | None = None) -> None:
        self.final, self.part, self._force = final, part_of(final), force
        refuse_to_overwrite(final, force)
        with told(self.part):
            clear_left_behind(final.parent)  # of a run that was killed
            self._handle = self._begin() if keep is None else self._go_on(keep)
        self.size = keep or 0

    def _begin(self) -> int:
        if self._force:
            self.part.unlink(missing_ok=True)
        try:
            return os.open(self.part, CREATE, PRIVATE_FILE)
        except FileExistsError:
            message = "is left of a run that was stopped; add --continue to go on with it, or --force to begin again"
            raise UsageError(f"{shown(self.part)}: {message}") from None

    def _go_on(self, keep: int) -> int:
        handle = os.open(self.part, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size < keep:
            os.close(handle)
            raise UsageError(f"{shown(self.part)}: is not as it was left; remove it and begin again")
        os.ftruncate(handle, keep)
        os.lseek(handle, keep, os.SEEK_SET)
        return handle

    def append(self, content: bytes) -> None:
        """Write at the end.

        Raises:
            StorageError: it could not be written; a part of it may stand there until `cut`.
        """
        with told(self.part):
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        self.size += len(content)

    def cut(self, size: int) -> None:
        """Take away what stands after so many bytes, and have the rest on disk."""
        with told(self.part):
            os.ftruncate(self._handle, size)
            os.lseek(self._handle, size, os.SEEK_SET)
            os.fsync(self._handle)
        self.size = size

    def finish(self) -> None:
        """Give the file its name; it is complete, and on disk.

        Raises:
            UsageError: something has that name by now.
            StorageError: it could not be done; the part is kept.
        """
        self.close()
        with told(self.final):
            try:
                put_in_place(self.part, self.final, force=self._force)
            except FileExistsError:
                raise UsageError(f"{shown(self.final)}: is there by now; the result is in {shown(self.part)}") from None

    def close(self) -> None:
        """Close it; the part stays."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1

    def remove(self) -> None:
        """Close it, and take the part away."""
        self.close()
        with contextlib.suppress(OSError):
            self.part.unlink()

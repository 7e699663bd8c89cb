"""Files that a person asked for: complete or not there, for their owner only, never over another by accident."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bpo_quiz.errors import UsageError
from bpo_quiz.store.faults import shown, told
from bpo_quiz.store.files import clear_left_behind, put_in_place, refuse_to_overwrite, temporary

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_SLUG = 40


def write_file(file: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file that is complete from the moment it has its name, and 0600 before it has content.

    A link in its place is replaced, never followed.

    Raises:
        UsageError: something is there, and `force` is not set.
        StorageError: the disk refused; what was there is as before, or the new file is there whole.
    """
    refuse_to_overwrite(file, force)
    with told(file):
        clear_left_behind(file.parent)
        try:
            with temporary(file.parent) as fresh:
                with fresh.open("r+b") as stream:
                    stream.write(content)
                put_in_place(fresh, file, force=force)
        except FileExistsError:
            raise UsageError(f"{shown(file)}: is there already; add --force to replace it") from None


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

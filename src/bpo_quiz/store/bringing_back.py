"""Bringing a backup back: the command that does it, and what a person should know about it."""

from __future__ import annotations

import contextlib
import re
import shlex
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import StorageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.store.connection import connect
from bpo_quiz.store.locations import home_folder

if TYPE_CHECKING:
    from pathlib import Path

_DAY = re.compile(r"backup-\d+-(\d{4}-\d\d-\d\d)\.db")
_NEWEST = (
    "SELECT max(moment) FROM (SELECT added AS moment FROM clients UNION ALL SELECT written FROM notes"
    " UNION ALL SELECT max(started, coalesce(finished, '')) FROM sessions)"
)


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
    in_name = _DAY.fullmatch(backup.name)
    of = f"This backup is of {in_name[1]}" if in_name else f"The newest in this backup is of {clean(newest[:10])}"
    return f"{of}; clients and sessions that were forgotten or removed since then come back: forget them again."


def _is_usual(home: Path) -> bool:
    """Whether a call without --home is about this home."""
    with contextlib.suppress(StorageError):
        return home == home_folder()
    return False

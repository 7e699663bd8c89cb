"""Who is going on with a session right now; dead processes hold nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bpo_quiz.errors import StorageError
from bpo_quiz.files.processes import is_alive

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database

_HOLDS = "SELECT code, pid, since, born FROM holds JOIN sessions ON sequence = session"


def refuse_held(database: Database, condition: str = "TRUE", *values: int) -> None:
    """Leave alone what another process goes on with.

    Args:
        database: the store.
        condition: on a row of `sessions`; left out, it is about all of them.
        values: of the condition.

    Raises:
        StorageError: another living process holds such a session; the message names it and says since when.
    """
    for code, pid, since, born in database.rows(f"{_HOLDS} WHERE {condition}", *values):
        if isinstance(pid, int) and pid != os.getpid() and is_alive(pid, str(born)):
            raise StorageError(
                f"session {code} is open in another window (process {pid}, since {since}); "
                "go on there, or close that window and try again"
            )

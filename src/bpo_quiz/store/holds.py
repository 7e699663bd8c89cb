"""Who is going on with a session right now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.files.processes import is_alive

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database

_HOLDS = "SELECT code, pid, since, born FROM holds JOIN sessions ON sequence = session"


class Hold(NamedTuple):
    """A living process that goes on with a session, and since when."""

    code: str
    pid: int
    since: str

    @property
    def refusal(self) -> str:
        """What another process says."""
        return (
            f"session {self.code} is open in another window (process {self.pid}, since {self.since}); "
            "go on there, or close that window and try again"
        )


def holder(database: Database, sequence: int) -> Hold | None:
    """Who holds a session; dead processes hold nothing."""
    return next(iter(_living(database, "session = ?", sequence)), None)


def all_holds(database: Database) -> list[Hold]:
    """Every hold of a living process."""
    return _living(database, "TRUE")


def holds_of_client(database: Database, client: int) -> list[Hold]:
    """Every hold of a living process on one client's sessions."""
    return _living(database, "client = ?", client)


def _living(database: Database, condition: str, *values: int) -> list[Hold]:
    rows = database.rows(f"{_HOLDS} WHERE {condition}", *values)
    return [
        Hold(str(code), pid, str(since))
        for code, pid, since, born in rows
        if isinstance(pid, int) and is_alive(pid, str(born))
    ]

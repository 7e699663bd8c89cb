"""A guarded connection: every SQLite error becomes one line, every change is one transaction, and who holds what."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from bpo_quiz.clean import clean
from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.files.faults import told
from bpo_quiz.files.processes import birth, is_alive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = tuple[Any, ...]

APPLICATION_ID = 0x42504F51
"""`BPOQ`, in the header of every store."""

PATIENCE = 10.0
"""Seconds to wait for another program's lock."""

_LARGEST_RECORD = 4 * 1024 * 1024
"""Bytes; SQLite hands out no larger one, however large a stranger made it."""

_HOLDS = "SELECT code, pid, since, born FROM holds JOIN sessions ON sequence = session"
"""Who is going on with a session right now; dead processes hold nothing."""

HOLD_ENDS = timedelta(hours=12)
"""How long a hold lasts of which nobody can tell whether its process still lives or another has its number."""

# fullfsync: else macOS says that all is on disk before it is.
# EXTRA: after a commit the folder is on disk too, without which a power cut could bring the journal back.
_SETTINGS = ("trusted_schema = OFF", "foreign_keys = ON", "cell_size_check = ON", "temp_store = MEMORY")
_WRITING = ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "fullfsync = ON")


class Database(sqlite3.Connection):
    """A connection that knows its file. Use `rows`, `row` and `change`; they speak of the file when something fails."""

    file = Path()
    finished_removal = False
    """Whether opening it finished a removal that an earlier call could not finish."""

    waiting: StorageError | None = None
    """Why such a removal could not be finished now either."""

    asks: Callable[[str], bool] | None = None
    """Asks the person at the terminal for a yes; None where there is nobody."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.meant: dict[str, str] = {}
        """Aliases as they were typed -> those of the clients that are meant, since a person said so."""

    def means(self, alias: str, like: str) -> None:
        """Keep that one client is meant by an alias that only looks like theirs.

        Raises:
            UsageError: nobody says so.
        """
        none = f"{clean(alias, 60)}: there is no such client, but {clean(like)} looks like it"
        if self.asks is None or not self.asks(f"{none}. Is {clean(like)} meant?"):
            raise UsageError(f"{none}; type {clean(like)} if that is meant")
        self.meant[alias] = like

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Every row of a statement.

        Raises:
            StorageError: the disk, a lock or damage.
        """
        with told(self.file):
            return self.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> Row | None:
        """The first row of a statement, if there is one."""
        with told(self.file):
            found: Row | None = self.execute(statement, values).fetchone()
            return found

    def count(self, records: str, *values: Any) -> int:
        """How many records there are, such as `notes WHERE client = ?`."""
        ((number,),) = self.rows(f"SELECT count(*) FROM {records}", *values)  # noqa: S608 - words of ours
        return int(number)

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """One transaction that is on disk when the block is left, or did not happen; inside another a part of it.

        Raises:
            StorageError: the disk, a lock or damage; everything is as before.
        """
        if self.in_transaction:
            yield
            return
        try:
            with told(self.file):
                self.execute("BEGIN IMMEDIATE")
            yield
            with told(self.file):
                self.execute("COMMIT")
        finally:
            if self.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    self.execute("ROLLBACK")


def connect(file: Path, *, read_only: bool = False) -> Database:
    """Open a database file that is there.

    Raises:
        sqlite3.Error: it cannot be opened, or is none.
    """
    place = address(file, "ro" if read_only else "rw")
    connection = sqlite3.connect(place, timeout=PATIENCE, isolation_level=None, factory=Database, uri=True)
    connection.file = file
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_RECORD)
    try:
        for setting in _SETTINGS if read_only else (*_SETTINGS, *_WRITING):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # the first look, which may find a fault
    except BaseException:
        connection.close()
        raise
    return connection


def address(file: PurePath, mode: str) -> str:
    """A file as SQLite is told of it; that of another computer in a network (`//server/...`) too."""
    place = file.as_uri()
    if not place.startswith("file:///"):
        place = f"file:////{place.removeprefix('file://')}"
    return f"{place}?mode={mode}"


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """A number from the header, such as `user_version`."""
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def refuse_held(database: Database, condition: str = "TRUE", *values: int | str, take_over: bool = False) -> None:
    """Leave alone what another process goes on with.

    Args:
        database: the store.
        condition: on a row of `sessions`; left out, it is about all of them.
        values: of the condition.
        take_over: whether the person says that a hold is none, where nobody can tell; where one can, it says nothing.

    Raises:
        StorageError: another living process holds such a session; the message names it and says since when.
    """
    for code, pid, since, born in database.rows(f"{_HOLDS} WHERE {condition}", *values):
        if not isinstance(pid, int) or pid == os.getpid() or not is_alive(pid, str(born)):
            continue
        is_certain = bool(born and birth(pid))
        if not is_certain and (take_over or _has_ended(str(since))):
            continue
        remedy = "go on there, or close that window and try again"
        if not is_certain:
            remedy += f"; if there is none, bpo-quiz resume {code} --take-over goes on here"
        raise StorageError(f"session {code} is open in another window (process {pid}, since {since}); {remedy}")


def _has_ended(since: str) -> bool:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(since) > HOLD_ENDS
    except (ValueError, TypeError):
        return True

"""The schema, version by version. A store's version is its `user_version`.

To change the schema, append a function to `MIGRATIONS`; never edit one that was released.
"""

from __future__ import annotations

import contextlib
import functools
import json
import sqlite3
from typing import TYPE_CHECKING

from bpo_quiz.files.faults import told
from bpo_quiz.store import checksums, strict
from bpo_quiz.store.connection import APPLICATION_ID, pragma, refuse_held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.store.connection import Database, Row

    Migration = Callable[[sqlite3.Connection], None]


def _first(connection: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE catalogues (
            sha256 TEXT PRIMARY KEY,
            roles BLOB NOT NULL,
            skills BLOB NOT NULL
        )""",
        """CREATE TABLE clients (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            alias TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            added TEXT NOT NULL,
            consent_words TEXT NOT NULL,
            consent_at TEXT NOT NULL,
            checksum TEXT NOT NULL
        )""",
        """CREATE TABLE sessions (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL UNIQUE,
            client INTEGER REFERENCES clients ON DELETE CASCADE,
            catalogue TEXT NOT NULL REFERENCES catalogues,
            form TEXT NOT NULL,
            tag TEXT,
            folded_tag TEXT,
            started TEXT NOT NULL,
            finished TEXT,
            touched INTEGER NOT NULL,
            checksum TEXT NOT NULL
        )""",
        "CREATE INDEX sessions_by_client ON sessions (client, sequence)",
        "CREATE INDEX sessions_by_touch ON sessions (touched)",
        """CREATE TABLE answers (
            session INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
            record BLOB NOT NULL
        )""",
        """CREATE TABLE holds (
            session INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
            pid INTEGER NOT NULL,
            born TEXT NOT NULL,
            since TEXT NOT NULL
        )""",
        """CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            client INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
            code TEXT,
            written TEXT NOT NULL,
            text TEXT NOT NULL,
            checksum TEXT NOT NULL
        )""",
        "CREATE INDEX notes_by_client ON notes (client, id)",
        "CREATE TABLE unfinished_work (name TEXT PRIMARY KEY)",
    ):
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    """Keep which questions about the person are done by their keys, since a number means others when some are added."""
    for sequence, *columns, record, checksum in connection.execute(checksums.SESSIONS).fetchall():
        answers = strict.parsed(record)
        if answers is None or checksum != checksums.digest((sequence, *columns, record)):
            continue  # damaged, and it stays so
        done, about = answers.get("about_done"), answers.get("about")
        if type(done) is int and done >= 0 and isinstance(about, dict):
            has_job = about.get("current_role") not in (None, "none")
            asked = [key for key in _ASKED_BY_FIRST if key != "current_role" or has_job]
            text = json.dumps({**answers, "about_done": asked[:done]}, separators=(",", ":"))
            packed = checksums.packed(text.encode("ascii"))
            connection.execute("UPDATE answers SET record = ? WHERE session = ?", (packed, sequence))
            seal = checksums.digest((sequence, *columns, packed))
            connection.execute("UPDATE sessions SET checksum = ? WHERE sequence = ?", (seal, sequence))


_ASKED_BY_FIRST = (
    "where", "current_role", "years", "education", "english", "shifts", "channel", "site", "targets",
)  # fmt: skip


def _third(connection: sqlite3.Connection) -> None:
    """Keep what talks led to, for a client, or for a session of nobody's."""
    connection.execute(
        """CREATE TABLE talks (
            id INTEGER PRIMARY KEY,
            client INTEGER UNIQUE REFERENCES clients ON DELETE CASCADE,
            session INTEGER UNIQUE REFERENCES sessions ON DELETE CASCADE,
            changed TEXT NOT NULL,
            record TEXT NOT NULL,
            checksum TEXT NOT NULL
        )"""
    )


MIGRATIONS: tuple[Migration, ...] = (_first, _second, _third)
NEWEST = len(MIGRATIONS)
"""The schema version that this program writes."""


def migrate(
    database: Database, before_each: Callable[[], object], migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a store to the newest version, one transaction a version; killed anywhere, it goes on the next time.

    Args:
        database: the store, not newer than the newest version.
        before_each: makes a backup.
        migrations: all there are; a test may have its own.

    Raises:
        StorageError: the disk or a lock, or a session is open in a window of the older program, which would not know
            its own record again; the store is as before the version that failed.
    """
    while _version(database) < len(migrations):
        before_each()
        with database.change():
            version = _version(database)  # another process may have been quicker
            if version < len(migrations):
                if version:
                    refuse_held(database)
                with told(database.file):
                    migrations[version](database)
                    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    database.execute(f"PRAGMA user_version = {version + 1}")


def _version(database: Database) -> int:
    with told(database.file):
        return pragma(database, "user_version")


def has_schema_of(connection: sqlite3.Connection, version: int, migrations: Sequence[Migration] = MIGRATIONS) -> bool:
    """Whether the tables and indexes are exactly those of a version.

    Raises:
        sqlite3.Error: they cannot be read.
    """
    return schema(connection) == _expected(tuple(migrations[:version]))


@functools.cache
def _expected(migrations: tuple[Migration, ...]) -> list[Row]:
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        for migration in migrations:
            migration(empty)
        return schema(empty)


def schema(connection: sqlite3.Connection) -> list[Row]:
    """Every object of the schema and how it was made."""
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name, type").fetchall()

"""Finding and numbering records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.errors import NoSuchRecord
from bpo_quiz.store import checksums
from bpo_quiz.store.text import fold, name

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database, Row


def find_client(database: Database, alias: str) -> Row | None:
    """A client's row of `checksums.CLIENTS`, not verified; None if there is no such client."""
    return database.row(f"{checksums.CLIENTS} WHERE folded = ?", fold(name(alias, "alias")))


def client_row(database: Database, alias: str) -> Row:
    """A client's row of `checksums.CLIENTS`, not verified.

    Raises:
        NoSuchRecord: there is no such client.
        UsageError: that can be no alias.
    """
    row = find_client(database, alias)
    if row is None:
        checksums.refuse_damage(database)
        raise NoSuchRecord(f"{name(alias, 'alias')}: there is no such client; bpo-quiz client list shows all")
    return row


def verified_client(database: Database, row: Row) -> Row:
    """A client's row.

    Raises:
        StorageError: it is not as it was written.
    """
    return checksums.sound(row, f"client {row[1]}", database)


def next_number(database: Database, table: str) -> int:
    """One more than any record of the table ever had, also those that were removed."""
    ((number,),) = database.rows("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", table)
    return (number or 0) + 1

"""A SHA-256 over every record, because SQLite does not notice a wrong bit inside a value; records are read here."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.clean import clean
from bpo_quiz.errors import NoSuchRecord, StorageError
from bpo_quiz.files.faults import shown, told
from bpo_quiz.store import strict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bpo_quiz.store.connection import Database, Row

# The checksum comes last and is over all that stands before it.
SESSIONS = """SELECT sequence, code, client, catalogue, form, tag, folded_tag, started, finished, touched,
    record, checksum FROM sessions LEFT JOIN answers ON session = sequence"""
CLIENTS = "SELECT id, alias, folded, added, consent_words, consent_at, checksum FROM clients"
NOTES = "SELECT id, client, code, written, text, checksum FROM notes"
TALKS = "SELECT id, client, session, changed, record, checksum FROM talks"
CATALOGUES = "SELECT sha256, roles, skills FROM catalogues"

Kind = Literal["client", "session", "note", "talk", "catalogue"]


class _Reading(NamedTuple):
    """How records of a kind are read; `name_at`: the column that names one."""

    statement: str
    name_at: int
    strictly: Callable[[Row], tuple[Any, ...]]


_READING: dict[Kind, _Reading] = {
    "client": _Reading(CLIENTS, 1, strict.client),
    "session": _Reading(SESSIONS, 1, strict.session),
    "note": _Reading(NOTES, 0, strict.note),
    "talk": _Reading(TALKS, 0, strict.talk),
    "catalogue": _Reading(CATALOGUES, 0, strict.frozen),
}
_LONGEST_NAME = 60


def digest(values: Iterable[Any]) -> str:
    """SHA-256 of a record's values as canonical JSON, 64 hexadecimal digits."""
    text = json.dumps(list(values), separators=(",", ":"), default=bytes.hex)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read(kind: Kind, row: Row) -> tuple[Any, ...] | None:
    """A record as its reader in `strict` has it; None if it is not as it was written, or was not written by us."""
    if kind != "catalogue" and row[-1] != digest(row[:-1]):  # a catalogue's own hash is its checksum
        return None
    try:
        return _READING[kind].strictly(row)
    except strict.Strange:
        return None


def sound(kind: Kind, row: Row, database: Database) -> tuple[Any, ...]:
    """As `read`.

    Raises:
        StorageError: it cannot be read.
    """
    found = read(kind, row)
    if found is None:
        raise damaged(database, _name(kind, row))
    return found


def damaged(database: Database, name: str) -> StorageError:
    """The error for a record that cannot be read."""
    return StorageError(
        f"{shown(database.file)}: {name} is damaged and was left untouched; "
        "bpo-quiz doctor says more, and can restore a backup"
    )


def unsound(database: Database) -> Iterator[str]:
    """Names of all records that cannot be read, such as `session ABC-DEF`, or whose owner is not there.

    Raises:
        StorageError: records that not even SQLite can read.
    """
    for kind, reading in _READING.items():
        rows = _each(database, reading.statement)
        yield from (_name(kind, row) for row in rows if read(kind, row) is None)
    yield from (f"{table[:-1]} {number}" for table, number, *_ in _each(database, "PRAGMA foreign_key_check"))


def _name(kind: Kind, row: Row) -> str:
    name = str(row[_READING[kind].name_at])
    return f"{kind} {clean(name[:12] if kind == 'catalogue' else name, _LONGEST_NAME)}"


def absent(database: Database, words: str) -> NoSuchRecord:
    """The error for a record that does not exist, after a look whether a wrong bit hides it.

    Raises:
        StorageError: something is damaged.
    """
    found = database.rows("PRAGMA integrity_check(1)")
    name = "an index" if found != [("ok",)] else next(unsound(database), None)
    if name is not None:
        raise damaged(database, name)
    return NoSuchRecord(words)


def no_session(database: Database, code: str) -> NoSuchRecord:
    """As `absent`, for the session of a code."""
    return absent(database, f"{code}: there is no such session; bpo-quiz list shows all")


def packed(content: bytes) -> bytes:
    """Content as it is stored."""
    return zlib.compress(content)


def _each(database: Database, statement: str) -> Iterator[Row]:
    with told(database.file):
        yield from database.execute(statement)

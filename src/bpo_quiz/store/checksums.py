"""A SHA-256 over every record, because SQLite does not notice a wrong bit inside a value."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any

from bpo_quiz.catalogue.files import fingerprint
from bpo_quiz.errors import NoSuchRecord, StorageError
from bpo_quiz.files.faults import shown, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.store.connection import Database, Row

# The checksum comes last and is over all that stands before it.
SESSIONS = """SELECT sequence, code, client, catalogue, form, tag, folded_tag, started, finished, touched,
    record, checksum FROM sessions LEFT JOIN answers ON session = sequence"""
CLIENTS = "SELECT id, alias, folded, added, consent_words, consent_at, checksum FROM clients"
NOTES = "SELECT id, client, code, written, text, checksum FROM notes"
CATALOGUES = "SELECT sha256, roles, skills FROM catalogues"


def digest(values: Iterable[Any]) -> str:
    """SHA-256 of a record's values as canonical JSON, 64 hexadecimal digits."""
    text = json.dumps(list(values), separators=(",", ":"), default=bytes.hex)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def is_sound(row: Row) -> bool:
    """Whether a record of `SESSIONS`, `CLIENTS` or `NOTES` is as it was written."""
    return bool(row[-1] == digest(row[:-1]))


def sound(row: Row, name: str, database: Database) -> Row:
    """The record itself.

    Raises:
        StorageError: it is not as it was written.
    """
    if is_sound(row):
        return row
    raise damaged(database, name)


def damaged(database: Database, name: str) -> StorageError:
    """The error for a record that is not as it was written."""
    return StorageError(
        f"{shown(database.file)}: {name} is damaged and was left untouched; "
        "bpo-quiz doctor says more, and can restore a backup"
    )


def unsound(database: Database) -> Iterator[str]:
    """Names of all damaged records, such as `session ABC-DEF`; every record is read.

    Raises:
        StorageError: records that cannot be read at all.
    """
    for kind, statement, name_at in (("client", CLIENTS, 1), ("session", SESSIONS, 1), ("note", NOTES, 0)):
        yield from (f"{kind} {row[name_at]}" for row in _each(database, statement) if not is_sound(row))
    for sha256, roles, skills in _each(database, CATALOGUES):
        if unpacked(sha256, roles, skills) is None:
            yield f"catalogue {str(sha256)[:12]}"


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


def unpacked(sha256: str, roles: Any, skills: Any) -> tuple[bytes, bytes] | None:
    """A frozen catalogue's two files; None when they are not those that were stored."""
    with contextlib.suppress(zlib.error, TypeError):
        files = zlib.decompress(roles), zlib.decompress(skills)
        return files if fingerprint(*files) == sha256 else None
    return None


def _each(database: Database, statement: str) -> Iterator[Row]:
    with told(database.file):
        yield from database.execute(statement)

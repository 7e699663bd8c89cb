"""Stores that a stranger made: every checksum in them holds, and one value is none that the program writes."""

from __future__ import annotations

import contextlib
import functools
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.catalogue.files import fingerprint
from bpo_quiz.store import checksums

from .desk import ITEMS

if TYPE_CHECKING:
    from pathlib import Path

ESCAPE = "\x1b]0;taken\x07"
SEALED = {
    "sessions": (checksums.SESSIONS, "sequence"),
    "clients": (checksums.CLIENTS, "id"),
    "notes": (checksums.NOTES, "id"),
    "talks": (checksums.TALKS, "id"),
}
ROLES, SKILLS = b"roles: [\x1b", b"skills: {"


class Lie(NamedTuple):
    """A value in the place of a good one."""

    table: str
    column: str
    value: Any


def packed(**changes: Any) -> bytes:
    record = {"about": {}, "about_done": None, "responses": [[ITEMS[0], 0, 3, 4.5]], **changes}
    return zlib.compress(json.dumps(record).encode())


def talk(**changes: Any) -> str:
    return json.dumps({"agreements": [], "next": None, "roles": {}, **changes})


@functools.cache
def bomb(megabytes: int) -> bytes:
    maker = zlib.compressobj(9)
    zeros = bytes(1024 * 1024)
    return b"".join(maker.compress(zeros) for _ in range(megabytes)) + maker.flush()


ANSWERS: dict[str, Any] = {
    "no text": "hello",
    "not packed": b"hello",
    "nothing packed": zlib.compress(b""),
    "more behind it": packed() + b"more",
    "cut short": packed()[:-3],
    "a bomb": bomb(100),
    "a deep nest": zlib.compress(b"[" * 100_000),
    "a list": zlib.compress(b"[]"),
    "a key twice": zlib.compress(b'{"about":{},"about":{},"about_done":null,"responses":[]}'),
    "another key": packed(more=1),
    "no about": packed(about=None),
    "about that is unknown": packed(about={ESCAPE: 1}),
    "years that are none": packed(about={"years": -1}),
    "years that are text": packed(about={"years": ESCAPE}),
    "a role that is a list": packed(about={"current_role": ["x"]}),
    "a role of no catalogue": packed(about={"current_role": ESCAPE}),
    "English of no level": packed(about={"english": ESCAPE}),
    "done that is text": packed(about_done="where"),
    "done that is a number": packed(about_done=3),
    "done that is no key": packed(about_done=["where", ESCAPE]),
    "done without end": packed(about_done=["where"] * 1000),
    "responses that are an object": packed(responses={}),
    "a response too short": packed(responses=[[ITEMS[0], 0, 3]]),
    "an item of no catalogue": packed(responses=[[ESCAPE, 0, 3, 4.5]]),
    "an item twice": packed(responses=[[ITEMS[0], 0, 3, 4.5], [ITEMS[0], 1, 3, 4.5]]),
    "an item that is a number": packed(responses=[[1, 0, 3, 4.5]]),
    "a value above 4": packed(responses=[[ITEMS[0], 0, 5, 4.5]]),
    "a value that is true": packed(responses=[[ITEMS[0], 0, True, 4.5]]),
    "a value between": packed(responses=[[ITEMS[0], 0, 1.5, 4.5]]),
    "a place below 0": packed(responses=[[ITEMS[0], -1, 3, 4.5]]),
    "seconds without end": packed(responses=[[ITEMS[0], 0, 3, float("inf")]]),
    "seconds that are none": packed(responses=[[ITEMS[0], 0, 3, float("nan")]]),
    "seconds beyond a pause": packed(responses=[[ITEMS[0], 0, 3, 121]]),
}
MOMENTS = (
    ESCAPE,
    "",
    "2026-13-01T10:00:00+00:00",
    "2026-05-01",
    f"2026-05-01T10:00:00+00:00{ESCAPE}",
    b"\x1b",
    "9" * 99,
)
NUMBERS = (-1, 2**62)
NAMES = (ESCAPE, "", "x" * 61, "a\u202eb", b"\x1b", "Other")
LONG_TEXTS = ("", "x" * 10_001, b"\x1b")
CODES = (ESCAPE, "AAA-AAB", "", "x" * 1000, b"\x1b")
AGREED = ["2026-05-01T10:00:00+00:00", "Read three adverts.", "2026-12-03", "open", None]
TALKS: tuple[Any, ...] = (
    ESCAPE, "[]", "{}", b"\x1b", talk(next=ESCAPE), talk(next="2026-02-30"), talk(more=1), talk(agreements={}),
    talk(agreements=[AGREED[:4]]), *(talk(roles={role: mark}) for role in ("", "x" * 201) for mark in ([True, ""],)),
    *(
        talk(agreements=[[*AGREED[:n], value, *AGREED[n + 1 :]]])
        for n in range(5)
        for value in ("", "x" * 501, *([] if n == 1 else [ESCAPE]))  # a text may hold anything
    ),
    *(talk(roles={"baker": mark}) for mark in ([], [1, ""], [True], [True, 3], [True, "x" * 501], "keep")),
)  # fmt: skip
LIES = (
    *(Lie("talks", "record", value) for value in TALKS),
    *(Lie("talks", "changed", value) for value in MOMENTS),
    *(Lie("talks", column, value) for column in ("client", "session") for value in (99, -1, ESCAPE)),
    Lie("talks", "client", None),
    *(Lie("sessions", column, value) for column in ("started", "finished") for value in MOMENTS),
    *(Lie("clients", column, value) for column in ("added", "consent_at") for value in MOMENTS),
    *(Lie("notes", "written", value) for value in MOMENTS),
    *(Lie("sessions", "code", value) for value in CODES),
    *(Lie("notes", "code", value) for value in CODES),
    *(Lie("sessions", "form", value) for value in (ESCAPE, "", "long", b"full")),
    *(Lie("sessions", column, value) for column in ("tag", "folded_tag") for value in (*NAMES, None)),
    *(Lie("clients", column, value) for column in ("alias", "folded") for value in NAMES),
    *(Lie("clients", "consent_words", value) for value in LONG_TEXTS),
    *(Lie("notes", "text", value) for value in LONG_TEXTS),
    *(Lie("sessions", column, value) for column in ("sequence", "touched") for value in NUMBERS),
    *(Lie(table, "id", value) for table in ("clients", "notes") for value in NUMBERS),
    *(Lie("sessions", "client", value) for value in (99, -1, ESCAPE)),
    *(Lie("sessions", "catalogue", value) for value in ("0" * 64, ESCAPE, "")),
    *(Lie("notes", "client", value) for value in (99, ESCAPE)),
    *(Lie("answers", "record", value) for value in ANSWERS.values()),
    Lie("answers", "session", 99),
    *(Lie("catalogues", "roles", value) for value in (b"hello", ESCAPE, bomb(100), zlib.compress(b"x"))),
    Lie("catalogues", "sha256", ESCAPE),
    Lie("catalogues", "both", None),
    Lie("clients", "alias", "x" * 5_000_000),
    Lie("answers", "record", bytes(5_000_000)),
)


def lie_in(file: Path, lie: Lie) -> None:
    """Put a value into the newest record of a table, and make every checksum hold again."""
    with contextlib.closing(sqlite3.connect(file)) as raw, raw:
        if lie.table == "catalogues" and lie.column == "both":
            values = (fingerprint(ROLES, SKILLS), zlib.compress(ROLES), zlib.compress(SKILLS))
            raw.execute("UPDATE catalogues SET sha256 = ?, roles = ?, skills = ?", values)
            raw.execute("UPDATE sessions SET catalogue = ?", values[:1])
        else:
            where = f"rowid = (SELECT max(rowid) FROM {lie.table})"  # noqa: S608 - a name of ours
            raw.execute(f"UPDATE {lie.table} SET {lie.column} = ? WHERE {where}", (lie.value,))  # noqa: S608 - as above
        for table, (statement, number) in SEALED.items():
            for row in raw.execute(statement).fetchall():
                seal = checksums.digest(row[:-1])
                raw.execute(f"UPDATE {table} SET checksum = ? WHERE {number} = ?", (seal, row[0]))  # noqa: S608 - as above

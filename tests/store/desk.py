"""A small counsellor's desk to test with: a small catalogue, and stores with something in them."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.load import load
from bpo_quiz.store import backups, checksums, talks
from bpo_quiz.store.backups import FILE
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.connection import connect
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.errors import QuizError
    from bpo_quiz.store.connection import Database

SMALL = Path(__file__).parents[1] / "data" / "small"
CATALOGUE = load(SMALL)
FILES = ((SMALL / "roles.yaml").read_bytes(), (SMALL / "skills.yaml").read_bytes())
ITEMS = tuple(item.id for item in CATALOGUE.items())
CONSENT = "I agree that my answers are kept on this computer."
IS_ROOT = os.name == "posix" and os.geteuid() == 0


@contextlib.contextmanager
def opened(home: Path, *, read_only: bool = False) -> Iterator[Database]:
    with contextlib.closing(open_database(home, read_only=read_only)) as database:
        yield database


def chance(seed: int) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)


def begin(database: Database, client: str | None = None, tag: str | None = None) -> str:
    return Sessions(database).start(CATALOGUE, FILES, "full", client, tag).code


def answer(database: Database, code: str, number: int, value: int | None = 3) -> None:
    position = number % len(ITEMS)
    Sessions(database).save_response(code, Response(ITEMS[position], value, 4.5, position))


def fill(home: Path, clients: int = 2, sessions: int = 2, answers: int = 3) -> list[str]:
    """A store with clients `Ana 0`, `Ana 1`, ..., each with sessions and a note; the codes."""
    with opened(home) as database, database.change():
        codes = []
        for number in range(clients):
            alias = f"Ana {number}"
            Clients(database).add(alias, CONSENT)
            for _ in range(sessions):
                code = begin(database, alias, "Course")
                for item in range(answers):
                    answer(database, code, item, item % 5)
                codes.append(code)
            Clients(database).note(alias, f"Note about {alias}", codes[-1])
            talks.with_client(database, alias).agree(f"Talk with {alias}")
        return codes


def bulk(database: Database, number: int, clients: int = 0, answers: int = 1) -> list[str]:
    """Many sessions in one transaction, which no person could make."""
    aliases = [f"Ana {n}" for n in range(clients)]
    sessions, people = Sessions(database), Clients(database)
    codes = []
    with database.change():
        for alias in aliases:
            people.add(alias, CONSENT)
        for n in range(number):
            code = begin(database, aliases[n % clients] if clients else None, f"month {n % 12}")
            for item in range(answers):
                sessions.save_response(code, Response(ITEMS[item], n % 5, 2.0, item))
            codes.append(code)
    return codes


def content(home: Path) -> str:
    """A hash over everything that a store holds, every record verified."""
    with opened(home, read_only=True) as database:
        assert list(checksums.unsound(database)) == []
        kinds = (checksums.CATALOGUES, checksums.CLIENTS, checksums.SESSIONS, checksums.NOTES, checksums.TALKS)
        return checksums.digest(database.rows(f"{kind} ORDER BY 1") for kind in kinds)


def back_up(home: Path) -> Path:
    """Make a backup in the store's own folder."""
    with contextlib.closing(connect(store_of(home), read_only=True)) as database:
        return backups.back_up(database)


def everything(home: Path) -> tuple[object, ...]:
    """All that the commands can see of a store."""
    with opened(home) as database:
        sessions, clients = Sessions(database), Clients(database)
        frozen = sessions.frozen_catalogue(CATALOGUE.sha256)
        every = tuple(sessions.each())
        exported = [clients.export(client.alias) for client in clients.list(limit=1000)]
        found = [sessions.get(session.code) for session in every]
        rows = sessions.list(limit=1000)
        assert not [row for row in rows if row.is_damaged]
        return every, exported, found, rows, frozen


def seen(home: Path) -> tuple[object, ...]:
    """What a store holds, without what chance and the clock decided."""
    with opened(home) as database:
        assert list(checksums.unsound(database)) == []
        clients = Clients(database)
        people = [(client.alias, client.consent_words) for client in clients.list(limit=1000)]
        notes = [[note.text for note in clients.notes(alias)] for alias, _ in people]
        sessions = [
            (one.client, one.form, one.tag, one.about, one.responses, one.times, one.finished is not None)
            for one in Sessions(database).each()
        ]
        led_to = [talks.with_client(database, alias).read() for alias, _ in people]
        agreed = [([(one.text, one.by) for one in talk.agreements], talk.next, dict(talk.roles)) for talk in led_to]
        return people, notes, sessions, agreed


def one_line(error: QuizError, exit_code: int) -> str:
    """What a person reads."""
    assert error.exit_code == exit_code
    assert len(str(error).splitlines()) == 1
    str(error).encode()
    return str(error)


def files_in(home: Path) -> set[str]:
    return {str(file.relative_to(home)) for file in home.rglob("*") if not file.is_dir()}


def store_of(home: Path) -> Path:
    return home / FILE


def change_inside(file: Path, statement: str) -> None:
    """Change a store behind the back of the checksums, as SQLite itself would not notice."""
    with contextlib.closing(sqlite3.connect(file)) as raw, raw:
        raw.execute(statement)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])

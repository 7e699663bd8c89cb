from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.errors import StorageError
from bpo_quiz.files.processes import birth
from bpo_quiz.results.result import build
from bpo_quiz.sitting.about_form import AboutForm
from bpo_quiz.store import backups, checksums, talks
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.connection import connect
from bpo_quiz.store.database import open_database
from bpo_quiz.store.migrations import MIGRATIONS, NEWEST, has_schema_of, migrate
from bpo_quiz.store.sessions import Sessions

from .desk import CATALOGUE, FILES, back_up, change_inside, content, fill, opened, store_of
from .disk import between, failing_at_each_step

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database

WRITTEN = sorted(Path(__file__).parent.glob("written_*"))
"""Stores and backups as earlier programs wrote them, each with a README."""


def second(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE clients ADD COLUMN colour TEXT")
    connection.execute("UPDATE clients SET colour = 'green'")


def third(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE colours (name TEXT PRIMARY KEY)")
    connection.execute("INSERT INTO colours SELECT DISTINCT colour FROM clients")


LATER = (*MIGRATIONS, second, third)


def version(database: Database) -> int:
    ((number,),) = database.rows("PRAGMA user_version")
    return int(number)


def upgrade(home: Path) -> None:
    with contextlib.closing(connect(store_of(home))) as database:
        migrate(database, before_each=lambda: backups.back_up(database, even_if_damaged=True), migrations=LATER)


def test_f15_a_store_of_every_released_version_is_kept_to_test_with() -> None:
    kept = set()
    for file in WRITTEN:
        with contextlib.closing(connect(file / "store.db", read_only=True)) as database:
            kept.add(version(database))
    assert kept == set(range(1, NEWEST + 1))


read = functools.cache(parse_files)


def kept_in(home: Path) -> tuple[int, int, int, int]:
    """How many clients, notes, finished and open sessions a store holds; each answer is known, results come of it."""
    with opened(home) as database:
        assert version(database) == NEWEST
        clients, sessions = Clients(database), tuple(Sessions(database).each())
        assert all(client.consent_words for client in clients.list(limit=100))
        one_of_each = {(session.catalogue_sha256, session.finished is None): session for session in sessions}
        for session in sessions:
            catalogue = read(*Sessions(database).frozen_catalogue(session.catalogue_sha256))
            assert session.answers.as_seen_by(catalogue) == session.answers
            assert session not in one_of_each.values() or build(catalogue, session.answers).roles
        finished = [session for session in sessions if session.finished]
        notes = [note for client in clients.list(limit=100) for note in clients.notes(client.alias)]
        return clients.count(), len(notes), len(finished), len(sessions) - len(finished)


@pytest.mark.parametrize("written", WRITTEN, ids=lambda folder: folder.name)
def test_f15_what_an_earlier_program_wrote_is_opened_and_restored_and_nothing_is_lost(
    home: Path, written: Path
) -> None:
    home.mkdir()
    shutil.copy(written / "store.db", store_of(home))
    assert kept_in(home) == (11, 2, 11, 1)
    before = content(home)
    backups.restore(home, written / "backup.db", force=True)
    assert kept_in(home)[2:] == (11, 0)
    assert content(home) != before


ASKED = ("where", "current_role", "years", "education", "english", "shifts", "channel", "site", "targets")
"""The questions about the person as schema 1 counted them."""
ANSWERED: dict[str, Any] = {
    "current_role": "shop_manager", "years": 2, "english": "B2", "shifts": ["day"], "targets": False,
}  # fmt: skip
"""What somebody told, who left out their education and some more."""


def left_after(home: Path, done: object, about: dict[str, Any]) -> str:
    """A store of schema 1 with one session that was left after so many questions about the person; its code."""
    home.mkdir()
    store_of(home).touch()
    with contextlib.closing(connect(store_of(home))) as database:
        migrate(database, before_each=lambda: None, migrations=MIGRATIONS[:1])
        frozen = (CATALOGUE.sha256, *map(checksums.packed, FILES))
        database.rows("INSERT INTO catalogues VALUES (?, ?, ?)", *frozen)
        record = {"about": about, "about_done": done, "responses": []}
        packed = checksums.packed(json.dumps(record).encode())
        row = (1, "HFC-UR4", None, CATALOGUE.sha256, "full", None, None, "2026-11-01T10:00:00+00:00", None, 1)
        seal = checksums.digest((*row, packed))
        database.rows("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *row, seal)
        database.rows("INSERT INTO answers VALUES (1, ?)", packed)
    return "HFC-UR4"


@pytest.mark.parametrize("role", ["shop_manager", "none", None])
@pytest.mark.parametrize("position", range(len(ASKED) + 1))
def test_f15_who_left_among_the_questions_about_them_goes_on_at_the_same_one(
    home: Path, position: int, role: str | None
) -> None:
    asked = [key for key in ASKED if role == "shop_manager" or key != "current_role"]
    position = min(position, len(asked))
    told = {key: ANSWERED[key] for key in asked[:position] if key in ANSWERED}
    about = told if role is None or position == 0 else {**told, "current_role": role}
    code = left_after(home, position, about)
    with opened(home) as database:
        session = Sessions(database).get(code)
    assert session.about_done == tuple(asked[:position])
    form = AboutForm(CATALOGUE)
    form.take_up(session.about, session.about_done)
    kept: dict[str, Any] = {key: tuple(value) if key == "shifts" else value for key, value in about.items()}
    assert form.about() == session.about == About(**kept)
    left = [question.key for question in form.questions if question.key not in asked[:position]]
    assert [form.question.key] if form.question else left[:1] == []


@pytest.mark.parametrize("done", [None, -1, True, "text", [1], 10**9])
def test_f15_what_the_first_schema_never_wrote_ends_no_upgrade(home: Path, done: object) -> None:
    code = left_after(home, done, {"years": 2})
    with opened(home) as database:
        if done is None or done == 10**9:
            assert Sessions(database).get(code).about.years == 2
        else:
            with pytest.raises(StorageError, match="HFC-UR4 is damaged"):
                Sessions(database).get(code)


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("first", range(1, NEWEST))
def test_f15_what_was_kept_is_kept_wherever_the_upgrade_stops(home: Path, first: int, lasts: bool) -> None:
    if first == 1:
        code = left_after(home, 3, ANSWERED)
    else:
        fill(home)
        (code, *_) = downgrade(home, first)
    before = old_rows(home)
    for disk, copy in failing_at_each_step(home, lasts=lasts, least=20):
        with between(disk), contextlib.suppress(StorageError, sqlite3.Error):
            open_database(copy).close()
        with opened(copy) as database:
            done = Sessions(database).get(code).about_done
            assert done == (ASKED[:3] if first == 1 else ())
            assert first == 1 or talks.with_client(database, "Ana 0").read() == talks.Talk()
        assert first == 1 or old_rows(copy) == before
        assert len(backups.all_backups(copy)) >= 1


def downgrade(home: Path, to: int) -> list[str]:
    """Make a store what a program of that version would have written; the codes of its sessions."""
    with contextlib.closing(sqlite3.connect(store_of(home))) as raw, raw:
        for version in range(NEWEST, to, -1):
            raw.execute({3: "DROP TABLE talks"}[version])
        raw.execute(f"PRAGMA user_version = {to}")
        return [code for (code,) in raw.execute("SELECT code FROM sessions")]


def old_rows(home: Path) -> list[object]:
    """Every record of the kinds that were always there, byte for byte."""
    with contextlib.closing(sqlite3.connect(store_of(home))) as raw:
        tables = ("catalogues", "clients", "sessions", "answers", "notes")
        return [raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]  # noqa: S608 - ours


def test_f15_what_talks_led_to_is_read_from_the_store_that_first_kept_it(home: Path) -> None:
    home.mkdir()
    shutil.copy(WRITTEN[-1] / "store.db", store_of(home))
    with opened(home) as database:
        talk = talks.with_client(database, "k-17").read()
    assert [(one.state, one.by, one.is_open) for one in talk.agreements] == [
        ("done", "2026-12-12", False), ("changed", None, True),
    ]  # fmt: skip
    assert talk.agreements[1].text == "Ask for two days beside a quality analyst."
    assert (talk.next, talk.roles["collections_agent"]) == ("2026-12-20", talks.Mark(False, "Not with targets."))


def test_f15_a_store_is_not_upgraded_while_an_older_window_has_a_session_open(home: Path) -> None:
    left_after(home, 3, ANSWERED)
    other = os.getppid()
    hold = f"INSERT INTO holds VALUES (1, {other}, '{birth(other)}', '2026-11-01T10:00:00+00:00')"  # noqa: S608 - ours
    change_inside(store_of(home), hold)
    with pytest.raises(StorageError, match="session HFC-UR4 is open in another window"):
        open_database(home)
    with contextlib.closing(connect(store_of(home))) as database:
        assert version(database) == 1


def test_f15_a_backup_is_made_before_every_step(home: Path) -> None:
    fill(home)
    upgrade(home)
    versions = []
    for file in backups.all_backups(home):
        with contextlib.closing(connect(file, read_only=True)) as database:
            versions.append(version(database))
    assert versions == [NEWEST + 1, NEWEST]
    with contextlib.closing(connect(store_of(home))) as database:
        assert version(database) == NEWEST + 2
        assert database.rows("SELECT name FROM colours") == [("green",)]
        assert has_schema_of(database, NEWEST + 2, LATER)


def test_f15_upgrading_twice_is_upgrading_once(home: Path) -> None:
    fill(home)
    upgrade(home)
    before = store_of(home).read_bytes()
    upgrade(home)
    assert store_of(home).read_bytes() == before


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
def test_f15_an_upgrade_that_stops_at_any_step_is_finished_by_the_next(home: Path, lasts: bool) -> None:
    fill(home)
    for disk, copy in failing_at_each_step(home, lasts=lasts, least=50):
        with between(disk), contextlib.suppress(StorageError, sqlite3.Error):
            upgrade(copy)
        with contextlib.closing(connect(store_of(copy))) as database:
            assert has_schema_of(database, version(database), LATER)
        upgrade(copy)
        with contextlib.closing(connect(store_of(copy))) as database:
            assert version(database) == NEWEST + 2
            assert database.rows("SELECT alias, colour FROM clients") == [("Ana 0", "green"), ("Ana 1", "green")]


def test_f16_a_newer_store_is_refused_and_left_as_it_is(home: Path) -> None:
    fill(home)
    upgrade(home)
    for backup in backups.all_backups(home):
        backup.unlink()
    before = store_of(home).read_bytes()
    for read_only in (False, True):
        with pytest.raises(StorageError, match=rf"newer bpo-quiz, with schema {NEWEST + 2}") as caught:
            open_database(home, read_only=read_only)
        assert caught.value.exit_code == 4
    with pytest.raises(StorageError, match="newer"):
        backups.restore(home, fill_and_back_up(home.with_name("other")), force=True)
    assert store_of(home).read_bytes() == before


def fill_and_back_up(home: Path) -> Path:
    fill(home)
    return back_up(home)

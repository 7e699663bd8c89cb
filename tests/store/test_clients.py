from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.store import backups, records, talks
from bpo_quiz.store.clients import Clients, months_before
from bpo_quiz.store.sessions import Sessions

from .desk import (
    CONSENT,
    ITEMS,
    answer,
    back_up,
    begin,
    chance,
    content,
    files_in,
    fill,
    one_line,
    opened,
    store_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database


def test_consent_is_kept_word_for_word_with_its_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "now", lambda: "2026-05-01T10:00:00+00:00")
    words = "I agree.\nI can change my mind."
    Clients(database).add("Ana", words)
    client = Clients(database).get("ana")
    assert (client.alias, client.consent_words, client.consent_at) == ("Ana", words, "2026-05-01T10:00:00+00:00")
    assert (client.sessions, client.latest) == (0, None)


@pytest.mark.parametrize(
    "typed", ["Ana María", "ana maría", "ANA  MARÍA ", "Ana Mari\u0301a", "\uff21\uff4e\uff41 María", "Ana María\u200d"]
)
def test_a_client_is_found_however_the_alias_is_typed_and_is_there_once(database: Database, typed: str) -> None:
    Clients(database).add("Ana María", CONSENT)
    assert Clients(database).get(typed).alias == "Ana María"
    with pytest.raises(UsageError, match="already"):
        Clients(database).add(typed, CONSENT)
    assert Clients(database).count() == 1


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=()), max_size=70))
def test_u01_any_alias_is_kept_or_refused_in_one_line(home: Path, alias: str) -> None:
    with opened(home) as database:
        try:
            client = Clients(database).add(alias, CONSENT)
        except UsageError as error:
            one_line(error, 2)
            return
        assert 1 <= len(client.alias) <= 60
        assert Clients(database).get(client.alias) == client
        assert client in Clients(database).list(search=client.alias, limit=1000)
        Clients(database).forget(alias)


def test_notes_are_kept_in_order_and_know_their_session(database: Database) -> None:
    clients = Clients(database)
    clients.add("Ana", CONSENT)
    clients.add("Ben", CONSENT)
    code = begin(database, "Ana")
    clients.note("Ana", "first\nline two")
    clients.note("ana", "second", code)
    clients.note("Ben", "other")
    assert [(note.text, note.code) for note in clients.notes("Ana")] == [("first\nline two", None), ("second", code)]
    with pytest.raises(NoSuchRecord):
        clients.note("Ben", "not his", code)


@pytest.fixture
def temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, where we stand, for whatever is written on the side."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    return folder


def traces(folder: Path, words: list[bytes]) -> list[str]:
    """Files in which one of the words can be found."""
    contents = {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return [name for name, found in contents.items() if any(word in found for word in words)]


@pytest.mark.parametrize("overwrites", [True, False], ids=["overwritten", "by rewriting the file alone"])
def test_f19_what_is_forgotten_is_found_nowhere(home: Path, temporary_files: Path, overwrites: bool) -> None:
    luck = chance(19)
    with opened(home) as database:
        clients = Clients(database)
        with database.change():
            for alias in ("Zacharias-Quist", "Ben"):
                clients.add(alias, f"{CONSENT} Signed, {alias}")
                for _ in range(20):
                    code = begin(database, alias, f"tag of {alias}")
                    for item in range(len(ITEMS)):
                        answer(database, code, item, luck.randrange(5))
                    clients.note(alias, f"{alias} told me about the move to Quezon.", code)
        records_of = database.rows(
            "SELECT code, record FROM sessions JOIN answers ON session = sequence ORDER BY session"
        )
        words = [b"Zacharias", b"zacharias"]
        words += [word for code, record in records_of[:20] for word in (code.encode(), record)]
        for _ in range(3):
            backups.back_up(database)
        kept = [(session.code, session.responses) for session in clients.sessions("Ben")]
        assert all(len(traces(home, [word])) == 4 for word in words)
        if not overwrites:
            database.execute("PRAGMA secure_delete = OFF")
        gone = clients.forget("zacharias-quist")
        assert gone == (1, 20, 20, 3, ())
        assert traces(home, words) == []
        assert files_in(temporary_files) == set()
        assert [(session.code, session.responses) for session in clients.sessions("Ben")] == kept
    assert len(backups.all_backups(home)) == 1
    content(home)


def test_f19_forgetting_that_was_interrupted_is_finished_by_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    back_up(home)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with opened(home) as database, monkeypatch.context() as patched:
        patched.setattr("bpo_quiz.store.removal.finish_work", killed)
        with pytest.raises(KeyboardInterrupt):
            Clients(database).forget("Ana 0")
    assert traces(home, [b"Ana 0"])
    with opened(home):
        assert traces(home, [b"Ana 0"]) == []


@pytest.mark.parametrize("name", ["bpo-quiz.db.damaged-2026-01-01", "bpo-quiz (conflicted copy).db", "bpo-quiz-PC2.db"])
def test_f19_a_damaged_store_that_was_set_aside_or_copied_is_named(home: Path, name: str) -> None:
    fill(home)
    aside = home / name
    aside.write_bytes(store_of(home).read_bytes())
    with opened(home) as database:
        assert Clients(database).forget("Ana 0").may_remain == (aside,)


def test_purge_forgets_who_has_not_been_here_for_so_long(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    clients = Clients(database)

    def on(day: str) -> None:
        monkeypatch.setattr(records, "now", lambda: f"{day}T10:00:00+00:00")

    on("2020-01-01")
    for alias in ("nothing since", "answered", "finished", "noted", "agreed"):
        clients.add(alias, CONSENT)
    code, nobodys = begin(database, "finished"), begin(database)
    on("2026-05-01")
    begin(database, "answered")
    Sessions(database).finish(code)
    clients.note("noted", "called")
    talks.with_client(database, "agreed").agree("Called.")
    before = "2025-05-01T10:00:00+00:00"
    assert (clients.due(before), clients.nobodys_due(before)) == (("nothing since",), (nobodys,))
    for shown in ((("nothing since", "answered"), (nobodys,)), (("nothing since",), ())):
        with pytest.raises(UsageError, match="nothing was removed"):
            clients.purge(before, *shown)
    assert clients.purge(before, ("nothing since",), (nobodys,))[:2] == (1, 1)
    assert [client.alias for client in clients.list()] == ["agreed", "answered", "finished", "noted"]
    assert clients.purge(before, ()).clients == 0


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-05-31", 3, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 12, "2025-01-15"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-15", 99_999, "0001-10-15"),
    ],
)
def test_months_are_counted_by_the_calendar(day: str, months: int, then: str) -> None:
    assert months_before(f"{day}T10:00:00+00:00", months) == f"{then}T10:00:00+00:00"

"""What is removed for good, sessions, clients and those who have not been here for long, and who is asked before."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from store.desk import answer, back_up, begin, change_inside, opened, store_of
from terminal.driver import CTRL_C, ENTER

from bpo_quiz.errors import UsageError
from bpo_quiz.store import records
from bpo_quiz.store.clients import months_before
from bpo_quiz.store.desk_file import moment_before

from .desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .desk import Run


@pytest.fixture
def desk(bpo_quiz: Run, home: Path) -> Desk:
    return Desk(bpo_quiz, home)


def kept(desk: Desk, tag: str, client: str | None = None) -> str:
    """A session of somebody, with a word that can be looked for."""
    with opened(desk.home) as database:
        code = begin(database, client, tag)
        answer(database, code, 0)
    return code


def notes_of(desk: Desk, alias: str) -> list[str]:
    with desk.opened() as (clients, _):
        return [note.text for note in clients.notes(alias)]


def test_f19_remove_leaves_nothing_of_a_session_and_its_notes_in_any_file(desk: Desk) -> None:
    desk.add("Ana")
    gone, stays = kept(desk, "quark-zz", "Ana"), kept(desk, "other-zz")
    with desk.opened() as (clients, _):
        clients.note("Ana", "about-it-zz", gone)
        clients.note("Ana", "about her")
    back_up(desk.home)
    assert [len(desk.holding(text)) for text in (gone, "quark-zz", "about-it-zz")] == [2, 2, 2]
    done = desk("remove", gone.lower().replace("-", ""), "--yes")
    assert f"session {gone} of Ana" in done.stderr
    for said in (": 1 session, 1 note.", "Of the backups, 1 still knew", "What may remain"):
        assert said in done.stdout
    assert desk.holding(gone, "quark-zz", "about-it-zz") == []
    assert (list(desk.stored()), notes_of(desk, "Ana")) == ([stays], ["about her"])
    desk.refused(5, "remove", gone, "--yes")


def test_f19_forget_leaves_nothing_of_a_client_in_any_file(desk: Desk) -> None:
    desk.add("Ana", "Zebedee-Quark")
    stays, code = kept(desk, "x", "Ana"), kept(desk, "x", "Zebedee-Quark")
    desk.done("client", "note", "Zebedee-Quark", "wants-nightshift-zz")
    back_up(desk.home)
    assert [len(desk.holding(text)) for text in ("zebedee-quark", "wants-nightshift-zz")] == [2, 2]
    done = desk("client", "forget", "zebedee-QUARK", "--yes")
    assert "1 session, 1 note" in done.stderr
    assert ": 1 client, 1 session, 1 note." in done.stdout
    assert "What may remain" in done.stdout
    assert desk.holding("zebedee-quark", "wants-nightshift-zz", code) == []
    desk.refused(5, "client", "show", "Zebedee-Quark")
    assert list(desk.stored()) == [stays]


@pytest.mark.parametrize(("key", "code", "left"), [("y", 0, 0), ("n", 0, 1), (ENTER, 0, 1), (CTRL_C, 130, 1)])
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("remove CODE", ("This removes session CODE", "1 answer", "Remove CODE?")),
        ("client forget ana", ("This removes Ana for good: 1 session, 0 notes.", "Forget Ana?")),
        ("client purge --older-than 12m", ("Ana: added", "Forget 1 client and 0 sessions of nobody's?")),
    ],
)
def test_only_a_yes_at_a_terminal_removes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str, asked: tuple[str, ...], key: str, code: int, left: int
) -> None:
    with long_ago(monkeypatch):
        desk.add("Ana")
        session = kept(desk, "x", "Ana")
    command = words.replace("CODE", session).split()
    assert "--yes" in desk.refused(2, *command, input="y\n")
    terminal = desk.terminal(*command)
    terminal.wait_for(*(one.replace("CODE", session) for one in asked), "q quit)")
    terminal.press(key)
    assert terminal.end() == code
    assert terminal.settings_after == terminal.settings_before
    assert ("Nothing was removed." in terminal.screen.text()) == bool(left)
    assert len(desk.stored()) == left


@contextlib.contextmanager
def long_ago(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the store write what is kept inside as it would have two years ago."""
    then = months_before(records.now(), 24)
    with monkeypatch.context() as clock:
        clock.setattr(records, "now", lambda: then)
        yield


def test_a_session_that_another_window_holds_is_not_removed(desk: Desk) -> None:
    session = kept(desk, "x")
    with desk.opened() as (_, sessions):
        sessions.hold(session)
        done = desk("remove", session, "--yes")
        assert (done.returncode, done.stdout) == (4, "")
        assert "open in another window" in done.stderr
        assert list(desk.stored()) == [session]
        sessions.release(session)
    desk.done("remove", session, "--yes")


def test_a_damaged_session_can_be_removed(desk: Desk) -> None:
    session = kept(desk, "x")
    change_inside(store_of(desk.home), "UPDATE sessions SET form = 'quick'")
    desk.done("remove", session, "--yes")
    assert desk.stored() == {}


def test_purge_removes_only_who_is_due(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with long_ago(monkeypatch):
        desk.add("Ana")
    desk.add("Ben")
    assert "Nobody is due" in desk.done("client", "purge", "--older-than", "25m", "--yes")
    done = desk("client", "purge", "--older-than", "12m", "--yes")
    assert "Ana" in done.stderr
    assert "Ben" not in done.stderr
    assert ": 1 client, 0 sessions, 0 notes." in done.stdout
    assert [one["alias"] for one in desk.record("client", "list")["clients"]] == ["Ben"]


@pytest.mark.parametrize(
    "span", ["12", "m", "0m", "-1m", "1.5m", "12M", "\u0661\u0662m", "99999m", "", "12m\n", "2w", "12 m"]
)
def test_a_span_is_whole_months_years_or_days(span: str) -> None:
    with pytest.raises(UsageError, match="such as 24m, 2y or 90d"):
        moment_before("2026-05-31T10:00:00+00:00", span)
    spans = {"3m": "2026-02-28", "2y": "2024-05-31", "90d": "2026-03-02"}
    assert {one: moment_before("2026-05-31T10:00:00+00:00", one)[:10] for one in spans} == spans


def test_purge_goes_by_the_period_of_the_desk_and_reaches_what_is_nobodys(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with long_ago(monkeypatch):
        gone = kept(desk, "tag-zz")
    stays = kept(desk, "x")
    back_up(desk.home)
    assert "how long is kept?" in desk.refused(2, "client", "purge", "--yes")
    (desk.home / "desk.yaml").write_text("period: 12m\n", encoding="utf-8")
    assert ": 1 session, 0 notes." in desk.done("client", "purge", "--yes")
    assert (list(desk.stored()), desk.holding(gone, "tag-zz")) == ([stays], [])

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.errors import StorageError
from bpo_quiz.files.processes import birth, is_alive
from bpo_quiz.store import backups, checksums
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.connection import PATIENCE
from bpo_quiz.store.sessions import Sessions

from .desk import ITEMS, answer, back_up, begin, content, fill, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bpo_quiz.store.connection import Database

HOLDER = """
import sys
from pathlib import Path
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions
sessions = Sessions(open_database(Path(sys.argv[1])))
sessions.hold(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""

SAVER = """
import sys
from pathlib import Path
from bpo_quiz.answers.model import Response
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions
home, code, *items = sys.argv[1:]
sessions = Sessions(open_database(Path(home)))
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    sessions.save_response(code, Response(f"{items[0]}-{number}", number % 5, 1.0, number))
"""


@contextlib.contextmanager
def process(script: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A second process, when it has said its first line."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        yield other
        if other.poll() is None:
            other.kill()


def test_f09_a_second_process_is_told_who_holds_the_session(home: Path) -> None:
    (code, free, *_) = fill(home)
    with process(HOLDER, str(home), code) as other, opened(home) as database:
        sessions, start = Sessions(database), time.monotonic()
        with pytest.raises(StorageError) as caught:
            sessions.hold(code)
        assert time.monotonic() - start < PATIENCE / 5
        assert f"process {other.pid}, since 2" in str(caught.value)
        assert caught.value.exit_code == 4
        sessions.hold(free)


def test_f09_the_hold_of_a_killed_process_is_taken_over(home: Path) -> None:
    (code, *_) = fill(home)
    with process(HOLDER, str(home), code) as other:
        other.kill()
        other.wait()
    with opened(home) as database:
        Sessions(database).hold(code)
        assert database.rows("SELECT pid FROM holds") == [(os.getpid(),)]


def test_f09_the_hold_of_a_dead_process_whose_number_lives_on_is_taken_over(database: Database) -> None:
    code = begin(database)
    database.rows("INSERT INTO holds VALUES (1, ?, ?, ?)", os.getppid(), "another-boot:1", "2020-01-01T00:00:00+00:00")
    if not birth(os.getppid()):
        pytest.skip("nobody here can tell when a process was born")
    Sessions(database).hold(code)


def test_f09_no_one_can_release_what_another_process_holds(home: Path) -> None:
    (code, *_) = fill(home)
    with process(HOLDER, str(home), code), opened(home) as database:
        Sessions(database).release(code)
        with pytest.raises(StorageError):
            Sessions(database).hold(code)


def test_f09_a_client_whose_session_is_open_elsewhere_is_not_forgotten(home: Path) -> None:
    (code, *_) = fill(home)
    with process(HOLDER, str(home), code), opened(home) as database:
        with pytest.raises(StorageError, match="another window"):
            Clients(database).forget("Ana 0")
        assert Clients(database).get("Ana 0").sessions == 2
        Clients(database).forget("Ana 1")


def test_f23_nothing_is_restored_while_a_session_is_open(home: Path) -> None:
    (code, *_) = fill(home)
    backup = back_up(home)
    with opened(home) as database:
        answer(database, code, 7)
    before = content(home)
    with process(HOLDER, str(home), code), pytest.raises(StorageError, match="another window"):
        backups.restore(home, backup, force=True)
    assert content(home) == before
    backups.restore(home, backup, force=True)
    assert content(home) != before


def test_f10_two_processes_that_save_at_once_lose_nothing(
    home: Path, record_property: Callable[[str, object], None]
) -> None:
    codes = fill(home, clients=1, answers=0)
    with process(SAVER, str(home), codes[0], ITEMS[0]) as one, process(SAVER, str(home), codes[1], ITEMS[0]) as two:
        for other in (one, two):
            assert other.stdin is not None
            other.stdin.write("\n")
            other.stdin.flush()
        for other in (one, two):
            _, errors = other.communicate()
            assert (other.returncode, errors) == (0, "")
    with opened(home) as database:
        kept = [len(session.responses) for session in Sessions(database).each()]
        record_property("saves_at_once", sum(kept))
        assert kept == [100, 100]
        assert list(checksums.unsound(database)) == []


def test_f10_a_store_that_stays_locked_is_said_to_be(home: Path) -> None:
    (code, *_) = fill(home)
    with opened(home) as database, opened(home) as other:
        other.execute("PRAGMA busy_timeout = 50")
        with database.change(), pytest.raises(StorageError, match="another program has kept it locked"):
            answer(other, code, 0)
        answer(other, code, 0)


def test_we_are_alive_and_a_process_that_ended_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_alive(os.getpid(), birth(os.getpid()))
    assert not is_alive(ended.pid)
    assert not is_alive(0)
    assert not is_alive(-1)
    assert not is_alive(2**31)


@pytest.mark.parametrize(("hours", "take_over", "free"), [(1, False, False), (13, False, True), (1, True, True)])
def test_f09_where_nobody_can_tell_a_hold_ends_after_a_time_or_when_the_person_says_so(
    database: Database, hours: int, take_over: bool, free: bool
) -> None:
    code = begin(database)
    since = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")
    database.rows("INSERT INTO holds VALUES (1, ?, '', ?)", os.getppid(), since)
    if free:
        Sessions(database).hold(code, take_over=take_over)
        assert database.rows("SELECT pid FROM holds") == [(os.getpid(),)]
    else:
        with pytest.raises(StorageError, match=f"resume {code} --take-over"):
            Sessions(database).hold(code, take_over=take_over)


@pytest.mark.skipif(not birth(os.getpid()), reason="nobody here can tell when a process was born")
def test_f09_what_is_surely_open_is_not_taken_over(home: Path) -> None:
    (code, *_) = fill(home)
    with process(HOLDER, str(home), code), opened(home) as database:
        with pytest.raises(StorageError, match="another window") as caught:
            Sessions(database).hold(code, take_over=True)
        assert "--take-over" not in str(caught.value)

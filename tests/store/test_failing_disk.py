from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.answers.model import About
from bpo_quiz.errors import StorageError
from bpo_quiz.files.safe import write_file
from bpo_quiz.store import backups
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.soundness import fault_of

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
    seen,
)
from .disk import Recording, Step, between, failing_at_each_step, half_done

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bpo_quiz.store.connection import Database

    from .conftest import AsNobody

once_or_always = pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])

CHANGES: dict[str, Callable[[Database, str], object]] = {
    "an answer": lambda database, code: answer(database, code, 1, 2),
    "about": lambda database, code: Sessions(database).save_about(code, About(english="B2")),
    "a session": lambda database, code: begin(database, "Ana 0"),
    "the end": lambda database, code: Sessions(database).finish(code),
    "a hold": lambda database, code: Sessions(database).hold(code),
    "a client": lambda database, code: Clients(database).add("Ben", CONSENT),
    "another client": lambda database, code: Clients(database).add("Carla", CONSENT),
    "a note": lambda database, code: Clients(database).note("Ana 0", "Came late."),
    "a backup": lambda database, code: backups.back_up(database),
    "forgetting": lambda database, code: Clients(database).forget("Ana 0"),
    "restoring": lambda database, code: restore_newest(database.file.parent),
}


def restore_newest(home: Path) -> None:
    backups.restore(home, backups.all_backups(home)[0], force=True)


def told_anywhere(home: Path, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in home.rglob("*") if file.is_file())


def attempt(home: Path, change: str, code: str) -> bool:
    """Whether a change was confirmed; a refusal must be one line with exit code 4."""
    try:
        with opened(home) as database:
            CHANGES[change](database, code)
    except StorageError as error:
        one_line(error, 4)
        return False
    return True


@once_or_always
@pytest.mark.parametrize("change", [change for change in CHANGES if change != "another client"])
def test_f02_at_whatever_step_the_disk_fails_the_store_is_as_before_or_changed(
    home: Path, change: str, lasts: bool, record_property: Callable[[str, object], None]
) -> None:
    (code,) = fill(home, clients=1, sessions=1)
    if change == "restoring":
        back_up(home)
        assert attempt(home, "an answer", code)
    before = seen(home)
    reference = shutil.copytree(home, home.with_name("reference"))
    assert attempt(reference, change, code)
    after = seen(reference)
    for disk, copy in failing_at_each_step(home, lasts=lasts, least=10):
        with between(disk):
            confirmed = attempt(copy, change, code)
        left = seen(copy)
        assert left == after or (left == before and not confirmed), disk.nth
        assert confirmed or disk.has_failed
        assert [fault_of(file) for file in backups.all_backups(copy)].count(None) == len(backups.all_backups(copy))
        assert change != "forgetting" or left == before or not told_anywhere(copy, b"Ana 0")
        assert attempt(copy, "another client", code)  # works again as soon as the disk does
    record_property("failures", disk.nth - 1)


@once_or_always
def test_f02_at_whatever_step_the_disk_fails_a_store_is_created_whole_or_not_at_all(
    home: Path, lasts: bool, record_property: Callable[[str, object], None]
) -> None:
    home.mkdir()
    for disk, copy in failing_at_each_step(home, lasts=lasts, least=10):
        with between(disk), contextlib.suppress(StorageError), opened(copy):
            pass
        assert files_in(copy) <= {"bpo-quiz.db"}
        with opened(copy) as database:
            answer(database, begin(database), 0)
    record_property("failures", disk.nth - 1)


LIMITED = """
import contextlib, resource, sys
from pathlib import Path
from bpo_quiz.answers.model import Response
from bpo_quiz.errors import StorageError
from bpo_quiz.store.database import open_database
from bpo_quiz.files.safe import write_file
from bpo_quiz.store.sessions import Sessions

home, code, items = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
report = home / "result.json"
report.write_text("mine")
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
kept = {}
def attempt(what):
    try:
        what()
    except StorageError as error:
        assert error.exit_code == 4 and "no space" in str(error), error
        assert len(str(error).splitlines()) == 1
        return False
    return True

refused = 0
with contextlib.closing(open_database(home)) as database:
    sessions = Sessions(database)
    for number, size in enumerate(range(0, 65536, 1024)):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
        item, value = items[number % len(items)], number % 5
        if attempt(lambda: sessions.save_response(code, Response(item, value, 1.0, number))):
            kept[item] = value
        else:
            refused += 1
        assert not attempt(lambda: write_file(report, b"x" * 70000, force=True))
        assert not attempt(lambda: write_file(home / "new.json", b"x" * 70000))
        assert report.read_text() == "mine"
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert sessions.get(code).responses == kept
    sessions.save_response(code, Response(items[0], 4, 1.0, 0))
print(refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of file sizes to set")
def test_f04_f05_files_that_may_not_grow_lose_nothing_and_all_works_again_afterwards(home: Path) -> None:
    (code,) = fill(home, clients=1, sessions=1, answers=0)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home), code, *ITEMS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
    assert files_in(home) == {"bpo-quiz.db", "result.json"}
    content(home)


def test_f04_f05_a_disk_that_fills_up_loses_nothing_and_works_again_without_repair(small_disk: Path) -> None:
    home = small_disk / "home"
    with opened(home) as database:
        code = begin(database)
        answer(database, code, 0, 1)
    before = content(home)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"x" * 1024)
    with opened(home) as database, pytest.raises(StorageError, match="no space"):
        answer(database, code, 1)
    assert content(home) == before
    with pytest.raises(StorageError, match="no space"):
        write_file(small_disk / "result.pdf", b"x" * 200_000)
    assert files_in(small_disk) == {"ballast", "home/bpo-quiz.db"}
    ballast.unlink()
    with opened(home) as database:
        answer(database, code, 1)
    assert content(home) != before


class PowerCut:
    """What can be on a disk when the power fails: all that was synced, and any part of the rest."""

    def __init__(self, folder: Path) -> None:
        self.durable = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        self.pending: list[Step] = []

    def take(self, step: Step) -> None:
        if step.action == "note":
            return
        self.pending.append(step)
        if step.action == "sync":
            self._settle(lambda waiting: waiting.file == step.file)
        elif step.action == "delete" and step.syncs_folder:
            self.pending = [waiting for waiting in self.pending if waiting.file != step.file or waiting == step]
            self._settle(lambda waiting: waiting.action == "delete")

    def _settle(self, is_settled: Callable[[Step], bool]) -> None:
        for waiting in self.pending:
            if is_settled(waiting):
                apply(self.durable, waiting)
        self.pending = [waiting for waiting in self.pending if not is_settled(waiting)]

    def possible(self, luck: random.Random) -> Iterator[dict[str, bytes]]:
        """Nothing of the rest, all of it, and some parts of it in any order, one of them torn."""
        yield dict(self.durable)
        orders = [self.pending]
        for _ in range(3):
            some = [torn(step, luck) for step in self.pending if luck.random() < 0.5]
            orders.append(luck.sample(some, len(some)))
        for order in orders:
            files = dict(self.durable)
            for step in order:
                apply(files, step)
            yield files


def torn(step: Step, luck: random.Random) -> Step:
    """Maybe only some sectors of a write."""
    if step.action != "write" or luck.random() < 0.7:
        return step
    return Step("write", step.file, step.offset, step.data[: 512 * luck.randrange(len(step.data) // 512 + 1)])


def apply(files: dict[str, bytes], step: Step) -> None:
    if step.action == "delete":
        files.pop(step.file, None)
    elif step.action == "truncate":
        files[step.file] = files.get(step.file, b"")[: step.offset].ljust(step.offset, b"\0")
    elif step.action == "write" and step.data:
        before = files.get(step.file, b"").ljust(step.offset, b"\0")
        files[step.file] = before[: step.offset] + step.data + before[step.offset + len(step.data) :]


def responses(home: Path, code: str) -> object:
    content(home)
    with opened(home) as database:
        return Sessions(database).get(code).responses


def test_f06_a_power_cut_at_any_moment_keeps_every_confirmed_answer(home: Path) -> None:
    with opened(home) as database:
        code = begin(database)
    cut, disk, luck = PowerCut(home), Recording(), chance(6)
    with between(disk), opened(home) as database:
        for number in range(3):
            answer(database, code, number)
            disk.note(str(number + 1))
    confirmed, cuts = 0, 0
    for step in disk.steps:
        confirmed = int(step.file) if step.action == "note" else confirmed
        cut.take(step)
        expected = [dict.fromkeys(ITEMS[:number], 3) for number in (confirmed, confirmed + 1)]
        for number, files in enumerate(cut.possible(luck)):
            home = home.with_name(f"{cuts} {number}")
            home.mkdir()
            for name, left in files.items():
                (home / name).write_bytes(left)
            assert responses(home, code) in expected, (step.action, step.file, number)
            shutil.rmtree(home)
        cuts += 1
    assert confirmed == 3
    assert cuts > 60


@pytest.mark.parametrize("read_only", [True, False], ids=["read", "written"])
def test_f17_a_half_done_save_is_undone_before_anything_is_done(home: Path, read_only: bool) -> None:
    before = half_done(home)
    with opened(home, read_only=read_only):
        assert files_in(home) == {"bpo-quiz.db"}
    assert content(home) == before


def test_f17_a_half_done_save_in_a_folder_that_cannot_be_changed_is_refused(home: Path, as_nobody: AsNobody) -> None:
    half_done(home)
    for file in home.iterdir():
        file.chmod(0o444)
    home.chmod(0o555)
    assert as_nobody(home, "open_database(home, read_only=True)").startswith("4 ")

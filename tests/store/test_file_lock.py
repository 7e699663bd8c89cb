"""Two processes, one file: one of them writes it."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.errors import StorageError
from bpo_quiz.store.file_lock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from bpo_quiz.store.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
lock.release()
"""

TAKER = """
import os, sys
from pathlib import Path
from bpo_quiz.errors import StorageError
from bpo_quiz.store.file_lock import FileLock
file, had = Path(sys.argv[1]), 0
inside = file.with_name("inside")
print("ready", flush=True)
sys.stdin.readline()
while had < 300:
    try:
        lock = FileLock(file)
    except StorageError:
        continue
    os.close(os.open(inside, os.O_CREAT | os.O_EXCL))  # fails if somebody else is inside
    inside.unlink()
    lock.release()
    had += 1
"""


@contextlib.contextmanager
def process(script: str, file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, when it has said its first line."""
    words = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        try:
            yield other
        finally:
            other.kill()


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    file = tmp_path / "out.part"
    with process(HOLDER, file) as other:
        with pytest.raises(StorageError) as caught:
            FileLock(file)
        assert str(caught.value) == (
            f"{file}: another run writes it (process {other.pid}); wait for its end, or name another file"
        )
        FileLock(tmp_path / "another.part").release()
        other.communicate("\n")
    assert list(tmp_path.iterdir()) == []
    FileLock(file).release()


def test_what_a_killed_process_left_behind_stops_nobody(tmp_path: Path) -> None:
    file = tmp_path / "out.part"
    with process(HOLDER, file) as other:
        other.kill()
        other.wait()
    assert [one.name for one in tmp_path.iterdir()] == ["out.part.lock"]
    lock = FileLock(file)
    assert (tmp_path / "out.part.lock").read_text() == str(os.getpid())
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_only_one_is_inside_however_often_the_file_goes_and_comes(tmp_path: Path) -> None:
    """The file of the lock is taken away each time, while others open it."""
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(process(TAKER, tmp_path / "out.part")) for _ in range(3)]
        for other in others:
            assert other.stdin is not None
            other.stdin.write("\n")
            other.stdin.flush()
        assert [other.wait(120) for other in others] == [0, 0, 0]
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_private_and_let_go_twice(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "out.part")
    assert stat.S_IMODE((tmp_path / "out.part.lock").stat().st_mode) == 0o600
    lock.release()
    again = FileLock(tmp_path / "out.part")
    lock.release()
    with pytest.raises(StorageError):
        FileLock(tmp_path / "out.part")
    again.release()


def test_a_lock_is_no_way_to_other_files(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "out.part.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(StorageError, match="is a link that leads elsewhere"):
        FileLock(tmp_path / "out.part")
    assert (tmp_path / "precious").read_text() == "mine"
    with pytest.raises(StorageError, match="there is no such place"):
        FileLock(tmp_path / "nowhere" / "out.part")

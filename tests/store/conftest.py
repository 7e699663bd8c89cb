from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .desk import IS_ROOT, opened

if TYPE_CHECKING:
    from bpo_quiz.store.connection import Database

AsNobody = Callable[[Path, str], str]

NOBODY = """
import contextlib, os, sys
from pathlib import Path
from bpo_quiz.errors import QuizError
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.files.safe import write_file
home = Path(sys.argv[1])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    with contextlib.closing(eval(sys.argv[2])) as opened:
        print(0, len(Sessions(opened).list()))
except QuizError as error:
    print(error.exit_code, error)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that is not there yet; in memory where that can be, because the tests save many thousand times."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made inside
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder) / "home"


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    """A new store."""
    with opened(home) as database:
        yield database


@pytest.fixture
def as_nobody() -> Iterator[AsNobody]:
    """Run a line about the folder `home` as an account that owns nothing: exit code, and message or sessions."""
    if not IS_ROOT:
        pytest.skip("only root can become another account")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)

        def run(home: Path, line: str) -> str:
            moved = shutil.move(home, place / home.name)
            program = [sys.executable, "-c", NOBODY, str(moved), line]
            done = subprocess.run(program, capture_output=True, text=True, check=False)
            assert not done.stderr, done.stderr
            return done.stdout.strip()

        yield run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 160 KiB."""
    place = tmp_path / "small disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root on Linux can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from effort import times

from bpo_quiz.errors import StorageError
from bpo_quiz.store import backups
from bpo_quiz.store.removal import has_work
from bpo_quiz.store.sessions import Sessions

from .crafted import LIES, Lie, bomb, lie_in, packed
from .desk import answer, back_up, begin, change_inside, content, files_in, fill, one_line, opened, store_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good backup with something of every kind."""
    home = tmp_path_factory.mktemp("whole")
    (code, *_) = fill(home)
    with opened(home) as database:
        Sessions(database).finish(code)
    return back_up(home)


def copy_of(whole: Path, place: Path) -> Path:
    place.write_bytes(whole.read_bytes())
    return place


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.table} {lie.column} {str(lie.value)[:20]!a}")
def test_f24_a_backup_with_anything_that_cannot_be_shown_is_refused_before_anything_changes(
    home: Path, tmp_path: Path, whole: Path, lie: Lie, record_property: Callable[[str, object], None]
) -> None:
    fill(home, clients=1, sessions=1)
    before, file = content(home), copy_of(whole, tmp_path / "given.db")
    lie_in(file, lie)
    with pytest.raises(StorageError, match="nothing was restored") as caught:
        backups.restore(home, file, force=True)
    assert len(one_line(caught.value, 4)) < 600
    assert content(home) == before
    assert files_in(home) == {"bpo-quiz.db"}
    record_property("crafted", 1)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO holds VALUES (1, 1, '', char(27))",
        "INSERT INTO unfinished_work VALUES ('forget')",
        "UPDATE sqlite_sequence SET seq = 9223372036854775807",
        "UPDATE sqlite_sequence SET seq = 'many'",
        "INSERT INTO sqlite_sequence VALUES ('sessions', 'x')",
    ],
)
@pytest.mark.parametrize("is_there", [False, True], ids=["new", "replaced"])
def test_f24_what_is_no_record_is_not_restored(
    home: Path, tmp_path: Path, whole: Path, statement: str, is_there: bool
) -> None:
    file = copy_of(whole, tmp_path / "given.db")
    before = content(whole.parents[1])
    change_inside(file, statement)
    if is_there:
        fill(home, clients=1, sessions=1)
    backups.restore(home, file, force=True)
    assert content(home) == before
    with opened(home) as database:
        assert not has_work(database)
        assert not database.count("holds")
        code = begin(database, "Ana 0")
        answer(database, code, 0)
        Sessions(database).hold(code)
        assert Sessions(database).get(code).sequence == 5


MEASURED = """
import resource, sys
from pathlib import Path
from bpo_quiz.errors import StorageError
from bpo_quiz.store import backups
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    backups.restore(Path(sys.argv[1]), Path(sys.argv[2]))
except StorageError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in another way")
@pytest.mark.parametrize("place", [("answers", "record"), ("catalogues", "roles")], ids=" ".join)
def test_f24_what_grows_a_thousandfold_is_refused_before_it_is_unpacked(
    home: Path, tmp_path: Path, whole: Path, place: tuple[str, str]
) -> None:
    file = copy_of(whole, tmp_path / "given.db")
    lie_in(file, Lie(*place, bomb(times(200, 1000))))
    program = [sys.executable, "-c", MEASURED, str(home), str(file)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 2, "unpacked it would be six times as much, or thirty"


def test_f24_a_store_that_a_stranger_made_is_refused_record_by_record(home: Path, whole: Path) -> None:
    """Who puts a file into the store's place goes past restoring; what is read then is read as strictly."""
    home.mkdir()
    copy_of(whole, store_of(home))
    lie_in(store_of(home), Lie("answers", "record", bomb(20)))
    with opened(home) as database:
        sessions = Sessions(database)
        bad = [row.code for row in sessions.list() if row.is_damaged]
        assert len(bad) == 1
        with pytest.raises(StorageError, match=f"session {bad[0]} is damaged"):
            sessions.get(bad[0])


TRUE = (Lie("sessions", "form", "quick"), Lie("sessions", "finished", None), Lie("answers", "record", packed()))


@pytest.mark.parametrize("true", TRUE, ids=lambda true: true.column)
def test_a_good_backup_of_a_stranger_is_as_good_as_ours(home: Path, tmp_path: Path, whole: Path, true: Lie) -> None:
    file = copy_of(whole, tmp_path / "given.db")
    lie_in(file, true)
    restored = backups.restore(home, file)
    assert (restored.clients, restored.sessions) == (2, 4)

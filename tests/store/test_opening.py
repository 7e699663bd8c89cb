from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.errors import NoSuchRecord, StorageError
from bpo_quiz.files.safe import write_file
from bpo_quiz.store import backups
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.connection import address
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions

from .desk import answer, back_up, begin, content, files_in, fill, one_line, opened, store_of
from .disk import OK, Step, between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .conftest import AsNobody

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")


def test_a_new_store_is_one_file_and_complete(home: Path) -> None:
    with opened(home):
        assert files_in(home) == {"bpo-quiz.db"}
        assert store_of(home).stat().st_size > 0


def test_opening_again_changes_nothing(home: Path) -> None:
    fill(home)
    before = store_of(home).read_bytes()
    for read_only in (False, True):
        open_database(home, read_only=read_only).close()
    assert store_of(home).read_bytes() == before


def test_reading_creates_nothing(home: Path) -> None:
    with pytest.raises(NoSuchRecord):
        open_database(home, read_only=True)
    assert not home.exists()


def test_reading_cannot_write(home: Path) -> None:
    (code, *_) = fill(home)
    with opened(home, read_only=True) as database, pytest.raises(StorageError, match="cannot be written"):
        answer(database, code, 0)


def test_the_settings_that_durability_and_privacy_rest_on_are_in_force(home: Path) -> None:
    with opened(home) as database:
        assert database.row("PRAGMA journal_mode") == ("delete",)
        settings = ("synchronous", "secure_delete", "foreign_keys", "trusted_schema", "temp_store", "fullfsync")
        assert [database.row(f"PRAGMA {name}") for name in settings] == [(3,), (1,), (1,), (0,), (2,), (1,)]


@pytest.mark.parametrize(
    ("of_file", "of_folder", "line", "said"),
    [
        (0o444, 0o555, "open_database(home)", "4 "),
        (0o444, 0o777, "open_database(home)", "4 "),
        (0o666, 0o555, "open_database(home)", "4 "),
        (0o666, 0o555, "open_database(home / 'a' / 'b')", "4 "),
        (0o444, 0o555, "open_database(home, read_only=True)", "0 4"),
    ],
)
def test_f07_what_cannot_be_written_is_refused_before_the_first_question_and_can_be_read(
    home: Path, as_nobody: AsNobody, of_file: int, of_folder: int, line: str, said: str
) -> None:
    fill(home)
    store_of(home).chmod(of_file)
    home.chmod(of_folder)
    told = as_nobody(home, line)
    assert told.startswith(said)
    assert said.startswith("0") or ("cannot be written" in told and "--home" in told)


def test_f07_a_folder_that_may_be_changed_but_not_read_is_no_fault_of_the_disk(home: Path, as_nobody: AsNobody) -> None:
    home.mkdir()
    home.chmod(0o733)
    assert as_nobody(home, "open_database(home / 'a')") == "0 0"


@pytest.mark.parametrize(
    "name",
    [
        "a/b/c",
        "with spaces",
        'it\'s "quoted"',
        "Łódź 中文",
        "new\nline",
        "100% ?mode=ro#x&y",
        "file:x",
        "x" * 150 + "/" + "y" * 150,
    ],
)
@posix
def test_f08_a_folder_of_any_name_is_made_and_used(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    codes = fill(home, clients=1)
    backup = back_up(home)
    backups.restore(home, backup, force=True)
    assert len(codes) == 2
    content(home)
    assert files_in(home) == {"bpo-quiz.db", f"backups/{backup.name}", "backups/backup-000002" + backup.name[13:]}


@posix
def test_f08_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    for home in (tmp_path / ("x" * 300), tmp_path / "/".join(["x" * 200] * 4)):
        with pytest.raises(StorageError) as caught:
            open_database(home)
        assert len(str(caught.value).splitlines()) == 1


def test_f08_a_file_in_the_place_of_the_folder_is_refused_and_kept(home: Path) -> None:
    home.write_text("mine")
    for place in (home, home / "below"):
        with pytest.raises(StorageError):
            open_database(place)
    assert home.read_text() == "mine"


@posix
def test_f08_a_folder_that_is_a_link_to_nowhere_is_refused(tmp_path: Path, home: Path) -> None:
    home.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StorageError, match="link"):
        open_database(home)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("exists", [True, False])
@posix
def test_f08_a_store_that_is_a_link_is_never_followed(tmp_path: Path, home: Path, exists: bool) -> None:
    home.mkdir()
    target = tmp_path / "elsewhere.db"
    if exists:
        fill(tmp_path / "other")
        store_of(tmp_path / "other").rename(target)
    before = target.read_bytes() if exists else None
    store_of(home).symlink_to(target)
    for read_only in (False, True):
        with pytest.raises(StorageError, match="is a link"):
            open_database(home, read_only=read_only)
    assert (target.read_bytes() if target.exists() else None) == before


@posix
def test_f08_a_journal_that_is_a_link_is_never_followed(tmp_path: Path, home: Path) -> None:
    fill(home)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (home / "bpo-quiz.db-journal").symlink_to(precious)
    with pytest.raises(StorageError):
        open_database(home)
    assert precious.read_text() == "mine"


def test_f08_a_journal_without_its_store_does_not_spoil_a_new_one(home: Path) -> None:
    home.mkdir()
    (home / "bpo-quiz.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000))
    with opened(home) as database:
        answer(database, begin(database), 0)
    assert len(list(home.glob("*.damaged-*-journal"))) == 1


def modes(folder: Path) -> dict[str, int]:
    """Permissions of all that is there at this moment."""
    found = {}
    for file in (folder, *folder.rglob("*")):
        try:
            found[file.name] = stat.S_IMODE(os.lstat(file).st_mode)
        except FileNotFoundError:
            continue
    return found


@contextlib.contextmanager
def watching(look: Callable[[], object]) -> Iterator[None]:
    """Look again and again meanwhile."""
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def readable_by_others(found: dict[str, int]) -> dict[str, int]:
    return {name: mode for name, mode in found.items() if mode & 0o077}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@posix
def test_f18_no_file_is_ever_readable_by_others(home: Path, umask: int) -> None:
    seen_modes: list[dict[str, int]] = []

    def look(_: Step) -> int:
        seen_modes.append(modes(home))
        return OK

    before = os.umask(umask)
    try:
        with watching(lambda: seen_modes.append(modes(home))), between(look):
            fill(home, clients=2)
            backup = back_up(home)
            backups.restore(home, backup, force=True)
            write_file(home / "result.json", b"{}")
            with opened(home) as database:
                Clients(database).forget("Ana 0")
    finally:
        os.umask(before)
    assert len(seen_modes) > 10
    assert any(name.endswith("-journal") for found in seen_modes for name in found)
    assert [found for found in map(readable_by_others, seen_modes) if found] == []
    last = modes(home)
    assert (last["home"], last["backups"]) == (0o700, 0o700)
    assert {mode for name, mode in last.items() if "." in name} == {0o600}


@posix
def test_f18_a_store_that_was_copied_without_care_becomes_private_again(home: Path) -> None:
    fill(home)
    store_of(home).chmod(0o666)
    with opened(home):
        assert stat.S_IMODE(store_of(home).stat().st_mode) == 0o600


def test_eight_windows_that_begin_at_once_have_one_store(home: Path) -> None:
    def begin_one(_: int) -> str:
        with opened(home) as database:
            return begin(database)

    with ThreadPoolExecutor(8) as threads:
        codes = set(threads.map(begin_one, range(8)))
    with opened(home) as database:
        assert {session.code for session in Sessions(database).each()} == codes
    assert len(codes) == 8
    assert files_in(home) == {"bpo-quiz.db"}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (PureWindowsPath(r"\\server\share\a b.db"), "file:////server/share/a%20b.db?mode=ro"),
        (PureWindowsPath(r"C:\home\x.db"), "file:///C:/home/x.db?mode=ro"),
        (PurePosixPath("/home/x.db"), "file:///home/x.db?mode=ro"),
    ],
    ids=["of another computer", "of a drive", "of Unix"],
)
def test_f22_every_place_is_told_as_sqlite_reads_it(place: PurePath, told: str) -> None:
    assert address(place, "ro") == told


@pytest.mark.parametrize("read_only", [False, True])
def test_f22_a_place_that_sqlite_cannot_use_is_not_taken_for_damage(
    home: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    fill(home)
    before = files_in(home)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("bpo_quiz.store.connection.address", lambda *_: "file://server/share/x.db?mode=rw")
        with pytest.raises(StorageError, match="SQLite cannot use this place") as caught:
            open_database(home, read_only=read_only)
        assert "damaged" not in one_line(caught.value, 4)
    assert files_in(home) == before

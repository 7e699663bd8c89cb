from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.store import backups, records
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.soundness import fault_of

from .desk import (
    CONSENT,
    answer,
    back_up,
    begin,
    change_inside,
    content,
    cut_short,
    everything,
    files_in,
    fill,
    one_line,
    opened,
    store_of,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path


def test_f23_a_store_that_is_there_is_replaced_only_by_force_and_is_backed_up_first(home: Path) -> None:
    (code, *_) = fill(home)
    backup, then = back_up(home), content(home)
    with opened(home) as database:
        answer(database, code, 5)
        begin(database)
    now = content(home)
    with pytest.raises(UsageError, match="--force"):
        backups.restore(home, backup)
    assert content(home) == now
    restored = backups.restore(home, backup, force=True)
    assert content(home) == then
    assert restored.before is not None
    backups.restore(home, restored.before, force=True)
    assert content(home) == now


def test_f23_a_window_that_is_open_meanwhile_sees_the_restored_store(home: Path) -> None:
    (code, *_) = fill(home)
    backup = back_up(home)
    with opened(home) as database:
        later = begin(database)
        backups.restore(home, backup, force=True)
        assert later not in {session.code for session in Sessions(database).each()}
        answer(database, code, 1, 0)
        newest = begin(database)
        assert Sessions(database).get(newest).sequence == 6  # no number is used twice
    with opened(home) as database:
        assert Sessions(database).get(newest).code == newest


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "text", "other database", "truncated", "bit", "empty", "pipe", "newer"]
)
def test_f16_f23_a_file_that_is_no_good_store_is_refused_before_anything_changes(
    home: Path, tmp_path: Path, kind: str
) -> None:
    fill(home)
    before = store_of(home).read_bytes()
    file = tmp_path / "given.db"
    whole = back_up(home).read_bytes()
    record = whole.index(b"Note about")
    contents = {
        "text": b"hello",
        "truncated": whole[:-100],
        "newer": whole,
        "bit": whole[:record] + b"n" + whole[record + 1 :],
        "empty": b"",
    }
    if kind in contents:
        file.write_bytes(contents[kind])
    elif kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "other database":
        change_inside(file, "CREATE TABLE clients (alias TEXT)")
    if kind == "newer":
        change_inside(file, "PRAGMA user_version = 99")
    for place in (home, tmp_path / "new"):
        with pytest.raises(
            StorageError, match="schema 99.*nothing was restored" if kind == "newer" else "nothing was restored"
        ) as caught:
            backups.restore(place, file, force=True)
        one_line(caught.value, 4)
    assert store_of(home).read_bytes() == before
    assert not store_of(tmp_path / "new").exists()


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0 and no more"])
def test_f23_a_damaged_store_is_set_aside_for_the_restored_one(home: Path, left: bytes) -> None:
    fill(home)
    before = everything(home)
    backup = back_up(home)
    store_of(home).write_bytes(left)
    if left:
        with pytest.raises(UsageError):
            backups.restore(home, backup)
    restored = backups.restore(home, backup, force=bool(left))
    assert everything(home) == before
    assert [file.read_bytes() for file in restored.set_aside] == [left]


def test_f23_a_store_with_one_damaged_record_can_be_replaced(home: Path) -> None:
    fill(home)
    before = everything(home)
    backup = back_up(home)
    change_inside(store_of(home), "UPDATE notes SET text = 'x'")
    restored = backups.restore(home, backup, force=True)
    assert everything(home) == before
    assert restored.before is not None
    assert fault_of(restored.before) == "note 1 is damaged"


def test_f29_the_store_is_neither_its_own_backup_nor_its_own_copy(home: Path) -> None:
    fill(home)
    before = content(home)
    other_name = home.parent / "other.db"
    other_name.hardlink_to(store_of(home))
    for use, name in itertools.product((backups.restore, backups.make_at), (store_of(home), other_name)):
        with pytest.raises(UsageError, match="the store itself"):
            use(home, name, force=True)
    assert content(home) == before


def test_f20_the_newest_five_backups_are_kept_whatever_the_clock_says(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    made = []
    for day in ("2026-05-01", "2026-05-02", "2036-05-01", "1970-01-01", "2026-05-01", "1999-12-31", "2026-05-03"):
        monkeypatch.setattr(records, "now", lambda day=day: f"{day}T10:00:00+00:00")
        made.append(back_up(home))
    assert backups.all_backups(home) == made[:1:-1]
    assert backups.newest_good(home) == made[-1]


def test_a_damaged_backup_is_passed_over(home: Path) -> None:
    fill(home)
    first, second, third = (back_up(home) for _ in range(3))
    cut_short(third)
    change_inside(second, "UPDATE clients SET alias = 'x'")
    assert backups.newest_good(home) == first


def test_a_damaged_store_never_pushes_good_backups_out(home: Path, tmp_path: Path) -> None:
    fill(home)
    made = [back_up(home) for _ in range(5)]
    change_inside(store_of(home), "UPDATE sessions SET form = 'x'")
    for _ in range(2):
        with pytest.raises(StorageError, match="no backup was made"):
            back_up(home)
    with pytest.raises(StorageError, match="no backup was made"):
        backups.make_at(home, tmp_path / "x.db")
    assert backups.all_backups(home) == made[::-1]
    assert files_in(tmp_path) == set()


def test_an_automatic_backup_is_made_once_a_day_as_soon_as_there_is_something(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(home) as database:
        assert backups.automatic(home) is None
        Clients(database).add("Ana", CONSENT)
    made = []
    for day in ("2026-05-01", "2026-05-01", "2026-05-02", "2026-05-01"):
        monkeypatch.setattr(records, "now", lambda day=day: f"{day}T10:00:00+00:00")
        made.append(backups.automatic(home) is not None)
    assert made == [True, False, True, True]


def test_a_backup_can_be_made_where_the_person_wants_it(home: Path, tmp_path: Path) -> None:
    fill(home)
    file = tmp_path / "my backup.db"
    backups.make_at(home, file)
    assert fault_of(file) is None
    assert file.stat().st_mode & 0o777 == 0o600 or os.name != "posix"
    file.write_text("other")
    with pytest.raises(UsageError, match="--force"):
        backups.make_at(home, file)
    assert file.read_text() == "other"
    backups.make_at(home, file, force=True)
    assert fault_of(file) is None
    assert backups.all_backups(home) == []


def test_backups_of_two_windows_at_once_have_two_names(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home)
    seen = itertools.count()
    real = backups.all_backups
    monkeypatch.setattr(backups, "all_backups", lambda place: [] if next(seen) < 2 else real(place))
    back_up(home)
    with pytest.raises(StorageError, match="in the way"):
        back_up(home)
    monkeypatch.undo()
    assert len(backups.all_backups(home)) == 1
    open_database(home).close()

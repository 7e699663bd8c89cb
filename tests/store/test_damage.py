from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from effort import times

from bpo_quiz.errors import QuizError, StorageError
from bpo_quiz.store import backups, soundness
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions

from .desk import (
    CATALOGUE,
    back_up,
    chance,
    change_inside,
    cut_short,
    everything,
    files_in,
    fill,
    one_line,
    opened,
    store_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = times(200, 900)


def refused(home: Path, *, read_only: bool = False) -> str:
    """The one line that a store is refused with."""
    with pytest.raises(StorageError) as caught:
        open_database(home, read_only=read_only)
    return one_line(caught.value, 4)


def set_aside(home: Path) -> list[Path]:
    return sorted(home.glob("*.damaged-*"))


def test_f11_a_truncated_store_is_kept_under_another_name_and_the_newest_good_backup_is_named(
    home: Path, record_property: Callable[[str, object], None]
) -> None:
    fill(home)
    backup = back_up(home)
    cut_short(back_up(home))
    whole = store_of(home).read_bytes()
    kept: dict[Path, int] = {}
    for length in chance(11).sample(range(1, len(whole)), TIMES):
        store_of(home).write_bytes(whole[:length])
        message = refused(home)
        assert not store_of(home).exists()
        assert f"the newest good backup is {backup};" in message
        (aside,) = set(set_aside(home)) - kept.keys()
        assert str(aside) in message
        kept[aside] = length
    assert {file: file.stat().st_size for file in kept} == kept
    record_property("corruptions", TIMES)


def test_f11_a_damaged_store_is_only_reported_by_a_program_that_reads(home: Path) -> None:
    fill(home)
    cut_short(store_of(home))
    before = store_of(home).read_bytes()
    assert "damaged" in refused(home, read_only=True)
    assert store_of(home).read_bytes() == before
    assert not set_aside(home)


def test_f11_a_large_store_that_is_truncated_is_noticed_without_looking_at_every_page(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    monkeypatch.setattr(soundness, "_LARGE", 0)
    before, whole = everything(home), store_of(home).read_bytes()
    for length in chance(11).sample(range(1, len(whole)), 20):
        store_of(home).write_bytes(whole[:length])
        refused(home, read_only=True)
    store_of(home).write_bytes(whole)
    assert everything(home) == before


@pytest.mark.parametrize("lose", [cut_short, Path.unlink], ids=["f11 damaged", "f13 gone"])
def test_f11_f13_no_new_store_hides_a_loss_while_there_is_a_backup(home: Path, lose: Callable[[Path], object]) -> None:
    fill(home)
    before = everything(home)
    backup = back_up(home)
    lose(store_of(home))
    for _ in range(3):
        assert str(backup) in refused(home)
    backups.restore(home, backup)
    assert everything(home) == before


def is_detected(home: Path, before: object) -> bool:
    """Whether damage is noticed by whoever reads everything; what is not noticed must have changed nothing."""
    try:
        found = everything(home)
    except QuizError as error:
        one_line(error, 4)
        return True
    assert found == before
    return False


@pytest.mark.parametrize("flips", [20, 1])
def test_f12_flipped_bits_are_noticed_or_change_nothing(
    home: Path, flips: int, record_property: Callable[[str, object], None]
) -> None:
    fill(home)
    before, whole = everything(home), store_of(home).read_bytes()
    luck = chance(12)
    detected = 0
    for _ in range(TIMES):
        broken = bytearray(whole)
        for bit in luck.sample(range(len(whole) * 8), flips):
            broken[bit // 8] ^= 1 << bit % 8
        shutil.rmtree(home)
        home.mkdir()
        store_of(home).write_bytes(broken)
        detected += is_detected(home, before)
    assert detected > TIMES * (0.8 if flips == 20 else 0.05)
    record_property("corruptions", TIMES)
    record_property("harmless", TIMES - detected)


def test_f12_every_zeroed_page_is_noticed(home: Path, record_property: Callable[[str, object], None]) -> None:
    fill(home)
    before, whole = everything(home), store_of(home).read_bytes()
    for start in range(0, len(whole), 4096):
        shutil.rmtree(home)
        home.mkdir()
        store_of(home).write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        assert is_detected(home, before), start // 4096
    record_property("corruptions", len(whole) // 4096)


def test_f12_an_index_that_leads_astray_is_noticed(home: Path) -> None:
    fill(home)
    with opened(home) as database:
        indexes = database.rows("SELECT rootpage FROM sqlite_master WHERE type = 'index' AND rootpage > 0")
    whole = store_of(home).read_bytes()
    assert len(indexes) > 5
    for (page,) in indexes:
        (cells,) = struct.unpack_from(">H", whole, (page - 1) * 4096 + 3)
        broken = bytearray(whole)
        broken[page * 4096 - 1] ^= 1  # the end of the entry that came first
        store_of(home).write_bytes(broken)
        assert not cells or "damaged" in refused(home)
        store_of(home).write_bytes(whole)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX notes_by_client",
        "ALTER TABLE notes RENAME COLUMN written TO writtem",
        "CREATE TRIGGER more AFTER INSERT ON answers BEGIN DELETE FROM notes; END",
    ],
)
def test_f12_tables_that_are_not_as_they_were_made_are_noticed(home: Path, statement: str) -> None:
    fill(home)
    change_inside(store_of(home), statement)
    assert "damaged" in refused(home)


def test_f12_a_damaged_session_is_refused_and_the_others_are_not(home: Path) -> None:
    first, second, *_ = fill(home)
    change_inside(
        store_of(home), "UPDATE answers SET record = (SELECT record FROM answers WHERE session = 3) WHERE session = 1"
    )
    change_inside(store_of(home), "UPDATE sessions SET form = 'quick' WHERE sequence = 1")
    with opened(home) as database:
        sessions = Sessions(database)
        for read in (sessions.get, sessions.finish, sessions.hold, lambda code: list(sessions.each())):
            with pytest.raises(StorageError, match=f"session {first} is damaged"):
                read(first)
        assert [row.code for row in sessions.list() if row.is_damaged] == [first]
        assert sessions.get(second).code == second


def read_all(home: Path, code: str) -> None:
    with opened(home) as database:
        Sessions(database).get(code)
        Clients(database).export("Ana 0")
        Clients(database).export("Ana 1")
        Sessions(database).frozen_catalogue(CATALOGUE.sha256)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clients SET alias = 'Eve' WHERE id = 1",
        "UPDATE clients SET consent_words = 'all'",
        "UPDATE clients SET folded = 'eve' WHERE id = 1",
        "UPDATE notes SET text = 'other' WHERE id = 1",
        "UPDATE notes SET client = 2 WHERE id = 1",
        "UPDATE sessions SET code = 'AAA-AAA' WHERE sequence = 1",
        "UPDATE sessions SET client = 2 WHERE sequence = 1",
        "UPDATE sessions SET finished = started WHERE sequence = 1",
        "UPDATE catalogues SET roles = skills",
        "DELETE FROM answers WHERE session = 1",
    ],
)
def test_f12_a_change_that_only_a_checksum_can_notice_is_noticed(home: Path, statement: str) -> None:
    (first, *_) = fill(home)
    change_inside(store_of(home), statement)
    with pytest.raises(StorageError, match="damaged"):
        read_all(home, first)


@pytest.mark.parametrize("has_backup", [False, True])
def test_f13_an_emptied_store_is_not_taken_for_a_new_one(home: Path, has_backup: bool) -> None:
    fill(home)
    backup = back_up(home) if has_backup else None
    store_of(home).write_bytes(b"")
    for read_only in (False, True, False):
        message = refused(home, read_only=read_only)
        assert "is empty" in message
        assert str(backup) in message if backup else "no good backup" in message
    assert store_of(home).read_bytes() == b""


def another_programs(store: Path) -> None:
    change_inside(store, "CREATE TABLE sessions (mine TEXT)")


FOREIGN: dict[str, Callable[[Path], object]] = {
    "random bytes": lambda store: store.write_bytes(chance(14).randbytes(5000)),
    "a picture": lambda store: store.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(3000)),
    "text": lambda store: store.write_bytes(b"hello"),
    "one byte": lambda store: store.write_bytes(b"x"),
    "another program's": another_programs,
}


@pytest.mark.parametrize("write", FOREIGN.values(), ids=FOREIGN)
def test_f14_what_is_no_store_of_ours_is_left_untouched(home: Path, write: Callable[[Path], object]) -> None:
    home.mkdir()
    write(store_of(home))
    before = store_of(home).read_bytes()
    for read_only in (False, True):
        assert "not a store" in refused(home, read_only=read_only)
    assert store_of(home).read_bytes() == before
    assert files_in(home) == {"bpo-quiz.db"}


def test_f14_a_folder_in_the_place_of_the_store_is_left_untouched(home: Path) -> None:
    (store_of(home) / "precious").mkdir(parents=True)
    assert "is a folder" in refused(home)
    assert (store_of(home) / "precious").is_dir()

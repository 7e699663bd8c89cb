from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from store.desk import (
    SMALL,
    answer,
    back_up,
    begin,
    change_inside,
    content,
    cut_short,
    everything,
    fill,
    opened,
    store_of,
)
from store.disk import half_done
from typer.testing import CliRunner

from bpo_quiz.commands.app import app
from bpo_quiz.files.processes import this_computer
from bpo_quiz.store.sessions import Sessions

from .desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .desk import Done, Run

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are those of Unix")

OTHER_DAY = "2026-02-03"


def look(home: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """What the doctor says in both formats; the folder is as before."""
    before = picture(home)
    told, page = (
        CliRunner().invoke(app, ["--home", str(home), "doctor", *more, *words]) for more in (["--format", "json"], [])
    )
    assert picture(home) == before
    assert (told.exit_code, page.exit_code) == (code, code), told.output + page.output
    assert told.stderr == page.stderr == ""
    found: dict[str, Any] = json.loads(told.stdout)
    assert found["sound"] == (code == 0)
    assert all(finding["what"] in page.stdout for finding in found["findings"])
    return found


def picture(home: Path) -> dict[str, tuple[int, int, str]]:
    """Every file and folder: mode, time of the last change, content."""
    every = [home, *home.rglob("*")] if home.exists() else []
    return {
        str(place): (
            place.lstat().st_mode,
            place.lstat().st_mtime_ns,
            hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else "",
        )
        for place in every
    }


def states(found: dict[str, Any]) -> dict[str, str]:
    return {finding["what"]: finding["state"] for finding in found["findings"]}


def finding(found: dict[str, Any], what: str) -> dict[str, str]:
    (one,) = (one for one in found["findings"] if one["what"] == what)
    return {key: str(value) for key, value in one.items()}


def test_without_a_store_all_is_fine(home: Path) -> None:
    found = look(home)
    assert set(states(found).values()) == {"fine"}
    assert "no session is stored here yet" in finding(found, "store")["found"]
    assert not home.exists()


def test_a_sound_store_is_told_with_places_and_counts(home: Path) -> None:
    fill(home, clients=2, sessions=3)
    backup = back_up(home)
    found = look(home)
    assert set(states(found).values()) == {"fine"}
    places = {place["what"]: place for place in found["places"]}
    assert places["store"]["path"] == str(store_of(home))
    assert places["store"]["bytes"] == store_of(home).stat().st_size
    assert places["backups"]["bytes"] == backup.stat().st_size
    if os.name == "posix":
        assert (places["home"]["mode"], places["store"]["mode"]) == ("0700", "0600")
    assert {one["kind"]: (one["good"], one["bad"]) for one in found["store"]["records"]} == {
        "client": (2, 0),
        "session": (6, 0),
        "note": (2, 0),
        "talk": (2, 0),
        "catalogue": (1, 0),
    }
    assert found["store"]["schema"] == found["schema_known"]
    assert found["backup"] == {"path": str(backup), "made": backup.stem[-10:], "age_days": 0}
    assert found["free_bytes"] > 0
    assert found["synced_by"] is None


def test_another_catalogue_is_looked_at_too(home: Path, tmp_path: Path) -> None:
    found = look(home, "--data", str(SMALL))
    assert finding(found, "catalogue of --data")["state"] == "fine"
    (tmp_path / "none").mkdir()
    found = look(home, "--data", str(tmp_path / "none"), code=3)
    assert finding(found, "catalogue of --data")["state"] == "broken"


def newer(file: Path) -> None:
    change_inside(file, "PRAGMA user_version = 99")


def becomes_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


WAYS_TO_LOSE: dict[str, tuple[Callable[[Path], object], str]] = {
    "f11 damaged": (cut_short, "damaged"),
    "f13 emptied": (lambda file: file.write_bytes(b""), "is empty"),
    "f13 gone": (lambda file: file.unlink(), "is gone"),
    "f14 not a database": (lambda file: file.write_bytes(b"\xff\xd8\xff\xe0 JFIF" * 400), "not a store"),
    "f14 a folder": (becomes_a_folder, "is a folder"),
    "f16 too new": (newer, "newer bpo-quiz, with schema 99"),
}


@pytest.mark.parametrize("has_backup", [False, True], ids=["without a backup", "with a backup"])
@pytest.mark.parametrize("way", WAYS_TO_LOSE)
def test_what_is_wrong_with_a_store_is_said_and_nothing_is_touched(home: Path, way: str, has_backup: bool) -> None:
    fill(home)
    backup = back_up(home) if has_backup else None
    lose, words = WAYS_TO_LOSE[way]
    lose(store_of(home))
    if way == "f13 gone" and not has_backup:
        assert finding(look(home), "store")["state"] == "fine"
        return
    found = finding(look(home, code=4), "store")
    assert found["state"] == "broken"
    assert words in found["found"]
    assert found["remedy"]
    brings_back = way not in ("f16 too new", "f14 a folder")
    assert (str(backup) in found["remedy"]) == (has_backup and brings_back)


@pytest.mark.parametrize("way", ["f11 damaged", "f13 emptied", "f13 gone", "f14 not a database"])
def test_the_remedy_works_as_it_is_told(bpo_quiz: Run, home: Path, way: str) -> None:
    fill(home)
    before = content(home)
    back_up(home)
    WAYS_TO_LOSE[way][0](store_of(home))
    remedy = finding(look(home, code=4), "store")["remedy"]
    if remedy.startswith("move it away"):
        store_of(home).rename(home / "away")
    done = followed(bpo_quiz, remedy)
    assert "Restored 4 sessions and 2 clients from" in done.stdout
    assert [aside.name for aside in home.glob("*.damaged-*") if aside.name not in done.stdout] == []
    assert content(home) == before


def followed(bpo_quiz: Run, told: str) -> Done:
    """Do what is told to bring a store back."""
    command = re.search(r"bpo-quiz ((?:--home .+? )?doctor .+?) brings", told)
    assert command, told
    done = bpo_quiz(*shlex.split(command[1]))
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE clients SET alias = 'Eve' WHERE id = 1", "client"),
        ("UPDATE notes SET text = 'other' WHERE id = 1", "note"),
        ("UPDATE sessions SET form = 'quick' WHERE sequence = 1", "session"),
        ("DELETE FROM answers WHERE session = 2", "session"),
        ("UPDATE catalogues SET roles = skills", "catalogue"),
    ],
)
def test_f12_a_record_whose_checksum_fails_is_counted_and_named(home: Path, statement: str, kind: str) -> None:
    fill(home)
    change_inside(store_of(home), statement)
    found = look(home, code=4)
    assert {one["kind"]: one["bad"] for one in found["store"]["records"] if one["bad"]} == {kind: 1}
    assert f"damaged: {kind} " in finding(found, "records")["found"]


@posix
def test_f18_open_permissions_are_seen_and_the_remedy_mends_them(home: Path) -> None:
    fill(home)
    back_up(home)
    for name, mode in (("", 0o755), ("bpo-quiz.db", 0o644), ("backups", 0o750)):
        (home / name).chmod(mode)
        found = finding(look(home), "permissions")
        assert found["state"] == "look at this"
        subprocess.run(found["remedy"].split(), check=True)
    assert states(look(home))["permissions"] == "fine"


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can give a file away")
def test_a_store_of_another_account_is_seen(home: Path) -> None:
    fill(home)
    os.chown(store_of(home), 65534, 65534)
    assert "another account" in finding(look(home), "permissions")["found"]


def test_f08_a_file_in_the_place_of_the_folder_is_told(home: Path) -> None:
    home.write_text("mine", encoding="utf-8")
    assert finding(look(home, code=4), "home folder")["state"] == "broken"


def test_f08_a_folder_name_that_is_too_long_is_told(bpo_quiz: Run, tmp_path: Path) -> None:
    done = bpo_quiz("--home", str(tmp_path / ("x" * 300)), "doctor", "--format", "json")
    assert (done.returncode, done.stderr) == (4, "")
    assert "name is too long" in finding(json.loads(done.stdout), "store")["found"]


def test_files_left_behind_and_set_aside_are_seen(home: Path) -> None:
    fill(home)
    back_up(home)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, living = (home / f".bpo-quiz-{this_computer()}-{pid}-{'0' * 16}.tmp" for pid in (gone.pid, os.getpid()))
    aside = home / "bpo-quiz.db.damaged-2026-01-01"
    for file in (left, living, aside):
        file.touch()
    found = look(home)
    assert found["left_behind"] == [str(left)]
    assert found["set_aside"] == [str(aside)]
    assert (states(found)["left behind"], states(found)["set aside"]) == ("look at this", "look at this")


def test_a_folder_that_a_cloud_service_copies_is_seen(tmp_path: Path) -> None:
    home = tmp_path / "Dropbox" / "home"
    fill(home)
    found = look(home)
    assert found["synced_by"] == "Dropbox"
    assert finding(found, "cloud")["state"] == "look at this"


def test_a_store_without_a_backup_or_with_a_bad_or_an_old_one_wants_a_look(home: Path) -> None:
    fill(home)
    assert states(look(home))["backups"] == "look at this"
    backup = back_up(home)
    old = backup.rename(backup.with_name("backup-000001-2020-02-03.db"))
    found = look(home)
    assert found["backup"]["age_days"] > 2000
    assert "changed since" in finding(found, "backups")["found"]
    bad = back_up(home)
    cut_short(bad)
    found = look(home)
    assert bad.name in finding(found, "backups")["found"]
    assert found["backup"]["path"] == str(old)


def test_f17_an_interrupted_change_is_told_and_left_to_be_undone(bpo_quiz: Run, home: Path) -> None:
    before = half_done(home)
    found = look(home)
    assert found["store"]["waits"]
    assert finding(found, "store")["state"] == "look at this"
    assert bpo_quiz("--home", str(home), "list").returncode == 0
    assert not look(home)["store"]["waits"]
    assert content(home) == before


def test_a_session_that_goes_on_meanwhile_is_no_fault(home: Path) -> None:
    fill(home)
    back_up(home)
    with opened(home) as database:
        answer(database, begin(database), 0)
        assert set(states(look(home)).values()) == {"fine"}


def test_f23_a_backup_that_is_named_from_here_comes_back_as_it_was(
    bpo_quiz: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert bpo_quiz("--home", "home", "doctor", "--backup", "b.db").returncode == 5
    fill(home)
    before = everything(home)
    assert bpo_quiz("--home", "home", "doctor", "--backup", "b.db").returncode == 0
    assert stat.S_IMODE((tmp_path / "b.db").stat().st_mode) == 0o600 or os.name != "posix"
    back = bpo_quiz("--home", "other", "doctor", "--restore", "b.db", "--format", "json")
    assert back.returncode == 0, back.stderr
    told = json.loads(back.stdout)
    assert (told["clients"], told["sessions"], told["before"], told["set_aside"]) == (2, 4, None, [])
    assert everything(tmp_path / "other") == before
    assert {file.name for file in (tmp_path / "other").iterdir()} == {"bpo-quiz.db"}


@pytest.mark.parametrize("ours", [True, False], ids=["our own backup", "at another place"])
def test_a_backup_says_that_those_who_were_forgotten_since_come_back(
    bpo_quiz: Run, home: Path, tmp_path: Path, ours: bool
) -> None:
    fill(home, clients=1, sessions=1)
    file = tmp_path / f"backup-000001-{OTHER_DAY}.db" if ours else tmp_path / "mine.db"
    doctor = Desk(bpo_quiz, home, "doctor")
    doctor.done("--backup", str(file))
    with doctor.opened() as (clients, _):
        day = OTHER_DAY if ours else clients.get("Ana 0").added[:10]
        clients.forget("Ana 0")
    refused = doctor.refused(2, "--restore", str(file))
    told = doctor.done("--restore", str(file), "--force")
    assert "Restored 1 session and 1 client from" in told
    quiet = doctor("--restore", str(file), "--force", "--format", "json")
    json.loads(quiet.stdout)
    for said in (refused, told, quiet.stderr):
        assert f" is of {day}; clients and sessions that were forgotten or removed since then come back" in said


def test_a_backup_of_nothing_brings_nobody_back(bpo_quiz: Run, home: Path, tmp_path: Path) -> None:
    doctor = Desk(bpo_quiz, home, "doctor")
    with doctor.opened():
        pass
    doctor.done("--backup", str(tmp_path / "b.db"))
    told = doctor.done("--restore", str(tmp_path / "b.db"), "--force")
    assert "0 sessions and 0 clients" in told
    assert "come back" not in told


@pytest.mark.parametrize("way", ["f11 damaged", "f13 gone"])
@pytest.mark.parametrize("words", [("list",), ("client", "forget", "Ana 0", "--yes")], ids=["reads", "changes"])
def test_the_line_of_a_store_that_is_lost_names_the_command_that_brings_it_back(
    bpo_quiz: Run, tmp_path: Path, way: str, words: tuple[str, ...]
) -> None:
    home = tmp_path / "my desk"
    fill(home)
    before = content(home)
    back_up(home)
    WAYS_TO_LOSE[way][0](store_of(home))
    followed(bpo_quiz, Desk(bpo_quiz, home).refused(4, *words))
    assert content(home) == before


def test_options_that_make_no_sense_together_are_refused(bpo_quiz: Run, home: Path) -> None:
    for words in (("--backup", "a", "--restore", "b"), ("--force",)):
        Desk(bpo_quiz, home, "doctor").refused(2, *words)
    assert not home.exists()


WRITING: dict[str, tuple[str, ...]] = {
    "a result": ("result", "-o", "result.md"),
    "an export": ("client", "export", "Ana 0", "-o", "ana.json"),
    "a backup": ("doctor", "--backup", "b.db"),
    "the doctor": ("doctor",),
}


@pytest.mark.parametrize("way", WRITING)
def test_f27_what_a_killed_program_left_is_cleared_by_the_next_that_writes_there(
    here: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    code, *_ = fill(home)
    with opened(home) as database:
        Sessions(database).finish(code)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mark, ours = "0" * 16, f"bpo-quiz-{this_computer()}"
    dead, elsewhere, old = f"{ours}-{gone.pid}", f".bpo-quiz-fedcba98-{gone.pid}", "f" * 16
    stale = {f".{dead}-{mark}.tmp", f".{dead}-{mark}.tmp-journal", f"{elsewhere}-{old}.tmp"}
    others = {f".{ours}-{os.getpid()}-{old}.tmp", f".{dead}-mine.tmp", f"{dead}-{mark}.tmp", f"{elsewhere}-{mark}.tmp"}
    for name in stale | others:
        (folder / name).write_text("all that is kept", encoding="utf-8")
        if old in name:  # of another computer that sees this folder, nobody knows who lives, but for how long
            os.utime(folder / name, (time.time() - 90_000,) * 2)
    said = Desk(here, home).done(*WRITING[way])
    left = {file.name for file in folder.iterdir()}
    assert left & (stale | others) == others
    assert ("3 files of a program that was ended" in " ".join(said.split())) == (way == "the doctor")


@posix
def test_f18_a_link_to_a_folder_that_others_can_use_is_seen(home: Path, tmp_path: Path) -> None:
    fill(home)
    back_up(home)
    real = (home / "backups").rename(tmp_path / "elsewhere")
    (home / "backups").symlink_to(real)
    assert states(look(home))["permissions"] == "fine"
    real.chmod(0o755)
    assert finding(look(home), "permissions")["state"] == "look at this"

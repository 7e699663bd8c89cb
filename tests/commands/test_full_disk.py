"""What is said and done while the disk is full, and afterwards."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from store.desk import ITEMS, SMALL, back_up, begin, fill, opened, seen
from store.disk import between, failing_at_each_step

from bpo_quiz.answers.answer_file import to_record
from bpo_quiz.answers.model import About, Answers
from bpo_quiz.store.clients import Clients

from .desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.disk import Step

    from .desk import Run

FULL = 13
"""SQLITE_FULL"""


def backups_full(step: Step) -> int:
    return FULL if step.action == "write" and step.file.endswith(".tmp") else 0


REMOVING = {"forget": ("client", "forget", "Ana 0", "--yes"), "remove": ("remove", "CODE", "--yes")}
FINISHING = ("doctor", "again")


@pytest.mark.parametrize("removes", REMOVING)
@pytest.mark.parametrize("finishes", FINISHING)
def test_f25_a_removal_on_a_full_disk_says_what_is_done_and_what_waits_and_is_finished_later(
    here: Run, home: Path, removes: str, finishes: str
) -> None:
    code, *_ = fill(home)
    back_up(home)
    desk, words = Desk(here, home), [code if word == "CODE" else word for word in REMOVING[removes]]
    secret = "note about ana 0" if removes == "forget" else code
    for again in (False, True):
        with between(backups_full):
            done = desk(*words)
        assert done.returncode == 4
        said = done.stderr.splitlines()[-1]
        for part in (
            "done here, but not yet for good",
            "1 backup may still tell",
            "no space is left",
            "finishes it",
        ):
            assert part in said, again
        assert "is kept" not in said
        assert [name.startswith("backup-") for name in desk.holding(secret)] == [True]
    with between(backups_full):
        told = desk("doctor")
        assert "not yet for good" in " ".join(told.stdout.split())
    assert desk.holding(secret)
    if finishes == "doctor":
        assert "is finished now" in " ".join(desk.done("doctor").split())
    else:
        assert "gone for good" in desk.done(*words)
    assert desk.holding(secret) == []
    assert desk(*words).returncode == 5


WRITES = {
    "start": "start --answers {file} --client Ana --tag Course",
    "take": "client take {file} --consent-given --yes",
    "agree": "client agree Ana Bake. --next 2026-12-20",
    "roles": "client roles Ana --keep head_baker",
    "rename": "client rename Ana K-17",
    "note": "client note Ana Anew. --edit 1",
    "move": "move {code} Ana",
}


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("call", WRITES.values(), ids=WRITES)
def test_f26_what_a_command_keeps_is_kept_whole_or_not_at_all(
    here: Run, home: Path, tmp_path: Path, lasts: bool, call: str, record_property: Callable[[str, object], None]
) -> None:
    with opened(home) as database:
        Clients(database).add("Ana", "Agreed.")
        Clients(database).note("Ana", "A note.")
        code = begin(database)
    words = ["--data", str(SMALL), *call.format(file=answer_file(tmp_path), code=code).split()]
    before, well = seen(home), shutil.copytree(home, home.with_name("well"))
    Desk(here, well).done(*words)
    after = seen(well)
    assert after != before
    for disk, copy in failing_at_each_step(home, lasts=lasts, least=10):
        with between(disk):
            done = Desk(here, copy)(*words)
        assert done.returncode in (0, 4)
        assert seen(copy) == after if done.returncode == 0 else seen(copy) in (before, after)
    record_property("failures", disk.nth - 1)


def answer_file(folder: Path) -> Path:
    file = folder / "answers.json"
    file.write_text(json.dumps(to_record(Answers(dict.fromkeys(ITEMS, 3), About(english="B2")))))
    return file

"""What is said and done while the disk is full, and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store.desk import back_up, fill
from store.disk import between

from .desk import Desk

if TYPE_CHECKING:
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
            "removed here, but not yet for good",
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

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from effort import times
from store.crafted import ESCAPE, LIES, Lie, lie_in, packed
from store.desk import fill, opened, store_of

from bpo_quiz.store.sessions import Sessions

from .desk import STEERING, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from .desk import Run

ESCAPING = [lie for lie in LIES if lie.value in (ESCAPE, b"\x1b")[: times(1, 2)]] + [
    Lie("answers", "record", packed(responses=[[ESCAPE, 0, 3, 4.5]])),
    Lie("answers", "record", packed(about={"current_role": ESCAPE})),
]
READING = (
    "list",
    "list --format json",
    "client list",
    "client show|Ana 1",
    "client export|Ana 1",
    "client compare|Ana 1",
    "result",
    "result --counsellor --plain",
    "why first",
    "path first",
    "cohort",
    "doctor",
    "remove|{code}|--yes",
    "client forget|Ana 1|--yes",
)


@pytest.mark.parametrize("lie", ESCAPING, ids=lambda lie: f"{lie.table} {lie.column} {str(lie.value)[:20]!a}")
def test_f24_no_sign_of_a_store_that_a_stranger_made_steers_the_terminal(here: Run, home: Path, lie: Lie) -> None:
    codes = fill(home)
    with opened(home) as database:
        for code in codes:
            Sessions(database).finish(code)
    lie_in(store_of(home), lie)
    desk = Desk(here, home)
    for line in READING:
        command, *words = line.replace("{code}", codes[-1]).split("|")
        done = desk(*command.split(), *words)
        assert not STEERING.search(re.sub("[\t\n]", "", done.stdout + done.stderr)), line
        assert done.returncode in (0, 2, 3, 4, 5), (line, done.stderr)

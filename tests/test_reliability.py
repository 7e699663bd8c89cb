"""Keeps docs/reliability.md true."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
TOOL = runpy.run_path(str(ROOT / "tools" / "fault_table.py"))
CASES = {"F": 23, "T": 13, "U": 7, "P": 14, "S": 8}
IDS = [f"{kind}-{number:02}" for kind, last in CASES.items() for number in range(1, last + 1)]
ROWS = TOOL["ROW"].findall(PAGE)


def test_every_case_has_one_row_in_order() -> None:
    assert [row[0] for row in ROWS] == IDS


def test_every_test_that_carries_an_id_stands_in_its_row_and_no_other_does() -> None:
    assert TOOL["filled"](PAGE) == PAGE, "python tools/fault_table.py brings the table up to date"
    assert TOOL["files_by_fault"]().keys() <= set(IDS)


def test_a_state_is_shown_with_tests_or_says_what_is_missing() -> None:
    for identity, _, tests, told in ROWS:
        state, _, reason = told.partition(": ")
        assert state in ("shown", "part", "not shown"), identity
        assert bool(reason) == (state != "shown"), identity
        assert (tests != "-") == (state != "not shown"), identity


def test_ten_promises_are_made() -> None:
    promises = PAGE.split("## What is promised")[1].split("## ")[0]
    assert re.findall(r"^(\d+)\. ", promises, re.MULTILINE) == [str(number) for number in range(1, 11)]

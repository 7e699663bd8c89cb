"""Keeps the table of docs/reliability.md true."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
CASES = {"F": 23, "T": 13, "U": 7, "P": 14, "S": 8}
IDS = [f"{kind}-{number:02}" for kind, last in CASES.items() for number in range(1, last + 1)]
ROW = re.compile(r"^\| ([A-Z]-\d\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


class Row(NamedTuple):
    case: str
    tests: tuple[str, ...]
    state: str


ROWS = [
    (identity, Row(case, tuple(re.findall(r"`([^`]+)`", tests)), state))
    for identity, case, tests, state in ROW.findall(PAGE)
]


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


TESTS = {file.relative_to(ROOT).as_posix(): names_in(file) for file in (ROOT / "tests").rglob("test_*.py")}


def ids_of(name: str) -> set[str]:
    """The ids that the name of a test carries, as `F-01`."""
    carried = re.match(r"test((?:_[a-z]\d\d)*)_", name)
    return {f"{word[0].upper()}-{word[1:]}" for word in carried[1].split("_")[1:]} if carried else set()


def test_every_case_has_one_row_in_order() -> None:
    assert [identity for identity, _ in ROWS] == IDS


@pytest.mark.parametrize(("identity", "row"), ROWS)
def test_the_tests_that_are_named_exist_and_are_about_the_case(identity: str, row: Row) -> None:
    for test in row.tests:
        file, _, name = test.partition("::")
        assert file in TESTS, f"{identity}: there is no {file}"
        if name:
            assert name in TESTS[file], f"{identity}: there is no {name} in {file}"
        else:
            assert any(identity in ids_of(one) for one in TESTS[file]), f"{identity}: no test of {file} carries it"


@pytest.mark.parametrize("file", sorted(TESTS))
def test_every_test_that_carries_an_id_stands_in_its_row(file: str) -> None:
    table = dict(ROWS)
    for name in TESTS[file]:
        for identity in ids_of(name):
            assert identity in table, f"{name}: there is no case {identity}"
            assert {file, f"{file}::{name}"} & set(table[identity].tests), f"row {identity} should name {file}"


@pytest.mark.parametrize(("identity", "row"), ROWS)
def test_a_state_is_shown_with_tests_or_says_what_is_missing(identity: str, row: Row) -> None:
    state, _, reason = row.state.partition(": ")
    assert state in ("shown", "part", "not shown"), identity
    assert bool(reason) == (state != "shown"), identity
    assert bool(row.tests) == (state != "not shown"), identity


def test_ten_promises_are_made() -> None:
    promises = PAGE.split("## What is promised")[1].split("## ")[0]
    assert re.findall(r"^(\d+)\. ", promises, re.MULTILINE) == [str(number) for number in range(1, 11)]

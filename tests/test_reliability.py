"""Keeps docs/reliability.md true."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
IDS = re.findall(r"^\* ([A-Z]-\d\d): ", PAGE, re.MULTILINE)


def carried() -> set[str]:
    """The ids that names of tests carry, as `F-01`."""
    found: set[str] = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (ids := re.match(r"test((?:_[a-z]\d\d)+)_", node.name)):
                found.update(f"{word[0].upper()}-{word[1:]}" for word in ids[1].split("_")[1:])
    return found


def test_every_case_has_one_row_in_order() -> None:
    kinds = Counter(one[0] for one in IDS)
    assert [f"{kind}-{number:02}" for kind in "FTUPS" for number in range(1, kinds[kind] + 1)] == IDS


def test_every_case_is_tried_and_no_test_is_about_another() -> None:
    assert carried() == set(IDS)


def test_ten_promises_are_made() -> None:
    promises = PAGE.split("## What is promised")[1].split("## ")[0]
    assert re.findall(r"^(\d+)\. ", promises, re.MULTILINE) == [str(number) for number in range(1, 11)]

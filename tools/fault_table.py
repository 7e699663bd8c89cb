"""Brings the test column of docs/reliability.md up to date: `python tools/fault_table.py`.

A test belongs to the faults whose numbers its name carries (`test_f01_...`, `test_p04_p08_...`). The states are for
people to judge.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
ROW = re.compile(r"^\| ([A-Z]-\d\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def files_by_fault() -> dict[str, set[str]]:
    """Number of a fault, such as `F-01` -> the files with tests of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            carried = re.match(r"test((?:_[a-z]\d\d)+)_", node.name) if isinstance(node, ast.FunctionDef) else None
            for word in carried[1].split("_")[1:] if carried else ():
                found[f"{word[0].upper()}-{word[1:]}"].add(file.relative_to(ROOT).as_posix())
    return found


def filled(page: str) -> str:
    """The page with its column as it should be."""
    files = files_by_fault()

    def row(found: re.Match[str]) -> str:
        tests = ", ".join(f"`{test}`" for test in sorted(files[found[1]])) or "-"
        return f"| {found[1]} | {found[2]} | {tests} | {found[4]} |"

    return ROW.sub(row, page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

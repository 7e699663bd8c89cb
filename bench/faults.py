"""Tries every fault of docs/reliability.md as hard as its goals ask for, and prints what was found: `faults.py`.

The tests themselves are the measure: this runs all that carry the number of a fault, with BPO_QUIZ_THOROUGH=1, and adds
up what they record. It takes some ten minutes. Exit code 1 when a goal is not reached.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store import saving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
NUMBER = re.compile(r"^\* ([A-Z])-(\d\d): ", re.MULTILINE)
FAULT = re.compile(r"(?<=_)[ftups]\d\d(?=_)")
MEDIAN, LATE = 5.0, 50.0  # milliseconds that a save may take


class Goal(NamedTuple):
    """Something that is tried often enough, and never goes wrong.

    Attributes:
        figure: what the tests record about how often. least: how often is enough.
        faults: numbers of the faults whose tests show it.
    """

    what: str
    goal: str
    figure: str
    least: int
    faults: tuple[str, ...]


GOALS = (
    Goal("Kills at random moments that lose a confirmed answer", "0 in 1,000", "kill_rounds", 1_000, ("f01",)),
    Goal("Saves of two windows at once that are lost", "0 in 200", "saves_at_once", 200, ("f10",)),
    Goal("Steps at which the disk fails that leave the store unsound", "0", "failures", 500, ("f02", "f06")),
    Goal("Corruptions that change something unnoticed", "0 in 800", "corruptions", 800, ("f11", "f12", "f13")),
    Goal("Crafted backups that are restored", "0 in 100", "crafted", 100, ("f24",)),
    Goal("Tracebacks in random command lines", "0 in 2,000", "command_lines", 2_000, ("s05",)),
    Goal("Tracebacks in catalogues that are nearly right", "0 in 10,000", "catalogues", 10_000, ("p04", "p08")),
    Goal("Hostile texts whose control signs reach a reader", "0 in 10,000", "hostile_texts", 10_000, ("u01", "u02")),
)
BY_TESTS = (
    Goal("Ways to leave a prompt after which the terminal is not as before", "0", "", 0, ("f03", "t01", "t02", "t03")),
    Goal("Sockets opened", "0", "", 0, ("s06",)),
)


class Line(NamedTuple):
    """What was tried, what is asked for, what was found, and whether that is enough."""

    what: str
    goal: str
    found: str
    met: bool


class Run(NamedTuple):
    """What the tests tell: outcomes by fault, and the sums of what they record."""

    passed: Counter[str]
    failed: Counter[str]
    sums: Counter[str]


def run_tests() -> Run:
    """Run every test that carries the number of a fault."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        numbered = "_f0 or _f1 or _f2 or _t0 or _t1 or _u0 or _p0 or _p1 or _s0"
        words = ["-m", "pytest", "-q", f"--junitxml={report}", "--timeout=1800", "-k", numbered]
        environment = {**os.environ, "BPO_QUIZ_THOROUGH": "1"}
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, stdout=sys.stderr, check=False)  # noqa: S603
        return read(ET.parse(report))  # noqa: S314 - written by our own tests


def read(report: ET.ElementTree[ET.Element]) -> Run:
    """Add up a report of pytest's."""
    run = Run(Counter(), Counter(), Counter())
    for case in report.iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        if case.find("skipped") is None:
            (run.failed if failed else run.passed).update(FAULT.findall(case.get("name", "")))
        for one in case.iter("property"):
            run.sums[one.get("name", "")] += int(one.get("value", "0"))
    return run


def lines(run: Run, saves: Sequence[float]) -> Iterator[Line]:
    """The goals, one after the other."""
    for goal in GOALS:
        tried, broken = run.sums[goal.figure], sum(run.failed[fault] for fault in goal.faults)
        found = f"{broken} tests fail in {tried:,} tries" if broken else f"0 in {tried:,}"
        yield Line(goal.what, goal.goal, found, tried >= goal.least and not broken)
    for goal in BY_TESTS:
        passed, broken = (sum(outcome[fault] for fault in goal.faults) for outcome in (run.passed, run.failed))
        yield Line(goal.what, goal.goal, f"{broken} in {passed + broken} tests", passed > 0 and not broken)
    yield _saving(saves)
    yield _shown(run)
    broken = sum(run.failed.values())
    yield Line("Tests of faults that fail", "0", f"{broken} of {broken + sum(run.passed.values()):,}", not broken)


def _saving(saves: Sequence[float]) -> Line:
    median, late = 1e3 * statistics.median(saves), 1e3 * saves[int(len(saves) * 0.99)]
    found = f"{median:.1f} and {late:.1f}"
    return Line(
        "Milliseconds a save takes, median and p99",
        f"{MEDIAN:g} and {LATE:g}",
        found,
        median <= MEDIAN and late <= LATE,
    )


def _shown(run: Run) -> Line:
    every = {f"{kind.lower()}{number}" for kind, number in NUMBER.findall(PAGE.read_text(encoding="utf-8"))}
    shown = {fault for fault in every if run.passed[fault] and not run.failed[fault]}
    return Line("Faults that tests show", f"{len(every)}", f"{len(shown)}", shown == every)


def main() -> int:
    """Run and print; 1 when a goal is not reached."""
    with tempfile.TemporaryDirectory() as folder:
        saves = saving(Path(folder) / "home")
    table = list(lines(run_tests(), saves))
    sys.stdout.write("| What | Goal | Found | |\n| --- | --- | --- | --- |\n")
    for line in table:
        sys.stdout.write(f"| {line.what} | {line.goal} | {line.found} | {'met' if line.met else 'not met'} |\n")
    return int(not all(line.met for line in table))


if __name__ == "__main__":
    raise SystemExit(main())

"""What a bench found, and the table that all of them print."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Figure(NamedTuple):
    """A line of the table. `met`: whether the goal is reached; None where there is no goal, only a comparison."""

    what: str
    goal: str
    found: str
    met: bool | None = None


def at_most(what: str, goal: float, found: float, unit: str = "", more: str = "") -> Figure:
    """A figure that should not be larger than its goal."""
    digits = 0 if found >= 100 else 1 if found >= 20 else 2
    return Figure(what, f"≤ {goal:g}{unit}", f"{found:.{digits}f}{unit}{more}", found <= goal)


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """The table as Markdown."""
    yield "| What | Goal | Found | |"
    yield "| --- | --- | --- | --- |"
    for figure in figures:
        state = {True: "met", False: "not met", None: ""}[figure.met]
        yield f"| {figure.what} | {figure.goal} | {figure.found} | {state} |"


def printed(figures: Iterable[Figure]) -> int:
    """Print each line as it is found; 1 when a goal is missed."""
    missed = 0

    def seen() -> Iterator[Figure]:
        nonlocal missed
        for figure in figures:
            missed += figure.met is False
            yield figure

    for line in lines(seen()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return int(missed > 0)


def seconds(command: Sequence[str]) -> float:
    """How long a whole process takes; what it writes is thrown away."""
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # noqa: S603 - known programs
    return time.perf_counter() - start


def paired(runs: int, one: Callable[[], float], other: Callable[[], float]) -> float:
    """The median of ratios of runs taken in turn, so that what else the machine does falls on both; after a first."""
    one(), other()
    return statistics.median(one() / other() for _ in range(runs))

"""Runs every bench and prints one table: `run.py [--write] [--quick]`. It takes some ten minutes.

`--write` puts the table, the date and the machine into docs/performance.md; `--quick` takes smaller numbers, to see
that all of it works. bench/faults.py, which counts and does not time, is run by itself. Needs the extras `dev`,
`cohort` and `bench`. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import batch
import person
import startup
import store
from figures import Figure, at_most, lines

from bpo_quiz.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin; bench/run.py --write writes this -->\n", "<!-- measured: end -->\n"

Bench = tuple[str, "Callable[[], Iterator[Figure]]"]


def kept(sessions: int) -> Iterator[Figure]:
    """What a counsellor waits for in a store of so many sessions, and how long an answer takes to be kept."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with contextlib.closing(open_database(home)) as database:
            store.fill(database, sessions)
        found = store.measured(home, sessions)
        for what in ("list", "list --client 'client 7'", "list --search nowhere"):
            taken = 1000 * found[f"whole program: {what}"]
            yield at_most(f"`{what}` among {sessions:,} sessions, whole process", 500, taken, " ms")
        saves = [1000 * one for one in store.saving(home)]
        yield at_most("saving an answer there, median", 5, saves[len(saves) // 2], " ms")
        yield at_most("saving an answer there, p99", 50, saves[int(0.99 * len(saves))], " ms")


def benches(quick: bool) -> Iterator[Bench]:
    """Every part of the table."""
    runs, sheets, sessions = (3, 20_000, 2_000) if quick else (startup.RUNS, batch.SHEETS, store.MANY)
    yield "Starts, in times of `python -c pass`, and one key", lambda: startup.measured(runs)
    yield "One person", lambda: person.measured(runs)
    yield "A counsellor's store", lambda: kept(sessions)
    yield "Many sheets at once", lambda: batch.measured(sheets, 1 if quick else batch.RUNS)


def machine() -> str:
    """The day and the machine, as one sentence."""
    today = datetime.datetime.now(datetime.UTC).date()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} processors"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    return f"Measured on {today} ({python}; {system}; load before the start: {load})."


def put(page: str, block: str) -> str:
    """The page with this block between its markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit("docs/performance.md: the markers of the table are missing")
    return f"{before}{BEGIN}\n{block}\n{END}{after}"


def main() -> int:
    """Measure, print, and write if that is asked for; 1 when a goal is missed."""
    words = argparse.ArgumentParser(description="Run every bench and print one table.")
    words.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    words.add_argument("--quick", action="store_true", help="smaller numbers, to see that all of it works")
    told = words.parse_args()
    missed, page = False, [machine(), ""]
    for title, measured in benches(told.quick):
        figures = []
        for figure in measured():
            sys.stderr.write(f"{figure.what}: {figure.found}\n")
            figures.append(figure)
        missed |= any(figure.met is False for figure in figures)
        page += [f"### {title}", "", *lines(figures), ""]
    block = "\n".join(page)
    sys.stdout.write(block)
    if told.write:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), block), encoding="utf-8")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())

"""How fast `score` is, beside Polars: `batch.py [SHEETS] [RUNS]` (1,000,000 and 3).

Some sheets are scored again by `start --answers`, one by one. Needs the extras `cohort` and `bench`. Exit code 1 when a
goal is missed.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from figures import Figure, at_most, printed

from bpo_quiz.catalogue.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
ITEMS = [item.id for item in load().items()]
SHEETS, RUNS = 1_000_000, 3
LARGER = 3  # times as many, to see how memory grows
PLAIN_SHEETS = 5_000
FORM_ROWS = 10_000
SPOT_CHECKS = 40
PROGRAM = [sys.executable, "-m", "bpo_quiz"]
NO_NUMPY = "import sys; sys.modules['numpy'] = None; from bpo_quiz.commands.app import app; app()"


class Run(NamedTuple):
    """What a program took: seconds, processor seconds, and most memory, bytes."""

    seconds: float
    work: float
    memory: int


def generate(file: Path, sheets: int) -> None:
    """Sheets of people who answer by chance; every item has an answer, as Polars and the program by hand need it."""
    chance = np.random.default_rng(1)
    with file.open("wb") as out:
        out.write((",".join(["id", *ITEMS]) + "\n").encode())
        for start in range(0, sheets, 20_000):
            count = min(20_000, sheets - start)
            cells = np.full((count, 2 * len(ITEMS)), ord(","), dtype=np.uint8)
            cells[:, 1::2] = ord("0") + chance.integers(0, 5, (count, len(ITEMS)))
            out.write(b"".join(b"p%d%b\n" % (start + n, row.tobytes()) for n, row in enumerate(cells)))


def with_semicolons(file: Path, other: Path) -> None:
    """The same sheets as a spreadsheet of another country saves them."""
    with file.open("rb") as lines, other.open("wb") as out:
        out.write(b"\xef\xbb\xbf")
        out.writelines(line.replace(b",", b";").replace(b"\n", b"\r\n") for line in lines)


def of_a_form_service(file: Path, people: int) -> None:
    """Questions for columns, and the words of options in the cells."""
    dice, items = random.Random(1), load().items()  # noqa: S311 - no secret
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["Timestamp", "id", *(item.prompt for item in items)])
        rows.writerows(
            ["2026-11-03 9:12", f"p{n}", *(dice.choice(item.options) for item in items)] for n in range(people)
        )


def run(*words: str) -> Run:
    """Run a program to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)  # noqa: S603 - our own programs
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)[:200]}: exit code {process.returncode}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss)


def spot_check(sheets: Path, results: Path, count: int) -> float:
    """Score some sheets one by one; the largest difference of any number."""
    chosen = set(random.Random(1).sample(range(count), min(count, SPOT_CHECKS)))  # noqa: S311 - no secret
    with sheets.open(encoding="ascii") as file:
        lines = [line.strip().split(",") for n, line in enumerate(itertools.islice(file, 1, None)) if n in chosen]
    found: dict[str, list[list[str]]] = {line[0]: [] for line in lines}
    with results.open(encoding="ascii", newline="") as file:
        for row in csv.reader(file):
            if row[0] in found:
                found[row[0]].append(row)
    return max(difference(line, found[line[0]]) for line in lines)


def difference(line: Sequence[str], rows: Sequence[Sequence[str]]) -> float:
    """How far the rows of a sheet are from `start --answers`; infinitely, where the roles or flags are others."""
    answers = dict(zip(ITEMS, map(int, line[1:]), strict=True))
    given = json.dumps({"format": "bpo-quiz/answers@1", "answers": answers})
    words = [*PROGRAM, "start", "--answers", "-", "--format", "json"]
    alone = json.loads(subprocess.run(words, input=given, capture_output=True, text=True, check=True).stdout)  # noqa: S603
    roles = alone["roles"][: len(rows)]
    flags = ";".join(flag["rule"] for flag in alone["flags"])
    if [(row[2], row[3], row[8]) for row in rows] != [(role["role"], role["path"], flags) for role in roles]:
        return float("inf")
    names = ("total", "match", "readiness", "interest")
    return max(abs(float(row[4 + n]) - role[name]) for row, role in zip(rows, roles, strict=True)
               for n, name in enumerate(names))  # fmt: skip


def measured(sheets: int = SHEETS, runs: int = RUNS) -> Iterator[Figure]:
    """Everything, with files that go when it is done."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(Path(folder), sheets, runs)


def _measured(folder: Path, sheets: int, runs: int) -> Iterator[Figure]:
    file, larger, few = folder / "all.csv", folder / "larger.csv", folder / "few.csv"
    for place, count in ((file, sheets), (larger, LARGER * sheets), (few, PLAIN_SHEETS)):
        generate(place, count)
    semicolons, service = folder / "semicolons.csv", folder / "service.csv"
    with_semicolons(file, semicolons)
    of_a_form_service(service, FORM_ROWS)
    out, other = folder / "out.csv", str(folder / "other.csv")
    ours = [run(*PROGRAM, "score", str(file), "-o", str(out), "--force") for _ in range(runs)]
    most = run(*PROGRAM, "score", str(larger), "-o", other, "--force")
    plain = run(sys.executable, "-c", NO_NUMPY, "score", str(few), "-o", other, "--force")
    as_saved = run(*PROGRAM, "score", str(semicolons), "-o", other, "--force")
    of_form = run(*PROGRAM, "score", str(service), "-o", other, "--force", "--ignore", "Timestamp")
    polars = run(sys.executable, str(HERE / "by_polars.py"), str(file), other)
    took, work = (statistics.median(column) for column in list(zip(*ours, strict=True))[:2])
    memory = max(one.memory for one in ours)
    yield at_most(f"{sheets:,} sheets, one process", 10, took, " s", f" ({work:.1f} s of processor)")
    yield at_most("the same", 250, memory / 2**20, " MiB")
    grown = (most.memory - memory) / ((LARGER - 1) * sheets)
    yield at_most(f"memory that each more of {LARGER * sheets:,} sheets takes", 16, grown, " bytes")
    yield at_most("the same with semicolons", 10, as_saved.seconds, " s", f" ({as_saved.memory / 2**20:.0f} MiB)")
    yield at_most(f"{FORM_ROWS:,} rows of a form service", 5, of_form.seconds, " s")
    rate = PLAIN_SHEETS / plain.seconds
    said = f"{rate:,.0f} ({PLAIN_SHEETS / plain.work:,.0f} in a second of the processor)"
    yield Figure("without numpy, sheets a second", "≥ 1,000", said, rate >= 1_000)
    said = f"{polars.seconds:.1f} s, {polars.memory / 2**20:.0f} MiB"
    yield Figure(f"peer: Polars, streaming, {sheets:,} sheets without checks and flags", "", said)
    far = spot_check(file, out, sheets)
    what = f"largest difference from `start --answers`, {SPOT_CHECKS} sheets"
    yield Figure(what, "≤ 1e-9", f"{far:.1e}", far <= 1e-9)


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    raise SystemExit(printed(measured(*words)))

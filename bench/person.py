"""How long one person waits: `person.py [RUNS]` (21). A whole result, and a step of the quick form.

Everything is timed inside one process that has loaded what it needs, as somebody meets it who is being asked; how long
whole commands take is for startup.py. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure, at_most, printed

from bpo_quiz.answers.answer_file import read_answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.results.result import build
from bpo_quiz.scoring.certainty import DRAWS
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.sitting.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANSWERS = Path(__file__).parents[1] / "docs" / "example-answers.json"
RUNS = 21


def milliseconds(action: Callable[[], object]) -> float:
    """Of one call."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def quick_steps(runs: int) -> list[float]:
    """Milliseconds of every step of some quick sittings, each answered in its own way, sorted."""
    catalogue = load()
    taken = []
    for run in range(max(1, runs // 4)):
        sitting = Sitting(QuickForm(catalogue))
        while sitting.item is not None:
            value = (run + 3 * sitting.position + sitting.position // 7) % 5
            taken.append(milliseconds(lambda sitting=sitting, value=value: sitting.answer(value)))  # type: ignore[misc]
    return sorted(taken)


def measured(runs: int = RUNS) -> Iterator[Figure]:
    """The goals of docs/method.md for one person."""
    catalogue = load()
    answers = read_answers(str(ANSWERS), catalogue)
    build(catalogue, answers)
    whole = statistics.median(milliseconds(lambda: build(catalogue, answers)) for _ in range(runs))
    yield at_most(f"a full result, {DRAWS} draws", 200, whole, " ms")
    steps = quick_steps(runs)
    late = f" (1 step in 20: {steps[int(0.95 * len(steps))]:.0f} ms or more)"
    yield at_most("quick form: a step, usually", 100, statistics.median(steps), " ms", late)
    yield at_most("quick form: the slowest step, with its stop check", 100, steps[-1], " ms")


if __name__ == "__main__":
    raise SystemExit(printed(measured(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))

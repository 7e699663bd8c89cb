"""A helper process: takes blocks, gives back what became of them, until nobody sends any more."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.sheets.engine import Engine, Job


def engine_of(job: Job, *, quick: bool) -> Engine:
    """The engine that does a job: with numpy, or without."""
    if quick:
        for library in ("OPENBLAS", "OMP", "MKL"):
            os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # the blocks are small; more threads only wait
        from bpo_quiz.sheets.quick_engine import QuickEngine

        return QuickEngine(job)
    from bpo_quiz.sheets.engine import PlainEngine

    return PlainEngine(job)


def _told(questions: BinaryIO) -> Iterator[Any]:
    """What the program that started this one sends, until it has ended, be it in the middle of a word."""
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(questions)  # noqa: S301 - our own program


def main() -> None:
    """Talk to the program that started this one: pickles over standard input and output, of our own making only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who sends; its end is ours
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may stand between the answers
    questions = sys.stdin.buffer
    told = _told(questions)
    first = next(told, None)
    if first is None:
        return
    job, quick = first
    engine = engine_of(job, quick=quick)
    for block in told:
        try:
            answer: object = engine.work(block)
        except Exception as error:
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        try:
            pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()

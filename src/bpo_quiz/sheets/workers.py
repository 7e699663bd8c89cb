"""Several processes work through the blocks of one file; what they give back comes in the order of the file."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections import deque
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

import bpo_quiz
from bpo_quiz.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.sheets.blocks import Block
    from bpo_quiz.sheets.engine import Job, Outcome

    Process = subprocess.Popen[bytes]

_MOST = 4
_AHEAD = 2
"""Blocks that are read ahead of those being worked on."""

_PIPE = 1024 * 1024

Mark = TypeVar("Mark")


def processors() -> int:
    """How many processes can work at once; more than a few would need much memory."""
    with contextlib.suppress(AttributeError, OSError):
        return min(_MOST, len(os.sched_getaffinity(0)))
    return min(_MOST, os.cpu_count() or 1)


class Workers:
    """Processes that do one job. A context manager: they end with it."""

    def __init__(self, job: Job, count: int, *, quick: bool) -> None:
        self._count = count
        self._free: SimpleQueue[Process] = SimpleQueue()
        self._all: list[Process] = []
        try:
            self._all = [_start() for _ in range(count)]
            for process in self._all:
                pickle.dump((job, quick), process.stdin, protocol=pickle.HIGHEST_PROTOCOL)  # type: ignore[arg-type]
                self._free.put(process)
        except BaseException:
            self.close()
            raise

    def outcomes(self, blocks: Iterable[tuple[Block, Mark]]) -> Iterator[tuple[Outcome, Mark]]:
        """What becomes of the blocks, in their order, each with the mark that came with it."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(self._count) as threads:
            waiting = deque()  # type: ignore[var-annotated]
            try:
                for block, mark in blocks:
                    waiting.append((threads.submit(self._ask, block), mark))
                    if len(waiting) >= self._count + _AHEAD:
                        future, earlier = waiting.popleft()
                        yield future.result(), earlier
                while waiting:
                    future, earlier = waiting.popleft()
                    yield future.result(), earlier
            except BaseException:
                self.close()  # so that no thread waits for an answer
                threads.shutdown(wait=False, cancel_futures=True)
                raise

    def _ask(self, block: Block) -> Outcome:
        process = self._free.get()
        try:
            pickle.dump(block, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)  # type: ignore[arg-type]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            raise StorageError("a helper process ended early; free some memory, and go on with --continue") from None
        finally:
            self._free.put(process)
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the processes."""
        for process in self._all:
            with contextlib.suppress(OSError):
                process.kill()
        for process in self._all:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()  # type: ignore[union-attr]

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _start() -> Process:
    """A helper in a session of its own, where Ctrl-C does not reach it; it ends when its input does."""
    package = str(Path(bpo_quiz.__file__).parents[1])
    search = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "bpo_quiz.sheets.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": search},
        pipesize=_PIPE,
        start_new_session=True,
    )

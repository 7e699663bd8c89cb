"""From a file of sheets to a file of results: what is chosen, what is kept, and where a stopped run goes on."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bpo_quiz.as_dict import as_dict
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.blocks import BLOCK
from bpo_quiz.sheets.engine import Job, writer_of
from bpo_quiz.sheets.prints import has_numpy
from bpo_quiz.sheets.worker import engine_of
from bpo_quiz.sheets.workers import Workers, processors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from bpo_quiz.sheets.blocks import Block, Source
    from bpo_quiz.sheets.engine import Outcome

FEWEST_FOR_NUMPY = 1000
"""Sheets from which loading numpy pays."""

_ENOUGH_FOR_WORKERS = 8 * BLOCK
"""Bytes of sheets from which helper processes pay, with numpy; without, an eighth is enough."""

_CHANCE_BLOCK = 4 * 1024
_CHANCES_FOR_NUMPY = 20


class Progress(NamedTuple):
    """How far a run is, up to the last whole block. All of it is kept for going on.

    Attributes:
        consumed: bytes of content that were read. digest: their SHA-256. line: number of the next line.
        sheets: how many were scored. faults: lines that could not be used.
        rows, rejected, prints: bytes that were written of each.
    """

    consumed: int
    digest: str
    line: int
    sheets: int = 0
    faults: int = 0
    rows: int = 0
    rejected: int = 0
    prints: int = 0

    def record(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return as_dict(self)


class Sink(Protocol):
    """Where a run writes to."""

    def rows(self, content: bytes) -> None:
        """Results."""

    def rejected(self, content: bytes) -> None:
        """Lines that could not be used."""

    def prints(self, content: bytes) -> None:
        """Fingerprints of ids."""

    def done(self, progress: Progress) -> None:
        """Everything up to here is whole."""


class Plan(NamedTuple):
    """How the work is done: with numpy or without, here or in so many processes, in blocks of so many bytes."""

    quick: bool
    processes: int
    block: int


def begin(job: Job, source: Source, header: bytes | None, sink: Sink) -> Progress:
    """Write what comes before the first sheet; `header` is the first line of the sheets as it was, for the rejects."""
    first = writer_of(job).header().encode("utf-8")
    above = b"" if header is None else header + b"\n"
    sink.rows(first)
    sink.rejected(above)
    progress = Progress(source.consumed, source.digest.hexdigest(), source.line, rows=len(first), rejected=len(above))
    sink.done(progress)
    return progress


def go_on(source: Source, earlier: Progress) -> None:
    """Pass over what was scored before.

    Raises:
        InputError: that is not what these sheets begin with.
    """
    source.pass_over(earlier.consumed - source.consumed)
    if source.consumed != earlier.consumed or source.digest.hexdigest() != earlier.digest:
        raise InputError(
            f"{source.name}: does not begin with the sheets that were scored before the stop; name the same file, or "
            "begin again with --force"
        )


def run(
    job: Job, source: Source, sink: Sink, start: Progress, plan: Plan | None = None
) -> Iterator[tuple[Progress, tuple[tuple[int, str], ...]]]:
    """Score what is left of the sheets; gives how far it is after each block, and faults in words.

    Raises:
        InputError: the sheets cannot be read to their end.
        StorageError: something cannot be written.
    """
    size = plan.block if plan is not None else _CHANCE_BLOCK if job.with_chance else BLOCK
    blocks = _marked(source, source.blocks(size))
    if plan is None:
        plan, blocks = _planned(job, blocks, size)
    progress = start
    with contextlib.ExitStack() as stack:
        for outcome, (goes_on, mark) in _outcomes(job, blocks, plan, stack):
            sink.rows(outcome.rows)
            sink.rejected(outcome.rejected)
            sink.prints(outcome.prints)
            progress = _after(progress, outcome, mark)
            if not goes_on:
                sink.done(progress)
            yield progress, outcome.told


Mark = tuple[bool, tuple[int, str, int]]


def _marked(source: Source, blocks: Iterable[Block]) -> Iterator[tuple[Block, Mark]]:
    for block in blocks:
        yield block, (block.goes_on, (source.consumed, source.digest.hexdigest(), source.line))


def _after(before: Progress, outcome: Outcome, mark: tuple[int, str, int]) -> Progress:
    consumed, digest, line = mark
    return before._replace(
        consumed=consumed,
        digest=digest,
        line=line,
        sheets=before.sheets + outcome.sheets,
        faults=before.faults + outcome.faults,
        rows=before.rows + len(outcome.rows),
        rejected=before.rejected + len(outcome.rejected),
        prints=before.prints + len(outcome.prints),
    )


def _outcomes(
    job: Job, blocks: Iterator[tuple[Block, Mark]], plan: Plan, stack: contextlib.ExitStack
) -> Iterator[tuple[Outcome, Mark]]:
    if plan.processes > 1:
        workers = stack.enter_context(Workers(job, plan.processes, quick=plan.quick))
        yield from workers.outcomes(blocks)
        return
    engine = engine_of(job, quick=plan.quick)
    for block, mark in blocks:
        yield engine.work(block), mark


def _planned(job: Job, blocks: Iterator[tuple[Block, Mark]], size: int) -> tuple[Plan, Iterator[tuple[Block, Mark]]]:
    """Look at the first blocks, and choose."""
    seen: list[tuple[Block, Mark]] = []
    lines = length = 0
    few = _CHANCES_FOR_NUMPY if job.with_chance else FEWEST_FOR_NUMPY
    quick = has_numpy()
    enough = size if job.with_chance else _ENOUGH_FOR_WORKERS if quick else _ENOUGH_FOR_WORKERS // 8
    for block, mark in blocks:
        seen.append((block, mark))
        lines += block.content.count(b"\n")
        length += len(block.content)
        if length > enough:
            break
    plan = Plan(quick and lines >= few, processors() if length > enough else 1, size)
    return plan, itertools.chain(seen, blocks)

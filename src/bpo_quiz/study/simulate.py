"""Simulated people of the five worlds take both forms: how well a catalogue tells its roles apart."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bpo_quiz.scoring.many import Arrays
from bpo_quiz.study.careless import KINDS, Caught, catch_careless, catch_honest
from bpo_quiz.study.recovery import Recovery, recover
from bpo_quiz.study.shorter import Shorter, compare, together
from bpo_quiz.study.worlds import WORLDS, draw_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue

USUAL_PEOPLE = 600
"""A world; five worlds make the 3,000 people of goal 9."""

QUICK_SHARE = 6
"""One in so many also takes the quick form, which takes longer than all else together."""

_FEW = 50
"""People a world; for fewer, starting processes takes longer than they save."""

_QUICK_BLOCK = 20
_HONEST, _CARELESS = 1, 3
"""Keep the random numbers of the parts of a study apart."""


class Task(NamedTuple):
    """A part of a study that one process does: a world's people, a few of them with the quick form, or one kind.

    Attributes:
        number: of the world, or of the kind of careless people.
        start, stop: the people who take the quick form in this part.
    """

    part: Literal["world", "quick", "careless"]
    number: int
    start: int = 0
    stop: int = 0


class Study(NamedTuple):
    """Everything that was simulated. One entry a world, in the order of `WORLDS`, or a kind.

    Attributes:
        people: a world, and sheets of each careless kind. quick_people: those of a world who took the quick form.
    """

    catalogue: Catalogue
    people: int
    quick_people: int
    seed: int
    recoveries: tuple[Recovery, ...]
    honest: tuple[Caught, ...]
    shorter: tuple[Shorter, ...]
    careless: tuple[Caught, ...]


Part = Recovery | Shorter | Caught


def study(
    catalogue: Catalogue,
    people: int = USUAL_PEOPLE,
    seed: int = 1,
    quick_people: int | None = None,
    processes: int | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Study:
    """Simulate; the same arguments give the same numbers, with any number of processes.

    Args:
        catalogue: what is studied.
        people: a world.
        seed: of all random numbers.
        quick_people: how many people of a world also take the quick form, at most `people`; None: a sixth.
        processes: None: two where the computer has them and the people are not few.
        done: is told how many parts of how many are done.
    """
    quick_people = max(1, people // QUICK_SHARE) if quick_people is None else quick_people
    tasks = list(_tasks(quick_people))
    found: dict[Task, tuple[Part, ...]] = {}
    processes = processes or (1 if people < _FEW else min(2, os.cpu_count() or 1))
    for task, result in _run(catalogue, tasks, people, seed, processes):
        found[task] = result
        if done:
            done(len(found), len(tasks))
    parts = [part for task in tasks for part in found[task]]
    caught = {part.kind: part for part in parts if isinstance(part, Caught)}
    return Study(
        catalogue=catalogue,
        people=people,
        quick_people=quick_people,
        seed=seed,
        recoveries=tuple(part for part in parts if isinstance(part, Recovery)),
        honest=tuple(caught[world.id] for world in WORLDS),
        shorter=together([part for part in parts if isinstance(part, Shorter)]),
        careless=tuple(caught[kind.id] for kind in KINDS),
    )


def _tasks(quick_people: int) -> Iterator[Task]:
    """All parts, the long ones first."""
    for number in range(len(WORLDS)):
        for start in range(0, quick_people, _QUICK_BLOCK):
            yield Task("quick", number, start, min(start + _QUICK_BLOCK, quick_people))
    for number in range(len(WORLDS)):
        yield Task("world", number)
    for number in range(len(KINDS)):
        yield Task("careless", number)


def _run(
    catalogue: Catalogue, tasks: Sequence[Task], people: int, seed: int, processes: int
) -> Iterator[tuple[Task, tuple[Part, ...]]]:
    if processes == 1:
        yield from ((task, work(catalogue, task, people, seed)) for task in tasks)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads a process would only be in each other's way
    fresh = multiprocessing.get_context("spawn")  # forking a process that has threads can hang it
    pool = ProcessPoolExecutor(processes, fresh, _leave_interrupts_to_the_parent)
    try:
        waiting = {pool.submit(work, catalogue, task, people, seed): task for task in tasks}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(catalogue: Catalogue, task: Task, people: int, seed: int) -> tuple[Part, ...]:
    """Do one part."""
    arrays = Arrays(catalogue)
    if task.part == "careless":
        dice = np.random.default_rng([seed, task.number, _CARELESS])
        return (catch_careless(catalogue, KINDS[task.number], people, dice),)
    everybody = draw_people(arrays, WORLDS[task.number], people, np.random.default_rng([seed, task.number]))
    if task.part == "quick":
        return (compare(catalogue, arrays, everybody.some(slice(task.start, task.stop))),)
    reading = np.random.default_rng([seed, task.number, _HONEST])
    return recover(catalogue, arrays, everybody), catch_honest(catalogue, arrays, everybody, reading)

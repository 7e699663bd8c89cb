"""How long a store of 100,000 sessions takes, against one of 1,000 and against the bare disk: `store.py [SESSIONS]`."""

from __future__ import annotations

import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.store import backups
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.database import open_database
from bpo_quiz.store.names import fold
from bpo_quiz.store.records import Record
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.store.connection import Database

FEW, MANY = 1_000, 100_000
SESSIONS_A_CLIENT = 5
REPEATS = 5
SAVES = 300
COHORT = 500
NO_NUMPY = "import sys; sys.modules['numpy'] = None; from bpo_quiz.commands.app import app; app()"
CATALOGUE = load()
FILES = tuple((shipped_folder() / name).read_bytes() for name in ("roles.yaml", "skills.yaml"))
ITEMS = [item.id for item in CATALOGUE.items()]


def fill(database: Database, number: int, sessions_a_client: int = SESSIONS_A_CLIENT) -> None:
    """Whole sessions, in one transaction that no person could make."""
    chance, clients, sessions = random.Random(1), Clients(database), Sessions(database)  # noqa: S311 - no secret
    sessions.start(CATALOGUE, (FILES[0], FILES[1]), "full")
    people = max(1, number // sessions_a_client)
    change = database.change
    with change():
        database.change = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        row = Clients._seen
        Clients._seen = lambda *_: None  # type: ignore[method-assign,assignment]
        for person in range(people):
            clients.add(f"Client {person}", "I agree.")
        Clients._seen = row  # type: ignore[method-assign]
        for sequence in range(2, number + 1):
            sessions._write(_session(sequence, chance, people))
        database.change = change  # type: ignore[method-assign]


def _session(sequence: int, chance: random.Random, people: int) -> Record:
    tag = f"Month {sequence % 12}"
    return Record(
        sequence=sequence,
        code=f"{sequence:06}",
        client=sequence % people + 1,
        catalogue=CATALOGUE.sha256,
        form="full",
        tag=tag,
        folded_tag=fold(tag),
        started="2026-05-01T10:00:00+00:00",
        finished="2026-05-01T10:10:00+00:00",
        touched=0,
        about={"english": "B2", "years": 2},
        about_done=None,
        responses={
            item: Response(item, chance.randrange(5), round(chance.uniform(2, 20), 2), n)
            for n, item in enumerate(ITEMS)
        },
    )


def seconds(action: Callable[[], object]) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measured(home: Path, number: int) -> dict[str, float]:
    """What a command waits for, in seconds."""
    last = f"{number - 1:06}"
    with contextlib.closing(open_database(home, read_only=True)) as database:
        sessions, clients = Sessions(database), Clients(database)
        found = {
            "open and look whether it is sound": seconds(lambda: open_database(home, read_only=True).close()),
            "list the newest 20": seconds(sessions.list),
            "list a client's": seconds(lambda: sessions.list(client="client 7")),
            "search, found often": seconds(lambda: sessions.list(search="client 1")),
            "search, found once": seconds(lambda: sessions.list(search=last)),
            "search, found nowhere": seconds(lambda: sessions.list(search="no such words")),
            "search clients": seconds(lambda: clients.list("17")),
            "one session, verified": seconds(lambda: sessions.get(last)),
        }
    for words in ("list", "list --search nowhere", "list --client 'client 7'"):
        found[f"whole program: {words}"] = seconds(lambda words=words: _program(home, words))  # type: ignore[misc]
    return found


def _program(home: Path, words: str, start: tuple[str, str] = ("-m", "bpo_quiz")) -> None:
    import shlex

    program = [sys.executable, *start, "--home", str(home), *shlex.split(words)]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own


def cohort(home: Path) -> tuple[float, float]:
    """How long the whole program takes for a cohort of so many clients, with numpy where it is, and without."""
    with contextlib.closing(open_database(home)) as database:
        fill(database, COHORT + 1, sessions_a_client=1)  # the first is not finished
    taken = []
    for program in (("-m", "bpo_quiz"), ("-c", NO_NUMPY)):
        start = time.perf_counter()
        _program(home, "cohort", program)
        taken.append(time.perf_counter() - start)
    return taken[0], taken[1]


def saving(home: Path) -> list[float]:
    """How long each of many saves took, sorted."""
    with contextlib.closing(open_database(home)) as database:
        sessions = Sessions(database)
        code = sessions.start(CATALOGUE, (FILES[0], FILES[1]), "full").code
        taken = []
        for number in range(SAVES):
            place = number % len(ITEMS)
            start = time.perf_counter()
            sessions.save_response(code, Response(ITEMS[place], number % 5, 3.0, place))
            taken.append(time.perf_counter() - start)
    return sorted(taken)


def syncing(folder: Path) -> float:
    """How long the bare disk takes to keep 4 KiB, the median."""
    handle = os.open(folder / "bare", os.O_CREAT | os.O_RDWR, 0o600)

    def keep() -> None:
        os.pwrite(handle, bytes(4096), 0)
        os.fsync(handle)

    taken = [seconds(keep) for _ in range(20)]
    os.close(handle)
    return statistics.median(taken)


def main() -> None:
    """Fill two stores, measure, print."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        homes = {number: Path(folder) / str(number) for number in (FEW, many)}
        for number, home in homes.items():
            with contextlib.closing(open_database(home)) as database:
                fill(database, number)
            size = (home / backups.FILE).stat().st_size
            sys.stdout.write(f"{number:>9,} sessions, {size / 1e6:.1f} MB\n")
        few, lots = (measured(home, number) for number, home in homes.items())
        sys.stdout.write(f"\n{'milliseconds':<36}{FEW:>10,}{many:>10,}{'ratio':>8}\n")
        for what, taken in lots.items():
            line = f"{what:<36}{few[what] * 1e3:>10.1f}{taken * 1e3:>10.1f}{taken / few[what]:>8.1f}\n"
            sys.stdout.write(line)
        bare = syncing(Path(folder))
        sys.stdout.write(f"\n{'to keep 4 KiB on this disk':<36}{bare * 1e3:>10.2f} ms\n")
        for number, home in homes.items():
            saves = saving(home)
            median, late = statistics.median(saves), saves[int(len(saves) * 0.99)]
            sys.stdout.write(
                f"{f'to save an answer among {number:,}':<36}{median * 1e3:>10.2f} ms, p99 {late * 1e3:.2f} ms,"
                f" {median / bare:.1f} times the bare disk\n"
            )
        start = time.perf_counter()
        with contextlib.closing(open_database(homes[many])) as database:
            backups.back_up(database)
        sys.stdout.write(f"{'a backup with every record verified':<36}{time.perf_counter() - start:>10.2f} s\n")
        quickly, plainly = cohort(Path(folder) / "cohort")
        sys.stdout.write(f"{f'cohort of {COHORT} sessions':<36}{quickly:>10.2f} s, without numpy {plainly:.2f} s\n")


if __name__ == "__main__":
    main()

"""Kills a writer at random moments, again and again, and looks at what is left: `killing.py FOLDER ROUNDS SEED`.

Each round is a process of its own that opens the store, takes a session up, and saves answers as fast as it can. It
says what it is about to save, and what is saved; then it gets SIGKILL. After each round the store must hold every
answer that was said to be saved, at most one more, and nothing else. Prints a JSON record.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.load import load
from bpo_quiz.store import checksums
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions

SMALL = Path(__file__).parents[1] / "data" / "small"
LONGEST_WAIT = 0.006
MOST_SAVES = 6
NEW_STORE_EVERY = 10


@dataclass
class Summary:
    """What was found: `lost` and `damaged` should be 0, and so should `left_behind`."""

    rounds: int = 0
    saved: int = 0
    killed_while_saving: int = 0
    lost: int = 0
    damaged: int = 0
    left_behind: int = 0


class Witness:
    """Runs the rounds, and remembers what the store must hold."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.catalogue = load(SMALL)
        self.files = ((SMALL / "roles.yaml").read_bytes(), (SMALL / "skills.yaml").read_bytes())
        self.items = [item.id for item in self.catalogue.items()]
        self.home = folder
        self.truth: dict[str, dict[str, int | None]] = {}
        self.summary = Summary()

    def rounds(self, number: int) -> Summary:
        for n in range(number):
            if n % NEW_STORE_EVERY == 0:
                self.home, self.truth = self.folder / f"home {n}", {}
            said = self._killed_writer(self.chance.randrange(2**32))
            self.summary.rounds += 1
            self._look(said)
        return self.summary

    def _killed_writer(self, seed: int) -> list[list[str]]:
        """Lines that a writer said before it was killed."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with contextlib.suppress(BaseException):
                self._write(writing, random.Random(seed))
            os._exit(1)
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as stream:
            start = self._wait(stream.fileno(), self.chance.randrange(MOST_SAVES))
            time.sleep(self.chance.uniform(0, LONGEST_WAIT))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                raise RuntimeError("the writer ended by itself")
            said = start + stream.read()
        return [line.split() for line in said.decode().splitlines()]

    def _wait(self, stream: int, saves: int) -> bytes:
        said = b""
        while said.count(b"saved") < saves:
            said += os.read(stream, 4096)
        return said

    def _write(self, pipe: int, chance: random.Random) -> None:
        def say(*words: object) -> None:
            os.write(pipe, f"{' '.join(map(str, words))}\n".encode())

        sessions = Sessions(open_database(self.home))
        code = sessions.latest()
        if code is None or chance.random() < 0.2:
            code = sessions.start(self.catalogue, self.files, "full").code
        sessions.hold(code)
        say("opened", code)
        while True:
            item, value = chance.randrange(len(self.items)), chance.randrange(5)
            say("saving", code, self.items[item], value)
            sessions.save_response(code, Response(self.items[item], value, 1.0, item))
            say("saved", code, self.items[item], value)

    def _look(self, said: list[list[str]]) -> None:
        pending: tuple[str, str, int] | None = None
        for word, code, *answer in said:
            answers = self.truth.setdefault(code, {})
            if word == "saving":
                pending = code, answer[0], int(answer[1])
            elif word == "saved":
                self.summary.saved += 1
                answers[answer[0]] = int(answer[1])
                pending = None
        self.summary.killed_while_saving += pending is not None
        self._compare(pending)

    def _compare(self, pending: tuple[str, str, int] | None) -> None:
        with contextlib.closing(open_database(self.home)) as database:
            self.summary.damaged += len(list(checksums.unsound(database)))
            kept = {session.code: session.responses for session in Sessions(database).each()}
        self.summary.left_behind += sum(file.name != "bpo-quiz.db" for file in self.home.iterdir())
        if pending is not None:
            code, item, value = pending
            with_one_more = {**self.truth[code], item: value}
            if kept.get(code) != self.truth[code] and kept.get(code) == with_one_more:
                self.truth[code] = with_one_more
        self.summary.lost += sum(kept.get(code) != answers for code, answers in self.truth.items())
        self.truth |= {code: answers for code, answers in kept.items() if not answers}  # begun, not yet said


if __name__ == "__main__":
    witness = Witness(Path(sys.argv[1]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(asdict(witness.rounds(int(sys.argv[2])))) + "\n")

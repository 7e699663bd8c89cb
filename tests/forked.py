"""Our program as a process that is born with its modules loaded, which is most of what a short run takes.

Once for each worker of the tests a process imports the program, and does nothing else. For each run it forks; the child
gets words, folder, environment and streams of that run, and starts as `python -m bpo_quiz` does. What a start imports,
and what Python makes of its environment, has tests of its own, with a Python of their own; so has a run whose
environment tells Python something, and every run with BPO_QUIZ_THOROUGH=1.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from effort import THOROUGH

from bpo_quiz.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LATE = {
    "BPO_QUIZ_HOME", "COLUMNS", "FORCE_COLOR", "HOME", "LINES", "NO_COLOR", "PYTEST_CURRENT_TEST", "TERM",
    "XDG_DATA_HOME",
}  # fmt: skip
"""What may differ from where the process was started: nothing reads it before a run begins."""
WITH_NUMPY = ("bpo_quiz.study", "bpo_quiz.sheets.bulk", "bpo_quiz.scoring.many")
LARGEST = 50_000  # bytes that surely pass at once


class Forks:
    """The process that forks, as seen from the tests."""

    def __init__(self) -> None:
        self._environment = dict(os.environ)
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            (folder,) = load.unpacked.__defaults__ or ()
            words = [sys.executable, __file__, str(theirs.fileno()), str(folder)]
            self._process = subprocess.Popen(words, pass_fds=[theirs.fileno()])

    def can(self, environment: Mapping[str, str], *texts: str) -> bool:
        """Whether a run would be as one in a Python of its own, and what it gets is small."""
        changed = set(self._environment.items()) ^ set(environment.items())
        return {name for name, _ in changed} <= LATE and len("".join(texts)) < LARGEST // 4

    def born(self, words: Sequence[str], environment: Mapping[str, str], streams: Sequence[int]) -> Child:
        """Start the program; in a session of its own where its standard input is a terminal."""
        told, tell = os.pipe()
        run = Run(list(words), dict(environment), str(Path.cwd()))
        socket.send_fds(self._line, [json.dumps(run).encode()], [*streams, tell])
        os.close(tell)
        return Child(told)


class Run(NamedTuple):
    """What a run gets."""

    words: list[str]
    environment: dict[str, str]
    folder: str


class Child:
    """A run of the program: its process and, when it has ended, how."""

    def __init__(self, told: int) -> None:
        self._told = os.fdopen(told, "rb")
        self.pid = int(self._told.readline())
        self.code: int | None = None

    def wait(self) -> int:
        """The exit code, or minus the signal that ended it."""
        if self.code is None:
            with self._told:
                self.code = os.waitstatus_to_exitcode(int(self._told.readline()))
        return self.code

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)


@cache
def forks() -> Forks | None:
    """That process; None where it cannot be had, or every run is to have a Python of its own."""
    return Forks() if sys.platform == "linux" and not THOROUGH else None


def run(
    words: Sequence[str], given: str, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str] | None:
    """As `subprocess.run` with all three streams as pipes; None where a Python of its own must do it."""
    process = forks()
    if process is None or not process.can(environment, *words, given):
        return None
    pipes = [os.pipe() for _ in range(3)]
    (stdin, feed), (out, stdout), (err, stderr) = pipes
    child = process.born(words, environment, (stdin, stdout, stderr))
    for end in (stdin, stdout, stderr):
        os.close(end)
    with contextlib.suppress(BrokenPipeError), os.fdopen(feed, "wb") as stream:
        stream.write(given.encode())
    try:
        said = _all_of((out, err), time.monotonic() + timeout)
    except TimeoutError:
        child.kill()
        raise subprocess.TimeoutExpired(list(words), timeout) from None
    texts = [one.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n") for one in said]
    return subprocess.CompletedProcess(list(words), child.wait(), *texts)


def _all_of(ends: Sequence[int], until: float) -> list[bytes]:
    said = {end: bytearray() for end in ends}
    waiting = set(ends)
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        for end in ready:
            part = os.read(end, 1 << 16)
            said[end] += part
            if not part:
                waiting.remove(end)
                os.close(end)
    return [bytes(one) for one in said.values()]


# --- the process that forks ---


def is_run(line: socket.socket) -> bool:
    """Fork for each message until the tests are over; True in those who are to run, False in the end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who watch
    gc.freeze()
    while True:
        message, streams, _, _ = socket.recv_fds(line, LARGEST, 4)
        if not message:
            return False
        if os.fork() == 0:
            line.close()
            watch(Run(*json.loads(message)), streams)
            return True
        for stream in streams:
            os.close(stream)


def watch(run: Run, streams: list[int]) -> None:
    """Tell who runs, and when it has ended how; return only in the one that is to run."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *standard, tell = streams
    born, bear = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell)
        os.close(bear)
        os.read(born, 1)  # the tests know of it first
        os.close(born)
        become(run, standard)
        return
    for stream in (*standard, born, 0, 1):
        os.close(stream)
    os.write(tell, f"{child}\n".encode())
    os.close(bear)
    os.write(tell, f"{os.waitpid(child, 0)[1]}\n".encode())
    os._exit(0)


def become(run: Run, standard: list[int]) -> None:
    """Take on what `python -m bpo_quiz` would have been started with."""
    for number, stream in enumerate(standard):
        os.dup2(stream, number)
    for stream in set(standard) - {0, 1, 2}:
        os.close(stream)
    if os.isatty(0):
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        of_lines = number == 2 or os.isatty(number)
        new = open(number, "w" if number else "r", encoding=old.encoding, errors=old.errors,  # noqa: SIM115
                   newline="\n", closefd=False, buffering=1 if number and of_lines else -1)  # fmt: skip
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.environ.clear()
    os.environ.update(run.environment)
    os.chdir(run.folder)
    sys.argv[1:] = run.words
    signal.signal(signal.SIGINT, signal.default_int_handler)


def use_packed_catalogue(folder: Path) -> None:
    """Have the shipped catalogue as people have it: packed, so that its YAML is read once and not for each run."""
    if not (folder / load.PACKED_FILE).exists():
        (folder / load.PACKED_FILE).write_bytes(load.packed(load.load()))
    load.unpacked.__defaults__ = (folder,)


def load_program() -> None:
    """Import all of it, but what would start threads."""
    import questionary  # noqa: F401

    import bpo_quiz

    for module in pkgutil.walk_packages(bpo_quiz.__path__, "bpo_quiz."):
        if not module.name.startswith((*WITH_NUMPY, "bpo_quiz.__main__")):
            importlib.import_module(module.name)


if __name__ == "__main__":
    load_program()
    use_packed_catalogue(Path(sys.argv[2]))
    if is_run(socket.socket(fileno=int(sys.argv[1]))):
        runpy.run_module("bpo_quiz", run_name="__main__", alter_sys=True)

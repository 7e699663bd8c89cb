"""A program in a terminal, watched from outside: when does what it says stand on the screen?"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 30.0  # seconds
ROWS, COLUMNS = 40, 80
_WHERE_IS_THE_CURSOR, _AT_THE_TOP = b"\x1b[6n", b"\x1b[1;1R"
_CONTROL = re.compile(rb"\x1b\[[?>]?[\d;]*[A-Za-z]")


class Watched:
    """Starts a program in a pseudo terminal of 80 columns."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if not self.process:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color"})  # noqa: S606 - known programs
        self.shown = b""

    def until(self, wanted: str) -> float:
        """Seconds since the start until this has been shown after all that was waited for before."""
        end = time.perf_counter() + PATIENCE
        while wanted.encode() not in self.shown:
            if time.perf_counter() > end:
                raise SystemExit(f"{wanted!r} never came; the last that was shown: {self.shown[-500:]!r}")
            self._read()
        now = time.perf_counter()
        self.shown = self.shown[self.shown.index(wanted.encode()) + len(wanted.encode()) :]
        return now - self.started

    def press(self, key: str) -> float:
        """Press a key; when, in seconds since the start."""
        now = time.perf_counter()
        os.write(self.terminal, key.encode())
        return now - self.started

    def end(self) -> None:
        """Kill it."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def _read(self) -> None:
        if not select.select([self.terminal], [], [], 1.0)[0]:
            return
        with contextlib.suppress(OSError):  # it has ended
            read = os.read(self.terminal, 65536)
            if _WHERE_IS_THE_CURSOR in read:
                os.write(self.terminal, _AT_THE_TOP)
            self.shown += _CONTROL.sub(b"", read)

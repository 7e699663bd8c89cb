"""Reads a line from the terminal so that no signal is missed."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MORE_THAN_SIGNALS = 512  # bytes; one for each that came


def read_line() -> str:
    """The next line, with its end; empty at the end of input.

    A signal that comes in the moment before a read begins would be heard only when the read ends, which may be never.
    So it is waited for the line and for signals together.
    """
    if not hasattr(signal, "SIGHUP") or not sys.stdin.isatty():
        return sys.stdin.readline()
    with _ear() as ear:
        while True:
            ready, _, _ = select.select([sys.stdin, ear], [], [])
            if ear in ready:
                os.read(ear, _MORE_THAN_SIGNALS)  # the handlers run now; one that raises ends the wait
            if sys.stdin in ready:
                return sys.stdin.readline()


@contextlib.contextmanager
def _ear() -> Iterator[int]:
    """A file that can be read as soon as a signal has come."""
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    try:
        yield ear
    finally:
        signal.set_wakeup_fd(before)
        os.close(mouth)
        os.close(ear)

"""A page that is longer than the window goes through a pager; a shorter one is printed, and stays in the scrollback."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


@contextlib.contextmanager
def paged(screen: Console) -> Iterator[None]:
    """What the block prints goes through `$PAGER`, else `less`, where it is longer than the window.

    Raises:
        Interrupted: a signal came while it was read.
    """
    with screen.capture() as held:
        yield
    text = held.get()
    pager = _pager() if text.count("\n") >= shutil.get_terminal_size().lines else None
    if pager is None or not _read_in(pager, text):
        sys.stdout.write(text)
        sys.stdout.flush()


def _pager() -> list[str] | None:
    words = shlex.split(os.environ.get("PAGER", "")) or ["less"]
    return words if shutil.which(words[0]) else None


def _read_in(pager: list[str], text: str) -> bool:
    """Whether it could be read; Ctrl-C belongs to the pager, and the terminal is left as it was."""
    environment = {**os.environ, "LESS": os.environ.get("LESS", "-R"), "LESSCHARSET": "utf-8"}
    with _terminal_kept(), _heeding_no_interrupt():
        try:
            reader = subprocess.Popen(pager, stdin=subprocess.PIPE, env=environment, text=True, encoding="utf-8")  # noqa: S603
        except OSError:
            return False
        try:
            with contextlib.suppress(BrokenPipeError):
                reader.communicate(text)
        finally:
            if reader.poll() is None:  # a signal that ends us
                reader.terminate()
                reader.wait()
    return True


@contextlib.contextmanager
def _heeding_no_interrupt() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _terminal_kept() -> Iterator[None]:
    """The settings of the terminal as they were, also where a pager is ended from outside."""
    try:
        import termios
    except ImportError:  # no Unix terminal
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

"""A closed window or a `kill` ends a sitting like Ctrl-C does: saved, and the terminal as it was."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, NoReturn

from bpo_quiz.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP")


@contextlib.contextmanager
def leaving_on_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into `Interrupted`, which leaves prompts in an orderly way."""
    known = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    before = {number: signal.signal(number, _leave) for number in known}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # a second one must not tear the orderly end
    raise Interrupted(number=number)

"""A closed window or a `kill` ends a sitting like Ctrl-C does: saved, and the terminal as it was."""

from __future__ import annotations

import contextlib
import errno
import signal
from typing import TYPE_CHECKING, NoReturn

from bpo_quiz.commands.shared import tell
from bpo_quiz.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

HANGUP = 1
"""SIGHUP, also where the system does not name it."""

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def telling_who_leaves(words: Callable[[], str]) -> Iterator[None]:
    """Whoever leaves, and however, is told something: by a key, a signal, or a window that is gone.

    Raises:
        Interrupted: with these words.
    """
    before = {number: signal.signal(number, _leave) for number in _ENDING}
    try:
        yield
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            tell("", to_errors=True)  # the terminal has just shown ^C
        raise Interrupted(words()) from None
    except Interrupted as left:
        raise Interrupted(words(), number=left.number) from None
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        raise Interrupted(words(), number=HANGUP) from None  # reading or writing failed before the signal came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals that end the program wait for a moment, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM and SIGHUP leave prompts in an orderly way, which a second one must not tear."""
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
    raise Interrupted(number=number)

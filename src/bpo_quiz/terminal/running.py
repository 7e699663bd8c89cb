"""Runs a screen so that SIGTERM and SIGHUP leave it like the key q does: the terminal is put back as it was."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, TypeVar

from bpo_quiz.errors import Interrupted

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

Result = TypeVar("Result")
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def run(application: Application[Result]) -> Result:
    """Run an application to its end.

    A handler that raises would do so inside the event loop, which swallows it; so the loop itself gets the signals.

    Raises:
        Interrupted: the person left, or a signal came.
    """
    before = {number: signal.getsignal(number) for number in ENDING}

    def listen() -> None:
        for number in ENDING:
            asyncio.get_running_loop().add_signal_handler(number, _leave, application, number)

    try:
        return application.run(pre_run=listen if hasattr(signal, "SIGHUP") else None)
    finally:
        for number, handler in before.items():  # the loop leaves the system's own handlers behind
            signal.signal(number, handler)


def _leave(application: Application[Result], number: int) -> None:
    if application.is_running and not application.is_done:
        application.exit(exception=Interrupted(number=number))

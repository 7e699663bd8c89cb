"""Runs a screen so that signals do no harm: SIGTERM and SIGHUP leave it like the key q does, SIGCONT draws it again."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, TypeVar

from bpo_quiz.errors import Interrupted

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyPressEvent

Result = TypeVar("Result")
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
CONTINUING = tuple(getattr(signal, name) for name in ("SIGCONT",) if hasattr(signal, name))


def run(application: Application[Result]) -> Result:
    """Run an application to its end.

    A handler that raises would do so inside the event loop, which swallows it; so the loop itself gets the signals.

    Raises:
        Interrupted: the person left, or a signal came.
    """
    before = {number: signal.getsignal(number) for number in (*ENDING, *CONTINUING)}

    def listen() -> None:
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, _leave, application, number)
        for number in CONTINUING:
            loop.add_signal_handler(number, _go_on, application)

    try:
        return application.run(pre_run=listen if hasattr(signal, "SIGHUP") else None)
    finally:
        for number, handler in before.items():  # the loop leaves the system's own handlers behind
            signal.signal(number, handler)


def stop_for_a_while(event: KeyPressEvent) -> None:
    """What Ctrl-Z does: the shell gets the terminal, until `fg`."""
    event.app.suspend_to_background()


def _leave(application: Application[Result], number: int) -> None:
    if application.is_running and not application.is_done:
        application.exit(exception=Interrupted(number=number))


def _go_on(application: Application[Result]) -> None:
    """After a stop the shell has written on the screen, and has given the terminal back as it wants it."""
    if application.is_running and not application.is_done:
        application.input.raw_mode().__enter__()  # the run itself leaves it at its end
        application.renderer.clear()
        application.invalidate()

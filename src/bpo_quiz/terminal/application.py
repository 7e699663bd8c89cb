"""What all screens share: they go to standard error, look alike, are left by the same keys, and signals do no harm."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING, TypeVar

from prompt_toolkit.input.typeahead import clear_typeahead  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: TID253
from prompt_toolkit.output import ColorDepth, create_output  # noqa: TID253
from prompt_toolkit.styles import Style  # noqa: TID253

from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.streams import colour_wanted, forget_typed_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit.application import Application
    from prompt_toolkit.output import Output

Result = TypeVar("Result")
_ESCAPE_WAIT = 0.05
"""Seconds until Esc is taken for a key of its own, not for the beginning of an arrow."""
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
CONTINUING = tuple(getattr(signal, name) for name in ("SIGCONT",) if hasattr(signal, name))

# Nothing is said by colour alone.
STYLE = Style.from_dict(
    {
        "progress": "bold",
        "bar": "ansicyan",
        "prompt": "bold",
        "pointed": "ansicyan",
        "help": "ansigreen",
        "notice": "ansiyellow",
        "keys": "italic",
        # questionary's names
        "qmark": "ansicyan",
        "question": "bold",
        "answer": "ansicyan",
        "pointer": "ansicyan",
        "highlighted": "ansicyan",
        "selected": "ansicyan",
        "instruction": "italic",
    }
)


def standard_error() -> Output:
    """Where screens are drawn, so that results can be redirected."""
    return create_output(sys.stderr)


def run(application: Application[Result], no_color: bool, leaving: Iterable[str] = ("q", "c-c", "c-d")) -> Result:
    """Run an application to its end; what was typed or pasted before it stood there is lost.

    A handler that raises would do so inside the event loop, which swallows it; so the loop itself gets the signals.

    Args:
        application: what is run.
        no_color: whether colours are not wanted.
        leaving: the keys that leave for good.

    Raises:
        Interrupted: the person left, or a signal came.
    """
    application.style = STYLE
    application.renderer.cpr_not_supported_callback = None  # a terminal that tells no position is drawn on all the same
    application.ttimeoutlen = application.timeoutlen = _ESCAPE_WAIT
    application._color_depth = None if colour_wanted(no_color) else ColorDepth.DEPTH_1_BIT
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), _leaving_keys(leaving)])
    clear_typeahead(application.input)
    forget_typed_ahead()
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


def _leaving_keys(leaving: Iterable[str]) -> KeyBindings:
    """The keys that leave for good, and Ctrl-Z: the shell gets the terminal, until `fg`."""
    keys = KeyBindings()
    for key in leaving:
        keys.add(key, eager=True)(lambda event: _leave(event.app))
    keys.add("c-z", eager=True)(lambda event: event.app.suspend_to_background())
    return keys


def _leave(application: Application[Result], number: int = signal.SIGINT) -> None:
    if application.is_running and not application.is_done:
        application.exit(exception=Interrupted(number=number))


def _go_on(application: Application[Result]) -> None:
    """After a stop the shell has written on the screen, and has given the terminal back as it wants it."""
    if application.is_running and not application.is_done:
        application.input.raw_mode().__enter__()  # the run itself leaves it at its end
        application.renderer.clear()
        application.invalidate()

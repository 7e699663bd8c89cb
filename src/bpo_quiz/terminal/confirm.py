"""Asks for a yes or no, on standard error; only a y is a yes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.streams import can_show_screens, forget_typed_ahead

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent


def confirm(question: str, *, no_color: bool = False) -> bool:
    """Ask until it is y or n; Enter alone is a no. What was typed or pasted before the question stood there is lost.

    Raises:
        Interrupted: q, Ctrl-C, Ctrl-D, or a closed window.
    """
    return _on_screen(question, no_color) if can_show_screens() else _on_a_line(question)


def _on_a_line(question: str) -> bool:
    from bpo_quiz.terminal.plain import ask, say

    while True:
        answer = ask(f"{clean(question)} (y or n; q quit): ")
        if answer in ("", "n", "no"):
            return False
        if answer in ("y", "yes"):
            return True
        say("Please type y or n, or q.")


def _on_screen(question: str, no_color: bool) -> bool:
    import questionary
    from prompt_toolkit.application import create_app_session, get_app_session
    from prompt_toolkit.input.typeahead import clear_typeahead
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from prompt_toolkit.output import create_output

    from bpo_quiz.terminal.look import STYLE, colour_depth
    from bpo_quiz.terminal.running import run

    with create_app_session(output=create_output(sys.stderr)):
        clear_typeahead(get_app_session().input)
        forget_typed_ahead()
        prompt = questionary.confirm(clean(question), default=False, qmark=">", instruction="(y or n; q quit) ")
        application = prompt.application
        application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), _keys()])
        application.style = STYLE
        application._color_depth = colour_depth(no_color)
        return bool(run(application))


def _keys() -> Any:
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()
    for key in ("q", "c-c", "c-d"):
        keys.add(key, eager=True)(_quit)
    keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)  # a paste is no answer
    return keys


def _quit(event: KeyPressEvent) -> None:
    if not event.app.is_done:
        event.app.exit(exception=Interrupted())

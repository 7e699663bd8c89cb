"""The review page: every answer in a list that questionary asks from; one key goes on or back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import questionary  # noqa: TID253 - this module is imported only after the last item
from prompt_toolkit.application import get_app_session  # noqa: TID253
from prompt_toolkit.input.typeahead import clear_typeahead  # noqa: TID253
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.item_screen import ItemScreen
from bpo_quiz.terminal.look import STYLE, colour_depth
from bpo_quiz.terminal.running import run, stop_for_a_while
from bpo_quiz.terminal.streams import forget_typed_ahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.progress import AfterReview

_BACK, _DONE, _REST = "back", "result", "rest"


def review(sitting: Sitting, minutes: Callable[[int], int], no_color: bool) -> AfterReview:
    """Show every answer and let the person change any.

    Raises:
        Interrupted: the person quit.
    """
    at = 0
    while True:
        chosen = _ask(_page(sitting, at), no_color)
        if chosen == _BACK:
            sitting.go_to(len(sitting.items) - 1)
        if chosen in (_BACK, _DONE, _REST):
            following: AfterReview = chosen
            return following
        at = chosen
        sitting.go_to(at)
        ItemScreen(sitting, minutes, single=True).run(no_color)


def _ask(prompt: questionary.Question, no_color: bool) -> Any:
    clear_typeahead(get_app_session().input)
    forget_typed_ahead()
    application = prompt.application
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), _keys()])
    application.style = STYLE
    application._color_depth = colour_depth(no_color)
    return run(application)


def _page(sitting: Sitting, at: int) -> questionary.Question:
    done = questionary.Choice("Show my result", value=_DONE)
    choices = [done]
    if sitting.left_out:
        title = f"Answer the other {sitting.left_out} questions too, for the full result"
        choices.append(questionary.Choice(title, value=_REST))
    first = len(choices)
    for n, item in enumerate(sitting.items):
        value = sitting.responses.get(item.id)
        given = "skipped" if value is None else f"{value + 1} {clean(item.options[value])}"
        choices.append(questionary.Choice(_row(n + 1, clean(item.prompt), given), value=n))
    skipped = len(sitting.items) - sitting.answered
    note = f"{sitting.answered} answered, {skipped} skipped"
    prompt = questionary.select(
        f"Your answers: {note}.",
        choices,
        default=choices[first + at] if at else done,
        instruction="(Enter, r result, b back, q quit)",
        qmark=">",
        erase_when_done=True,
    )
    # The alternate screen, so that a list that is longer than the window leaves no answers behind.
    prompt.application.full_screen = prompt.application.renderer.full_screen = True
    return prompt


def _row(number: int, prompt: str, given: str) -> str:
    """A question and its answer on one line of the terminal, each with its share of the width."""
    width = max(30, shutil.get_terminal_size().columns - 10)
    start = _short(prompt, width * 6 // 10)
    return f"{number:2}. {start} | {_short(given, width - len(start) - 3)}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def _keys() -> KeyBindings:
    """Our keys on top of questionary's own: r, b, q, Ctrl-C, Ctrl-D."""
    keys = KeyBindings()
    keys.add("b", eager=True)(_leave(_BACK))
    keys.add("r", eager=True)(_leave(_DONE))
    for key in ("q", "c-c", "c-d"):
        keys.add(key, eager=True)(_quit)
    keys.add("c-z", eager=True)(stop_for_a_while)
    keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)  # a paste is no answer
    return keys


def _leave(result: str) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        if not event.app.is_done:
            event.app.exit(result=result)

    return leave


def _quit(event: KeyPressEvent) -> None:
    if not event.app.is_done:
        event.app.exit(exception=Interrupted())

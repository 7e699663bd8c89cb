"""Questions that questionary asks: about the person, and the review page. One key answers here too."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import questionary  # noqa: TID253 - this module is imported only when somebody is asked
from prompt_toolkit.application import create_app_session, get_app_session  # noqa: TID253
from prompt_toolkit.input.typeahead import clear_typeahead  # noqa: TID253
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.output import create_output  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.item_screen import ItemScreen
from bpo_quiz.terminal.look import STYLE, colour_depth
from bpo_quiz.terminal.running import run, stop_for_a_while
from bpo_quiz.terminal.streams import digit, forget_typed_ahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sitting.about_form import AboutForm, Question
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.progress import AfterReview

_BACK = object()
_SKIP = object()
_DIGITS = 9


class Screens:
    """Asks everything with screens. Prompts go to standard error, so that results can be redirected."""

    def __init__(self, catalogue: Catalogue, no_color: bool) -> None:
        self.catalogue = catalogue
        self.no_color = no_color

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told.

        Raises:
            Interrupted: the person quit.
        """
        with create_app_session(output=create_output(sys.stderr)):
            while (question := form.question) is not None:
                self._ask_about(form, question)

    def _ask_about(self, form: AboutForm, question: Question) -> None:
        answer = self._ask(_several(question) if question.several else _one(question), question)
        if answer is _BACK:
            form.back()
        else:
            form.tell(None if answer is _SKIP else answer)

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""
        if sitting.item is None:  # all was answered before the window was closed
            return True
        with create_app_session(output=create_output(sys.stderr)):
            return ItemScreen(sitting, self.catalogue.minutes).run(self.no_color) == "done"

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""
        with create_app_session(output=create_output(sys.stderr)):
            at = 0
            while True:
                chosen = self._ask(_whole_screen(_review(sitting, at)))
                if chosen is _BACK:
                    sitting.go_to(len(sitting.items) - 1)
                    return "back"
                if chosen in (_SKIP, _DONE):
                    return "result"
                if chosen == _REST:
                    return "rest"
                at = chosen
                sitting.go_to(at)
                ItemScreen(sitting, self.catalogue.minutes, single=True).run(self.no_color)

    def _ask(self, prompt: questionary.Question, question: Question | None = None) -> Any:
        clear_typeahead(get_app_session().input)
        forget_typed_ahead()
        application = prompt.application
        ours = _keys(question)
        application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), ours])
        application.style = STYLE
        application._color_depth = colour_depth(self.no_color)
        return run(application)


def _one(question: Question) -> questionary.Question:
    choices = [
        questionary.Choice(f"{n} {clean(choice.label)}" if n <= _DIGITS else clean(choice.label), value=choice.value)
        for n, choice in enumerate(question.choices, 1)
    ]
    instruction = " "  # the welcome says which keys answer; questionary would say its own
    return questionary.select(clean(question.prompt), choices, instruction=instruction, qmark=">", erase_when_done=True)


def _several(question: Question) -> questionary.Question:
    choices = [questionary.Choice(clean(choice.label), value=choice.value) for choice in question.choices]
    instruction = "(Space marks)"
    return questionary.checkbox(
        clean(question.prompt), choices, instruction=instruction, qmark=">", erase_when_done=True
    )


_DONE = -1
_REST = -2


def _review(sitting: Sitting, at: int) -> questionary.Question:
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
    return questionary.select(
        f"Your answers: {note}.",
        choices,
        default=choices[first + at] if at else done,
        instruction="(Enter, b, q)",
        qmark=">",
        erase_when_done=True,
    )


def _whole_screen(prompt: questionary.Question) -> questionary.Question:
    """Use the alternate screen, so that a list that is longer than the window leaves no answers behind."""
    prompt.application.full_screen = prompt.application.renderer.full_screen = True
    return prompt


def _row(number: int, prompt: str, given: str) -> str:
    """A question and its answer on one line of the terminal, each with its share of the width."""
    width = max(30, shutil.get_terminal_size().columns - 10)
    start = _short(prompt, width * 6 // 10)
    return f"{number:2}. {start} | {_short(given, width - len(start) - 3)}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def _keys(question: Question | None) -> KeyBindings:
    """Our keys on top of questionary's own: b, s, q, Ctrl-C, Ctrl-D, and a number for a choice."""
    keys = KeyBindings()
    keys.add("b", eager=True)(_leave(_BACK))
    keys.add("s", eager=True)(_leave(_SKIP))
    for key in ("q", "c-c", "c-d"):
        keys.add(key, eager=True)(_quit)
    keys.add("c-z", eager=True)(stop_for_a_while)
    keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)  # a paste is no answer
    if question is not None and not question.several:
        keys.add(Keys.Any)(_number_of(question))
    return keys


def _number_of(question: Question) -> Callable[[KeyPressEvent], None]:
    def choose(event: KeyPressEvent) -> None:
        number = digit(event.data)
        if number is not None and 1 <= number <= len(question.choices) and not event.app.is_done:
            event.app.exit(result=question.choices[number - 1].value)

    return choose


def _leave(result: Any) -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        if not event.app.is_done:
            event.app.exit(result=result)

    return leave


def _quit(event: KeyPressEvent) -> None:
    if not event.app.is_done:
        event.app.exit(exception=Interrupted())

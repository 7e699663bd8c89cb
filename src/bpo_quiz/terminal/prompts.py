"""What questionary asks: the review page, where one key goes on or back, and a yes or no."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import questionary  # noqa: TID253 - this module is imported only when it is needed
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.terminal.application import run, standard_error
from bpo_quiz.terminal.asking import headed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.asking import AfterReview

_MARK = ">"


def review(sitting: Sitting, at: int, no_color: bool, whose: str = "") -> int | AfterReview:
    """Show every answer; the index of one to change, or where to go on.

    Args:
        sitting: whose answers.
        at: index of the answer that is pointed at, after it was changed; 0: that the result is next.
        no_color: whether colours are not wanted.
        whose: the client's alias, for the head.

    Raises:
        Interrupted: the person quit.
    """
    first = [questionary.Choice("Show my result", value="result")]
    if sitting.left_out:
        title = f"Answer the other {sitting.left_out} questions too, for the full result"
        first.append(questionary.Choice(title, value="rest"))
    rows = [questionary.Choice(row, value=n) for n, row in enumerate(_rows(sitting))]
    prompt = questionary.select(
        headed(whose, f"Your answers: {sitting.answered} answered, {len(sitting.items) - sitting.answered} skipped."),
        [*first, *rows],
        default=rows[at] if at else first[0],
        instruction="(Enter, r result, b back, q quit)",
        qmark=_MARK,
        erase_when_done=True,
        output=standard_error(),
    )
    # The alternate screen, so that a list that is longer than the window leaves no answers behind.
    prompt.application.full_screen = prompt.application.renderer.full_screen = True
    chosen: int | AfterReview = _asked(prompt, no_color, b="back", r="result")
    return chosen


def choose(question: str, options: Sequence[str], no_color: bool) -> int:
    """The index of the option that is taken: by its number, one key, or with the arrows.

    Raises:
        Interrupted: the person quit.
    """
    choices = [questionary.Choice(f"{n}. {option}", value=n - 1) for n, option in enumerate(options, 1)]
    hint = "(a number, or arrows and Enter; q quit)"
    prompt = questionary.select(question, choices, instruction=hint, qmark=_MARK, output=standard_error())
    return int(_asked(prompt, no_color, **{str(n + 1): n for n in range(min(9, len(options)))}))


def yes_or_no(question: str, no_color: bool) -> bool:
    """Ask until it is y or n; Enter alone is a no.

    Raises:
        Interrupted: the person quit.
    """
    prompt = questionary.confirm(
        question, default=False, instruction="(y or n; q quit) ", qmark=_MARK, output=standard_error()
    )
    return bool(_asked(prompt, no_color))


def _asked(prompt: questionary.Question, no_color: bool, **answers: object) -> Any:
    """What is answered, also by keys that answer at once."""
    keys = KeyBindings()
    for key, answer in answers.items():
        keys.add(key, eager=True)(_answering(answer))
    keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)  # a paste is no answer
    application = prompt.application
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), keys])
    return run(application, no_color)


def _answering(answer: object) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        if not event.app.is_done:
            event.app.exit(result=answer)

    return act


def _rows(sitting: Sitting) -> list[str]:
    """Each question and its answer on one line of the terminal, each with its share of the width."""
    width = max(30, shutil.get_terminal_size().columns - 10)
    rows = []
    for n, item in enumerate(sitting.items, 1):
        value = sitting.responses.get(item.id)
        given = "skipped" if value is None else f"{value + 1} {clean(item.options[value])}"
        start = _short(clean(item.prompt), width * 6 // 10)
        rows.append(f"{n:2}. {start} | {_short(given, width - len(start) - 3)}")
    return rows


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."

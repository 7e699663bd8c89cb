"""What questionary asks: the review page, where one key goes on or back, and a yes or no."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import questionary  # noqa: TID253 - this module is imported only when it is needed
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window  # noqa: TID253
from questionary.prompts.common import InquirerControl  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.terminal.application import run, standard_error
from bpo_quiz.terminal.asking import headed
from bpo_quiz.terminal.key_line import BACK
from bpo_quiz.terminal.lines import short, wrap
from bpo_quiz.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.asking import AfterReview

_MARK = ">"
_DETAIL = 4  # rows below a list
_WIDE = 78  # columns from which a heading has room for its hint
_SOON = 1.0  # seconds between two digits of one number


class Fact(NamedTuple):
    """A question about the person, and what was told."""

    prompt: str
    answer: str


def review(
    sitting: Sitting, facts: Sequence[Fact], at: int | None, no_color: bool, whose: str = ""
) -> int | AfterReview:
    """Show every answer; which is to change, or where to go on.

    Args:
        sitting: whose answers.
        facts: what was told about the person.
        at: what was changed before, as what is given back, and is pointed at; None: nothing, the result is next.
        no_color: whether colours are not wanted.
        whose: the client's alias, for the head.

    Returns:
        The index of an answer, or that of a fact less their number, so from below 0.

    Raises:
        Interrupted: the person quit.
    """
    first = [questionary.Choice("Show my result", value="result", description="Change nothing more.")]
    if sitting.left_out:
        title = f"Answer the other {sitting.left_out} questions too, for the full result"
        first.append(questionary.Choice(title, value="rest", description=""))
    rows = [*_about_rows(facts), *_item_rows(sitting)]
    prompt = questionary.select(
        headed(whose, f"Your answers: {sitting.answered} answered, {len(sitting.items) - sitting.answered} skipped."),
        [*first, *rows],
        default=next((row for row in rows if row.value == at), first[0]),
        instruction=_hint("(a number, r result, b back, q quit)", "(r, b, q)"),
        qmark=_MARK,
        erase_when_done=True,
        output=standard_error(),
    )
    listed = _paged(prompt, jump_from=len(first) + len(facts))
    chosen: int | AfterReview = _asked(listed, no_color, {"b": "back", "r": "result"})
    return chosen


def choose(question: str, options: Sequence[str], no_color: bool) -> int:
    """The index of the option that is taken: by its number, one key, or with the arrows.

    Raises:
        Interrupted: the person quit.
    """
    choices = [questionary.Choice(f"{n}. {option}", value=n - 1) for n, option in enumerate(options, 1)]
    hint = "(a number, or arrows and Enter; q quit)"
    prompt = questionary.select(question, choices, instruction=hint, qmark=_MARK, output=standard_error())
    return int(_asked(prompt, no_color, {str(n + 1): n for n in range(min(9, len(options)))}))


def _hint(whole: str, short_form: str) -> str:
    """What fits beside a heading, so that no word is broken."""
    return whole if shutil.get_terminal_size().columns >= _WIDE else short_form


def _about_rows(facts: Sequence[Fact]) -> Iterator[questionary.Choice]:
    for n, fact in enumerate(facts):
        row = _row("    ", fact.prompt, fact.answer)
        yield questionary.Choice(row, value=n - len(facts), description=clean(f"{fact.prompt} {fact.answer}."))


def _item_rows(sitting: Sitting) -> Iterator[questionary.Choice]:
    for n, item in enumerate(sitting.items):
        value = sitting.responses.get(item.id)
        given = "skipped" if value is None else f"{value + 1} {item.options[value]}"
        row = _row(f"{n + 1:2}. ", item.prompt, given)
        yield questionary.Choice(row, value=n, description=clean(f"{item.prompt} {sentence(given)}."))


def _row(number: str, prompt: str, given: str) -> str:
    """A question and its answer on one line of the terminal, each with its share of the width."""
    width = max(30, shutil.get_terminal_size().columns - 10)
    start = short(clean(prompt), width * 6 // 10)
    return f"{number}{start} | {short(clean(given), max(6, width - len(start) - 3))}"


def one_of(heading: str, rows: Sequence[tuple[str, str]], at: int, no_color: bool) -> int | None:
    """Choose by arrows, or by typing a part of a row; its index, or None where the person goes back.

    Args:
        heading: what they are.
        rows: (row, what is said below the list while it is pointed at).
        at: the row that is pointed at first.
        no_color: whether colours are not wanted.

    Raises:
        Interrupted: Ctrl-C, or a signal.
    """
    choices = [questionary.Choice(clean(row), value=n, description=clean(below)) for n, (row, below) in enumerate(rows)]
    prompt = questionary.select(
        heading,
        choices,
        default=choices[at],
        instruction=_hint("(type to search, Enter opens, Esc back)", "(Esc back)"),
        qmark=_MARK,
        use_jk_keys=False,
        use_search_filter=True,
        erase_when_done=True,
        output=standard_error(),
    )
    backs = dict.fromkeys(("escape", "left", "c-d"), BACK)
    chosen: int | str = _asked(_paged(prompt), no_color, backs, leaving=("c-c",))
    return None if isinstance(chosen, str) else chosen


def _paged(prompt: questionary.Question, jump_from: int | None = None) -> questionary.Question:
    """On a screen of its own, since a list longer than the window leaves rows behind; what is pointed at, below it.

    `jump_from`: how many rows stand before the first that is found by its number, 1; None: numbers find nothing.
    """
    application = prompt.application
    application.full_screen = application.renderer.full_screen = True
    list_of = next(one for one in application.layout.find_all_controls() if isinstance(one, InquirerControl))
    list_of.show_description = False

    def detail() -> str:
        width = shutil.get_terminal_size().columns - 2
        return "\n".join(wrap(list_of.get_pointed_at().description or "", width))

    below = Window(FormattedTextControl(detail), height=_DETAIL, style="class:help", wrap_lines=True)
    application.layout = Layout(HSplit([application.layout.container, below]))
    page = max(1, shutil.get_terminal_size().lines - _DETAIL - 3)
    keys = KeyBindings()
    for key, to in (
        ("home", lambda at, last: 0), ("end", lambda at, last: last),
        ("pageup", lambda at, last: max(0, at - page)), ("pagedown", lambda at, last: min(last, at + page)),
    ):  # fmt: skip
        keys.add(key, eager=True)(_pointing(list_of, to))
    if jump_from is not None:
        _jumping(keys, list_of, jump_from)
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), keys])
    return prompt


def _jumping(keys: KeyBindings, list_of: InquirerControl, start: int) -> None:
    """Digits that follow each other soon are one number."""
    typed, last = "", 0.0

    def act(event: KeyPressEvent) -> None:
        nonlocal typed, last
        now = time.monotonic()
        typed = typed + event.data if now - last < _SOON else event.data
        last = now
        if 0 < int(typed) <= list_of.choice_count - start:
            list_of.pointed_at = start + int(typed) - 1

    for key in "0123456789":
        keys.add(key, eager=True)(act)


def _pointing(list_of: InquirerControl, to: Callable[[int, int], int]) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        list_of.pointed_at = to(list_of.pointed_at, list_of.choice_count - 1)

    return act


def yes_or_no(question: str, no_color: bool) -> bool:
    """Ask until it is y or n; Enter alone is a no.

    Raises:
        Interrupted: the person quit.
    """
    prompt = questionary.confirm(
        question, default=False, instruction="(y or n; q quit) ", qmark=_MARK, output=standard_error()
    )
    return bool(_asked(prompt, no_color))


def _asked(
    prompt: questionary.Question,
    no_color: bool,
    answers: Mapping[str, object] | None = None,
    leaving: Iterable[str] = ("q", "c-c", "c-d"),
) -> Any:
    """What is answered, also by keys that answer at once."""
    keys = KeyBindings()
    for key, answer in (answers or {}).items():
        keys.add(key, eager=True)(_answering(answer))
    keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)  # a paste is no answer
    application = prompt.application
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), keys])
    return run(application, no_color, leaving)


def _answering(answer: object) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        if not event.app.is_done:
            event.app.exit(result=answer)

    return act

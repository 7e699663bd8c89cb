"""A screen that asks one question after the other, one key an answer.

All its questions share one prompt_toolkit Application: building one for each would be felt at every key.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal

from prompt_toolkit.application import Application, get_app  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.input.typeahead import clear_typeahead  # noqa: TID253
from prompt_toolkit.key_binding import KeyBindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.layout import FormattedTextControl, Layout, Window  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted, QuizError
from bpo_quiz.terminal.look import STYLE, colour_depth
from bpo_quiz.terminal.running import run, stop_for_a_while
from bpo_quiz.terminal.streams import digit, forget_typed_ahead
from bpo_quiz.terminal.wrap import pack, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

Outcome = Literal["done", "before the first"]

HIGHEST_KEY = 9
"""Options beyond are chosen with the arrows."""

_WIDEST = 80
_INDENT = 6
_IN_SIGHT = ("[SetCursorPosition]", "")
"""Where the hidden cursor stands: a window that is too low for everything shows the part around it."""


class QuestionScreen(ABC):
    """Asks until its last question is passed, or the person goes back before the first.

    A key counts only once the question that it answers has been drawn: what was typed ahead, or pasted, never answers
    a question unseen.

    Attributes:
        pointer: index of the option that Enter takes.
        notice: what to tell about the last key; may be empty.
        drawn_at: when the question was drawn, in monotonic seconds; None until then.
    """

    full_screen = True
    """Whether it hides what stood on the terminal; else it is drawn below that, and leaves nothing behind."""

    def __init__(self) -> None:
        self.pointer = 0
        self.shows_help = False
        self.notice = ""
        self.drawn_at: float | None = None
        self._said = ""

    # What is asked; a kind of question says it

    @property
    @abstractmethod
    def prompt(self) -> str:
        """The question on screen; empty after the last."""

    @property
    @abstractmethod
    def options(self) -> Sequence[str]:
        """What can be chosen."""

    @property
    @abstractmethod
    def given(self) -> int | None:
        """Index of the option that was chosen earlier."""

    @property
    @abstractmethod
    def hints(self) -> Sequence[str]:
        """Which keys do what."""

    @property
    def help(self) -> str:
        """What the question means."""
        return ""

    @abstractmethod
    def progress(self, width: int) -> Iterator[tuple[str, str]]:
        """Where the person is, as fragments."""

    def remarks(self) -> Iterator[str]:
        """What else there is to say about the question on screen."""
        return iter(())

    def is_marked(self, option: int) -> bool | None:
        """Whether an option is among those that are taken together; None where only one can be taken."""
        return None

    # What an answer does; likewise

    @abstractmethod
    def answer(self, option: int | None) -> Outcome | None:
        """Keep an answer (None: skipped) and move on; the outcome, where that was the last.

        Raises:
            QuizError: it could not be kept.
        """

    @abstractmethod
    def back(self) -> Outcome | None:
        """Go to the question before; the outcome, where there is none."""

    def choose(self, option: int) -> bool:
        """Take or give up an option among several; False where choosing one answers the question."""
        return False

    def objection(self) -> str:
        """What to ask back before Enter is taken; a second Enter is. Empty where it is plain what Enter means."""
        return ""

    # Running

    def run(self, no_color: bool = False) -> Outcome:
        """Ask.

        Raises:
            Interrupted: the person quit.
            QuizError: an answer could not be kept.
        """
        self._arrive()
        application: Application[Outcome] = Application(
            layout=Layout(self._window()),
            key_bindings=self._bindings(),
            style=STYLE,
            color_depth=colour_depth(no_color),
            full_screen=self.full_screen,
            erase_when_done=not self.full_screen,
            after_render=lambda _: self._was_drawn(),
        )
        clear_typeahead(application.input)
        forget_typed_ahead()
        return run(application)

    def _window(self) -> Window:
        text = FormattedTextControl(self._render, show_cursor=False)
        return Window(text, wrap_lines=True, dont_extend_height=not self.full_screen)

    def _was_drawn(self) -> None:
        if self.drawn_at is None:
            self.drawn_at = time.monotonic()

    def _arrive(self) -> None:
        """Get ready for the question that is now on screen."""
        self.pointer = self.given or 0
        self.shows_help = False
        self.notice = ""
        self.drawn_at = None

    # What a key does

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        for key, act in (
            ("b", self._back), ("left", self._back), ("s", self._skip), ("?", self._help),
            ("enter", self._take_pointed), (" ", self._mark),
            ("up", lambda event: self._point(-1)), ("down", lambda event: self._point(1)),
            ("k", lambda event: self._point(-1)), ("j", lambda event: self._point(1)),
            (Keys.Any, self._any), (Keys.BracketedPaste, self._pasted),
        ):  # fmt: skip
            keys.add(key, eager=key is not Keys.Any)(self._once_drawn(act))
        for key in ("q", "c-c", "c-d"):
            keys.add(key, eager=True)(_quit)
        keys.add("c-z", eager=True)(stop_for_a_while)
        return keys

    def _once_drawn(self, act: Callable[[KeyPressEvent], None]) -> Callable[[KeyPressEvent], None]:
        def acting(event: KeyPressEvent) -> None:
            if self.drawn_at is not None and not event.app.is_done:
                self._said, self.notice = self.notice, ""
                act(event)

        return acting

    def _any(self, event: KeyPressEvent) -> None:
        number, highest = digit(event.data), min(HIGHEST_KEY, len(self.options))
        if number is None or not 1 <= number <= highest:
            self.notice = f"Press 1 to {highest}, or one of the keys below."
        elif self.choose(number - 1):
            self.pointer = number - 1
        else:
            self._take(event, number - 1)

    def _mark(self, event: KeyPressEvent) -> None:
        if not self.choose(self.pointer):
            self._any(event)

    def _pasted(self, event: KeyPressEvent) -> None:
        self.notice = "That was a paste; answer with one key at a time."

    def _point(self, step: int) -> None:
        self.pointer = (self.pointer + step) % len(self.options)

    def _help(self, event: KeyPressEvent) -> None:
        self.shows_help = not self.shows_help

    def _take_pointed(self, event: KeyPressEvent) -> None:
        objection = self.objection()
        if objection and self._said != objection:
            self.notice = objection
        else:
            self._take(event, self.pointer)

    def _skip(self, event: KeyPressEvent) -> None:
        self._take(event, None)

    def _take(self, event: KeyPressEvent, option: int | None) -> None:
        try:
            outcome = self.answer(option)
        except QuizError as error:  # inside the event loop nobody would see it
            event.app.exit(exception=error)
        else:
            self._go_on(event, outcome)

    def _back(self, event: KeyPressEvent) -> None:
        self._go_on(event, self.back())

    def _go_on(self, event: KeyPressEvent, outcome: Outcome | None) -> None:
        """Draw the next question whole, not only the cells that differ: a screen reader gets all of it."""
        if outcome is not None:
            event.app.exit(result=outcome)
            return
        self._arrive()
        renderer = event.app.renderer
        (renderer.clear if self.full_screen else renderer.erase)()

    # What is on screen

    def _render(self) -> StyleAndTextTuples:
        if not self.prompt:
            return []
        width = max(10, min(get_app().output.get_size().columns, _WIDEST) - 2)
        return [*self.progress(width), *self._question(width), *self._foot(width)]

    def _question(self, width: int) -> Iterator[tuple[str, str]]:
        for line in wrap(clean(self.prompt), width):
            yield "class:prompt", f" {line}\n"
        yield "", "\n"
        for option, wording in enumerate(self.options):
            yield from self._option(option, wording, width)

    def _option(self, option: int, wording: str, width: int) -> Iterator[tuple[str, str]]:
        pointed = option == self.pointer
        if pointed and not self.shows_help:
            yield _IN_SIGHT
        style = "class:pointed" if pointed else ""
        marked = {None: "", True: "[x] ", False: "[ ] "}[self.is_marked(option)]
        given = "  (your answer)" if option == self.given else ""
        first, *rest = wrap(marked + clean(wording) + given, max(10, width - _INDENT)) or [""]
        key = str(option + 1) if option < HIGHEST_KEY else " "
        yield style, f" {'>' if pointed else ' '} {key}  {first}\n"
        for line in rest:
            yield style, " " * _INDENT + f"{line}\n"

    def _foot(self, width: int) -> Iterator[tuple[str, str]]:
        for remark in self.remarks():
            yield "class:help", f"\n {remark}\n"
        if self.shows_help:
            yield "", "\n"
            for line in wrap(clean(self.help or "There is no more to say about this one."), width):
                yield "class:help", f" {line}\n"
            yield _IN_SIGHT
        if self.notice:
            yield "class:notice", f"\n {self.notice}\n"
        yield "", "\n"
        for line in pack(self.hints, width):
            yield "class:keys", f" {line}\n"


def _quit(event: KeyPressEvent) -> None:
    if not event.app.is_done:
        event.app.exit(exception=Interrupted())

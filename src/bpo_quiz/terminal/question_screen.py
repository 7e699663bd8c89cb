"""A screen that asks one question after the other, one key an answer.

All its questions share one prompt_toolkit Application: building one for each would be felt at every key.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal, NamedTuple

from prompt_toolkit.application import Application, get_app  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.key_binding import KeyBindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.layout import FormattedTextControl, Layout, Window  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.errors import QuizError
from bpo_quiz.terminal.application import run, standard_error
from bpo_quiz.terminal.lines import packed, wrap
from bpo_quiz.terminal.streams import USUAL_WIDTH, digit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

Outcome = Literal["done", "before the first"]

HIGHEST_KEY = 9
"""Options beyond are chosen with the arrows."""

_WIDEST_BAR = 40
_INDENT = 6
_IN_SIGHT = ("[SetCursorPosition]", "")
"""Where the hidden cursor stands: a window that is too low for everything shows the part around it."""
_NOTHING_MARKED = "Nothing is marked. Enter again means none of these; s skips the question."


class Page(NamedTuple):
    """One question on screen.

    Attributes:
        where: how far the person is. share: likewise 0-1, for a bar; None: no bar.
        hints: which keys do what.
        given: index of the option that was chosen earlier.
        marked: indexes of those that were, where several can be taken together; None where only one can.
        help: what the question means. remark: what else there is to say about it.
    """

    where: str
    prompt: str
    options: Sequence[str]
    hints: Sequence[str]
    share: float | None = None
    given: int | None = None
    marked: frozenset[int] | None = None
    help: str = ""
    remark: str = ""


class QuestionScreen(ABC):
    """Asks until its last question is passed, or the person goes back before the first.

    A key counts only once the question that it answers has been drawn: what was typed ahead, or pasted, never answers
    a question unseen.

    Attributes:
        drawn_at: when the question was drawn, in monotonic seconds; None until then.
    """

    full_screen = True
    """Whether it hides what stood on the terminal; else it is drawn below that, and leaves nothing behind."""

    # What a kind of question says

    @abstractmethod
    def page(self) -> Page:
        """The question to ask now."""

    @abstractmethod
    def answer(self, options: Sequence[int] | None) -> Outcome | None:
        """Keep what was chosen (None: skipped) and move on; the outcome, where that was the last question.

        Raises:
            QuizError: it could not be kept.
        """

    @abstractmethod
    def back(self) -> Outcome | None:
        """Go to the question before; the outcome, where there is none."""

    # Running

    def run(self, no_color: bool = False) -> Outcome:
        """Ask.

        Raises:
            Interrupted: the person quit.
            QuizError: an answer could not be kept.
        """
        self._arrive()
        text = FormattedTextControl(self._render, show_cursor=False)
        application: Application[Outcome] = Application(
            layout=Layout(Window(text, wrap_lines=True, dont_extend_height=not self.full_screen)),
            key_bindings=self._bindings(),
            full_screen=self.full_screen,
            erase_when_done=not self.full_screen,
            after_render=lambda _: self._was_drawn(),
            output=standard_error(),
        )
        return run(application, no_color)

    def _arrive(self) -> None:
        """Get ready for the question that is to be asked now."""
        self._page = self.page()
        self._pointer = self._page.given or 0
        self._marked = set(self._page.marked or ())
        self._shows_help = False
        self._notice = self._said = ""
        self.drawn_at: float | None = None

    def _was_drawn(self) -> None:
        if self.drawn_at is None:
            self.drawn_at = time.monotonic()

    @property
    def _takes_several(self) -> bool:
        return self._page.marked is not None

    # What a key does

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        for key, act in (
            ("b", self._back), ("left", self._back), ("s", lambda event: self._take(event, None)), ("?", self._help),
            ("enter", self._enter), (" ", self._mark),
            ("up", lambda _: self._point(-1)), ("down", lambda _: self._point(1)),
            ("k", lambda _: self._point(-1)), ("j", lambda _: self._point(1)),
            (Keys.Any, self._any), (Keys.BracketedPaste, self._pasted),
        ):  # fmt: skip
            keys.add(key, eager=key is not Keys.Any)(self._once_drawn(act))
        return keys

    def _once_drawn(self, act: Callable[[KeyPressEvent], None]) -> Callable[[KeyPressEvent], None]:
        def acting(event: KeyPressEvent) -> None:
            if self.drawn_at is not None and not event.app.is_done:
                self._said, self._notice = self._notice, ""
                act(event)

        return acting

    def _any(self, event: KeyPressEvent) -> None:
        number, highest = digit(event.data), min(HIGHEST_KEY, len(self._page.options))
        if number is None or not 1 <= number <= highest:
            self._notice = f"Press 1 to {highest}, or one of the keys below."
        elif self._takes_several:
            self._pointer = number - 1
            self._mark(event)
        else:
            self._take(event, (number - 1,))

    def _mark(self, event: KeyPressEvent) -> None:
        """Mark the option that is pointed at, or take its mark away."""
        if self._takes_several:
            self._marked ^= {self._pointer}
        else:
            self._any(event)

    def _pasted(self, event: KeyPressEvent) -> None:
        self._notice = "That was a paste; answer with one key at a time."

    def _point(self, step: int) -> None:
        self._pointer = (self._pointer + step) % len(self._page.options)

    def _help(self, event: KeyPressEvent) -> None:
        self._shows_help = not self._shows_help

    def _enter(self, event: KeyPressEvent) -> None:
        """Take what is pointed at, or marked; nothing marked may be forgotten, or meant, so that takes Enter twice."""
        if not self._takes_several:
            self._take(event, (self._pointer,))
        elif self._marked or self._said == _NOTHING_MARKED:
            self._take(event, sorted(self._marked))
        else:
            self._notice = _NOTHING_MARKED

    def _take(self, event: KeyPressEvent, options: Sequence[int] | None) -> None:
        try:
            outcome = self.answer(options)
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
        width = max(10, min(get_app().output.get_size().columns, USUAL_WIDTH) - 2)
        return [*self._head(width), *self._options(width), *self._foot(width)]

    def _head(self, width: int) -> Iterator[tuple[str, str]]:
        yield from _lines("class:progress", self._page.where, width)
        if self._page.share is not None:
            wide = min(_WIDEST_BAR, width)
            done = round(self._page.share * wide)
            yield "class:bar", f" {'█' * done}{'░' * (wide - done)}\n"
        yield "", "\n"
        yield from _lines("class:prompt", self._page.prompt, width)
        yield "", "\n"

    def _options(self, width: int) -> Iterator[tuple[str, str]]:
        for option, wording in enumerate(self._page.options):
            pointed = option == self._pointer
            if pointed and not self._shows_help:
                yield _IN_SIGHT
            style = "class:pointed" if pointed else ""
            mark = ("[x] " if option in self._marked else "[ ] ") if self._takes_several else ""
            given = "  (your answer)" if option == self._page.given else ""
            first, *rest = wrap(mark + clean(wording) + given, max(10, width - _INDENT), cut=True)
            key = str(option + 1) if option < HIGHEST_KEY else " "
            yield style, f" {'>' if pointed else ' '} {key}  {first}\n"
            for line in rest:
                yield style, " " * _INDENT + f"{line}\n"

    def _foot(self, width: int) -> Iterator[tuple[str, str]]:
        if self._page.remark:
            yield "class:help", f"\n {self._page.remark}\n"
        if self._shows_help:
            yield "", "\n"
            yield from _lines("class:help", self._page.help or "There is no more to say about this one.", width)
            yield _IN_SIGHT
        if self._notice:
            yield "class:notice", f"\n {self._notice}\n"
        yield "", "\n"
        for line in packed(self._page.hints, width):
            yield "class:keys", f" {line}\n"


def _lines(style: str, text: str, width: int) -> Iterator[tuple[str, str]]:
    for line in wrap(clean(text), width, cut=True):
        yield style, f" {line}\n"

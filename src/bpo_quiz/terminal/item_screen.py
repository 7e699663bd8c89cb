"""The question screen: one prompt_toolkit Application for a whole sitting, one key an answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from prompt_toolkit.application import Application  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.key_binding import KeyBindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.layout import FormattedTextControl, Layout, Window  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted, QuizError
from bpo_quiz.terminal.look import STYLE, bar, colour_depth
from bpo_quiz.terminal.progress import where
from bpo_quiz.terminal.running import run, stop_for_a_while
from bpo_quiz.terminal.streams import digit
from bpo_quiz.terminal.wrap import pack, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.catalogue.model import Item
    from bpo_quiz.sitting.sitting import Sitting

Outcome = Literal["done", "before the first"]

_KEYS = ("1-5 answer", "b back", "s skip, not had the chance", "? meaning", "q quit")
_INDENT = 6
_IN_SIGHT = ("[SetCursorPosition]", "")
"""Where the hidden cursor stands: a window that is too low for everything shows the part around it."""


class ItemScreen:
    """Asks the items of a sitting from its position on.

    A key counts only once the question that it answers has been drawn: what was typed ahead, or pasted, never answers
    a question unseen.

    Args:
        sitting: where answers go.
        minutes: minutes that so many items usually take.
        single: ask only the item on screen, for a change from the review page.
    """

    def __init__(self, sitting: Sitting, minutes: Callable[[int], int], *, single: bool = False) -> None:
        self.sitting = sitting
        self.minutes = minutes
        self.single = single
        self.pointer = 0
        self.shows_help = False
        self.notice = ""
        self.drawn_at: float | None = None

    def run(self, no_color: bool = False) -> Outcome:
        """Ask until the last item is passed, or the person goes back before the first.

        Raises:
            Interrupted: the person quit.
        """
        self._arrive()
        application: Application[Outcome] = Application(
            layout=Layout(Window(FormattedTextControl(self._render, show_cursor=False), wrap_lines=True)),
            key_bindings=self._bindings(),
            style=STYLE,
            color_depth=colour_depth(no_color),
            full_screen=True,
            after_render=lambda _: self._was_drawn(),
        )
        return run(application)

    def _was_drawn(self) -> None:
        if self.drawn_at is None:
            self.drawn_at = time.monotonic()

    def _arrive(self) -> None:
        """Get ready for the item that is now on screen."""
        given = self.sitting.given
        self.pointer = 0 if given is None else given
        self.shows_help = False
        self.notice = ""
        self.drawn_at = None

    # What a key does

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        for key, act in (
            ("b", self._back), ("left", self._back), ("s", self._skip), ("?", self._help),
            ("enter", self._take_pointed),
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
            if self.drawn_at is not None:
                act(event)

        return acting

    def _any(self, event: KeyPressEvent) -> None:
        number = digit(event.data)
        if number is not None and 1 <= number <= len(self._item.options):
            self._answer(event, number - 1)
        else:
            self.notice = f"Press 1 to {len(self._item.options)}, or one of the keys below."

    def _pasted(self, event: KeyPressEvent) -> None:
        self.notice = "That was a paste; answer with one key at a time."

    def _point(self, step: int) -> None:
        self.pointer = (self.pointer + step) % len(self._item.options)

    def _help(self, event: KeyPressEvent) -> None:
        self.shows_help = not self.shows_help

    def _take_pointed(self, event: KeyPressEvent) -> None:
        self._answer(event, self.pointer)

    def _skip(self, event: KeyPressEvent) -> None:
        self._answer(event, None)

    def _answer(self, event: KeyPressEvent, value: int | None) -> None:
        seconds = time.monotonic() - self.drawn_at if self.drawn_at is not None else None
        try:
            take = self.sitting.correct if self.single else self.sitting.answer
            take(value, seconds)
        except QuizError as error:  # it could not be kept; inside the event loop nobody would see it
            event.app.exit(exception=error)
            return
        if self.single or self.sitting.item is None:
            event.app.exit(result="done")
        else:
            self._show_next(event)

    def _back(self, event: KeyPressEvent) -> None:
        if self.single:
            event.app.exit(result="done")
        elif self.sitting.is_at_start:
            event.app.exit(result="before the first")
        else:
            self.sitting.back()
            self._show_next(event)

    def _show_next(self, event: KeyPressEvent) -> None:
        """Draw the question whole, not only the cells that differ: a screen reader gets all of it."""
        self._arrive()
        event.app.renderer.clear()

    # What is on screen

    @property
    def _item(self) -> Item:
        item = self.sitting.item
        if item is None:
            raise LookupError("no item on screen")
        return item

    def _render(self) -> StyleAndTextTuples:
        if self.sitting.item is None:
            return []
        from prompt_toolkit.application import get_app

        width = max(10, min(get_app().output.get_size().columns, 80) - 2)
        return [*self._progress(width), *self._question(width), *self._foot(width)]

    def _progress(self, width: int) -> Iterator[tuple[str, str]]:
        for line in wrap(where(self.sitting, self.minutes), width):
            yield "class:progress", f" {line}\n"
        share = self.sitting.position / max(1, self.sitting.expected)
        yield "class:bar", f" {bar(share, min(40, width))}\n\n"

    def _question(self, width: int) -> Iterator[tuple[str, str]]:
        item = self._item
        for line in wrap(clean(item.prompt), width):
            yield "class:prompt", f" {line}\n"
        yield "", "\n"
        for value, option in enumerate(item.options):
            pointed = value == self.pointer
            if pointed and not self.shows_help:
                yield _IN_SIGHT
            mark = ">" if pointed else " "
            given = "  (your answer)" if value == self.sitting.given else ""
            lines = list(wrap(clean(option) + given, max(10, width - _INDENT)))
            yield ("class:pointed" if pointed else ""), f" {mark} {value + 1}  {lines[0] if lines else ''}\n"
            for line in lines[1:]:
                yield ("class:pointed" if pointed else ""), " " * _INDENT + f"{line}\n"

    def _foot(self, width: int) -> Iterator[tuple[str, str]]:
        item = self._item
        skipped = item.id in self.sitting.responses and self.sitting.given is None
        if skipped:
            yield "class:help", "\n You skipped this one.\n"
        if self.shows_help:
            yield "", "\n"
            for line in wrap(clean(item.help or "There is no more to say about this one."), width):
                yield "class:help", f" {line}\n"
            yield _IN_SIGHT
        if self.notice:
            yield "class:notice", f"\n {self.notice}\n"
        yield "", "\n"
        for line in pack(_KEYS, width):
            yield "class:keys", f" {line}\n"


def _quit(event: KeyPressEvent) -> None:
    event.app.exit(exception=Interrupted())

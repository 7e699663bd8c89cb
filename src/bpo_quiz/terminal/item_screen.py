"""The items of a sitting on screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bpo_quiz.terminal.look import bar
from bpo_quiz.terminal.progress import where
from bpo_quiz.terminal.question_screen import QuestionScreen
from bpo_quiz.terminal.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.question_screen import Outcome

_WIDEST_BAR = 40


class ItemScreen(QuestionScreen):
    """Asks the items of a sitting from its position on.

    Args:
        sitting: where answers go.
        minutes: minutes that so many items usually take.
        single: ask only the item on screen, for a change from the review page.
    """

    def __init__(self, sitting: Sitting, minutes: Callable[[int], int], *, single: bool = False) -> None:
        super().__init__()
        self.sitting = sitting
        self.minutes = minutes
        self.single = single

    @property
    def prompt(self) -> str:
        """The item's prompt."""
        return self.sitting.item.prompt if self.sitting.item else ""

    @property
    def options(self) -> Sequence[str]:
        """The item's options, by value."""
        return self.sitting.item.options if self.sitting.item else ()

    @property
    def given(self) -> int | None:
        """The value that was given earlier, 0-4."""
        return self.sitting.given

    @property
    def help(self) -> str:
        """What the item means."""
        return self.sitting.item.help if self.sitting.item else ""

    @property
    def hints(self) -> Sequence[str]:
        """The keys."""
        return ("1-5 answer", "b back", "s skip, not had the chance", "? meaning", "q quit")

    def progress(self, width: int) -> Iterator[tuple[str, str]]:
        """How far the sitting is, in words and as a bar."""
        for line in wrap(where(self.sitting, self.minutes), width):
            yield "class:progress", f" {line}\n"
        share = self.sitting.position / max(1, self.sitting.expected)
        yield "class:bar", f" {bar(share, min(_WIDEST_BAR, width))}\n\n"

    def remarks(self) -> Iterator[str]:
        """Whether it was skipped earlier."""
        item = self.sitting.item
        if item is not None and item.id in self.sitting.responses and self.sitting.given is None:
            yield "You skipped this one."

    def answer(self, option: int | None) -> Outcome | None:
        """Keep a value with the seconds that it took."""
        seconds = time.monotonic() - self.drawn_at if self.drawn_at is not None else None
        take = self.sitting.correct if self.single else self.sitting.answer
        take(option, seconds)
        return "done" if self.single or self.sitting.item is None else None

    def back(self) -> Outcome | None:
        """Go to the item before; a single one is left as it was."""
        if self.single:
            return "done"
        if self.sitting.is_at_start:
            return "before the first"
        self.sitting.back()
        return None

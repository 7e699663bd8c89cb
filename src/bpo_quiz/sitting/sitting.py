"""The state of one person answering: answer, skip, back, look again. It knows no screen and no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.model import HIGHEST_VALUE

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Item
    from bpo_quiz.scoring.profile import Responses


class Sitting:
    """Walks through a form; `position` is the index of the item on screen, and `len(items)` when all were passed."""

    def __init__(self, items: tuple[Item, ...], responses: Responses | None = None) -> None:
        self.items = items
        self.responses: Responses = dict(responses or {})
        self.position = next((n for n, item in enumerate(items) if item.id not in self.responses), len(items))

    @property
    def item(self) -> Item | None:
        """The item on screen; None after the last."""
        return self.items[self.position] if self.position < len(self.items) else None

    @property
    def is_at_start(self) -> bool:
        """Whether there is no item to go back to."""
        return self.position == 0

    @property
    def given(self) -> int | None:
        """The value that was given to the item on screen, 0-4; None without one."""
        return self.responses.get(self.items[self.position].id) if self.item else None

    @property
    def answered(self) -> int:
        """How many items have a value."""
        return sum(value is not None for value in self.responses.values())

    def answer(self, value: int | None) -> None:
        """Give a value, 0-4, to the item on screen (None: had not had the chance), and move on.

        Raises:
            ValueError: no item is on screen, or the value is out of range.
        """
        if self.item is None or (value is not None and not 0 <= value <= HIGHEST_VALUE):
            raise ValueError(value)
        self.responses[self.item.id] = value
        self.position += 1

    def back(self) -> None:
        """To the item before, if there is one."""
        self.position = max(0, self.position - 1)

    def go_to(self, position: int) -> None:
        """To an item by its index, or past the last one."""
        self.position = min(max(0, position), len(self.items))

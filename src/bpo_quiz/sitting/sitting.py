"""The state of one person answering: answer, skip, back, look again. It knows no screen and no file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from bpo_quiz.answers.model import LONGEST_TIME, Response
from bpo_quiz.catalogue.model import HIGHEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import Answers, Responses
    from bpo_quiz.catalogue.model import Item

Keep = Callable[[Response], None]
"""Called with a response before it counts; what it raises leaves all as it was."""


class Form(Protocol):
    """A way to choose items: `FullForm` or `QuickForm`."""

    @property
    def name(self) -> str:
        """`full` or `quick`."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of the catalogue."""

    def next_item(self, asked: Sequence[Item], responses: Mapping[str, int | None]) -> Item | None:
        """The item after those that were asked; None when there are enough."""

    def expected(self, asked: int) -> int:
        """How many items there usually are, when so many were asked."""


class Sitting:
    """Walks through a form.

    Attributes:
        items: what was asked so far, in order, the item on screen included.
        position: index of the item on screen; `len(items)` when the form has no more.
        responses: item id -> value 0-4, or None where the person had not had the chance.
        times: item id -> seconds that it took, all visits together.
    """

    def __init__(self, form: Form, keep: Keep | None = None) -> None:
        self.form = form
        self._keep = keep
        self.items: list[Item] = []
        self.responses: Responses = {}
        self.times: dict[str, float] = {}
        self.position = 0
        self._reach_on()

    @property
    def item(self) -> Item | None:
        """The item on screen; None after the last."""
        return self.items[self.position] if self.position < len(self.items) else None

    @property
    def expected(self) -> int:
        """How many items there usually are in all."""
        return max(self.form.expected(len(self.items)), len(self.items))

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

    @property
    def left_out(self) -> int:
        """How many items of the catalogue a quick form has not asked; 0 after a full one."""
        return 0 if self.form.name == "full" else len(self.form.items) - len(self.items)

    def answer(self, value: int | None, seconds: float | None = None) -> None:
        """Answer the item on screen as `correct` does, and move on."""
        self.correct(value, seconds)
        self.position += 1
        self._reach_on()

    def correct(self, value: int | None, seconds: float | None = None) -> None:
        """Give a value, 0-4, to the item on screen (None: had not had the chance), and stay.

        Args:
            value: what was chosen.
            seconds: how long the item was on screen; not told where nobody looked at a clock.

        Raises:
            ValueError: no item is on screen, or the value is out of range.
        """
        item = self.item
        if item is None or (value is not None and not 0 <= value <= HIGHEST_VALUE):
            raise ValueError(value)
        if seconds is not None:
            seconds = min(LONGEST_TIME, self.times.get(item.id, 0.0) + max(0.0, seconds))
        if self._keep is not None:
            self._keep(Response(item.id, value, seconds, self.position))
        self.responses[item.id] = value
        if seconds is not None:
            self.times[item.id] = seconds

    def back(self) -> None:
        """To the item before, if there is one."""
        self.position = max(0, self.position - 1)

    def go_to(self, position: int) -> None:
        """To an item by its index, or past the last one."""
        self.position = min(max(0, position), len(self.items))

    def take_up(self, earlier: Answers) -> None:
        """Go on from earlier responses, in the order in which they were given."""
        items = {item.id: item for item in self.form.items}
        self.items = [items[item] for item in earlier.responses]
        self.responses = dict(earlier.responses)
        self.times = dict(earlier.times)
        self.position = len(self.items)
        self._reach_on()

    def ask_on_with(self, form: Form) -> None:
        """Go on with another form after the last item, such as the full one after the quick one."""
        self.form = form
        self.position = len(self.items)
        self._reach_on()

    def _reach_on(self) -> None:
        """Behind the last item, let the form choose one more."""
        if self.position == len(self.items):
            following = self.form.next_item(self.items, self.responses)
            if following is not None:
                self.items.append(following)

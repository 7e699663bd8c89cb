"""The questionnaire on paper: its rows of items, their check digits, and how its questions are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.sitting.about_form import TODAY, WHERE
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import Question

ITEMS_A_ROW = 6
"""Papers that people have filled in are keyed in by rows of this length: it must not change."""

_ORDER = (
    WHERE, TODAY, "years", "fields", "education", "english", "languages", "typing",
    "shifts", "channel", "site", "targets",
)  # fmt: skip


def label(question: Question) -> str:
    """What a question about the person is called on paper, such as `A7`; a language and its level are one question."""
    return f"A{_ORDER.index(question.key.partition('.')[0]) + 1}"


def rows(catalogue: Catalogue) -> tuple[tuple[Item, ...], ...]:
    """All items of the full form in rows of `ITEMS_A_ROW`; the last row may be shorter."""
    items = full_order(catalogue)
    return tuple(items[start : start + ITEMS_A_ROW] for start in range(0, len(items), ITEMS_A_ROW))


def digit_of(value: int | None) -> int:
    """How paper writes a value: 1-5 for 0-4, 0 where nothing is ticked."""
    return 0 if value is None else value + 1


def value_of(digit: int) -> int | None:
    """The value, 0-4, of a digit 0-5; None for 0."""
    return digit - 1 if digit else None


def check_digit(digits: Sequence[int]) -> int:
    """The last digit of the sum of a row's digits.

    People can work it out in their head. It shows every single digit that was keyed wrongly, since no two of 0-5 are
    ten apart; it does not show two that changed places.
    """
    return sum(digits) % 10

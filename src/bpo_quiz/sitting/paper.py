"""The questionnaire on paper: its rows of items, their check digits, and how its questions are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.sitting.about_form import TODAY, WHERE, AboutForm
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import Choice, Question

ITEMS_A_ROW = 6
"""Papers that people have filled in are keyed in by rows of this length: it must not change."""

LABELS = {
    key: f"A{n}"
    for n, key in enumerate((WHERE, TODAY, "years", "education", "english", "shifts", "channel", "site", "targets"), 1)
}
"""What the questions about the person are called on paper."""


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


def jobs(catalogue: Catalogue) -> tuple[tuple[Choice, Question], ...]:
    """Each career path that one can work in, and the question which of its roles is nearest to one's job."""
    found = []
    for path in AboutForm(catalogue).questions[0].choices:
        form = AboutForm(catalogue)
        form.tell(path.value)
        if form.question is not None and form.question.key == TODAY:
            found.append((path, form.question))
    return tuple(found)


def about_questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """The questions about the person as paper asks them; that for today's job has its choices in `jobs`."""
    first, *rest = AboutForm(catalogue).questions
    ways = jobs(catalogue)
    return (first, *(question._replace(choices=()) for _, question in ways[:1]), *rest)

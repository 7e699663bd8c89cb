"""Where a person is in a sitting, and where they go from the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.sitting.sitting import Sitting

AfterReview = Literal["result", "back", "rest"]
"""The result; back to the last item; on with the items that the quick form left out."""


def where(sitting: Sitting, minutes: Callable[[int], int]) -> str:
    """`Question 12 of 64, about 6 minutes left`; a form of open length says `of about 30`, and when it asks more."""
    at, count = sitting.position, sitting.expected
    usual = sitting.form.expected(0)
    if at >= usual:
        return f"Question {at + 1}, more than the usual {usual}: your answers fit several roles"
    about = "" if sitting.form.name == "full" else "about "
    return f"Question {at + 1} of {about}{count}, about {in_minutes(minutes(count - at))} left"


def in_minutes(number: int) -> str:
    """`1 minute`, `6 minutes`."""
    return "1 minute" if number == 1 else f"{number} minutes"

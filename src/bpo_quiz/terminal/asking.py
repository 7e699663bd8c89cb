"""What a way to ask can do, and where a person is in a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Sitting

AfterReview = Literal["result", "back", "rest"]
"""The result; back to the last item; on with the items that the quick form left out."""


class Asker(Protocol):
    """Screens, plain lines, or keying in from paper. Each method raises `Interrupted` when the person quits."""

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told about the person."""

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""


def headed(whose: str, words: str) -> str:
    """Words with the alias of the client that they are about; empty: nobody's."""
    return f"{whose} · {words}" if whose else words


def where(sitting: Sitting, minutes: Callable[[int], int]) -> str:
    """`Question 12 of 64, about 6 minutes left`; a form of open length says `of about 30`, and when it asks more."""
    at, count = sitting.position, sitting.expected
    usual = sitting.form.expected(0)
    if at >= usual:
        return f"Question {at + 1}, more than the usual {usual}: your answers fit several roles"
    about = "" if sitting.form.name == "full" else "about "
    return f"Question {at + 1} of {about}{count}, about {counted(minutes(count - at), 'minute')} left"

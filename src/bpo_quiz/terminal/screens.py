"""Asks everything with screens. They go to standard error, so that results can be redirected."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from prompt_toolkit.application import create_app_session  # noqa: TID253 - imported only when somebody is asked
from prompt_toolkit.output import create_output  # noqa: TID253

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.progress import AfterReview


class Screens:
    """The questions about the person, the items, and the review page."""

    def __init__(self, catalogue: Catalogue, no_color: bool) -> None:
        self.catalogue = catalogue
        self.no_color = no_color

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told.

        Raises:
            Interrupted: the person quit.
        """
        from bpo_quiz.terminal.about_screen import AboutScreen

        if form.question is not None:
            with _on_standard_error():
                AboutScreen(form).run(self.no_color)

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""
        from bpo_quiz.terminal.item_screen import ItemScreen

        if sitting.item is None:  # all was answered before the window was closed
            return True
        with _on_standard_error():
            return ItemScreen(sitting, self.catalogue.minutes).run(self.no_color) == "done"

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""
        from bpo_quiz.terminal.review import review

        with _on_standard_error():
            return review(sitting, self.catalogue.minutes, self.no_color)


@contextlib.contextmanager
def _on_standard_error() -> Iterator[None]:
    with create_app_session(output=create_output(sys.stderr)):
        yield

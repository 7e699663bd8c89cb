"""Asks everything with screens."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bpo_quiz.terminal.asking import headed, where
from bpo_quiz.terminal.question_screen import HIGHEST_KEY, Page, QuestionScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.asking import AfterReview
    from bpo_quiz.terminal.question_screen import Outcome


class Screens:
    """The questions about the person, the items, and the review page; `whose`: the client's alias, on each of them."""

    def __init__(self, catalogue: Catalogue, no_color: bool, whose: str = "") -> None:
        self._minutes = catalogue.minutes
        self._no_color = no_color
        self._whose = whose
        self._form: AboutForm | None = None

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told about the person.

        Raises:
            Interrupted: the person quit.
        """
        self._form = form
        if form.question is not None:
            AboutScreen(form, self._whose).run(self._no_color)

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""
        if sitting.item is None:  # all was answered before the window was closed
            return True
        return ItemScreen(sitting, self._minutes, self._whose).run(self._no_color) == "done"

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""
        from bpo_quiz.terminal.prompts import Fact, review

        at, form = None, self._form
        while True:
            facts = [] if form is None else [Fact(one.prompt, form.worded(one)) for one in form.questions]
            chosen = review(sitting, facts, at, self._no_color, self._whose)
            if not isinstance(chosen, int):
                break
            at = chosen
            if chosen < 0 and form is not None:
                form.position = chosen + len(facts)
                AboutScreen(form, self._whose, single=True).run(self._no_color)
                form.position = len(form.questions)
            else:
                sitting.go_to(chosen)
                ItemScreen(sitting, self._minutes, self._whose, single=True).run(self._no_color)
        if chosen == "back":
            sitting.go_to(len(sitting.items) - 1)
        return chosen


class ItemScreen(QuestionScreen):
    """Asks the items of a sitting from its position on.

    Args:
        sitting: where answers go.
        minutes: minutes that so many items usually take.
        whose: the client's alias, for the head.
        single: ask only the item on screen, for a change from the review page.
    """

    def __init__(
        self, sitting: Sitting, minutes: Callable[[int], int], whose: str = "", *, single: bool = False
    ) -> None:
        self._sitting = sitting
        self._whose = whose
        self._minutes = minutes
        self._single = single

    def page(self) -> Page:
        """The item on screen."""
        sitting, item = self._sitting, self._sitting.items[self._sitting.position]
        was_skipped = item.id in sitting.responses and sitting.given is None
        return Page(
            where=headed(self._whose, where(sitting, self._minutes)),
            share=sitting.position / max(1, sitting.expected),
            prompt=item.prompt,
            options=item.options,
            hints=("1-5 answer", "b back", "s skip, not had the chance", "? meaning", "q quit"),
            given=sitting.given,
            help=item.help,
            remark="You skipped this one." if was_skipped else "",
        )

    def answer(self, options: Sequence[int] | None) -> Outcome | None:
        """Keep a value with the seconds that it took."""
        seconds = time.monotonic() - self.drawn_at if self.drawn_at is not None else None
        take = self._sitting.correct if self._single else self._sitting.answer
        take(None if options is None else options[0], seconds)
        return "done" if self._single or self._sitting.item is None else None

    def back(self) -> Outcome | None:
        """Go to the item before; a single one is left as it was."""
        if self._single:
            return "done"
        if self._sitting.is_at_start:
            return "before the first"
        self._sitting.back()
        return None


class AboutScreen(QuestionScreen):
    """Asks what a form does not know yet, below the welcome.

    Args:
        form: where answers go.
        single: ask only the question on screen, and what its answer makes new, for a change from the review page.
    """

    full_screen = False

    def __init__(self, form: AboutForm, whose: str = "", *, single: bool = False) -> None:
        self._form, self._whose = form, whose
        self._single = self.full_screen = single

    def page(self) -> Page:
        """The question on screen."""
        form = self._form
        question = form.questions[form.position]
        keys = f"1-{min(HIGHEST_KEY, len(question.choices))}"
        act = (f"{keys} or Space mark", "Enter takes what is marked") if question.several else (f"{keys} answer",)
        taken = form.taken(question)
        return Page(
            where=headed(self._whose, f"About you, {form.position + 1} of {len(form.questions)}"),
            prompt=question.prompt,
            options=[choice.label for choice in question.choices],
            hints=(*act, *(("b back",) if form.position else ()), "s skip", "? more", "q quit"),
            given=None if question.several or not taken else taken[0],
            marked=frozenset(taken) if question.several else None,
            help=question.help,
        )

    def answer(self, options: Sequence[int] | None) -> Outcome | None:
        """Tell the form."""
        if options is None:
            self._form.tell(None)
        else:
            self._form.choose(options)
        following = self._form.question
        is_new = following is not None and (not self._single or following.key not in self._form.told)
        return None if is_new else "done"

    def back(self) -> Outcome | None:
        """Go to the question before; the first one stays, and a single one is left as it was."""
        if self._single:
            return "done"
        self._form.back()
        return None

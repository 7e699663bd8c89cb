"""The questions about the person on screen, below the welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.terminal.question_screen import HIGHEST_KEY, QuestionScreen
from bpo_quiz.terminal.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.sitting.about_form import AboutForm, Question
    from bpo_quiz.terminal.question_screen import Outcome


_NOTHING_MARKED = "Nothing is marked. Enter again means none of these; s skips the question."


class AboutScreen(QuestionScreen):
    """Asks what a form does not know yet."""

    full_screen = False

    def __init__(self, form: AboutForm) -> None:
        super().__init__()
        self.form = form
        self._marked = self._told_before()

    @property
    def prompt(self) -> str:
        """The question."""
        return self._question_on.prompt if self._question_on else ""

    @property
    def options(self) -> Sequence[str]:
        """Its choices."""
        return [choice.label for choice in self._question_on.choices] if self._question_on else []

    @property
    def given(self) -> int | None:
        """The choice that was told earlier, where only one can be."""
        question = self._question_on
        if question is None or question.several or question.key not in self.form.told:
            return None
        told = self.form.told[question.key]
        return next((n for n, choice in enumerate(question.choices) if choice.value == told), None)

    @property
    def hints(self) -> Sequence[str]:
        """The keys; where several choices can be taken they only mark."""
        keys = f"1-{min(HIGHEST_KEY, len(self.options))}"
        several = self._question_on is not None and self._question_on.several
        act = (f"{keys} or Space mark", "Enter takes what is marked") if several else (f"{keys} answer",)
        back = ("b back",) if self.form.position else ()
        return (*act, *back, "s skip", "q quit")

    def progress(self, width: int) -> Iterator[tuple[str, str]]:
        """Which of the questions it is."""
        count = len(self.form.questions)
        for line in wrap(f"About you, {self.form.position + 1} of {count}", width):
            yield "class:progress", f" {line}\n"
        yield "", "\n"

    def is_marked(self, option: int) -> bool | None:
        """Whether a choice is marked; None where only one can be taken."""
        return option in self._marked if self._question_on and self._question_on.several else None

    def choose(self, option: int) -> bool:
        """Mark a choice, or take the mark away."""
        if not (self._question_on and self._question_on.several):
            return False
        self._marked ^= {option}
        return True

    def objection(self) -> str:
        """Nothing marked may be forgotten, or meant."""
        several = self._question_on is not None and self._question_on.several
        return _NOTHING_MARKED if several and not self._marked else ""

    def answer(self, option: int | None) -> Outcome | None:
        """Tell the form, whatever option is pointed at where marks count."""
        question = self._question_on
        if question is None:
            raise LookupError("no question on screen")
        self.form.tell(None if option is None else self._value(question, option))
        self._marked = self._told_before()
        return "done" if self.form.question is None else None

    def back(self) -> Outcome | None:
        """Go to the question before; the first one stays."""
        self.form.back()
        self._marked = self._told_before()
        return None

    @property
    def _question_on(self) -> Question | None:
        return self.form.question

    def _value(self, question: Question, option: int) -> Any:
        if not question.several:
            return question.choices[option].value
        return tuple(choice.value for n, choice in enumerate(question.choices) if n in self._marked)

    def _told_before(self) -> set[int]:
        question = self._question_on
        if question is None or not question.several:
            return set()
        told = self.form.told.get(question.key) or ()
        return {n for n, choice in enumerate(question.choices) if choice.value in told}

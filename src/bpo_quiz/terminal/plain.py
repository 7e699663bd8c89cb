"""Asks with ordinary lines: numbered, linear, no boxes, no colours; good for a screen reader, and for any terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.terminal.asking import headed, where
from bpo_quiz.terminal.lines import ask, number_of, write
from bpo_quiz.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import AboutForm, Question
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.asking import AfterReview


class PlainLines:
    """Asks everything line by line, on standard error; a line is read only after its question was written."""

    def __init__(self, catalogue: Catalogue, whose: str = "") -> None:
        self._minutes, self._whose = catalogue.minutes, whose
        self._form: AboutForm | None = None

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told about the person.

        Raises:
            Interrupted: the person quit, or the input ended.
        """
        self._form = form
        while (question := form.question) is not None:
            _ask_about(form, question, self._whose)

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""
        while sitting.item is not None:
            if not self._ask_item(sitting, sitting.item):
                return False
        return True

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""
        rows = (_answered(sitting, n) for n in range(len(sitting.items)))
        write("", headed(self._whose, "Look over your answers."), *self._told(), *rows)
        count = len(sitting.items)
        facts = "f and a number to change a fact, " if self._form else ""
        while True:
            rest = f"r the other {sitting.left_out} questions too, " if sitting.left_out else ""
            line = ask(
                f"Enter for the result, a question's number to change it (1 to {count}), {facts}{rest}b back, q quit: "
            )
            number = number_of(line)
            if not line:
                return "result"
            if line == "b":
                sitting.go_to(count - 1)
                return "back"
            if line == "r" and rest:
                return "rest"
            if line.startswith("f") and self._change_fact(number_of(line[1:].strip())):
                continue
            if not 1 <= number <= count:
                write(f"Please press Enter, or type a number from 1 to {count}, or b or q.")
                continue
            sitting.go_to(number - 1)
            self._ask_item(sitting, sitting.items[number - 1], stay=True)
            sitting.go_to(count)
            write(_answered(sitting, number - 1))

    def _told(self) -> Iterator[str]:
        if (form := self._form) is not None:
            for n, question in enumerate(form.questions, 1):
                yield f"f{n}. {clean(question.prompt)} {clean(sentence(form.worded(question)))}."

    def _change_fact(self, number: int) -> bool:
        """Ask the question of this number about the person again; whether there is one."""
        form = self._form
        if form is None or not 1 <= number <= len(form.questions):
            return False
        form.position = number - 1
        while (question := form.question) is not None:
            _ask_about(form, question, self._whose)
            if form.question is None or form.question.key in form.told:
                break
        form.position = len(form.questions)
        write(*self._told())
        return True

    def _ask_item(self, sitting: Sitting, item: Item, *, stay: bool = False) -> bool:
        """Ask one item until it is answered, skipped or left; False when left before the first."""
        take = sitting.correct if stay else sitting.answer
        head = headed(self._whose, where(sitting, self._minutes))
        write("", f"{head}.", clean(item.prompt), *_numbered(item.options))
        if sitting.given is not None:
            write(f"Your answer so far: {sitting.given + 1}.")
        asked_at = time.monotonic()
        while True:
            line = ask(f"Your answer (1 to {len(item.options)}; b back, s skip, ? meaning, q quit): ")
            if 1 <= (number := number_of(line)) <= len(item.options):
                take(number - 1, time.monotonic() - asked_at)
            elif line == "s":
                take(None, time.monotonic() - asked_at)
            elif line == "b":
                if sitting.is_at_start:
                    return False
                sitting.back()
            elif line == "?":
                write(clean(item.help or "There is no more to say about this one."))
                continue
            else:
                write(f"Please type a number from 1 to {len(item.options)}, or b, s, ? or q.")
                continue
            return True


def _ask_about(form: AboutForm, question: Question, whose: str) -> None:
    write("", headed(whose, clean(question.prompt)), *_numbered(choice.label for choice in question.choices))
    count = len(question.choices)
    kind = "numbers with spaces between, 0 none of these" if question.several else f"1 to {count}"
    while True:
        line = ask(f"Your answer ({kind}; b back, s skip, ? more, q quit): ")
        numbers = [number_of(word) for word in line.replace(",", " ").split()]
        if line == "b":
            form.back()
        elif line == "s":
            form.tell(None)
        elif line == "?":
            write(clean(question.help))
            continue
        elif question.several and line == "0":
            form.choose([])
        elif _fit(numbers, count) and (question.several or len(numbers) == 1):
            form.choose([number - 1 for number in numbers])
        else:
            write(f"Please type {kind}, or b, s, ? or q.")
            continue
        return


def _fit(numbers: list[int], count: int) -> bool:
    return bool(numbers) and all(1 <= number <= count for number in numbers)


def _numbered(texts: Iterable[str]) -> list[str]:
    return [f"{n}. {clean(text)}" for n, text in enumerate(texts, 1)]


def _answered(sitting: Sitting, n: int) -> str:
    """An item and what was answered to it."""
    item = sitting.items[n]
    value = sitting.responses.get(item.id)
    given = "Skipped." if value is None else f"Your answer: {value + 1}, {clean(item.options[value])}."
    return f"{n + 1}. {clean(item.prompt)} {given}"

"""Asks with ordinary lines: numbered, linear, no boxes, no colours; good for a screen reader, and for any terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.continuing import again_after_a_stop
from bpo_quiz.terminal.line import read_line
from bpo_quiz.terminal.progress import AfterReview, where
from bpo_quiz.terminal.streams import digit, forget_typed_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import AboutForm, Choice, Question
    from bpo_quiz.sitting.sitting import Sitting

_LONGEST_LINE = 1000


class PlainLines:
    """Asks everything line by line, on standard error; a line is read only after its question was written."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def about(self, form: AboutForm) -> None:
        """Ask what is not yet told.

        Raises:
            Interrupted: the person quit, or the input ended.
        """
        while (question := form.question) is not None:
            self._ask_about(form, question)

    def _ask_about(self, form: AboutForm, question: Question) -> None:
        say("", clean(question.prompt))
        say(*(f"{n}. {clean(choice.label)}" for n, choice in enumerate(question.choices, 1)))
        several = question.several
        kind = "numbers with spaces between, 0 none of these" if several else f"1 to {len(question.choices)}"
        while True:
            line = ask(f"Your answer ({kind}; b back, s skip, q quit): ")
            if line == "b":
                form.back()
            elif line == "s":
                form.tell(None)
            elif several and line == "0":
                form.tell([])
            elif (picked := _picked(line, question.choices)) and (several or len(picked) == 1):
                values = [choice.value for choice in picked]
                form.tell(values if several else values[0])
            else:
                say(f"Please type {kind}, or b, s or q.")
                continue
            return

    def items(self, sitting: Sitting) -> bool:
        """Ask the items from the sitting's position on; False when the person goes back before the first."""
        while sitting.item is not None:
            if not self._ask_item(sitting, sitting.item):
                return False
        return True

    def _ask_item(self, sitting: Sitting, item: Item, *, stay: bool = False) -> bool:
        """Ask one item until it is answered, skipped or left; False when left before the first."""
        take = sitting.correct if stay else sitting.answer
        self._say_item(sitting, item)
        asked_at = time.monotonic()
        while True:
            line = ask(f"Your answer (1 to {len(item.options)}; b back, s skip, ? meaning, q quit): ")
            number = _number(line)
            if number is not None and 1 <= number <= len(item.options):
                take(number - 1, time.monotonic() - asked_at)
            elif line == "s":
                take(None, time.monotonic() - asked_at)
            elif line == "b":
                if sitting.is_at_start:
                    return False
                sitting.back()
            elif line == "?":
                say(clean(item.help or "There is no more to say about this one."))
                continue
            else:
                say(f"Please type a number from 1 to {len(item.options)}, or b, s, ? or q.")
                continue
            return True

    def _say_item(self, sitting: Sitting, item: Item) -> None:
        say("", f"{where(sitting, self.catalogue.minutes)}.", clean(item.prompt))
        say(*(f"{n}. {clean(option)}" for n, option in enumerate(item.options, 1)))
        if sitting.given is not None:
            say(f"Your answer so far: {sitting.given + 1}.")

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every answer and let the person change any."""
        say("", "Look over your answers.")
        for n, item in enumerate(sitting.items, 1):
            say(f"{n}. {clean(item.prompt)} {_given(sitting, item)}")
        count = len(sitting.items)
        while True:
            rest = f"r the other {sitting.left_out} questions too, " if sitting.left_out else ""
            line = ask(f"Enter for the result, a question's number to change it (1 to {count}), {rest}b back, q quit: ")
            if not line:
                return "result"
            if line == "b":
                sitting.go_to(count - 1)
                return "back"
            if line == "r" and rest:
                return "rest"
            number = _number(line)
            if number is None or not 1 <= number <= count:
                say(f"Please press Enter, or type a number from 1 to {count}, or b or q.")
                continue
            sitting.go_to(number - 1)
            item = sitting.items[number - 1]
            self._ask_item(sitting, item, stay=True)
            sitting.go_to(count)
            say(f"{number}. {clean(item.prompt)} {_given(sitting, item)}")


def _given(sitting: Sitting, item: Item) -> str:
    value = sitting.responses.get(item.id)
    return "Skipped." if value is None else f"Your answer: {value + 1}, {clean(item.options[value])}."


def say(*lines: str) -> None:
    """Write lines to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def ask(prompt: str) -> str:
    """Ask for a line; what was typed before the question stood there is thrown away.

    Raises:
        Interrupted: q, Ctrl-C, or the end of input.
    """
    forget_typed_ahead()

    def write() -> None:
        sys.stderr.write(prompt)
        sys.stderr.flush()

    try:
        write()
        with again_after_a_stop(write):
            line = read_line()
    except KeyboardInterrupt:
        line = ""
    except Interrupted:  # a signal
        with contextlib.suppress(OSError):  # the window may be gone
            say("")
        raise
    except UnicodeDecodeError:
        return "not text"
    if not line:  # Ctrl-D or a closed window
        say("")
        raise Interrupted
    answer = line[:_LONGEST_LINE].strip().lower()
    if answer == "q":
        raise Interrupted
    return answer


def _number(line: str) -> int | None:
    """A whole number in digits of any script, as the screens take them too; None for everything else."""
    digits = [digit(character) for character in line]
    if not digits or len(digits) > 4 or None in digits:
        return None
    return int("".join(str(one) for one in digits))


def _picked(line: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices whose numbers were typed; empty when any is out of range."""
    numbers = [_number(word) for word in line.replace(",", " ").split()]
    if any(number is None or not 1 <= number <= len(choices) for number in numbers):
        return []
    return [choices[number - 1] for number in _in_order(numbers)]


def _in_order(numbers: Iterable[int | None]) -> list[int]:
    return sorted({number for number in numbers if number is not None})

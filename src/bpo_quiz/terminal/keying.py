"""Keys in a form that was filled in on paper: digits only, a row at a time, and no row is taken on faith."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError
from bpo_quiz.sitting.paper import LABELS, check_digit, digit_of, rows, value_of
from bpo_quiz.terminal.plain import ask, say
from bpo_quiz.terminal.streams import digit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import AboutForm, Question
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.progress import AfterReview

_HIGHEST = 5
_SEPARATORS = " ,.\t"
_NOTHING = "-"
_NO_FIT = (
    "The check digit does not fit: one of these digits is not as on the paper. Compare, and key the row again. "
    "If the sum on the paper is wrong, leave the check digit out; the row is then keyed twice."
)

Digits = tuple[int, ...]


class Keying:
    """Asks for what stands on paper. A row is sure by its check digit, or because it was keyed twice and agrees.

    The person says once which of the two it is. So the number of digits is known, and one too many or too few is seen.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._rows = rows(catalogue)
        self._checked: bool | None = None
        self._about: AboutForm | None = None

    def about(self, form: AboutForm) -> None:
        """Ask what stands about the person.

        Raises:
            Interrupted: the person quit.
        """
        self._about = form
        while (question := form.question) is not None:
            _ask_about(form, question)

    def items(self, sitting: Sitting) -> bool:
        """Ask the rows from the sitting's position on; False when the person goes back before the first."""
        self._refuse_other_orders(sitting)
        if sitting.item is not None and self._checked is None:
            self._checked = _asks_for_check_digits()
        while sitting.item is not None:
            if not self._ask_row(sitting, self._row_at(sitting.position)):
                return False
        return True

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every row and let the person key any of them again."""
        say("", "Compare with the paper.")
        if self._about is not None:
            for line in _told(self._about):
                _tell(line)
        for n in range(len(self._rows)):
            say(self._line(sitting, n))
        _tell(_counted(sitting))
        while True:
            line = ask(
                f"Enter for the result, a row's number to key it again (1 to {len(self._rows)}), b back, q quit: "
            )
            if not line:
                return "result"
            if line == "b":
                sitting.go_to(self._start(len(self._rows) - 1))
                return "back"
            number = read_digits(line)
            index = int("".join(map(str, number))) - 1 if number and len(number) <= 4 else -1
            if not 0 <= index < len(self._rows):
                say(f"Please press Enter, or type a row's number from 1 to {len(self._rows)}, or b or q.")
                continue
            self._again(sitting, index)

    def _again(self, sitting: Sitting, index: int) -> None:
        if self._checked is None:
            self._checked = _asks_for_check_digits()
        digits = self._sure(sitting, index)
        if isinstance(digits, tuple):
            self._take(sitting, index, digits)
        sitting.go_to(len(sitting.items))
        say(self._line(sitting, index))
        _tell(_counted(sitting))

    def _ask_row(self, sitting: Sitting, index: int) -> bool:
        """Ask one row until it is sure, kept or left; False when left before the first."""
        digits = self._sure(sitting, index)
        if digits == "keep":
            sitting.go_to(self._start(index) + len(self._rows[index]))
        elif digits == "back":
            sitting.go_to(self._start(max(0, index - 1)))
            return index > 0
        elif isinstance(digits, tuple):
            self._take(sitting, index, digits)
        return True

    def _take(self, sitting: Sitting, index: int, digits: Digits) -> None:
        """Keep a row: all of it is on disk when this returns."""
        sitting.go_to(self._start(index))
        for one in digits:
            sitting.answer(value_of(one))

    def _sure(self, sitting: Sitting, index: int) -> Digits | str:
        """The digits of a row, compared; or `back`, or `keep` for what was keyed before."""
        row = self._rows[index]
        before = _digits_so_far(sitting, row)
        say("", f"Row {index + 1} of {len(self._rows)}: questions {self._start(index) + 1} to {self._end(index)}.")
        if before is not None:
            say(f"Keyed so far: {_spaced(before)}. Enter keeps it.")
        digits_and = "digits and the check digit" if self._checked else "digits"
        while True:
            line = ask(f"{len(row)} {digits_and} (b back, q quit): ")
            if line == "b":
                return "back"
            if not line and before is not None:
                return "keep"
            keyed = read_row(line, len(row), checked=bool(self._checked))
            if isinstance(keyed, str):
                _tell(keyed)
                continue
            if len(keyed) > len(row):
                return keyed[:-1]
            if self._agrees(index, keyed):
                return keyed

    def _agrees(self, index: int, first: Digits) -> bool:
        """Ask for a row without a check digit once more, and compare."""
        line = ask("The same row once more (b back, q quit): ")
        if line == "b":
            return False
        again = read_row(line, len(first), checked=bool(self._checked))
        if isinstance(again, str):
            _tell(again)
            return False
        other = [n for n, pair in enumerate(zip(first, again, strict=False)) if pair[0] != pair[1]]
        if other:
            say(*(f"Question {self._start(index) + 1 + n} was {first[n]}, then {again[n]}." for n in other))
            say("Compare with the paper, and key the row anew.")
        return not other

    def _refuse_other_orders(self, sitting: Sitting) -> None:
        """A session that began on screen with the quick form has its questions in an order of its own."""
        order = [item.id for row in self._rows for item in row]
        if [item.id for item in sitting.items] != order[: len(sitting.items)]:
            raise UsageError("resume: these answers have another order than the paper; go on without --enter")

    def _row_at(self, position: int) -> int:
        return next(n for n in range(len(self._rows)) if position < self._end(n))

    def _start(self, index: int) -> int:
        return sum(len(row) for row in self._rows[:index])

    def _end(self, index: int) -> int:
        return self._start(index) + len(self._rows[index])

    def _line(self, sitting: Sitting, index: int) -> str:
        keyed = (digit_of(sitting.responses.get(item.id)) for item in self._rows[index])
        return f"Row {index + 1}, questions {self._start(index) + 1} to {self._end(index)}: {_spaced(tuple(keyed))}"


def read_digits(line: str) -> Digits | None:
    """The digits of a line, of any script, without what stands between; `-` is 0. None for anything else."""
    found = [0 if one == _NOTHING else digit(one) for one in line if one not in _SEPARATORS]
    return None if None in found else tuple(one for one in found if one is not None)


def read_row(line: str, length: int, *, checked: bool) -> Digits | str:
    """The digits of a row that may be right: with its check digit when that fits; or what is wrong, in words.

    Args:
        line: as it was typed.
        length: items of the row.
        checked: whether a check digit may follow.
    """
    keyed = read_digits(line)
    due = f"{length} digits{' and the check digit' if checked else ''}"
    if not keyed or any(one > _HIGHEST for one in keyed[:length]):
        return f"Please type {due}: the numbers of the ticked boxes, 1 to {_HIGHEST}, and 0 or - where none is ticked."
    if len(keyed) not in (length, length + checked):
        return f"Please type {due}; this was {len(keyed)} digits."
    if len(keyed) > length and check_digit(keyed[:-1]) != keyed[-1]:
        return _NO_FIT
    return keyed


def _asks_for_check_digits() -> bool:
    say("", "Are the check boxes of the rows filled in? Without them each row is keyed twice.")
    while True:
        answer = ask("y or n (q quit): ")
        if answer in ("y", "yes", "n", "no"):
            return answer.startswith("y")
        say("Please type y or n, or q.")


def _ask_about(form: AboutForm, question: Question) -> None:
    count = len(question.choices)
    kind = "all that are ticked" if question.several else f"1 to {count}"
    say("", f"{LABELS[question.key]}. {clean(question.prompt)}")
    while True:
        line = ask(f"{kind}, 0 for none (b back, ? choices, q quit): ")
        if line == "b":
            form.back()
        elif line == "?":
            say(*(f"{n}. {clean(choice.label)}" for n, choice in enumerate(question.choices, 1)))
            continue
        elif line in ("0", "s", _NOTHING):
            form.tell(None)
        else:
            numbers = _numbers(line, question)
            if not numbers or any(not 1 <= number <= count for number in numbers):
                say(f"Please type {kind}, or 0, b, ? or q.")
                continue
            values = [question.choices[number - 1].value for number in sorted(numbers)]
            form.tell(values if question.several else values[0])
        return


def _numbers(line: str, question: Question) -> set[int]:
    """The numbers of choices: one, or every digit by itself where several can be ticked."""
    digits = read_digits(line)
    if not digits or len(digits) > len(question.choices):
        return set()
    return set(digits) if question.several else {int("".join(map(str, digits)))}


def _digits_so_far(sitting: Sitting, row: Sequence[Item]) -> Digits | None:
    """What was keyed for a whole row; None when some of it was not yet."""
    if any(item.id not in sitting.responses for item in row):
        return None
    return tuple(digit_of(sitting.responses[item.id]) for item in row)


def _told(form: AboutForm) -> list[str]:
    """What was keyed about the person, in words."""
    lines = []
    for question in form.questions:
        value = form.told.get(question.key)
        taken = () if value is None else value if question.several else (value,)
        labels = [clean(choice.label) for choice in question.choices if choice.value in taken]
        lines.append(f"{LABELS[question.key]}. {clean(question.prompt)} {'; '.join(labels) or 'Nothing.'}")
    return lines


def _counted(sitting: Sitting) -> str:
    empty = [str(n) for n, item in enumerate(sitting.items, 1) if sitting.responses.get(item.id) is None]
    words = f"{sitting.answered} of {len(sitting.items)} answered"
    return f"{words}; not ticked: {', '.join(empty)}." if empty else f"{words}."


def _tell(words: str) -> None:
    """Say more than a line holds."""
    say(*textwrap.wrap(words, max(20, min(80, shutil.get_terminal_size().columns) - 1)))


def _spaced(digits: Digits) -> str:
    return " ".join(map(str, digits))

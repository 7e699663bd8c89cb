"""Keys in a form that was filled in on paper: digits only, a row at a time, and no row is taken on faith."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError
from bpo_quiz.sitting.paper import ITEMS_A_ROW, check_digit, digit_of, label, rows, value_of
from bpo_quiz.terminal.asking import headed
from bpo_quiz.terminal.lines import ask, number_of, say, write, yes_or_no
from bpo_quiz.terminal.streams import digit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import AboutForm, Question
    from bpo_quiz.sitting.sitting import Sitting
    from bpo_quiz.terminal.asking import AfterReview

_HIGHEST = 5
_HIGHEST_DIGIT = 9
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

    def __init__(self, catalogue: Catalogue, whose: str = "") -> None:
        self._rows, self._whose = rows(catalogue), whose
        self._checked: bool | None = None
        self._about: AboutForm | None = None

    def about(self, form: AboutForm) -> None:
        """Ask what stands about the person.

        Raises:
            Interrupted: the person quit.
        """
        self._about = form
        while (question := form.question) is not None:
            _ask_about(form, question, self._whose)

    def items(self, sitting: Sitting) -> bool:
        """Ask the rows from the sitting's position on; False when the person goes back before the first."""
        self._refuse_other_orders(sitting)
        while sitting.item is not None:
            index = sitting.position // ITEMS_A_ROW
            digits = self._sure(sitting, index)
            if digits == "back":
                if index == 0:
                    return False
                sitting.go_to(_start(index - 1))
            else:
                self._take(sitting, index, digits)
        return True

    def review(self, sitting: Sitting) -> AfterReview:
        """Show every row and let the person key any of them again."""
        write("", headed(self._whose, "Compare with the paper."))
        say(*(_told(self._about) if self._about else ()))
        write(*(self._line(sitting, n) for n in range(len(self._rows))))
        say(_counted(sitting))
        while True:
            line = ask(
                f"Enter for the result, a row's number to key it again (1 to {len(self._rows)}), b back, q quit: "
            )
            if not line:
                return "result"
            if line == "b":
                sitting.go_to(_start(len(self._rows) - 1))
                return "back"
            index = number_of(line) - 1
            if not 0 <= index < len(self._rows):
                write(f"Please press Enter, or type a row's number from 1 to {len(self._rows)}, or b or q.")
                continue
            digits = self._sure(sitting, index)
            if digits != "back":
                self._take(sitting, index, digits)
            sitting.go_to(len(sitting.items))
            write(self._line(sitting, index))
            say(_counted(sitting))

    def _take(self, sitting: Sitting, index: int, digits: Digits) -> None:
        """Keep a row: all of it is on disk when this returns."""
        sitting.go_to(_start(index))
        for one in digits:
            sitting.answer(value_of(one))

    def _sure(self, sitting: Sitting, index: int) -> Digits | Literal["back"]:
        """The digits of a row, by their check digit or keyed twice; or that the person goes back."""
        if self._checked is None:
            write("", "Are the check boxes of the rows filled in? Without them each row is keyed twice.")
            self._checked = yes_or_no("y or n (q quit): ")
        row = self._rows[index]
        before = _digits_so_far(sitting, row)
        write("", headed(self._whose, f"Row {index + 1} of {len(self._rows)}: {self._questions(index)}."))
        if before is not None:
            write(f"Keyed so far: {_spaced(before)}. Enter keeps it.")
        digits_and = "digits and the check digit" if self._checked else "digits"
        while True:
            line = ask(f"{len(row)} {digits_and} (b back, q quit): ")
            if line == "b":
                return "back"
            if not line and before is not None:
                return before
            keyed = read_row(line, len(row), checked=self._checked)
            if isinstance(keyed, str):
                say(keyed)
            elif len(keyed) > len(row):
                return keyed[:-1]
            elif self._agrees(index, keyed):
                return keyed

    def _agrees(self, index: int, first: Digits) -> bool:
        """Ask for a row without a check digit once more, and compare."""
        line = ask("The same row once more (b back, q quit): ")
        if line == "b":
            return False
        again = read_row(line, len(first), checked=bool(self._checked))
        if isinstance(again, str):
            say(again)
            return False
        other = [n for n, pair in enumerate(zip(first, again, strict=False)) if pair[0] != pair[1]]
        if other:
            write(*(f"Question {_start(index) + 1 + n} was {first[n]}, then {again[n]}." for n in other))
            write("Compare with the paper, and key the row anew.")
        return not other

    def _refuse_other_orders(self, sitting: Sitting) -> None:
        """A session that began on screen with the quick form has its questions in an order of its own."""
        order = [item.id for row in self._rows for item in row]
        if [item.id for item in sitting.items] != order[: len(sitting.items)]:
            raise UsageError("resume: these answers have another order than the paper; go on without --enter")

    def _questions(self, index: int) -> str:
        return f"questions {_start(index) + 1} to {_start(index) + len(self._rows[index])}"

    def _line(self, sitting: Sitting, index: int) -> str:
        keyed = tuple(digit_of(sitting.responses.get(item.id)) for item in self._rows[index])
        return f"Row {index + 1}, {self._questions(index)}: {_spaced(keyed)}"


def _start(index: int) -> int:
    """The position of a row's first item."""
    return index * ITEMS_A_ROW


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


def _ask_about(form: AboutForm, question: Question, whose: str) -> None:
    count = len(question.choices)
    is_long = question.several and count > _HIGHEST_DIGIT
    kind = f"all that are ticked{', with spaces between' if is_long else ''}" if question.several else f"1 to {count}"
    write("", headed(whose, f"{label(question)}. {clean(question.prompt)}"))
    while True:
        line = ask(f"{kind}, 0 for none (b back, ? choices, q quit): ")
        apart = is_long or not question.several
        numbers = tuple(map(number_of, line.replace(",", " ").split())) if apart else read_digits(line) or ()
        if line == "b":
            form.back()
        elif line == "?":
            write(clean(question.help))
            write(*(f"{n}. {clean(choice.label)}" for n, choice in enumerate(question.choices, 1)))
            continue
        elif line in ("0", "s", _NOTHING):
            form.tell(None)
        elif numbers and all(1 <= number <= count for number in numbers) and (question.several or len(numbers) == 1):
            form.choose([number - 1 for number in numbers])
        else:
            write(f"Please type {kind}, or 0, b, ? or q.")
            continue
        return


def _digits_so_far(sitting: Sitting, row: Sequence[Item]) -> Digits | None:
    """What was keyed for a whole row; None when some of it was not yet."""
    if any(item.id not in sitting.responses for item in row):
        return None
    return tuple(digit_of(sitting.responses[item.id]) for item in row)


def _told(form: AboutForm) -> Iterator[str]:
    """What was keyed about the person, in words."""
    for question in form.questions:
        labels = [question.choices[n].label for n in form.taken(question)]
        yield f"{label(question)}. {question.prompt} {'; '.join(labels) or 'Nothing.'}"


def _counted(sitting: Sitting) -> str:
    empty = [str(n) for n, item in enumerate(sitting.items, 1) if sitting.responses.get(item.id) is None]
    words = f"{sitting.answered} of {len(sitting.items)} answered"
    return f"{words}; not ticked: {', '.join(empty)}." if empty else f"{words}."


def _spaced(digits: Digits) -> str:
    return " ".join(map(str, digits))

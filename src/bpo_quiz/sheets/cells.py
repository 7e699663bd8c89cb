"""What the cells of answers say: a number that the file's coding explains, the words of an option, or nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from bpo_quiz.catalogue.find import did_you_mean, folded
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.clean import clean
from bpo_quiz.sheets.lines import FileFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Item

Coding = Literal["0-4", "1-5"]
CODES: Mapping[Coding, Mapping[str, int | None]] = {
    "0-4": {str(value): value for value in range(HIGHEST_VALUE + 1)},
    "1-5": {"0": None, **{str(value + 1): value for value in range(HIGHEST_VALUE + 1)}},  # 0: no box was ticked
}
"""Number in a cell -> value, of our own sheets, and as screen and paper number the options."""

NOTHING = frozenset({"", "na", "n/a"})
"""Cells, in small letters, that mean: not told, or had not had the chance."""

_UNDECIDED = (
    "does not show whether 1 is the first option or the second (it would by a 0, without any 5); "
    "add --codes 0-4 where 0 is the first, or --codes 1-5 where 1 is, as on screen and on paper"
)
_FIVE = (
    "is 5, and sheets have 0 to 4; add --codes 1-5 where 1 is the first option, as on screen and on paper "
    "(0 then means no answer), or --codes 0-4 to leave out such lines"
)
_PARTS = "stands beside other decimals, whole ones and not, so none may be what people answered; write whole numbers"
_MOST_REMEDIES = 20
_NUMBER = re.compile(r"([0-9])([.,][0-9]{1,9})?", re.ASCII)
_ALIKE = str.maketrans({**dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›", None), **dict.fromkeys("‐‑‒–—―−", "-")})  # noqa: RUF001


def same(text: str) -> str:
    """A text as questions and options are compared: without regard to capitals, spaces, quotes and dashes."""
    return folded(text.translate(_ALIKE))


class AnswerCells:
    """Reads the answers of one file, line after line.

    Args:
        items: those that have a column.
        coding: what numbers mean; None where nobody says so, and the file itself must show that it has 0 to 4.

    Attributes:
        codes: number in a cell -> value.
        is_sure: whether it is known what numbers mean.
    """

    def __init__(self, items: Iterable[Item], coding: Coding | None) -> None:
        self._coding: Coding = coding or "0-4"
        self.codes, self._is_told = CODES[self._coding], coding is not None
        self._has_numbers = self._has_decimals = self._has_parts = False
        self._remedies = 0
        self._has_doubts = False  # an option is a number, and not its own
        self.is_sure = self._is_told
        self._known: dict[str, dict[str, int | None]] = {}
        self._options: dict[str, dict[str, int]] = {}
        for item in items:
            self._known[item.id] = {"": None, **self.codes}
            words = [same(option) for option in item.options]
            self._options[item.id] = {one: n for n, one in enumerate(words) if words.count(one) == 1}
            self._has_doubts |= any(self.codes.get(one, n) != n for n, one in enumerate(words))

    def responses(self, cells: Mapping[str, str]) -> tuple[Responses, list[str]]:
        """What the cells of a line say, item id -> value, and what is wrong with those that say nothing.

        Raises:
            FileFault: now no line of the file can be used.
        """
        found: Responses = {}
        faults: list[str] = []
        for item, cell in cells.items():
            known = self._known[item]
            if cell not in known:
                value = self._read(item, cell)
                if isinstance(value, str):
                    faults.append(value if faults else value + self._remedy(item, cell))
                    continue
                known[cell] = value
            found[item] = known[cell]
        if not self.is_sure:
            self.saw("0" in cells.values(), any(cell in self.codes for cell in cells.values()))
        return found, faults

    def saw(self, has_zero: bool, has_numbers: bool) -> None:
        """Take notice of plain numbers: a 0 shows that a file without a 5 has 0 to 4."""
        self.is_sure |= has_zero and not self._has_doubts
        self._has_numbers |= has_numbers

    def close(self) -> None:
        """Look back on the whole file.

        Raises:
            FileFault: nobody can tell what its numbers mean.
        """
        if self._has_numbers and not self.is_sure:
            raise FileFault(_UNDECIDED)

    def _read(self, item: str, cell: str) -> int | str | None:
        """The value of a cell that was not met before; or what is wrong with it."""
        words, option = same(cell), None
        if number := _NUMBER.fullmatch(cell):
            self._look_at(item, cell, number)
            if not (number[2] or "").strip(".,0") and number[1] in self.codes:
                return self.codes[number[1]]
        elif (option := self._options[item].get(words)) is not None or words in NOTHING:
            return option
        first, *_, last = (code for code in self.codes if self.codes[code] is not None)
        return f'{item}: should be {first} to {last}, or empty, not "{clean(cell, 40)}"'

    def _remedy(self, item: str, cell: str) -> str:
        """What to write instead; to look for an option that is alike takes long, so only for faults that are told."""
        if (plain := cell.strip()) in self.codes:
            return f"; write {plain}"
        self._remedies += 1
        return did_you_mean(same(cell), self._options[item]) if self._remedies <= _MOST_REMEDIES else ""

    def _look_at(self, item: str, cell: str, number: re.Match[str]) -> None:
        """Take notice of a number in its own clothes.

        Raises:
            FileFault: it shows that numbers of this file mean something else.
        """
        is_whole = not (number[2] or "").strip(".,0")
        self._has_decimals |= is_whole and number[2] is not None
        self._has_parts |= not is_whole
        if self._has_decimals and self._has_parts:
            raise FileFault(f'{item}: "{cell}" {_PARTS}')
        if number[1] == str(HIGHEST_VALUE + 1) and is_whole and not self._is_told:
            raise FileFault(f"{item}: {_FIVE}")
        self.saw(is_whole and number[1] == "0", is_whole)

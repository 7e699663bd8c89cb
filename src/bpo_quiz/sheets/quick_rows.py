"""Writes the CSV rows of many sheets at once, with numpy: the same bytes as `rows.CsvWriter`.

Every cell stands in whole words of 8 bytes, filled up with NULs; in the end the NULs are taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.scoring.answer_quality import NO_SPREAD
from bpo_quiz.scoring.batch_rules import RULES
from bpo_quiz.scoring.role_table import DECIMALS
from bpo_quiz.sheets.rows import ALL_ALIKE, BETWEEN_FLAGS, TOO_FEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bpo_quiz.scoring.batch import Ranked

    Words = NDArray[np.uint64]
    Floats = NDArray[np.float64]

_WORD = 8
_AT_ONCE = 2048
_TENTHS, _REST = 1000, 10_000
_ALIKE = np.uint8(1 << RULES.index(NO_SPREAD))


class QuickRows:
    """Writes rows for the roles of one catalogue.

    Args:
        roles: ids, as `Ranked.role` counts them.
        middles: role id -> its cell and its path's.
        top: places a sheet has.
    """

    def __init__(self, roles: Sequence[str], middles: Mapping[str, str], top: int) -> None:
        flags = [BETWEEN_FLAGS.join(rule for bit, rule in enumerate(RULES) if bits >> bit & 1) for bits in range(8)]
        self._middles = _words([[f",{n},{middles[role]}" for role in roles] for n in range(1, top + 1)])
        self._flags = [_words([[f",{one}\r\n" for one in flags]])[0], _words([[",\r\n"]])[0]]
        self._too_few, self._alike = (
            [f"{',' * 8}{BETWEEN_FLAGS.join(filter(None, (why, one)))}\r\n".encode("ascii") for one in flags]
            for why in (TOO_FEW, ALL_ALIKE)
        )
        # ",72.1", then twice four decimals; the last entry is an empty cell
        self._tenths = _words([[*(f",{n // 10}.{n % 10}" for n in range(_TENTHS + 1)), ","]])[0, :, 0]
        digits = "".join(f"{n:04d}" for n in range(_REST)) + "\0" * 4
        self._digits = np.frombuffer(digits.encode("ascii"), dtype=np.uint32)

    def text(self, ids: NDArray[np.uint8], ranked: Ranked) -> bytes:
        """The rows of sheets; ids are bytes with NULs after their ends, in whole words, [sheet, byte]."""
        words = ids.view(np.uint64)
        flags = self._flags[0] if ranked.rules.any() else self._flags[1]
        width = words.shape[1] + self._middles.shape[2] + 2 * 4 + flags.shape[1]
        rows = np.empty((*ranked.role.shape, width), dtype=np.uint64)
        for start in range(0, len(ids), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            self._fill(rows[some], words[some], ranked.some(some), flags)
        return self._with_unread(rows, words, ranked).translate(None, b"\0")

    def _fill(self, rows: Words, ids: Words, ranked: Ranked, flags: Words) -> None:
        first, middle = ids.shape[1], self._middles.shape[2]
        rows[:, :, :first] = ids[:, None, :]
        rows[:, :, first : first + middle] = self._middles[np.arange(ranked.role.shape[1]), ranked.role]
        place = first + middle
        for column in (ranked.total, ranked.match, ranked.readiness, ranked.interest):
            self._number(column, rows[:, :, place : place + 2])
            place += 2
        rows[:, :, place:] = flags[ranked.rules][:, None, :] if len(flags) > 1 else flags[0]
        if ranked.role.min(initial=0) < 0:
            rows[ranked.role < 0] = 0

    def _with_unread(self, rows: Words, ids: Words, ranked: Ranked) -> bytes:
        """The bytes of the rows, with one for each sheet that cannot be read in place of its own."""
        too_few = ranked.role[:, 0] < 0
        unread = np.flatnonzero(too_few | (ranked.rules & _ALIKE > 0))
        if not len(unread):
            return rows.tobytes()
        parts, start = [], 0
        for sheet in unread.tolist():
            empty = self._too_few if too_few[sheet] else self._alike
            parts += [rows[start:sheet].tobytes(), ids[sheet].tobytes(), empty[ranked.rules[sheet]]]
            start = sheet + 1
        return b"".join([*parts, rows[start:].tobytes()])

    def _number(self, numbers: Floats, into: Words) -> None:
        """Numbers as `role_table.written` writes them, as two words; none where there is no number."""
        is_number = ~np.isnan(numbers)
        parts = (np.where(is_number, numbers, 0.0) * 10**DECIMALS + 0.5).astype(np.int64)
        tenths = parts // _REST**2
        parts -= tenths * _REST**2
        most = parts // _REST
        parts -= most * _REST
        if not is_number.all():
            tenths[~is_number], most[~is_number], parts[~is_number] = _TENTHS + 1, _REST, _REST
        into[:, :, 0] = self._tenths[tenths]
        digits = np.empty((*numbers.shape, 2), dtype=np.uint32)
        digits[:, :, 0] = self._digits[most]
        digits[:, :, 1] = self._digits[parts]
        into[:, :, 1] = digits.view(np.uint64)[:, :, 0]


def _words(texts: Sequence[Sequence[str]]) -> Words:
    """Texts as whole words, [row, column, word]."""
    encoded = [[text.encode("utf-8") for text in row] for row in texts]
    longest = max(len(text) for row in encoded for text in row)
    width = -(-longest // _WORD) * _WORD
    joined = b"".join(text.ljust(width, b"\0") for row in encoded for text in row)
    return np.frombuffer(joined, dtype=np.uint64).reshape(len(encoded), len(encoded[0]), -1)

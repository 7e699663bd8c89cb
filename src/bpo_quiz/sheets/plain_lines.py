"""Reads blocks of plain CSV lines straight from their bytes, with numpy; the other lines are left to `CsvLines`.

A plain line has an id of ordinary ASCII signs that no spreadsheet takes for a formula, and for each item one digit from
0 to 4, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.records.text import FORMULA_STARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bpo_quiz.sheets.csv_lines import CsvLines

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]

LONGEST_PLAIN_ID = 64
_COMMA, _END, _ZERO = b",\n0"
_BAD = 99


def _signs() -> tuple[Bytes, NDArray[np.int8]]:
    """For each byte: whether it may be in a plain id (1), or also begin one (2); and its value as an answer."""
    in_id = np.zeros(256, dtype=np.uint8)
    in_id[0x20:0x7F] = 2  # what can be printed
    in_id[[ord(sign) for sign in FORMULA_STARTS if sign.isprintable()]] = 1
    in_id[[ord(sign) for sign in '",']] = 0
    value = np.full(256, _BAD, dtype=np.int8)
    value[_ZERO : _ZERO + HIGHEST_VALUE + 1] = range(HIGHEST_VALUE + 1)
    value[[_COMMA, _END]] = -1  # an empty cell ends where another one ended
    return in_id, value


_CAN_BEGIN = 2
_IN_ID, _VALUE = _signs()


class Plain(NamedTuple):
    """The plain lines of a block.

    Attributes:
        line: their numbers in the block, from 0.
        ids: their bytes, with NULs after the end, [sheet, byte]; whole words of 8.
        values: 0-4, -1 without an answer, [item, sheet].
        odd: numbers of the lines that are not plain.
    """

    line: Places
    ids: Bytes
    values: NDArray[np.int8]
    odd: list[int]


class PlainLines:
    """Reads blocks with the columns of one file."""

    def __init__(self, lines: CsvLines) -> None:
        columns = lines.columns
        self._exact = lines
        self._count, self._id = len(columns.names), columns.id
        self._with = np.array([n for n, column in enumerate(columns.items) if column < self._count])
        self._columns = np.array(columns.items)[self._with]
        self._items = len(columns.items)
        self._about = [column for column, _ in columns.about]
        self._is_tail = self._id == 0 and len(self._columns) == self._count - 1

    def read(self, content: bytes) -> Plain:
        """Read whole lines, each ending with a line feed and nothing before it."""
        text = np.frombuffer(content, dtype=np.uint8)
        return (self._complete(text) if self._is_tail else None) or self._any(text)

    def _complete(self, text: Bytes) -> Plain | None:
        """Lines that all have an id and then a digit for every item: their ends look alike. None for others."""
        ends = np.flatnonzero(text == _END)
        starts = np.concatenate([[0], ends[:-1] + 1])
        width = 2 * len(self._columns)
        length = ends - starts - width
        if length.min() < 1 or length.max() > LONGEST_PLAIN_ID:
            return None
        pieces = as_strided(text[:width].view(f"V{width}"), (len(text) - width + 1,), (1,))
        pairs = pieces[ends - width].view(np.uint8).reshape(len(ends), width)
        digits = pairs[:, 1::2] - np.uint8(_ZERO)
        if digits.max() > HIGHEST_VALUE or (pairs[:, ::2] != _COMMA).any():
            return None
        ids = _cut(text, starts, length)
        if not self._are_ids(ids, length).all():
            return None
        values = np.full((self._items, len(ends)), -1, dtype=np.int8)
        values[self._with] = digits.T[self._columns - 1]
        return Plain(np.arange(len(ends)), ids, values, [])

    def _are_ids(self, ids: Bytes, length: Places) -> NDArray[np.bool_]:
        plain: NDArray[np.bool_] = (_IN_ID[ids] > 0).sum(axis=1) == length
        plain &= _IN_ID[ids[:, 0]] == _CAN_BEGIN
        return plain

    def _any(self, text: Bytes) -> Plain:
        """Lines of all kinds."""
        ends = np.flatnonzero((text == _COMMA) | (text == _END))
        last = np.flatnonzero(text[ends] == _END)
        counts = np.diff(last, prepend=-1)
        starts = np.concatenate([[0], ends[last[:-1]] + 1])
        odd = counts != self._count
        if odd.any():
            ends, starts = ends[np.repeat(~odd, counts)], starts[~odd]
        number = np.flatnonzero(~odd)
        grid = ends.reshape(-1, self._count).T
        values, is_plain = self._values(text, grid, starts)
        length = grid[self._id] - self._start(grid, starts, self._id)
        is_plain &= (length > 0) & (length <= LONGEST_PLAIN_ID)
        for column in self._about:
            is_plain &= self._is_known(text, grid, starts, column)
        ids = _cut(text, self._start(grid, starts, self._id), np.where(is_plain, length, 0))
        is_plain &= self._are_ids(ids, length)
        odd[number[~is_plain]] = True
        if not is_plain.all():
            number, ids, values = number[is_plain], ids[is_plain], values[:, is_plain]
        return Plain(number, ids, values, np.flatnonzero(odd).tolist())

    def _start(self, grid: Places, starts: Places, column: int) -> Places:
        return starts if column == 0 else grid[column - 1] + 1

    def _values(self, text: Bytes, grid: Places, starts: Places) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
        """The values, [item, sheet], and whether all cells of a sheet are plain."""
        values = np.full((self._items, grid.shape[1]), -1, dtype=np.int8)
        is_plain = np.ones(grid.shape[1], dtype=np.bool_)
        for item, column in zip(self._with, self._columns, strict=True):
            end = grid[column]
            values[item] = _VALUE[text[end - 1]]
            is_plain &= end - self._start(grid, starts, column) <= 1
        is_plain &= (values <= HIGHEST_VALUE).all(axis=0)
        return values, is_plain

    def _is_known(self, text: Bytes, grid: Places, starts: Places, column: int) -> NDArray[np.bool_]:
        """Whether a cell about the person is a short one without a fault."""
        start = self._start(grid, starts, column)
        length = grid[column] - start
        cells = _cut(text, start, np.minimum(length, LONGEST_PLAIN_ID))
        kinds, which = np.unique(cells.view(f"S{cells.shape[1]}").ravel(), return_inverse=True)
        is_good = np.array([self._is_good(kind, column) for kind in kinds.tolist()], dtype=np.bool_)
        found: NDArray[np.bool_] = is_good[which] & (length <= LONGEST_PLAIN_ID)
        return found

    def _is_good(self, cell: bytes, column: int) -> bool:
        if not cell.isascii() or b'"' in cell or b"\r" in cell:
            return False
        cells = [""] * self._count
        cells[column] = cell.decode("ascii")
        return not self._exact.about_faults(cells)


def _cut(text: Bytes, start: Places, length: Places) -> Bytes:
    """Pieces of a text, with NULs after their ends; whole words of 8."""
    width = max(8, -(-int(length.max(initial=0)) // 8) * 8)
    place = np.arange(width)
    inside = place < length[:, None]
    cut: Bytes = text[np.where(inside, start[:, None] + place, 0)]
    cut *= inside
    return cut

"""Reads, scores and writes blocks of CSV with numpy, to the byte as `run.py` does line by line.

A plain line has an id of ordinary ASCII signs that no spreadsheet takes for a formula, and for each item one digit
that is a code, or nothing. Plain lines are read straight from their bytes, all others by `CsvLines`. What is written
stands in whole words of 8 bytes, filled up with NULs, which are taken out in the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.records.text import FORMULA_STARTS
from bpo_quiz.scoring.answer_quality import NO_SPREAD
from bpo_quiz.scoring.many import NO_ANSWER, RULES
from bpo_quiz.scoring.ranking import Standing
from bpo_quiz.scoring.rounding import DECIMALS
from bpo_quiz.sheets.rows import ALL_ALIKE, BETWEEN_FLAGS, TOO_FEW, Result, id_cell, unread_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from bpo_quiz.scoring.many import Ranked, SheetScorer
    from bpo_quiz.sheets.duplicates import Ids
    from bpo_quiz.sheets.lines import Block, Sheet
    from bpo_quiz.sheets.read_csv import CsvLines
    from bpo_quiz.sheets.rows import CsvWriter

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float64]
    Some = NDArray[np.bool_]
    Places = NDArray[np.int64]
    Values = NDArray[np.int8]
    Words = NDArray[np.uint64]

    Read = Callable[[Iterable[tuple[int, bytes]]], Iterator[tuple[int, Sheet]]]
    """The sheets of numbered lines, each with its number; lines that cannot be used are left out."""

_LONGEST_PLAIN = 64
"""Bytes of the longest plain id or cell about the person."""

_END = ord("\n")
_BAD = 99
_WORD = 8
_AT_ONCE = 2048
_LARGE = 31 * 2**20
_TENTHS, _REST = 1000, 10_000
_FLAGS = [[rule for bit, rule in enumerate(RULES) if bits >> bit & 1] for bits in range(1 << len(RULES))]
_ALIKE = 1 << RULES.index(NO_SPREAD)


class _Sheets(NamedTuple):
    """Sheets of a block.

    Attributes:
        lines: number of each.
        cells: their ids as CSV cells, with NULs after the end, [sheet, byte]; whole words.
        values: 0-4, -1 without an answer, [item, sheet].
    """

    lines: Places
    cells: Bytes
    values: Values

    def with_others(self, items: Sequence[str], numbered: Sequence[tuple[int, Sheet]]) -> _Sheets:
        """These and others, in the order of their lines."""
        others = [sheet for _, sheet in numbered]
        lines = np.concatenate([self.lines, [line for line, _ in numbered]])
        order = np.argsort(lines)
        cells = (self.cells, _words([id_cell(sheet.id) for sheet in others]).view(np.uint8))
        width = max(one.shape[1] for one in cells)
        every = np.concatenate([np.pad(one, ((0, 0), (0, width - one.shape[1]))) for one in cells])
        values = np.concatenate([self.values, _values(items, others)], axis=1)
        return _Sheets(lines[order], every[order], values[:, order])


class Bulk:
    """Scores many sheets at once."""

    def __init__(self, scorer: SheetScorer) -> None:
        # glibc gives memory back after each block, and asks for it anew, until it has seen a piece of this size freed;
        # that took a fifth of the time
        np.empty(_LARGE, dtype=np.uint8)
        self._scorer = scorer

    def results(self, sheets: Sequence[Sheet]) -> list[Result]:
        """The results of sheets of the full form; what depends on times is left out."""
        ranked = self._scorer.by_item(_values(self._scorer.items, sheets))
        columns = (ranked.role, ranked.total, ranked.match, ranked.readiness, ranked.interest)
        rows = zip(*(column.tolist() for column in columns), ranked.rules.tolist(), strict=True)
        return [Result(self._standings(*numbers), _FLAGS[bits]) for *numbers, bits in rows]

    def _standings(self, roles: Sequence[int], *numbers: Sequence[float]) -> list[Standing]:
        return [
            Standing(self._scorer.roles[role], total, match, readiness, None if interest != interest else interest)
            for role, total, match, readiness, interest in zip(roles, *numbers, strict=True)
            if role >= 0
        ]


class BulkCsv(Bulk):
    """The same, from CSV to CSV.

    Args:
        scorer: scores them.
        reader: reads lines that are not plain.
        writer: knows what is written of a role.
    """

    def __init__(self, scorer: SheetScorer, reader: CsvLines, writer: CsvWriter) -> None:
        super().__init__(scorer)
        self._plain = _PlainLines(reader, self._scorer.items)
        self._rows = _Rows([writer.middles[role] for role in self._scorer.roles], self._scorer.top)

    def work(self, block: Block, read: Read, ids: Ids) -> tuple[bytes, int]:
        """The rows of a block, and how many sheets it has; `ids` gets those of its plain lines."""
        content = block.content
        if block.has_quotes:  # what goes on in a further line is none that is plain
            ends = ((record, record.count(b"\n")) for _, record in block.lines())
            content = b"".join(record if count < 2 else b"\n" * count for record, count in ends)
        content = content.replace(b"\r\n", b"\n")
        found, odd = self._plain.sheets(content if content.endswith(b"\n") else content + b"\n", block.line)
        ids.add(found.cells.view(f"S{found.cells.shape[1]}").ravel().tolist(), found.lines.tolist())
        if len(odd):
            lines = dict(block.lines())
            if others := list(read((n, lines[n]) for n in (block.line + odd).tolist() if n in lines)):
                found = found.with_others(self._scorer.items, others)
        return self._rows.text(found.cells, self._scorer.by_item(found.values)), len(found.lines)


def _values(items: Sequence[str], sheets: Sequence[Sheet]) -> Values:
    """The values of sheets, [item, sheet]."""
    answers = [one.answers.responses for one in sheets]
    rows = [[NO_ANSWER if (value := one.get(item)) is None else value for one in answers] for item in items]
    return np.array(rows, dtype=np.int8)


class _PlainLines:
    """Reads plain lines with the columns of one file."""

    def __init__(self, exact: CsvLines, items: Sequence[str]) -> None:
        columns = exact.columns
        self._exact, self._count, self._id = exact, columns.width, columns.id
        self._asked = [n for n, item in enumerate(items) if item in columns.items]
        self._columns = [columns.items[items[n]] for n in self._asked]
        self._about = [column for column, _ in columns.about]
        self._items = len(items)
        self._separator, self._answers = ord(columns.separator), exact.answers
        self._in_id, self._value = _signs(columns.separator, exact.answers.codes)

    def sheets(self, content: bytes, line: int) -> tuple[_Sheets, Places]:
        """The plain lines, and the numbers of all others, from 0.

        Args:
            content: whole lines, each ending with a line feed and nothing before it.
            line: number of the first.
        """
        text = np.frombuffer(content, dtype=np.uint8)
        ends = np.flatnonzero((text == self._separator) | (text == _END))
        steps, counts = np.diff(ends, prepend=-1), np.diff(np.flatnonzero(text.take(ends) == _END), prepend=-1)
        odd = counts != self._count
        if odd.any():
            ends, steps = (column[np.repeat(~odd, counts)] for column in (ends, steps))
        cells = _Cells(text, ends.reshape(-1, self._count), steps.reshape(-1, self._count))
        values, is_plain = self._values(cells)
        for column in self._about:
            is_plain &= self._is_known(cells, column)
        length = cells.steps[:, self._id] - 1
        is_plain &= (length > 0) & (length <= _LONGEST_PLAIN)
        ids = cells.cut(self._id, np.where(is_plain, length, 0))
        is_plain &= ((self._in_id[ids] > 0).sum(axis=1) == length) & (self._in_id[ids[:, 0]] > 1)
        number = np.flatnonzero(~odd)
        odd[number[~is_plain]] = True
        values = values[:, is_plain]
        if not self._answers.is_sure:
            self._answers.saw(bool((values == 0).any()), bool((values > 0).any()))
        return _Sheets(line + number[is_plain], ids[is_plain], values), np.flatnonzero(odd)

    def _values(self, cells: _Cells) -> tuple[Values, Some]:
        """The values, [item, sheet], and whether all cells of a sheet are plain."""
        values = np.full((self._items, len(cells.ends)), NO_ANSWER, dtype=np.int8)
        values[self._asked] = self._value.take(cells.text.take(cells.ends - 1)).T[self._columns]
        are_short = (cells.steps <= 2).T[self._columns].all(axis=0)
        return values, np.logical_and(are_short, (values <= HIGHEST_VALUE).all(axis=0))

    def _is_known(self, cells: _Cells, column: int) -> Some:
        """Whether a cell about the person is a short one without a fault."""
        length = cells.steps[:, column] - 1
        short = cells.cut(column, np.minimum(length, _LONGEST_PLAIN))
        kinds, which = np.unique(short.view(f"S{short.shape[1]}").ravel(), return_inverse=True)
        is_good = np.array([self._is_good(kind, column) for kind in kinds.tolist()], dtype=np.bool_)
        return is_good[which] & (length <= _LONGEST_PLAIN)

    def _is_good(self, cell: bytes, column: int) -> bool:
        if not cell.isascii() or b'"' in cell or b"\r" in cell:
            return False
        cells = [""] * self._count
        cells[column] = cell.decode("ascii")
        return not self._exact.about(cells)[1]


class _Cells(NamedTuple):
    """The cells of lines: where each ends in the text, and how far that is from the end before, [sheet, column]."""

    text: Bytes
    ends: Places
    steps: Places

    def cut(self, column: int, length: Places) -> Bytes:
        """The first bytes of the cells of a column, with NULs after the end; whole words."""
        place = np.arange(max(_WORD, -(-int(length.max(initial=0)) // _WORD) * _WORD))
        inside, start = place < length[:, None], self.ends[:, column] - self.steps[:, column] + 1
        return self.text[np.where(inside, start[:, None] + place, 0)] * inside


def _signs(separator: str, codes: Mapping[str, int | None]) -> tuple[Bytes, Values]:
    """For each byte: whether it may be in a plain id (1), or also begin one (2); and its value as an answer."""
    in_id = np.zeros(256, dtype=np.uint8)
    in_id[0x20:0x7F] = 2  # what can be printed
    in_id[[ord(sign) for sign in FORMULA_STARTS if sign.isascii() and sign.isprintable()]] = 1
    in_id[[ord(sign) for sign in '",;']] = 0  # a formula could begin after a semicolon
    value = np.full(256, _BAD, dtype=np.int8)
    for code, meant in codes.items():
        value[ord(code)] = NO_ANSWER if meant is None else meant
    value[[ord(separator), _END]] = NO_ANSWER  # an empty cell ends where another one ended
    return in_id, value


class _Rows:
    """Writes the rows of sheets: the bytes of `rows.CsvWriter`.

    Args:
        middles: for each role, its cell and its path's.
        top: places that a sheet has.
    """

    def __init__(self, middles: Sequence[str], top: int) -> None:
        flags = [BETWEEN_FLAGS.join(one) for one in _FLAGS]
        places = [f",{n},{middle}" for n in range(1, top + 1) for middle in middles]
        self._middles = _words(places).reshape(top, len(middles), -1)
        self._flags = _words([f",{one}\r\n" for one in flags])
        unread = [f"{unread_cells(why, one)}\r\n" for why in (TOO_FEW, ALL_ALIKE) for one in flags]
        self._unread = _words(unread).reshape(2, len(flags), -1)
        # ",72.1", then twice four decimals; the last entry is an empty cell
        self._tenths = _words([*(f",{n // 10}.{n % 10}" for n in range(_TENTHS + 1)), ","])[:, 0]
        digits = "".join(f"{n:04d}" for n in range(_REST)) + "\0" * 4
        self._digits = np.frombuffer(digits.encode("ascii"), dtype=np.uint32)

    def text(self, cells: Bytes, ranked: Ranked) -> bytes:
        """The rows of sheets; their ids are cells, as in `_Sheets`."""
        some = (slice(start, start + _AT_ONCE) for start in range(0, len(cells), _AT_ONCE))
        return b"".join(self._few(cells[which].view(np.uint64), ranked.some(which)) for which in some)

    def _few(self, ids: Words, ranked: Ranked) -> bytes:
        flags = self._flags if ranked.rules.any() else self._flags[:, :1]
        parts = [
            np.broadcast_to(ids[:, None], (*ranked.role.shape, ids.shape[1])),
            self._middles[np.arange(ranked.role.shape[1]), ranked.role],
            *(self._number(column) for column in (ranked.total, ranked.match, ranked.readiness, ranked.interest)),
            np.broadcast_to(flags[ranked.rules][:, None], (*ranked.role.shape, flags.shape[1])),
        ]
        rows = np.concatenate(parts, axis=2)
        too_few = ranked.role[:, 0] < 0
        rows[ranked.role < 0] = 0
        unread = np.flatnonzero(too_few | (ranked.rules & _ALIKE > 0))
        if len(unread):
            cells = self._unread[np.where(too_few, 0, 1)[unread], ranked.rules[unread]]
            rows[unread] = 0
            rows[unread, 0, : ids.shape[1]] = ids[unread]
            rows[unread, 0, ids.shape[1] : ids.shape[1] + cells.shape[1]] = cells
        return rows.tobytes().translate(None, b"\0")

    def _number(self, numbers: Floats) -> Words:
        """Numbers as `rounding.written` writes them, as two words; none where there is no number."""
        is_number = ~np.isnan(numbers)
        parts = (np.where(is_number, numbers, 0.0) * 10**DECIMALS + 0.5).astype(np.int64)
        tenths, parts = np.divmod(parts, _REST**2)
        most, least = np.divmod(parts, _REST)
        if not is_number.all():
            tenths[~is_number], most[~is_number], least[~is_number] = _TENTHS + 1, _REST, _REST
        words = np.empty((*numbers.shape, 2), dtype=np.uint64)
        words[:, :, 0] = self._tenths[tenths]
        digits = words.view(np.uint32)
        digits[:, :, 2], digits[:, :, 3] = self._digits[most], self._digits[least]
        return words


def _words(texts: Sequence[str]) -> Words:
    """Texts as whole words, [text, word]."""
    encoded = [text.encode("utf-8") for text in texts]
    width = -(-max(map(len, encoded)) // _WORD) * _WORD
    joined = b"".join(text.ljust(width, b"\0") for text in encoded)
    return np.frombuffer(joined, dtype=np.uint64).reshape(len(encoded), -1)

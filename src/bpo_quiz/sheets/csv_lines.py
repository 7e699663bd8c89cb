"""Reads lines of answer sheets in CSV, each exactly and by itself: a header, then one line a person."""

from __future__ import annotations

import csv
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.answer_file import AnswerReader
from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.find import did_you_mean
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.sheet import LineFault, Sheet, checked_id, first_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue

ID = "id"
ABOUT = "about."
_VALUES = frozenset({"", *map(str, range(HIGHEST_VALUE + 1))})
_LISTS = ("shifts", "channel", "site")
_TEXTS = ("licences",)
_NUMBERS = ("years", "typing")
_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)
_WHOLE = re.compile(rf"[0-{HIGHEST_VALUE}]\.0+", re.ASCII)
_MOST_KEPT = 10_000

MOST_OF_A_HEADER = 5
"""Faults of a first line that are told; it is mended in one go, so each of them is wanted."""


class Columns(NamedTuple):
    """What the columns of a file mean.

    Attributes:
        names: as the header has them.
        id: number of the id's column.
        items: for each item of the catalogue the number of its column; `len(names)` where it has none.
        about: columns about the person: number, and key of `about`.
    """

    names: tuple[str, ...]
    id: int
    items: tuple[int, ...]
    about: tuple[tuple[int, str], ...]

    @property
    def without(self) -> int:
        """How many items have no column."""
        return self.items.count(len(self.names))


def read_header(line: bytes, catalogue: Catalogue, name: str) -> Columns:
    """Understand the first line.

    Raises:
        InputError: a line for each fault, `MOST_OF_A_HEADER` at most, and how many more there are.
    """
    try:
        names = _cells(text_of(line))
    except LineFault as fault:
        raise InputError(f"{name}:1: {fault}") from None
    items = {item.id for item in catalogue.items()}
    known = {ID, *items, *(ABOUT + key for key in About._fields)}
    signs = _of_signs(names)
    columns = (_of_column(n, names, known) for n in range(len(names)))
    faults = [signs] if signs else [*columns, _of_what_is_there(names, items)]
    found = [fault for fault in faults if fault]
    if found:
        more = len(found) - MOST_OF_A_HEADER
        lines = [*found[:MOST_OF_A_HEADER], *([f"and {more} more; mend these first"] if more > 0 else [])]
        raise InputError("\n".join(f"{name}:1: {line}" for line in lines))
    return Columns(
        names=tuple(names),
        id=names.index(ID),
        items=tuple(names.index(item.id) if item.id in names else len(names) for item in catalogue.items()),
        about=tuple((n, one.removeprefix(ABOUT)) for n, one in enumerate(names) if one.startswith(ABOUT)),
    )


def _of_signs(names: Sequence[str]) -> str | None:
    if len(names) == 1 and (other := next((sign for sign in ";\t|" if sign in names[0]), None)):
        shown = "a tab" if other == "\t" else other
        return f"has {shown} between its columns; export the file with commas"
    return None


def _of_what_is_there(names: Sequence[str], items: set[str]) -> str | None:
    if ID not in names:
        return 'has no column "id"; the first line should name the columns: id, and ids of items'
    if not items & set(names):
        return "names no item; the first line should name the columns: id, and ids of items"
    return None


def _of_column(n: int, names: Sequence[str], known: set[str]) -> str | None:
    name = names[n]
    if not name:
        return f"column {n + 1} has no name; name it or take it out"
    if name not in known:
        return f"{clean(name, 80)}: no such column{did_you_mean(name, known)}"
    return f"{name}: stands twice; keep one of them" if name in names[:n] else None


class CsvLines:
    """Reads the lines after the header."""

    def __init__(self, columns: Columns, catalogue: Catalogue) -> None:
        self.columns, self._reader = columns, AnswerReader(catalogue)
        items = columns.items if len(columns.items) > 1 else (*columns.items, len(columns.names))
        self._items = itemgetter(*items)
        self._ids = [item.id for item in catalogue.items()]
        self._abouts: dict[tuple[str, ...], list[str]] = {}

    def sheet(self, line: bytes) -> Sheet:
        """Read one line, without its line end.

        Raises:
            LineFault: it cannot be used.
        """
        cells = _cells(text_of(line))
        count = len(self.columns.names)
        if len(cells) != count:
            raise LineFault(f"has {len(cells)} cells, and the first line {count}")
        identifier = checked_id(cells[self.columns.id])
        cells.append("")
        values = self._items(cells)[: len(self._ids)]
        if self.columns.about or not _VALUES.issuperset(values):
            faults = [*self._value_faults(values), *self.about_faults(cells)]
            if faults:
                raise first_of(faults)
        return Sheet(identifier, values)

    def _value_faults(self, values: Sequence[str]) -> list[str]:
        return [
            f'{item}: should be 0 to {HIGHEST_VALUE}, or empty, not "{clean(value, 40)}"{_remedy(value)}'
            for item, value in zip(self._ids, values, strict=True)
            if value not in _VALUES
        ]

    def about_faults(self, cells: Sequence[str]) -> list[str]:
        """What is wrong with the cells about the person, if anything."""
        told = tuple(cells[n] for n, _ in self.columns.about)
        found = self._abouts.get(told)
        if found is None:
            record = {key: _told(key, cell) for (_, key), cell in zip(self.columns.about, told, strict=True) if cell}
            found = self._reader.about_faults(record)
            if len(self._abouts) >= _MOST_KEPT:
                self._abouts.clear()
            self._abouts[told] = found
        return found


def _cells(text: str) -> list[str]:
    """The cells of one line.

    Raises:
        LineFault: quotes that do not close, or close in the middle of a cell; a line break.
    """
    if "\r" in text:
        raise LineFault("has a line break within a cell; take it out")
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:
        raise LineFault(
            "has a quote that does not close, or not at the end of its cell; no cell has line breaks"
        ) from None


def _remedy(value: str) -> str:
    """What to write in place of a value that was probably meant as one."""
    plain = value.strip()
    if _WHOLE.fullmatch(plain):
        plain = plain[0]
    return f"; write {plain}" if plain in _VALUES and plain else ""


def _told(key: str, cell: str) -> Any:
    """A cell, as the legend of the blank form describes it, as an answer file would have it.

    What cannot be one stays text, and is refused.
    """
    if key in _LISTS:
        return cell.split()
    if key in _TEXTS:
        return [part.strip() for part in cell.split(";")]
    if key in _NUMBERS and _NUMBER.fullmatch(cell):
        return float(cell)
    return _FLAGS.get(cell, cell) if key == "targets" else cell

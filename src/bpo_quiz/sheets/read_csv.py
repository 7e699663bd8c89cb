"""Reads lines of answer sheets in CSV, each exactly and by itself: a header, then one line a person."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.answer_file import AnswerReader
from bpo_quiz.answers.model import About, Answers, facts
from bpo_quiz.catalogue.find import did_you_mean
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.lines import LineFault, Sheet, checked_id, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import Fact
    from bpo_quiz.catalogue.model import Catalogue

ID = "id"
ABOUT = "about."
NONE = "none"
"""In a cell of several words: none of them. An empty cell means: not told."""
_VALUES = frozenset({"", *map(str, range(HIGHEST_VALUE + 1))})
_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)
_WHOLE = re.compile(rf"[0-{HIGHEST_VALUE}]\.0+", re.ASCII)
_NOBODY = About()

MOST_OF_A_HEADER = 5
"""Faults of a first line that are told; it is mended in one go, so each of them is wanted."""


class Columns(NamedTuple):
    """What the columns of a file mean.

    Attributes:
        width: how many there are.
        id: number of the id's column.
        items: item id -> number of its column, in the order of the catalogue; those without a column are left out.
        about: columns about the person: number, and key of `about`.
    """

    width: int
    id: int
    items: Mapping[str, int]
    about: tuple[tuple[int, str], ...]


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
        width=len(names),
        id=names.index(ID),
        items={item.id: names.index(item.id) for item in catalogue.items() if item.id in names},
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
        self.columns, self._reader, self._facts = (
            columns,
            AnswerReader(catalogue),
            facts(catalogue.roles, catalogue.paths),
        )

    def sheet(self, line: bytes) -> Sheet:
        """Read one line, without its line end.

        Raises:
            LineFault: it cannot be used.
        """
        cells = _cells(text_of(line))
        if len(cells) != self.columns.width:
            raise LineFault(f"has {len(cells)} cells, and the first line {self.columns.width}")
        identifier = checked_id(cells[self.columns.id])
        values = {item: cells[n] for item, n in self.columns.items.items()}
        faults = [] if _VALUES.issuperset(values.values()) else _value_faults(values)
        faults += self.about_faults(cells)
        if faults:
            more = len(faults) - 1
            raise LineFault(faults[0] + (f" (and {more} more)" if more else ""))
        return Sheet(
            identifier, Answers({item: int(value) if value else None for item, value in values.items()}, _NOBODY)
        )

    def about_faults(self, cells: Sequence[str]) -> Sequence[str]:
        """What is wrong with the cells about the person, if anything."""
        told = {key: cell for n, key in self.columns.about if (cell := cells[n])}
        return (
            self._reader.about_faults({key: told_as(self._facts[key], cell) for key, cell in told.items()})
            if told
            else ()
        )


def _value_faults(values: Mapping[str, str]) -> list[str]:
    return [
        f'{item}: should be 0 to {HIGHEST_VALUE}, or empty, not "{clean(value, 40)}"{_remedy(value)}'
        for item, value in values.items()
        if value not in _VALUES
    ]


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


def told_as(fact: Fact, cell: str) -> Any:
    """A cell, as the legend of the blank form describes it, as an answer file would have it.

    What cannot be one stays text, and is refused.
    """
    match fact.kind:
        case "words":
            return [] if cell == NONE else cell.split()
        case "languages":
            return {} if cell == NONE else dict(part.partition(":")[::2] for part in cell.split())
        case "texts":
            return [part.strip() for part in cell.split(";")]
        case "number":
            return float(cell) if _NUMBER.fullmatch(cell) else cell
        case "flag":
            return _FLAGS.get(cell, cell)
        case "word":
            return cell

"""Reads lines of answer sheets in CSV, each exactly and by itself: a header, then one line a person."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.answer_file import AnswerReader
from bpo_quiz.answers.model import About, Answers, facts
from bpo_quiz.catalogue.find import did_you_mean
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.cells import NOTHING, AnswerCells, same
from bpo_quiz.sheets.lines import FileFault, LineFault, Sheet, checked_id, text_of
from bpo_quiz.sheets.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.answers.model import Fact
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.cells import Coding

ID, OTHERS, ABOUT = "id", "others", "about."
_IGNORED = "-"  # what a column means that is passed over
NONE = "none"
"""In a cell of several words: none of them. An empty cell means: not told."""
_SEPARATORS = ",;\t"
_CODED: Mapping[str, Coding] = {"id (answers 0-4)": "0-4", "id (answers 1-5)": "1-5"}
_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}|,[0-9]{1,2})?", re.ASCII)
_NOBODY = About()

_QUOTED = {sign: re.compile(rf'(?<![^{sign}])"(?:[^"]|"")*"(?=[{sign}]|\Z)') for sign in _SEPARATORS}
_BEGINS_QUOTED = {sign: re.compile(rf'(?<![^{sign}])"') for sign in _SEPARATORS}
_QUOTES = "write a quote within a cell twice, and the cell in quotes"
_UNCLOSED = (
    "a cell begins with a quote and does not end with one, so that nobody can tell where the next line begins; "
    f"{_QUOTES}; nothing was scored"
)

MOST_OF_A_HEADER = 5
"""Faults of a first line that are told; it is mended in one go, so each of them is wanted."""


class Reading(NamedTuple):
    """How a file is to be read.

    Attributes:
        coding: what its numbers mean, where somebody says so.
        ignore: columns to pass over, as `same` has them; `others`: all that are not known.
    """

    coding: Coding | None = None
    ignore: frozenset[str] = frozenset()


AS_IT_SAYS = Reading()


def reading(coding: Coding | None, ignore: Iterable[str] | None) -> Reading:
    """How a file is to be read, by what somebody typed."""
    return Reading(coding, frozenset(map(same, ignore or ())))


class Columns(NamedTuple):
    """What the columns of a file mean.

    Attributes:
        width: how many there are.
        id: number of the id's column.
        items: item id -> number of its column, in the order of the catalogue; those without a column are left out.
        about: columns about the person: number, and key of `about`.
        separator: what parts the cells. coding: what numbers mean; None: nobody says so.
        ignored: names of the columns that are passed over.
    """

    width: int
    id: int
    items: Mapping[str, int]
    about: tuple[tuple[int, str], ...]
    separator: str = ","
    coding: Coding | None = None
    ignored: tuple[str, ...] = ()


def read_header(
    line: bytes, catalogue: Catalogue, name: str, reading: Reading = AS_IT_SAYS, separator: str = ""
) -> Columns:
    """Understand the first line.

    Args:
        line: it.
        catalogue: whose items are its columns, by their ids or their prompts.
        name: of the file.
        reading: what somebody says of the file.
        separator: what parts the cells; empty: that with which most names are known.

    Raises:
        InputError: a line for each fault, `MOST_OF_A_HEADER` at most, and how many more there are.
    """
    known, prompts = _known_names(catalogue)

    def meaning(column: str) -> str | None:
        return known.get(column) or prompts.get(same(column))

    try:
        text = text_of(line)
        separator = separator or max(_SEPARATORS, key=lambda sign: _count(text, sign, meaning))
        names = _cells(text, separator)
    except (LineFault, FileFault) as fault:
        raise InputError(f"{name}:1: {fault}") from None
    means = [_IGNORED if _is_ignored(one, meaning(one), reading.ignore) else meaning(one) for one in names]
    told = next((_CODED[names[n]] for n, one in enumerate(means) if one == ID and names[n] in _CODED), None)
    faults = [*_faults(names, means, known)]
    if told and reading.coding and told != reading.coding:
        faults.append(f"its first line says answers {told}, and --codes {reading.coding}; drop one of them")
    if faults:
        raise InputError("\n".join(f"{name}:1: {fault}" for fault in faults))
    return Columns(
        width=len(names),
        id=means.index(ID),
        items={item.id: means.index(item.id) for item in catalogue.items() if item.id in means},
        about=tuple((n, one.removeprefix(ABOUT)) for n, one in enumerate(means) if one and one.startswith(ABOUT)),
        separator=separator,
        coding=told or reading.coding,
        ignored=tuple(names[n] for n, one in enumerate(means) if one == _IGNORED),
    )


def _known_names(catalogue: Catalogue) -> tuple[dict[str, str], dict[str, str]]:
    """What a column may be called -> what it means; and prompts, as `same` has them, that only one item has."""
    items = catalogue.items()
    prompts = Counter(same(item.prompt) for item in items)
    own = (*(item.id for item in items), *(ABOUT + key for key in About._fields))
    only = {prompt: item.id for item in items if prompts[prompt := same(item.prompt)] == 1}
    return {**dict.fromkeys((ID, *_CODED), ID), **{name: name for name in own}}, only


def _count(text: str, separator: str, meaning: Callable[[str], str | None]) -> int:
    """How many names of a first line are known when this sign parts them."""
    try:
        return sum(meaning(one) is not None for one in _cells(text, separator))
    except (LineFault, FileFault):
        return 0


def _is_ignored(name: str, means: str | None, ignore: frozenset[str]) -> bool:
    return same(name) in ignore or (means is None and OTHERS in ignore)


def _faults(names: Sequence[str], means: Sequence[str | None], known: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the columns; those that are passed over are not among them."""
    if tuple(names[: len(COLUMNS)]) == COLUMNS:
        yield "is what bpo-quiz score wrote, no sheets; bpo-quiz cohort --from sums it up"
        return
    if len(names) == 1 and "|" in names[0]:
        yield "has | between its columns; export the file with commas"
        return
    words = [one for one, what in known.items() if one == what]
    found = [fault for n in range(len(names)) if (fault := _of_column(n, names, means, words))]
    yield from found[:MOST_OF_A_HEADER]
    if (more := len(found) - MOST_OF_A_HEADER) > 0:
        yield f"and {more} more; mend these first"
    if ID not in means:
        yield 'has no column "id"; give the column that tells who it is this name'
    elif not any(one and one not in (ID, _IGNORED) and not one.startswith(ABOUT) for one in means):
        yield "names no item; the first line should name the columns: id, and ids of items"
    if None in means:
        yield "add --ignore COLUMN to pass over a column, or --ignore others to pass over all that are not known"


def _of_column(n: int, names: Sequence[str], means: Sequence[str | None], known: Sequence[str]) -> str | None:
    name = clean(names[n], 80)
    if not names[n]:
        return None if means[n] else f"column {n + 1} has no name; name it or take it out"
    if means[n] is None:
        return f"{name}: no such column{did_you_mean(names[n], known)}"
    return f"{name}: stands twice; keep one of them" if means[n] in means[:n] and means[n] != _IGNORED else None


class CsvLines:
    """Reads the lines after the header."""

    def __init__(self, columns: Columns, catalogue: Catalogue) -> None:
        self.columns, self._reader = columns, AnswerReader(catalogue)
        self._facts = facts(catalogue.roles, catalogue.paths)
        self.answers = AnswerCells((item for item in catalogue.items() if item.id in columns.items), columns.coding)

    def sheet(self, line: bytes) -> Sheet:
        """Read one line, without its line end.

        Raises:
            LineFault: it cannot be used.
            FileFault: no line of the file can be.
        """
        cells = _cells(text_of(line), self.columns.separator)
        if len(cells) != self.columns.width:
            raise LineFault(f"has {len(cells)} cells, and the first line {self.columns.width}")
        responses, faults = self.answers.responses({item: cells[n] for item, n in self.columns.items.items()})
        identifier = checked_id(cells[self.columns.id])
        about, more_faults = self.about(cells)
        faults += more_faults
        if faults:
            more = len(faults) - 1
            raise LineFault(faults[0] + (f" (and {more} more)" if more else ""))
        return Sheet(identifier, Answers(responses, about))

    def about(self, cells: Sequence[str]) -> tuple[About, list[str]]:
        """What the cells about the person tell, and what is wrong with them, if anything."""
        told = {key: cell for n, key in self.columns.about if (cell := cells[n]).casefold() not in NOTHING}
        if not told:
            return _NOBODY, []
        return self._reader.about({key: told_as(self._facts[key], cell) for key, cell in told.items()})

    def close(self) -> None:
        """Look back on the whole file.

        Raises:
            FileFault: none of its lines can be used.
        """
        self.answers.close()


def _cells(text: str, separator: str) -> list[str]:
    """The cells of one line, which may have line breaks within quotes.

    Raises:
        LineFault: quotes amid a cell, or a line break outside of quotes.
        FileFault: quotes that do not close at the end of a cell, so that nobody can tell where the line ends.
    """
    if '"' not in text:
        if "\r" in text:
            raise LineFault("has a line break within a cell; take it out")
        return text.split(separator)
    rest = _QUOTED[separator].sub("", text)
    if _BEGINS_QUOTED[separator].search(rest):
        raise FileFault(_UNCLOSED)
    if '"' in rest:
        raise LineFault(f"has a quote amid a cell; {_QUOTES}")
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        raise LineFault("has a line break within a cell; take it out, or put the cell in quotes") from None


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
            return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else cell
        case "flag":
            return _FLAGS.get(cell.lower(), cell)
        case "word":
            return cell

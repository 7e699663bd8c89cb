"""Reads what `score` wrote, as far as a group needs it: the path of each person's first role, and the flags."""

from __future__ import annotations

import csv
import json
import re
from array import array
from functools import partial
from typing import TYPE_CHECKING, Any

from bpo_quiz.answers.answer_file import FORMAT as ANSWERS
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.results.cohort import ScoredSheet
from bpo_quiz.sheets.duplicates import Ids
from bpo_quiz.sheets.lines import LineFault, text_of
from bpo_quiz.sheets.rows import BETWEEN_FLAGS, CHANCE, COLUMNS, FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from bpo_quiz.sheets.lines import Source

_NOT_SCORED = "is not a file that bpo-quiz score wrote; name one"
_SAVED_AGAIN = "is what bpo-quiz score wrote, but saved again by another program; name the file as score wrote it"
_SHEETS = "is a file of sheets; bpo-quiz score FILE -o RESULTS.csv first, then name the results"
_RANK, _PATH, _FLAGS = (COLUMNS.index(name) for name in ("rank", "path", "flags"))


class People:
    """The people of a scored file: of an id that stands twice only the latest sheet counts.

    A million need some 30 MiB.

    Attributes:
        has_retakes: whether an id stands twice.
    """

    def __init__(self, sheets: Iterable[tuple[str, ScoredSheet]]) -> None:
        self._ids, self._kinds = Ids(), array("I")
        known: dict[ScoredSheet, int] = {}
        for number, (identifier, sheet) in enumerate(sheets):
            self._ids.add([identifier.encode("utf-8", "surrogatepass")], [number])
            self._kinds.append(known.setdefault(sheet, len(known)))
        self._sheets = list(known)
        self._latest: dict[int, int] = {}  # first sheet of an id -> latest
        self._old: set[int] = set()
        for number, first in self._ids.twice(len(self._kinds)):
            self._old.add(self._latest.get(first, first))
            self._latest[first] = number
        self.has_retakes = bool(self._old)

    def __iter__(self) -> Iterator[ScoredSheet]:
        return (self._sheets[kind] for number, kind in enumerate(self._kinds) if number not in self._old)


def read_scored(source: Source, paths: Collection[str]) -> Iterator[tuple[str, ScoredSheet]]:
    """The sheets of a scored file, CSV or JSON lines, one after the other, each with its id.

    Args:
        source: the file.
        paths: ids of the career paths that there could be.

    Raises:
        InputError: it is another file, or was scored with another catalogue.
    """
    read: Callable[[str], tuple[str, ScoredSheet] | None] = _of_json
    if not source.is_json:
        first = source.first_line().decode("utf-8", "replace")
        names = first.split(",")
        if tuple(names) not in (COLUMNS, (*COLUMNS, CHANCE)):
            raise InputError(f"{source.name}:1: {_other_kind(first)}")
        read = partial(_of_csv, len(names))
    for block in source.blocks():
        for number, line in block.lines():
            try:
                found = read(text_of(plain)) if (plain := line.rstrip(b"\r\n")) else None
            except LineFault as fault:
                raise InputError(f"{source.name}:{number}: {fault}") from None
            if found is None:
                continue
            sheet = found[1]
            if sheet.path is not None and sheet.path not in paths:
                known = f'"{clean(sheet.path, 60)}" is no career path of this catalogue'
                raise InputError(f"{source.name}:{number}: {known}; name the one it was scored with by --data")
            yield found


def _other_kind(line: str) -> str:
    """What another first line says of its file."""
    names = tuple(re.split("[,;\t]", line.replace('"', "")))
    if names[: len(COLUMNS)] == COLUMNS:
        return _SAVED_AGAIN
    return _SHEETS if names[0].startswith("id") and len(names) > 2 else _NOT_SCORED


def _of_csv(width: int, line: str) -> tuple[str, ScoredSheet] | None:
    """What a row tells; nothing, where it is not the first of its sheet."""
    cells = line.split(",") if '"' not in line else next(csv.reader([line]))
    if len(cells) != width or not (cells[_RANK].isdecimal() or not cells[_RANK]):
        raise LineFault(_NOT_SCORED)
    if cells[_RANK] not in ("", "1"):
        return None
    return cells[0], ScoredSheet(cells[_PATH] or None, frozenset(cells[_FLAGS].split(BETWEEN_FLAGS)))


def _of_json(line: str) -> tuple[str, ScoredSheet]:
    try:
        record: Any = json.loads(line)
        if record["format"] != FORMAT:
            raise LineFault(_SHEETS if record["format"] == ANSWERS else _NOT_SCORED)
        identifier = str(record["id"])
        roles, flags = record["roles"], [*record["flags"], record["silence"]]
        path = roles[0]["path"] if roles else None
        if not (path is None or isinstance(path, str)) or not all(isinstance(flag, str | None) for flag in flags):
            raise LineFault(_NOT_SCORED)
    except LineFault:
        raise
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise LineFault(_NOT_SCORED) from None
    return identifier, ScoredSheet(path, frozenset(filter(None, flags)))

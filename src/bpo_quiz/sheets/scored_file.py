"""Reads what `score` wrote, as far as a group needs it: the first role's path, and the flags, of each sheet."""

from __future__ import annotations

import csv
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.results.cohort import ScoredSheet
from bpo_quiz.sheets.lines import LineFault, text_of
from bpo_quiz.sheets.rows import BETWEEN_FLAGS, CHANCE, COLUMNS, FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from bpo_quiz.sheets.lines import Source

_NOT_SCORED = "is not a file that bpo-quiz score wrote; name one"
_RANK, _PATH, _FLAGS = (COLUMNS.index(name) for name in ("rank", "path", "flags"))


def read_scored(source: Source, paths: Collection[str]) -> Iterator[ScoredSheet]:
    """The sheets of a scored file, CSV or JSON lines, one after the other.

    Args:
        source: the file.
        paths: ids of the career paths that there could be.

    Raises:
        InputError: it is another file, or was scored with another catalogue.
    """
    read: Callable[[str], ScoredSheet | None] = _of_json
    if not source.is_json:
        names = source.first_line().decode("utf-8", "replace").split(",")
        if tuple(names) not in (COLUMNS, (*COLUMNS, CHANCE)):
            raise InputError(f"{source.name}:1: {_NOT_SCORED}")
        read = partial(_of_csv, len(names))
    for block in source.blocks():
        for number, line in block.lines():
            try:
                sheet = read(text_of(plain)) if (plain := line.rstrip(b"\r\n")) else None
            except LineFault as fault:
                raise InputError(f"{source.name}:{number}: {fault}") from None
            if sheet is None:
                continue
            if sheet.path is not None and sheet.path not in paths:
                known = f'"{clean(sheet.path, 60)}" is no career path of this catalogue'
                raise InputError(f"{source.name}:{number}: {known}; name the one it was scored with by --data")
            yield sheet


def _of_csv(width: int, line: str) -> ScoredSheet | None:
    """What a row tells; nothing, where it is not the first of its sheet."""
    cells = line.split(",") if '"' not in line else next(csv.reader([line]))
    if len(cells) != width or not (cells[_RANK].isdecimal() or not cells[_RANK]):
        raise LineFault(_NOT_SCORED)
    if cells[_RANK] not in ("", "1"):
        return None
    return ScoredSheet(cells[_PATH] or None, frozenset(cells[_FLAGS].split(BETWEEN_FLAGS)))


def _of_json(line: str) -> ScoredSheet:
    try:
        record: Any = json.loads(line)
        if record["format"] != FORMAT:
            raise LineFault(_NOT_SCORED)
        roles, flags = record["roles"], [*record["flags"], record["silence"]]
        path = roles[0]["path"] if roles else None
        if not (path is None or isinstance(path, str)) or not all(isinstance(flag, str | None) for flag in flags):
            raise LineFault(_NOT_SCORED)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise LineFault(_NOT_SCORED) from None
    return ScoredSheet(path, frozenset(filter(None, flags)))

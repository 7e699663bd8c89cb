"""What is written of a scored sheet: CSV rows, one a role, or one JSON record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.records.text import csv_text
from bpo_quiz.scoring.answer_quality import NO_SPREAD
from bpo_quiz.scoring.rounding import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.ranking import Standing

FORMAT = "bpo-quiz/scored@1"
COLUMNS = ("id", "rank", "role", "path", "total", "match", "readiness", "interest", "flags")
CHANCE = "p_first"
TOO_FEW = "too few answers"
ALL_ALIKE = "all alike"
BETWEEN_FLAGS = ";"


class Result(NamedTuple):
    """What is known of a sheet: the first roles, best first; the rules that fired; role id -> chance to be first.

    Roles are there also where the answers are all alike. They are not written: their order would be chance.
    """

    standings: Sequence[Standing]
    rules: Sequence[str]
    chances: Mapping[str, float] | None = None

    @property
    def silence(self) -> str | None:
        """Why the answers cannot be read as a profile; None when they can."""
        if not self.standings:
            return TOO_FEW
        return ALL_ALIKE if NO_SPREAD in self.rules else None


class CsvWriter:
    """Rows of CSV, `COLUMNS`; a sheet that cannot be read has one row with nothing between its id and its flags.

    Attributes:
        header: what comes before the first sheet.
        middles: role id -> its cell and its path's.
    """

    def __init__(self, catalogue: Catalogue, *, with_chance: bool) -> None:
        self._with_chance = with_chance
        self.header = ",".join((*COLUMNS, CHANCE) if with_chance else COLUMNS) + "\r\n"
        self.middles = {role.id: _cells(role.id, role.path) for role in catalogue.roles.values()}

    def rows(self, identifier: str, result: Result) -> str:
        """One sheet, with its line ends."""
        start, flags = id_cell(identifier), BETWEEN_FLAGS.join(result.rules)
        if result.silence is not None:
            return f"{start}{unread_cells(result.silence, flags)}{',' * self._with_chance}\r\n"
        return "".join(
            f"{start},{rank},{self.middles[one.role]},{written(one.total)},{written(one.match)},"
            f"{written(one.readiness)},{'' if one.interest is None else written(one.interest)},{flags}"
            f"{f',{written(result.chances[one.role])}' if self._with_chance and result.chances else ''}\r\n"
            for rank, one in enumerate(result.standings, 1)
        )


def id_cell(identifier: str) -> str:
    """An id as a CSV cell that no spreadsheet takes for a formula."""
    if identifier.isascii() and identifier.isalnum():
        return identifier  # as nearly all are; what follows takes ten times as long
    return _cells(identifier)


def unread_cells(silence: str, flags: str) -> str:
    """What follows the id of a sheet that cannot be read."""
    return "," * (len(COLUMNS) - 1) + BETWEEN_FLAGS.join(filter(None, (silence, flags)))


def _cells(*texts: str) -> str:
    return csv_text([texts]).removesuffix("\r\n")


class JsonWriter:
    """One JSON record a line; nothing comes before the first."""

    header = ""

    def __init__(self, catalogue: Catalogue, *, with_chance: bool) -> None:
        self._with_chance = with_chance
        self._paths = {role.id: role.path for role in catalogue.roles.values()}

    def rows(self, identifier: str, result: Result) -> str:
        """One sheet, with its line end."""
        silence = result.silence
        standings = result.standings if silence is None else ()
        record = {
            "format": FORMAT,
            "id": identifier,
            "silence": silence,
            "flags": list(result.rules),
            "roles": [self._role(rank, one, result) for rank, one in enumerate(standings, 1)],
        }
        return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":")) + "\n"

    def _role(self, rank: int, one: Standing, result: Result) -> dict[str, Any]:
        record = {"rank": rank, "role": one.role, "path": self._paths[one.role], **one._asdict()}
        return record | {CHANCE: result.chances[one.role]} if self._with_chance and result.chances else record

"""What is written of a scored sheet: CSV rows, one a role, or one JSON record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bpo_quiz.records.text import csv_text
from bpo_quiz.scoring.answer_quality import NO_SPREAD
from bpo_quiz.scoring.role_table import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.role_table import Standing

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


class Writer(Protocol):
    """A way to write results."""

    def header(self) -> str:
        """What comes before the first sheet."""

    def rows(self, identifier: str, result: Result) -> str:
        """One sheet, with its line ends."""


class CsvWriter:
    """Rows of CSV, `COLUMNS`; a sheet that cannot be read has one row with nothing between its id and its flags."""

    def __init__(self, catalogue: Catalogue, *, with_chance: bool) -> None:
        self._with_chance = with_chance
        self.middles = {
            role.id: csv_text([[role.id, role.path]]).removesuffix("\r\n") for role in catalogue.roles.values()
        }

    def header(self) -> str:
        """The line of titles."""
        return ",".join((*COLUMNS, CHANCE) if self._with_chance else COLUMNS) + "\r\n"

    def rows(self, identifier: str, result: Result) -> str:
        """One sheet, with its line ends."""
        start = id_cell(identifier)
        silence = result.silence
        if silence is not None:
            flags = BETWEEN_FLAGS.join((silence, *result.rules))
            return f"{start}{',' * 8}{flags}{',' * self._with_chance}\r\n"
        flags = BETWEEN_FLAGS.join(result.rules)
        return "".join(
            f"{start},{rank},{self.middles[one.role]},{written(one.total)},{written(one.match)},"
            f"{written(one.readiness)},{'' if one.interest is None else written(one.interest)},{flags}"
            f"{self._chance(one, result)}\r\n"
            for rank, one in enumerate(result.standings, 1)
        )

    def _chance(self, one: Standing, result: Result) -> str:
        if not self._with_chance:
            return ""
        return "," if result.chances is None else f",{written(result.chances[one.role])}"


def id_cell(identifier: str) -> str:
    """An id as a CSV cell that no spreadsheet takes for a formula."""
    if identifier.isascii() and identifier.isalnum():
        return identifier  # as nearly all are; what follows takes ten times as long
    return csv_text([[identifier]]).removesuffix("\r\n")


class JsonWriter:
    """One JSON record a line."""

    def __init__(self, catalogue: Catalogue, *, with_chance: bool) -> None:
        self._with_chance = with_chance
        self._paths = {role.id: role.path for role in catalogue.roles.values()}

    def header(self) -> str:
        """Nothing comes before the first sheet."""
        return ""

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
        record = {
            "rank": rank,
            "role": one.role,
            "path": self._paths[one.role],
            "total": one.total,
            "match": one.match,
            "readiness": one.readiness,
            "interest": one.interest,
        }
        chance = {CHANCE: None if result.chances is None else result.chances[one.role]} if self._with_chance else {}
        return record | chance

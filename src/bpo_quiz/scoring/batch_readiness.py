"""Readiness of some roles of many sheets: what is there of a level depends on few answers, so it is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.scoring.role_table import RoleTable

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

_MOST_CODES = 1024
"""Combinations of the scores of two skills up to which both are looked up at once."""


class Met:
    """How much of what a role asks for is there: tables by the codes of `batch._Scores`."""

    def __init__(self, table: RoleTable) -> None:
        self._complete = _tables(table, [_all_answered(table, items) for items in table.skill_items])
        self._partial = _tables(table, [_any_answered(table, items) for items in table.skill_items])
        self._asked = np.array([sum(map(int.__mul__, *rows)) for rows in zip(table.weights, table.levels, strict=True)])
        self._roles = len(table.roles)

    def readiness(self, codes: Whole, role: Whole, asked: Floats | None) -> Floats:
        """Readiness, 0-100, [sheet, place].

        Args:
            codes: of the skills' answers, [skill, sheet].
            role: rows, [sheet, place]; below 0 for none, which has NaN.
            asked: what is asked of known skills, [sheet, role]; None when all are known.
        """
        rows = np.maximum(role, 0).T
        met = np.zeros(rows.shape)
        for first, second, size, table in self._complete if asked is None else self._partial:
            code = codes[first] if second is None else codes[first] * size + codes[second]
            met += table[code * self._roles + rows]
        of = self._asked[rows] if asked is None else asked[np.arange(len(asked)), rows]
        with np.errstate(invalid="ignore"):
            found = 100 * (met / of)
        found[of == 0] = 100.0
        return np.where(role < 0, np.nan, found.T)


Table = tuple[int, "int | None", int, "Floats"]


def _all_answered(table: RoleTable, items: Sequence[int]) -> list[int | None]:
    """The score of each code when every item has an answer."""
    return [table.score(value, len(items)) for value in range(HIGHEST_VALUE * len(items) + 1)]


def _any_answered(table: RoleTable, items: Sequence[int]) -> list[int | None]:
    """The score of each code; None without an answer."""
    values = range(HIGHEST_VALUE * len(items) + 1)
    return [table.score(value, n) if n else None for n in range(len(items) + 1) for value in values]


def _tables(table: RoleTable, scores: Sequence[Sequence[int | None]]) -> list[Table]:
    """Tables for one or two skills each, [code, role] in one row."""
    single = [_met(table, skill, known) for skill, known in enumerate(scores)]
    found: list[Table] = []
    waiting = list(range(len(single)))
    while waiting:
        first = waiting.pop(0)
        size = len(single[waiting[0]]) if waiting else 0
        if waiting and len(single[first]) * size <= _MOST_CODES:
            second = waiting.pop(0)
            both = single[first][:, None, :] + single[second][None, :, :]
            found.append((first, second, size, both.reshape(-1)))
        else:
            found.append((first, None, 0, single[first].reshape(-1)))
    return found


def _met(table: RoleTable, skill: int, scores: Sequence[int | None]) -> Floats:
    rows = [(weights[skill], levels[skill]) for weights, levels in zip(table.weights, table.levels, strict=True)]
    met = [[0 if score is None else weight * min(score, level) for weight, level in rows] for score in scores]
    return np.array(met, dtype=np.float64)

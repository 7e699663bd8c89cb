"""Names from before `exact.py` and `many.py`, for who still imports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.scoring.exact import FirstStandings
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import Standing, standings
from bpo_quiz.scoring.rounding import DECIMALS, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue

__all__ = ["DECIMALS", "RoleTable", "Standing", "first_standings", "standings", "written"]


class RoleTable(FirstStandings):
    """Ranks sheets."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> RoleTable:
        """For a catalogue."""
        return cls(catalogue)


def first_standings(
    catalogue: Catalogue, table: RoleTable, responses: Mapping[str, int | None], top: int
) -> list[Standing]:
    """The first so many roles that have a Total."""
    return table(score(catalogue, responses), top)

"""Scores one sheet after the other, fast, without numpy: the sums of all roles at once (`packed_sums.py`)."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.answer_quality import FEWEST_PAIRS, LEAST_AGREEMENT, LEAST_SPREAD, LONGEST_RUN, flags
from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.packed_sums import VALUES, Adds, Packing
from bpo_quiz.scoring.role_table import TIE, RoleTable, Standing, defined_order

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.answer_quality import Rule
    from bpo_quiz.scoring.packed_sums import Sums

    Place = tuple[float, int, float, float | None]

_ENOUGH, _NEARLY_ENOUGH = FEWEST_KNOWN + TIE, FEWEST_KNOWN - TIE
_LEVEL_FREE = 1 - LEVEL_SHARE


class Scored(NamedTuple):
    """The first roles, best first, and the rules of answer quality that fired. No roles: too few answers."""

    standings: Sequence[Standing]
    rules: Sequence[Rule]


class PackedScorer:
    """Scores sheets against one catalogue. The same order and flags as the definitions', and their numbers to 1e-12.

    Args:
        catalogue: what was asked.
        order: its items in the order in which the full form asks them, for the rule about long runs.
        top: how many roles are wanted.
    """

    def __init__(self, catalogue: Catalogue, order: Sequence[Item], top: int) -> None:
        self.catalogue, self.order, self.top = catalogue, order, top
        self.table = table = RoleTable.of(catalogue)
        self.items = [item.id for item in catalogue.items()]
        number = {item: n for n, item in enumerate(self.items)}
        self._asked = _picks([number[item.id] for item in order])
        self._same_again = re.compile(rf"(.)\1{{{LONGEST_RUN - 1}}}")
        self._packing = packing = Packing(table)
        skills, interests = enumerate(table.skill_items), enumerate(table.interest_items)
        self._measures = [
            *((_picks(items), Adds(table, packing, items, skill=n)) for n, items in skills),
            *((_picks(items), Adds(table, packing, items, interest=n)) for n, items in interests if items),
        ]

    def __call__(self, values: tuple[str, ...]) -> Scored:
        """Score one sheet: for each item of the catalogue `0` to `4`, or an empty text without an answer."""
        total = 0
        for pick, adds in self._measures:
            total += adds[pick(values)]
        sums = self._packing.read(total)
        return Scored(self._first(sums, values), self._rules(sums.answers, values))

    def _first(self, sums: Sums, values: tuple[str, ...]) -> list[Standing]:
        unknown = self._unknown(sums) if self.table.is_exact else None
        if unknown is None:
            return self._defined(values)
        places = self._places(sums, unknown)
        places.sort()
        ahead = places[: self.top + 1]
        if any(later[0] - one[0] < TIE for one, later in pairwise(ahead)):
            return self._defined(values)
        roles = self.table.roles
        return [
            Standing(roles[row], -less, match, _readiness(sums, row), interest)
            for less, row, match, interest in ahead[: self.top]
        ]

    def _unknown(self, sums: Sums) -> Collection[int] | None:
        """Rows of the roles that have no Total; None where the definition must decide."""
        if sums.is_whole:
            return ()
        shares = [known / whole for known, whole in zip(sums.asked.weight, self.table.whole, strict=True)]
        if any(_NEARLY_ENOUGH < share < _ENOUGH for share in shares):
            return None
        return {row for row, share in enumerate(shares) if share < _ENOUGH}

    def _places(self, sums: Sums, unknown: Collection[int]) -> list[Place]:
        """-Total, row, Match and Interest of every role that has a Total."""
        found: list[Place] = []
        share, per = self.table.interest_weight, POINTS_PER_SQUARE / self.table.unit**2
        level_free, match_share = _LEVEL_FREE, 1 - share
        rows = zip(*sums.asked, sums.scored, sums.square, sums.liking, sums.liking_square, strict=True)
        for row, (weight, asked, interests, wanted, scored, square, liking, liking_square) in enumerate(rows):
            if row in unknown:
                continue
            # 100.0 and 0.0, not 100 and 0: Python is quicker where both numbers are floats
            elevation = (asked - scored) / weight
            match = 100.0 - (square / weight - level_free * (elevation * elevation)) * per
            if match < 0.0:
                match = 0.0
            if not interests:
                found.append((-match, row, match, None))
                continue
            elevation = (wanted - liking) / interests
            interest = 100.0 - (liking_square / interests - elevation * elevation) * per
            if interest < 0.0:
                interest = 0.0
            found.append((-(match_share * match + share * interest), row, match, interest))
        return found

    def _defined(self, values: tuple[str, ...]) -> list[Standing]:
        return defined_order(self.catalogue, self.responses(values), self.top)

    def _rules(self, answers: Sequence[int], values: tuple[str, ...]) -> list[Rule]:
        spread, agreement = _spread(*answers[:3]), _agreement(*answers[3:])
        if abs(spread - LEAST_SPREAD) < TIE or abs(agreement - LEAST_AGREEMENT) < TIE:
            return [flag.rule for flag in flags(self.catalogue, self.order, self.responses(values))]
        found: list[Rule] = []
        if self._same_again.search("".join(self._asked(values))):
            found.append("long run")
        if spread < LEAST_SPREAD:
            found.append("no spread")
        if agreement < LEAST_AGREEMENT:
            found.append("pairs disagree")
        return found

    def responses(self, values: tuple[str, ...]) -> dict[str, int | None]:
        """The values as the definitions take them."""
        return {item: VALUES.get(value) for item, value in zip(self.items, values, strict=True)}


def _picks(numbers: Sequence[int]) -> itemgetter[tuple[str, ...]]:
    """Picks a tuple, also of one."""
    first = numbers[0]
    return itemgetter(*numbers) if len(numbers) > 1 else itemgetter(slice(first, first + 1))  # type: ignore[arg-type]


def _readiness(sums: Sums, row: int) -> float:
    """Readiness, 0-100, of a role."""
    met, asked = sums.met[row], sums.asked.asked[row]
    return 100 * (met / asked) if asked else 100.0


def _spread(count: int, values: int, squares: int) -> float:
    """Standard deviation of the values; a single one has none that could be too small."""
    return float((count * squares - values * values) ** 0.5 / count) if count > 1 else 1.0


def _agreement(count: int, one: int, other: int, one_square: int, other_square: int, product: int) -> float:
    """Correlation of the two items of a skill; 1 where it is not defined, or there are too few skills."""
    spread = (count * one_square - one * one) * (count * other_square - other * other)
    return float((count * product - one * other) / spread**0.5) if count >= FEWEST_PAIRS and spread else 1.0

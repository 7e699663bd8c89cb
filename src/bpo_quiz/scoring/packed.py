"""Scores one sheet after the other, fast, without numpy: what each answered skill adds to every role at once.

What the answers to one skill add to the sums of all roles (`role_table.py`) is packed into one long whole number, 64
bits a sum, so that a sheet costs one addition a skill.
"""

from __future__ import annotations

import re
import sys
from array import array
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.answer_quality import FEWEST_PAIRS, LEAST_AGREEMENT, LEAST_SPREAD, LONGEST_RUN, flags
from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.role_table import TIE, RoleTable, Standing, defined_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.answer_quality import Rule

_OF_ROLES = ("known", "off", "square", "met", "asked", "liked", "liking off", "liking square")
_OF_ANSWERS = ("count", "value", "value square", "pairs", "one", "other", "one square", "other square", "product")
_CAN_BE_BELOW_0 = ("off", "liking off")
_SIGNED = 1 << 62
_ENOUGH, _NEARLY_ENOUGH = FEWEST_KNOWN + TIE, FEWEST_KNOWN - TIE
_LEVEL_FREE = 1 - LEVEL_SHARE
_BITS = 64
_MOST_KEPT = 300
"""Combinations of answers to one skill that are kept; two items have 36, three 216."""

_VALUES = {str(value): value for value in range(HIGHEST_VALUE + 1)}
_TURNED = {answer: HIGHEST_VALUE - value for answer, value in _VALUES.items()}


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
        self._measures = [
            *(_Adds(table, items, skill=n) for n, items in enumerate(table.skill_items)),
            *(_Adds(table, items, interest=n) for n, items in enumerate(table.interest_items) if items),
        ]
        self._start = _pack({name: [_SIGNED] * len(table.roles) for name in _CAN_BE_BELOW_0}, len(table.roles))

    def __call__(self, values: tuple[str, ...]) -> Scored:
        """Score one sheet: for each item of the catalogue `0` to `4`, or an empty text without an answer."""
        total = self._start
        for measure in self._measures:
            total += measure[measure.pick(values)]
        sums = _Sums(total, self.table)
        return Scored(self._first(sums, values), self._rules(sums, values))

    def _first(self, sums: _Sums, values: tuple[str, ...]) -> list[Standing]:
        found = sums.totals() if self.table.is_exact else None
        if found is None:
            return self._defined(values)
        found.sort()
        ahead = found[: self.top + 1]
        if any(later[0] - one[0] < TIE for one, later in pairwise(ahead)):
            return self._defined(values)
        roles, readiness = self.table.roles, sums.readiness
        return [
            Standing(roles[row], -less, match, readiness(row), interest)
            for less, row, match, interest in ahead[: self.top]
        ]

    def _defined(self, values: tuple[str, ...]) -> list[Standing]:
        return defined_order(self.catalogue, self.responses(values), self.top)

    def _rules(self, sums: _Sums, values: tuple[str, ...]) -> list[Rule]:
        spread, agreement = sums.spread(), sums.agreement()
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
        return {item: _VALUES.get(value) for item, value in zip(self.items, values, strict=True)}


class _Adds(dict[tuple[str, ...], int]):
    """What the answers to one skill or interest add, packed; worked out when they are first met."""

    def __init__(self, table: RoleTable, items: Sequence[int], skill: int = -1, interest: int = -1) -> None:
        super().__init__()
        self.pick = _picks(items)
        self._table, self._skill, self._interest = table, skill, interest
        self._keys = [_TURNED if table.reversed_items[item] else _VALUES for item in items]

    def __missing__(self, answers: tuple[str, ...]) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        packed = self[answers] = _pack(self._sums(answers), len(self._table.roles))
        return packed

    def _sums(self, answers: tuple[str, ...]) -> dict[str, Sequence[int]]:
        plain = [_VALUES[answer] for answer in answers if answer]
        keyed = [key[answer] for key, answer in zip(self._keys, answers, strict=True) if answer]
        if not keyed:
            return {}
        of_answers = {"count": [len(plain)], "value": [sum(plain)], "value square": [sum(one * one for one in plain)]}
        score = self._table.score(sum(keyed), len(keyed))
        if self._skill < 0:
            return {**of_answers, **self._of_interest(score)}
        return {**of_answers, **self._of_skill(score), **(_of_pair(*keyed[:2]) if len(keyed) > 1 else {})}

    def _of_skill(self, score: int) -> dict[str, Sequence[int]]:
        weights = [row[self._skill] for row in self._table.weights]
        rows = list(zip(weights, (row[self._skill] for row in self._table.levels), strict=True))
        return {
            "known": weights,
            "off": [weight * (level - score) for weight, level in rows],
            "square": [weight * (level - score) ** 2 for weight, level in rows],
            "met": [weight * min(score, level) for weight, level in rows],
            "asked": [weight * level for weight, level in rows],
        }

    def _of_interest(self, score: int) -> dict[str, Sequence[int]]:
        offs = [None if (level := row[self._interest]) is None else level - score for row in self._table.wanted]
        return {
            "liked": [0 if off is None else 1 for off in offs],
            "liking off": [off or 0 for off in offs],
            "liking square": [(off or 0) ** 2 for off in offs],
        }


def _of_pair(one: int, other: int) -> dict[str, Sequence[int]]:
    squares = {"one square": [one * one], "other square": [other * other], "product": [one * other]}
    return {"pairs": [1], "one": [one], "other": [other], **squares}


def _pack(sums: Mapping[str, Sequence[int]], roles: int) -> int:
    fields: list[int] = []
    for name in _OF_ROLES:
        fields += sums.get(name) or [0] * roles
    for name in _OF_ANSWERS:
        fields += sums.get(name) or [0]
    return _joined([max(number, 0) for number in fields]) - _joined([max(-number, 0) for number in fields])


def _joined(fields: Sequence[int]) -> int:
    packed = array("Q", fields)
    if sys.byteorder == "big":
        packed.byteswap()
    return int.from_bytes(packed.tobytes(), "little")


def _picks(numbers: Sequence[int]) -> itemgetter[tuple[str, ...]]:
    """Picks a tuple, also of one."""
    first = numbers[0]
    return itemgetter(*numbers) if len(numbers) > 1 else itemgetter(slice(first, first + 1))  # type: ignore[arg-type]


class _Sums:
    """The sums of one sheet, unpacked."""

    __slots__ = ("_answers", "_fields", "_table")

    def __init__(self, packed: int, table: RoleTable) -> None:
        of_roles = len(_OF_ROLES) * len(table.roles)
        self._table = table
        self._fields = array("q")
        self._fields.frombytes(packed.to_bytes((of_roles + len(_OF_ANSWERS)) * _BITS // 8, "little"))
        if sys.byteorder == "big":
            self._fields.byteswap()
        self._answers = self._fields[of_roles:]

    def totals(self) -> list[tuple[float, int, float, float | None]] | None:
        """-Total, row, Match and Interest of every role that has a Total; None where the definition must decide."""
        table, found = self._table, list[tuple[float, int, float, float | None]]()
        share, per = table.interest_weight, POINTS_PER_SQUARE / table.unit**2
        columns = map(self._column, ("known", "off", "square", "liked", "liking off", "liking square"))
        for row, (known, off, square, liked, liking_off, liking_square) in enumerate(zip(*columns, strict=True)):
            known_share = known / table.whole[row]
            if known_share < _ENOUGH:
                if known_share > _NEARLY_ENOUGH:
                    return None
                continue
            elevation = (off - _SIGNED) / known
            match = 100 - (square / known - _LEVEL_FREE * (elevation * elevation)) * per
            if match < 0:
                match = 0.0
            if not liked:
                found.append((-match, row, match, None))
                continue
            elevation = (liking_off - _SIGNED) / liked
            interest = 100 - (liking_square / liked - elevation * elevation) * per
            if interest < 0:
                interest = 0.0
            found.append((-((1 - share) * match + share * interest), row, match, interest))
        return found

    def _column(self, name: str) -> array[int]:
        place, roles = _OF_ROLES.index(name), len(self._table.roles)
        return self._fields[place * roles : (place + 1) * roles]

    def readiness(self, row: int) -> float:
        """Readiness, 0-100, of a role."""
        roles = len(self._table.roles)
        met, asked = self._fields[3 * roles + row], self._fields[4 * roles + row]
        return 100 * (met / asked) if asked else 100.0

    def spread(self) -> float:
        """Standard deviation of the values; a single one has none that could be too small."""
        count, values, squares = self._answers[:3]
        return float((count * squares - values * values) ** 0.5 / count) if count > 1 else 1.0

    def agreement(self) -> float:
        """Correlation of the two items of a skill; 1 where it is not defined, or there are too few skills."""
        count, one, other, one_square, other_square, product = self._answers[3:]
        spread = (count * one_square - one * one) * (count * other_square - other * other)
        return float((count * product - one * other) / spread**0.5) if count >= FEWEST_PAIRS and spread else 1.0

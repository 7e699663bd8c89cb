"""Sums over the answers of one sheet, for all roles at once, in one long whole number.

What the answers to one skill or interest add to every sum (`role_table.py`) is one number, so that a sheet costs one
addition a skill. A sum has 32 bits where that is enough, else 64. What a skill without an answer is asked for stands in
the highest bits: so the numbers are short where nothing is missing.
"""

from __future__ import annotations

from operator import mul, sub
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.scoring.role_table import RoleTable

    Column = tuple[int, ...]
    Named = Mapping[str, Sequence[int]]

_OF_ANSWERS = ("count", "value", "value square", "pairs", "one", "other", "one square", "other square", "product")
_OF_ROLES = ("scored", "square", "met", "liking", "liking square")
_MISSING = ("weight", "asked", "interests", "wanted")
_MOST_KEPT = 300
"""Combinations of answers to one skill that are kept; two items have 36, three 216."""

VALUES = {str(value): value for value in range(HIGHEST_VALUE + 1)}
_TURNED = {answer: HIGHEST_VALUE - value for answer, value in VALUES.items()}


class Asked(NamedTuple):
    """What roles ask for in the skills and interests that are answered; levels in units of the table, [role].

    Attributes:
        weight: sum of the skills' weights. asked: sum of weight times level.
        interests: how many interests a role names. wanted: sum of their levels.
    """

    weight: Column
    asked: Column
    interests: Column
    wanted: Column


class Sums(NamedTuple):
    """The sums of one sheet; levels and scores in units of the table.

    Attributes:
        answers: of the values: count, sum, sum of squares; of the pairs: count, sums, sums of squares, sum of products.
        scored: weight times score, of skills. square: weight times squared difference between score and level.
        met: weight times the smaller of the two. These, and those that follow, are [role].
        liking, liking_square: score, and squared difference, of the interests that a role names.
        asked: what these skills and interests are asked for. is_whole: whether none is missing.
    """

    answers: Column
    scored: Column
    square: Column
    met: Column
    liking: Column
    liking_square: Column
    asked: Asked
    is_whole: bool


class Packing:
    """Where each sum stands in the number."""

    def __init__(self, table: RoleTable) -> None:
        self._roles = roles = len(table.roles)
        sums, more = len(_OF_ANSWERS) + len(_OF_ROLES) * roles, len(_MISSING) * roles
        size = "I" if table.largest_sum < 2**32 else "Q"
        self._short, self._long = Struct(f"<{sums}{size}"), Struct(f"<{sums + more}{size}")
        self._least_long = 1 << 8 * self._short.size
        self._whole = _whole(table)

    def packed(self, sums: Named) -> int:
        """One number of named sums; those that are not named are 0."""
        fields: list[int] = []
        for names, width in ((_OF_ANSWERS, 1), (_OF_ROLES, self._roles), (_MISSING, self._roles)):
            for name in names:
                fields += sums.get(name) or [0] * width
        return int.from_bytes(self._long.pack(*fields), "little")

    def read(self, packed: int) -> Sums:
        """The sums in a number."""
        is_whole = packed < self._least_long
        struct = self._short if is_whole else self._long
        fields = struct.unpack(packed.to_bytes(struct.size, "little"))
        first, roles = len(_OF_ANSWERS), self._roles
        scored, square, met, liking, liking_square, *missing = (
            fields[n : n + roles] for n in range(first, len(fields), roles)
        )
        asked = self._whole if is_whole else _less(self._whole, missing)
        return Sums(fields[:first], scored, square, met, liking, liking_square, asked, is_whole)


def _whole(table: RoleTable) -> Asked:
    """What is asked when nothing is missing."""
    rows = list(zip(table.weights, table.levels, strict=True))
    likes = [[row[n] for n, items in enumerate(table.interest_items) if items] for row in table.wanted]
    return Asked(
        weight=tuple(sum(weights) for weights, _ in rows),
        asked=tuple(sum(map(mul, weights, levels)) for weights, levels in rows),
        interests=tuple(sum(level is not None for level in row) for row in likes),
        wanted=tuple(sum(level or 0 for level in row) for row in likes),
    )


def _less(whole: Asked, missing: Sequence[Column]) -> Asked:
    return Asked(*(tuple(map(sub, all_, some)) for all_, some in zip(whole, missing, strict=True)))


class Adds(dict[tuple[str, ...], int]):
    """What the answers to one skill or interest add, packed; worked out when they are first met."""

    def __init__(
        self, table: RoleTable, packing: Packing, items: Sequence[int], skill: int = -1, interest: int = -1
    ) -> None:
        super().__init__()
        self._table, self._packing, self._skill, self._interest = table, packing, skill, interest
        self._keys = [_TURNED if table.reversed_items[item] else VALUES for item in items]

    def __missing__(self, answers: tuple[str, ...]) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        packed = self[answers] = self._packing.packed(self._sums(answers))
        return packed

    def _sums(self, answers: tuple[str, ...]) -> Named:
        plain = [VALUES[answer] for answer in answers if answer]
        keyed = [key[answer] for key, answer in zip(self._keys, answers, strict=True) if answer]
        if not keyed:
            return self._not_asked()
        of_answers = {"count": [len(plain)], "value": [sum(plain)], "value square": [sum(one * one for one in plain)]}
        score = self._table.score(sum(keyed), len(keyed))
        if self._skill < 0:
            return {**of_answers, **self._of_interest(score)}
        return {**of_answers, **self._of_skill(score), **(_of_pair(*keyed[:2]) if len(keyed) > 1 else {})}

    def _of_skill(self, score: int) -> Named:
        rows = self._skill_rows()
        return {
            "scored": [weight * score for weight, _ in rows],
            "square": [weight * (level - score) ** 2 for weight, level in rows],
            "met": [weight * min(score, level) for weight, level in rows],
        }

    def _of_interest(self, score: int) -> Named:
        levels = self._interest_levels()
        return {
            "liking": [0 if level is None else score for level in levels],
            "liking square": [0 if level is None else (level - score) ** 2 for level in levels],
        }

    def _not_asked(self) -> Named:
        if self._skill < 0:
            levels = self._interest_levels()
            return {"interests": [int(level is not None) for level in levels], "wanted": [one or 0 for one in levels]}
        rows = self._skill_rows()
        return {"weight": [weight for weight, _ in rows], "asked": [weight * level for weight, level in rows]}

    def _skill_rows(self) -> list[tuple[int, int]]:
        """Weight and level, [role]."""
        weights, levels = ([row[self._skill] for row in rows] for rows in (self._table.weights, self._table.levels))
        return list(zip(weights, levels, strict=True))

    def _interest_levels(self) -> list[int | None]:
        return [row[self._interest] for row in self._table.wanted]


def _of_pair(one: int, other: int) -> Named:
    squares = {"one square": [one * one], "other square": [other * other], "product": [one * other]}
    return {"pairs": [1], "one": [one], "other": [other], **squares}

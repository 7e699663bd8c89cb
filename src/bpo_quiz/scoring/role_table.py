"""A catalogue as a table of whole numbers, for scoring many sheets; and what is written of a number.

`match.py` holds the definitions, and decides the order. Match, Readiness and Interest of a role follow from a few sums
over the skills, and in whole numbers these sums are exact. So plain Python (`RoleTable.standings`) and numpy come to
the same bits, on every machine, and both are the definition's to about 1e-13 points. That is the last digit of a float,
and yet the ninth decimal differs for one number in 10,000. Where it could change an order or a flag, numpy asks the
definition.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE, fit_all
from bpo_quiz.scoring.profile import POINTS_PER_VALUE, score
from bpo_quiz.scoring.ranking import Standing as Standing
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.ranking import standings as standings
from bpo_quiz.scoring.rounding import DECIMALS as DECIMALS
from bpo_quiz.scoring.rounding import written as written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue

TIE = 1e-10
"""Points, or shares of 1, under which two numbers are taken for equal until the definition has been asked."""

LARGEST_EXACT = 2**53
"""Whole numbers below this are exact as floating point numbers."""

_HIGHEST_LEVEL = 100


class RoleTable(NamedTuple):
    """What the roles ask for. Rows are roles, in ascending order of their ids.

    Attributes:
        roles: ids. paths: id of each role's career path.
        weights: importance + 1, in equal parts of it that make all of them whole, [role][skill]; 0 where a role does
            not name the skill. whole: of all skills, [role].
        unit: parts of a point in which every level and every score is a whole number.
        levels: 0-100 points, in units, [role][skill].
        wanted: interest levels, 0-100 points, in units, [role][interest]; None where a role does not name it.
        interest_weight: share of Total that interests make, 0-1.
        skill_items, interest_items: for each skill or interest, the numbers of its items.
        reversed_items: for each item, whether a high response means a low score.
        is_exact: whether every sum stays exact as a floating point number.
    """

    roles: tuple[str, ...]
    paths: tuple[str, ...]
    weights: tuple[tuple[int, ...], ...]
    whole: tuple[int, ...]
    unit: int
    levels: tuple[tuple[int, ...], ...]
    wanted: tuple[tuple[int | None, ...], ...]
    interest_weight: float
    skill_items: tuple[tuple[int, ...], ...]
    interest_items: tuple[tuple[int, ...], ...]
    reversed_items: tuple[bool, ...]
    is_exact: bool

    @classmethod
    def of(cls, catalogue: Catalogue) -> RoleTable:
        """The table of a catalogue."""
        roles = [catalogue.roles[role] for role in sorted(catalogue.roles)]
        number = {item.id: n for n, item in enumerate(catalogue.items())}
        measures = [
            *(one.items for one in catalogue.skills.values()),
            *(one.items for one in catalogue.interests.values()),
        ]
        weights = [
            [Fraction() if (one := role.skills.get(skill)) is None else _exact(one.importance) + 1
             for skill in catalogue.skills] for role in roles
        ]  # fmt: skip
        levels = [
            [Fraction() if (one := role.skills.get(skill)) is None else _exact(one.level) for skill in catalogue.skills]
            for role in roles
        ]
        wanted = [[_or_none(role.interests.get(one)) for one in catalogue.interests] for role in roles]
        part = _common(one for row in weights for one in row)
        scores = math.lcm(*range(1, max(len(items) for items in measures) + 1))
        unit = math.lcm(scores, _common(one for row in levels for one in row), _common(_told(wanted)))
        largest = max(float(sum(row)) for row in weights) * part * (_HIGHEST_LEVEL * unit) ** 2
        is_exact = largest * (1 + len(catalogue.interests)) < LARGEST_EXACT
        if not is_exact:
            part = unit = 1  # the sums decide nothing then
        return cls(
            roles=tuple(role.id for role in roles),
            paths=tuple(role.path for role in roles),
            weights=tuple(tuple(int(one * part) for one in row) for row in weights),
            whole=tuple(int(sum(row) * part) for row in weights),
            unit=unit,
            levels=tuple(tuple(int(one * unit) for one in row) for row in levels),
            wanted=tuple(tuple(None if one is None else int(one * unit) for one in row) for row in wanted),
            interest_weight=catalogue.settings.interest_weight,
            skill_items=tuple(tuple(number[item.id] for item in one.items) for one in catalogue.skills.values()),
            interest_items=tuple(tuple(number[item.id] for item in one.items) for one in catalogue.interests.values()),
            reversed_items=tuple(item.reversed for item in catalogue.items()),
            is_exact=is_exact,
        )

    def score(self, value: int, answered: int) -> int:
        """The score, in units, of so many answered items whose keyed values add up to `value`."""
        return int(POINTS_PER_VALUE) * self.unit * value // answered

    def standings(self, roles: Iterable[str], values: Sequence[int | None]) -> list[Standing]:
        """The numbers of some roles for one person, by exact sums; needs `is_exact`.

        Args:
            roles: ids of roles that have a Total.
            values: 0-4, None without an answer, for each item of the catalogue.
        """
        keyed = [
            HIGHEST_VALUE - value if turned and value is not None else value
            for value, turned in zip(values, self.reversed_items, strict=True)
        ]
        scores = [self._score_of(keyed, items) for items in self.skill_items]
        likes = [self._score_of(keyed, items) for items in self.interest_items]
        return [self._standing(self.roles.index(role), scores, likes) for role in roles]

    def _score_of(self, keyed: Sequence[int | None], items: Sequence[int]) -> int | None:
        answers = [value for item in items if (value := keyed[item]) is not None]
        return self.score(sum(answers), len(answers)) if answers else None

    def _standing(self, row: int, scores: Sequence[int | None], likes: Sequence[int | None]) -> Standing:
        known = [
            (weight, level, one)
            for weight, level, one in zip(self.weights[row], self.levels[row], scores, strict=True)
            if one is not None
        ]
        match = self._points_left([(weight, level - one) for weight, level, one in known], 1 - LEVEL_SHARE)
        asked = sum(weight * level for weight, level, _ in known)
        met = sum(weight * min(one, level) for weight, level, one in known)
        readiness = 100 * (met / asked) if asked else 100.0
        told = zip(self.wanted[row], likes, strict=True)
        gaps = [(1, level - one) for level, one in told if level is not None and one is not None]
        if not gaps:
            return Standing(self.roles[row], match, match, readiness, None)
        interest, share = self._points_left(gaps, 1.0), self.interest_weight
        return Standing(self.roles[row], (1 - share) * match + share * interest, match, readiness, interest)

    def _points_left(self, gaps: Sequence[tuple[int, int]], free: float) -> float:
        """100 less the cost of weighted gaps; `free`, 0-1, is the part of the mean's square that costs nothing."""
        weight = sum(weight for weight, _ in gaps)
        mean = sum(weight * gap for weight, gap in gaps) / weight
        square = sum(weight * gap**2 for weight, gap in gaps) / weight
        return max(0.0, 100.0 - (square - free * (mean * mean)) * (POINTS_PER_SQUARE / self.unit**2))


def _exact(number: float) -> Fraction:
    """The number as it was written down."""
    return Fraction(repr(number))


def _or_none(number: float | None) -> Fraction | None:
    return None if number is None else _exact(number)


def _told(rows: Iterable[Iterable[Fraction | None]]) -> Iterable[Fraction]:
    return (one for row in rows for one in row if one is not None)


def _common(numbers: Iterable[Fraction]) -> int:
    return math.lcm(*(number.denominator for number in numbers))


def first_standings(
    catalogue: Catalogue, table: RoleTable, responses: Mapping[str, int | None], top: int
) -> list[Standing]:
    """The first so many roles that have a Total: their order by the definitions, their numbers by exact sums."""
    found = standings(rank(fit_all(catalogue, score(catalogue, responses))), top)
    if not table.is_exact:
        return found
    return table.standings([one.role for one in found], [responses.get(item.id) for item in catalogue.items()])

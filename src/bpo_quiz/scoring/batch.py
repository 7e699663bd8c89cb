"""Scores many sheets at once with numpy (the extra `cohort`): plain arrays in, plain arrays out.

`match.py` holds the definitions; `role_table.py` says why the sums here are exact. A `BatchScorer` can be pickled and
keeps nothing between calls, so any engine that maps a function over parts of a table can use it (docs/cohort.md).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.batch_readiness import Met
from bpo_quiz.scoring.batch_rules import RULES, Rules
from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.role_table import TIE, RoleTable, first_standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue, Item

    Values = NDArray[np.int8]
    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Some = NDArray[np.bool_]

NO_ANSWER = -1
_NOWHERE = np.int64(-(2**62))
_AT_ONCE = 2048
"""Sheets whose arrays fit the processor's cache together."""


class Ranked(NamedTuple):
    """The first roles of many sheets, best first.

    Attributes:
        role: index into `BatchScorer.roles`, [sheet, place]; -1 where no further role has a Total.
        total, match, readiness: 0-100, [sheet, place]; NaN where there is no role.
        interest: likewise; NaN also without an interest answer.
        rules: sum of the bits of the `RULES` that fired, 1 for the first, [sheet].
    """

    role: Whole
    total: Floats
    match: Floats
    readiness: Floats
    interest: Floats
    rules: NDArray[np.uint8]

    def some(self, which: slice) -> Ranked:
        """Some of the sheets."""
        role, total, match, readiness, interest, rules = self
        return Ranked(role[which], total[which], match[which], readiness[which], interest[which], rules[which])


class BatchScorer:
    """Scores sheets against one catalogue; the same bits as `role_table.first_standings`.

    Args:
        catalogue: what was asked.
        order: its items in the order in which the full form asks them (`sitting.full_form.full_order`).
        top: how many roles are wanted.

    Attributes:
        items: ids of the items, the columns of what is scored. roles, paths: id of each role, and of its career path.
    """

    def __init__(self, catalogue: Catalogue, order: Sequence[Item], top: int = 5) -> None:
        self._catalogue, self._order = catalogue, tuple(order)
        self._table = table = RoleTable.of(catalogue)
        self.items = tuple(item.id for item in catalogue.items())
        self.roles, self.paths, self.top = table.roles, table.paths, min(top, len(table.roles))
        self._reversed = np.flatnonzero(table.reversed_items)
        self._skills, self._interests = _Skills(table), _Interests(table)
        number = {item: n for n, item in enumerate(self.items)}
        self._rules = Rules([number[item.id] for item in order], table.skill_items)
        self._met = Met(table)
        bits = len(table.roles).bit_length()
        self._row_bits = np.int64((1 << bits) - 1)

    def __call__(self, values: NDArray[np.integer]) -> Ranked:
        """Score sheets.

        Args:
            values: 0-4, -1 without an answer, [sheet, item], of any whole type.

        Raises:
            ValueError: another shape, or another value.
        """
        values = np.asarray(values)
        if values.ndim != 2 or values.shape[1] != len(self.items):
            raise ValueError(f"values: should be [sheet, item] with {len(self.items)} items, not {values.shape}")
        if values.size and (values.min() < NO_ANSWER or values.max() > HIGHEST_VALUE):
            raise ValueError(f"values: should be 0 to {HIGHEST_VALUE}, or {NO_ANSWER} without an answer")
        return self.by_item(np.ascontiguousarray(values.T, dtype=np.int8))

    def by_item(self, values: Values) -> Ranked:
        """As a call, but with values that were checked, [item, sheet]."""
        count = values.shape[1]
        parts = [self._few(values[:, n : n + _AT_ONCE]) for n in range(0, max(count, 1), _AT_ONCE)]
        return parts[0] if len(parts) == 1 else Ranked(*map(np.concatenate, zip(*parts, strict=True)))

    def _few(self, values: Values) -> Ranked:
        keyed = values
        if len(self._reversed):
            keyed = values.copy()
            turned = keyed[self._reversed]
            keyed[self._reversed] = np.where(turned < 0, turned, HIGHEST_VALUE - turned)
        is_complete = bool((values >= 0).all())
        skills = self._skills.scores(keyed, is_complete)
        share, match = self._skills.match(skills)
        total, interest = self._interests.total(self._interests.scores(keyed, is_complete), match)
        ranked, in_doubt = self._first(share, total, match, interest)
        asked = None if skills.known is None else skills.known.T @ self._skills.weighted
        ranked = ranked._replace(readiness=self._met.readiness(skills.codes, ranked.role, asked))
        rules, unsure = self._rules(values, keyed, is_complete)
        ranked = ranked._replace(rules=rules)
        if not self._table.is_exact:
            in_doubt[:] = True
        for sheet in np.flatnonzero(in_doubt | unsure).tolist():
            self._define(values[:, sheet].tolist(), sheet, ranked)
        return ranked

    def _first(self, share: Floats | None, total: Floats, match: Floats, interest: Floats) -> tuple[Ranked, Some]:
        """The first roles, and the sheets of which the definition must decide the order."""
        count, roles = total.shape
        places = min(self.top + 1, roles)
        keys = (total + 1.0).view(np.int64)  # the bits of numbers above 0 sort as the numbers do
        keys &= ~self._row_bits
        keys |= np.arange(roles)
        in_doubt = np.zeros(count, dtype=np.bool_)
        if share is not None:
            in_doubt |= (np.abs(share - FEWEST_KNOWN) < TIE).any(axis=1)
            keys = np.where(share < FEWEST_KNOWN, np.arange(roles) + _NOWHERE, keys)
        keys.sort(axis=1)
        keys = keys[:, : -places - 1 : -1]
        row = keys & self._row_bits
        sheet = np.arange(count)[:, None]
        first = total[sheet, row]
        is_there = keys >= 0
        for place, following in pairwise(range(places)):
            near = first[:, place] - first[:, following] < TIE
            in_doubt |= near & is_there[:, following]
        row, is_there = row[:, : self.top], is_there[:, : self.top]
        numbers = [np.where(is_there, column[sheet, row], np.nan) for column in (total, match, interest)]
        role = np.where(is_there, row, -1)
        return Ranked(role, numbers[0], numbers[1], numbers[0], numbers[2], np.zeros(count, dtype=np.uint8)), in_doubt

    def _define(self, values: Sequence[int], sheet: int, ranked: Ranked) -> None:
        """Put in what the definitions say of a sheet."""
        responses = {item: None if value < 0 else value for item, value in zip(self.items, values, strict=True)}
        found = first_standings(self._catalogue, self._table, responses, self.top)
        fired = {flag.rule for flag in flags(self._catalogue, self._order, responses)}
        ranked.rules[sheet] = sum(1 << bit for bit, rule in enumerate(RULES) if rule in fired)
        for place in range(self.top):
            one = found[place] if place < len(found) else None
            ranked.role[sheet, place] = -1 if one is None else self.roles.index(one.role)
            ranked.total[sheet, place] = np.nan if one is None else one.total
            ranked.match[sheet, place] = np.nan if one is None else one.match
            ranked.readiness[sheet, place] = np.nan if one is None else one.readiness
            liked = None if one is None else one.interest
            ranked.interest[sheet, place] = np.nan if liked is None else liked


class _Scores(NamedTuple):
    """Scores in units, [measure, sheet], 0 where unknown.

    Attributes:
        codes: sum of the keyed values, plus (4 times the items, plus 1) for each answer when some are missing.
        known: 1 where there is an answer; None where all are.
    """

    units: Floats
    codes: Whole
    known: Floats | None


def _scores(table: RoleTable, measures: Sequence[Sequence[int]], keyed: Values, is_complete: bool) -> _Scores:
    count = keyed.shape[1]
    units = np.empty((len(measures), count))
    codes = np.empty((len(measures), count), dtype=np.int64)
    known = None if is_complete else np.empty((len(measures), count))
    for n, items in enumerate(measures):
        if known is None:
            values = keyed[items[0]].astype(np.int64) if items else np.zeros(count, dtype=np.int64)
            for item in items[1:]:
                values += keyed[item]
            codes[n] = values
            np.multiply(values, table.score(1, 1) // max(1, len(items)), out=units[n])
            continue
        answers = keyed[list(items)]
        answered = (answers >= 0).sum(axis=0)
        values = np.maximum(answers, 0).sum(axis=0)
        codes[n] = answered * (HIGHEST_VALUE * len(items) + 1) + values
        np.divide(values * table.score(1, 1), np.maximum(answered, 1), out=units[n])
        known[n] = answered > 0
    return _Scores(units, codes, known)


class _Skills:
    """Match from skill scores."""

    def __init__(self, table: RoleTable) -> None:
        self._table = table
        self._per = POINTS_PER_SQUARE / table.unit**2
        weights, levels = np.array(table.weights, dtype=np.float64).T, np.array(table.levels, dtype=np.float64).T
        self.weighted = weights * levels
        self._weights, self._whole = weights.copy(), weights.sum(axis=0)
        self._levels_squared = weights * levels**2
        self._crossed = np.concatenate([-2 * self.weighted, weights])

    def scores(self, keyed: Values, is_complete: bool) -> _Scores:
        return _scores(self._table, self._table.skill_items, keyed, is_complete)

    def match(self, scores: _Scores) -> tuple[Floats | None, Floats]:
        """Known share of the weight, 0-1 (None: all is known), and Match, 0-100; both [sheet, role]."""
        off = -(scores.units.T @ self._weights)
        square = np.concatenate([scores.units, np.square(scores.units)]).T @ self._crossed
        if scores.known is None:
            known, share = self._whole, None
            off += self.weighted.sum(axis=0)
            square += self._levels_squared.sum(axis=0)
        else:
            known = scores.known.T @ self._weights
            share = known / self._whole
            off += scores.known.T @ self.weighted
            square += scores.known.T @ self._levels_squared
        return share, _points_left(square, off, known, 1 - LEVEL_SHARE, self._per)


class _Interests:
    """Interest and Total."""

    def __init__(self, table: RoleTable) -> None:
        self._table = table
        self._asked = [(n, items) for n, items in enumerate(table.interest_items) if items]
        self._per = POINTS_PER_SQUARE / table.unit**2
        columns = [n for n, _ in self._asked]
        named = [[row[n] is not None for n in columns] for row in table.wanted]
        wanted = [[row[n] or 0 for n in columns] for row in table.wanted]
        self._named = np.array(named, dtype=np.float64).reshape(len(named), len(columns)).T
        self._wanted = np.array(wanted, dtype=np.float64).reshape(len(named), len(columns)).T
        self._wanted_squared = self._wanted**2
        self._crossed = np.concatenate([-2 * self._wanted, self._named])

    def scores(self, keyed: Values, is_complete: bool) -> _Scores:
        return _scores(self._table, [items for _, items in self._asked], keyed, is_complete)

    def total(self, scores: _Scores, match: Floats) -> tuple[Floats, Floats]:
        """Total and Interest, 0-100, [sheet, role]; Interest is NaN, and Total is Match, without an answer."""
        if not self._asked:
            return match, np.full_like(match, np.nan)
        likes = scores.units.T
        off = -(likes @ self._named)
        square = np.concatenate([scores.units, np.square(scores.units)]).T @ self._crossed
        if scores.known is None:
            liked = self._named.sum(axis=0)
            off += self._wanted.sum(axis=0)
            square += self._wanted_squared.sum(axis=0)
        else:
            liked = scores.known.T @ self._named
            off += scores.known.T @ self._wanted
            square += scores.known.T @ self._wanted_squared
        interest = _points_left(square, off, liked, 1.0, self._per)
        share = self._table.interest_weight
        total = (1 - share) * match + share * interest
        return (total, interest) if liked.all() else (np.where(liked > 0, total, match), interest)


def _points_left(square: Floats, off: Floats, known: Floats, share: float, per: float) -> Floats:
    """100 less the cost of a mean square difference, at least 0; `share` of the mean's square is free. NaN: unknown."""
    with np.errstate(invalid="ignore"):
        off /= known
        square /= known
    off *= off
    if share != 1:
        off *= share
    square -= off
    square *= per
    np.subtract(100, square, out=square)
    return np.maximum(square, 0.0, out=square)

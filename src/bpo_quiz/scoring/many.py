"""Many people at once, with numpy (the extras `cohort` and `study`): the only other copy of what scoring defines.

`match.py`, `certainty.py` and `answer_quality.py` hold the definitions; a test holds both together on random
catalogues. Sums are of whole numbers (`exact.py`). Where what then differs from the definitions could change an order,
a chance or a flag, the definition is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.answer_quality import FEWEST_PAIRS, LEAST_AGREEMENT, LEAST_SPREAD, LONGSTRING, flags
from bpo_quiz.scoring.certainty import PLACES, drawn, tally
from bpo_quiz.scoring.exact import LEVEL_FREE, FirstStandings, WholeNumbers, points_left
from bpo_quiz.scoring.match import FEWEST_KNOWN
from bpo_quiz.scoring.profile import INCOMPLETE, POINTS_PER_VALUE, score
from bpo_quiz.scoring.ranking import Ranker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.profile import Profile
    from bpo_quiz.scoring.totals import Totals

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Values = NDArray[np.int8]
    Some = NDArray[np.bool_]

TIE = 1e-10
"""Points, or shares of 1, under which two numbers are taken for equal until the definition has been asked."""

NO_ANSWER = -1
RULES = ("long run", "no spread", "pairs disagree", INCOMPLETE)
"""Those of answer quality that need no clock, and whether a skill or an interest has no answer."""

_AT_ONCE = 2048
"""Sheets whose arrays fit the processor's cache together."""


class Fits(NamedTuple):
    """How roles stand for people, [person, role].

    Attributes:
        match, interest, total: 0-100. `interest` is NaN, and Total is Match, without an interest answer.
        known: share of the role's weight that the answers cover, 0-1; one row for all when all is known.
    """

    match: Floats
    interest: Floats
    total: Floats
    known: Floats


class Arrays:
    """A catalogue as arrays. Rows are roles; columns are in the order of the catalogue, interests after skills.

    Attributes:
        roles: ids, ascending, so that the first of equals is the one that `ranking` puts first.
        items: skills' items, then interests'.
        of_skills, of_interests: for each skill or interest, which of the `items` measure it.
        levels: 0-100. importances: 0-5. Both [role, skill]. wanted: interest levels, 0-100, [role, interest].
        unit: parts of a point in which scores are whole numbers. is_exact: as `WholeNumbers` has it.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        roles = [catalogue.roles[role] for role in sorted(catalogue.roles)]
        self.levels = _table([role.skills[skill].level for skill in catalogue.skills] for role in roles)
        self.importances = _table([role.skills[skill].importance for skill in catalogue.skills] for role in roles)
        self.wanted = _table([role.interests[interest] for interest in catalogue.interests] for role in roles)
        self.items = catalogue.items()
        skills, interests = catalogue.skills.values(), catalogue.interests.values()
        sizes = [*(len(one.items) for one in skills), *(len(one.items) for one in interests)]
        measures, ends = np.arange(len(sizes)), np.cumsum(sizes)
        self._of_measure = (measures[:, None] == np.repeat(measures, sizes)).astype(np.float64)  # [measure, item]
        items_of = tuple(map(slice, (ends - sizes).tolist(), ends.tolist()))
        self.of_skills, self.of_interests = items_of[: len(skills)], items_of[len(skills) :]
        whole = WholeNumbers(catalogue)
        self.roles, self.unit, self.is_exact = whole.roles, whole.unit, whole.is_exact
        self._interest_weight = whole.interest_weight
        self._skills = _Patterns(_table(whole.weights), _table(whole.levels), LEVEL_FREE, self.unit)
        self._interests = _Patterns(np.ones(self.wanted.shape), _table(whole.wanted), 1.0, self.unit)

    def scores(self, keyed: NDArray[np.integer[Any]]) -> tuple[Floats, Floats]:
        """Scores in units, 0 where unknown, [person, measure]; and 1 where known, else 0, one row when all is known.

        Args:
            keyed: values 0-4, 4 always the most, -1 without an answer, [item, person].
        """
        answered = self._of_measure @ (keyed >= 0)
        scores = POINTS_PER_VALUE * self.unit * (self._of_measure @ np.maximum(keyed, 0)) / np.maximum(answered, 1)
        known = np.minimum(answered, 1)
        return scores.T, known[:, :1].T if known.all() else known.T

    def points(self, values: NDArray[np.integer[Any]]) -> Floats:
        """Scores in points, 0-100, [person, measure], of keyed values 0-4 of every item, [person, item]."""
        return self.scores(values.T)[0] / self.unit

    def fits(self, scores: Floats, known: Floats) -> Fits:
        """Match, Interest and Total of people with such `scores`, in units."""
        skills, share = len(self.of_skills), self._interest_weight
        match, weight = self._skills.match(scores[:, :skills], known[:, :skills])
        interest, liked = self._interests.match(scores[:, skills:], known[:, skills:])
        total = (1 - share) * match + share * interest
        if not liked.all():
            total = np.where(liked > 0, total, match)
        return Fits(match, interest, total, weight / self._skills.weights.sum(axis=0))

    def total(self, levels: Floats) -> Floats:
        """Total, 0-100, [person, role], where all is known; of levels in points, [person, skill and interest]."""
        return self.fits(levels * self.unit, np.ones((1, levels.shape[1]))).total

    def readiness(self, scores: Floats, known: Floats, rows: Whole) -> Floats:
        """Readiness, 0-100, [person, place], of some roles for each person, by their rows."""
        skills = len(self.of_skills)
        needed, met = self._skills.needed(known[:, :skills]), np.empty(rows.shape)
        for place, row in enumerate(rows.T):
            there = np.minimum(scores[:, :skills], self._skills.levels[row])
            met[:, place] = np.einsum("ps,ps->p", there, self._skills.weights.T[row])
        of = np.take_along_axis(np.broadcast_to(needed, (len(rows), len(self.roles))), rows, axis=1)
        return np.where(of > 0, 100 * (met / np.where(of > 0, of, 1.0)), 100.0)


class _Patterns:
    """What roles ask for in skills, or in interests, for sums expanded as in `totals.py`."""

    def __init__(self, weights: Floats, levels: Floats, free: float, unit: int) -> None:
        self.levels, self.weights = levels, weights.T
        self._weighted, self._squares = (weights * levels).T, (weights * levels**2).T
        self._crossed = np.concatenate([-2 * self._weighted, self.weights])
        self._free, self._unit = free, unit

    def needed(self, known: Floats) -> Floats:
        """Weight times level, summed over what is known, [person, role]."""
        return known @ self._weighted

    def match(self, scores: Floats, known: Floats) -> tuple[Floats, Floats]:
        """Match of the pattern, 0-100, NaN where nothing is known; and the weight of what is known; [person, role]."""
        weight = known @ self.weights
        off = self.needed(known) - scores @ self.weights
        square = known @ self._squares + np.concatenate([scores, np.square(scores)], axis=1) @ self._crossed
        with np.errstate(invalid="ignore"):
            left = points_left(weight, off, square, self._free, self._unit)
        return np.maximum(left, 0.0, out=left), weight


class Chances:
    """How sure the order of one sheet after the other is: as `certainty`, the Totals of a sheet's draws all at once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._arrays, self._ranker = Arrays(catalogue), Ranker(catalogue)

    def __call__(self, profile: Profile, today: str | None = None) -> Certainty:
        """As `certainty.certainty`."""
        totals = self._ranker.totals(profile)
        return tally(totals.roles, self._firsts(totals, profile), today)

    def _firsts(self, totals: Totals, profile: Profile) -> Iterator[list[str]]:
        """The first three roles of each draw."""
        draws = list(drawn(profile))
        scores = [*(one.score for one in profile.skills), *(one.score for one in profile.interests)]
        is_known = np.array([score is not None for score in scores])
        levels = np.zeros((len(draws), len(is_known)))
        levels[:, is_known] = [[*skills, *interests] for skills, interests in draws]
        found = self._arrays.fits(levels * self._arrays.unit, is_known[None].astype(np.float64)).total
        rows_of = [row for row, role in enumerate(self._arrays.roles) if role in totals.roles]
        roles, found = [self._arrays.roles[row] for row in rows_of], found[:, rows_of]
        ahead = order(found, PLACES + 1)
        in_doubt = np.diff(np.take_along_axis(found, ahead, axis=1)).max(axis=1, initial=-1.0) > -TIE
        for draw, rows, is_near in zip(draws, ahead[:, :PLACES].tolist(), in_doubt.tolist(), strict=True):
            yield totals.first(totals.of(*draw), PLACES) if is_near else [roles[row] for row in rows]


class Ranked(NamedTuple):
    """The first roles of many sheets, best first.

    Attributes:
        role: index into `SheetScorer.roles`, [sheet, place]; -1 where no further role has a Total.
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
        return Ranked(*(column[which] for column in self))  # type: ignore[arg-type]


class SheetScorer:
    """Scores sheets against one catalogue: plain arrays in, plain arrays out; the same bits as `exact.FirstStandings`.

    It can be pickled and keeps nothing of a sheet, so any engine that maps a function over parts of a table can use it
    (docs/cohort.md).

    Args:
        catalogue: what was asked.
        asked: its items in the order in which the full form asks them.
        top: how many roles are wanted.

    Attributes:
        items: ids of the items, the columns of what is scored. roles: ids.
    """

    def __init__(self, catalogue: Catalogue, asked: Sequence[Item], top: int = 5) -> None:
        self._catalogue, self._asked = catalogue, tuple(asked)
        self._arrays, self._first = Arrays(catalogue), FirstStandings(catalogue)
        self.items = tuple(item.id for item in self._arrays.items)
        self.roles, self.top = self._arrays.roles, min(top, len(self._arrays.roles))
        self._reversed = np.flatnonzero([item.reversed for item in self._arrays.items])
        self._turns = np.array([self.items.index(item.id) for item in asked])
        self._pairs = [items for items in self._arrays.of_skills if items.stop - items.start > 1]

    def __call__(self, values: NDArray[np.integer[Any]]) -> Ranked:
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
        parts = [self._few(values[:, n : n + _AT_ONCE]) for n in range(0, max(values.shape[1], 1), _AT_ONCE)]
        return parts[0] if len(parts) == 1 else Ranked(*map(np.concatenate, zip(*parts, strict=True)))

    def _few(self, values: Values) -> Ranked:
        keyed = values.copy()
        turned = keyed[self._reversed]
        keyed[self._reversed] = np.where(turned < 0, turned, HIGHEST_VALUE - turned)
        rules, in_doubt = self._rules(values, keyed)

        scores, known = self._arrays.scores(keyed)
        rules |= np.where(known.all(axis=1), 0, 1 << RULES.index(INCOMPLETE)).astype(np.uint8)
        fits = self._arrays.fits(scores, known)
        totals = np.where(fits.known < FEWEST_KNOWN, -1.0, fits.total)
        ahead = np.argsort(-totals, axis=1)[:, : self.top + 1]  # equals are in doubt whichever comes first
        first = np.take_along_axis(totals, ahead, axis=1)
        in_doubt |= ((np.diff(first) > -TIE) & (first[:, 1:] >= 0)).any(axis=1)
        in_doubt |= (np.abs(fits.known - FEWEST_KNOWN) < TIE).any(axis=1) | (not self._arrays.is_exact)

        ahead, is_there = ahead[:, : self.top], first[:, : self.top] >= 0
        match, interest = (np.take_along_axis(column, ahead, axis=1) for column in (fits.match, fits.interest))
        readiness = self._arrays.readiness(scores, known, ahead)
        numbers = [np.where(is_there, one, np.nan) for one in (first[:, : self.top], match, readiness, interest)]
        ranked = Ranked(np.where(is_there, ahead, -1), *numbers, rules)  # type: ignore[call-arg]
        for sheet in np.flatnonzero(in_doubt).tolist():
            self._define(values[:, sheet].tolist(), sheet, ranked)
        return ranked

    def _define(self, values: Sequence[int], sheet: int, ranked: Ranked) -> None:
        """Put in what the definitions say of a sheet."""
        responses = {item: None if value < 0 else value for item, value in zip(self.items, values, strict=True)}
        profile = score(self._catalogue, responses)
        fired: set[str] = {flag.rule for flag in flags(self._catalogue, self._asked, responses)}
        fired |= set() if profile.is_whole else {INCOMPLETE}
        ranked.rules[sheet] = sum(1 << bit for bit, rule in enumerate(RULES) if rule in fired)
        ranked.role[sheet] = -1
        for column in ranked[1:5]:
            column[sheet] = np.nan
        for place, one in enumerate(self._first(profile, self.top)):
            ranked.role[sheet, place] = self.roles.index(one.role)
            for column, number in zip(ranked[1:5], one[1:], strict=True):
                column[sheet, place] = np.nan if number is None else number

    def _rules(self, values: Values, keyed: Values) -> tuple[NDArray[np.uint8], Some]:
        """The sum of the bits of `RULES` that fired, and whether the definition must decide; [sheet]."""
        spread, agreement = _spread(values), self._agreement(keyed)
        fired = (_longstring(values[self._turns]) >= LONGSTRING, spread < LEAST_SPREAD, agreement < LEAST_AGREEMENT)
        rules = np.packbits(np.stack(fired), axis=0, bitorder="little")[0]
        return rules, (np.abs(spread - LEAST_SPREAD) < TIE) | (np.abs(agreement - LEAST_AGREEMENT) < TIE)

    def _agreement(self, keyed: Values) -> Floats:
        """Correlation of the first two answers to each skill; 1 where it is not defined, or there are too few."""
        firsts = np.empty((2, len(self._pairs), keyed.shape[1]), dtype=np.int32)
        for n, items in enumerate(self._pairs):
            answers = keyed[items]
            if len(answers) > 2:
                answers = np.take_along_axis(answers, np.argsort(answers < 0, axis=0, kind="stable"), axis=0)
            firsts[:, n] = answers[:2]
        has = firsts.min(axis=0) >= 0
        one, other = firsts * has
        count, spread = has.sum(axis=0), _scatter(has, one, one) * _scatter(has, other, other)
        is_defined = (count >= FEWEST_PAIRS) & (spread > 0)
        return np.where(is_defined, _scatter(has, one, other) / np.sqrt(np.where(is_defined, spread, 1)), 1.0)


def _longstring(asked: Values) -> NDArray[np.int16]:
    """How often the same option stands in a row, what was not answered passed over; of values [turn, sheet]."""
    last = np.full(asked.shape[1], NO_ANSWER, dtype=np.int8)
    run = np.zeros(asked.shape[1], dtype=np.int16)
    longest = run.copy()
    for values in asked:
        has = values >= 0
        run = np.where(has, run * (values == last) + np.int16(1), run)
        last = np.where(has, values, last)
        np.maximum(longest, run, out=longest)
    return longest


def _spread(values: Values) -> Floats:
    """Standard deviation of the values, [item, sheet]; 1 for fewer than two."""
    has = values >= 0
    plain, count = (values * has).astype(np.int32), has.sum(axis=0)
    return np.where(count > 1, np.sqrt(_scatter(has, plain, plain)) / np.maximum(count, 1), 1.0)


def _scatter(has: Some, ones: NDArray[np.int32], others: NDArray[np.int32]) -> Whole:
    """The square of their number times their covariance, over the first axis, as `answer_quality` has it."""
    return np.asarray(has.sum(axis=0) * (ones * others).sum(axis=0) - ones.sum(axis=0) * others.sum(axis=0))


def order(totals: Floats, places: int) -> Whole:
    """The first so many roles, best first, [person, place]; of equals the earlier role."""
    return np.argsort(-totals, axis=1, kind="stable")[:, :places]


def _table(rows: Iterable[Sequence[float]]) -> Floats:
    return np.array(list(rows), dtype=np.float64)

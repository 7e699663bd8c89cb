"""Many people taking the quick form at once.

`sitting/quick_form.py` holds the form; a test lets this one ask the same items. Only the draws come from another
generator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bpo_quiz.scoring.belief import NEGLIGIBLE, Prior
from bpo_quiz.scoring.certainty import DRAWS, PLACES
from bpo_quiz.scoring.match import FEWEST_KNOWN, LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.profile import ITEM_VARIANCE, POINTS_PER_VALUE
from bpo_quiz.sitting.quick_form import CHECK_EVERY, FEWEST_ITEMS, STOP_DRAWS, most_items, stop_value

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.study.vectors import Arrays, Floats, Whole

    Flags = NDArray[np.bool_]

_BLOCK = 100
"""People handled at once; keeps memory small."""


class Taken(NamedTuple):
    """Quick forms that were taken.

    Attributes:
        asked: whether an item was asked, [person, item]. order: item number by turn, [person, turn]; -1 after the end.
        ranked: the first roles, best first, [person, place].
    """

    asked: Flags
    order: Whole
    ranked: Whole


class _Priors:
    """`scoring.belief.Prior`, worked out for every number of answers that a measure can have.

    After n answers to a measure, a component's mean is `base[n] + pull[n] * observed`. All tables are
    [number of answers, component, measure].
    """

    def __init__(self, catalogue: Catalogue, most_answers: int) -> None:
        components = Prior(catalogue)._components
        means = np.array([one.means for one in components])
        expected = means + np.array([[one.style] for one in components])
        variances = np.array([one.variances for one in components])
        counts = np.arange(1, most_answers + 1)[:, None, None]
        together = np.concatenate([np.full((1, *means.shape), np.inf), variances + ITEM_VARIANCE / counts])
        self.log_chances = np.array([one.log_chance for one in components])
        self.pull = variances / together
        self.base = means - self.pull * expected
        self.variances = variances * (1 - self.pull)
        self.spreads = np.sqrt(self.variances)
        self.square = 1 / together
        self.slope = -2 * expected / together
        self.rest = expected**2 / together + np.log(np.where(np.isinf(together), 1.0, together))
        self.second = self.variances + self.base**2


class _Beliefs(NamedTuple):
    """`scoring.belief.Belief` for many.

    Attributes:
        counts, observed: answers to each measure, and their mean, 0-100; [person, measure].
        chances: of the components, [person, component].
    """

    priors: _Priors
    counts: Whole
    observed: Floats
    chances: Floats

    @classmethod
    def after(cls, priors: _Priors, counts: Whole, observed: Floats) -> _Beliefs:
        logs = np.tile(priors.log_chances, (len(counts), 1))
        for number in range(len(priors.pull)):
            here = (counts == number).astype(np.float64)
            told = here * observed
            logs -= 0.5 * ((told * observed) @ priors.square[number].T + told @ priors.slope[number].T)
            logs -= 0.5 * (here @ priors.rest[number].T)
        chances = np.exp(logs - logs.max(axis=1, keepdims=True))
        return cls(priors, counts, observed, chances / chances.sum(axis=1, keepdims=True))

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and variance of every level, [person, measure]."""
        likely = np.where(self.chances > NEGLIGIBLE, self.chances, 0.0)
        mean, second = np.zeros(self.observed.shape), np.zeros(self.observed.shape)
        priors, told = self.priors, self.observed
        for number, (base, pull) in enumerate(zip(priors.base, priors.pull, strict=True)):
            here = self.counts == number
            mean += here * (likely @ base + told * (likely @ pull))
            second += here * (
                likely @ priors.second[number] + told * (likely @ (2 * base * pull) + told * (likely @ pull**2))
            )
        return mean, second + (likely.sum(axis=1, keepdims=True) - 2) * mean**2

    def draws(self, count: int, dice: Generator) -> Floats:
        """[person, draw, measure]."""
        people, components = self.chances.shape
        row = np.arange(people)[:, None]
        until = np.cumsum(self.chances, axis=1)
        until[:, -1] = 1.0
        marks = (until + row).ravel()
        which = np.searchsorted(marks, dice.random((people, count)) + row, side="right") - row * components
        which = np.minimum(which, components - 1)[:, :, None]
        counts, measures = self.counts[:, None], np.arange(self.counts.shape[1])
        drawn = self.priors.pull[counts, which, measures]
        drawn *= self.observed[:, None]
        drawn += self.priors.base[counts, which, measures]
        blur = dice.standard_normal(drawn.shape)
        blur *= self.priors.spreads[counts, which, measures]
        drawn += blur
        return np.asarray(drawn)


class QuickSittings:
    """The quick form of a catalogue, for many people at once."""

    def __init__(self, catalogue: Catalogue, arrays: Arrays, stop: float | None = None) -> None:
        self._arrays = arrays
        self._stop = stop_value(catalogue) if stop is None else stop
        self._most = most_items(catalogue)
        ids = [*catalogue.skills, *catalogue.interests]
        self._late_id_first = np.array(sorted(range(len(ids)), key=ids.__getitem__, reverse=True))
        self._skills = len(arrays.of_skills)
        self._measures = (*arrays.of_skills, *arrays.of_interests)
        self._priors = _Priors(catalogue, max(items.stop - items.start for items in self._measures))
        self._of_item = np.repeat(np.arange(len(ids)), [items.stop - items.start for items in self._measures])

    def take(self, values: NDArray[Any], dice: Generator) -> Taken:
        """Everybody with these keyed values, [person, item], takes it."""
        parts = [self._take(values[start : start + _BLOCK], dice) for start in range(0, len(values), _BLOCK)]
        return Taken(
            np.concatenate([part.asked for part in parts]),
            np.concatenate([part.order for part in parts]),
            np.concatenate([part.ranked for part in parts]),
        )

    def _take(self, values: NDArray[Any], dice: Generator) -> Taken:
        people, items = values.shape
        asked = np.zeros((people, items), dtype=bool)
        turns = np.full((people, items), -1, dtype=np.int64)
        going = np.arange(people)
        for turn in range(items):
            last = self._of_item[turns[going, turn - 1]] if turn else None
            item = self._next(values[going], asked[going], turn, last, dice)
            going, item = going[item >= 0], item[item >= 0]
            if not len(going):
                break
            asked[going, item] = True
            turns[going, turn] = item
        return Taken(asked, turns, self.rank(values, asked, dice))

    def _next(self, values: NDArray[Any], asked: Flags, turn: int, last: Whole | None, dice: Generator) -> Whole:
        """Each person's next item; -1 where the answers are enough."""
        first_left = self._first_left(asked, last)
        beliefs = self.believe(values, asked)
        gains = np.where(first_left >= 0, self._gains(*beliefs.moments()), -1.0)
        item = self._pick(first_left, gains)
        if turn >= FEWEST_ITEMS and (turn - FEWEST_ITEMS) % CHECK_EVERY == 0:
            regret, leader = self._choice(beliefs, dice)
            enough = (regret <= self._stop) | (turn >= self._most)
            item = np.where(enough, self._unknown_of(leader, first_left, asked), item)
        return item

    def _first_left(self, asked: Flags, last: Whole | None) -> Whole:
        """The first unused item of each measure, [person, measure]; -1 where there is none, or it was asked last."""
        found = np.full((len(asked), len(self._measures)), -1, dtype=np.int64)
        for measure, items in enumerate(self._measures):
            unused = ~asked[:, items]
            found[:, measure] = np.where(unused.any(axis=1), items.start + unused.argmax(axis=1), -1)
        if last is not None:
            more = np.flatnonzero((found >= 0).sum(axis=1) > 1)
            found[more, last[more]] = -1
        return found

    def _pick(self, first_left: Whole, worth: Floats) -> Whole:
        """The item of the measure that is worth most; of equals the one with the later id, as the form has it."""
        best = self._late_id_first[worth[:, self._late_id_first].argmax(axis=1)]
        return np.asarray(first_left[np.arange(len(best)), best])

    def believe(self, values: NDArray[Any], asked: Flags) -> _Beliefs:
        """What is believed of each person after the answers to the items that were asked."""
        return _Beliefs.after(self._priors, *self._observed(values, asked))

    def _observed(self, values: NDArray[Any], asked: Flags) -> tuple[Whole, Floats]:
        """How many answers each measure has, and their mean, 0-100; [person, measure]."""
        starts = [items.start for items in self._measures]
        counts = np.add.reduceat(asked.astype(np.int64), starts, axis=1)
        sums = np.add.reduceat(values * asked.astype(np.int64), starts, axis=1)
        return counts, POINTS_PER_VALUE * sums / np.maximum(counts, 1)

    def _totals(self, levels: Floats) -> Floats:
        """Totals of levels [..., measure]: [..., role]."""
        flat = levels.reshape(-1, levels.shape[-1])
        totals = self._arrays.total(flat[:, : self._skills], flat[:, self._skills :])
        return totals.reshape(*levels.shape[:-1], -1)

    def _gains(self, means: Floats, variances: Floats) -> Floats:
        """How much one more item of each measure tells, [person, measure]."""
        totals, slopes = self._totals(means), self._slopes(means)
        people = np.arange(len(totals))
        leader = totals.argmax(axis=1)
        squares = (slopes[people, leader][:, None] - slopes) ** 2
        spread = np.einsum("prm,pm->pr", squares, variances)
        spread[people, leader] = 0.0
        behind = totals[people, leader][:, None] - totals
        counted = np.where(spread > 0, spread, 1.0)
        close = np.where(spread > 0, np.exp(-(behind**2) / (2 * counted)) / np.sqrt(counted), 0.0)
        removed = variances - 1 / (1 / variances + 1 / ITEM_VARIANCE)
        return np.asarray(np.einsum("pr,prm->pm", close, squares) * removed)

    def _slopes(self, levels: Floats) -> Floats:
        """How each Total changes with each level, [person, role, measure]."""
        arrays, share = self._arrays, self._arrays.interest_weight
        skills, interests = levels[:, None, : self._skills], levels[:, None, self._skills :]
        gaps = arrays.levels - skills
        elevation = (arrays.weights * gaps).sum(axis=2, keepdims=True)
        of_skills = 2 * POINTS_PER_SQUARE * arrays.weights * (gaps - (1 - LEVEL_SHARE) * elevation)
        if not interests.shape[2]:
            return np.asarray(of_skills)
        liked = arrays.wanted - interests
        of_interests = 2 * POINTS_PER_SQUARE / interests.shape[2] * (liked - liked.mean(axis=2, keepdims=True))
        return np.concatenate([(1 - share) * of_skills, share * of_interests], axis=2)

    def _choice(self, beliefs: _Beliefs, dice: Generator) -> tuple[Floats, Whole]:
        """Points that choosing now is expected to lose, and the role that is first most often; one a person."""
        totals = self._totals(beliefs.draws(STOP_DRAWS, dice))
        regret = totals.max(axis=2).mean(axis=1) - totals.mean(axis=1).max(axis=1)
        return regret, self._wins(totals).argmax(axis=1)

    def _wins(self, totals: Floats) -> Whole:
        """How often each role is first, [person, role], of [person, draw, role]."""
        people, _, roles = totals.shape
        cell = totals.argmax(axis=2) + roles * np.arange(people)[:, None]
        return np.bincount(cell.ravel(), minlength=people * roles).reshape(people, roles)

    def _unknown_of(self, leader: Whole, first_left: Whole, asked: Flags) -> Whole:
        """An item of the leader's weightiest unknown skill where too little of it is known; else -1."""
        known = self._known(asked)[:, : self._skills]
        left = first_left[:, : self._skills]
        open_skill = (left >= 0) & ~known
        worth = np.full(first_left.shape, -1.0)
        worth[:, : self._skills] = np.where(open_skill, self._arrays.importances[leader], -1.0)
        covered = self._covered(known)[np.arange(len(leader)), leader]
        needed = (covered < FEWEST_KNOWN) & open_skill.any(axis=1)
        return np.where(needed, self._pick(first_left, worth), -1)

    def _known(self, asked: Flags) -> Flags:
        return np.stack([asked[:, items].any(axis=1) for items in self._measures], axis=1)

    def rank(self, values: NDArray[Any], asked: Flags, dice: Generator) -> Whole:
        """The first roles: chance to be first, among the first three, then Total of what is known."""
        totals = self._totals(self.believe(values, asked).draws(DRAWS, dice))
        top = np.argsort(-totals, axis=2, kind="stable")[:, :, :PLACES]
        p_top3 = np.stack([(top == role).any(axis=2).mean(axis=1) for role in range(totals.shape[2])], axis=1)
        known = self.known_totals(values, asked)
        keys = zip(-self._wins(totals), -p_top3, -known, strict=True)
        return np.array([np.lexsort((total, top3, first))[:PLACES] for first, top3, total in keys])

    def known_totals(self, values: NDArray[Any], asked: Flags) -> Floats:
        """Totals over the skills that have an answer, [person, role]; -1 where too little of a role is known."""
        _, scores = self._observed(values, asked)
        known = self._known(asked).astype(np.float64)
        arrays, share = self._arrays, self._arrays.interest_weight
        weights, asks = arrays.weights, np.broadcast_to(arrays.levels, arrays.weights.shape)
        match = _match(weights, asks, scores[:, : self._skills], known[:, : self._skills], LEVEL_SHARE)
        liked = known[:, self._skills :]
        total = match
        if liked.shape[1]:
            even = np.full(arrays.wanted.shape, 1 / liked.shape[1])
            interest = _match(even, arrays.wanted, scores[:, self._skills :], liked, 0.0)
            total = np.where(liked.any(axis=1, keepdims=True), (1 - share) * match + share * interest, match)
        return np.where(self._covered(known[:, : self._skills]) < FEWEST_KNOWN, -1.0, total)

    def _covered(self, known: NDArray[Any]) -> Floats:
        """Share of each role's weight that lies on known skills, [person, role]; rounded as in `scoring.match`."""
        raw = self._arrays.importances + 1
        return np.asarray(known.astype(np.float64) @ raw.T / raw.sum(axis=1))


def _match(weights: Floats, asks: Floats, scores: Floats, known: Floats, level_share: float) -> Floats:
    """Match over what is known, [person, role]."""
    some = np.maximum(known @ weights.T, 1e-12)
    told = known * scores
    first = (known @ (weights * asks).T - told @ weights.T) / some
    second = (known @ (weights * asks**2).T - 2 * told @ (weights * asks).T + (told * scores) @ weights.T) / some
    return np.maximum(0.0, 100 - (second - (1 - level_share) * first**2) * POINTS_PER_SQUARE)

"""The table of goals (method section 6) for a study, and which roles are hard to tell apart."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bpo_quiz.scoring.match import NEAR_TWINS, TWINS, distance
from bpo_quiz.sitting.quick_form import FEWEST_ITEMS
from bpo_quiz.study.careless import SLOW_RANDOM
from bpo_quiz.study.statistics import NINETY_FIVE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.scoring.many import Floats
    from bpo_quiz.study.recovery import Recovery
    from bpo_quiz.study.simulate import Study

Unit = Literal["share", "number", "count"]

_BINS = 10
_RESAMPLES = 200


class Goal(NamedTuple):
    """One line of the table of goals.

    Attributes:
        row: number of the goal in the method.
        name: stays the same for programs.
        at_least: the goal; None where `at_most` is one.
        margin: 95 % margin of error of `reached`; None where it is not known, or there is none.
        unit: `share` is 0-1.
    """

    row: int
    name: str
    what: str
    at_least: float | None
    at_most: float | None
    reached: float
    margin: float | None
    unit: Unit = "share"

    @property
    def distance(self) -> float:
        """How far from the goal; 0 where it is met."""
        if self.at_least is not None:
            return max(0.0, self.at_least - self.reached)
        return max(0.0, self.reached - (self.at_most or 0.0))

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached, the margin of error left aside."""
        return self.distance == 0


class WorldRow(NamedTuple):
    """One world's recovery, shares 0-1: the role of origin on top or among three, and the best that is possible."""

    world: str
    top1: float
    best_top1: float
    top3: float
    best_top3: float
    true_first: float
    true_top3: float
    unmoved: float


class Pair(NamedTuple):
    """Two roles; `confused`: share of the people of both who get the other on top; `apart`: their distance, points."""

    one: str
    other: str
    confused: float
    apart: float


class RoleRow(NamedTuple):
    """`wins`: share of all people who get the role on top; `recovered`: share of its own people who do."""

    role: str
    wins: float
    recovered: float


def goals(study: Study) -> tuple[Goal, ...]:
    """All goals that a simulation can speak about."""
    return (
        *_recovered(study.recoveries),
        *_true_best(study.recoveries),
        *_calibration(study.recoveries),
        *_quick(study),
        *_alpha(study.recoveries),
        *_flagged(study),
        *_winners(study),
        *_unmoved(study.recoveries),
        *_twins(study),
    )


def worlds(study: Study) -> list[WorldRow]:
    """Recovery by world."""
    return [
        WorldRow(
            one.world,
            *(
                float(numbers.mean())
                for numbers in (
                    one.right_first, one.best_first, one.right_top3, one.best_top3,
                    one.true_first, one.true_top3, one.unmoved,
                )
            ),
        )
        for one in study.recoveries
    ]  # fmt: skip


def confused_pairs(study: Study) -> list[Pair]:
    """All pairs of roles, the most confused first."""
    roles, table = _confusion(study)
    of_role = np.maximum(table.sum(axis=1), 1e-12)
    cards = study.catalogue.roles
    pairs = [
        Pair(
            roles[one],
            roles[other],
            float((table[one, other] + table[other, one]) / (of_role[one] + of_role[other])),
            distance(cards[roles[one]], cards[roles[other]]),
        )
        for one, other in itertools.combinations(range(len(roles)), 2)
    ]
    return sorted(pairs, key=lambda pair: (-pair.confused, pair.one, pair.other))


def role_rows(study: Study) -> list[RoleRow]:
    """All roles, those with the fewest wins first."""
    roles, table = _confusion(study)
    wins, of_role = _wins(study), np.maximum(table.sum(axis=1), 1e-12)
    rows = [RoleRow(role, float(wins[n] / wins.sum()), float(table[n, n] / of_role[n])) for n, role in enumerate(roles)]
    return sorted(rows, key=lambda row: (row.wins, row.role))


def _recovered(recoveries: Sequence[Recovery]) -> Iterator[Goal]:
    first = [_ratio(one.right_first, one.best_first) for one in recoveries]
    top3 = [_ratio(one.right_top3, one.best_top3) for one in recoveries]
    yield _mean(1, "top1_of_best_mean", "role of origin on top, share of the best possible", 0.90, first)
    yield _worst(1, "top1_of_best_worst", "the same, worst world", 0.85, first)
    yield _mean(2, "top3_of_best_mean", "role of origin among three, share of the best possible", 0.95, top3)
    yield _worst(2, "top3_of_best_worst", "the same, worst world", 0.92, top3)


def _true_best(recoveries: Sequence[Recovery]) -> Iterator[Goal]:
    first = [_share(one.true_first) for one in recoveries]
    top3 = [_share(one.true_top3) for one in recoveries]
    yield _mean(3, "true_first_mean", "true best role on top", 0.80, first)
    yield _worst(3, "true_first_worst", "the same, worst world", 0.72, first)
    yield _mean(3, "true_top3_mean", "true best role among three", 0.95, top3)
    yield _worst(3, "true_top3_worst", "the same, worst world", 0.90, top3)


def _calibration(recoveries: Sequence[Recovery]) -> Iterator[Goal]:
    stated = np.concatenate([one.p_first for one in recoveries])
    right = np.concatenate([one.true_first for one in recoveries])
    bias, margin = _share(stated - right)
    yield Goal(4, "p_first_bias", "stated chance to be first: bias, either way", None, 0.03, abs(bias), margin)
    dice = np.random.default_rng(0)
    again = [dice.integers(0, len(right), len(right)) for _ in range(_RESAMPLES)]
    spread = float(np.std([calibration_error(stated[which], right[which]) for which in again]))
    error = calibration_error(stated, right)
    yield Goal(4, "p_first_error", "the same: expected calibration error", None, 0.05, error, NINETY_FIVE * spread)


def calibration_error(stated: Floats, right: Floats) -> float:
    """Mean distance of stated chances from what happens, over ten bins weighted by how many fall into each; 0-1."""
    bins = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights=stated - right, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(stated))


def _quick(study: Study) -> Iterator[Goal]:
    items = len(study.catalogue.items())
    asked = np.concatenate([one.asked for one in study.shorter])
    first = _share(np.concatenate([one.lost_first for one in study.shorter]))
    top3 = _share(np.concatenate([one.lost_top3 for one in study.shorter]))
    saved = _share(1 - asked / items)
    at_least = min(0.35, (1 - FEWEST_ITEMS / items) / 2) if items > FEWEST_ITEMS else 0.0
    yield Goal(5, "quick_saved", "quick form: items saved", at_least, None, *saved)
    yield Goal(5, "quick_lost_top1", "quick form: role of origin on top, share lost", None, 0.02, *first)
    yield Goal(5, "quick_lost_top3", "quick form: among three, share lost", None, 0.03, *top3)


def _alpha(recoveries: Sequence[Recovery]) -> Iterator[Goal]:
    alpha = np.concatenate([one.alpha for one in recoveries])
    known = alpha[~np.isnan(alpha)]
    if len(known):
        what = "alpha of a skill's items, mean"
        yield Goal(6, "alpha", what, 0.75, None, float(known.mean()), _share(known)[1], "number")


def _flagged(study: Study) -> Iterator[Goal]:
    honest = _share(np.concatenate([one.flagged for one in study.honest]))
    shares = {one.kind: _share(one.flagged) for one in study.careless}
    slow = shares.pop(SLOW_RANDOM)
    yield Goal(8, "honest_flagged", "honest people flagged", None, 0.03, *honest)
    yield _worst(8, "careless_caught", "careless sheets flagged, worst of seven kinds", 0.95, list(shares.values()))
    yield Goal(8, "slow_random_caught", "random sheets at the pace of reading, flagged", 0.75, None, *slow)


def _winners(study: Study) -> Iterator[Goal]:
    wins = _wins(study)
    people = int(wins.sum())
    share = float(wins.max() / people)
    margin = NINETY_FIVE * (share * (1 - share) / people) ** 0.5
    what = f"roles that nobody of {people:,} people gets on top"
    yield Goal(9, "never_on_top", what, None, 0, int((wins == 0).sum()), None, "count")
    at_most = max(0.12, 2 / len(wins))  # few roles share everybody: twice an even share
    yield Goal(9, "largest_share", "largest share of people with one role on top", None, at_most, share, margin)


def _unmoved(recoveries: Sequence[Recovery]) -> Iterator[Goal]:
    shares = [_share(one.unmoved) for one in recoveries]
    yield _mean(10, "same_after_rise", "same role on top when all scores rise by 10", 0.75, shares)


def _twins(study: Study) -> Iterator[Goal]:
    apart = [distance(one, other) for one, other in itertools.combinations(study.catalogue.roles.values(), 2)]
    near, twins = (sum(points < limit for points in apart) for limit in (NEAR_TWINS, TWINS))
    yield Goal(12, "twins", f"pairs of roles less than {TWINS:g} points apart", None, 0, twins, None, "count")
    yield Goal(12, "near_twins", f"pairs of roles less than {NEAR_TWINS:g} points apart", None, 0, near, None, "count")


def _confusion(study: Study) -> tuple[list[str], Floats]:
    """[role of origin, role on top], expected number of people; the roles by id, as `Arrays` has them."""
    return sorted(study.catalogue.roles), np.sum([one.confused for one in study.recoveries], axis=0)


def _wins(study: Study) -> Floats:
    first = np.concatenate([one.first for one in study.recoveries])
    return np.bincount(first, minlength=len(study.catalogue.roles)).astype(np.float64)


def _share(numbers: Floats) -> tuple[float, float]:
    """The mean and its margin of error."""
    return float(numbers.mean()), NINETY_FIVE * float(numbers.std()) / len(numbers) ** 0.5


def _ratio(reached: Floats, possible: Floats) -> tuple[float, float]:
    """The ratio of two means over the same people, and its margin of error (delta method)."""
    ratio = float(reached.mean() / possible.mean())
    return ratio, _share(reached - ratio * possible)[1] / float(possible.mean())


def _mean(row: int, name: str, what: str, goal: float, shares: Sequence[tuple[float, float]]) -> Goal:
    reached, margins = np.array(shares).T
    return Goal(row, name, what, goal, None, float(reached.mean()), float((margins**2).sum() ** 0.5 / len(margins)))


def _worst(row: int, name: str, what: str, goal: float, shares: Sequence[tuple[float, float]]) -> Goal:
    return Goal(row, name, what, goal, None, *min(shares))

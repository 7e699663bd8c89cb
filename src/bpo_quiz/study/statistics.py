"""What answers say of the questions, and ratings of the raters: classical statistics over plain tables of numbers.

Nothing here knows a catalogue. A row is a person or a thing that is rated; what is not a number was not answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NINETY_FIVE = 1.96
"""Standard errors that a margin of error spans on either side (95 %)."""


class ItemFigures(NamedTuple):
    """An item's figures; None where they cannot be computed.

    Attributes:
        answered, missing: people.
        mean, sd: over those who answered; the deviation of a sample (n - 1).
        item_rest: its correlation with the sum of the other items, over people who answered all of them.
        alpha_if_dropped: alpha of the other items, over the same people.
    """

    answered: int
    missing: int
    mean: float | None
    sd: float | None
    item_rest: float | None
    alpha_if_dropped: float | None


class ScaleFigures(NamedTuple):
    """The figures of items that measure one thing; None where they cannot be computed.

    Attributes:
        complete: people who answered all of them.
        alpha: Cronbach's, from the covariance of every two items over those who answered both.
        low, high: its 95 % interval (Duhachek and Iacobucci 2004), for as many people as are complete.
        one_more: what alpha would be with one more item of the same kind (Spearman-Brown).
    """

    complete: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    one_more: float | None = None


def analyse(people: Sequence[Sequence[float]]) -> tuple[ScaleFigures, list[ItemFigures]]:
    """Everything about the items of one scale.

    Args:
        people: [person, item], one person at least; all items turned so that more is more.
    """
    answers: Floats = np.asarray(people, dtype=np.float64)
    complete = answers[~np.isnan(answers).any(axis=1)]
    known, whole, count = covariances(answers), covariances(complete), answers.shape[1]
    found, alpha = ScaleFigures(len(complete)), cronbach(known)
    if alpha is not None:
        one_more = (count + 1) * alpha / (count + alpha) if alpha > 0 else None
        found = found._replace(alpha=alpha, one_more=one_more)
        if len(complete) > 1:
            margin = NINETY_FIVE * _standard_error(known, len(complete))
            found = found._replace(low=alpha - margin, high=min(1.0, alpha + margin))
    return found, [_item(answers[:, n], whole, n) for n in range(count)]


def covariances(answers: Floats) -> Floats:
    """The covariance of every two columns, over the rows that have both."""
    seen = ~np.isnan(answers)
    values = np.where(seen, answers, 0.0)
    rows, sums = seen.T.astype(float) @ seen, values.T @ seen
    with np.errstate(invalid="ignore", divide="ignore"):  # where fewer than two rows have both
        return np.asarray((values.T @ values - sums * sums.T / rows) / (rows - 1))


def cronbach(covariance: Floats) -> float | None:
    """Cronbach's alpha; None for one item, or where nothing varies."""
    count, whole = len(covariance), covariance.sum()
    return float(count / (count - 1) * (1 - np.trace(covariance) / whole)) if count > 1 and whole > 0 else None


def _standard_error(covariance: Floats, people: int) -> float:
    count, whole, own = len(covariance), covariance.sum(), np.trace(covariance)
    squared = covariance @ covariance
    spread = whole * (np.trace(squared) + own**2) - 2 * own * squared.sum()
    return float(np.sqrt(2 * count**2 / ((count - 1) ** 2 * whole**3) * spread / people))


def _item(answers: Floats, whole: Floats, n: int) -> ItemFigures:
    given = answers[~np.isnan(answers)]
    others = np.delete(np.delete(whole, n, 0), n, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        item_rest = float((whole[n].sum() - whole[n, n]) / np.sqrt(whole[n, n] * others.sum()))
    return ItemFigures(
        answered=len(given),
        missing=len(answers) - len(given),
        mean=float(given.mean()) if len(given) else None,
        sd=float(given.std(ddof=1)) if len(given) > 1 else None,
        item_rest=item_rest if np.isfinite(item_rest) else None,
        alpha_if_dropped=cronbach(others),
    )


class Agreement(NamedTuple):
    """How far raters agree (Shrout and Fleiss 1979): `one` is ICC(2,1), `mean` ICC(2,k).

    Both are None where nothing varies, or there are not two things and two raters.
    """

    one: float | None
    mean: float | None


def agreement(table: Sequence[Sequence[float]]) -> Agreement:
    """How far raters agree on things, [thing, rater], each rated by every rater."""
    if len(table) < 2 or len(table[0]) < 2:
        return Agreement(None, None)
    ratings: Floats = np.asarray(table, dtype=np.float64)
    things, raters = ratings.shape
    of_things, of_raters = ratings.mean(axis=1, keepdims=True), ratings.mean(axis=0, keepdims=True)
    between = raters * of_things.var(ddof=1)
    judges = things * of_raters.var(ddof=1)
    error = ((ratings - of_things - of_raters + ratings.mean()) ** 2).sum() / ((things - 1) * (raters - 1))
    one = between + (raters - 1) * error + raters * (judges - error) / things
    mean = between + (judges - error) / things
    return Agreement(*(float((between - error) / whole) if whole > 0 else None for whole in (one, mean)))

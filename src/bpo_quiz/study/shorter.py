"""What the quick form saves and what it loses, on the same people and the same answers as the full form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpo_quiz.scoring.certainty import PLACES
from bpo_quiz.study.optimum import chances
from bpo_quiz.study.recovery import among, chosen, full_order_of
from bpo_quiz.study.vectors import order

if TYPE_CHECKING:
    from numpy.random import Generator

    from bpo_quiz.study.quick_sittings import QuickSittings
    from bpo_quiz.study.vectors import Arrays, Floats
    from bpo_quiz.study.worlds import People


class Shorter(NamedTuple):
    """One number a person.

    Attributes:
        asked: items that the quick form asked.
        lost_first: by how much the quick form is less likely than the full one to put the role of origin on top, given
            all answers; lost_top3: among the first three. Their means are the shares lost.
        lost_true_first, lost_true_top3: the same for the role that would be on top without any error, counted.
    """

    world: str
    asked: Floats
    lost_first: Floats
    lost_top3: Floats
    lost_true_first: Floats
    lost_true_top3: Floats


def compare(arrays: Arrays, people: People, sittings: QuickSittings, dice: Generator) -> Shorter:
    """Let everybody take both forms."""
    taken = sittings.take(people.values, dice)
    full, quick = full_order_of(arrays, people), taken.ranked
    true = order(arrays.total(people.levels, people.interest_levels), 1)
    chance = chances(arrays, people)
    return Shorter(
        world=people.world.id,
        asked=np.asarray(taken.asked.sum(axis=1), dtype=np.float64),
        lost_first=chosen(chance, full[:, :1]) - chosen(chance, quick[:, :1]),
        lost_top3=chosen(chance, full) - chosen(chance, quick),
        lost_true_first=among(full[:, :1], true) - among(quick[:, :1], true),
        lost_true_top3=among(full[:, :PLACES], true) - among(quick, true),
    )

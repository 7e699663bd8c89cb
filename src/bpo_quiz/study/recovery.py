"""What the full form makes of the simulated people of one world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bpo_quiz.scoring.certainty import PLACES
from bpo_quiz.scoring.many import Chances, order
from bpo_quiz.scoring.profile import score
from bpo_quiz.study.optimum import chances
from bpo_quiz.study.statistics import covariances, cronbach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.many import Arrays, Floats, Whole
    from bpo_quiz.study.worlds import People

RISE = 10.0
"""Points that every skill score is raised by, to see whether the order depends on how highly one speaks of oneself."""


class Recovery(NamedTuple):
    """One world's people, one number a person unless said otherwise.

    Attributes:
        right_first: chance, given all answers, that the role on top is the role of origin; right_top3: that one of the
            first three is. The mean over people is the share that is recovered, with less noise than counting has.
        best_first, best_top3: the same for the best possible procedure.
        true_first: 1 where the role on top is the one that would be on top without any error, else 0; true_top3: where
            that one is among the first three.
        p_first: the chance to be first that the result states for the role on top.
        unmoved: 1 where the same role is on top when every skill score rises by `RISE`.
        first: the role on top. origin: the role of origin.
        confused: [role of origin, role on top], expected number of people.
        alpha: Cronbach's alpha, one number a skill; not a number for a skill with one item.
    """

    world: str
    right_first: Floats
    right_top3: Floats
    best_first: Floats
    best_top3: Floats
    true_first: Floats
    true_top3: Floats
    p_first: Floats
    unmoved: Floats
    first: Whole
    origin: Whole
    confused: Floats
    alpha: Floats


def recover(catalogue: Catalogue, arrays: Arrays, people: People) -> Recovery:
    """Rank everybody, and compare with where they came from and with the best possible."""
    ranked = full_order_of(arrays, people)
    first = ranked[:, 0]
    true = order(arrays.total(people.levels), 1)
    chance = chances(arrays, people)
    raised, skills = arrays.points(people.values), len(arrays.of_skills)
    raised[:, :skills] = np.minimum(raised[:, :skills] + RISE, 100)
    return Recovery(
        world=people.world.id,
        right_first=chosen(chance, ranked[:, :1]),
        right_top3=chosen(chance, ranked),
        best_first=chosen(chance, order(chance, 1)),
        best_top3=chosen(chance, order(chance, PLACES)),
        true_first=among(ranked[:, :1], true),
        true_top3=among(ranked, true),
        p_first=stated(catalogue, arrays, people, first),
        unmoved=among(ranked[:, :1], order(arrays.total(raised), 1)),
        first=first,
        origin=people.origin,
        confused=chance.T @ np.eye(len(arrays.roles))[first],
        alpha=_alpha(arrays, people.values),
    )


def full_order_of(arrays: Arrays, people: People) -> Whole:
    """The first roles by Total, best first, [person, place], when every item is answered."""
    return order(arrays.total(arrays.points(people.values)), PLACES)


def among(roles: Whole, right: Whole) -> Floats:
    """For each person 1 where the right role, [person, 1], is among these roles, [person, place]; else 0."""
    return np.asarray((roles == right).any(axis=1), dtype=np.float64)


def chosen(chance: Floats, roles: Whole) -> Floats:
    """For each person the chance that one of these roles, [person, place], is right."""
    return np.asarray(np.take_along_axis(chance, roles, axis=1).sum(axis=1))


def stated(catalogue: Catalogue, arrays: Arrays, people: People, first: Whole) -> Floats:
    """The chance to be first that each person's result states for the role on top."""
    sure, found = Chances(catalogue), []
    for person, row in enumerate(first.tolist()):
        profile = score(catalogue, people.responses(arrays, person))
        found.append(sure(profile).p_first[arrays.roles[row]])
    return np.array(found)


def _alpha(arrays: Arrays, values: NDArray[Any]) -> Floats:
    found = (cronbach(covariances(values[:, items].astype(np.float64))) for items in arrays.of_skills)
    return np.array([np.nan if alpha is None else alpha for alpha in found])

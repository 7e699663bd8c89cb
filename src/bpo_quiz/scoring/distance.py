"""How far apart two roles lie, as Match sees them."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from bpo_quiz.scoring.match import weights

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Role

TWINS, NEAR_TWINS = 5.0, 10.0
"""Distance of two roles, points, under which answers cannot, or can hardly, tell them apart."""


def distance(one: Role, other: Role) -> float:
    """Weighted root mean square distance of two roles' levels, their means removed; points, 0-100.

    Weights are the mean of both roles' own.
    """
    ours, theirs = weights(one.skills, one.skills), weights(other.skills, other.skills)
    weight = {skill: (share + theirs[skill]) / 2 for skill, share in ours.items()}
    gaps = {skill: one.skills[skill].level - other.skills[skill].level for skill in weight}
    mean = math.fsum(weight[skill] * gaps[skill] for skill in weight)
    return math.sqrt(math.fsum(weight[skill] * (gaps[skill] - mean) ** 2 for skill in weight))


def has_near_twins(catalogue: Catalogue) -> bool:
    """Whether two roles of the catalogue can hardly be told apart."""
    pairs = itertools.combinations(catalogue.roles.values(), 2)
    return any(distance(one, other) < NEAR_TWINS for one, other in pairs)

"""The order of roles and of career paths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.near_totals import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.match import Fit
    from bpo_quiz.scoring.near_totals import NearTotals
    from bpo_quiz.scoring.profile import Profile


class PathStanding(NamedTuple):
    """A career path stands as high as its best role for the person."""

    path: str
    best: Fit


def rank(fits: Iterable[Fit]) -> list[Fit]:
    """Total (unrounded), then Readiness, then role id; roles without a Total come last."""
    return sorted(fits, key=lambda fit: (-_or_last(fit.total), -_or_last(fit.readiness), fit.role))


def rank_first(catalogue: Catalogue, profile: Profile, totals: NearTotals, places: int) -> list[Fit]:
    """The first roles that have a Total, as `rank` has them; those that cannot be among them are not fitted.

    `totals` are those for the profile's known skills and interests.
    """
    levels, interests = profile.levels(), profile.interest_levels()
    found = totals.of(list(levels.values()), list(interests.values()))
    least = min(sorted(found)[-places:], default=0.0) - NEAR
    roles = (catalogue.roles[role] for role, total in zip(totals.roles, found, strict=True) if total >= least)
    return rank(fit(role, levels, interests, catalogue.settings.interest_weight) for role in roles)[:places]


def rank_by_chance(fits: Iterable[Fit], sure: Certainty) -> list[Fit]:
    """Chance to be first, then among the first three, then as `rank`; roles without a chance come last."""
    return sorted(rank(fits), key=lambda fit: (-sure.p_first.get(fit.role, -1.0), -sure.p_top3.get(fit.role, -1.0)))


def rank_paths(catalogue: Catalogue, ranked: Iterable[Fit]) -> list[PathStanding]:
    """Career paths in the order of their best roles; paths without a role are left out."""
    best: dict[str, Fit] = {}
    for one in ranked:
        best.setdefault(catalogue.roles[one.role].path, one)
    return [PathStanding(path, one) for path, one in best.items()]


def _or_last(number: float | None) -> float:
    return -math.inf if number is None else number

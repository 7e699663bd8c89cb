"""The order of roles and of career paths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.match import Fit


class PathStanding(NamedTuple):
    """A career path stands as high as its best role for the person."""

    path: str
    best: Fit


def rank(fits: Iterable[Fit]) -> list[Fit]:
    """Total (unrounded), then Readiness, then role id; roles without a Total come last."""
    return sorted(fits, key=lambda fit: (-_or_last(fit.total), -_or_last(fit.readiness), fit.role))


def rank_by_chance(fits: Iterable[Fit], sure: Certainty) -> list[Fit]:
    """Chance to be first, then among the first three, then as `rank`; roles without a chance come last."""
    return sorted(rank(fits), key=lambda fit: (-sure.p_first.get(fit.role, -1.0), -sure.p_top3.get(fit.role, -1.0)))


def rank_paths(catalogue: Catalogue, ranked: Iterable[Fit]) -> list[PathStanding]:
    """Career paths in the order of their best roles; paths without a role are left out."""
    best: dict[str, Fit] = {}
    for fit in ranked:
        best.setdefault(catalogue.roles[fit.role].path, fit)
    return [PathStanding(path, fit) for path, fit in best.items()]


def _or_last(number: float | None) -> float:
    return -math.inf if number is None else number

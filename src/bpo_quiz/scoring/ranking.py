"""The order of roles and of career paths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.totals import NEAR, Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.match import Fit
    from bpo_quiz.scoring.profile import Profile


_MOST_KEPT = 50


class Standing(NamedTuple):
    """A role's place for one person. Numbers 0-100; `interest` is None without an interest answer."""

    role: str
    total: float
    match: float
    readiness: float
    interest: float | None


class PathStanding(NamedTuple):
    """A career path stands as high as its best role for the person."""

    path: str
    best: Fit


def rank(fits: Iterable[Fit]) -> list[Fit]:
    """Total (unrounded), then Readiness, then role id; roles without a Total come last."""
    return sorted(fits, key=lambda fit: (-_or_last(fit.total), -_or_last(fit.readiness), fit.role))


class Ranker:
    """Ranks one person after the other; what is the same for all who answered the same skills is worked out once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[tuple[tuple[str, ...], tuple[str, ...]], Totals] = {}

    def totals(self, profile: Profile) -> Totals:
        """The Totals for the profile's known skills and interests."""
        known = tuple(profile.levels()), tuple(profile.interest_levels())
        if known not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[known] = Totals(self._catalogue, *known)
        return self._kept[known]

    def first(self, profile: Profile, places: int) -> list[Fit]:
        """The first roles that have a Total, as `rank` has them; those that cannot be among them are not fitted."""
        levels, interests = profile.levels(), profile.interest_levels()
        totals, roles = self.totals(profile), self._catalogue.roles
        found = totals.of(list(levels.values()), list(interests.values()))
        least = min(sorted(found)[-places:], default=0.0) - NEAR
        near = (roles[role] for role, total in zip(totals.roles, found, strict=True) if total >= least)
        return rank(fit(role, levels, interests, self._catalogue.settings.interest_weight) for role in near)[:places]


def standings(ranked: Sequence[Fit], top: int) -> list[Standing]:
    """The first so many of ranked fits, up to the first without a Total: nobody takes the place of a likelier role."""
    found = []
    for one in ranked[:top]:
        if one.total is None or one.match is None or one.readiness is None:
            break
        found.append(Standing(one.role, one.total, one.match, one.readiness, one.interest))
    return found


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

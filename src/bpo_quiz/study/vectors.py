"""A catalogue as arrays, and Match, Interest and Total of many people at once.

`scoring/match.py` holds the definitions; a test keeps this one equal to it. Every skill is taken as known: simulated
people answer everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.profile import POINTS_PER_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bpo_quiz.catalogue.model import Catalogue, Item

Floats = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


class Arrays(NamedTuple):
    """A catalogue as arrays. Rows are roles, in the order of `roles`; columns are in the order of the catalogue.

    Attributes:
        roles: ids, ascending, so that the first of equals is the one that `scoring.ranking` puts first.
        levels: 0-100. importances: 0-5. weights: each row adds up to 1. All [role, skill].
        wanted: interest levels, 0-100, [role, interest]; no column where the catalogue asks for no interests.
        interest_weight: share of Total that interests make, 0-1; 0 without interests.
        items: skills' items, then interests'.
        of_skills: for each skill, which `items` measure it. of_interests: likewise.
    """

    roles: tuple[str, ...]
    levels: Floats
    importances: Floats
    weights: Floats
    wanted: Floats
    interest_weight: float
    items: tuple[Item, ...]
    of_skills: tuple[slice, ...]
    of_interests: tuple[slice, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Arrays:
        """The arrays of a catalogue."""
        roles = [catalogue.roles[role] for role in sorted(catalogue.roles)]
        importances = _table([role.skills[skill].importance for skill in catalogue.skills] for role in roles)
        raw = importances + 1
        asked = [interest for interest in catalogue.interests.values() if interest.items]
        of_skills = _slices([len(skill.items) for skill in catalogue.skills.values()], 0)
        return cls(
            roles=tuple(role.id for role in roles),
            levels=_table([role.skills[skill].level for skill in catalogue.skills] for role in roles),
            importances=importances,
            weights=raw / raw.sum(axis=1, keepdims=True),
            wanted=_table([role.interests[interest.id] for interest in asked] for role in roles),
            interest_weight=catalogue.settings.interest_weight if asked else 0.0,
            items=catalogue.items(),
            of_skills=of_skills,
            of_interests=_slices([len(interest.items) for interest in asked], of_skills[-1].stop),
        )

    def skill_scores(self, values: NDArray[Any]) -> Floats:
        """Skill scores, 0-100, [person, skill], of keyed values 0-4, [person, item]."""
        return _scores(values, self.of_skills)

    def interest_scores(self, values: NDArray[Any]) -> Floats:
        """Interest scores, 0-100, [person, interest], of keyed values 0-4, [person, item]."""
        return _scores(values, self.of_interests)

    def match(self, levels: Floats) -> Floats:
        """Match, 0-100, [person, role], of skill levels, [person, skill]."""
        weighted = self.weights * self.levels
        elevation = levels @ self.weights.T
        elevation -= weighted.sum(axis=1)
        cost = np.square(levels) @ self.weights.T
        cost -= levels @ (2 * weighted).T
        cost += (weighted * self.levels).sum(axis=1)
        cost -= (1 - LEVEL_SHARE) * np.square(elevation, out=elevation)
        return _points_left(cost)

    def interest(self, levels: Floats) -> Floats:
        """Interest, 0-100, [person, role], of interest levels, [person, interest]."""
        count = levels.shape[1]
        ours = self.wanted - self.wanted.mean(axis=1, keepdims=True)
        theirs = levels - levels.mean(axis=1, keepdims=True)
        cost = theirs @ (-2 / count * ours).T
        cost += np.square(ours).mean(axis=1)
        cost += np.square(theirs).mean(axis=1, keepdims=True)
        return _points_left(cost)

    def total(self, levels: Floats, interest_levels: Floats) -> Floats:
        """Total, 0-100, [person, role]."""
        match = self.match(levels)
        if not self.wanted.shape[1]:
            return match
        match *= 1 - self.interest_weight
        match += self.interest_weight * self.interest(interest_levels)
        return match


def order(totals: Floats, places: int) -> Whole:
    """The first so many roles, best first, [person, place]; of equals the earlier role."""
    return np.argsort(-totals, axis=1, kind="stable")[:, :places].astype(np.int64)


def _points_left(cost: Floats) -> Floats:
    """100 less the cost, at least 0, in place; there can be millions of them."""
    cost *= -POINTS_PER_SQUARE
    cost += 100
    return np.maximum(cost, 0.0, out=cost)


def _scores(values: NDArray[Any], measures: Sequence[slice]) -> Floats:
    if not measures:
        return np.empty((len(values), 0))
    return POINTS_PER_VALUE * np.stack([values[:, items].mean(axis=1) for items in measures], axis=1)


def _table(rows: Iterable[list[float]]) -> Floats:
    return np.array(list(rows), dtype=np.float64)


def _slices(counts: Iterable[int], start: int) -> tuple[slice, ...]:
    found = []
    for count in counts:
        found.append(slice(start, start + count))
        start += count
    return tuple(found)

"""Chances, with numpy: the same draws as `certainty.py`, their Totals all at once."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.scoring.certainty import DRAWS, PLACES, around, seed, word
from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE
from bpo_quiz.scoring.normals import normals
from bpo_quiz.scoring.role_table import TIE
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Word
    from bpo_quiz.scoring.profile import Profile

    Floats = NDArray[np.float64]
    Around = tuple[list[float], list[float]]

_MOST_KEPT = 50


class BatchChances:
    """Works out the chances of one sheet after the other; the same numbers as `certainty.certainty`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[tuple[tuple[str, ...], tuple[str, ...]], _Draws] = {}

    def __call__(self, profile: Profile, responses: Responses) -> Mapping[str, float]:
        """Role id -> chance to be first, 0-1, of every role that has a Total."""
        return self._draws(profile).chances(around(profile), seed(responses))

    def word(self, profile: Profile, responses: Responses, leader: str) -> Word:
        """How sure the order is in which a role that has a Total stands first."""
        return self._draws(profile).word(around(profile), seed(responses), leader)

    def _draws(self, profile: Profile) -> _Draws:
        """What draws for these known skills and interests need; most sheets have the same."""
        key = tuple(profile.levels()), tuple(profile.interest_levels())
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = _Draws(Totals(self._catalogue, *key))
        return self._kept[key]


class _Draws:
    """Draws for one set of known skills and interests."""

    def __init__(self, totals: Totals) -> None:
        self._totals = totals
        rows = totals.rows
        self._skills = len(totals.skills)
        self._weights = np.array([row.weights for row in rows]).T
        self._weighted = np.array([row.weighted for row in rows]).T
        self._mean = np.array([row.mean for row in rows])
        self._mean_square = np.array([row.mean_square for row in rows])
        self._wanted = np.array([row.wanted for row in rows]).T
        self._wanted_mean = np.array([row.wanted_mean for row in rows])
        self._wanted_mean_square = np.array([row.wanted_mean_square for row in rows])

    def chances(self, around: Around, seed: int) -> Mapping[str, float]:
        """Role id -> chance to be first, of draws around scores with their errors."""
        roles = self._totals.roles
        if not roles:
            return {}
        drawn, found = self._found(around, seed)
        first = found.argmax(axis=1)
        if len(roles) > 1:
            two = np.partition(found, -2, axis=1)[:, -2:]
            for draw in np.flatnonzero(two[:, 1] - two[:, 0] < TIE):
                first[draw] = roles.index(self._exactly(drawn[draw])[0])
        counts = np.bincount(first, minlength=len(roles)).tolist()
        return {role: times / DRAWS for role, times in zip(roles, counts, strict=True)}

    def word(self, around: Around, seed: int, leader: str) -> Word:
        """The word for a leader's chance to be among the first three."""
        drawn, found = self._found(around, seed)
        mine = found[:, [self._totals.roles.index(leader)]]
        among = (found > mine + TIE).sum(axis=1) < PLACES
        surely = (found > mine - TIE).sum(axis=1) <= PLACES  # itself is one of them
        for draw in np.flatnonzero(among != surely):
            among[draw] = leader in self._exactly(drawn[draw])
        return word(int(among.sum()) / DRAWS)

    def _found(self, around: Around, seed: int) -> tuple[Floats, Floats]:
        """What is drawn, [draw, measure], and the Totals of it, [draw, role]."""
        normal = normals(random.Random(seed))  # noqa: S311 - a simulation, not a secret
        scores, spreads = np.array(around)
        shape = (DRAWS, len(scores))
        drawn = scores + spreads * np.fromiter(normal, np.float64, math.prod(shape)).reshape(shape)
        return drawn, self._of(drawn[:, : self._skills], drawn[:, self._skills :])

    def _exactly(self, drawn: Floats) -> list[str]:
        """Who are the first three, by the definition; of equals the earlier id."""
        levels = drawn.tolist()
        totals = self._totals.of(levels[: self._skills], levels[self._skills :])
        ordered = sorted(zip([-total for total in totals], self._totals.roles, strict=True))
        return [role for _, role in ordered[:PLACES]]

    def _of(self, levels: Floats, likes: Floats) -> Floats:
        """Totals, 0-100, [draw, role], as `Totals.of`."""
        off = self._mean - levels @ self._weights
        square = self._mean_square - 2 * (levels @ self._weighted) + np.square(levels) @ self._weights
        match = _points_left(square - (1 - LEVEL_SHARE) * off * off)
        share = self._totals.interest_weight
        if not share:
            return match
        count = likes.shape[1]
        mean, mean_square = likes.mean(axis=1)[:, None], np.square(likes).mean(axis=1)[:, None]
        square = self._wanted_mean_square - 2 * (likes @ self._wanted) / count + mean_square
        return (1 - share) * match + share * _points_left(square - np.square(self._wanted_mean - mean))


def _points_left(square: Floats) -> Floats:
    left: Floats = np.maximum(100 - square * POINTS_PER_SQUARE, 0.0)
    return left

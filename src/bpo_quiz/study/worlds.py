"""Simulated people of five worlds, by how a person of a role differs from the role's profile (method section 6).

Everything that `optimum.py` integrates over is defined here, next to the draw it belongs to.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.profile import POINTS_PER_VALUE

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.scoring.many import Arrays, Floats, Whole

Shape = Literal["even", "by importance", "at least"]

ITEM_ERROR = 17.0
"""SD of an answer around the level that a person reports, points, before rounding to five options."""
INTEREST_SPREAD = 18.0

EVEN_SPREAD = 18.0
SPREAD_WHERE_UNIMPORTANT, SPREAD_WHERE_IMPORTANT = 31.0, 11.0
MATTERS = 3.0
"""Importance from which a person of the role has at least the level."""
SURPLUS = 12.0
ANYWHERE, ANYWHERE_SPREAD = 50.0, 22.0

GENERAL_SPREAD = 8.0
BELOW = (8.0, 24.0)
LENIENCY, LENIENCY_SPREAD = 5.0, 8.0
STRETCH_SPREAD = 0.15
MIDDLE = 50.0


class World(NamedTuple):
    """How people of a role come about.

    Attributes:
        shape: how a skill's level spreads around the role's: with one spread (`even`), little where the skill is
            important (`by importance`), or at or above the role's where it matters and anywhere elsewhere (`at least`).
        general: SD of a shift that all skills of a person share, points.
        below: by how much, from-to, a person lies below the role on all skills, points.
        has_style: whether people use the options in a way of their own: leniency, and stretch around the middle.
    """

    id: str
    what: str
    shape: Shape
    general: float = 0.0
    below: tuple[float, float] = (0.0, 0.0)
    has_style: bool = False

    def draw(self, levels: Floats, importances: Floats, dice: Generator) -> Floats:
        """True levels, 0-100, [person, skill], of people whose roles have these levels and importances."""
        raw = self._around(levels, importances, dice)
        people = (len(levels), 1)
        if self.general:
            raw = raw + dice.normal(0, self.general, people)
        if self.below[1]:
            raw = raw - dice.uniform(*self.below, people)
        return np.asarray(np.clip(raw, 0, 100))

    def _around(self, levels: Floats, importances: Floats, dice: Generator) -> Floats:
        if self.shape == "at least":
            above = levels + np.abs(dice.normal(0, SURPLUS, levels.shape))
            return np.where(importances >= MATTERS, above, dice.normal(ANYWHERE, ANYWHERE_SPREAD, levels.shape))
        return levels + dice.normal(0, 1, levels.shape) * self._spread(importances)

    def _spread(self, importances: Floats) -> Floats:
        if self.shape == "even":
            return np.full(importances.shape, EVEN_SPREAD)
        narrower = (SPREAD_WHERE_UNIMPORTANT - SPREAD_WHERE_IMPORTANT) / 5
        return np.asarray(SPREAD_WHERE_UNIMPORTANT - narrower * importances)

    def below_points(self, points: Floats, levels: Floats, importances: Floats) -> Floats:
        """Chance that a level, before the shared shift and the limits 0 and 100, lies below each of the points."""
        if self.shape == "at least":
            over = np.maximum(0.0, (points - levels) / SURPLUS)
            return np.where(importances >= MATTERS, 2 * phi(over) - 1, phi((points - ANYWHERE) / ANYWHERE_SPREAD))
        return phi((points - levels) / self._spread(importances))

    def below_shift(self, points: Floats) -> Floats:
        """Chance that the shift which all skills share lies below each of the points."""
        low, high = self.below
        offsets = np.linspace(low, high, 65) if high else np.zeros(1)
        return np.asarray(phi((points[..., None] + offsets) / self.general).mean(axis=-1))

    def report(self, levels: Floats, dice: Generator) -> Floats:
        """The levels that people would report without item error, [person, skill]."""
        if not self.has_style:
            return levels
        people = (len(levels), 1)
        stretch = np.exp(dice.normal(0, STRETCH_SPREAD, people))
        return np.asarray(MIDDLE + (levels - MIDDLE) * stretch + dice.normal(LENIENCY, LENIENCY_SPREAD, people))


WORLDS = (
    World("W1", "as the role, with equal noise", "even"),
    World("W2", "close to the role where a skill is important", "by importance"),
    World("W3", "at or above the role in what matters, anything elsewhere", "at least"),
    World("W4", "as W3, with a general level and a style of answering", "at least", GENERAL_SPREAD, has_style=True),
    World("W5", "as W4, 8-24 points below the role", "at least", GENERAL_SPREAD, BELOW, has_style=True),
)


class People(NamedTuple):
    """Simulated people of one world.

    Attributes:
        origin: row of the role that each person was drawn from.
        levels: true levels, 0-100, [person, skill, then interest].
        values: keyed response values, 0-4, [person, item], in the order of `Arrays.items`.
    """

    world: World
    origin: Whole
    levels: Floats
    values: NDArray[np.int8]

    def some(self, which: slice) -> People:
        """Some of them."""
        return People(self.world, self.origin[which], self.levels[which], self.values[which])

    def responses(self, arrays: Arrays, person: int) -> Responses:
        """What one person answers, by item id."""
        return {item.id: item.keyed(int(value)) for item, value in zip(arrays.items, self.values[person], strict=True)}


def draw_people(arrays: Arrays, world: World, count: int, dice: Generator) -> People:
    """So many people, each of a role drawn with equal chances, with their answers to every item."""
    origin = dice.integers(0, len(arrays.roles), count)
    levels = world.draw(arrays.levels[origin], arrays.importances[origin], dice)
    wanted = arrays.wanted[origin]
    likes = np.asarray(np.clip(wanted + dice.normal(0, INTEREST_SPREAD, wanted.shape), 0, 100))
    reported = np.concatenate([world.report(levels, dice), likes], axis=1)
    measures = (*arrays.of_skills, *arrays.of_interests)
    of_item = np.repeat(np.arange(len(measures)), [items.stop - items.start for items in measures])
    return People(world, origin, np.concatenate([levels, likes], axis=1), answer(reported[:, of_item], dice))


def answer(reported: Floats, dice: Generator) -> NDArray[np.int8]:
    """One answer, 0-4, to each item, from the level that it asks about."""
    blurred = reported + dice.normal(0, ITEM_ERROR, reported.shape)
    return np.clip(np.rint(blurred / POINTS_PER_VALUE), 0, HIGHEST_VALUE).astype(np.int8)


_erfc = np.vectorize(math.erfc, otypes=[np.float64])


def phi(points: Floats) -> Floats:
    """The standard normal distribution function."""
    return np.asarray(0.5 * _erfc(-points / math.sqrt(2)))

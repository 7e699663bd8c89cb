"""The best that any procedure could do with the same answers: the exact chance of each role of origin.

P(role | answers) is proportional to the product over skills of the integral of p(level | role) p(answers | level), by
numerical integration of the very distributions that `worlds.py` draws from. What all skills of a person share (general
level, distance below the role, leniency, stretch) is integrated on a grid as well. Choosing the role with the greatest
chance (Bayes) is right more often than any other choice can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.profile import POINTS_PER_VALUE
from bpo_quiz.study.worlds import (
    INTEREST_SPREAD,
    ITEM_ERROR,
    LENIENCY,
    LENIENCY_SPREAD,
    MIDDLE,
    STRETCH_SPREAD,
    World,
    phi,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bpo_quiz.scoring.many import Arrays, Floats
    from bpo_quiz.study.worlds import People

    Values = NDArray[Any]

_BLOCK = 200
"""People handled at once; keeps memory small."""
_REACH = 3.3
"""How many SDs of a shared quantity the grid covers."""
_RAREST = 1e-4
"""Nodes of the grid less likely than this share of the likeliest are left out."""


class Grid(NamedTuple):
    """How finely to integrate.

    Attributes:
        step: of levels, points.
        shared_step: of the shared shift and of leniency, points.
        stretch_step: of the logarithm of stretch.
    """

    step: float = 2.0
    shared_step: float = 5.0
    stretch_step: float = 0.15


GRID = Grid()


class _Shared(NamedTuple):
    """What all skills of a person share: values on a grid, and their chances."""

    shifts: Floats
    styles: list[tuple[float, float]]  # leniency, stretch
    log_chances: Floats  # [shift, style]


def chances(arrays: Arrays, people: People, grid: Grid = GRID) -> Floats:
    """Chance of each role to be the one that a person was drawn from, given all answers, [person, role]."""
    shared = _shared(people.world, grid)
    centres, edges = _cells(grid.step)
    tables = [_skill_table(arrays, people, skill, shared, (centres, edges)) for skill in range(len(arrays.of_skills))]
    interests = _interests(arrays, people, centres, edges)
    roles = len(arrays.roles)
    found = np.empty((len(people.values), roles))
    nodes = shared.log_chances.ravel() > np.log(_RAREST) + shared.log_chances.max()
    tables = [(table[:, :, nodes].reshape(len(table), -1), which) for table, which in tables]
    prior = np.tile(shared.log_chances.ravel()[nodes], roles).astype(np.float32)
    for start in range(0, len(found), _BLOCK):
        block = slice(start, start + _BLOCK)
        logs = prior + sum(table[which[block]] for table, which in tables)
        found[block] = _sum_nodes(logs.reshape(len(logs), roles, -1)) + interests[block]
    found = np.exp(found - found.max(axis=1, keepdims=True))
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _sum_nodes(logs: NDArray[np.float32]) -> Floats:
    """Logarithm of the sum over the last axis."""
    most = logs.max(axis=2, keepdims=True)
    return np.asarray(np.log(np.exp(logs - most).sum(axis=2, dtype=np.float64)) + most[:, :, 0])


def _shared(world: World, grid: Grid) -> _Shared:
    shifts, shift_chances = _shift_nodes(world, grid)
    styles, style_chances = _style_nodes(world, grid)
    with np.errstate(divide="ignore"):
        return _Shared(shifts, styles, np.log(shift_chances[:, None] * style_chances[None, :]))


def _shift_nodes(world: World, grid: Grid) -> tuple[Floats, Floats]:
    if not world.general:
        return np.zeros(1), np.ones(1)
    low, high = world.below
    reach = _REACH * world.general
    edges = np.arange(-high - reach, -low + reach + grid.shared_step, grid.shared_step)
    return (edges[1:] + edges[:-1]) / 2, np.diff(world.below_shift(edges))


def _style_nodes(world: World, grid: Grid) -> tuple[list[tuple[float, float]], Floats]:
    if not world.has_style:
        return [(0.0, 1.0)], np.ones(1)
    lenient, lenient_chances = _normal_nodes(LENIENCY, LENIENCY_SPREAD, grid.shared_step)
    stretch, stretch_chances = _normal_nodes(0.0, STRETCH_SPREAD, grid.stretch_step)
    styles = [(leniency, float(np.exp(log))) for leniency in lenient for log in stretch]
    return styles, (lenient_chances[:, None] * stretch_chances[None, :]).ravel()


def _normal_nodes(mean: float, spread: float, step: float) -> tuple[list[float], Floats]:
    count = int(np.ceil(_REACH * spread / step))
    nodes = mean + step * np.arange(-count, count + 1)
    density = np.exp(-(((nodes - mean) / spread) ** 2) / 2)
    return nodes.tolist(), density / density.sum()


def _cells(step: float) -> tuple[Floats, Floats]:
    """Levels 0-100 and the edges between them; the first and the last take everything beyond the limits."""
    centres = np.linspace(0, 100, round(100 / step) + 1)
    edges = np.concatenate([[-1e9], (centres[1:] + centres[:-1]) / 2, [1e9]])
    return centres, edges


def _skill_table(
    arrays: Arrays, people: People, skill: int, shared: _Shared, cells: tuple[Floats, Floats]
) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """Log chances of each answer pattern that occurs, [pattern, role, node], and each person's pattern."""
    centres, edges = cells
    asked = np.stack([arrays.levels[:, skill], arrays.importances[:, skill]], axis=1)
    kinds, kind_of = np.unique(asked, axis=0, return_inverse=True)
    points = edges[None, None, :] - shared.shifts[None, :, None]
    below = people.world.below_points(points, kinds[:, 0, None, None], kinds[:, 1, None, None])
    level_chances = np.diff(below, axis=2)  # [kind, shift, level]
    patterns, which = _patterns(people.values[:, arrays.of_skills[skill]])
    reported = np.stack([MIDDLE + (centres - MIDDLE) * stretch + leniency for leniency, stretch in shared.styles])
    answers = _pattern_chances(reported, patterns)  # [style, level, pattern]
    joint = np.einsum("ksx,txp->pkst", level_chances, answers, optimize=True)
    logs = np.log(np.maximum(joint, 1e-300)).astype(np.float32)
    table = logs[:, kind_of.ravel()]
    return table.reshape(len(patterns), len(arrays.roles), -1), which


def _interests(arrays: Arrays, people: People, centres: Floats, edges: Floats) -> Floats:
    """Log chances of the interest answers, [person, role]."""
    logs = np.zeros((len(people.values), len(arrays.roles)))
    for interest, items in enumerate(arrays.of_interests):
        below = phi((edges[None, :] - arrays.wanted[:, interest, None]) / INTEREST_SPREAD)
        patterns, which = _patterns(people.values[:, items])
        joint = np.diff(below, axis=1) @ _pattern_chances(centres, patterns)
        logs += np.log(np.maximum(joint, 1e-300)).T[which]
    return logs


def _patterns(values: Values) -> tuple[Values, NDArray[Any]]:
    """The different sets of answers to one skill's items, their order left out, and which of them each person gave."""
    patterns, which = np.unique(np.sort(values, axis=1), axis=0, return_inverse=True)
    return patterns, which.ravel()


def _pattern_chances(reported: Floats, patterns: Values) -> Floats:
    """Chance of each pattern, [..., pattern], for people who report these levels, [...]."""
    limits = (np.arange(HIGHEST_VALUE) + 0.5) * POINTS_PER_VALUE
    below = phi((limits - reported[..., None]) / ITEM_ERROR)
    ends = (*reported.shape, 1)
    each = np.diff(np.concatenate([np.zeros(ends), below, np.ones(ends)], axis=-1), axis=-1)
    return np.asarray(np.prod(each[..., patterns], axis=-1))

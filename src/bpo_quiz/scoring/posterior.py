"""What is believed of a person after some answers: a prior over people, updated in closed form.

The prior is a mixture: somebody like one of the roles (the more a skill matters to it, the nearer to its level), or
anybody; each with a general shift, half of it real and half a way of answering. Given a component, skills are
independent and normal, so each answer updates one mean, one variance and the components' weights.
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.scoring.profile import ITEM_VARIANCE, POINTS_PER_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item, Role

MIDDLE, WIDEST = 50.0, 22.0
"""Mean and standard deviation of a level of which nothing is known, points."""

NARROWING = 10.0
"""How much less a skill of full importance varies among people like a role, points."""

INTEREST_SPREAD = 18.0
ANYBODY = 0.20
"""Chance that a person is like none of the roles."""

SHIFTS = ((-14.0, 0.15), (-5.0, 0.35), (4.0, 0.35), (13.0, 0.15))
"""General shift of a person's answers, points, and how likely it is."""

_FULL_IMPORTANCE = 5

NEGLIGIBLE = 1e-6
"""Chance under which a component is left out of a mean."""


class _Component(NamedTuple):
    """One kind of person: chance (log), level means, level variances, and the part of the shift that is only style."""

    log_chance: float
    means: tuple[float, ...]
    variances: tuple[float, ...]
    style: float


class Prior:
    """The people that a catalogue expects. `measures`: ids of its skills, then of its interests."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.measures = [*catalogue.skills, *catalogue.interests]
        self._index = {measure: n for n, measure in enumerate(self.measures)}
        self._items: dict[str, Item] = {item.id: item for item in catalogue.items()}
        self._components = [
            _Component(
                math.log(chance * shift_chance),
                tuple(mean + shift / 2 for mean, _ in levels),
                tuple(spread**2 for _, spread in levels),
                shift / 2,
            )
            for chance, levels in _kinds(catalogue)
            for shift, shift_chance in SHIFTS
        ]

    def given(self, responses: Mapping[str, int | None]) -> Posterior:
        """What is believed after these responses; their order does not matter."""
        counts, means = self._observed(responses)
        answered = [n for n, count in enumerate(counts) if count]
        updated = [_update(component, answered, counts, means) for component in self._components]
        highest = max(log_chance for log_chance, _, _ in updated)
        chances = [math.exp(log_chance - highest) for log_chance, _, _ in updated]
        total = math.fsum(chances)
        return Posterior(
            [chance / total for chance in chances],
            [component_means for _, component_means, _ in updated],
            [variances for _, _, variances in updated],
        )

    def _observed(self, responses: Mapping[str, int | None]) -> tuple[list[int], list[float]]:
        """How many answers each measure has, and their mean, 0-100."""
        counts = [0] * len(self.measures)
        sums = [0.0] * len(self.measures)
        for item_id, value in responses.items():
            if value is not None:
                item = self._items[item_id]
                n = self._index[item.measures]
                counts[n] += 1
                sums[n] += POINTS_PER_VALUE * item.keyed(value)
        return counts, [total / count if count else 0.0 for total, count in zip(sums, counts, strict=True)]


def _kinds(catalogue: Catalogue) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """Each kind of person with its chance, and mean and spread of each level."""
    count = len(catalogue.skills) + len(catalogue.interests)
    yield ANYBODY, [(MIDDLE, WIDEST)] * count
    for role in catalogue.roles.values():
        yield (1 - ANYBODY) / len(catalogue.roles), _like(role)


def _like(role: Role) -> list[tuple[float, float]]:
    """Mean and spread of the levels of people who are like a role."""
    skills = []
    for asked in role.skills.values():
        share = asked.importance / _FULL_IMPORTANCE
        skills.append((share * asked.level + (1 - share) * MIDDLE, WIDEST - NARROWING * share))
    return [*skills, *((level, INTEREST_SPREAD) for level in role.interests.values())]


def _update(
    component: _Component, answered: Sequence[int], counts: Sequence[int], observed: Sequence[float]
) -> tuple[float, list[float], list[float]]:
    """A component's new log chance (up to a constant), means and variances."""
    log_chance = component.log_chance
    means, variances = list(component.means), list(component.variances)
    for n in answered:
        error = ITEM_VARIANCE / counts[n]
        surprise = observed[n] - component.style - means[n]
        together = variances[n] + error
        log_chance -= 0.5 * (surprise * surprise / together + math.log(together))
        means[n] += surprise * variances[n] / together
        variances[n] *= error / together
    return log_chance, means, variances


class Posterior(NamedTuple):
    """A mixture of independent normals: chances of its components, and their means and variances a measure."""

    chances: list[float]
    means: list[list[float]]
    variances: list[list[float]]

    def moments(self) -> tuple[list[float], list[float]]:
        """Mean (points) and variance (points squared) of every level, over all components."""
        likely = [n for n, chance in enumerate(self.chances) if chance > NEGLIGIBLE]
        chances = [self.chances[n] for n in likely]
        means = list(zip(*(self.means[n] for n in likely), strict=True))  # [measure][component]
        variances = zip(*(self.variances[n] for n in likely), strict=True)
        mean = [math.fsum(map(mul, chances, of_measure)) for of_measure in means]
        variance = [
            math.fsum(
                chance * (spread + (one - centre) ** 2) for chance, one, spread in zip(chances, *both, strict=True)
            )
            for centre, *both in zip(mean, means, variances, strict=True)
        ]
        return mean, variance

    def draws(self, count: int, seed: int) -> Iterator[list[float]]:
        """People as the posterior has them: a component first, then its levels, so that levels hang together."""
        dice = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        spreads = [[math.sqrt(variance) for variance in variances] for variances in self.variances]
        until = list(accumulate(self.chances))
        chosen = [bisect(until, dice.random() * until[-1], 0, len(until) - 1) for _ in range(count)]
        normal = normals(dice)
        for n in chosen:
            yield [mean + z * spread for mean, spread, z in zip(self.means[n], spreads[n], normal, strict=False)]


def normals(dice: random.Random) -> Iterator[float]:
    """Standard normal numbers without an end, two from each pair of even ones (Box & Muller 1958).

    Bit by bit those of `random.gauss`. But Python promises that a seed gives the same `random()` in every version, and
    no more: made from that alone, chances stay what they are when `gauss` changes.
    """
    even = dice.random
    while True:
        angle = even() * math.tau
        radius = math.sqrt(-2.0 * math.log(1.0 - even()))
        yield math.cos(angle) * radius
        yield math.sin(angle) * radius

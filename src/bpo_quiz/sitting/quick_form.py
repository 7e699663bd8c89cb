"""The quick form: asks what tells the likeliest roles apart, and stops when more would hardly change the choice.

Everything is computed anew from the responses, so going back and changing an answer needs nothing of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from bpo_quiz.scoring.certainty import SEED, Belief
from bpo_quiz.scoring.match import FEWEST_KNOWN, has_near_twins, known_share
from bpo_quiz.scoring.profile import ITEM_VARIANCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item, Role
    from bpo_quiz.scoring.posterior import Posterior

FEWEST_ITEMS = 12
CHECK_EVERY = 2
LONGEST = 1.5
"""Times the usual length that the quick form can have; answers that contradict each other get there."""
STOP_DRAWS = 200

USUAL_STOP = 1.0
"""The stopping rule: points of expected regret at which more questions are not worth their time."""


def stop_value(catalogue: Catalogue) -> float:
    """The catalogue's own stop value, or the usual one; half of it where two roles are near twins."""
    if catalogue.settings.quick_stop is not None:
        return catalogue.settings.quick_stop
    return USUAL_STOP / 2 if has_near_twins(catalogue) else USUAL_STOP


def most_items(catalogue: Catalogue) -> int:
    """Items after which the form stops asking, since a quick form that goes on and on is none."""
    return round(LONGEST * catalogue.settings.quick_items)


class QuickForm:
    """Chooses the next item from the answers so far."""

    name = "quick"

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.belief = Belief(catalogue)
        self._skills = len(catalogue.skills)
        self._stop = stop_value(catalogue)
        self._most = most_items(catalogue)
        self.items = catalogue.items()

    def next_item(self, asked: Sequence[Item], responses: Mapping[str, int | None]) -> Item | None:
        """The item that tells most; None when the answers are enough, or no item is left."""
        left = self._left(asked)
        if not left:
            return None
        posterior = self.belief.prior.given(responses)
        if self._is_time_to_check(asked):
            regret, leader = self._choice(posterior)
            if regret <= self._stop or len(asked) >= self._most:
                return self._unknown_of(leader, left, responses)
        information = self._information(*posterior.moments())
        best = max(left, key=lambda measure: (information[measure], measure))
        return left[best]

    def expected(self, asked: int) -> int:
        """How many items the whole form usually has, when so many were asked."""
        return max(asked, min(self.catalogue.settings.quick_items, len(self.items)))

    def _choice(self, posterior: Posterior) -> tuple[float, Role]:
        """The role that is first most often, and the points of Total that choosing now is expected to lose.

        The loss is against knowing the levels: the mean of each draw's best Total, less the best role's mean Total.
        """
        drawn = self.belief.totals_of(posterior.draws(STOP_DRAWS, SEED))
        best = math.fsum(max(totals) for totals in drawn)
        chosen = max(math.fsum(totals) for totals in zip(*drawn, strict=True))
        wins = Counter(totals.index(max(totals)) for totals in drawn)
        leader = min(wins, key=lambda n: (-wins[n], self.belief.totals.roles[n]))
        return (best - chosen) / STOP_DRAWS, self.catalogue.roles[self.belief.totals.roles[leader]]

    def _unknown_of(self, role: Role, left: Mapping[str, Item], responses: Mapping[str, int | None]) -> Item | None:
        """None when enough of a role is known to show its Match; else an item of its weightiest unknown skill."""
        known = {item.measures for item in self.items if responses.get(item.id) is not None}
        unknown = [skill for skill in left if skill in role.skills and skill not in known]
        if known_share(role.skills, known) >= FEWEST_KNOWN or not unknown:
            return None
        return left[max(unknown, key=lambda skill: (role.skills[skill].importance, skill))]

    @staticmethod
    def _is_time_to_check(asked: Sequence[Item]) -> bool:
        return len(asked) >= FEWEST_ITEMS and (len(asked) - FEWEST_ITEMS) % CHECK_EVERY == 0

    def _left(self, asked: Sequence[Item]) -> dict[str, Item]:
        """The first unused item of each measure; not of the last one asked, unless nothing else is left."""
        used = {item.id for item in asked}
        left: dict[str, Item] = {}
        for item in self.items:
            if item.id not in used:
                left.setdefault(item.measures, item)
        if asked and len(left) > 1:
            left.pop(asked[-1].measures, None)
        return left

    def _information(self, means: Sequence[float], variances: Sequence[float]) -> dict[str, float]:
        """Expected information of one more item of each measure: how much it tells the leader from its rivals.

        A rival counts by how likely it is level with the leader; a measure by how differently the two Totals depend on
        it, and by how much of its variance one more answer removes.
        """
        (totals,) = self.belief.totals_of([means])
        slopes = self.belief.totals.slopes(means[: self._skills], means[self._skills :])
        leader = max(range(len(totals)), key=totals.__getitem__)
        removed = [variance - 1 / (1 / variance + 1 / ITEM_VARIANCE) for variance in variances]
        gains = [0.0] * len(means)
        for rival, total in enumerate(totals):
            if rival == leader:
                continue
            squares = [(one - other) ** 2 for one, other in zip(slopes[leader], slopes[rival], strict=True)]
            spread = math.fsum(square * variance for square, variance in zip(squares, variances, strict=True))
            if spread <= 0:
                continue
            close = math.exp(-((totals[leader] - total) ** 2) / (2 * spread)) / math.sqrt(spread)
            gains = [gain + close * square for gain, square in zip(gains, squares, strict=True)]
        return {
            measure: gain * less for measure, gain, less in zip(self.belief.prior.measures, gains, removed, strict=True)
        }

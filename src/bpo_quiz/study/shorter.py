"""What the quick form saves and what it loses, on the same people and the same answers as the full form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from bpo_quiz.scoring.certainty import PLACES, Belief
from bpo_quiz.scoring.many import order
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank_by_chance
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.study.optimum import chances
from bpo_quiz.study.recovery import among, chosen, full_order_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.many import Arrays, Floats
    from bpo_quiz.study.worlds import People


class Shorter(NamedTuple):
    """One number a person.

    Attributes:
        asked: items that the quick form asked.
        lost_first: by how much the quick form is less likely than the full one to put the role of origin on top, given
            all answers; lost_top3: among the first three. Their means are the shares lost.
        lost_true_first, lost_true_top3: the same for the role that would be on top without any error, counted.
    """

    world: str
    asked: Floats
    lost_first: Floats
    lost_top3: Floats
    lost_true_first: Floats
    lost_true_top3: Floats


class BeliefOfMany(Belief):
    """The belief itself; only the Totals of the people that it draws are worked out all at once."""

    def __init__(self, catalogue: Catalogue, arrays: Arrays) -> None:
        super().__init__(catalogue)
        self._arrays, self._columns = arrays, [arrays.roles.index(role) for role in self.totals.roles]

    def totals_of(self, people: Iterable[Sequence[float]]) -> Sequence[Sequence[float]]:
        """As `Belief` has it."""
        totals = self._arrays.total(np.array(list(people)))[:, self._columns].tolist()
        return cast("list[list[float]]", totals)


def form_of_many(catalogue: Catalogue, arrays: Arrays) -> QuickForm:
    """The quick form with such a belief."""
    form = QuickForm(catalogue)
    form.belief = BeliefOfMany(catalogue, arrays)
    return form


def sit(form: QuickForm, answers: Responses) -> Responses:
    """What the form asks of somebody who would answer so, in its order."""
    asked: list[Item] = []
    given: Responses = {}
    while (item := form.next_item(asked, given)) is not None:
        asked.append(item)
        given[item.id] = answers[item.id]
    return given


def compare(catalogue: Catalogue, arrays: Arrays, people: People) -> Shorter:
    """Let everybody take both forms."""
    form, asked, places = form_of_many(catalogue, arrays), [], []
    for person in range(len(people.values)):
        given = sit(form, people.responses(arrays, person))
        ranked = rank_by_chance(fit_all(catalogue, score(catalogue, given)), form.belief.certainty(given))
        asked.append(float(len(given)))
        places.append([arrays.roles.index(one.role) for one in ranked[:PLACES]])
    full, quick = full_order_of(arrays, people), np.array(places)
    true = order(arrays.total(people.levels), 1)
    chance = chances(arrays, people)
    return Shorter(
        world=people.world.id,
        asked=np.array(asked),
        lost_first=chosen(chance, full[:, :1]) - chosen(chance, quick[:, :1]),
        lost_top3=chosen(chance, full) - chosen(chance, quick),
        lost_true_first=among(full[:, :1], true) - among(quick[:, :1], true),
        lost_true_top3=among(full, true) - among(quick, true),
    )


def together(parts: Sequence[Shorter]) -> tuple[Shorter, ...]:
    """Parts of the same worlds as one each."""
    worlds = dict.fromkeys(part.world for part in parts)
    of_world = {world: [part[1:] for part in parts if part.world == world] for world in worlds}
    return tuple(Shorter(world, *map(np.concatenate, zip(*of_world[world], strict=True))) for world in worlds)

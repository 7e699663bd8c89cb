"""What the quick form saves and what it loses, on the same people and the same answers as the full form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from bpo_quiz.scoring.certainty import PLACES
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank_by_chance
from bpo_quiz.study.optimum import chances
from bpo_quiz.study.recovery import chosen
from bpo_quiz.study.vectors import order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.profile import Responses
    from bpo_quiz.study.vectors import Arrays, Floats, Whole
    from bpo_quiz.study.worlds import People


class Quick(Protocol):
    """What is needed of a quick form."""

    def next_item(self, asked: Sequence[Item], responses: Mapping[str, int | None]) -> Item | None:
        """The item to ask next; None when the answers are enough."""

    def chances(self, responses: Mapping[str, int | None]) -> Certainty:
        """What the answers say."""


@dataclass(frozen=True, slots=True)
class Shorter:
    """One number a person.

    Attributes:
        asked: items that the quick form asked. available: items that the full form asks (the same for all).
        lost_first: by how much the quick form is less likely than the full one to put the role of origin on top, given
            all answers; lost_top3: among the first three. Their means are the shares lost.
        lost_true_first, lost_true_top3: the same for the role that would be on top without any error, counted.
    """

    world: str
    asked: Floats
    available: int
    lost_first: Floats
    lost_top3: Floats
    lost_true_first: Floats
    lost_true_top3: Floats


def compare(catalogue: Catalogue, arrays: Arrays, people: People, form: Quick) -> Shorter:
    """Let everybody take both forms."""
    full = order(arrays.total(arrays.skill_scores(people.values), arrays.interest_scores(people.values)), PLACES)
    true = order(arrays.total(people.levels, people.interest_levels), 1)
    column = {role: n for n, role in enumerate(arrays.roles)}
    taken = [sit(form, people.responses(arrays, n)) for n in range(len(people.values))]
    ranked = [_ranked(catalogue, form, given) for given in taken]
    quick = np.array([[column[role] for role in roles] for roles in ranked])
    chance = chances(arrays, people)
    return Shorter(
        world=people.world.id,
        asked=np.array([len(given) for given in taken], dtype=np.float64),
        available=len(arrays.items),
        lost_first=chosen(chance, full[:, :1]) - chosen(chance, quick[:, :1]),
        lost_top3=chosen(chance, full) - chosen(chance, quick),
        lost_true_first=_among(full[:, :1], true) - _among(quick[:, :1], true),
        lost_true_top3=_among(full, true) - _among(quick, true),
    )


def sit(form: Quick, answers: Responses) -> Responses:
    """The responses that the quick form asks for, of somebody who would answer so."""
    asked: list[Item] = []
    given: Responses = {}
    while (item := form.next_item(asked, given)) is not None:
        asked.append(item)
        given[item.id] = answers[item.id]
    return given


def _ranked(catalogue: Catalogue, form: Quick, given: Responses) -> list[str]:
    fits = rank_by_chance(fit_all(catalogue, score(catalogue, given)), form.chances(given))
    return [fit.role for fit in fits[:PLACES]]


def _among(roles: Whole, right: Whole) -> Any:
    return (roles == right).any(axis=1).astype(np.float64)

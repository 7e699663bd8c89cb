from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from strategies import a_catalogue, a_role, catalogues, often

from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.study.vectors import Arrays, order

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.study.vectors import Floats

PEOPLE = 5


def random_levels(measures: int, seed: int) -> Floats:
    """Anything from 0 to 100, the ends among them."""
    dice = np.random.default_rng(seed)
    levels = dice.uniform(-20, 120, (PEOPLE, measures))
    return np.asarray(np.clip(levels, 0, 100))


def levels_for(arrays: Arrays, seed: int) -> tuple[Floats, Floats]:
    return random_levels(len(arrays.of_skills), seed), random_levels(len(arrays.of_interests), seed + 1)


@often
@given(catalogues())
def test_match_interest_and_total_are_those_of_scoring(catalogue: Catalogue) -> None:
    arrays = Arrays.of(catalogue)
    levels, liked = levels_for(arrays, 1)
    match, total = arrays.match(levels), arrays.total(levels, liked)
    interest = arrays.interest(liked) if arrays.of_interests else None
    for person in range(PEOPLE):
        known = dict(zip(catalogue.skills, levels[person], strict=True))
        likes = dict(zip(catalogue.interests, liked[person], strict=True))
        for n, role in enumerate(arrays.roles):
            one = fit(catalogue.roles[role], known, likes, catalogue.settings.interest_weight)
            assert match[person, n] == pytest.approx(one.match, abs=1e-9)
            assert total[person, n] == pytest.approx(one.total, abs=1e-9)
            assert (None if interest is None else interest[person, n]) == pytest.approx(one.interest, abs=1e-9)


@often
@given(catalogues())
def test_the_order_is_that_of_scoring_unless_roles_tie(catalogue: Catalogue) -> None:
    arrays = Arrays.of(catalogue)
    levels, liked = levels_for(arrays, 7)
    totals = arrays.total(levels, liked)
    places = order(totals, len(arrays.roles))
    for person in range(PEOPLE):
        if np.diff(np.sort(totals[person])).min() < 1e-6:
            continue
        known = dict(zip(catalogue.skills, levels[person], strict=True))
        likes = dict(zip(catalogue.interests, liked[person], strict=True))
        fits = [fit(role, known, likes, catalogue.settings.interest_weight) for role in catalogue.roles.values()]
        assert [arrays.roles[n] for n in places[person]] == [one.role for one in rank(fits)]


def test_of_equal_roles_the_earlier_id_comes_first() -> None:
    arrays = Arrays.of(a_catalogue(a_role("b"), a_role("a"), a_role("c", {"one": (5, 0), "two": (1, 100)})))
    totals = arrays.total(np.array([[75.0, 25.0]]), np.empty((1, 0)))
    assert [arrays.roles[n] for n in order(totals, 3)[0]] == ["a", "b", "c"]


def test_scores_are_means_of_values_in_points() -> None:
    arrays = Arrays.of(a_catalogue(a_role("a"), a_role("b")))
    assert arrays.skill_scores(np.array([[4, 3, 0, 1]])).tolist() == [[87.5, 12.5]]
    assert arrays.interest_scores(np.array([[4, 3, 0, 1]])).shape == (1, 0)


def test_levels_of_others_are_left_as_they_were(catalogue: Catalogue) -> None:
    arrays = Arrays.of(catalogue)
    levels, liked = levels_for(arrays, 3)
    before = levels.copy(), liked.copy()
    arrays.total(levels, liked)
    assert (levels == before[0]).all()
    assert (liked == before[1]).all()

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from strategies import a_catalogue, a_role

from bpo_quiz.scoring.certainty import certainty
from bpo_quiz.scoring.many import Arrays
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.study.recovery import Recovery, among, chosen, full_order_of, recover, stated
from bpo_quiz.study.worlds import WORLDS, People, draw_people

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


def some_people(catalogue: Catalogue, count: int, seed: int = 1) -> tuple[Arrays, People]:
    arrays = Arrays(catalogue)
    return arrays, draw_people(arrays, WORLDS[0], count, np.random.default_rng(seed))


def recovered(catalogue: Catalogue, count: int, seed: int = 1) -> Recovery:
    return recover(catalogue, *some_people(catalogue, count, seed))


def test_the_full_form_ranks_as_the_quiz_does(catalogue: Catalogue) -> None:
    arrays, people = some_people(catalogue, 10)
    for person, places in enumerate(full_order_of(arrays, people)):
        ranked = rank(fit_all(catalogue, score(catalogue, people.responses(arrays, person))))
        assert [arrays.roles[n] for n in places] == [fit.role for fit in ranked[:3]]


def test_stated_chances_are_those_of_the_quiz(catalogue: Catalogue) -> None:
    arrays, people = some_people(catalogue, 4)
    first = full_order_of(arrays, people)[:, 0]
    for person, found in enumerate(stated(catalogue, arrays, people, first)):
        responses = people.responses(arrays, person)
        real = certainty(catalogue, score(catalogue, responses)).p_first
        assert found == real[arrays.roles[first[person]]]


def test_nobody_does_better_than_the_best_possible(catalogue: Catalogue) -> None:
    one = recovered(catalogue, 100)
    assert (one.right_first <= one.best_first + 1e-12).all()
    assert (one.right_top3 <= one.best_top3 + 1e-12).all()
    assert (one.right_first <= one.right_top3 + 1e-12).all()


def test_expected_recovery_is_what_counting_finds(catalogue: Catalogue) -> None:
    one = recovered(catalogue, 300)
    surprise = among(one.first[:, None], one.origin[:, None]) - one.right_first
    assert abs(surprise.mean()) < 3 * surprise.std() / 300**0.5


def test_everybody_is_in_the_table_of_mixed_up_roles(catalogue: Catalogue) -> None:
    one = recovered(catalogue, 100)
    assert one.confused.sum() == pytest.approx(100)
    assert one.confused.sum(axis=0) == pytest.approx(np.bincount(one.first, minlength=len(catalogue.roles)))
    assert np.trace(one.confused) == pytest.approx(one.right_first.sum())


def test_alpha_is_that_of_the_textbook(catalogue: Catalogue) -> None:
    arrays, people = some_people(catalogue, 50)
    alpha = recover(catalogue, arrays, people).alpha
    ones, others = people.values[:, 0].astype(float), people.values[:, 1].astype(float)
    covariance = np.cov(ones, others, ddof=0)
    assert alpha[0] == pytest.approx(4 * covariance[0, 1] / covariance.sum())


def test_a_role_that_is_the_same_but_higher_is_not_reached_by_speaking_highly_of_oneself() -> None:
    junior, senior = {"one": (5.0, 30.0), "two": (5.0, 60.0)}, {"one": (5.0, 80.0), "two": (5.0, 50.0)}
    one = recovered(a_catalogue(a_role("junior", junior), a_role("senior", senior)), 200)
    assert one.unmoved.mean() > 0.9


def test_chosen_adds_up_the_chances_of_all_places() -> None:
    chance = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]])
    assert chosen(chance, np.array([[0, 2], [1, 0]])) == pytest.approx([0.7, 0.3])

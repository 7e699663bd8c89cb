from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from strategies import catalogues, often

from bpo_quiz.scoring.many import Arrays
from bpo_quiz.scoring.profile import score
from bpo_quiz.study.worlds import (
    ITEM_ERROR,
    LENIENCY,
    WORLDS,
    World,
    answer,
    draw_people,
    phi,
)

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.many import Floats

PEOPLE = 40_000
W1, W2, W3, W4, W5 = WORLDS


def levels_of(world: World, level: float, importance: float, skills: int = 1) -> Floats:
    asked = np.full((PEOPLE, skills), level), np.full((PEOPLE, skills), importance)
    return world.draw(*asked, np.random.default_rng(3))


def test_there_are_the_five_worlds_of_the_method() -> None:
    assert [world.id for world in WORLDS] == ["W1", "W2", "W3", "W4", "W5"]


def test_w1_spreads_every_skill_alike() -> None:
    for importance in (0, 5):
        drawn = levels_of(W1, 50, importance)
        assert drawn.mean() == pytest.approx(50, abs=0.4)
        assert drawn.std() == pytest.approx(18, abs=0.4)


def test_w2_spreads_less_where_a_skill_is_important() -> None:
    assert levels_of(W2, 50, 5).std() == pytest.approx(11, abs=0.3)
    assert levels_of(W2, 50, 2.5).std() == pytest.approx(20.9, abs=0.5)  # 21, less what 0 and 100 cut off


def test_w3_is_at_or_above_the_role_only_where_it_matters() -> None:
    assert levels_of(W3, 60, 3).min() == pytest.approx(60, abs=0.1)
    assert levels_of(W3, 60, 3).min() >= 60
    assert levels_of(W3, 60, 3).mean() == pytest.approx(60 + 12 * np.sqrt(2 / np.pi), abs=0.3)
    assert levels_of(W3, 90, 2.9).mean() == pytest.approx(50, abs=0.5)


def test_w4_people_share_a_general_level_and_w3_people_do_not() -> None:
    for world, together in ((W3, 0.0), (W4, 64 / (64 + 12**2 * (1 - 2 / np.pi)))):
        two = levels_of(world, 50, 5, skills=2)
        assert np.corrcoef(two[:, 0], two[:, 1]).item(1) == pytest.approx(together, abs=0.03)


def test_w5_people_lie_sixteen_points_lower_than_w4_people() -> None:
    assert levels_of(W4, 50, 5).mean() - levels_of(W5, 50, 5).mean() == pytest.approx(16, abs=0.4)


def test_only_w4_and_w5_people_have_a_style_and_it_shifts_what_all_their_skills_report() -> None:
    levels = np.full((PEOPLE, 3), 50.0)
    for world in (W1, W2, W3):
        assert world.report(levels, np.random.default_rng(1)) is levels
    for world in (W4, W5):
        reported = world.report(levels, np.random.default_rng(1))
        assert reported.mean() == pytest.approx(50 + LENIENCY, abs=0.2)
        assert reported.std() == pytest.approx(8, abs=0.2)
        assert np.ptp(reported, axis=1).max() == pytest.approx(0)


def test_style_stretches_around_the_middle() -> None:
    levels = np.tile([20.0, 80.0], (PEOPLE, 1))
    width = np.diff(W4.report(levels, np.random.default_rng(1)), axis=1) / 60
    assert np.log(width).std() == pytest.approx(0.15, abs=0.005)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.id)
def test_true_levels_stay_on_the_scale(world: World) -> None:
    for level in (0, 100):
        drawn = levels_of(world, level, 5)
        assert drawn.min() >= 0
        assert drawn.max() <= 100


@pytest.mark.parametrize("importance", [0, 2, 3, 5])
@pytest.mark.parametrize("world", [W1, W2, W3], ids=lambda world: world.id)
def test_the_chance_to_lie_below_a_point_is_that_of_the_draws(world: World, importance: float) -> None:
    drawn = levels_of(world, 55, importance)
    points = np.arange(5.0, 100.0, 10.0)
    stated = world.below_points(points, np.full(10, 55.0), np.full(10, importance))
    assert np.abs(stated - (drawn < points).mean(axis=0)).max() < 0.01


@pytest.mark.parametrize("world", [W4, W5], ids=lambda world: world.id)
def test_the_chance_of_the_shared_shift_is_that_of_the_draws(world: World) -> None:
    shift = levels_of(world, 50, 5) - levels_of(W3, 50, 5)  # the same dice roll W3 first
    points = np.arange(-25.0, 15.0, 5.0)
    assert np.abs(world.below_shift(points) - (shift < points).mean(axis=0)).max() < 0.01


def test_answers_err_by_the_items_error_and_are_the_nearest_of_five() -> None:
    values = answer(np.full((PEOPLE, 1), 50.0), np.random.default_rng(2))
    assert set(np.unique(values)) == {0, 1, 2, 3, 4}
    assert (values == 2).mean() == pytest.approx(float(1 - 2 * phi(np.array(-12.5 / ITEM_ERROR))), abs=0.01)


@often
@given(catalogues())
def test_responses_are_stored_by_position_and_score_as_the_values_do(catalogue: Catalogue) -> None:
    arrays = Arrays(catalogue)
    people = draw_people(arrays, W4, 3, np.random.default_rng(1))
    for person in range(3):
        profile = score(catalogue, people.responses(arrays, person))
        scores = [*profile.levels().values(), *profile.interest_levels().values()]
        assert scores == pytest.approx(arrays.points(people.values)[person])


def test_interests_lie_around_those_of_the_role(catalogue: Catalogue) -> None:
    arrays = Arrays(catalogue)
    people = draw_people(arrays, W3, 5000, np.random.default_rng(1))
    gaps = people.levels[:, len(arrays.of_skills) :] - arrays.wanted[people.origin]
    inside = (arrays.wanted[people.origin] > 40) & (arrays.wanted[people.origin] < 60)
    assert gaps[inside].mean() == pytest.approx(0, abs=1)
    assert gaps[inside].std() == pytest.approx(18, abs=1)


def test_the_same_seed_gives_the_same_people(catalogue: Catalogue) -> None:
    arrays = Arrays(catalogue)
    one, same, other = (draw_people(arrays, W5, 20, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (one.values == same.values).all()
    assert (one.levels == same.levels).all()
    assert (one.values != other.values).any()


def test_every_role_is_drawn_from_about_equally_often(catalogue: Catalogue) -> None:
    arrays = Arrays(catalogue)
    counts = np.bincount(draw_people(arrays, W1, 20_000, np.random.default_rng(1)).origin)
    assert len(counts) == len(arrays.roles)
    assert counts.min() > 0.75 * counts.mean()

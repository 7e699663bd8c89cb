from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from strategies import a_catalogue, a_role

from bpo_quiz.study.goals import Goal, calibration_error, confused_pairs, goals, role_rows, worlds
from bpo_quiz.study.simulate import study

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.study.simulate import Study

HIGH, LOW = {"one": (5.0, 90.0), "two": (2.0, 20.0)}, {"one": (2.0, 20.0), "two": (5.0, 90.0)}


def with_twins() -> Catalogue:
    """`b` is the same as `a`, so that of the two `a` always comes first."""
    return a_catalogue(a_role("a", HIGH), a_role("b", HIGH), a_role("c", LOW))


@pytest.fixture(scope="module")
def twins() -> Study:
    return study(with_twins(), people=100, quick_people=10, processes=1)


def by_name(study: Study) -> dict[str, Goal]:
    return {goal.name: goal for goal in goals(study)}


def test_a_goal_knows_whether_it_is_met_and_how_far_it_is() -> None:
    short = Goal(1, "x", "what", at_least=0.9, at_most=None, reached=0.85, margin=0.1)
    assert not short.is_met
    assert short.distance == pytest.approx(0.05)
    over = Goal(4, "x", "what", at_least=None, at_most=0.03, reached=0.05, margin=None)
    assert not over.is_met
    assert over.distance == pytest.approx(0.02)
    for goal in (
        Goal(9, "x", "what", None, 0, 0, None, "count"),
        Goal(5, "x", "what", None, 0.02, -0.1, None),
        Goal(1, "x", "what", 0.9, None, 0.9, None),
    ):
        assert goal.is_met
        assert goal.distance == 0


def test_every_row_of_the_method_that_a_simulation_can_speak_about_has_a_goal(twins: Study) -> None:
    assert {goal.row for goal in goals(twins)} == {1, 2, 3, 4, 5, 6, 8, 9, 10, 12}


def test_twins_are_found_and_the_later_of_them_is_never_on_top(twins: Study) -> None:
    found = by_name(twins)
    assert found["twins"].reached == 1
    assert not found["twins"].is_met
    assert found["never_on_top"].reached == 1
    assert found["largest_share"].reached > 0.5
    assert [row.role for row in role_rows(twins) if not row.wins] == ["b"]


def test_twins_are_the_most_confused_pair(twins: Study) -> None:
    first = confused_pairs(twins)[0]
    assert (first.one, first.other) == ("a", "b")
    assert first.apart == pytest.approx(0, abs=1e-9)
    assert first.confused == pytest.approx(0.5, abs=0.05)


def test_the_best_possible_can_not_tell_twins_apart_either(twins: Study) -> None:
    for world in worlds(twins):
        assert world.best_top1 < 0.75
        assert world.top1 <= world.best_top1 + 1e-12
        assert world.best_top3 == pytest.approx(1)


def test_shares_of_wins_add_up(twins: Study) -> None:
    assert sum(row.wins for row in role_rows(twins)) == pytest.approx(1)


def test_means_are_over_the_worlds_and_the_worst_is_the_least(twins: Study) -> None:
    found, rows = by_name(twins), worlds(twins)
    shares = [row.top1 / row.best_top1 for row in rows]
    assert found["top1_of_best_mean"].reached == pytest.approx(np.mean(shares))
    assert found["top1_of_best_worst"].reached == pytest.approx(min(shares))
    assert found["true_first_mean"].reached == pytest.approx(np.mean([row.true_first for row in rows]))


def test_the_margin_shrinks_with_the_root_of_the_people() -> None:
    near = a_catalogue(a_role("a", {"one": (3, 60), "two": (3, 40)}), a_role("b", {"one": (3, 50), "two": (3, 50)}))
    few, many = (
        by_name(study(near, people=people, quick_people=1, processes=1))["true_first_mean"] for people in (40, 360)
    )
    assert few.margin is not None
    assert many.margin == pytest.approx(few.margin / 3, rel=0.35)
    assert abs(few.reached - many.reached) < 2 * few.margin


def test_calibration_error_is_the_weighted_gap_by_tenths() -> None:
    stated = np.array([0.95, 0.95, 0.95, 0.95, 0.15])
    right = np.array([1.0, 1.0, 0.0, 0.0, 1.0])
    assert calibration_error(stated, right) == pytest.approx((4 * 0.45 + 0.85) / 5)
    assert calibration_error(np.ones(4), np.ones(4)) == 0
    assert calibration_error(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0

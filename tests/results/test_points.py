from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from strategies import a_role, cases, often

from bpo_quiz.guidance.gaps import MOST_STEPS
from bpo_quiz.results.points import Points, readiness_points
from bpo_quiz.scoring.match import Fit, fit, fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Case = tuple["Catalogue", "Responses"]


def fits_and_points(case: Case) -> list[tuple[Fit, Points]]:
    fits = [one for one in fit_all(case[0], score(*case)) if one.readiness is not None]
    assume(fits)
    return [(one, readiness_points(one)) for one in fits]


@often
@given(cases())
def test_s03_shown_strengths_add_up_to_the_shown_readiness(case: Case) -> None:
    for one, points in fits_and_points(case):
        assert points.readiness == whole(one.readiness or 0)
        assert sum(row.points for row in points.strengths) + points.other_had == points.readiness


@often
@given(cases())
def test_s03_shown_gaps_add_up_to_what_is_missing(case: Case) -> None:
    for _, points in fits_and_points(case):
        assert sum(row.points for row in points.gaps) + points.other_missing == 100 - points.readiness


@often
@given(cases())
def test_s03_shown_points_are_never_below_0_and_near_the_exact_ones(case: Case) -> None:
    for one, points in fits_and_points(case):
        exact = {share.skill: share for share in one.shares}
        assert min(points.other_had, points.other_missing) >= 0
        assert all(abs(row.points - exact[row.skill].had) < 2 for row in points.strengths)
        assert all(abs(row.points - exact[row.skill].missing) < 2 for row in points.gaps)


@often
@given(cases())
def test_a_strength_meets_the_level_and_a_gap_does_not(case: Case) -> None:
    for _, points in fits_and_points(case):
        assert all(row.score >= row.level for row in points.strengths)
        assert all(row.score < row.level for row in points.gaps)
        assert max(len(points.strengths), len(points.gaps)) <= MOST_STEPS


def role_of(*levels: float) -> dict[str, tuple[float, float]]:
    return {f"s{n}": (1, level) for n, level in enumerate(levels)}


def test_growth_steps_stop_when_they_cover_80_percent() -> None:
    role = a_role("a", role_of(80, 80, 20, 20))
    points = readiness_points(fit(role, dict.fromkeys(role.skills, 0.0), {}, 0.25))
    assert [(row.skill, row.points) for row in points.gaps] == [("s0", 40), ("s1", 40)]
    assert points.other_missing == 20


def test_there_are_at_most_five_growth_steps_the_largest_first() -> None:
    role = a_role("a", role_of(*range(60, 68)))
    points = readiness_points(fit(role, dict.fromkeys(role.skills, 0.0), {}, 0.25))
    assert [row.skill for row in points.gaps] == ["s7", "s6", "s5", "s4", "s3"]


def test_a_gap_that_would_show_as_0_points_is_no_step() -> None:
    role = a_role("a", role_of(100, 100, 0.5))
    points = readiness_points(fit(role, {"s0": 100, "s1": 100, "s2": 0}, {}, 0.25))
    assert (points.gaps, points.readiness, points.other_missing) == ((), 100, 0)


def test_who_has_everything_misses_nothing() -> None:
    points = readiness_points(fit(a_role("a", role_of(60, 40)), {"s0": 60, "s1": 75}, {}, 0.25))
    assert [(row.skill, row.points) for row in points.strengths] == [("s0", 60), ("s1", 40)]
    assert (points.readiness, points.gaps, points.other_missing, points.other_had) == (100, (), 0, 0)


@pytest.mark.parametrize(("had", "shown"), [(49.5, 50), (49.4, 49), (99.6, 100), (0.4, 0)])
def test_readiness_and_the_rest_make_100_after_rounding(had: float, shown: int) -> None:
    points = readiness_points(fit(a_role("a", role_of(100)), {"s0": had}, {}, 0.25))
    assert points.readiness == shown
    assert points.readiness + sum(row.points for row in points.gaps) + points.other_missing == 100


def test_a_role_that_asks_for_nothing_still_adds_up() -> None:
    points = readiness_points(fit(a_role("a", role_of(0, 0)), {"s0": 0, "s1": 50}, {}, 0.25))
    assert (points.readiness, points.other_had, points.other_missing) == (100, 100, 0)

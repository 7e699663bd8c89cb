"""The smallest raises against trying everything, on catalogues that are small enough for that."""

from __future__ import annotations

import itertools
import math
import random
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SEEDS, _catalogue, _responses, a_catalogue, a_role, answers_by_turns, cases, often

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.first_place import LEAST, leads
from bpo_quiz.guidance.least_raises import GOALS, LeastRaises, least_for_readiness, least_raises
from bpo_quiz.scoring.match import LEVEL_SHARE, POINTS_PER_SQUARE, READY_NOW, Fit, fit_all, weights
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.least_raises import Goal

Case = tuple["Catalogue", "Responses"]

at_times = settings(max_examples=25, deadline=None)
"""Trying everything takes its time."""


def least(case: Case, role: str, goal: Goal) -> LeastRaises:
    return least_raises(case[0], Answers(case[1], About()), role, goal)


def of_skills(count: int, lowest: int) -> st.SearchStrategy[Case]:
    """So few skills, or answers so high, that all levels can be tried."""

    def case(catalogue: Catalogue, seed: int) -> Case:
        given = _responses(catalogue, seed, 1.0)
        skills = [item for skill in catalogue.skills.values() for item in skill.items]
        return catalogue, given | {item.id: item.keyed(max(lowest, item.keyed(given[item.id] or 0))) for item in skills}

    made = st.builds(_catalogue, SEEDS, st.just(count), st.integers(0, 6), st.integers(2, 8))
    return st.builds(case, made, SEEDS)


# --- ready ---


def cheapest_by_trying(fit: Fit, need: float) -> tuple[int, float]:
    """Fewest skills and fewest points: every order of every set, filled up one skill after the other."""
    open_shares = [share for share in fit.shares if share.missing > 0]
    for size in range(1, len(open_shares) + 1):
        costs = []
        for order in itertools.permutations(open_shares, size):
            left, points = need, 0.0
            for share in order:
                gap = share.level - share.score
                part = min(1.0, left / share.missing)
                left, points = left - part * share.missing, points + part * gap
            if left <= 1e-9:
                costs.append(points)
        if costs:
            return size, min(costs)
    raise AssertionError(fit)


@often
@given(st.builds(_catalogue, SEEDS, st.integers(2, 6), st.just(0), st.just(2)), SEEDS, st.floats(1, 100))
def test_ready_takes_the_fewest_skills_and_then_the_fewest_points(catalogue: Catalogue, seed: int, goal: float) -> None:
    for fit in fit_all(catalogue, score(catalogue, _responses(catalogue, seed, 1.0))):
        need = goal - (fit.readiness or 0.0)
        if need > 1e-6:
            levels = least_for_readiness(fit, goal)
            scores = {share.skill: share.score for share in fit.shares}
            size, points = cheapest_by_trying(fit, need)
            assert len(levels) == size
            assert math.fsum(level - scores[skill] for skill, level in levels.items()) == pytest.approx(
                points, abs=1e-6
            )


@often
@given(cases())
def test_what_is_said_to_make_ready_does(case: Case) -> None:
    for role in case[0].roles:
        found = least(case, role, "ready")
        now, then = found.after.before.readiness, found.after.after.readiness
        if now is None:
            assert found.outcome == "not known"
        else:
            assert found.outcome == ("already" if now >= READY_NOW else "found")
            assert (then or 0) >= READY_NOW - 1e-9
            assert (found.raises == ()) == (found.outcome == "already")
        are_raises(found)


def are_raises(found: LeastRaises) -> None:
    for one in found.raises:
        assert one.score < one.level <= 100
        assert one.level == math.floor(one.level)


# --- first ---


def totals_at(case: Case, axes: list[Any]) -> dict[str, Any]:
    """The Total of every role that has one, at every point of a grid of levels, by the definition of Match."""
    profile = score(*case)
    share = case[0].settings.interest_weight if profile.interest_levels() else 0.0
    found = {}
    for fit in fit_all(case[0], profile):
        if fit.total is None:
            continue
        asked = case[0].roles[fit.role].skills
        weight = weights(asked, profile.levels())
        gaps = [asked[skill].level - axis for skill, axis in zip(profile.levels(), axes, strict=True)]
        elevation = sum(weight[skill] * gap for skill, gap in zip(profile.levels(), gaps, strict=True))
        cost = LEVEL_SHARE * elevation**2
        for skill, gap in zip(profile.levels(), gaps, strict=True):
            cost = cost + weight[skill] * (gap - elevation) ** 2
        match = np.maximum(0.0, 100 - cost * POINTS_PER_SQUARE)
        found[fit.role] = (1 - share) * match + share * (fit.interest or 0.0)
        found.setdefault("", share * (fit.interest or 0.0))
        found[""] = max(found[""], share * (fit.interest or 0.0))  # a Total is never below that of a Match of 0
    return found


def least_by_trying(case: Case, role: str) -> tuple[int, float] | None:
    """Fewest skills and fewest points among all whole levels from the person's own upwards."""
    start = list(score(*case).levels().values())
    axes = np.ix_(*([level, *range(math.floor(level) + 1, 101)] for level in start))
    totals = totals_at(case, list(axes))
    mine = totals.pop(role)
    is_first = np.all([mine >= other + LEAST for other in totals.values()], axis=0)
    raised = [axis - level for axis, level in zip(axes, start, strict=True)]
    count, points = sum(moved > 0 for moved in raised), sum(raised)
    for size in range(1, len(start) + 1):
        chosen = points[is_first & (count == size)]
        if chosen.size:
            return size, float(chosen.min())
    return None


@pytest.mark.parametrize(("skills", "lowest"), [(2, 0), (3, 1), (4, 3)])
@at_times
@given(st.data())
def test_first_is_what_trying_every_level_finds(skills: int, lowest: int, data: st.DataObject) -> None:
    case = data.draw(of_skills(skills, lowest))
    role = min(case[0].roles)
    found = least(case, role, "first")
    if found.outcome == "already":
        assert found.after.rank_before == 1
        return
    tried = least_by_trying(case, role)
    if tried is None:
        assert (found.outcome, found.fewest) == ("not within four", 5)
        return
    assert found.outcome == "found"
    assert (len(found.raises), found.fewest) == (tried[0], tried[0])
    assert math.fsum(one.points for one in found.raises) == pytest.approx(tried[1])


@at_times
@given(st.builds(_catalogue, SEEDS, st.integers(5, 8), st.integers(0, 6), st.integers(2, 8)), SEEDS)
def test_no_try_of_four_skills_passes_a_blocker(catalogue: Catalogue, seed: int) -> None:
    case = (catalogue, _responses(catalogue, seed, 1.0))
    found = least(case, min(catalogue.roles), "first")
    if found.outcome != "not within four":
        return
    profile, dice = score(*case), random.Random(seed)
    totals = Totals(catalogue, profile.levels(), profile.interest_levels())
    share = catalogue.settings.interest_weight if profile.interest_levels() else 0.0
    still = share * (found.after.before.interest or 0.0)  # the Total of a Match of 0
    for _ in range(300):
        levels = profile.levels()
        levels |= {skill: dice.uniform(levels[skill], 100) for skill in dice.sample(list(levels), 4)}
        then = dict(
            zip(totals.roles, totals.of(list(levels.values()), list(profile.interest_levels().values())), strict=True)
        )
        mine = then.pop(found.after.role.id)
        assert mine < max(then.values()) + LEAST
        if found.blocker is not None and mine > still:
            assert then[found.blocker.id] - mine >= found.behind - 2 * LEAST


@often
@given(cases())
def test_what_is_said_to_make_first_does(case: Case) -> None:
    role = max(case[0].roles)
    found = least(case, role, "first")
    are_raises(found)
    if found.outcome in ("already", "found"):
        assert found.after.rank_after == 1
        assert found.fewest == len(found.raises) == (0 if found.outcome == "already" else found.fewest)
    elif found.outcome == "not known":
        assert found.after.rank_before is None
    else:
        assert (found.raises, found.after.rank_after) == ((), found.after.rank_before)


@often
@given(cases(), st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_the_leads_are_those_of_the_totals(case: Case, shares: list[float]) -> None:
    role = min(case[0].roles)
    profile = score(*case)
    assume(next(one.total for one in fit_all(case[0], profile) if one.role == role) is not None)
    every = leads(case[0], profile, role)
    levels = list(profile.levels().values())
    room = [100 - level for level in levels]
    raised = [points * share for points, share in zip(room, shares, strict=False)]
    moved = [level + points for level, points in zip(levels, raised, strict=True)]
    totals = Totals(case[0], profile.levels(), profile.interest_levels())
    then = dict(zip(totals.roles, totals.of(moved, list(profile.interest_levels().values())), strict=True))
    is_ahead = all(then[role] >= total + LEAST for other, total in then.items() if other != role)
    now = [lead.moved(raised).now for lead in every]
    assert min(now) < 0 or is_ahead or min(map(abs, now)) < 1e-7
    for lead, there in zip(every, now, strict=True):
        assert there <= lead.now + math.fsum(map(math.fsum, lead.gains(room))) + 1e-6


def test_where_one_role_stays_ahead_it_is_named() -> None:
    easy = a_role("easy", {"one": (5, 20), "two": (5, 30), "three": (5, 10)})
    hard = a_role("hard", {"one": (5, 90), "two": (5, 99), "three": (5, 80)})
    catalogue = a_catalogue(easy, hard)
    told: Responses = {"one-1": 4, "one-2": 4, "two-1": 4, "two-2": 3, "three-1": 3, "three-2": 3}
    found = least((catalogue, told), "easy", "first")
    assert (found.outcome, found.blocker) == ("not within four", hard)
    assert found.behind > 1


def test_gates_are_told_with_the_raises() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    answers = Answers({"one-1": 1, "two-1": 1}, About(english="B1"))
    for goal in GOALS:
        assert [gate.name for gate in least_raises(catalogue, answers, "a", goal).after.stands.unmet] == ["english"]


@pytest.mark.parametrize("role", ["customer_service_rep", "accountant", "site_director", "hr_associate"])
def test_a_search_takes_less_than_a_second(catalogue: Catalogue, role: str) -> None:
    start = time.process_time()
    for goal in GOALS:
        least((catalogue, answers_by_turns(catalogue)), role, goal)
    assert time.process_time() - start < 1

"""The smallest raises against trying everything, on catalogues that are small enough for that."""

from __future__ import annotations

import itertools
import math
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import SEEDS, _catalogue, _responses, a_catalogue, a_role, answers_by_turns, cases, often

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.first_place import Search, next_at_least_0
from bpo_quiz.guidance.leads import LEAST, Lead, leads
from bpo_quiz.guidance.least_raises import GOALS, LeastRaises, least_for_readiness, least_raises
from bpo_quiz.scoring.match import READY_NOW, Fit, fit_all
from bpo_quiz.scoring.profile import Profile, score
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


def of_two_skills() -> st.SearchStrategy[Case]:
    """Two skills, so that every pair of levels can be tried."""
    made = st.builds(_catalogue, SEEDS, st.just(2), st.integers(0, 6), st.integers(2, 8))
    return st.builds(lambda catalogue, seed: (catalogue, _responses(catalogue, seed, 1.0)), made, SEEDS)


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


def test_a_skill_whose_points_are_worth_more_is_raised_first() -> None:
    role = a_role("a", {"one": (5, 80), "two": (0, 80), "three": (0, 80)})
    catalogue = a_catalogue(role, a_role("b", {"one": (0, 9), "two": (5, 9), "three": (0, 9)}))
    told: Responses = {f"{skill}-{n}": 1 + n for skill in ("one", "two", "three") for n in (1, 2)}
    found = least((catalogue, told), "a", "ready")
    assert [(one.skill, one.score, one.level) for one in found.raises] == [("one", 62.5, 76)]
    assert found.after.after.readiness == pytest.approx(90, abs=1)


# --- first ---


def least_by_trying(case: Case, role: str) -> tuple[int, float] | None:
    """Fewest skills and fewest points among all pairs of whole levels from the person's own upwards."""
    profile = score(*case)
    levels = profile.levels()
    totals = Totals(case[0], levels, profile.interest_levels())
    assume(role in totals.roles)
    place, liked = totals.roles.index(role), list(profile.interest_levels().values())
    rungs = [[level, *range(math.floor(level) + 1, 101)] for level in levels.values()]
    share = case[0].settings.interest_weight if liked else 0.0
    fit = next(one for one in fit_all(case[0], profile) if one.role == role)
    still = share * (fit.interest or 0.0)  # its Total with a Match of 0
    best: tuple[int, float] | None = None
    for chosen in itertools.product(*rungs):
        moved = [new - old for new, old in zip(chosen, levels.values(), strict=True)]
        size = (sum(points > 0 for points in moved), sum(moved))
        if best is not None and size >= best:
            continue
        every = totals.of(list(chosen), liked)
        others = [total for n, total in enumerate(every) if n != place]
        if every[place] >= max([*others, still]) + LEAST:
            best = size
    return best


@at_times
@given(of_two_skills())
def test_first_is_what_trying_every_level_finds(case: Case) -> None:
    role = min(case[0].roles)
    found = least(case, role, "first")
    if found.outcome == "already":
        assert found.after.rank_before == 1
        return
    tried = least_by_trying(case, role)
    if tried is None:
        assert found.outcome in ("cannot", "none found")
        return
    assert found.outcome == "found"
    assert found.is_smallest
    assert len(found.raises) == tried[0]
    assert math.fsum(one.points for one in found.raises) == pytest.approx(tried[1])


@often
@given(cases())
def test_what_is_said_to_make_first_does(case: Case) -> None:
    role = max(case[0].roles)
    found = least(case, role, "first")
    are_raises(found)
    if found.outcome in ("already", "found"):
        assert found.after.rank_after == 1
        assert (found.raises == ()) == (found.outcome == "already")
        assert found.fewest <= len(found.raises)
    elif found.outcome == "not known":
        assert found.after.rank_before is None
    else:
        assert (found.raises, found.after.rank_after) == ((), found.after.rank_before)


def every_lead(case: Case, role: str) -> tuple[Profile, tuple[Lead, ...]]:
    profile = score(*case)
    found = {one.role: one for one in fit_all(case[0], profile)}
    assume(found[role].total is not None)
    return profile, leads(case[0], profile, role)


@often
@given(cases(), st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_the_leads_are_those_of_the_totals(case: Case, shares: list[float]) -> None:
    role = min(case[0].roles)
    profile, every = every_lead(case, role)
    levels = list(profile.levels().values())
    raised = {n: (100 - level) * share for n, (level, share) in enumerate(zip(levels, shares, strict=False))}
    moved = [level + raised[n] for n, level in enumerate(levels)]
    totals = Totals(case[0], profile.levels(), profile.interest_levels())
    then = dict(zip(totals.roles, totals.of(moved, list(profile.interest_levels().values())), strict=True))
    most = [100 - level for level in levels]
    is_ahead = all(then[role] >= total + LEAST for other, total in then.items() if other != role)
    says_ahead = all(lead.at(raised) >= 0 for lead in every)
    near = any(abs(lead.at(raised)) < 1e-7 for lead in every)
    assert says_ahead <= is_ahead or near
    for lead in every:
        assert lead.at(raised) <= lead.never_more_than(most) + 1e-6
        for n in raised:
            others = {m: points for m, points in raised.items() if m != n}
            a, b, c = lead.with_one(n, others)
            assert (a * raised[n] + b) * raised[n] + c == pytest.approx(lead.at(raised), abs=1e-6)


@often
@given(st.floats(-3, 3), st.floats(-30, 30), st.floats(-300, 300), st.floats(0, 100))
@example(1.0, 0.0, -1.1754943508222875e-38, 0.0)
def test_the_next_place_above_0_is_the_next(a: float, b: float, c: float, start: float) -> None:
    def value(u: float) -> float:
        return (a * u + b) * u + c

    found = next_at_least_0(a, b, c, start)
    assert found is None or found >= start
    assert found is None or found > 1e4 or value(found) >= -1e-3
    between = [start + n * ((100 if found is None else min(found, 100)) - start) / 40 for n in range(40)]
    assert found == start or all(value(u) < 1e-3 for u in between if u >= start)


def test_where_one_role_stays_ahead_it_is_named() -> None:
    easy = a_role("easy", {"one": (5, 20), "two": (5, 30), "three": (5, 10)})
    hard = a_role("hard", {"one": (5, 90), "two": (5, 99), "three": (5, 80)})
    catalogue = a_catalogue(easy, hard)
    told: Responses = {"one-1": 4, "one-2": 4, "two-1": 4, "two-2": 3, "three-1": 3, "three-2": 3}
    found = least((catalogue, told), "easy", "first")
    assert (found.outcome, found.blocker) == ("cannot", hard)
    assert found.behind > 1


def test_a_twin_that_comes_first_by_its_name_cannot_be_passed() -> None:
    twins = [a_role(name, {"one": (5, 80), "two": (1, 20)}) for name in "ab"]
    found = least((a_catalogue(*twins), {"one-1": 3, "two-1": 1}), "b", "first")
    assert (found.outcome, found.blocker) == ("cannot", twins[0])


def test_gates_are_told_with_the_raises() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    answers = Answers({"one-1": 1, "two-1": 1}, About(english="B1"))
    for goal in GOALS:
        assert [gate.name for gate in least_raises(catalogue, answers, "a", goal).closed] == ["english"]


def test_s02_too_few_answers_are_no_place_to_start_from(catalogue: Catalogue) -> None:
    for goal in GOALS:
        found = least((catalogue, {"coaching-1": 3}), "trainer", goal)
        assert (found.outcome, found.raises) == ("not known", ())


def test_a_search_that_takes_too_long_stops_and_says_so(catalogue: Catalogue) -> None:
    profile = score(catalogue, answers_by_turns(catalogue))
    every, start = leads(catalogue, profile, "trainer"), list(profile.levels().values())
    whole = Search(every, start).smallest()
    hurried = Search(every, start, steps=50).smallest()
    assert whole is not None
    assert hurried is None or (not hurried.is_smallest and hurried.fewest <= whole.fewest)


@pytest.mark.parametrize("role", ["customer_service_rep", "accountant", "site_director"])
def test_a_search_takes_seconds_at_most(catalogue: Catalogue, role: str) -> None:
    start = time.process_time()
    for goal in GOALS:
        least((catalogue, answers_by_turns(catalogue)), role, goal)
    assert time.process_time() - start < 5

"""The formulas of the method, written again in a few plain lines, against the program's."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import a_role, abouts, at_times, cases, catalogues, often

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.results.result import build
from bpo_quiz.scoring.match import distance, fit, fit_all, interest_match
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.scoring.match import Fit

Case = tuple["Catalogue", "Responses"]
Value = TypeVar("Value")


def same(number: float) -> object:
    return pytest.approx(number, abs=1e-9)


def known_weight(role: Role, x: dict[str, float]) -> float:
    return sum(one.importance + 1 for k, one in role.skills.items() if k in x) / sum(
        one.importance + 1 for one in role.skills.values()
    )


def plain_match(role: Role, x: dict[str, float]) -> float:
    raw = {k: role.skills[k].importance + 1 for k in x}
    w = {k: raw[k] / sum(raw.values()) for k in x}
    level = {k: role.skills[k].level for k in x}
    e = sum(w[k] * level[k] for k in x) - sum(w[k] * x[k] for k in x)
    d = {k: (level[k] - x[k]) - e for k in x}
    return max(0.0, 100 - sum(w[k] * d[k] ** 2 / 25 for k in x) - 0.25 * e**2 / 25)


def plain_readiness(role: Role, x: dict[str, float]) -> float:
    w = {k: role.skills[k].importance + 1 for k in x}
    asked = sum(w[k] * role.skills[k].level for k in x)
    return 100 * sum(w[k] * min(x[k], role.skills[k].level) for k in x) / asked if asked else 100.0


def plain_interest(role: Role, y: dict[str, float]) -> float | None:
    if not y:
        return None
    gaps = [role.interests[k] - y[k] for k in y]
    mean = sum(gaps) / len(gaps)
    return max(0.0, 100 - sum((gap - mean) ** 2 for gap in gaps) / len(gaps) / 25)


def backwards(mapping: Mapping[str, Value]) -> dict[str, Value]:
    return dict(list(mapping.items())[::-1])


def numbers(every: list[Fit]) -> dict[str, tuple[float | None, ...]]:
    return {one.role: (one.match, one.readiness, one.interest, one.total) for one in every}


def fits(case: Case) -> list[Fit]:
    return fit_all(case[0], score(*case))


def known_fits(case: Case) -> list[Fit]:
    found = [one for one in fits(case) if one.match is not None]
    assume(found)
    return found


@often
@given(cases())
def test_s03_every_number_is_that_of_the_method_and_adds_up(case: Case) -> None:
    catalogue, profile = case[0], score(*case)
    x, y, share = profile.levels(), profile.interest_levels(), catalogue.settings.interest_weight
    for one in known_fits(case):
        role = catalogue.roles[one.role]
        match, interest = plain_match(role, x), plain_interest(role, y)
        assert (one.match, one.readiness) == (same(match), same(plain_readiness(role, x)))
        assert one.interest == (None if interest is None else same(interest))
        assert one.total == same(match if interest is None else (1 - share) * match + share * interest)
        assert math.fsum([one.match or 0, one.level_cost, *(cost.points for cost in one.costs)]) == same(100)
        assert (one.readiness or 0) + math.fsum(part.missing for part in one.shares) == same(100)
        assert not one.shares or math.fsum(part.had for part in one.shares) == same(one.readiness or 0)
        every = [one.match, one.readiness, one.total, one.level_cost, one.interest or 0.0]
        every += [cost.points for cost in one.costs] + [part.missing for part in one.shares]
        assert all(number is not None and 0 <= number <= 100 + 1e-9 for number in every)


@often
@given(cases())
def test_s02_match_is_hidden_when_under_60_percent_of_the_weight_is_known(case: Case) -> None:
    x = score(*case).levels()
    for one in fits(case):
        known = known_weight(case[0].roles[one.role], x)
        assume(abs(known - 0.6) > 1e-9)
        assert one.known == same(known)
        assert (one.match is None, one.readiness is None, one.total is None) == (known < 0.6,) * 3
        assert one.match is not None or (one.costs, one.shares) == ((), ())


@pytest.mark.parametrize(("importance", "known", "match"), [(1, 0.5, None), (2, 0.6, 100), (3, 4 / 6, 100)])
def test_s02_sixty_percent_is_enough(importance: float, known: float, match: float | None) -> None:
    found = fit(a_role("a", {"known": (importance, 50), "unknown": (1, 50)}), {"known": 50}, {}, 0.25)
    assert (found.known, found.match) == (known, match)


@often
@given(catalogues())
def test_s03_who_is_as_the_role_has_match_and_readiness_100(catalogue: Catalogue) -> None:
    share = catalogue.settings.interest_weight
    for role in catalogue.roles.values():
        levels = {skill: asked.level for skill, asked in role.skills.items()}
        found = fit(role, levels, role.interests, share)
        assert (found.match, found.readiness, found.total) == (same(100), same(100), same(100))
        others = (fit(other, levels, role.interests, share) for other in catalogue.roles.values())
        assert max(other.total or 0 for other in others) <= (found.total or 0) + 1e-9


@often
@given(catalogues(), st.floats(-40, 40))
def test_s03_being_better_or_worse_at_everything_costs_only_a_quarter(catalogue: Catalogue, by: float) -> None:
    for role in catalogue.roles.values():
        found = fit(role, {skill: asked.level + by for skill, asked in role.skills.items()}, {}, 0.25)
        assert found.match == same(max(0.0, 100 - 0.25 * by**2 / 25))
        assert all(cost.points == same(0) for cost in found.costs)


@often
@given(cases(), st.data())
def test_s03_readiness_never_falls_when_an_answer_rises(case: Case, data: st.DataObject) -> None:
    catalogue, responses = case
    can_rise = [
        item
        for item in catalogue.items()
        if (value := responses.get(item.id)) is not None and item.keyed(value) < HIGHEST_VALUE
    ]
    assume(can_rise)
    item = data.draw(st.sampled_from(can_rise))
    step = -1 if item.reversed else 1
    raised = {**responses, item.id: (responses[item.id] or 0) + step}
    for before, after in zip(fits(case), fits((catalogue, raised)), strict=True):
        assert (after.readiness or 0) >= (before.readiness or 0)


@often
@given(cases())
def test_s03_the_order_of_items_skills_interests_and_roles_is_free(case: Case) -> None:
    catalogue, responses = case
    turned = catalogue._replace(
        skills={key: skill._replace(items=skill.items[::-1]) for key, skill in backwards(catalogue.skills).items()},
        interests=backwards(catalogue.interests),
        roles={
            key: role._replace(skills=backwards(role.skills), interests=backwards(role.interests))
            for key, role in backwards(catalogue.roles).items()
        },
    )
    assert numbers(fits((turned, responses))) == numbers(fits(case))


@at_times
@given(cases(), st.data())
def test_s03_a_gate_or_condition_never_changes_a_number_or_the_order(case: Case, data: st.DataObject) -> None:
    catalogue, responses = case
    nothing_told = build(catalogue, Answers(responses, About()))
    told = build(catalogue, Answers(responses, data.draw(abouts(catalogue))))
    assert [one.fit for one in told.roles] == [one.fit for one in nothing_told.roles]
    assert [one.rank for one in told.roles] == [one.rank for one in nothing_told.roles]
    assert [row.path for row in told.paths] == [row.path for row in nothing_told.paths]


def test_without_interest_answers_total_is_match() -> None:
    found = fit(a_role("a", interests={"fun": 75}), {"one": 50, "two": 50}, {}, 0.25)
    assert found.interest is None
    assert found.total == found.match


def test_one_interest_alone_has_no_pattern_to_miss() -> None:
    assert interest_match({"fun": 100}, {"fun": 0}) == 100


def test_opposite_patterns_have_match_0_and_costs_that_add_up_to_100() -> None:
    role = a_role("a", {"one": (5, 100), "two": (5, 0)})
    found = fit(role, {"one": 0, "two": 100}, {}, 0.25)
    assert found.match == 0
    assert [cost.points for cost in found.costs] == [same(50), same(50)]


def test_a_role_that_asks_for_nothing_is_met_by_everybody() -> None:
    found = fit(a_role("a", {"one": (5, 0), "two": (1, 0)}), {"one": 0, "two": 100}, {}, 0.25)
    assert (found.readiness, found.shares) == (100, ())


def test_a_difference_is_above_0_where_the_person_is_weaker_than_the_pattern() -> None:
    found = fit(a_role("a", {"one": (1, 80), "two": (1, 20)}), {"one": 20, "two": 80}, {}, 0.25)
    assert [cost.difference for cost in found.costs] == [same(60), same(-60)]


@often
@given(catalogues(), st.floats(-50, 50))
def test_the_distance_of_roles_sees_patterns_and_not_heights(catalogue: Catalogue, shift: float) -> None:
    one, other, *_ = catalogue.roles.values()
    raised = {skill: asked._replace(level=asked.level + shift) for skill, asked in other.skills.items()}
    assert distance(one, one) == 0
    assert distance(one, other) == same(distance(other, one))
    assert distance(one, other._replace(skills=raised)) == same(distance(one, other))


def test_the_distance_looks_hardest_at_what_matters_most() -> None:
    roles = (
        a_role("a", {"one": (5, 50 + one), "two": (1, 50), "three": (0, 50 + three)})
        for one, three in ((0, 0), (20, 0), (0, 20))
    )
    even, at_what_matters, at_what_does_not = roles
    assert distance(even, at_what_matters) > distance(even, at_what_does_not)

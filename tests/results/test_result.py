from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.results.result import build
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

Case = tuple["Catalogue", "Responses"]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    catalogue, responses = draw(cases())
    return build(catalogue, Answers(responses, draw(abouts(catalogue))))


@at_times
@given(cases())
def test_s03_the_roles_stand_in_the_order_of_total(case: Case) -> None:
    catalogue, responses = case
    report = report_of(catalogue, responses)
    assert [one.fit for one in report.roles] == rank(fit_all(catalogue, score(catalogue, responses)))


@at_times
@given(reports())
def test_ranks_count_from_1_and_only_where_enough_is_known(report: Report) -> None:
    ranked = [one for one in report.roles if one.fit.total is not None]
    assert [one.rank for one in report.roles] == [
        *range(1, len(ranked) + 1),
        *[None] * (len(report.roles) - len(ranked)),
    ]
    assert all((one.reach is None) == (one.rank is None) for one in report.roles)


@at_times
@given(reports())
def test_a_path_stands_by_its_best_role(report: Report) -> None:
    for row in report.paths:
        of_path = [one for one in report.roles if one.role.path == row.path]
        assert row.best == of_path[0]
        assert (row.rank is None) == (row.best.rank is None)
    assert [row.rank for row in report.paths if row.rank] == list(
        range(1, sum(row.rank is not None for row in report.paths) + 1)
    )


@at_times
@given(reports())
def test_todays_role_is_marked_and_never_offered_as_new(report: Report) -> None:
    today = report.about.works_as
    assert [one.role.id for one in report.roles if one.is_today] == ([today] if today else [])
    assert report.headline is None or not report.headline.is_today
    assert today not in {row.entry.id for row in report.paths if row.entry}


@at_times
@given(reports())
def test_the_headline_is_the_first_role_that_is_new(report: Report) -> None:
    new = [one for one in report.roles if one.rank is not None and not one.is_today]
    assert report.headline == (new[0] if new else None)


@at_times
@given(reports())
def test_the_way_goes_by_known_moves_to_the_headline_role(report: Report) -> None:
    roles, way = report.catalogue.roles, report.way
    if report.headline is None or way.start is None:
        assert way.steps == ()
        return
    stops = [way.start.id, *(step.role for step in way.steps)]
    assert stops[-1] == report.headline.role.id
    known = all(b in {step.role for step in neighbours(roles[a])} for a, b in itertools.pairwise(stops))
    assert known or report.pathways[0].steps[0].kind == "back"


@at_times
@given(cases(), st.data())
def test_answers_and_their_count_are_kept(case: Case, data: st.DataObject) -> None:
    catalogue, responses = case
    about = data.draw(abouts(catalogue))
    report = build(catalogue, Answers(responses, about))
    assert report.about == about
    assert report.answered == len([value for value in responses.values() if value is not None])
    assert report.asked == len(catalogue.items())


@pytest.mark.parametrize("value", range(5))
def test_s02_all_equal_answers_say_nothing(catalogue: Catalogue, value: int) -> None:
    report = report_of(catalogue, {item.id: value for item in catalogue.items()})
    assert report.silence == "all alike"


def test_s02_nearly_equal_answers_say_nothing(catalogue: Catalogue) -> None:
    responses: Responses = {item.id: 2 + (n % 6 == 0) for n, item in enumerate(catalogue.items())}
    assert report_of(catalogue, responses).silence == "all alike"


def test_s02_no_answer_at_all_says_nothing(catalogue: Catalogue) -> None:
    for responses in ({}, dict.fromkeys(item.id for item in catalogue.items())):
        report = report_of(catalogue, responses)
        assert (report.silence, report.headline, report.answered) == ("too few answers", None, 0)
        assert {one.fit.match for one in report.roles} == {None}


def test_s02_one_answer_says_nothing(catalogue: Catalogue) -> None:
    report = report_of(catalogue, {"communication-1": 4})
    assert (report.silence, report.headline, report.answered) == ("too few answers", None, 1)
    assert {one.rank for one in report.roles} == {None}


def test_s02_interests_alone_say_nothing(catalogue: Catalogue) -> None:
    items = [item.id for interest in catalogue.interests.values() for item in interest.items]
    assert report_of(catalogue, {item: n % 5 for n, item in enumerate(items)}).silence == "too few answers"


def test_s02_half_of_the_skills_are_too_few_to_rank_any_role(catalogue: Catalogue) -> None:
    half = list(catalogue.skills.values())[::2]
    known = {item.id for skill in half for item in skill.items}
    responses = {item: value for item, value in answers_by_turns(catalogue).items() if item in known}
    report = report_of(catalogue, responses)
    assert all((one.fit.match is None) == (one.fit.known < 0.6) for one in report.roles)
    assert any(one.fit.match is None for one in report.roles)


def test_s02_half_of_the_items_of_every_skill_are_enough(catalogue: Catalogue) -> None:
    responses = {item: value for item, value in answers_by_turns(catalogue).items() if item.endswith("-1")}
    report = report_of(catalogue, responses)
    assert report.silence is None
    assert all(one.rank is not None for one in report.roles)
    assert {skill.answered for skill in report.profile.skills} == {1}


def test_a_gate_in_the_way_changes_reach_and_nothing_else() -> None:
    gated = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}, rung=2))
    responses: Responses = {"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}
    fluent, beginner = (report_of(gated, responses, english=level) for level in ("C2", "A1"))
    assert [one.reach for one in fluent.roles] == ["now", "later"]
    assert [one.reach for one in beginner.roles] == ["next", "later"]
    assert [one.fit for one in fluent.roles] == [one.fit for one in beginner.roles]

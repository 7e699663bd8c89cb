from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.model import Gates
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
def test_s03_the_roles_stand_in_the_order_of_total_or_of_chance_where_an_answer_is_missing(case: Case) -> None:
    catalogue, responses = case
    report, profile = report_of(catalogue, responses), score(catalogue, responses)
    assert report.by_belief != profile.is_whole
    if profile.is_whole:
        assert [one.fit for one in report.roles] == rank(fit_all(catalogue, profile))
    else:
        chances = [report.certainty.p_first[one.role.id] for one in report.roles]
        assert chances == sorted(chances, reverse=True)


@at_times
@given(reports())
def test_ranks_count_from_1_where_there_is_a_chance(report: Report) -> None:
    ranked = [one for one in report.roles if one.p_first is not None]
    assert [one.rank for one in report.roles] == [
        *range(1, len(ranked) + 1),
        *[None] * (len(report.roles) - len(ranked)),
    ]


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
    assert report.goal is None or not report.goal.is_today
    assert report.advice is None or today not in (*report.advice.about_equal, *report.advice.doors.roles)


@at_times
@given(reports())
def test_there_is_advice_exactly_where_there_is_no_silence(report: Report) -> None:
    assert (report.silence is None) == (report.advice is not None) == (report.goal is not None)
    if report.advice is not None and report.goal is not None:
        assert report.goal.role.id == report.advice.role
        assert report.goal.about_equal == (len(report.advice.about_equal) > 1)
        if report.advice.way is not None:
            steps = [step.role for step in report.advice.way.steps]
            assert steps == [step.role.id for step in report.pathways[0].steps]


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
        assert (report.silence, report.goal, report.answered) == ("too few answers", None, 0)
        assert {one.fit.match for one in report.roles} == {None}


def test_s02_one_answer_says_nothing(catalogue: Catalogue) -> None:
    report = report_of(catalogue, {"communication-1": 4})
    assert (report.silence, report.goal, report.answered) == ("too few answers", None, 1)
    assert report.advice is None


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


def test_a_gate_in_the_way_changes_what_is_open_and_nothing_else() -> None:
    gated = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b", {"one": (1, 25), "two": (5, 75)}, rung=2))
    responses: Responses = {"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}
    fluent, beginner = (report_of(gated, responses, english=level) for level in ("C2", "A1"))
    assert [one.outlook.state for one in fluent.roles] == ["open", "further_on"]
    assert [one.outlook.state for one in beginner.roles] == ["not_yet", "further_on"]
    assert [one.fit for one in fluent.roles] == [one.fit for one in beginner.roles]

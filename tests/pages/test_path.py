"""What the page of `path` means, and the way and the plan of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Edge, Gates
from bpo_quiz.document import Document, Entries
from bpo_quiz.guidance.gates import gate, years
from bpo_quiz.pages import path, result
from bpo_quiz.pages.phrases import SILENT
from bpo_quiz.records.result import path_record, result_record
from bpo_quiz.results.result import build
from bpo_quiz.results.route import Route, route
from bpo_quiz.writers.plain import plain
from pages.pages import on_screen

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

SHIPPED = load()


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(
        SHIPPED, answers_by_turns(SHIPPED), english="B2", education="secondary", years=1, current_role="senior_rep"
    )


def to(report: Report, goal: str | None) -> Route:
    return route(report, report.catalogue.roles[goal] if goal else None)


def told(page: Document) -> str:
    return "\n".join(plain(page))


@pytest.mark.parametrize("goal", ["operations_manager", "trainer", "legal_associate"])
def test_a_way_says_everything_about_every_step(report: Report, goal: str) -> None:
    found = to(report, goal)
    page = told(path.page(found))
    for step in found.pathways[0].steps:
        role = step.role
        texts = [role.name, role.this_month, *(one.note for one in role.certificates)]
        texts += [text for one in role.kpis for text in (one.name, one.target, one.source)]
        texts += [f": {gate(check)}" for check in (one.check for one in step.outlook.hurdles)]
        assert [text for text in texts if text not in page] == []
        assert step.years is None or years(step.years) in page


def test_several_ways_are_compared_and_the_chosen_one_is_told_whole() -> None:
    found = to(report_of(SHIPPED, answers_by_turns(SHIPPED), current_role="customer_service_rep"), "hr_manager")
    assert len(found.pathways) > 1
    for chosen in (1, 2):
        page = told(path.page(found, chosen))
        assert page.count("in short") == len(found.pathways) - 1
        assert all(one.target in page for one in found.pathways[chosen - 1].steps[0].role.kpis)
        assert f"--way {3 - chosen}" in page


def test_the_source_of_the_years_is_said_once(report: Report) -> None:
    for page in (path.page(to(report, "site_director")), result.page(report, 3)):
        assert told(page).count(SHIPPED.years_basis) == 1
    assert "general knowledge" in SHIPPED.years_basis
    assert "confidence: low" in SHIPPED.years_basis


def test_experience_that_the_way_brings_is_no_obstacle_and_what_one_has_counts() -> None:
    ladder = a_catalogue(
        a_role("a", leads_to=[Edge("b", (2, 4))]),
        a_role("b", {"one": (5, 90), "two": (1, 20)}, rung=3, gates=Gates(experience=2)),
        a_role("c", rung=1),
    )
    answers: Responses = {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1}
    begun = told(path.page(to(report_of(ladder, answers, current_role="a", years=0.0), "b")))
    assert "comes on the way: 2 years of experience" in begun
    worked = told(path.page(to(report_of(ladder, answers, current_role="a", years=5.0), "b")))
    assert "you already have these: 2 years of experience" in worked


def test_shown_points_are_the_difference_of_the_shown_levels(report: Report) -> None:
    (steps,) = next(one for one in path.page(to(report, "operations_manager")).sections if one.id == "way-1").blocks
    assert isinstance(steps, Entries)
    for step in steps.items:
        for line in step.details[0].lines[:3]:
            score, level, points = (int(word) for word in str(line).replace(",", "").split() if word.isdigit())
            assert level - score == points > 0


def test_without_a_role_the_next_steps_are_shown_best_first(report: Report) -> None:
    found = to(report, None)
    assert found.pathways == ()
    page = told(path.page(found))
    places = [page.index(f"   {step.role.name}, ") for step in found.next_steps]
    assert len(places) == 3
    assert places == sorted(places)
    assert page.startswith("Your next step.")
    assert path.page(to(report_of(SHIPPED, answers_by_turns(SHIPPED)), None)).title == "Where you could begin"


def test_the_way_to_todays_role_is_to_go_on_from_it(report: Report) -> None:
    found = to(report, "senior_rep")
    assert (found.pathways, found.reason) == ((), "today's role")
    assert len(found.next_steps) == 3
    assert "Senior rep is your role today." in told(path.page(found))


@pytest.mark.parametrize("value", [2, None])
def test_answers_that_say_nothing_rank_no_next_step_but_show_the_way_to_a_role(value: int | None) -> None:
    silent = report_of(SHIPPED, {item.id: value for item in SHIPPED.items()}, current_role="senior_rep")
    found = to(silent, None)
    assert (found.next_steps, found.reason) == ((), silent.silence)
    assert SILENT[str(silent.silence)][0] in told(path.page(found))
    assert to(silent, "team_lead").pathways[0].steps[-1].role.id == "team_lead"
    assert "too little to trust" in told(path.page(to(silent, "team_lead")))


def test_where_no_way_is_known_that_is_said() -> None:
    islands = a_catalogue(
        a_role("a", {"one": (5, 75), "two": (1, 25)}), a_role("b", {"one": (1, 25), "two": (5, 75)}, rung=2)
    )
    found = to(report_of(islands, {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1}), "b")
    assert found.reason == "no move leads there"
    assert "knows no usual way to this role" in told(path.page(found))


def test_a_result_ends_with_the_plan_the_examples_and_the_questions(report: Report) -> None:
    page = told(result.page(report, 3))
    parts = ["The way to", "What to do next", "Questions for a talk", "What this is not"]
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
    for step in report.plan.steps:
        assert all(text in page for text in (step.what, step.how[0], step.evidence))
        assert page.count(step.how_long) == 1
    assert all(prompt.question in page for prompt in report.plan.evidence_prompts)
    assert all(question in page for question in report.plan.talk_questions)


def test_the_plan_of_a_result_takes_at_most_two_screens() -> None:
    for start in range(5):
        found = report_of(SHIPPED, answers_by_turns(SHIPPED, start), english="A2", shifts=("day",))
        plan = Document("", tuple(path.plan(SHIPPED, found.plan, result.MOST_HOW)))
        assert len(on_screen(plan).splitlines()) <= 80


def test_the_json_twin_has_the_same_steps(report: Report) -> None:
    found = to(report, "operations_manager")
    record = path_record(found)
    assert record["format"] == "bpo-quiz/path@2"
    assert (record["today"], record["goal"], record["reason"]) == ("senior_rep", "operations_manager", None)
    for written, pathway in zip(record["pathways"], found.pathways, strict=True):
        assert written["gap"] == pathway.gap
        assert [step["role"] for step in written["steps"]] == [step.role.id for step in pathway.steps]
    whole = result_record(report)
    assert report.goal is not None
    assert [way["steps"][-1]["role"] for way in whole["pathways"]] == [report.goal.role.id] * len(report.pathways)
    assert [step["what"] for step in whole["plan"]["steps"]] == [step.what for step in report.plan.steps]


@settings(max_examples=12, deadline=None)
@given(cases(), st.data())
def test_s02_s04_any_way_of_any_catalogue_can_be_shown_and_is_the_same_twice(
    case: tuple[Catalogue, Responses], data: st.DataObject
) -> None:
    catalogue, responses = case
    about = data.draw(abouts(catalogue))
    goal = data.draw(st.none() | st.sampled_from(sorted(catalogue.roles)))
    shown = []
    for _ in range(2):
        found = to(build(catalogue, Answers(responses, about)), goal)
        shown.append((path_record(found), on_screen(path.page(found)), told(path.page(found))))
    assert shown[0] == shown[1]
    assert found.pathways or found.next_steps or found.reason is not None

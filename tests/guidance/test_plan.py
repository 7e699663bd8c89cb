from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personas.test_personas import NAMES, answers_of, person
from strategies import a_catalogue, a_role, a_skill, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Certificate, Conditions, Gates, Preview
from bpo_quiz.guidance.gates import gate
from bpo_quiz.guidance.plan import NO_PLAN
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.plan import GrowthStep
    from bpo_quiz.results.result import Report

Case = tuple["Catalogue", "Responses"]

SHIPPED = load()
LIKE_GOAL: Responses = {"one-1": 3, "one-2": 3, "two-1": 1, "two-2": 0}


def plan_of(**about: Any) -> tuple[GrowthStep, ...]:
    return report_of(SMALL, LIKE_GOAL, **about).plan.steps


SMALL = a_catalogue(
    a_role("door", {"one": (1, 25), "two": (5, 90)}, leads_to=["goal"], this_month="Count the people at a door."),
    a_role("goal", {"one": (5, 90), "two": (1, 20)}, rung=2, gates=Gates(
        english="C1", education="bachelor", experience=3, licence="CPC or CCS", typing=50),
        certificates=(Certificate("CCS", "80 hours"),), this_month="Write a page.",
        preview=Preview("", (), ("Long days.", "Short nights.")), conditions=Conditions(shifts=("night",))),
)  # fmt: skip


# --- twenty people ---


@functools.cache
def report_of_person(name: str) -> Report:
    return build(SHIPPED, answers_of(person(name), SHIPPED))


@pytest.fixture(params=NAMES)
def report(request: pytest.FixtureRequest) -> Report:
    return report_of_person(request.param)


def test_every_person_gets_three_to_five_steps_that_say_how_and_what_to_show(report: Report) -> None:
    assert 3 <= len(report.plan.steps) <= 5
    for step in report.plan.steps:
        assert all((step.what, step.how_long, step.evidence, step.how, *step.how))


def test_every_person_begins_this_month_with_the_next_role(report: Report) -> None:
    first = report.pathways[0].steps[0].role
    assert report.plan.steps[0].how == (first.this_month,)
    assert first.name in report.plan.steps[0].what
    assert first.name in report.plan.steps[-1].what


def test_every_skill_of_a_plan_is_one_that_the_person_lacks_for_the_headline_role(report: Report) -> None:
    assert report.headline is not None
    levels = report.profile.levels()
    skills = [step.skill for step in report.plan.steps if step.skill]
    assert len(set(skills)) == len(skills) >= 1
    assert all(report.headline.role.skills[skill].level > levels[skill] for skill in skills)


def test_every_person_is_asked_for_examples_of_what_they_rated_high(report: Report) -> None:
    assert report.headline is not None
    levels = report.profile.levels()
    prompts = report.plan.evidence_prompts
    assert 1 <= len(prompts) <= 4
    for prompt in prompts:
        assert levels[prompt.skill] >= 75
        assert report.headline.role.skills[prompt.skill].importance >= 3
        assert prompt.question == SHIPPED.skills[prompt.skill].evidence


def test_every_gate_in_the_way_is_worked_on_and_none_that_is_met(report: Report) -> None:
    gates = [check for step in report.pathways[0].steps for check in step.gates if check.state == "not met"]
    worked_on = [step for step in report.plan.steps if step.kind == "gate"]
    now = {check.name for check in gates} - {"experience"}
    assert min(2, len(now)) <= len(worked_on) <= min(2, len({check.name for check in gates}))


def test_every_condition_against_the_person_is_asked_about_once(report: Report) -> None:
    asked = [question for question in report.plan.talk_questions if "does not suit you" in question]
    first, goal = report.pathways[0].steps[0], report.pathways[0].steps[-1]
    against = [{gate(check) for check in step.conditions if check.state == "not met"} for step in (first, goal)]
    assert bool(asked) == any(against)
    assert all(what in asked[0] for what in against[0])
    parts = {word for each in against for what in each for word in re.findall(r"\w+", what)}
    assert parts <= set(re.findall(r"\w+", " ".join(asked)))
    assert len(asked) <= 2


def test_no_number_of_months_is_made_up(report: Report) -> None:
    for step in report.plan.steps:
        assert not re.search(r"\d+ (weeks|months)", step.how_long)
        assert not re.search(r"\d", step.how_long) or "confidence" in step.how_long or step.kind == "gate"


# --- gates ---


def gate_steps(**about: Any) -> dict[str, GrowthStep]:
    return {step.what: step for step in plan_of(**about) if step.kind == "gate"}


@pytest.mark.parametrize(
    ("about", "what", "how_long"),
    [
        ({"english": "B2"}, "Bring your English from B2 to C1", "about 200 hours"),
        ({"english": "B1"}, "Bring your English from B1 to C1", "about 400 for 2 levels"),
        ({"education": "secondary"}, "a bachelor's degree", "confidence: low"),
        ({"licences": ()}, "Work towards CPC or CCS", "CCS: 80 hours."),
        ({"typing": 35}, "Type 50 words a minute", "differs much"),
    ],
)
def test_a_gate_that_is_not_met_becomes_a_step(about: dict[str, Any], what: str, how_long: str) -> None:
    ((title, step),) = gate_steps(**about).items()
    assert what in title
    assert how_long in step.how_long


def test_experience_that_a_later_step_asks_for_comes_on_the_way() -> None:
    assert gate_steps(years=0) == {}
    ((title, step),) = gate_steps(years=1, current_role="door").items()
    assert "3 years" in title
    assert step.how_long.startswith("2 years more")


def test_gates_that_are_met_or_not_told_are_no_steps() -> None:
    assert gate_steps() == {}
    assert gate_steps(**EVERYTHING) == {}


def test_at_most_two_gates_leave_room_for_skills() -> None:
    steps = plan_of(english="A1", education="basic", licences=(), typing=1)
    assert [step.kind for step in steps] == ["taste", "gate", "gate", "skill", "opening"]


# --- the rest ---


def test_inside_one_asks_the_lead_and_outside_one_reads_openings() -> None:
    inside = plan_of(current_role="door")[-1].what
    assert inside.startswith("Tell your lead or manager that you would like to work in the role Goal")
    assert plan_of()[-1].what == "Read three openings for Door that you could apply for"


EVERYTHING: dict[str, Any] = {"english": "C2", "education": "master", "years": 9, "licences": ("CPC",), "typing": 60}


def test_whose_experience_opens_a_role_reads_its_openings_and_no_others() -> None:
    assert plan_of(**EVERYTHING)[-1].what == "Read three openings for Goal that you could apply for"
    assert plan_of(**{**EVERYTHING, "years": 1})[-1].what == "Read three openings for Door that you could apply for"


def test_who_meets_every_gate_of_a_manager_is_told_to_try_it_too() -> None:
    above = SMALL._replace(roles={**SMALL.roles, "goal": SMALL.roles["goal"]._replace(rung=4)})

    def last_of(responses: Responses, about: dict[str, Any]) -> tuple[str, ...]:
        return report_of(above, responses, **about).plan.steps[-1].how

    assert "Read openings for Goal too" in last_of(LIKE_GOAL, EVERYTHING)[-1]
    for lacking in ({"years": 1}, {"english": None}, {"current_role": "goal"}):
        assert not any("openings for Goal too" in line for line in last_of(LIKE_GOAL, {**EVERYTHING, **lacking}))
    unready = last_of({"one-1": 0, "one-2": 1, "two-1": 3, "two-2": 4}, EVERYTHING)
    assert not any("openings for Goal too" in line for line in unready)


def test_who_lacks_nothing_talks_with_somebody_who_does_the_work() -> None:
    ready = report_of(SMALL, {"one-1": 4, "one-2": 4, "two-1": 1, "two-2": 1}, current_role="door")
    assert [step.kind for step in ready.plan.steps] == ["taste", "opening", "talk"]
    assert any("Long days." in line for line in ready.plan.steps[-1].how)


def test_a_gap_within_the_error_is_to_be_checked_first() -> None:
    (small,) = [step for step in report_of(SMALL, {**LIKE_GOAL, "one-2": 4}).plan.steps if step.skill == "one"]
    (large,) = [step for step in plan_of() if step.skill == "one"]
    assert "smaller than the error" in small.how[0]
    assert "smaller than the error" not in " ".join(large.how)


def test_a_step_shows_the_described_level_that_the_role_asks_for() -> None:
    (step,) = [step for step in plan_of() if step.skill == "one"]
    assert step.evidence == "An example that shows this of you: 4."  # a_skill calls its levels 0 to 4; 90 is near 4


@pytest.mark.parametrize(("score", "asked"), [(3, 1), (2, 0)])
def test_only_what_is_rated_high_calls_for_an_example(score: int, asked: int) -> None:
    report = report_of(SMALL, {"one-1": score, "one-2": score, "two-1": 0, "two-2": 1})
    assert len(report.plan.evidence_prompts) == asked


def test_a_catalogue_without_questions_asks_with_the_words_of_its_levels_or_not_at_all() -> None:
    (prompt,) = report_of(SMALL, LIKE_GOAL).plan.evidence_prompts
    assert '"3"' in prompt.question
    bare = SMALL._replace(skills={key: a_skill(key)._replace(levels=()) for key in SMALL.skills})
    assert report_of(bare, LIKE_GOAL).plan.evidence_prompts == ()


def test_answers_that_say_nothing_make_no_plan() -> None:
    alike: Responses = {item.id: 2 for item in SHIPPED.items()}
    for responses in ({}, alike):
        assert report_of(SHIPPED, responses).plan == NO_PLAN


def test_the_talk_asks_what_is_open_first() -> None:
    fast = dict.fromkeys((item.id for item in SHIPPED.items()), 0.5)
    report = build(SHIPPED, Answers(answers_by_turns(SHIPPED), About(current_role="trainer"), times=fast))
    questions = report.plan.talk_questions
    assert len(report.flags) >= 1
    assert "again" in questions[0] or "alike" in questions[0] or "in mind" in questions[0]
    assert any("stand about equal" in question for question in questions) == (len(report.certainty.about_equal) > 1)
    assert any("Trainer" in question for question in questions)
    assert any(question.startswith("People say this is hard") for question in questions)


def test_the_talk_names_only_what_the_person_did_not_agree_to_and_that_once() -> None:
    door, goal = SMALL.roles["door"], SMALL.roles["goal"]
    both = ("voice", "writing")
    catalogue = a_catalogue(
        door._replace(conditions=Conditions(shifts=("night", "weekend"), channel=both)),
        goal._replace(conditions=Conditions(shifts=("evening", "night", "weekend"), channel=both)),
    )
    told = report_of(catalogue, LIKE_GOAL, shifts=("evening", "night"), channel=("writing",)).plan.talk_questions
    (asked,) = [question for question in told if "does not suit you" in question]
    assert asked.startswith("Door usually means weekend shifts and contact on the phone, and you say that")


def test_gates_that_nobody_told_of_are_asked_of_the_first_step_that_has_some() -> None:
    questions = report_of(SMALL, LIKE_GOAL).plan.talk_questions
    (asked,) = [question for question in questions if "Do you have that" in question]
    assert asked.startswith("Goal usually asks for English C1, a bachelor's degree, 3 years of experience")


@at_times
@given(cases(), st.data())
def test_any_sheet_of_any_catalogue_has_a_plan_or_a_reason(case: Case, data: st.DataObject) -> None:
    catalogue, responses = case
    report = build(catalogue, Answers(responses, data.draw(abouts(catalogue))))
    if report.silence is not None:
        assert report.plan == NO_PLAN
        return
    kinds = [step.kind for step in report.plan.steps]
    assert 1 <= len(kinds) <= 5
    assert kinds.count("gate") <= 2
    assert kinds.count("opening") == 1

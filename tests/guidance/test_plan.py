"""What holds of every plan to grow by, whoever it is for and whatever the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personas.test_personas import NAMES, answers_of, person
from strategies import a_catalogue, a_role, abouts, at_times, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Certificate, Conditions, Gates
from bpo_quiz.guidance.plan import NO_PLAN
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

SHIPPED = load()
LIKE_GOAL: Responses = {"one-1": 3, "one-2": 3, "two-1": 1, "two-2": 0}
NOT_ALL = Conditions(
    shifts=dict.fromkeys(("night", "weekend"), "usually"), channel=dict.fromkeys(("voice", "writing"), "usually")
)
SMALL = a_catalogue(
    a_role("door", {"one": (1, 25), "two": (5, 90)}, leads_to=["goal"]),
    a_role("goal", {"one": (5, 90), "two": (1, 20)}, rung=2, conditions=NOT_ALL, gates=Gates(
        english="C1", education="bachelor", experience=3, licence="CPC or CCS", typing=50),
        certificates=(Certificate("CCS", "80 hours"),)),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_person_gets_whole_steps_beginning_with_what_is_open(name: str) -> None:
    report = build(SHIPPED, answers_of(person(name), SHIPPED))
    assert report.goal is not None
    steps, asked, levels = report.plan.steps, report.goal.role.skills, report.profile.levels()
    assert 3 <= len(steps) <= 7
    for step in steps:
        assert all((step.what, step.how_long, step.evidence, step.how, *step.how))
        assert not re.search(r"\d+ (weeks|months)", step.how_long), "no number of months is made up"
    errors = {one.skill: one.se or 0.0 for one in report.profile.skills}
    grown = [step.skill for step in steps if step.kind == "skill" and step.skill]
    assert len(set(grown)) == len(grown) <= 2
    assert all(asked[skill].level - levels[skill] > errors[skill] for skill in grown)
    on_the_way = {step.role.name for step in report.pathways[0].steps} if report.pathways else set()
    towards = [step.what for step in steps if ", on the way to " in step.what]
    assert all(any(f" {name}, on the way" in what for name in on_the_way) for what in towards)
    startable = {one.role.name for one in report.roles if one.outlook.is_startable}
    assert (steps[0].kind == "opening") == bool(startable)
    upright = [one.role.name for one in report.roles if one.outlook.is_startable and not one.outlook.is_step_down]
    assert report.goal.outlook.is_startable or not upright or any(f" {name}" in steps[0].what for name in upright)
    assert not startable or any(name in steps[0].what for name in startable)
    prompts = report.plan.evidence_prompts
    assert 1 <= len(prompts) <= 4
    for prompt in prompts:
        assert levels[prompt.skill] >= 75
        assert prompt.question == SHIPPED.skills[prompt.skill].evidence


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({}, []),
        ({"english": "C2", "education": "master", "years": 9, "licences": ("CPC",), "typing": 60}, []),
        ({"english": "B2"}, [("Bring your English from B2 to C1", "about 200 hours")]),
        ({"english": "B1"}, [("Bring your English from B1 to C1", "about 400 for 2 levels")]),
        ({"education": "secondary"}, [("a bachelor's degree", "confidence: low")]),
        ({"licences": ()}, [("Work towards CPC or CCS", "CCS: 80 hours.")]),
        ({"typing": 35}, [("Type 50 words a minute", "differs much")]),
        ({"years": 1, "current_role": "door"}, [("3 years", "2 years more")]),
        ({"years": 9, "fields": ()}, [("3 years of this kind of work, yours were of another kind", "3 years more")]),
    ],
)
def test_a_gate_that_is_not_met_becomes_a_step_and_no_other(about: dict[str, Any], told: list[tuple[str, str]]) -> None:
    gates = [step for step in report_of(SMALL, LIKE_GOAL, **about).plan.steps if step.kind == "gate"]
    for step, (what, how_long) in zip(gates, told, strict=True):
        assert what in step.what
        assert how_long in step.how_long


def test_the_talk_asks_only_about_what_the_person_did_not_agree_to_or_did_not_tell() -> None:
    told = report_of(SMALL, LIKE_GOAL, shifts=("night",), channel=("writing",)).plan.talk_questions
    (against,) = [question for question in told if "does not suit you" in question]
    assert against.startswith("Goal usually means weekend shifts and contact on the phone, and you say that")
    (open_gates,) = [question for question in told if "Do you have that" in question]
    assert open_gates.startswith("Goal usually asks for English C1, a bachelor's degree, CPC or CCS, typing 50 words")


@at_times
@given(cases(), st.data())
def test_any_sheet_of_any_catalogue_has_a_plan_or_a_reason(
    case: tuple[Catalogue, Responses], data: st.DataObject
) -> None:
    catalogue, responses = case
    report = build(catalogue, Answers(responses, data.draw(abouts(catalogue))))
    assert (report.silence is None) == (report.plan != NO_PLAN)
    assert (report.silence is None) == (1 <= len(report.plan.steps) <= 7)


@pytest.mark.parametrize("responses", [{}, {item.id: 2 for item in SHIPPED.items()}], ids=["none", "all alike"])
def test_answers_that_say_nothing_make_no_plan(responses: Responses) -> None:
    assert report_of(SHIPPED, responses).plan == NO_PLAN

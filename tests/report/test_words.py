from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from strategies import a_catalogue, a_role, answers_by_turns, report_of

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.guidance.gates import Check
from bpo_quiz.report import words
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

STRONG: Responses = {"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}
FAR = {"one": (1.0, 25.0), "two": (5.0, 75.0)}
LADDER = a_catalogue(
    a_role("start", {"one": (5, 50), "two": (5, 50)}, leads_to=["middle"]),
    a_role("middle", FAR, rung=2, leads_to=["goal"]),
    a_role("goal", {"one": (5, 100), "two": (5, 0)}, rung=3),
)


@pytest.mark.parametrize(
    ("listed", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_a_sentence(listed: list[str], shown: str) -> None:
    assert words.and_list(listed) == shown


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ((1, 3), "1-3 years"),
        ((1, 1), "1 year"),
        ((2, 2), "2 years"),
        ((0, 1), "up to 1 year"),
        ((0, 2), "up to 2 years"),
        ((0.5, 1.5), "0.5-1.5 years"),
    ],
)
def test_years_read_as_people_say_them(span: tuple[float, float], shown: str) -> None:
    assert words.years(span) == shown


@pytest.mark.parametrize(
    ("name", "needs", "shown"),
    [
        ("english", "B2", "English B2"),
        ("education", "bachelor", "a bachelor's degree"),
        ("experience", 1, "1 year of experience"),
        ("experience", 2.5, "2.5 years of experience"),
        ("licence", "CPC or CPC-A", "CPC or CPC-A"),
        ("typing", 40.0, "typing 40 words a minute"),
        ("shifts", ("night", "weekend"), "night and weekend shifts"),
        ("channel", ("voice", "writing"), "contact on the phone and in writing"),
        ("site", ("office",), "work in an office"),
        ("targets", True, "a personal sales or collection target"),
    ],
)
def test_a_gate_reads_as_what_is_asked(name: str, needs: Any, shown: str) -> None:
    assert words.gate(Check(name, needs, None, "unknown")) == shown


@pytest.mark.parametrize(
    ("name", "needs", "has", "state", "shown"),
    [
        ("shifts", ("evening", "night", "weekend"), ("evening", "night"), "not met", "weekend shifts"),
        ("shifts", ("evening", "night", "weekend"), ("night",), "not met", "evening and weekend shifts"),
        ("shifts", ("evening", "night"), (), "not met", "evening and night shifts"),
        ("shifts", ("evening", "night"), ("evening", "night"), "met", "evening and night shifts"),
        ("channel", ("voice", "writing"), ("writing",), "not met", "contact on the phone"),
        ("channel", ("voice", "writing"), ("voice", "writing"), "met", "contact on the phone and in writing"),
        ("site", ("office",), ("home",), "not met", "work in an office"),
        ("licence", "CPC or CPC-A", ("CCS",), "not met", "CPC or CPC-A"),
        ("targets", True, False, "not met", "a personal sales or collection target"),
    ],
)
def test_of_what_is_not_met_only_the_missing_part_is_named(
    name: str, needs: Any, has: Any, state: Any, shown: str
) -> None:
    assert words.gate(Check(name, needs, has, state)) == shown


def test_every_gate_and_condition_of_the_shipped_roles_has_words(catalogue: Catalogue) -> None:
    shown = [what for one in report_of(catalogue, {}).roles for _, what in words.checks(one)]
    assert shown
    assert all(shown)


@pytest.mark.parametrize(
    ("readiness", "band"), [(100, "ready now"), (90, "ready now"), (89.9, "close"), (75, "close"), (74.9, "later")]
)
def test_a_readiness_has_one_of_three_bands(readiness: float, band: str) -> None:
    assert words.band(readiness) == band


def test_what_is_in_the_way_is_said_first() -> None:
    role = a_role(
        "a", gates=Gates(english="A1", education="master"), conditions=Conditions(shifts=("night",), targets=True)
    )
    report = report_of(a_catalogue(role, a_role("b")), {}, english="B2", education="basic", targets=False)
    states = [state for state, _ in words.checks(report.roles[0])]
    assert states == ["not met", "not met", "to check", "met"]


def test_the_headline_names_path_role_entry_and_what_follows() -> None:
    report = report_of(LADDER, STRONG)
    sentence = words.headline(report)
    assert "the career path Only" in sentence
    assert "Goal" in sentence
    assert "enter in the role Start" in sentence
    assert sentence.endswith("Goal is the top of its ladder.")


def test_an_entry_role_is_one_to_start_in_directly() -> None:
    report = report_of(LADDER, {"one-1": 1, "one-2": 3, "two-1": 3, "two-2": 1})
    assert report.headline is not None
    assert report.headline.role.id == "start"
    assert "start there directly" in words.headline(report)


def test_todays_role_is_called_so_and_a_new_one_is_named() -> None:
    sentence = words.headline(report_of(LADDER, STRONG, current_role="goal"))
    assert "role today, Goal" in sentence
    assert "roles new to you, Start" in sentence


def test_from_todays_role_the_next_step_is_named() -> None:
    assert "one step from your role today" in words.headline(report_of(LADDER, STRONG, current_role="middle"))
    assert "next step from today's role would be Middle" in words.headline(
        report_of(LADDER, STRONG, current_role="start")
    )


def test_where_no_way_is_known_no_entry_is_made_up() -> None:
    catalogue = a_catalogue(a_role("lonely", rung=3), a_role("far", FAR))
    sentence = words.headline(report_of(catalogue, STRONG))
    assert "Lonely" in sentence
    assert "enter" not in sentence


@pytest.mark.parametrize("value", [0, 2, 4])
def test_s02_the_headline_of_equal_answers_names_no_role(catalogue: Catalogue, value: int) -> None:
    sentence = words.headline(report_of(catalogue, {item.id: value for item in catalogue.items()}))
    assert sentence == words.SILENT["all alike"][0]
    assert not any(role.name in sentence for role in catalogue.roles.values())


def test_s02_the_headline_of_too_few_answers_names_no_role(catalogue: Catalogue) -> None:
    sentence = words.headline(report_of(catalogue, {"empathy-1": 4}))
    assert sentence == words.SILENT["too few answers"][0]


def test_the_headline_of_any_sheet_names_the_first_new_role(catalogue: Catalogue) -> None:
    for start in range(5):
        report = report_of(catalogue, answers_by_turns(catalogue, start))
        assert report.headline is not None
        assert report.headline.role.name in words.headline(report)


def test_titles_are_names_of_roles() -> None:
    assert words.titles(["goal", "start"], LADDER) == "Goal and Start"


def test_fast_answers_are_told_once(catalogue: Catalogue) -> None:
    responses = answers_by_turns(catalogue)
    report = build(catalogue, Answers(responses, About(), times=dict.fromkeys(responses, 0.5)))
    assert {flag.rule for flag in report.flags} >= {"median time", "fast answers"}
    assert [line for line in words.flags(report) if "seconds" in line] == [
        "100 % of the answers took less than 2 seconds."
    ]

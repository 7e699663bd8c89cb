from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.answers.answer_file import from_record, to_record
from bpo_quiz.answers.model import About, Answers, facts
from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.about_form import AboutForm

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

SMALL = load(Path(__file__).parents[1] / "data" / "small")


@pytest.fixture
def form() -> AboutForm:
    return AboutForm(SMALL)


def tell_all(form: AboutForm, told: dict[str, Any]) -> About:
    while form.question:
        form.tell(told.get(form.question.key))
    return form.about()


def key_of(form: AboutForm) -> str:
    assert form.question
    return form.question.key


def values(form: AboutForm, key: str) -> list[Any]:
    (question,) = (question for question in form.questions if question.key == key)
    return [choice.value for choice in question.choices]


def test_who_works_outside_the_trade_is_not_asked_for_a_role(form: AboutForm) -> None:
    form.tell("none")
    asked = [question.key for question in form.questions]
    assert asked == ["where", "years", "education", "english", "shifts", "channel", "site", "targets"]
    assert key_of(form) == "years"
    assert form.about() == About(current_role="none")
    assert form.about().works_as is None


def test_who_names_a_career_path_is_asked_for_one_of_its_roles(form: AboutForm) -> None:
    form.tell("shop")
    assert key_of(form) == "current_role"
    assert values(form, "current_role") == ["shop_assistant", "shop_manager"]
    form.tell("shop_manager")
    assert form.about() == About(current_role="shop_manager")
    assert form.about().works_as == "shop_manager"


def test_the_first_question_names_the_trade_and_every_path_that_has_roles() -> None:
    paths = {**SMALL.paths, "mill": SMALL.paths["shop"]._replace(id="mill", name="Mill")}
    form = AboutForm(SMALL._replace(paths=paths))
    assert form.question
    assert form.question.prompt == "Do you work in baking today?"
    assert values(form, "where") == ["none", "bakehouse", "shop"]


def test_what_was_told_is_what_is_kept(form: AboutForm) -> None:
    told: dict[str, Any] = {
        "current_role": "baker_assistant", "years": 0.5, "education": "vocational", "english": "B1",
        "shifts": ("day", "night"), "channel": ("voice",), "site": ("office",), "targets": False,
    }  # fmt: skip
    assert tell_all(form, {"where": "bakehouse", **told}) == About(**told)


@pytest.mark.parametrize(
    ("answer", "role", "following"),
    [
        ("shop", "shop_manager", "current_role"),
        ("bakehouse", None, "current_role"),
        ("none", "none", "years"),
        (None, None, "years"),
    ],
)
def test_back_and_another_path_or_none_forgets_the_role_of_the_first(
    form: AboutForm, answer: str | None, role: str | None, following: str
) -> None:
    form.tell("shop")
    form.tell("shop_manager")
    form.back()
    form.back()
    form.tell(answer)
    assert form.about() == About(current_role=role)
    assert key_of(form) == following


def test_a_second_answer_replaces_the_first_and_a_skip_takes_it_back(form: AboutForm) -> None:
    form.tell("none")
    form.tell(5)
    form.back()
    form.tell(1)
    assert form.about().years == 1
    form.back()
    form.tell(None)
    assert form.about().years is None


def test_back_goes_no_further_than_the_first_and_after_the_last_nothing_more_can_be_told(form: AboutForm) -> None:
    form.back()
    assert form.position == 0
    assert tell_all(form, {"where": "shop"}) == About()
    with pytest.raises(ValueError, match="none"):
        form.tell("none")
    form.go_to_last()
    assert key_of(form) == "targets"


def test_the_choices_are_all_the_values_that_a_catalogue_can_ask_for(form: AboutForm) -> None:
    known = facts(SMALL.roles, SMALL.paths)
    asked = {question.key for question in form.questions}
    for key in asked & known.keys() - {"current_role"}:
        if known[key].known:
            assert tuple(values(form, key)) == known[key].known
    several = {key for key in asked & known.keys() if known[key].kind == "words"}
    assert {question.key for question in form.questions if question.several} == several


@pytest.mark.parametrize("position", [0, -1])
def test_every_choice_makes_an_answer_file_that_can_be_read_back(catalogue: Catalogue, position: int) -> None:
    form = AboutForm(catalogue)
    while question := form.question:
        form.choose([range(len(question.choices))[position]])
    answers = Answers({}, form.about())
    assert from_record(json.loads(json.dumps(to_record(answers))), catalogue, "x") == answers


def test_every_role_of_the_shipped_catalogue_can_be_todays_role(catalogue: Catalogue) -> None:
    offered = set()
    for path in catalogue.paths:
        form = AboutForm(catalogue)
        form.tell(path)
        assert form.question
        offered |= {choice.value for choice in form.question.choices}
    assert offered == set(catalogue.roles)


def test_what_is_taken_up_stays_what_it_was_to_the_last_tuple() -> None:
    about = About(english="B2", shifts=("day", "night"), channel=(), site=("home",), licences=("CPC",), years=3)
    form = AboutForm(SMALL)
    form.take_up(about, None)
    assert form.about() == about

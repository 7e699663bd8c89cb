from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.answers.answer_file import from_record, to_record
from bpo_quiz.answers.model import About, Answers, facts
from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.about_form import AboutForm, all_questions, licence_question

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
    assert asked == ["where", "years", "education", "english", "languages", "shifts", "channel", "site", "targets"]
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
        if known[key].known and known[key].kind != "languages":
            assert tuple(values(form, key)) == known[key].known
    several = {key for key in asked & known.keys() if known[key].kind in ("words", "languages")}
    assert {question.key for question in form.questions if question.several} == several


@pytest.mark.parametrize(
    ("where", "years", "is_asked"),
    [
        ("none", 2, True),
        ("none", 0.5, True),
        ("none", 0, False),
        ("none", None, False),
        ("shop", 2, False),
        (None, 2, False),
    ],
)
def test_in_which_work_is_asked_of_who_has_worked_and_works_outside_the_trade(
    form: AboutForm, where: str | None, years: float | None, is_asked: bool
) -> None:
    told = {"where": where, "years": years, "fields": ("shop",)}
    assert tell_all(form, told).fields == (("shop",) if is_asked else None)
    assert ("fields" in form.done) == is_asked


def test_each_language_is_asked_for_its_level_and_without_one_none_is_told(form: AboutForm) -> None:
    told: dict[str, Any] = {"languages": ("fr", "es"), "languages.es": "C1"}
    assert tell_all(form, told).languages is None, "the other may be the one that is asked for"
    both = {**told, "languages.fr": "B1"}
    assert tell_all(AboutForm(SMALL), both).languages == {"fr": "B1", "es": "C1"}
    assert tell_all(AboutForm(SMALL), {**both, "languages.es": None}).languages is None
    assert tell_all(AboutForm(SMALL), {"languages": ()}).languages == {}
    assert tell_all(AboutForm(SMALL), {}).languages is None


def test_typing_is_asked_in_bands_between_the_speeds_that_roles_ask_for(catalogue: Catalogue) -> None:
    form = AboutForm(catalogue)
    (typing,) = (question for question in form.questions if question.key == "typing")
    assert [choice.label for choice in typing.choices] == ["Fewer than 30", "30 to 39", "40 or more", "I do not know"]
    assert [choice.value for choice in typing.choices] == [0, 30, 40, None]
    assert form.taken(typing) == []


def test_every_question_has_more_to_say_in_words_of_any_trade() -> None:
    for question in (*all_questions(SMALL), licence_question(["CPC"])):
        assert 1 <= question.help.count(".") <= 3
        assert "BPO" not in question.help


def told_at_any_place(position: int) -> tuple[AboutForm, dict[str, Any]]:
    """A form that was left after so many questions, and what to tell at each."""
    told: dict[str, Any] = {"where": "shop", "current_role": "shop_manager", "languages": ("fr",), "languages.fr": "B2"}
    form = AboutForm(SMALL)
    for _ in range(position):
        assert form.question
        form.tell(told.get(form.question.key))
    return form, told


@pytest.mark.parametrize("position", range(12))
def test_a_form_that_was_left_goes_on_where_nothing_of_it_is_lost(position: int) -> None:
    left, told = told_at_any_place(position)
    form = AboutForm(SMALL)
    form.take_up(left.about(), left.done)
    following = None if left.question is None else left.question.part_of or left.question.key
    assert (form.question.key if form.question else None) == following
    assert tell_all(form, told) == tell_all(AboutForm(SMALL), told)


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
    about = About(
        english="B2", shifts=("day", "night"), channel=(), site=("home",), licences=("CPC",), years=3,
        fields=("shop",), languages={"sw": "A2", "es": "C1"}, typing=55,
    )  # fmt: skip
    form = AboutForm(SMALL)
    form.take_up(about, None)
    assert form.about() == about

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bpo_quiz.answers.answer_file import from_record, to_record
from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, SHIFTS, SITES
from bpo_quiz.sitting.about_form import AboutForm

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

SMALL = load(Path(__file__).parents[1] / "data" / "small")


@pytest.fixture
def form() -> AboutForm:
    return AboutForm(SMALL)


def keys(form: AboutForm) -> list[str]:
    return [question.key for question in form.questions]


def tell_all(form: AboutForm, told: dict[str, Any]) -> About:
    while form.question:
        form.tell(told.get(form.question.key))
    return form.about()


def values(form: AboutForm, key: str) -> list[Any]:
    (question,) = (question for question in form.questions if question.key == key)
    return [choice.value for choice in question.choices]


def test_who_works_outside_the_trade_is_not_asked_for_a_role(form: AboutForm) -> None:
    form.tell("none")
    assert keys(form) == ["where", "years", "education", "english", "shifts", "channel", "site", "targets"]
    assert form.question
    assert form.question.key == "years"
    assert form.about() == About(current_role="none")
    assert form.about().works_as is None


def test_who_names_a_career_path_is_asked_for_one_of_its_roles(form: AboutForm) -> None:
    form.tell("shop")
    assert form.question
    assert form.question.key == "current_role"
    assert [choice.value for choice in form.question.choices] == ["shop_assistant", "shop_manager"]
    form.tell("shop_manager")
    assert form.about() == About(current_role="shop_manager")
    assert form.about().works_as == "shop_manager"


def test_the_first_question_names_the_trade_and_every_path_that_has_roles(form: AboutForm) -> None:
    assert form.question
    assert form.question.prompt == "Do you work in baking today?"
    assert [choice.value for choice in form.question.choices] == ["none", "bakehouse", "shop"]


def test_a_path_without_roles_is_not_offered() -> None:
    paths = {**SMALL.paths, "mill": SMALL.paths["shop"]._replace(id="mill", name="Mill")}
    assert "mill" not in values(AboutForm(SMALL._replace(paths=paths)), "where")


def test_every_question_may_be_skipped(form: AboutForm) -> None:
    assert tell_all(form, {}) == About()


def test_what_was_told_is_what_is_kept(form: AboutForm) -> None:
    told = {
        "where": "bakehouse", "current_role": "baker_assistant", "years": 0.5, "education": "vocational",
        "english": "B1", "shifts": ["day", "night"], "channel": ["voice"], "site": ["office"], "targets": False,
    }  # fmt: skip
    assert tell_all(form, told) == About(
        current_role="baker_assistant",
        years=0.5,
        education="vocational",
        english="B1",
        shifts=("day", "night"),
        channel=("voice",),
        site=("office",),
        targets=False,
    )


def test_back_and_another_path_forgets_the_role_of_the_first(form: AboutForm) -> None:
    form.tell("shop")
    form.tell("shop_manager")
    form.back()
    form.back()
    form.tell("bakehouse")
    assert form.about().current_role is None
    assert form.question
    assert form.question.key == "current_role"


def test_back_and_the_same_path_keeps_the_role(form: AboutForm) -> None:
    form.tell("shop")
    form.tell("shop_manager")
    form.back()
    form.back()
    form.tell("shop")
    assert form.about().current_role == "shop_manager"


@pytest.mark.parametrize(("answer", "role"), [("none", "none"), (None, None)])
def test_back_and_no_path_forgets_the_role_and_asks_the_years_next(
    form: AboutForm, answer: str | None, role: str | None
) -> None:
    form.tell("shop")
    form.tell("shop_manager")
    form.back()
    form.back()
    form.tell(answer)
    assert form.about() == About(current_role=role)
    assert form.question
    assert form.question.key == "years"


def test_a_second_answer_replaces_the_first_and_a_skip_takes_it_back(form: AboutForm) -> None:
    form.tell("none")
    form.tell(5)
    form.back()
    form.tell(1)
    assert form.about().years == 1
    form.back()
    form.tell(None)
    assert form.about().years is None


def test_back_at_the_first_question_stays_there(form: AboutForm) -> None:
    form.back()
    assert form.position == 0


def test_coming_back_from_the_items_shows_the_last_question(form: AboutForm) -> None:
    tell_all(form, {"where": "shop"})
    form.go_to_last()
    assert form.question
    assert form.question.key == "targets"


def test_after_the_last_question_nothing_more_can_be_told(form: AboutForm) -> None:
    tell_all(form, {})
    with pytest.raises(ValueError, match="none"):
        form.tell("none")


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("education", EDUCATION_LEVELS),
        ("english", ENGLISH_LEVELS),
        ("shifts", SHIFTS),
        ("channel", CHANNELS),
        ("site", SITES),
    ],
)
def test_the_choices_are_all_the_values_that_a_catalogue_can_ask_for(
    form: AboutForm, key: str, known: tuple[str, ...]
) -> None:
    assert values(form, key) == list(known)


def test_only_what_can_be_several_at_once_takes_several(form: AboutForm) -> None:
    assert {question.key for question in form.questions if question.several} == {"shifts", "channel", "site"}


@pytest.mark.parametrize("position", [0, -1])
def test_every_choice_makes_an_answer_file_that_can_be_read_back(catalogue: Catalogue, position: int) -> None:
    form = AboutForm(catalogue)
    while question := form.question:
        value = question.choices[position].value
        form.tell([value] if question.several else value)
    answers = Answers({}, form.about())
    record = to_record(answers)
    read = from_record(
        {**record, "about": {k: list(v) if isinstance(v, tuple) else v for k, v in record["about"].items()}},
        catalogue,
        "x",
    )
    assert read == answers


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

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import create_app_session  # noqa: TID253 - real keys through a pipe
from prompt_toolkit.input import create_pipe_input  # noqa: TID253

from bpo_quiz.errors import Interrupted
from bpo_quiz.sitting.about_form import AboutForm
from bpo_quiz.sitting.full_form import FullForm
from bpo_quiz.sitting.sitting import Sitting
from bpo_quiz.terminal.about_screen import AboutScreen
from bpo_quiz.terminal.screens import Screens

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

DOWN, ENTER = "\x1b[B", "\r"


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())  # prompts go to standard error; nobody looks at them here


def ask_about(catalogue: Catalogue, keys: str, *, told: int) -> dict[str, Any]:
    """What the form holds after the keys, pressed at question number `told` (from 0); q is pressed at the next one."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        asking: list[str] = []
        form = AboutForm(catalogue, keep=lambda *_: pipe.send_text("".join(asking)))
        for _ in range(told):
            form.tell(None)
        before = dict(form.told)
        asking.append("q")  # an earlier key would be thrown away, as it should
        pipe.send_text(keys)
        with pytest.raises(Interrupted):
            Screens(catalogue, no_color=False).about(form)
    return {key: value for key, value in form.told.items() if before.get(key, ...) != value}


def review(catalogue: Catalogue, keys: str) -> tuple[Any, Sitting]:
    sitting = Sitting(FullForm(catalogue))
    while sitting.item is not None:
        sitting.answer(1)
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(keys)
        return Screens(catalogue, no_color=False).review(sitting), sitting


@pytest.mark.parametrize(
    ("keys", "told"),
    [("1", "none"), (ENTER, "none"), (DOWN + ENTER, "customer_service"), ("4", "back_office"), ("x0\t1", "none")],
)
def test_one_key_answers_a_question_about_you(catalogue: Catalogue, keys: str, told: str) -> None:
    assert ask_about(catalogue, keys, told=0) == {"where": told}


@pytest.mark.parametrize("digit", ["\uff12", "\u0662"])
def test_t10_digits_of_any_script_count_here_too(catalogue: Catalogue, digit: str) -> None:
    assert ask_about(catalogue, digit, told=0) == {"where": "customer_service"}


def test_several_choices_are_marked_with_space(catalogue: Catalogue) -> None:
    assert ask_about(catalogue, " " + DOWN + DOWN + " " + ENTER, told=4) == {"shifts": ("day", "night")}


def test_digits_mark_too_and_a_second_time_take_the_mark_away(catalogue: Catalogue) -> None:
    assert ask_about(catalogue, "134" + "3" + ENTER, told=4) == {"shifts": ("day", "weekend")}


def test_who_comes_back_finds_their_marks_and_can_change_one(catalogue: Catalogue) -> None:
    form = AboutForm(catalogue)
    for _ in range(4):
        form.tell(None)
    form.tell(("day", "night"))
    form.back()
    screen = AboutScreen(form)
    assert [screen.is_marked(n) for n in range(4)] == [True, False, True, False]
    screen.choose(1)
    screen.answer(0)
    assert form.told["shifts"] == ("day", "evening", "night")


def test_who_comes_back_finds_the_answer_they_gave(catalogue: Catalogue) -> None:
    form = AboutForm(catalogue)
    form.tell("back_office")
    form.back()
    assert AboutScreen(form).options[AboutScreen(form).given or 0] == "Yes: Back office"


def test_nothing_marked_means_none_of_them_only_when_enter_says_so_twice(catalogue: Catalogue) -> None:
    assert ask_about(catalogue, ENTER + ENTER, told=4) == {"shifts": ()}
    assert ask_about(catalogue, ENTER + "3" + ENTER, told=4) == {"shifts": ("night",)}
    assert ask_about(catalogue, ENTER + DOWN + "q", told=4) == {}


def test_s_skips_and_is_not_an_answer(catalogue: Catalogue) -> None:
    assert ask_about(catalogue, "s", told=1) == {"years": None}


@pytest.mark.parametrize("key", ["\x03", "\x04", "q"])
def test_t01_t02_every_way_to_leave_is_an_interruption(catalogue: Catalogue, key: str) -> None:
    assert ask_about(catalogue, key, told=0) == {}


@pytest.mark.parametrize("key", ["\x03", "\x04", "q"])
def test_t01_t02_the_review_can_be_left_too(catalogue: Catalogue, key: str) -> None:
    with pytest.raises(Interrupted):
        review(catalogue, key)


@pytest.mark.parametrize(("keys", "following"), [(ENTER, "result"), ("r", "result"), ("sr", "result"), ("b", "back")])
def test_the_review_ends_in_the_result_or_goes_back(catalogue: Catalogue, keys: str, following: str) -> None:
    assert review(catalogue, keys)[0] == following

"""Every key at every kind of screen: real keys through a pipe, and nobody looks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import create_app_session  # noqa: TID253 - real keys through a pipe
from prompt_toolkit.input import create_pipe_input  # noqa: TID253

from bpo_quiz.errors import Interrupted
from bpo_quiz.sitting.about_form import AboutForm
from bpo_quiz.sitting.full_form import FullForm
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.sitting.sitting import Sitting
from bpo_quiz.terminal.asking import where
from bpo_quiz.terminal.screens import ItemScreen, Screens

from .driver import CTRL_C, CTRL_D, DOWN, ENTER, LEFT, UP

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.terminal.asking import AfterReview

NOTHING = "nothing"
LANGUAGES, TYPING, SHIFTS = 4, 5, 6
"""Places of questions about the person where all before them were skipped."""
FOREIGN = ("\uff13", "\u0663", "\u0969")
"""The digit 3 in other scripts."""
PASTE = "\x1b[200~" + "2\n" * 60 + "\x1b[201~"
LEAVING = pytest.mark.parametrize("key", ["q", CTRL_C, CTRL_D])


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())  # screens go to standard error


def press(keys: str, act: Callable[[], Any]) -> Any:
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(keys)
        return act()


# Items


def answer_to(catalogue: Catalogue, keys: str) -> int | str | None:
    sitting = Sitting(FullForm(catalogue))
    first = sitting.items[0].id
    press(keys, ItemScreen(sitting, catalogue.minutes, single=True).run)
    assert set(sitting.responses) <= {first}
    return sitting.responses.get(first, NOTHING)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        *((str(value + 1), value) for value in range(5)),
        (ENTER, 0),
        (DOWN + ENTER, 1),
        (DOWN * 4 + ENTER, 4),
        (DOWN * 5 + ENTER, 0),
        (UP + ENTER, 4),
        ("jjk" + ENTER, 1),
        ("s", None),
        ("b", NOTHING),
        (LEFT, NOTHING),
        ("?4", 3),
        ("??4", 3),
    ],
)
def test_a_key_does_what_the_foot_of_the_screen_says(catalogue: Catalogue, keys: str, value: int | str | None) -> None:
    assert answer_to(catalogue, keys) == value


@pytest.mark.parametrize("digit", FOREIGN)
def test_t10_digits_of_any_script_count(catalogue: Catalogue, digit: str) -> None:
    assert answer_to(catalogue, digit) == 2
    assert ask_about(catalogue, digit, told=1) == {"years": 1}


@pytest.mark.parametrize(
    "bad",
    ["0", "6", "9", "-", ".", "x", "five", " ", "\x00", "\t", "\x7f", "é", "½", "\x1b[5~", "\x1bOP", PASTE],
)
def test_t10_other_keys_and_pastes_answer_nothing_and_the_next_good_key_counts(catalogue: Catalogue, bad: str) -> None:
    assert answer_to(catalogue, bad + "4") == 3


@pytest.mark.parametrize("length", [20, 3_000])
def test_t10_of_a_raw_paste_only_one_key_a_drawing_counts(catalogue: Catalogue, length: int) -> None:
    sitting = Sitting(FullForm(catalogue))
    with pytest.raises(Interrupted):
        press("3" * length + "q", ItemScreen(sitting, catalogue.minutes).run)
    assert list(sitting.responses.values())[:1] == [2]
    assert sitting.answered <= length // 1024 + 1  # keys are read 1024 at a time, and the question is drawn between


@LEAVING
def test_t01_t02_every_way_to_leave_is_an_interruption(catalogue: Catalogue, key: str) -> None:
    sitting = Sitting(FullForm(catalogue))
    with pytest.raises(Interrupted):
        press(key, ItemScreen(sitting, catalogue.minutes).run)
    assert sitting.responses == {}
    assert ask_about(catalogue, key, told=0) == {}
    with pytest.raises(Interrupted):
        review(catalogue, key)


def test_t11_back_at_the_first_question_is_told(catalogue: Catalogue) -> None:
    assert press("b", ItemScreen(Sitting(FullForm(catalogue)), catalogue.minutes).run) == "before the first"


def test_enter_keeps_the_answer_that_was_given_before(catalogue: Catalogue) -> None:
    sitting = Sitting(FullForm(catalogue))
    sitting.answer(3)
    sitting.back()
    press(ENTER, ItemScreen(sitting, catalogue.minutes, single=True).run)
    assert sitting.responses == {sitting.items[0].id: 3}


# Where one is


def test_a_full_form_counts_to_its_end(catalogue: Catalogue) -> None:
    sitting, said = Sitting(FullForm(catalogue)), []
    while sitting.item is not None:
        said.append(where(sitting, catalogue.minutes))
        sitting.answer(sitting.position % 5)
    assert said[0] == "Question 1 of 64, about 7 minutes left"
    assert said[-1] == "Question 64 of 64, about 1 minute left"


def test_a_quick_form_that_asks_more_than_usual_says_so_and_never_moves_its_end(catalogue: Catalogue) -> None:
    usual = catalogue.settings.quick_items
    longest: list[str] = []
    for start in (4, *range(12)):  # that one is asked more; another catalogue may ask another
        sitting, said = Sitting(QuickForm(catalogue)), []
        while sitting.item is not None:
            said.append(where(sitting, catalogue.minutes))
            sitting.answer((start + 3 * sitting.position) % 5)
        longest = max(longest, said, key=len)
        if len(longest) > usual:
            break
    assert len(longest) > usual, "none of these people is asked more"
    assert {line.split(", ")[0].partition(" of ")[2] for line in longest[:usual]} == {f"about {usual}"}
    assert longest[usual] == f"Question {usual + 1}, more than the usual {usual}: your answers fit several roles"


# About the person


def ask_about(
    catalogue: Catalogue, keys: str, *, told: int, earlier: tuple[str, ...] | str | None = None
) -> dict[str, Any]:
    """What the form holds after the keys, pressed at question number `told` (from 0); q is pressed at the next one."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        asking: list[str] = []
        form = AboutForm(catalogue, keep=lambda *_: pipe.send_text("".join(asking)))
        for _ in range(told):
            form.tell(None)
        if earlier is not None:
            form.tell(earlier)
            form.back()
        before = dict(form.told)
        asking.append("q")  # an earlier key would be thrown away, as it should
        pipe.send_text(keys)
        with pytest.raises(Interrupted):
            Screens(catalogue, no_color=False).about(form)
    return {key: value for key, value in form.told.items() if before.get(key, ...) != value}


@pytest.mark.parametrize(
    ("keys", "told"),
    [("1", "none"), (ENTER, "none"), (DOWN + ENTER, "customer_service"), ("4", "back_office"), ("x0\t1", "none")],
)
def test_one_key_answers_a_question_about_you(catalogue: Catalogue, keys: str, told: str) -> None:
    assert ask_about(catalogue, keys, told=0) == {"where": told}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (" " + DOWN + DOWN + " " + ENTER, {"shifts": ("day", "night")}),
        ("134" + "3" + ENTER, {"shifts": ("day", "weekend")}),
        (ENTER + ENTER, {"shifts": ()}),  # nothing marked means none of them only when Enter says so twice
        (ENTER + "3" + ENTER, {"shifts": ("night",)}),
        (ENTER + DOWN + "q", {}),
        ("???" + "1" + ENTER, {"shifts": ("day",)}),
    ],
)
def test_several_choices_are_marked_and_a_second_time_takes_the_mark_away(
    catalogue: Catalogue, keys: str, told: dict[str, Any]
) -> None:
    assert ask_about(catalogue, keys, told=SHIFTS) == told


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("1" + ENTER, {"languages": ()}),
        (ENTER + ENTER, {"languages": ()}),
        ("16" + ENTER, {"languages": ("fr",)}),  # none of them, and one: the one counts
        (UP + " " + "5" + ENTER, {"languages": ("tl", "und")}),
    ],
)
def test_no_language_is_an_answer_and_any_can_be_named(catalogue: Catalogue, keys: str, told: dict[str, Any]) -> None:
    assert ask_about(catalogue, keys, told=LANGUAGES) == told


@pytest.mark.parametrize(("key", "told"), [("1", 0), ("2", 30), ("3", 40), ("4", None), ("s", None)])
def test_of_a_band_of_typing_the_lower_end_is_kept(catalogue: Catalogue, key: str, told: int | None) -> None:
    assert ask_about(catalogue, key, told=TYPING) == {"typing": told}


def test_who_comes_back_finds_what_they_told_and_can_change_it(catalogue: Catalogue) -> None:
    marked = ask_about(catalogue, "2" + ENTER, told=SHIFTS, earlier=("day", "night"))
    assert marked == {"shifts": ("day", "evening", "night")}
    assert ask_about(catalogue, DOWN + ENTER, told=0, earlier="customer_service") == {"where": "technical_support"}


def test_s_skips_and_is_not_an_answer(catalogue: Catalogue) -> None:
    assert ask_about(catalogue, "s", told=1) == {"years": None}


# The review


def review(catalogue: Catalogue, keys: str) -> AfterReview:
    sitting = Sitting(FullForm(catalogue))
    while sitting.item is not None:
        sitting.answer(1)
    following: AfterReview = press(keys, lambda: Screens(catalogue, no_color=False).review(sitting))
    return following


@pytest.mark.parametrize(("keys", "following"), [(ENTER, "result"), ("r", "result"), ("sr", "result"), ("b", "back")])
def test_the_review_ends_in_the_result_or_goes_back(catalogue: Catalogue, keys: str, following: AfterReview) -> None:
    assert review(catalogue, keys) == following

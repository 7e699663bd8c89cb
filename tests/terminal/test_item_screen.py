from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session  # noqa: TID253 - real keys through a pipe
from prompt_toolkit.input import create_pipe_input  # noqa: TID253
from prompt_toolkit.output import DummyOutput  # noqa: TID253

from bpo_quiz.errors import Interrupted
from bpo_quiz.sitting.full_form import FullForm
from bpo_quiz.sitting.sitting import Sitting
from bpo_quiz.terminal.item_screen import ItemScreen

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

DOWN, UP, LEFT, ENTER = "\x1b[B", "\x1b[A", "\x1b[D", "\r"
NOTHING = "nothing"


def press(sitting: Sitting, catalogue: Catalogue, keys: str, *, single: bool) -> str:
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        with create_app_session(input=pipe, output=DummyOutput()):
            return ItemScreen(sitting, catalogue.minutes, single=single).run()


def answer_to(catalogue: Catalogue, keys: str) -> int | str | None:
    sitting = Sitting(FullForm(catalogue))
    first = sitting.items[0].id
    press(sitting, catalogue, keys, single=True)
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


@pytest.mark.parametrize("digit", ["\uff13", "\u0663", "\u0969"])
def test_t10_digits_of_any_script_count(catalogue: Catalogue, digit: str) -> None:
    assert answer_to(catalogue, digit) == 2


@pytest.mark.parametrize(
    "bad", ["0", "6", "9", "-", ".", "x", "five", " ", "\x00", "\t", "\x7f", "é", "½", "\x1b[5~", "\x1bOP"]
)
def test_t10_other_keys_answer_nothing_and_the_next_good_key_counts(catalogue: Catalogue, bad: str) -> None:
    assert answer_to(catalogue, bad + "4") == 3


def test_t10_minus_one_is_the_key_1_after_one_that_says_nothing(catalogue: Catalogue) -> None:
    assert answer_to(catalogue, "-1") == 0
    assert answer_to(catalogue, " 3 ") == 2


def test_t10_a_bracketed_paste_answers_nothing(catalogue: Catalogue) -> None:
    assert answer_to(catalogue, "\x1b[200~" + "2\n" * 60 + "\x1b[201~" + "5") == 4


def test_t10_of_a_long_paste_only_one_key_a_drawing_counts(catalogue: Catalogue) -> None:
    sitting = Sitting(FullForm(catalogue))
    with pytest.raises(Interrupted):
        press(sitting, catalogue, "3" * 3_000 + "q", single=False)
    assert list(sitting.responses.values())[:1] == [2]
    assert sitting.answered <= 3_000 // 1024 + 1  # keys are read 1024 at a time, and the question is drawn between


def test_t10_a_paste_of_20_digits_answers_one_question(catalogue: Catalogue) -> None:
    sitting = Sitting(FullForm(catalogue))
    with pytest.raises(Interrupted):
        press(sitting, catalogue, "3" * 20 + "q", single=False)
    assert list(sitting.responses.values()) == [2]


@pytest.mark.parametrize("key", ["q", "\x03", "\x04"])
def test_t01_t02_every_way_to_leave_is_an_interruption(catalogue: Catalogue, key: str) -> None:
    sitting = Sitting(FullForm(catalogue))
    with pytest.raises(Interrupted):
        press(sitting, catalogue, key, single=False)
    assert sitting.responses == {}


def test_t11_back_at_the_first_question_is_told(catalogue: Catalogue) -> None:
    assert press(Sitting(FullForm(catalogue)), catalogue, "b", single=False) == "before the first"


def test_enter_keeps_the_answer_that_was_given_before(catalogue: Catalogue) -> None:
    sitting = Sitting(FullForm(catalogue))
    sitting.answer(3)
    sitting.back()
    press(sitting, catalogue, ENTER, single=True)
    assert sitting.responses == {sitting.items[0].id: 3}

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bpo_quiz.answers.model import LONGEST_TIME
from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.full_form import FullForm, full_order
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.sitting.sitting import Sitting

SMALL = load(Path(__file__).parents[1] / "data" / "small")
ORDER = full_order(SMALL)


@pytest.fixture
def sitting() -> Sitting:
    return Sitting(FullForm(SMALL))


def test_after_the_last_item_there_is_none_and_no_answer_is_taken(sitting: Sitting) -> None:
    for _ in ORDER:
        sitting.answer(2)
    assert (sitting.item, sitting.given) == (None, None)
    assert sitting.answered == len(sitting.items) == 12
    with pytest.raises(ValueError, match="2"):
        sitting.answer(2)


@pytest.mark.parametrize("value", [-1, 5, 100])
def test_a_value_out_of_range_is_refused_and_changes_nothing(sitting: Sitting, value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        sitting.answer(value)
    assert (sitting.responses, sitting.position) == ({}, 0)


def test_f21_seconds_add_up_over_visits_and_a_pause_counts_at_most_two_minutes(sitting: Sitting) -> None:
    sitting.answer(2, 4.0)
    sitting.back()
    sitting.answer(3, 2.5)
    sitting.answer(1, 600.0)
    sitting.answer(1, -5.0)
    assert sitting.times == {ORDER[0].id: 6.5, ORDER[1].id: LONGEST_TIME, ORDER[2].id: 0.0}


def test_the_full_form_after_the_quick_one_asks_what_it_left_out_and_nothing_twice() -> None:
    quick = Sitting(QuickForm(SMALL))
    while quick.item:
        quick.answer(2)
    first = list(quick.items)
    assert quick.left_out == 12 - len(first)
    quick.ask_on_with(FullForm(SMALL))
    while quick.item:
        quick.answer(3)
    assert quick.items[: len(first)] == first
    assert sorted(item.id for item in quick.items) == sorted(item.id for item in ORDER)
    assert quick.left_out == 0


class AnyWayOfAnswering(RuleBasedStateMachine):
    """Whatever a person does, what they last gave is what is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting(FullForm(SMALL))
        self.last: dict[str, int | None] = {}

    @precondition(lambda self: self.sitting.item is not None)
    @rule(value=st.none() | st.integers(0, 4))
    def answer(self, value: int | None) -> None:
        assert self.sitting.item
        self.last[self.sitting.item.id] = value
        self.sitting.answer(value)

    @precondition(lambda self: self.sitting.item is not None)
    @rule(value=st.none() | st.integers(0, 4))
    def correct(self, value: int | None) -> None:
        assert self.sitting.item
        self.last[self.sitting.item.id] = value
        before = self.sitting.position
        self.sitting.correct(value)
        assert self.sitting.position == before

    @rule()
    def t11_back(self) -> None:
        before = self.sitting.position
        self.sitting.back()
        assert self.sitting.position == max(0, before - 1)

    @rule(position=st.integers(-3, 20))
    def go_to(self, position: int) -> None:
        self.sitting.go_to(position)
        assert self.sitting.position == min(max(0, position), len(self.sitting.items))

    @invariant()
    def what_was_last_given_is_kept(self) -> None:
        assert self.sitting.responses == self.last
        assert self.sitting.answered == sum(value is not None for value in self.last.values())
        assert self.sitting.given == (self.last.get(self.sitting.item.id) if self.sitting.item else None)
        assert (self.sitting.times, self.sitting.expected, self.sitting.left_out) == ({}, 12, 0)

    @invariant()
    def the_items_come_in_the_order_of_the_form_and_the_place_is_among_them(self) -> None:
        assert tuple(self.sitting.items) == ORDER[: len(self.sitting.items)]
        assert self.sitting.is_at_start == (self.sitting.position == 0)
        assert (self.sitting.item is None) == (self.sitting.position == len(self.sitting.items))


AnyWayOfAnswering.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestAnyWayOfAnswering = AnyWayOfAnswering.TestCase

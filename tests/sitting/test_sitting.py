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


def test_it_starts_at_the_first_item_with_nothing_answered(sitting: Sitting) -> None:
    assert sitting.item == ORDER[0]
    assert sitting.is_at_start
    assert (sitting.given, sitting.answered, sitting.responses) == (None, 0, {})
    assert sitting.expected == 12


def test_an_answer_is_kept_and_the_next_item_comes(sitting: Sitting) -> None:
    sitting.answer(3)
    assert sitting.responses == {ORDER[0].id: 3}
    assert sitting.item == ORDER[1]
    assert not sitting.is_at_start


def test_a_skipped_item_is_kept_as_missing_and_not_as_0(sitting: Sitting) -> None:
    sitting.answer(None)
    assert sitting.responses == {ORDER[0].id: None}
    assert sitting.answered == 0
    assert sitting.item == ORDER[1]


def test_back_shows_what_was_given_and_a_new_answer_replaces_it(sitting: Sitting) -> None:
    sitting.answer(1)
    sitting.answer(2)
    sitting.back()
    sitting.back()
    assert (sitting.item, sitting.given) == (ORDER[0], 1)
    sitting.answer(4)
    assert (sitting.item, sitting.given) == (ORDER[1], 2)
    assert sitting.responses == {ORDER[0].id: 4, ORDER[1].id: 2}


def test_t11_back_twenty_times_stops_at_the_first_item_and_loses_nothing(sitting: Sitting) -> None:
    sitting.answer(1)
    sitting.answer(2)
    for _ in range(20):
        sitting.back()
    assert sitting.is_at_start
    assert sitting.responses == {ORDER[0].id: 1, ORDER[1].id: 2}


def test_after_the_last_item_there_is_none_and_no_answer_is_taken(sitting: Sitting) -> None:
    for _ in ORDER:
        sitting.answer(2)
    assert (sitting.item, sitting.given) == (None, None)
    assert sitting.answered == len(sitting.items) == 12
    with pytest.raises(ValueError, match="2"):
        sitting.answer(2)


def test_back_from_behind_the_last_item_shows_the_last_one(sitting: Sitting) -> None:
    for _ in ORDER:
        sitting.answer(2)
    sitting.back()
    assert (sitting.item, sitting.given) == (ORDER[-1], 2)


@pytest.mark.parametrize("value", [-1, 5, 100])
def test_a_value_out_of_range_is_refused_and_changes_nothing(sitting: Sitting, value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        sitting.answer(value)
    assert (sitting.responses, sitting.position) == ({}, 0)


def test_correcting_an_item_from_the_review_stays_on_it(sitting: Sitting) -> None:
    for _ in ORDER:
        sitting.answer(2)
    sitting.go_to(3)
    sitting.correct(0)
    assert (sitting.item, sitting.given) == (ORDER[3], 0)
    assert sitting.answered == 12
    sitting.go_to(len(ORDER))
    assert sitting.item is None


def test_going_to_a_place_that_is_not_there_goes_to_the_nearest(sitting: Sitting) -> None:
    for _ in range(3):
        sitting.answer(2)
    sitting.go_to(-7)
    assert sitting.position == 0
    sitting.go_to(700)
    assert sitting.position == len(sitting.items)


def test_seconds_add_up_over_visits_and_a_pause_counts_at_most_two_minutes(sitting: Sitting) -> None:
    sitting.answer(2, 4.0)
    sitting.back()
    sitting.answer(3, 2.5)
    sitting.answer(1, 600.0)
    sitting.answer(1, -5.0)
    assert sitting.times == {ORDER[0].id: 6.5, ORDER[1].id: LONGEST_TIME, ORDER[2].id: 0.0}


def test_without_a_clock_there_are_no_times(sitting: Sitting) -> None:
    sitting.answer(2)
    assert sitting.times == {}


def test_a_full_form_leaves_nothing_out_and_a_quick_one_tells_what_it_left(sitting: Sitting) -> None:
    for _ in ORDER:
        sitting.answer(2)
    assert sitting.left_out == 0
    quick = Sitting(QuickForm(SMALL))
    while quick.item:
        quick.answer(2)
    assert quick.left_out == 12 - len(quick.items)


def test_the_full_form_after_the_quick_one_asks_the_rest_and_nothing_twice() -> None:
    quick = Sitting(QuickForm(SMALL))
    while quick.item:
        quick.answer(2)
    first = list(quick.items)
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
        self.sitting.correct(value)

    @rule()
    def back(self) -> None:
        self.sitting.back()

    @rule(position=st.integers(-3, 20))
    def go_to(self, position: int) -> None:
        self.sitting.go_to(position)

    @invariant()
    def what_was_last_given_is_kept(self) -> None:
        assert self.sitting.responses == self.last

    @invariant()
    def the_items_come_in_the_order_of_the_form_and_the_place_is_among_them(self) -> None:
        assert tuple(self.sitting.items) == ORDER[: len(self.sitting.items)]
        assert 0 <= self.sitting.position <= len(self.sitting.items)
        assert (self.sitting.item is None) == (self.sitting.position == len(self.sitting.items))


AnyWayOfAnswering.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestAnyWayOfAnswering = AnyWayOfAnswering.TestCase

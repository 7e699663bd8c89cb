from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given
from strategies import at_times, catalogues

from bpo_quiz.sitting import paper
from bpo_quiz.sitting.about_form import all_questions
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


@at_times
@given(catalogues())
def test_rows_hold_every_item_in_the_order_of_the_full_form(catalogue: Catalogue) -> None:
    rows = paper.rows(catalogue)
    assert tuple(itertools.chain(*rows)) == full_order(catalogue)
    assert {len(row) for row in rows[:-1]} <= {6}
    assert 1 <= len(rows[-1]) <= 6


def test_digits_stand_for_values_and_nothing() -> None:
    values = (None, 0, 1, 2, 3, 4)
    assert [paper.digit_of(value) for value in values] == [0, 1, 2, 3, 4, 5]
    assert [paper.value_of(digit) for digit in range(6)] == list(values)


def test_the_check_digit_is_the_last_one_of_the_sum_and_shows_every_single_wrong_digit() -> None:
    assert paper.check_digit((4, 1, 3, 0, 5, 2)) == 5
    for row in itertools.product(range(6), repeat=4):
        for place, wrong in itertools.product(range(4), range(6)):
            keyed = (*row[:place], wrong, *row[place + 1 :])
            assert (paper.check_digit(keyed) == paper.check_digit(row)) == (keyed == row)


def test_every_question_about_the_person_has_one_label_on_paper(catalogue: Catalogue) -> None:
    labels = dict.fromkeys(paper.label(question) for question in all_questions(catalogue))
    assert list(labels) == [f"A{n}" for n in range(1, 13)]

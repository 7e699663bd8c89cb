from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.sitting.full_form import FullForm
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.sitting.sitting import Sitting
from bpo_quiz.terminal.progress import where

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


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
    for start in range(12):
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

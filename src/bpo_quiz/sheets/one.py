"""Scores one sheet by the definitions alone: for the quick form, and for chances."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.certainty import certainty
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank, rank_by_chance
from bpo_quiz.scoring.role_table import standings
from bpo_quiz.sheets.rows import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bpo_quiz.answers.model import Answers, Responses
    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.profile import Profile
    from bpo_quiz.sheets.sheet import Sheet
    from bpo_quiz.sitting.quick_form import QuickForm

    Chances = Callable[[Profile, Responses], Mapping[str, float]]


class ByDefinition:
    """Scores sheets as `results.result` does, and stops where what is written ends.

    Args:
        catalogue: what was asked.
        order: its items as the full form asks them.
        top: how many roles are wanted.
        chances: works out the chances of a full form; None: as the definition does.
    """

    def __init__(self, catalogue: Catalogue, order: Sequence[Item], top: int, chances: Chances | None = None) -> None:
        self._catalogue, self._order, self._top = catalogue, order, top
        self._chances = chances or (lambda profile, responses: certainty(catalogue, profile, responses).p_first)
        self._items = {item.id: item for item in order}

    def __call__(self, sheet: Sheet, *, with_chance: bool) -> Result:
        """Score one sheet."""
        from bpo_quiz.answers.model import About, Answers

        responses = {
            item.id: int(value) for item, value in zip(self._catalogue.items(), sheet.values, strict=True) if value
        }
        answers = sheet.answers or Answers(dict(responses), About())
        profile = score(self._catalogue, answers.responses)
        ranked, chances = rank(fit_all(self._catalogue, profile)), None
        if answers.form == "quick":
            sure = self._quick(answers)
            ranked, chances = rank_by_chance(ranked, sure), sure.p_first
        elif with_chance:
            chances = self._chances(profile, answers.responses)
        rules = [flag.rule for flag in flags(self._catalogue, self._asked(answers), answers.responses, answers.times)]
        return Result(standings(ranked, self._top), rules, chances)

    def _asked(self, answers: Answers) -> Sequence[Item]:
        return self._order if answers.form == "full" else [self._items[item] for item in answers.responses]

    def _quick(self, answers: Answers) -> Certainty:
        return self._form.chances(answers.responses)

    @cached_property
    def _form(self) -> QuickForm:
        from bpo_quiz.sitting.quick_form import QuickForm

        return QuickForm(self._catalogue)

"""What stored answers add to a cohort: what `results.result` says of them, without all that a cohort does not count."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bpo_quiz.guidance.gaps import LEAST_SHOWN
from bpo_quiz.guidance.gates import check_gates
from bpo_quiz.guidance.reach import doors, one_step_away, reach_of
from bpo_quiz.results.cohort import SIGNS, Person
from bpo_quiz.results.result import first_new, signs, silence_of
from bpo_quiz.scoring.certainty import drawn, leaders_word
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import Ranker, rank_by_chance
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.answers.model import About, Answers, Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Word
    from bpo_quiz.scoring.match import Fit
    from bpo_quiz.scoring.profile import Profile
    from bpo_quiz.sitting.quick_form import QuickForm

    WordOf = Callable[[Profile, Responses, str], Word]
    """How sure the order of a full form is, from the profile, the answers, and the id of the role that stands first."""

LARGEST_GAPS = 5
_COUNTED = 2
"""Roles that matter: the first, and the first that is new, which is the second where the first is today's."""


class People:
    """Everybody who answered one catalogue; what does not change from one to the next is worked out once.

    Args:
        catalogue: what was asked.
        word_of: another way to the same word; None: by draws, one after the other.
    """

    def __init__(self, catalogue: Catalogue, word_of: WordOf | None = None) -> None:
        self.catalogue, self._order = catalogue, full_order(catalogue)
        self._ranker = Ranker(catalogue)
        self._word_of = word_of or self._defined_word

    def person(self, answers: Answers, group: str | None) -> Person:
        """What somebody's result adds to a group."""
        catalogue, profile = self.catalogue, score(self.catalogue, answers.responses)
        sure = self._form.chances(answers.responses) if answers.form == "quick" else None
        if sure is None:
            ranked = self._ranker.first(profile, _COUNTED)
        else:
            ranked = rank_by_chance(fit_all(catalogue, profile), sure)
        goal = first_new(ranked, answers.about)
        silence = silence_of(answers, goal)
        if goal is None or silence is not None:
            return Person(group, silence)
        leader = ranked[0].role
        return Person(
            group=group,
            unread=None,
            path=catalogue.roles[leader].path,
            reach=self._reach(goal, profile, answers.about),
            word=self._word_of(profile, answers.responses, leader) if sure is None else sure.word,
            signs=frozenset(SIGNS[flag.rule] for flag in signs(catalogue, self._order, answers) if flag.rule in SIGNS),
            scores=profile.levels(),
            gaps=_largest_gaps(goal),
        )

    @cached_property
    def _form(self) -> QuickForm:
        from bpo_quiz.sitting.quick_form import QuickForm

        return QuickForm(self.catalogue)

    def _defined_word(self, profile: Profile, responses: Responses, leader: str) -> Word:
        return leaders_word(self._ranker.totals(profile), drawn(profile, responses), leader)

    def _reach(self, goal: Fit, profile: Profile, about: About) -> str:
        role = self.catalogue.roles[goal.role]
        near = one_step_away(self.catalogue, about.works_as, doors(self.catalogue, profile.levels(), about))
        return reach_of(role, goal, check_gates(role, about), near) or "later"


def _largest_gaps(goal: Fit) -> frozenset[str]:
    short = sorted(
        (one for one in goal.shares if one.missing >= LEAST_SHOWN), key=lambda one: (-one.missing, one.skill)
    )
    return frozenset(one.skill for one in short[:LARGEST_GAPS])

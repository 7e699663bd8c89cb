"""What stored answers add to a cohort: what `results.result` says of them, without all that a cohort does not count."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

from bpo_quiz.guidance.gaps import LEAST_SHOWN
from bpo_quiz.guidance.standing import outlook
from bpo_quiz.guidance.statements import with_flags
from bpo_quiz.results.cohort import SIGNS, Person
from bpo_quiz.results.result import first_new, signs, silence_of
from bpo_quiz.scoring.certainty import Belief, drawn, word, word_for
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import Ranker, rank_by_chance
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Certainty, Word
    from bpo_quiz.scoring.match import Fit
    from bpo_quiz.scoring.profile import Profile

    Chances = Callable[[Profile, str | None], Certainty]

LARGEST_GAPS = 5
_COUNTED = 2
"""Roles that matter: the first, and the first that is new, which is the second where the first is today's."""


class People:
    """Everybody who answered one catalogue; what does not change from one to the next is worked out once.

    Args:
        catalogue: what was asked.
        chances: another way to the chances of a whole sheet; None: by draws, one after the other.
    """

    def __init__(self, catalogue: Catalogue, chances: Chances | None = None) -> None:
        self.catalogue, self._order = catalogue, full_order(catalogue)
        self._ranker = Ranker(catalogue)
        self._chances = chances

    def person(self, answers: Answers, group: str | None) -> Person:
        """What somebody's result adds to a group."""
        catalogue, profile, today = self.catalogue, score(self.catalogue, answers.responses), answers.about.works_as
        sure = None
        if answers.form == "quick" or not profile.is_whole:
            sure = self._belief.certainty(answers.responses, today)
            ranked = rank_by_chance(fit_all(catalogue, profile), sure)
        else:
            ranked = self._ranker.first(profile, _COUNTED)
        goal = first_new(ranked, answers.about)
        silence = silence_of(answers, goal)
        if goal is None or silence is not None:
            return Person(group, silence)
        role, found = catalogue.roles[goal.role], signs(catalogue, self._order, answers)
        return Person(
            group=group,
            unread=None,
            path=catalogue.roles[ranked[0].role].path,
            standing=outlook(catalogue, role, goal, profile.levels(), answers.about).state,
            word=with_flags(self._word(profile, today, role.path, sure), len(found)),
            signs=frozenset(SIGNS[flag.rule] for flag in found if flag.rule in SIGNS),
            scores=profile.levels(),
            gaps=_largest_gaps(goal),
        )

    @cached_property
    def _belief(self) -> Belief:
        return Belief(self.catalogue)

    def _word(self, profile: Profile, today: str | None, path: str, sure: Certainty | None) -> Word:
        """How sure it is that the first new role is on a path."""
        paths = {role.id: role.path for role in self.catalogue.roles.values()}
        if sure is None and self._chances is not None:
            sure = self._chances(profile, today)
        if sure is not None:
            return word(math.fsum(chance for role, chance in sure.p_new.items() if paths[role] == path))

        def is_on_path(firsts: Sequence[str]) -> bool:
            return any(paths[role] == path for role in [role for role in firsts if role != today][:1])

        return word_for(self._ranker.totals(profile), drawn(profile), is_on_path)


def _largest_gaps(goal: Fit) -> frozenset[str]:
    short = sorted(
        (one for one in goal.shares if one.missing >= LEAST_SHOWN), key=lambda one: (-one.missing, one.skill)
    )
    return frozenset(one.skill for one in short[:LARGEST_GAPS])

"""What if a skill were at another level: the ranking then beside the ranking now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gates import check_gates
from bpo_quiz.scoring.answer_quality import hardly_differ
from bpo_quiz.scoring.match import Fit, fit
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.scoring.profile import Profile


class Change(NamedTuple):
    """A skill at another level, 0-100. `before`: None where the answers do not show it."""

    skill: str
    before: float | None
    after: float


class Moved(NamedTuple):
    """One role now and then.

    Attributes:
        rank_before: place by Total, from 1; None where too little is known. rank_after: likewise.
        closed: gates that the person does not meet. No level of a skill opens one.
        is_today: it is the person's role today.
    """

    role: Role
    before: Fit
    after: Fit
    rank_before: int | None
    rank_after: int | None
    closed: tuple[Check, ...]
    is_today: bool


class WhatIf(NamedTuple):
    """The ranking with other levels, by Total, beside the ranking as it is.

    Attributes:
        changes: in the order of the catalogue.
        roles: every role, best first then.
        form: `full` or `quick`; after a quick form a result is ordered by chance, so its places may differ.
        all_alike: the answers hardly differ, so the order says nothing.
    """

    changes: tuple[Change, ...]
    roles: tuple[Moved, ...]
    form: str
    all_alike: bool


def what_if(catalogue: Catalogue, answers: Answers, levels: Mapping[str, float]) -> WhatIf:
    """Rank the roles as if some skills were at other levels; interests stay as they are.

    Args:
        catalogue: what was asked.
        answers: one person's.
        levels: skill id -> level, 0-100.
    """
    profile = score(catalogue, answers.responses)
    now = profile.levels()
    before, after = _ranked(catalogue, profile, now), _ranked(catalogue, profile, {**now, **levels})
    return WhatIf(
        changes=tuple(Change(skill, now.get(skill), levels[skill]) for skill in catalogue.skills if skill in levels),
        roles=tuple(
            Moved(
                role=catalogue.roles[role],
                before=before[role][1],
                after=one,
                rank_before=before[role][0],
                rank_after=place,
                closed=tuple(
                    gate for gate in check_gates(catalogue.roles[role], answers.about) if gate.state == "not met"
                ),
                is_today=role == answers.about.works_as,
            )
            for role, (place, one) in after.items()
        ),
        form=answers.form,
        all_alike=hardly_differ(answers.responses),
    )


def _ranked(catalogue: Catalogue, profile: Profile, levels: Mapping[str, float]) -> dict[str, tuple[int | None, Fit]]:
    """Role id -> its place and fit, in the order of Total."""
    liked, share = profile.interest_levels(), catalogue.settings.interest_weight
    fits = rank(fit(role, levels, liked, share) for role in catalogue.roles.values())
    return {one.role: (None if one.total is None else place, one) for place, one in enumerate(fits, 1)}

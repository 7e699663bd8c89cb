"""What if a skill were at another level, or a fact another: the ranking then, and what opens, beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.standing import outlook, outlooks
from bpo_quiz.scoring.answer_quality import hardly_differ
from bpo_quiz.scoring.match import Fit, fit
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.answers.model import About, Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.standing import Outlook
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
        stood: how it stands for the person now. stands: then.
    """

    role: Role
    before: Fit
    after: Fit
    rank_before: int | None
    rank_after: int | None
    stood: Outlook
    stands: Outlook

    @property
    def is_today(self) -> bool:
        """Whether it is the person's role today."""
        return self.stood.state == "today"


class WhatIf(NamedTuple):
    """The ranking with other levels, by Total, beside the ranking as it is.

    Attributes:
        changes: in the order of the catalogue.
        told: what the person told about themselves. then: what they could tell then.
        roles: every role, best first then.
        form: `full` or `quick`; after a quick form a result is ordered by chance, so its places may differ.
        all_alike: the answers hardly differ, so the order says nothing.
    """

    changes: tuple[Change, ...]
    told: About
    then: About
    roles: tuple[Moved, ...]
    form: str
    all_alike: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts that are others then."""
        return tuple(key for key in self.told._fields if getattr(self.told, key) != getattr(self.then, key))


class AsItIs(NamedTuple):
    """What every what-if is held against: the profile, role id -> place and fit, and role id -> how it stands."""

    profile: Profile
    ranked: dict[str, tuple[int | None, Fit]]
    stood: dict[str, Outlook]


def as_it_is(catalogue: Catalogue, answers: Answers) -> AsItIs:
    """The ranking of now, worked out once for many what-ifs."""
    profile = score(catalogue, answers.responses)
    ranked = _ranked(catalogue, profile, profile.levels())
    fits = {role: one for role, (_, one) in ranked.items()}
    return AsItIs(profile, ranked, outlooks(catalogue, fits, profile.levels(), answers.about))


def what_if(
    catalogue: Catalogue,
    answers: Answers,
    levels: Mapping[str, float],
    about: About | None = None,
    now: AsItIs | None = None,
) -> WhatIf:
    """Rank the roles as if some skills were at other levels; interests stay as they are.

    Args:
        catalogue: what was asked.
        answers: one person's.
        levels: skill id -> level, 0-100.
        about: what the person could tell about themselves then; None: what they told.
        now: what it is held against, where that is worked out already.
    """
    profile, before, stood = now or as_it_is(catalogue, answers)
    known, facts = profile.levels(), answers.about if about is None else about
    then = {**known, **levels}
    return WhatIf(
        changes=tuple(Change(skill, known.get(skill), levels[skill]) for skill in catalogue.skills if skill in levels),
        told=answers.about,
        then=facts,
        roles=tuple(
            Moved(
                role=catalogue.roles[role],
                before=before[role][1],
                after=one,
                rank_before=before[role][0],
                rank_after=place,
                stood=stood[role],
                stands=outlook(catalogue, catalogue.roles[role], one, then, facts),
            )
            for role, (place, one) in _ranked(catalogue, profile, then).items()
        ),
        form=answers.form,
        all_alike=hardly_differ(answers.responses),
    )


def _ranked(catalogue: Catalogue, profile: Profile, levels: Mapping[str, float]) -> dict[str, tuple[int | None, Fit]]:
    """Role id -> its place and fit, in the order of Total."""
    liked, share = profile.interest_levels(), catalogue.settings.interest_weight
    fits = rank(fit(role, levels, liked, share) for role in catalogue.roles.values())
    return {one.role: (None if one.total is None else place, one) for place, one in enumerate(fits, 1)}

"""Why a role stands where it stands: every point of its Total, and the answers that moved it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.guidance.answer_moves import answer_moves, open_answers
from bpo_quiz.guidance.standing import hurdles
from bpo_quiz.scoring.answer_quality import hardly_differ
from bpo_quiz.scoring.certainty import STILL_UNKNOWN
from bpo_quiz.scoring.match import FEWEST_KNOWN, Fit, InterestCost, fit_all, interest_costs
from bpo_quiz.scoring.profile import error_of, score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer
    from bpo_quiz.guidance.standing import Hurdle
    from bpo_quiz.scoring.profile import Profile

PartKind = Literal["skill", "level", "interest"]
Sureness = Literal["within error", "ahead", "clearly ahead"]

CLEARLY = 1.96
"""A lead of so many times its error happens by chance once in twenty."""


class Part(NamedTuple):
    """What one skill, the general level or one interest does for a role's lead over its rival.

    Attributes:
        id: of the skill or the interest; empty for the general level.
        points: of Total; below 0 it speaks for the rival.
    """

    kind: PartKind
    id: str
    points: float


class Against(NamedTuple):
    """A role measured against its rival: the first role by Total, or for the first role the second.

    Attributes:
        fit: the rival's.
        lead: the role's Total less the rival's, points.
        error: standard error of the lead, points, as far as the answers leave it unknown.
        parts: add up to the lead; what speaks loudest, for or against, first.
    """

    rival: Role
    fit: Fit
    lead: float
    error: float
    parts: tuple[Part, ...]

    @property
    def sureness(self) -> Sureness:
        """Whether the lead, either way, is more than the error of the answers."""
        if abs(self.lead) <= self.error:
            return "within error"
        return "clearly ahead" if abs(self.lead) > CLEARLY * self.error else "ahead"


class Explanation(NamedTuple):
    """Why a role stands where it stands. The order here is that of Total, whatever the form was.

    Attributes:
        fit: its numbers; `match`, the points of `costs` and `level_cost` add up to 100.
        rank: place by Total, from 1; None where too little is known.
        match_rank: place by Match alone, likewise.
        ranked: how many roles have a Total.
        form: `full` or `quick`; after a quick form a result is ordered by chance, so its places may differ.
        all_alike: the answers hardly differ, so the order says nothing.
        is_today: it is the person's role today.
        elevation: points by which the role asks more (above 0) or less (below 0) than the person has, on the weighted
            mean; each cost's `difference` is what is left beyond it. None where too little is known.
        interest_weight: share of Total that interests make, 0-1; 0 without an answer about them.
        interests: what each interest takes off Interest; with `fit.interest` they add up to 100.
        against: None where the role, or every other role, has no Total.
        moves: every answer, the one that moved the role most first; empty without a Total.
        still_open: every question without an answer, the one that could move the role most first; empty without a
            Total.
        enough: without a Total: ids of the skills whose answers would give it one, the fewest, weightiest first.
        hurdles: gates and conditions, beside the role; they never change a number.
    """

    role: Role
    fit: Fit
    rank: int | None
    match_rank: int | None
    ranked: int
    form: str
    all_alike: bool
    is_today: bool
    elevation: float | None
    interest_weight: float
    interests: tuple[InterestCost, ...]
    against: Against | None
    moves: tuple[AnswerMove, ...]
    still_open: tuple[OpenAnswer, ...]
    enough: tuple[str, ...]
    hurdles: tuple[Hurdle, ...]


def explain(catalogue: Catalogue, answers: Answers, role: str) -> Explanation:
    """Explain one role's place.

    Args:
        catalogue: what was asked.
        answers: one person's.
        role: id of a role of the catalogue.
    """
    wanted, profile = catalogue.roles[role], score(catalogue, answers.responses)
    fits = {one.role: one for one in fit_all(catalogue, profile)}
    by_total = [one for one in rank(fits.values()) if one.total is not None]
    chosen = fits[role]
    known = chosen.total is not None
    interests = interest_costs(wanted.interests, profile.interest_levels()) if known else ()
    rival = next((one for one in by_total if one.role != role), None) if known else None
    sheet = (catalogue, answers.responses, role, None if rival is None else rival.role)
    return Explanation(
        role=wanted,
        fit=chosen,
        rank=_place(by_total, role),
        match_rank=_place(sorted(by_total, key=lambda one: (-(one.match or 0), -(one.readiness or 0), one.role)), role),
        ranked=len(by_total),
        form=answers.form,
        all_alike=hardly_differ(answers.responses),
        is_today=role == answers.about.works_as,
        elevation=_elevation(chosen),
        interest_weight=catalogue.settings.interest_weight if interests else 0.0,
        interests=interests,
        against=None if rival is None else _against(catalogue, profile, chosen, rival),
        moves=answer_moves(*sheet) if known else (),
        still_open=open_answers(*sheet) if known else (),
        enough=() if known else _enough(wanted, profile),
        hurdles=hurdles(catalogue, wanted, answers.about),
    )


def _place(ordered: Sequence[Fit], role: str) -> int | None:
    return next((place for place, one in enumerate(ordered, 1) if one.role == role), None)


def _elevation(fit: Fit) -> float | None:
    return next((cost.level - cost.score - cost.difference for cost in fit.costs), None)


def _against(catalogue: Catalogue, profile: Profile, chosen: Fit, rival: Fit) -> Against:
    mine, theirs = (_losses(catalogue, profile, one) for one in (chosen, rival))
    parts = [Part(*key, theirs[key] - lost) for key, lost in mine.items()]
    return Against(
        rival=catalogue.roles[rival.role],
        fit=rival,
        lead=(chosen.total or 0.0) - (rival.total or 0.0),
        error=_error_of_lead(catalogue, profile, chosen.role, rival.role),
        parts=tuple(sorted(parts, key=lambda part: -round(abs(part.points), 9))),
    )


def _losses(catalogue: Catalogue, profile: Profile, fit: Fit) -> dict[tuple[PartKind, str], float]:
    """All that lies between a Total and 100, points of Total."""
    liked = interest_costs(catalogue.roles[fit.role].interests, profile.interest_levels())
    share = catalogue.settings.interest_weight if liked else 0.0
    losses: dict[tuple[PartKind, str], float] = {("skill", one.skill): (1 - share) * one.points for one in fit.costs}
    losses["level", ""] = (1 - share) * fit.level_cost
    return losses | {("interest", one.interest): share * one.points for one in liked}


def _error_of_lead(catalogue: Catalogue, profile: Profile, role: str, rival: str) -> float:
    """Standard error of the difference of two Totals, by their slopes, with the errors that `certainty` draws with."""
    levels, liked = profile.levels(), profile.interest_levels()
    totals = Totals(catalogue, levels, liked)
    slopes = dict(zip(totals.roles, totals.slopes(list(levels.values()), list(liked.values())), strict=True))
    counts = [*(one.answered for one in profile.skills), *(one.answered for one in profile.interests)]
    errors = [error_of(count) for count in counts if count]
    moved = ((mine - theirs) * error for mine, theirs, error in zip(slopes[role], slopes[rival], errors, strict=True))
    return STILL_UNKNOWN * math.sqrt(math.fsum(points**2 for points in moved))


def _enough(role: Role, profile: Profile) -> tuple[str, ...]:
    """The fewest unknown skills that cover enough of the role's weight together with the known ones."""
    levels = profile.levels()
    weight = {skill: asked.importance + 1 for skill, asked in role.skills.items()}
    unknown = sorted((skill for skill in weight if skill not in levels), key=lambda skill: -weight[skill])
    covered = math.fsum(weight[skill] for skill in weight if skill in levels)
    chosen: list[str] = []
    while unknown and covered < FEWEST_KNOWN * math.fsum(weight.values()):
        chosen.append(unknown.pop(0))
        covered += weight[chosen[-1]]
    return tuple(chosen)

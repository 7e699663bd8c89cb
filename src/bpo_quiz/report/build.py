"""Builds the one record that every format shows: catalogue and answers in, report out. Computes, never renders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bpo_quiz.guidance.gates import Check, check_conditions, check_gates
from bpo_quiz.guidance.reach import Reach, Ways, one_step_away, reach_of
from bpo_quiz.scoring.answer_quality import hardly_differ
from bpo_quiz.scoring.match import Fit, fit_all
from bpo_quiz.scoring.profile import Profile, score
from bpo_quiz.scoring.ranking import rank, rank_paths

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.moves import Step
    from bpo_quiz.sitting.about import About
    from bpo_quiz.sitting.answer_file import Answers

Silence = Literal["too few answers", "all alike"]
"""Why a sheet cannot be read as a profile."""


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """A role's place in the ranking.

    Attributes:
        rank: from 1; None where too little is known.
        reach: None where too little is known.
        is_today: whether it is the person's role today.
    """

    role: Role
    fit: Fit
    rank: int | None
    reach: Reach | None
    gates: tuple[Check, ...]
    conditions: tuple[Check, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class PathRow:
    """A career path's place in the ranking, its best role, and the role by which the person would enter."""

    path: str
    rank: int | None
    best: RoleStanding
    entry: Role | None


@dataclass(frozen=True, slots=True)
class Way:
    """The ladder to a role: where it starts, and each step from there. No start: no way is known."""

    start: Role | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a result says.

    Attributes:
        answered: items with an answer. asked: items of the catalogue.
        silence: why the answers cannot be read as a profile; None when they can.
        roles: every role, best first. paths: every path, best first.
        headline: the first role that is new to the person; None when no role has a Match.
        way: the ladder to the headline role.
    """

    catalogue: Catalogue
    about: About
    profile: Profile
    answered: int
    asked: int
    silence: Silence | None
    roles: tuple[RoleStanding, ...]
    paths: tuple[PathRow, ...]
    headline: RoleStanding | None
    way: Way


def build(catalogue: Catalogue, answers: Answers) -> Report:
    """Score the answers and gather all that follows from them."""
    profile = score(catalogue, answers.responses)
    ranked = rank(fit_all(catalogue, profile))
    works_as = answers.about.works_as
    near = one_step_away(catalogue, works_as)
    roles = tuple(_standing(catalogue, fit, n, answers.about, near) for n, fit in enumerate(ranked, 1))
    by_id = {standing.role.id: standing for standing in roles}
    ways = Ways(catalogue, works_as, {fit.role: fit.total for fit in ranked})
    paths = tuple(
        _path_row(catalogue, path.path, n, by_id[path.best.role], ways)
        for n, path in enumerate(rank_paths(catalogue, ranked), 1)
    )
    headline = next((one for one in roles if one.rank is not None and not one.is_today), None)
    return Report(
        catalogue=catalogue,
        about=answers.about,
        profile=profile,
        answered=sum(value is not None for value in answers.responses.values()),
        asked=len(catalogue.items()),
        silence=_silence(answers, headline),
        roles=roles,
        paths=paths,
        headline=headline,
        way=_way(catalogue, headline, ways),
    )


def _standing(catalogue: Catalogue, fit: Fit, n: int, about: About, near: set[str]) -> RoleStanding:
    role = catalogue.roles[fit.role]
    gates = check_gates(role, about)
    return RoleStanding(
        role=role,
        fit=fit,
        rank=None if fit.total is None else n,
        reach=reach_of(role, fit, gates, near),
        gates=gates,
        conditions=check_conditions(role, about),
        is_today=role.id == about.works_as,
    )


def _path_row(catalogue: Catalogue, path: str, n: int, best: RoleStanding, ways: Ways) -> PathRow:
    entry = ways.entry_to(best.role.id)
    return PathRow(path, None if best.rank is None else n, best, catalogue.roles[entry] if entry else None)


def _silence(answers: Answers, headline: RoleStanding | None) -> Silence | None:
    if headline is None:
        return "too few answers"
    return "all alike" if hardly_differ(answers.responses) else None


def _way(catalogue: Catalogue, headline: RoleStanding | None, ways: Ways) -> Way:
    if headline is None:
        return Way(None, ())
    start, steps = ways.to(headline.role.id)
    return Way(catalogue.roles[start] if start else None, steps)

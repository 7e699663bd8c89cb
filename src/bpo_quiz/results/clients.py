"""What is kept of a client with the result of each session, and what changed between two of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.results.result import build
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import Talk, with_client

if TYPE_CHECKING:
    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.profile import SkillScore
    from bpo_quiz.store.clients import Client, Note
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

Change = Literal["clearly up", "up", "about the same", "down", "clearly down", "not known"]

CLEARLY = 1.96
"""A difference of so many times its error happens by chance once in twenty."""


class SessionLine(NamedTuple):
    """A session and its result, recomputed with its own catalogue; `finished` is None while it can go on."""

    code: str
    started: str
    finished: str | None
    tag: str | None
    report: Report

    @property
    def first_path(self) -> str | None:
        """Id of the career path that came first; None where too little was known."""
        return self.report.paths[0].path if self.report.silence is None else None

    @property
    def first_role(self) -> str | None:
        """Id of the role that came first; None likewise."""
        return self.report.roles[0].role.id if self.report.silence is None else None


class Recomputed:
    """Results from stored answers, each with the catalogue that its session began with."""

    def __init__(self, database: Database) -> None:
        self._sessions = Sessions(database)

    def line(self, session: StoredSession) -> SessionLine:
        """A session with its result."""
        report = build(self._sessions.catalogue_of(session), session.answers)
        return SessionLine(session.code, session.started, session.finished, session.tag, report)


class ClientCard(NamedTuple):
    """All that the desk shows of one client."""

    client: Client
    sessions: tuple[SessionLine, ...]
    notes: tuple[Note, ...]
    talk: Talk


def card_of(database: Database, alias: str) -> ClientCard:
    """All of it, each result worked out anew.

    Raises:
        NoSuchRecord: there is no such client.
    """
    kept, recomputed = Clients(database), Recomputed(database)
    sessions = tuple(map(recomputed.line, kept.sessions(alias)))
    return ClientCard(kept.get(alias), sessions, kept.notes(alias), with_client(database, alias).read())


class SkillChange(NamedTuple):
    """One skill then and now; levels 0-100, None without an answer.

    Attributes:
        difference: now less then, points; None where a level is not known.
        error: standard error of the difference, points; None likewise.
        change: beyond its error, or not; `clearly` beyond 1.96 times its error.
        same_items: whether both sessions could ask the same questions about it.
    """

    skill: str
    then: float | None
    now: float | None
    difference: float | None
    error: float | None
    change: Change
    same_items: bool


class Place(NamedTuple):
    """A role's or a career path's rank, from 1, and chance to be first, 0-1; None where too little was known.

    `best`: a career path's best role; for a role, the role itself.
    """

    rank: int | None
    p_first: float | None
    best: str


class PlaceChange(NamedTuple):
    """Where a role or a career path stood then, and stands now."""

    id: str
    then: Place
    now: Place


class Only(NamedTuple):
    """Ids that only one of two catalogues has."""

    skills: tuple[str, ...]
    roles: tuple[str, ...]
    paths: tuple[str, ...]


class Comparison(NamedTuple):
    """Two results side by side, as far as both catalogues know the same things.

    Attributes:
        then, now: the earlier session and the later one.
        talk: what was agreed; private notes are no part of a comparison.
        same_catalogue: whether both have the very same catalogue.
        skills: largest difference first, unknown ones last.
        roles: best first now. paths: likewise.
        only_then: what the later catalogue no longer has. only_now: what the earlier one did not have.
    """

    alias: str
    then: SessionLine
    now: SessionLine
    talk: Talk
    same_catalogue: bool
    skills: tuple[SkillChange, ...]
    roles: tuple[PlaceChange, ...]
    paths: tuple[PlaceChange, ...]
    only_then: Only
    only_now: Only

    @property
    def can_rank(self) -> bool:
        """Whether both sheets could be read as a profile, so that ranks mean something."""
        return self.then.report.silence is None and self.now.report.silence is None

    @property
    def moved(self) -> tuple[SkillChange, ...]:
        """Skills that differ by more than their error."""
        return tuple(one for one in self.skills if one.change not in ("about the same", "not known"))

    def with_change(self, change: Change) -> tuple[SkillChange, ...]:
        """Skills of one kind."""
        return tuple(one for one in self.skills if one.change == change)


def compare(alias: str, then: SessionLine, now: SessionLine, talk: Talk | None = None) -> Comparison:
    """Compare an earlier session of a client with a later one, each with its own catalogue."""
    before, after = then.report, now.report
    return Comparison(
        alias=alias,
        then=then,
        now=now,
        talk=talk or Talk(),
        same_catalogue=before.catalogue.sha256 == after.catalogue.sha256,
        skills=_skills(before, after),
        roles=_moves(_roles(before), _roles(after)),
        paths=_moves(_paths(before), _paths(after)),
        only_then=_only(before, after),
        only_now=_only(after, before),
    )


def change_of(difference: float, error: float) -> Change:
    """What a difference with this standard error, both in points, says."""
    size = abs(difference)
    if size <= error:
        return "about the same"
    if size > CLEARLY * error:
        return "clearly up" if difference > 0 else "clearly down"
    return "up" if difference > 0 else "down"


def _skills(then: Report, now: Report) -> tuple[SkillChange, ...]:
    before = {one.skill: one for one in then.profile.skills}
    changes = [
        _skill(before[one.skill], one, then.catalogue.skills[one.skill].items == now.catalogue.skills[one.skill].items)
        for one in now.profile.skills
        if one.skill in before
    ]
    return tuple(sorted(changes, key=lambda one: math.inf if one.difference is None else -abs(one.difference)))


def _skill(then: SkillScore, now: SkillScore, same_items: bool) -> SkillChange:
    if then.score is None or then.se is None or now.score is None or now.se is None:
        return SkillChange(now.skill, then.score, now.score, None, None, "not known", same_items)
    difference, error = now.score - then.score, math.hypot(then.se, now.se)
    return SkillChange(now.skill, then.score, now.score, difference, error, change_of(difference, error), same_items)


def _roles(report: Report) -> dict[str, Place]:
    return {one.role.id: Place(one.rank, one.p_first, one.role.id) for one in report.roles}


def _paths(report: Report) -> dict[str, Place]:
    return {row.path: Place(row.rank, row.p_first, row.best.role.id) for row in report.paths}


def _moves(then: dict[str, Place], now: dict[str, Place]) -> tuple[PlaceChange, ...]:
    """What both have, in the order of now."""
    return tuple(PlaceChange(key, then[key], now[key]) for key in now if key in then)


def _only(here: Report, there: Report) -> Only:
    kinds = ((getattr(here.catalogue, kind), getattr(there.catalogue, kind)) for kind in Only._fields)
    return Only(*(tuple(one for one in ours if one not in theirs) for ours, theirs in kinds))

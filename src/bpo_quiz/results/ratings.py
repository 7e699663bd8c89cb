"""What experts say of roles, beside what the catalogue says; nothing here changes a catalogue."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.study.statistics import Agreement

A_LEVEL = 25
"""Points between two of the five described levels."""

FEWEST_RATERS = 3
"""From which a median is held against the catalogue, and a rater against the others."""

Part = Literal["importance", "level"]
PARTS: tuple[Part, ...] = get_args(Part)


class Rating(NamedTuple):
    """What one rater says of a role: part -> skill id -> number; and remarks: about what, and what is said."""

    rater: str
    role: str
    values: Mapping[Part, Mapping[str, float]]
    remarks: tuple[tuple[str, str], ...]


class RatedSkill(NamedTuple):
    """What raters say of a skill, and what the catalogue says; `is_off`: three or more, and over a level away."""

    skill: str
    part: Part
    raters: int
    median: float
    low: float
    high: float
    catalogue: float
    is_off: bool


class Agreed(NamedTuple):
    """How far those who rated all of something agree: of a role, over its skills; of a skill, over the roles."""

    of: str
    part: Part
    things: int
    raters: int
    icc: Agreement


class RatedRole(NamedTuple):
    """A role; `apart`: raters on average over a level from the median of the others; remarks: rater, what, text."""

    role: str
    raters: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    skills: tuple[RatedSkill, ...]
    apart: tuple[str, ...]
    remarks: tuple[tuple[str, str, str], ...]


class Ratings(NamedTuple):
    """All ratings; `skills`: how far people agree about each, where the same ones rated two roles or more."""

    catalogue: Catalogue
    roles: tuple[RatedRole, ...]
    skills: tuple[Agreed, ...]


Votes = dict[str, float]
"""Rater -> what they say of one thing."""


def study_ratings(catalogue: Catalogue, ratings: Sequence[Rating]) -> Ratings:
    """What raters say; each rates a role once."""
    by_role = {role: [one for one in ratings if one.role == role] for role in catalogue.roles}
    rated = {role: found for role, found in by_role.items() if found}
    over_roles = (
        _agreed(skill, part, [votes for one in rated.values() if (votes := _votes(one, part, skill))])
        for skill in catalogue.skills
        for part in PARTS
    )
    return Ratings(
        catalogue,
        tuple(_role(catalogue.roles[role], found) for role, found in rated.items()),
        tuple(one for one in over_roles if one.things > 1 and one.raters > 1),
    )


def _role(role: Role, ratings: Sequence[Rating]) -> RatedRole:
    votes = {part: [found for skill in role.skills if (found := _votes(ratings, part, skill))] for part in PARTS}
    raters = tuple(one.rater for one in ratings)
    return RatedRole(
        role.id,
        raters,
        agreed=tuple(_agreed(role.id, part, votes[part]) for part in PARTS),
        skills=tuple(_skills(role, ratings)),
        apart=tuple(rater for rater in raters if _is_apart(rater, votes["level"])),
        remarks=tuple((one.rater, about, said) for one in ratings for about, said in one.remarks),
    )


def _votes(ratings: Sequence[Rating], part: Part, skill: str) -> Votes:
    return {one.rater: one.values[part][skill] for one in ratings if skill in one.values[part]}


def _agreed(of: str, part: Part, things: Sequence[Votes]) -> Agreed:
    from bpo_quiz.study.statistics import agreement  # numpy, which an empty sheet does not need

    raters = sorted(set.intersection(*map(set, things))) if things else []
    icc = agreement([[votes[rater] for rater in raters] for votes in things])
    return Agreed(of, part, len(things), len(raters), icc)


def _skills(role: Role, ratings: Sequence[Rating]) -> Iterator[RatedSkill]:
    for skill, asked in role.skills.items():
        for part in PARTS:
            if votes := _votes(ratings, part, skill).values():
                middle, here = statistics.median(votes), float(getattr(asked, part))
                is_off = part == "level" and len(votes) >= FEWEST_RATERS and abs(middle - here) > A_LEVEL
                yield RatedSkill(skill, part, len(votes), middle, min(votes), max(votes), here, is_off)


def _is_apart(rater: str, levels: Sequence[Votes]) -> bool:
    shared = [votes for votes in levels if rater in votes and len(votes) >= FEWEST_RATERS]
    away = [
        abs(votes[rater] - statistics.median(vote for one, vote in votes.items() if one != rater)) for votes in shared
    ]
    return bool(away) and math.fsum(away) / len(away) > A_LEVEL

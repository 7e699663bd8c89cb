"""From responses to a skill profile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue, Item

ITEM_VARIANCE = 17.0**2 + 25.0**2 / 12.0
"""Error variance of one item, points squared: answering (SD 17) plus rounding to five options 25 points apart."""

POINTS_PER_VALUE = 100 / HIGHEST_VALUE

INCOMPLETE = "incomplete"
"""What a scored file says of a sheet that is not whole; it is ranked by Total all the same."""


class SkillScore(NamedTuple):
    """How much of a skill the answers show.

    Attributes:
        score: 0-100; None without an answer (unknown, which is not 0).
        se: standard error of the score, points; None without an answer.
        answered: how many of its items have an answer.
    """

    skill: str
    score: float | None
    se: float | None
    answered: int


class InterestScore(NamedTuple):
    """How much a kind of activity appeals, 0-100; None without an answer. `answered`: items with an answer."""

    interest: str
    score: float | None
    answered: int


class Profile(NamedTuple):
    """What the answers show, in the order of the catalogue."""

    skills: tuple[SkillScore, ...]
    interests: tuple[InterestScore, ...]

    def levels(self) -> dict[str, float]:
        """Known skill scores, 0-100."""
        return {skill.skill: skill.score for skill in self.skills if skill.score is not None}

    @property
    def is_whole(self) -> bool:
        """Whether every skill and every interest has an answer."""
        return all(one.answered for one in self.skills) and all(one.answered for one in self.interests)

    def interest_levels(self) -> dict[str, float]:
        """Known interest scores, 0-100."""
        return {one.interest: one.score for one in self.interests if one.score is not None}


def score(catalogue: Catalogue, responses: Mapping[str, int | None]) -> Profile:
    """Score the responses; items without one are left out."""
    skills = []
    for skill in catalogue.skills.values():
        mean, answered = _mean(skill.items, responses)
        skills.append(SkillScore(skill.id, mean, error_of(answered) if answered else None, answered))
    interests = (
        InterestScore(interest.id, *_mean(interest.items, responses)) for interest in catalogue.interests.values()
    )
    return Profile(tuple(skills), tuple(interests))


def error_of(answered: int) -> float:
    """Standard error of a score, points, with so many items answered, at least 1."""
    return math.sqrt(ITEM_VARIANCE / answered)


def _mean(items: tuple[Item, ...], responses: Mapping[str, int | None]) -> tuple[float | None, int]:
    """The mean response as 0-100, and how many items have one."""
    values = [item.keyed(value) for item in items if (value := responses.get(item.id)) is not None]
    if not values:
        return None, 0
    return POINTS_PER_VALUE * (sum(values) / len(values)), len(values)

"""How sure a ranking is: the chance that a role would be first if the answers had no error."""

from __future__ import annotations

import hashlib
import json
import random
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import Profile

DRAWS = 400
Word = Literal["clear", "likely", "one of several", "open"]

CLEAR, LIKELY, ONE_OF_SEVERAL = 0.90, 0.70, 0.50
"""Chance of the leader to be among the first three from which a word is used."""

ABOUT_EQUAL = 0.5
"""Roles whose chance to be first is at least this share of the likeliest role's stand about equal with it."""

PLACES = 3

STILL_UNKNOWN = 0.75
"""Share of a score's standard error that stays unknown.

People differ less than answers do, so a score is nearer to the truth than its standard error alone says. Drawing with
the whole error states chances that are 7 points too low; with three quarters they are right to 1-3 points
(`catalogue simulate` measures it).
"""


class Certainty(NamedTuple):
    """How sure the order is.

    Attributes:
        p_first: role id -> chance to be first, 0-1; all add up to 1. Only roles with a Total.
        p_top3: role id -> chance to be among the first three, 0-1.
        word: from the leader's `p_top3`.
        about_equal: the likeliest roles, best first: every one at least half as likely to be first as the likeliest.
    """

    p_first: Mapping[str, float]
    p_top3: Mapping[str, float]
    word: Word
    about_equal: tuple[str, ...]


def certainty(
    catalogue: Catalogue, profile: Profile, responses: Mapping[str, int | None], leader: str | None = None
) -> Certainty:
    """Draw profiles around the scores, as far as their errors leave them unknown, and count who comes first.

    Args:
        catalogue: what was asked.
        profile: the scores and their standard errors.
        responses: seed the draws, so that the same answers give the same chances.
        leader: id of the role that stands first; its chances give the word. None: the likeliest.
    """
    from bpo_quiz.scoring.profile import error_of

    skills = [one for one in profile.skills if one.score is not None]
    interests = [one for one in profile.interests if one.score is not None]
    totals = Totals(catalogue, [one.skill for one in skills], [one.interest for one in interests])
    centre = [one.score or 0.0 for one in skills]
    spread = [STILL_UNKNOWN * (one.se or 0.0) for one in skills]
    liked = [one.score or 0.0 for one in interests]
    liked_spread = [STILL_UNKNOWN * error_of(one.answered) for one in interests]
    dice = random.Random(seed(responses)).gauss  # noqa: S311 - a simulation, not a secret
    drawn = (totals.of(list(map(dice, centre, spread)), list(map(dice, liked, liked_spread))) for _ in range(DRAWS))
    return count(totals.roles, drawn, leader)


def seed(responses: Mapping[str, int | None]) -> int:
    """A number that depends on the answers and on nothing else, not even their order."""
    told = sorted((item, value) for item, value in responses.items() if value is not None)
    return int.from_bytes(hashlib.sha256(json.dumps(told).encode()).digest()[:8], "big")


def count(roles: Sequence[str], drawn: Iterable[Sequence[float]], leader: str | None = None) -> Certainty:
    """Turn drawn Totals, each in the order of `roles`, into chances; ties go to the earlier id."""
    first, top = dict.fromkeys(roles, 0), dict.fromkeys(roles, 0)
    draws = 0
    for totals in drawn:
        draws += 1
        best = sorted(zip((-total for total in totals), roles, strict=True))[:PLACES]
        if best:
            first[best[0][1]] += 1
        for _, role in best:
            top[role] += 1
    draws = max(1, draws)
    return conclude({role: first[role] / draws for role in roles}, {role: top[role] / draws for role in roles}, leader)


def conclude(p_first: Mapping[str, float], p_top3: Mapping[str, float], leader: str | None = None) -> Certainty:
    """The word and the group that follow from chances."""
    likeliest = sorted(p_first, key=lambda role: (-p_first[role], -p_top3[role], role))
    if not likeliest:
        return Certainty({}, {}, "open", ())
    least = ABOUT_EQUAL * p_first[likeliest[0]]
    equal = tuple(role for role in likeliest if p_first[role] >= least)
    return Certainty(p_first, p_top3, word(p_top3.get(leader or likeliest[0], 0.0)), equal)


def word(p_top3: float) -> Word:
    """The word for a chance to be among the first three, 0-1."""
    if p_top3 >= CLEAR:
        return "clear"
    if p_top3 >= LIKELY:
        return "likely"
    return "one of several" if p_top3 >= ONE_OF_SEVERAL else "open"

"""How sure a ranking is: the chance that a role would be first if the answers had no error."""

from __future__ import annotations

import hashlib
import json
import random
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.scoring.posterior import normals
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import InterestScore, Profile, SkillScore

    Draw = tuple[Sequence[float], Sequence[float]]
    """Levels of the known skills, and of the known interests."""

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
    totals = Totals(catalogue, profile.levels(), profile.interest_levels())
    firsts = (totals.first(totals.of(*draw), PLACES) for draw in drawn(profile, responses))
    return tally(totals.roles, firsts, leader)


def drawn(profile: Profile, responses: Mapping[str, int | None]) -> Iterator[Draw]:
    """Levels that the person could have, around the scores that are known."""
    scores, spreads = around(profile)
    skills = sum(one.score is not None for one in profile.skills)
    normal = normals(random.Random(seed(responses)))  # noqa: S311 - a simulation, not a secret
    for _ in range(DRAWS):
        levels = [score + z * spread for score, spread, z in zip(scores, spreads, normal, strict=False)]
        yield levels[:skills], levels[skills:]


def around(profile: Profile) -> tuple[list[float], list[float]]:
    """The known scores of skills, then of interests; and the standard deviations of what is drawn around them."""
    from bpo_quiz.scoring.profile import error_of

    every: tuple[SkillScore | InterestScore, ...] = (*profile.skills, *profile.interests)
    known = [(one.score, STILL_UNKNOWN * error_of(one.answered)) for one in every if one.score is not None]
    return [score for score, _ in known], [spread for _, spread in known]


def seed(responses: Mapping[str, int | None]) -> int:
    """A number that depends on the answers and on nothing else, not even their order."""
    told = sorted((item, value) for item, value in responses.items() if value is not None)
    return int.from_bytes(hashlib.sha256(json.dumps(told).encode()).digest()[:8], "big")


def tally(roles: Iterable[str], firsts: Iterable[Sequence[str]], leader: str | None = None) -> Certainty:
    """Turn the first three of `roles` in each of `DRAWS` draws into chances."""
    first, top = dict.fromkeys(roles, 0), dict.fromkeys(roles, 0)
    for best in firsts:
        for role in best[:1]:
            first[role] += 1
        for role in best:
            top[role] += 1
    p_first, p_top3 = ({role: times / DRAWS for role, times in counts.items()} for counts in (first, top))
    return conclude(p_first, p_top3, leader)


def leaders_word(totals: Totals, draws: Iterable[Draw], leader: str) -> Word:
    """The word that `tally` comes to, with no more of the draws than decide it."""
    found = 0
    for number, draw in enumerate(draws, 1):
        found += leader in totals.first(totals.of(*draw), PLACES)
        if word(found / DRAWS) == word((found + DRAWS - number) / DRAWS):
            break
    return word(found / DRAWS)


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

"""How sure a ranking is: the chance that a role would be first if the answers had no error."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.scoring.posterior import Prior, normals
from bpo_quiz.scoring.profile import error_of
from bpo_quiz.scoring.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.profile import InterestScore, Profile, SkillScore

    Draw = tuple[Sequence[float], Sequence[float]]
    """Levels of the known skills, and of the known interests."""

DRAWS = 400
SEED = 1
"""Of all draws, so that one answer moves chances by what it means, and not by new dice."""

Word = Literal["clearly", "most", "none"]

CLEARLY, MOST = 0.90, 0.50
"""Chance of a claim from which it is said clearly, and at all."""

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
        p_new: role id -> chance to be first of the roles new to the person, 0-1: today's role is left out.
    """

    p_first: Mapping[str, float]
    p_top3: Mapping[str, float]
    p_new: Mapping[str, float]


def certainty(catalogue: Catalogue, profile: Profile, today: str | None = None) -> Certainty:
    """Draw profiles around the scores, as far as their errors leave them unknown, and count who comes first.

    Args:
        catalogue: what was asked.
        profile: the scores and their standard errors.
        today: id of the person's role; None from outside the trade.
    """
    totals = Totals(catalogue, profile.levels(), profile.interest_levels())
    return tally(totals.roles, (totals.first(totals.of(*draw), PLACES) for draw in drawn(profile)), today)


class Belief:
    """How sure the order is where much was not asked: from people as the answers have them, unknown skills and all."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.prior = Prior(catalogue)
        self.totals = Totals(catalogue, catalogue.skills, catalogue.interests)
        self._skills = len(catalogue.skills)

    def certainty(self, responses: Mapping[str, int | None], today: str | None = None) -> Certainty:
        """As the function `certainty`, for all roles."""
        found = self.totals_of(self.prior.given(responses).draws(DRAWS, SEED))
        return tally(self.totals.roles, (self.totals.first(one, PLACES) for one in found), today)

    def expected(self, responses: Mapping[str, int | None]) -> dict[str, float]:
        """Role id -> its Total, 0-100, at the levels that are expected."""
        means, _ = self.prior.given(responses).moments()
        (found,) = self.totals_of([means])
        return dict(zip(self.totals.roles, found, strict=True))

    def totals_of(self, people: Iterable[Sequence[float]]) -> Sequence[Sequence[float]]:
        """Totals of people, in the order of `totals.roles`, from the levels of all skills, then all interests."""
        return [self.totals.of(levels[: self._skills], levels[self._skills :]) for levels in people]


def drawn(profile: Profile) -> Iterator[Draw]:
    """Levels that the person could have, around the scores that are known."""
    every: tuple[SkillScore | InterestScore, ...] = (*profile.skills, *profile.interests)
    known = [(one.score, STILL_UNKNOWN * error_of(one.answered)) for one in every if one.score is not None]
    skills = sum(one.score is not None for one in profile.skills)
    normal = normals(random.Random(SEED))  # noqa: S311 - a simulation, not a secret
    for _ in range(DRAWS):
        levels = [score + z * spread for (score, spread), z in zip(known, normal, strict=False)]
        yield levels[:skills], levels[skills:]


def tally(roles: Iterable[str], firsts: Iterable[Sequence[str]], today: str | None = None) -> Certainty:
    """Turn the first three of `roles` in each of `DRAWS` draws into chances."""
    first, top = dict.fromkeys(roles, 0), dict.fromkeys(roles, 0)
    new = dict.fromkeys((role for role in first if role != today), 0)
    for best in firsts:
        for role in best:
            top[role] += 1
        for role in best[:1]:
            first[role] += 1
        for role in [role for role in best if role != today][:1]:
            new[role] += 1
    return Certainty(*({role: times / DRAWS for role, times in counts.items()} for counts in (first, top, new)))


def word(chance: float) -> Word:
    """The word for the chance of a claim, 0-1."""
    return "clearly" if chance >= CLEARLY else "most" if chance >= MOST else "none"


def word_for(totals: Totals, draws: Iterable[Draw], claim: Callable[[Sequence[str]], bool]) -> Word:
    """The word for a claim about the first three roles of a draw, with no more of the draws than decide it."""
    found = 0
    for number, draw in enumerate(draws, 1):
        found += claim(totals.first(totals.of(*draw), PLACES))
        if word(found / DRAWS) == word((found + DRAWS - number) / DRAWS):
            break
    return word(found / DRAWS)

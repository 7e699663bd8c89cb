"""What would change had one answer been another: the sheet is scored again, for real, for every step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.totals import NEAR, Totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.scoring.profile import Profile


class Swing(NamedTuple):
    """Where a role would stand with another value of one answer.

    Attributes:
        value: the other value, 0-4.
        total: the role's Total then, 0-100.
        lead: points by which its lead over the rival would grow; below 0: shrink. Without a rival: its Total.
        rank: its place by Total then, from 1.
    """

    value: int
    total: float
    lead: float
    rank: int


class AnswerMove(NamedTuple):
    """An answer that was given, and what one step lower and one higher would change.

    Attributes:
        value: what was answered, 0-4.
        lower: None at the lowest option. higher: None at the highest.
    """

    item: Item
    value: int
    lower: Swing | None
    higher: Swing | None

    @property
    def size(self) -> float:
        """The larger of both changes of the lead, points, without its sign."""
        return max(abs(step.lead) for step in (self.lower, self.higher) if step is not None)


class OpenAnswer(NamedTuple):
    """A question without an answer, and what answers to it could change.

    Attributes:
        worst: the answer that would be worst for the role's lead. best: the one that would be best.
        places: the first and the last place by Total, from 1, that any answer would give. The best lead over one rival
            need not give the best place, and a skill without any answer does not count, so that even each answer can
            give another place than none.
    """

    item: Item
    worst: Swing
    best: Swing
    places: tuple[int, int]

    @property
    def size(self) -> float:
        """How far apart the two are, points."""
        return self.best.lead - self.worst.lead


def answer_moves(
    catalogue: Catalogue, responses: Mapping[str, int | None], role: str, rival: str | None
) -> tuple[AnswerMove, ...]:
    """Every given answer with what one step would change for a role, the one that moves most first.

    Args:
        catalogue: what was asked.
        responses: values 0-4, None where there is no answer.
        role: id of a role that has a Total.
        rival: id of the role that it is measured against, which has one too.
    """
    sheet = _Sheet(catalogue, responses, role, rival)
    moves = [
        AnswerMove(
            item,
            value,
            sheet.with_answer(item, value - 1) if value > 0 else None,
            sheet.with_answer(item, value + 1) if value < HIGHEST_VALUE else None,
        )
        for item in catalogue.items()
        if (value := responses.get(item.id)) is not None
    ]
    return tuple(sorted(moves, key=lambda move: -round(move.size, 9)))  # ties stay in the catalogue's order


def open_answers(
    catalogue: Catalogue, responses: Mapping[str, int | None], role: str, rival: str | None
) -> tuple[OpenAnswer, ...]:
    """Every question without an answer, the one that could move the role most first; arguments as above."""
    sheet = _Sheet(catalogue, responses, role, rival)
    found = []
    for item in catalogue.items():
        if responses.get(item.id) is None:
            steps = [sheet.with_answer(item, value) for value in range(HIGHEST_VALUE + 1)]
            by_lead = sorted(steps, key=lambda step: (step.lead, step.value))
            places = [step.rank for step in steps]
            found.append(OpenAnswer(item, by_lead[0], by_lead[-1], (min(places), max(places))))
    return tuple(sorted(found, key=lambda one: -round(one.size, 9)))


class _Sheet:
    """One person's answers, and a role in them, scored again when one answer changes."""

    def __init__(self, catalogue: Catalogue, responses: Mapping[str, int | None], role: str, rival: str | None) -> None:
        self._catalogue = catalogue
        self._responses = responses
        self._role = role
        self._rival = rival
        self._known: dict[tuple[str, ...], Totals] = {}
        profile = score(catalogue, responses)
        self._lead = self._lead_in(self._totals(profile))

    def with_answer(self, item: Item, value: int) -> Swing:
        """Where the role would stand with this answer."""
        profile = score(self._catalogue, {**self._responses, item.id: value})
        totals = self._totals(profile)
        mine = totals[self._role]
        return Swing(value, mine, self._lead_in(totals) - self._lead, self._rank(profile, totals))

    def _totals(self, profile: Profile) -> dict[str, float]:
        skills, interests = profile.levels(), profile.interest_levels()
        key = (*skills, *interests)
        if key not in self._known:
            self._known[key] = Totals(self._catalogue, skills, interests)
        totals = self._known[key]
        return dict(zip(totals.roles, totals.of(list(skills.values()), list(interests.values())), strict=True))

    def _lead_in(self, totals: Mapping[str, float]) -> float:
        return totals[self._role] - (0.0 if self._rival is None else totals[self._rival])

    def _rank(self, profile: Profile, totals: Mapping[str, float]) -> int:
        """The place that the ranking itself would give, equal Totals included."""
        mine = totals[self._role]
        above = sum(total > mine + NEAR for total in totals.values())
        level = [role for role, total in totals.items() if abs(total - mine) <= NEAR]
        if len(level) == 1:
            return above + 1
        levels, interests = profile.levels(), profile.interest_levels()
        share = self._catalogue.settings.interest_weight
        fits = rank(fit(self._catalogue.roles[role], levels, interests, share) for role in level)
        return above + 1 + [one.role for one in fits].index(self._role)

"""The ways that are open to one person: on from today's role, or from a role that they could start in today."""

from __future__ import annotations

import math
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import raised, weighted_gap
from bpo_quiz.guidance.moves import Move, fewest_moves, length_of, neighbours, ways_by_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.standing import Outlook

    Moves = Mapping[str, Sequence[Move]]

MANAGER = 4
"""Rung from which people are chosen by a record: a leap of two rungs to it is the last resort."""

DETOUR = 2
"""So many moves more than the fewest a way may have and still count as a way to the role."""

MOST_MOVES = 6
"""A way longer than this is only looked at where none is shorter."""

MOST_WAYS = 1000
"""So many ways to one role are compared, shortest first; the shipped catalogue has fewer."""

ROUNDING = 1e-9
"""Years by which ways of equal length may come in the wrong order."""

_START = ""
"""Where every way begins: no role's id."""

NO_YEARS = (0.0, 0.0)


class Way(NamedTuple):
    """One way to a role.

    Attributes:
        steps: each a move; the first has `NO_YEARS` where one applies for the role.
        applies: whether one applies for the first role, rather than moves on to it from today's.
        is_open: whether the first step could be made today: from today's role, or to a role that is startable.
    """

    steps: tuple[Move, ...]
    applies: bool
    is_open: bool

    @property
    def first(self) -> str:
        """Id of the first role on the way."""
        return self.steps[0].role

    @property
    def length(self) -> float:
        """Years, where each move counts a year more."""
        return length_of(self.steps)


class Ways:
    """Every way of one person.

    Args:
        catalogue: the roles and the moves between them.
        today: id of the person's role; None from outside the trade.
        outlooks: role id -> how it stands.
        doors: ids of the roles that are named as open.
        ranked: ids of all roles, best first.
        levels: known skill scores, 0-100; they decide what there is to learn.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        today: str | None,
        outlooks: Mapping[str, Outlook],
        doors: Sequence[str],
        ranked: Iterable[str],
        levels: Mapping[str, float],
    ) -> None:
        self.catalogue, self.today, self.outlooks = catalogue, today, outlooks
        self.place = {role: n for n, role in enumerate(ranked)}.__getitem__
        on = neighbours(catalogue.roles[today]) if today else ()
        startable = [role for role, one in outlooks.items() if one.is_startable]
        closed = [role for role, one in outlooks.items() if one.state in ("not_yet", "unwanted")]
        self._on = on
        self._from_doors = (*on, *(Move(role, NO_YEARS) for role in doors))
        self._from_startable = (*on, *(Move(role, NO_YEARS) for role in startable))
        self._from_closed = tuple(Move(role, NO_YEARS) for role in closed)
        entries = [
            role for role, one in outlooks.items() if one.state == "not_known" and catalogue.roles[role].is_entry
        ]
        self._from_unknown = tuple(Move(role, NO_YEARS) for role in entries)
        self._gaps: dict[tuple[str, ...], tuple[float, dict[str, float]]] = {(): (0.0, dict(levels))}

    def to(self, role: str) -> Way | None:
        """The way that is told first; None where no way is known, or for today's role.

        From today's role or a door, else from another startable role; with a leap to a manager's rung, or beginning
        with a step down, only where there is no other. Where nothing startable leads there, from a role that is not
        open yet; then from an entry role of which the answers say too little. Among these the shortest; of equal ones
        that whose first step ranks higher, then by ids.
        """
        for leaps, down in ((False, False), (False, True), (True, False), (True, True)):
            for first in (self._from_doors, self._from_startable):
                if (steps := self._shortest(first, role, leaps=leaps, down=down)) is not None:
                    return self._way(steps, is_open=True)
        return self.once_open(role) or self._waiting(self._from_unknown, role)

    def once_open(self, role: str) -> Way | None:
        """The shortest way from a role that is not open yet."""
        return self._waiting(self._from_closed, role)

    def _waiting(self, first: Sequence[Move], role: str) -> Way | None:
        for leaps in (False, True):
            if (steps := self._shortest(first, role, leaps=leaps, down=True)) is not None:
                return self._way(steps, is_open=False)
        return None

    def every(self, role: str) -> tuple[Way, ...]:
        """All ways from today's role and every startable one with few moves more than need be, the shortest first."""
        moves = self._moves(self._from_startable, leaps=True)
        fewest = fewest_moves(moves, _START, role)
        if fewest is None or role == self.today:
            return ()
        most = max(fewest, min(fewest + DETOUR, MOST_MOVES))
        found = islice(ways_by_length(moves, _START, role, most), MOST_WAYS)
        return tuple(self._way(steps, is_open=True) for steps in sorted(found, key=self._order))

    def gap(self, way: Way) -> float:
        """Missing points over the steps of a way, weighed by importance; from 0. Nothing counts twice."""
        return self._grown(tuple(step.role for step in way.steps))[0]

    def _grown(self, stops: tuple[str, ...]) -> tuple[float, dict[str, float]]:
        """Missing points up to the last of some roles, and the scores of who has grown into all of them."""
        if stops not in self._gaps:
            so_far, levels = self._grown(stops[:-1])
            role = self.catalogue.roles[stops[-1]]
            self._gaps[stops] = (math.fsum((so_far, weighted_gap(role, levels))), {**levels, **raised(role, levels)})
        return self._gaps[stops]

    def is_last_resort(self, way: Way) -> bool:
        """Whether a way leaps to a manager's rung, or begins with a step down."""
        rungs = [self.catalogue.roles[step.role].rung for step in way.steps]
        before = self.catalogue.roles[self.today].rung if self.today and not way.applies else rungs[0]
        return self.outlooks[way.first].is_step_down or any(map(_is_leap, [before, *rungs], rungs))

    def _way(self, steps: tuple[Move, ...], *, is_open: bool) -> Way:
        return Way(steps, applies=steps[0] not in self._on, is_open=is_open)

    def _shortest(self, first: Sequence[Move], role: str, *, leaps: bool, down: bool) -> tuple[Move, ...] | None:
        if role == self.today:
            return None
        chosen = [step for step in first if down or not self.outlooks[step.role].is_step_down]
        moves = self._moves(chosen, leaps=leaps)
        found = ways_by_length(moves, _START, role, len(moves))
        best = next(found, None)
        if best is None:
            return None
        equal = takewhile(lambda steps: length_of(steps) <= length_of(best) + ROUNDING, islice(found, MOST_WAYS))
        return min([best, *equal], key=self._order)

    def _order(self, steps: tuple[Move, ...]) -> tuple[float, int, tuple[str, ...]]:
        return round(length_of(steps), 6), self.place(steps[0].role), tuple(step.role for step in steps)

    def _moves(self, first: Sequence[Move], *, leaps: bool) -> Moves:
        """Every move that may be walked; none leads to today's role."""
        roles = self.catalogue.roles
        here = roles[self.today].rung if self.today else 0
        may: Callable[[int, Move], bool] = lambda rung, step: (  # noqa: E731 - one rule for first and later steps
            step.role != self.today and (leaps or not _is_leap(rung, roles[step.role].rung))
        )
        begun = [step for step in first if step.years == NO_YEARS or may(here, step)]
        later = {role.id: [step for step in neighbours(role) if may(role.rung, step)] for role in roles.values()}
        return {**later, _START: begun}


def _is_leap(here: int, there: int) -> bool:
    return there >= MANAGER and there - here >= 2


def in_line_of_sight(catalogue: Catalogue, today: str | None, way: Way) -> bool:
    """Whether each step goes to a role of the same career path, or up from the role before; one step alone does not."""
    return all(_sees(catalogue, here, there) for here, there in _pairs(today, way)) and len(way.steps) > way.applies


def _pairs(today: str | None, way: Way) -> Iterator[tuple[str, str]]:
    stops = [step.role for step in way.steps]
    if today is not None and not way.applies:
        stops.insert(0, today)
    yield from pairwise(stops)


def _sees(catalogue: Catalogue, here: str, there: str) -> bool:
    role = catalogue.roles[here]
    return catalogue.roles[there].path == role.path or there in {edge.role for edge in role.leads_to}

"""The ways that are open to one person: from today's role, or from the roles by which one enters the trade."""

from __future__ import annotations

import math
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from bpo_quiz.guidance.gaps import raised, weighted_gap
from bpo_quiz.guidance.moves import Move, length_of, reachable, shortest_ways, ways_by_length

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue

WORTH_STAYING = 2
"""So many moves more a way from today's role may have than one that begins again at an entry role."""

WORTH_A_MOVE = 7.0
"""Points of Total by which an entry role must fit better to be worth one move more; a Total is about so unsure."""

DETOUR = 2
"""So many moves more than the fewest a way may have and still count as a way to the role."""

MOST_MOVES = 6
"""A way longer than this is only looked at where none is shorter."""

MOST_WAYS = 1000
"""So many ways to one role are compared, shortest first; the shipped catalogue has fewer."""

ROUNDING = 1e-9
"""Years by which ways of equal length may come in the wrong order."""

_Way = tuple["Move", ...]


class Ways:
    """Where one person would start on the way to a role, and every way from there.

    The first way is the shortest: the fewest years, where each move counts a year more. Of several, the one with the
    smallest gap comes first, then that with the fewest moves.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        works_as: str | None,
        totals: Mapping[str, float | None],
        levels: Mapping[str, float] | None = None,
        closed: Collection[str] = (),
        doors: Collection[str] = (),
    ) -> None:
        """Prepare the ways of one person.

        Args:
            catalogue: the roles and the moves between them.
            works_as: id of today's role; None from outside the trade.
            totals: role id -> Total, 0-100; decides between entry roles.
            levels: known skill scores, 0-100; decide between ways of equal length.
            closed: ids of roles with a gate that is not met; one enters by them only where there is no other.
            doors: ids of roles above entry that the person's experience opens from outside the trade.
        """
        self.catalogue = catalogue
        self.works_as = works_as
        self.totals = totals
        self.closed = closed
        self.levels = dict(levels or {})
        self.entries = tuple(role.id for role in catalogue.roles.values() if role.is_entry or role.id in doors)
        self._from_entry = {entry: shortest_ways(catalogue.roles, entry) for entry in self.entries}
        self._from_today = shortest_ways(catalogue.roles, works_as) if works_as is not None else {}
        self._every: dict[str, tuple[_Way, ...]] = {}
        self._best: dict[str, _Way | None] = {}
        self._gaps: dict[tuple[str, ...], tuple[float, dict[str, float]]] = {(): (0.0, self.levels)}

    def to(self, role: str) -> tuple[str | None, _Way]:
        """Where the person starts on the way to a role, and the steps from there; no start: no way is known."""
        if role not in self._best:
            shortest = self._by_length(role)
            first = next(shortest, None)
            equal = takewhile(lambda way: length_of(way) <= length_of(first or ()) + ROUNDING, shortest)
            self._best[role] = None if first is None else min([first, *equal], key=lambda way: self._order(role, way))
        best = self._best[role]
        return (None, ()) if best is None else (self.start(role), best)

    def start(self, role: str) -> str | None:
        """Where the person starts on the way to a role.

        From today's role, unless entering somewhere new saves more than two moves: changing to another ladder costs
        what one has built up. Otherwise from an entry role; None when no way is known. Nobody enters anew to get back
        to where today's role usually comes from.
        """
        if self.is_back(role):
            return self.works_as
        entry = self._best_entry(role)
        if role in self._from_today and (
            entry is None or len(self._from_today[role]) <= len(self._from_entry[entry][role]) + WORTH_STAYING
        ):
            return self.works_as
        return entry

    def is_back(self, role: str) -> bool:
        """Whether a role lies behind the person: no move leads there, and it usually comes before today's role.

        It leads straight up to today's role, or by several steps up from the same career path. Entry roles do not lie
        behind anybody: they are entered anew.
        """
        there = self.catalogue.roles[role]
        if self.works_as is None or role in self._from_today or there.is_entry:
            return False
        today = self.catalogue.roles[self.works_as]
        if today.id in {edge.role for edge in there.leads_to}:
            return True
        return there.path == today.path and today.id in reachable(self.catalogue.roles, [role], only_up=True)

    def every(self, role: str) -> tuple[_Way, ...]:
        """Every way from the start to a role, the best first; none when no way is known."""
        if role not in self._every:
            self._every[role] = tuple(sorted(self._by_length(role), key=lambda way: self._order(role, way)))
        return self._every[role]

    def gap(self, role: str, way: _Way) -> float:
        """Missing points over the steps of a way to a role, weighed by importance; from 0. Nothing counts twice."""
        start = self.start(role)
        stops = [step.role for step in way] if start == self.works_as else [start or role, *(step.role for step in way)]
        return self._grown(tuple(stops))[0]

    def _grown(self, stops: tuple[str, ...]) -> tuple[float, dict[str, float]]:
        """Missing points up to the last of some roles, and the scores of who has grown into all of them."""
        if stops not in self._gaps:
            so_far, levels = self._grown(stops[:-1])
            role = self.catalogue.roles[stops[-1]]
            self._gaps[stops] = (math.fsum((so_far, weighted_gap(role, levels))), {**levels, **raised(role, levels)})
        return self._gaps[stops]

    def entry_to(self, role: str) -> str | None:
        """The role by which the person would enter: the first that is new to them on the way."""
        start, steps = self.to(role)
        if start is not None and start != self.works_as:
            return start
        return steps[0].role if steps else None

    def _order(self, role: str, way: _Way) -> tuple[float, float, int, _Way]:
        return length_of(way), self.gap(role, way), len(way), way

    def _by_length(self, role: str) -> Iterator[_Way]:
        start = self.start(role)
        if start is None:
            return iter(())
        if self.is_back(role):
            return iter([(Move(role, (0.0, 0.0)),)])
        fewest = len((self._from_today if start == self.works_as else self._from_entry[start])[role])
        most = max(fewest, min(fewest + DETOUR, MOST_MOVES))
        return islice(ways_by_length(self.catalogue.roles, start, role, most), MOST_WAYS)

    def _best_entry(self, role: str) -> str | None:
        """The entry role that fits best among those with the fewest moves to a role, or one more if worth it."""
        moves = {entry: len(ways[role]) for entry, ways in self._from_entry.items() if role in ways}
        if not moves or role in self._from_entry:
            return role if moves else None
        near = [entry for entry, count in moves.items() if count <= min(moves.values()) + 1]

        def worth(entry: str) -> float:
            return (self.totals[entry] or 0.0) - WORTH_A_MOVE * moves[entry]

        return min(near, key=lambda one: (one in self.closed, -worth(one), moves[one], one))

"""How far away a role is (now, next, later), and where one would start on the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bpo_quiz.guidance.moves import neighbours, shortest_ways
from bpo_quiz.scoring.match import CLOSE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.moves import Step
    from bpo_quiz.scoring.match import Fit

Reach = Literal["now", "next", "later"]

WORTH_STAYING = 2
"""So many moves more a way from today's role may have than one that begins again at an entry role."""


def reach_of(role: Role, fit: Fit, gates: Sequence[Check], one_step_away: set[str]) -> Reach | None:
    """How far away a role is. It tells, and never reorders.

    now: no known gate is in the way and Readiness is 75 or more; next: one step from today's role, or from outside;
    later: the rest. None where too little is known.
    """
    if fit.readiness is None:
        return None
    if all(gate.state != "not met" for gate in gates) and fit.readiness >= CLOSE:
        return "now"
    return "next" if role.id in one_step_away else "later"


def one_step_away(catalogue: Catalogue, works_as: str | None) -> set[str]:
    """Roles one move from today's role; without one, the entry roles and the roles one move from them."""
    roles = catalogue.roles
    if works_as is not None:
        return {step.role for step in neighbours(roles[works_as])}
    entries = [role for role in roles.values() if role.is_entry]
    return {role.id for role in entries} | {step.role for role in entries for step in neighbours(role)}


class Ways:
    """The ways that are open to one person: from today's role, or from the entry roles of the trade."""

    def __init__(self, catalogue: Catalogue, works_as: str | None, totals: Mapping[str, float | None]) -> None:
        self.catalogue = catalogue
        self.works_as = works_as
        self._totals = totals
        entries = [role.id for role in catalogue.roles.values() if role.is_entry]
        self._from_entry = {entry: shortest_ways(catalogue.roles, entry) for entry in entries}
        self._from_today = shortest_ways(catalogue.roles, works_as) if works_as is not None else {}

    def to(self, role: str) -> tuple[str | None, tuple[Step, ...]]:
        """Where the person starts on the way to a role, and the steps from there.

        From today's role, unless entering somewhere new saves more than two moves: changing to another ladder costs
        what one has built up. Otherwise from an entry role; the start is None when no way is known.
        """
        today = self._from_today.get(role)
        start = self._best_entry(role)
        from_entry = self._from_entry[start][role] if start is not None else None
        if today is not None and (from_entry is None or len(today) <= len(from_entry) + WORTH_STAYING):
            return self.works_as, today
        return (None, ()) if from_entry is None else (start, from_entry)

    def _best_entry(self, role: str) -> str | None:
        """The entry role that fits best among those with the shortest ways, or one move more."""
        moves = {entry: len(ways[role]) for entry, ways in self._from_entry.items() if role in ways}
        if not moves or role in self._from_entry:
            return role if moves else None
        near = [entry for entry, count in moves.items() if count <= min(moves.values()) + 1]
        return min(near, key=lambda entry: (-(self._totals[entry] or 0), moves[entry], entry))

    def entry_to(self, role: str) -> str | None:
        """The role by which the person would enter: the first that is new to them on the way."""
        start, steps = self.to(role)
        if start is not None and start != self.works_as:
            return start
        return steps[0].role if steps else None

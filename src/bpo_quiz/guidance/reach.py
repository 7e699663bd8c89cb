"""How far away a role is: now, next, later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.scoring.match import CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.scoring.match import Fit

Reach = Literal["now", "next", "later"]


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

"""How far away a role is: now, next, later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bpo_quiz.guidance.gates import check_gates
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.scoring.match import CLOSE, fit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.scoring.match import Fit

Reach = Literal["now", "next", "later"]

HIGHEST_DOOR = 3
"""Rung up to which experience from elsewhere opens a role. Managers are chosen by a record that no quiz can see."""


def reach_of(role: Role, found: Fit, gates: Sequence[Check], one_step_away: set[str]) -> Reach | None:
    """How far away a role is. It tells, and never reorders.

    now: no known gate is in the way and Readiness is 75 or more; next: one step from today's role, or from outside;
    later: the rest. None where too little is known.
    """
    if found.readiness is None:
        return None
    if all(gate.state != "not met" for gate in gates) and found.readiness >= CLOSE:
        return "now"
    return "next" if role.id in one_step_away else "later"


def doors(catalogue: Catalogue, levels: Mapping[str, float], about: About) -> set[str]:
    """Roles above entry in which somebody from outside can start because of the experience that they have; ids.

    Such a role is an experienced one or a lead's and asks for experience; they have it, no known gate is in the way,
    and Readiness is 75 or more. Who works in the trade starts from today's role.

    Args:
        catalogue: the roles.
        levels: known skill scores, 0-100.
        about: what the person told about themselves.
    """
    if about.works_as is not None:
        return set()
    opened = [role for role in catalogue.roles.values() if _experience_opens(role, check_gates(role, about))]
    return {role.id for role in opened if (fit(role, levels, {}, 0.0).readiness or 0.0) >= CLOSE}


def _experience_opens(role: Role, gates: Sequence[Check]) -> bool:
    has_experience = any(gate.name == "experience" and gate.state == "met" for gate in gates)
    return 1 < role.rung <= HIGHEST_DOOR and has_experience and all(gate.state != "not met" for gate in gates)


def one_step_away(catalogue: Catalogue, works_as: str | None, doors: Collection[str] = ()) -> set[str]:
    """Roles one move from today's role; without one, the roles to enter by and those one move from them.

    Args:
        catalogue: the roles and the moves between them.
        works_as: id of today's role; None from outside the trade.
        doors: ids of roles above entry that the person's experience opens.
    """
    roles = catalogue.roles
    if works_as is not None:
        return {step.role for step in neighbours(roles[works_as])}
    entries = [role for role in roles.values() if role.is_entry or role.id in doors]
    return {role.id for role in entries} | {step.role for role in entries for step in neighbours(role)}

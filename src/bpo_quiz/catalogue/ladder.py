"""Checks the moves between roles as a whole: a ladder must not lead back to where it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.catalogue.model import Role


def find_cycle(roles: Mapping[str, Role]) -> list[str] | None:
    """A chain of `leads_to` that ends where it starts (`[a, b, a]`), or None. Does not recurse."""
    done: set[str] = set()
    for start in roles:
        trail: list[str] = []
        on_trail: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            role, leaving = waiting.pop()
            if leaving:
                trail.pop()
                on_trail.discard(role)
                done.add(role)
            elif role in on_trail:
                return [*trail[trail.index(role) :], role]
            elif role in roles and role not in done:
                trail.append(role)
                on_trail.add(role)
                waiting.append((role, True))
                waiting.extend((edge.role, False) for edge in reversed(roles[role].leads_to))
    return None

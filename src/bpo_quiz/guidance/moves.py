"""Moves between roles: the shortest way from one to another over the ladder (up) and the lattice (across)."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bpo_quiz.catalogue.model import Role


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One move to a role, after so many years (from-to) in the one before."""

    role: str
    years: tuple[float, float]


def neighbours(role: Role) -> tuple[Step, ...]:
    """Every role that one usually moves to from here, up or across."""
    return tuple(Step(edge.role, edge.years) for edge in (*role.leads_to, *role.lateral))


def shortest_ways(roles: Mapping[str, Role], start: str) -> dict[str, tuple[Step, ...]]:
    """The way to every role that can be reached: fewest moves first, then fewest years, then by id.

    Returns:
        role id -> the steps to it; the start itself has none.
    """
    ways: dict[str, tuple[Step, ...]] = {}
    waiting: list[tuple[int, float, str, tuple[Step, ...]]] = [(0, 0.0, start, ())]
    while waiting:
        moves, years, role, way = heapq.heappop(waiting)
        if role in ways:
            continue
        ways[role] = way
        for step in neighbours(roles[role]):
            if step.role not in ways:
                entry = (moves + 1, years + sum(step.years) / 2, step.role, (*way, step))
                heapq.heappush(waiting, entry)
    return ways


def reachable(roles: Mapping[str, Role], starts: Iterable[str]) -> set[str]:
    """Every role that can be reached from any of the starts, the starts included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for step in neighbours(roles[waiting.pop()]):
            if step.role not in found:
                found.add(step.role)
                waiting.append(step.role)
    return found

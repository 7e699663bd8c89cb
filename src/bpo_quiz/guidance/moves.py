"""Moves between roles: the ways from one to another over the ladder (up) and the lattice (across)."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Role

YEARS_A_MOVE = 1.0
"""What a further move costs: finding the job and learning it. Without it, a chain of short hops would look short."""


class Move(NamedTuple):
    """One move to a role, after so many years (from-to) in the one before."""

    role: str
    years: tuple[float, float]


def neighbours(role: Role) -> tuple[Move, ...]:
    """Every role that one usually moves to from here, up or across."""
    return tuple(Move(edge.role, edge.years) for edge in (*role.leads_to, *role.lateral))


def ways_by_length(
    moves: Mapping[str, Sequence[Move]], start: str, goal: str, most_moves: int
) -> Iterator[tuple[Move, ...]]:
    """Every way from a role to another that meets no role twice, shortest first, then by the roles' ids.

    Args:
        moves: role id -> the moves from it.
        start: id of the role to start from.
        goal: id of the role to reach.
        most_moves: ways with more moves are left out.
    """
    moves_left, length_left = _distances_to(moves, goal)
    waiting: list[tuple[float, tuple[Move, ...]]] = [(0.0, ())]
    while waiting:
        _, way = heapq.heappop(waiting)
        here = way[-1].role if way else start
        if here == goal:
            yield way
            continue
        been = {start, *(step.role for step in way)}
        for step in _shortest_each(moves[here]):
            longer = (*way, step)
            if step.role not in been and len(longer) + moves_left.get(step.role, most_moves) <= most_moves:
                heapq.heappush(waiting, (length_of(longer) + length_left[step.role], longer))


def _shortest_each(steps: Iterable[Move]) -> Iterable[Move]:
    """One step to each role; some moves are known both up and across."""
    by_role: dict[str, Move] = {}
    for step in sorted(steps, key=lambda step: (length_of([step]), step.role)):
        by_role.setdefault(step.role, step)
    return by_role.values()


def length_of(way: Iterable[Move]) -> float:
    """How long a way is, in years: for each step the middle of its range, and a year for the move itself."""
    return math.fsum(math.fsum(step.years) / 2 + YEARS_A_MOVE for step in way)  # in any order


def _distances_to(moves: Mapping[str, Sequence[Move]], goal: str) -> tuple[dict[str, int], dict[str, float]]:
    """The fewest moves, and the shortest length, from every role that has a way to the goal."""
    back: dict[str, list[Move]] = {role: [] for role in moves}
    for role, steps in moves.items():
        for step in steps:
            back[step.role].append(Move(role, step.years))
    lengths: dict[str, float] = {}
    waiting = [(0.0, goal)]
    while waiting:
        so_far, role_id = heapq.heappop(waiting)
        if role_id not in lengths:
            lengths[role_id] = so_far
            for step in back[role_id]:
                heapq.heappush(waiting, (so_far + length_of([step]), step.role))
    fewest, found = {goal: 0}, [goal]
    for role_id in found:
        for step in back[role_id]:
            if step.role not in fewest:
                fewest[step.role] = fewest[role_id] + 1
                found.append(step.role)
    return fewest, lengths


def fewest_moves(moves: Mapping[str, Sequence[Move]], start: str, goal: str) -> int | None:
    """How many moves there are between two roles at least; None where no way is known."""
    return _distances_to(moves, goal)[0].get(start)


def reachable(roles: Mapping[str, Role], starts: Iterable[str], *, only_up: bool = False) -> set[str]:
    """Every role that can be reached from any of the starts, the starts included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        role = roles[waiting.pop()]
        new = {edge.role for edge in (role.leads_to if only_up else (*role.leads_to, *role.lateral))} - found
        found |= new
        waiting.extend(new)
    return found

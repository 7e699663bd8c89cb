from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given
from strategies import a_catalogue, a_role, catalogues, often

from bpo_quiz.catalogue.model import Edge
from bpo_quiz.guidance.moves import Move, fewest_moves, length_of, neighbours, reachable, ways_by_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Role


def all_ways(roles: Mapping[str, Role], way: tuple[Move, ...]) -> Iterator[tuple[Move, ...]]:
    """Every way that goes on from here and meets no role twice, found by trying them all."""
    yield way
    been = {step.role for step in way}
    for step in neighbours(roles[way[-1].role]):
        if step.role not in been:
            yield from all_ways(roles, (*way, step))


def test_moves_go_up_and_across() -> None:
    role = a_role("a", leads_to=[Edge("b", (1, 2))], lateral=[Edge("c", (0, 1))])
    assert neighbours(role) == (Move("b", (1, 2)), Move("c", (0, 1)))


def test_what_lies_above_is_reached_by_moves_up_alone() -> None:
    roles = a_catalogue(
        a_role("a", leads_to=["b"], lateral=["d"]), a_role("b", leads_to=["c"]), a_role("c"), a_role("d")
    ).roles
    assert reachable(roles, ["a"], only_up=True) == {"a", "b", "c"}


def test_a_ladder_of_thousands_of_rungs_is_climbed() -> None:
    names = [f"role{n}" for n in range(3000)]
    rungs = (a_role(name, leads_to=[after]) for name, after in itertools.pairwise(names))
    roles = a_catalogue(*rungs, a_role(names[-1])).roles
    assert len(reachable(roles, [names[0]])) == len(names)


@often
@given(catalogues())
def test_ways_come_shortest_first_and_none_is_left_out(catalogue: Catalogue) -> None:
    start, *_, goal = catalogue.roles
    moves = {role.id: neighbours(role) for role in catalogue.roles.values()}
    ways = list(ways_by_length(moves, start, goal, 4))
    assert fewest_moves(moves, start, goal) == min(map(len, ways), default=fewest_moves(moves, start, goal))
    lengths = [length_of(way) for way in ways]
    assert lengths == sorted(lengths)
    assert len(set(ways)) == len(ways)
    every = {tuple(move.role for move in way) for way in all_ways(catalogue.roles, (Move(start, (0, 0)),))}
    assert {(start, *(move.role for move in way)) for way in ways} == {
        way for way in every if way[-1] == goal and len(way) <= 5
    }

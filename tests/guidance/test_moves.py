from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import given
from strategies import a_catalogue, a_role, catalogues, often

from bpo_quiz.catalogue.model import Edge
from bpo_quiz.guidance.moves import Move, length_of, neighbours, reachable, shortest_ways, ways_by_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue, Role


def all_ways(roles: Mapping[str, Role], way: tuple[Move, ...]) -> Iterator[tuple[Move, ...]]:
    """Every way that goes on from here and meets no role twice, found by trying them all."""
    yield way
    been = {step.role for step in way}
    for step in neighbours(roles[way[-1].role]):
        if step.role not in been:
            yield from all_ways(roles, (*way, step))


def length(way: Iterable[Move]) -> tuple[int, float]:
    years = [sum(step.years) / 2 for step in way]
    return len(years), sum(years)


def test_moves_go_up_and_across() -> None:
    role = a_role("a", leads_to=[Edge("b", (1, 2))], lateral=[Edge("c", (0, 1))])
    assert neighbours(role) == (Move("b", (1, 2)), Move("c", (0, 1)))


def test_of_equally_many_moves_the_fewest_years_count_and_then_the_id() -> None:
    roles = a_catalogue(
        a_role("a", leads_to=[Edge("slow", (2, 4)), Edge("quick", (1, 2)), Edge("also_quick", (1, 2))]),
        *(a_role(name, leads_to=["goal"]) for name in ("slow", "quick", "also_quick")),
        a_role("goal"),
    ).roles
    assert [step.role for step in shortest_ways(roles, "a")["goal"]] == ["also_quick", "goal"]


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
def test_the_shortest_way_is_the_shortest_of_all(catalogue: Catalogue) -> None:
    start = next(iter(catalogue.roles))
    best: dict[str, tuple[int, float]] = {}
    for first, *way in all_ways(catalogue.roles, (Move(start, (0, 0)),)):
        goal = (way or [first])[-1].role
        best[goal] = min(best.get(goal, length(way)), length(way))
    ways = shortest_ways(catalogue.roles, start)
    assert {goal: length(way) for goal, way in ways.items()} == best
    assert set(ways) == reachable(catalogue.roles, [start])


@often
@given(catalogues())
def test_ways_come_shortest_first_and_none_is_left_out(catalogue: Catalogue) -> None:
    start, *_, goal = catalogue.roles
    ways = list(ways_by_length(catalogue.roles, start, goal, 4))
    lengths = [length_of(way) for way in ways]
    assert lengths == sorted(lengths)
    assert len(set(ways)) == len(ways)
    every = {tuple(move.role for move in way) for way in all_ways(catalogue.roles, (Move(start, (0, 0)),))}
    assert {(start, *(move.role for move in way)) for way in ways} == {
        way for way in every if way[-1] == goal and len(way) <= 5
    }

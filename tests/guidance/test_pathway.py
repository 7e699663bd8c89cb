from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from guidance.checks import least, moves
from guidance.test_standing import people, stood, totals_of
from hypothesis import given
from strategies import a_catalogue, a_role, answers_by_turns, at_times, often, report_of

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import NO_ROLE, Edge, Gates
from bpo_quiz.guidance.doors import doors
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.guidance.pathway import next_steps, pathways, why_no_way
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.scoring.profile import Profile

SHIPPED = load()
ENTRIES = [role.id for role in SHIPPED.roles.values() if role.is_entry]
MANAGERS = [role.id for role in SHIPPED.roles.values() if role.rung == 4]


def ways_of(catalogue: Catalogue, answers: Mapping[str, int | None], about: About) -> tuple[Ways, Profile]:
    ranked, found = stood(catalogue, answers, about)
    opened, profile = doors(catalogue, ranked, found, totals_of(ranked)), score(catalogue, answers)
    ranks = (fit.role for fit in ranked)
    return Ways(catalogue, about.works_as, found, opened.roles, ranks, profile.levels()), profile


def stops(pathway: Pathway) -> list[str]:
    return [step.role.id for step in pathway.steps]


def ways_to(catalogue: Catalogue, target: str, today: str | None = None, **levels: int | None) -> Sequence[Pathway]:
    answers = {f"{skill}-{n}": value for skill, value in levels.items() for n in (1, 2)}
    return pathways(*ways_of(catalogue, answers, About(current_role=today)), target)


@pytest.mark.parametrize("today", [None, *ENTRIES[::3]])
def test_a_way_leads_from_outside_and_from_entry_roles_to_every_manager(today: str | None) -> None:
    ways, profile = ways_of(SHIPPED, answers_by_turns(SHIPPED), About(current_role=today))
    for manager in MANAGERS:
        found = pathways(ways, profile, manager)
        assert found, f"{today} to {manager}"
        for pathway in found:
            assert stops(pathway)[-1] == manager
            check_way(ways, profile, pathway)


LATTICE = a_catalogue(
    a_role("agent", {"one": (5, 40), "two": (1, 20)}, path="floor", leads_to=[Edge("lead", (2, 4)), Edge("qa", (1, 3))],
           lateral=[Edge("desk", (0, 1))]),
    a_role("desk", {"one": (5, 40), "two": (1, 60)}, path="floor", leads_to=[Edge("boss", (1, 2))]),
    a_role("lead", {"one": (5, 90), "two": (1, 20)}, path="floor", rung=3, leads_to=[Edge("boss", (2, 4))]),
    a_role("qa", {"one": (5, 50), "two": (1, 20)}, path="checks", rung=2, lateral=[Edge("boss", (2, 4))]),
    a_role("boss", {"one": (5, 60), "two": (1, 20)}, path="floor", rung=3),
)  # fmt: skip


def test_no_way_has_a_reason() -> None:
    islands = a_catalogue(a_role("a"), a_role("b", rung=3))
    answers = {"one-1": 3, "one-2": 2, "two-1": 1, "two-2": 1}
    ways, profile = ways_of(islands, answers, About(current_role="a", years=0.0))
    assert pathways(ways, profile, "b") == ()
    assert why_no_way(ways, "b") == "no move leads there"
    assert pathways(ways, profile, "a") == ()
    assert why_no_way(ways, "a") == "today's role"


def test_a_gap_is_what_the_role_asks_beyond_the_score_and_counts_once() -> None:
    (only,) = ways_to(LATTICE, "lead", "agent", one=1, two=1)
    assert [(gap.skill, gap.score, gap.level, gap.gap) for gap in only.steps[0].gaps] == [("one", 25, 90, 65)]
    assert only.gap == pytest.approx(65 * 6 / 8)
    shortest = ways_to(LATTICE, "boss", "agent", one=1, two=1)[0]
    assert [[(gap.skill, gap.score, gap.gap) for gap in step.gaps] for step in shortest.steps] == [
        [("one", 25, 15), ("two", 25, 35)],
        [("one", 40, 20)],
    ]
    assert shortest.gap == pytest.approx((15 * 6 + 35 * 2) / 8 + 20 * 6 / 8)


def test_what_is_not_known_is_no_gap_but_named_where_it_matters_until_a_step_asks_for_it() -> None:
    first, second = ways_to(LATTICE, "boss", "agent", one=None, two=1)[0].steps
    assert [gap.skill for gap in first.gaps] == ["two"]
    assert (first.unknown, second.unknown) == (("one",), ())
    assert [(gap.skill, gap.score) for gap in second.gaps] == [("one", 40)]


@at_times
@given(people())
def test_ways_hold_together(person: tuple[Catalogue, dict[str, int | None], About]) -> None:
    """Steps are known moves, years add up, gaps are above 0, nothing counts twice, today's role is never new."""
    catalogue, answers, about = person
    ways, profile = ways_of(catalogue, answers, about)
    for target in list(catalogue.roles)[:8]:
        found = pathways(ways, profile, target)
        labels = [label for pathway in found for label in pathway.best_at]
        assert len(set(labels)) == len(labels)
        assert len({(pathway.years, *stops(pathway)) for pathway in found}) == len(found)
        for pathway in found:
            assert stops(pathway)[-1] == target
            check_way(ways, profile, pathway)


def begun(ways: Ways) -> dict[str, float]:
    """Every first step that could be made today, and its length."""
    found = {role: 1.0 for role, one in ways.outlooks.items() if one.is_startable}
    for step in moves(ways.catalogue.roles[ways.today]) if ways.today else ():
        found[step.role] = min(found.get(step.role, math.inf), sum(step.years) / 2 + 1)
    return found


@often
@given(people())
def test_shortest_is_the_least_of_all_that_could_be_begun_today(
    person: tuple[Catalogue, dict[str, int | None], About],
) -> None:
    ways, profile = ways_of(*person)
    best = least(ways.catalogue.roles, begun(ways), ways.today)
    for target in list(ways.catalogue.roles)[:5]:
        for pathway in pathways(ways, profile, target):
            if "shortest" in pathway.best_at:
                length = sum((sum(step.years) / 2 if step.years else 0) + 1 for step in pathway.steps)
                assert length == pytest.approx(best[target])


def test_a_step_down_or_a_leap_to_a_managers_rung_is_the_last_resort() -> None:
    catalogue = a_catalogue(
        a_role("floor", leads_to=[Edge("boss", (0, 0))]),
        a_role("lead", rung=3, leads_to=[Edge("boss", (9, 9))]),
        a_role("boss", rung=4, gates=Gates(english="C2")),
    )
    answers: dict[str, int | None] = {"one-1": 3, "one-2": 2, "two-1": 1, "two-2": 1}
    ways, _ = ways_of(catalogue, answers, About(current_role="lead", english="A1"))
    way = ways.to("boss")
    assert way is not None
    assert [step.role for step in way.steps] == ["boss"]
    assert not way.applies


def check_way(ways: Ways, profile: Profile, pathway: Pathway) -> None:
    visited = stops(pathway)
    assert ways.today not in visited
    assert len(set(visited)) == len(visited)
    assert (pathway.start.id if pathway.start else None) == ways.today
    levels, here = profile.levels(), ways.today
    for n, step in enumerate(pathway.steps):
        if step.years is not None:
            assert here is not None
            moves = {(move.role, move.years) for move in neighbours(ways.catalogue.roles[here])}
            assert (step.role.id, step.years) in moves
        else:
            assert n == 0
            assert step.outlook.is_startable or not pathway.best_at
        for gap in step.gaps:
            assert gap.gap > 0
            assert gap.score == levels[gap.skill]
            assert gap.gap == gap.level - levels[gap.skill]
        levels |= {skill: max(asked.level, levels.get(skill, 0)) for skill, asked in step.role.skills.items()}
        here = step.role.id
    spans = [step.years for step in pathway.steps if step.years]
    assert pathway.years == (math.fsum(low for low, _ in spans), math.fsum(high for _, high in spans))


@pytest.mark.parametrize("today", [NO_ROLE, *list(SHIPPED.roles)[::6], "site_director"])
def test_next_come_the_first_step_then_what_is_open_but_never_todays_role(today: str) -> None:
    report = report_of(SHIPPED, answers_by_turns(SHIPPED), current_role=today)
    assert report.advice is not None
    opened = report.advice.doors.roles
    steps = next_steps(report.ways, report.profile, report.advice.role, opened)
    roles = [step.role.id for step in steps]
    assert report.about.works_as not in roles
    assert len(set(roles)) == len(roles) <= 3
    if report.pathways:
        assert roles[0] == stops(report.pathways[0])[0]
    assert set(opened[:2]) <= set(roles)


def test_without_a_ranking_nothing_is_next() -> None:
    report = report_of(SHIPPED, {})
    assert next_steps(report.ways, report.profile, None, ()) == ()

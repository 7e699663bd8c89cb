from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Edge, Gates
from bpo_quiz.guidance.moves import neighbours, reachable
from bpo_quiz.guidance.pathway import in_line_of_sight, next_steps, open_ways, pathways, why_no_way
from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.scoring.profile import Profile

SHIPPED = load()
ENTRIES = [role.id for role in SHIPPED.roles.values() if role.is_entry]
MANAGERS = [role.id for role in SHIPPED.roles.values() if role.rung == 4]


def a_profile(catalogue: Catalogue, **levels: int | None) -> Profile:
    """Scores of 25 points a value; None: no answer."""
    return score(catalogue, {f"{skill}-{n}": value for skill, value in levels.items() for n in (1, 2)})


def stops(pathway: Pathway) -> list[str]:
    return [step.role.id for step in pathway.steps]


def ways_to(catalogue: Catalogue, target: str, today: str | None = None, **levels: int | None) -> Sequence[Pathway]:
    return pathways(catalogue, a_profile(catalogue, **levels), About(current_role=today), target)


# --- every way of the shipped catalogue ---


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_way_leads_from_every_entry_role_to_every_manager_that_can_be_reached(entry: str) -> None:
    profile, about = score(SHIPPED, answers_by_turns(SHIPPED)), About(current_role=entry)
    ways = open_ways(SHIPPED, profile, about)
    can_reach = reachable(SHIPPED.roles, [entry])
    for manager in MANAGERS:
        found = pathways(SHIPPED, profile, about, manager, ways)
        assert found, f"{entry} to {manager}"
        for pathway in found:
            assert len(pathway.steps) <= 6
            assert stops(pathway)[-1] == manager
        if manager in can_reach and ways.start(manager) == entry:
            assert found[0].steps[0].kind in ("up", "across")


def test_from_outside_every_role_has_a_way_that_enters_by_an_entry_role() -> None:
    profile, about = score(SHIPPED, answers_by_turns(SHIPPED)), About()
    ways = open_ways(SHIPPED, profile, about)
    for target in SHIPPED.roles:
        for pathway in pathways(SHIPPED, profile, about, target, ways):
            first, *others = pathway.steps
            assert (first.kind, first.years, first.role.is_entry) == ("enter", None, True)
            assert all(step.kind != "enter" and step.years is not None for step in others)


# --- what makes a way the best ---


LATTICE = a_catalogue(
    a_role("agent", {"one": (5, 40), "two": (1, 20)}, path="floor", leads_to=[Edge("lead", (2, 4)), Edge("qa", (1, 3))],
           lateral=[Edge("desk", (0, 1))]),
    a_role("desk", {"one": (5, 40), "two": (1, 60)}, path="floor", leads_to=[Edge("boss", (1, 2))]),
    a_role("lead", {"one": (5, 90), "two": (1, 20)}, path="floor", rung=3, leads_to=[Edge("boss", (2, 4))]),
    a_role("qa", {"one": (5, 50), "two": (1, 20)}, path="checks", rung=2, lateral=[Edge("boss", (2, 4))]),
    a_role("boss", {"one": (5, 60), "two": (1, 20)}, path="floor", rung=4),
)  # fmt: skip


def test_each_way_that_is_best_at_something_is_listed_once_the_shortest_first() -> None:
    found = ways_to(LATTICE, "boss", "agent", one=1, two=1)
    assert [(stops(one), one.best_at) for one in found] == [
        (["desk", "boss"], ("shortest", "line of sight")),
        (["qa", "boss"], ("smallest gap",)),
    ]
    assert [one.years for one in found] == [(1, 3), (3, 7)]


def test_a_way_that_is_best_at_everything_stands_alone() -> None:
    (only,) = ways_to(LATTICE, "lead", "agent", one=1, two=1)
    assert only.best_at == ("shortest", "smallest gap", "line of sight")


def test_a_chain_of_short_hops_is_not_the_shortest() -> None:
    roles = [
        a_role("a", leads_to=[Edge("goal", (2, 3))], lateral=[Edge("b", (0, 1))]),
        a_role("b", lateral=[Edge("c", (0, 1))]),
        a_role("c", leads_to=[Edge("goal", (0, 1))]),
        a_role("goal", rung=2),
    ]
    assert stops(ways_to(a_catalogue(*roles), "goal", "a", one=2, two=2)[0]) == ["goal"]


@pytest.mark.parametrize(
    ("way", "seen"), [(("lead", "boss"), True), (("desk", "boss"), True), (("qa",), True), (("qa", "boss"), False)]
)
def test_line_of_sight_is_the_same_career_path_or_a_step_up(way: tuple[str, ...], seen: bool) -> None:
    steps = [
        next(step for step in neighbours(LATTICE.roles[here]) if step.role == there)
        for here, there in itertools.pairwise(("agent", *way))
    ]
    assert in_line_of_sight(LATTICE.roles, "agent", steps) is seen


def test_nobody_sees_a_new_ladder_from_the_old_one() -> None:
    apart = a_catalogue(a_role("a"), a_role("b", leads_to=["c"]), a_role("c", rung=2))
    (only,) = ways_to(apart, "c", "a", one=2, two=2)
    assert [(step.role.id, step.kind) for step in only.steps] == [("b", "enter"), ("c", "up")]
    assert only.start == apart.roles["a"]
    assert only.best_at == ("shortest", "smallest gap")


@pytest.mark.parametrize(
    ("today", "goal", "kinds"),
    [
        ("site_director", "operations_manager", ["back"]),  # leads up to it
        ("operations_manager", "team_lead", ["back"]),
        ("site_director", "team_lead", ["back"]),  # of the same career path, on a lower rung
        ("site_director", "customer_service_rep", ["enter"]),  # an entry role
        ("operations_manager", "project_manager", ["across"]),
        ("trainer", "customer_service_rep", ["enter"]),
    ],
)
def test_nobody_enters_anew_to_get_back_to_where_they_come_from(today: str, goal: str, kinds: list[str]) -> None:
    about = About(current_role=today)
    for pathway in pathways(SHIPPED, score(SHIPPED, answers_by_turns(SHIPPED)), about, goal):
        assert [step.kind for step in pathway.steps] == kinds
        assert pathway.start == SHIPPED.roles[today]


def test_no_way_has_a_reason() -> None:
    islands = a_catalogue(a_role("a"), a_role("b", rung=2))
    assert ways_to(islands, "b", "a") == ()
    assert why_no_way(About(current_role="a"), "b") == "no move leads there"
    assert ways_to(islands, "a", "a") == ()
    assert why_no_way(About(current_role="a"), "a") == "today's role"


def test_a_ladder_of_more_than_six_rungs_is_still_climbed() -> None:
    names = [f"role{n}" for n in range(10)]
    rungs = (a_role(name, rung=2, leads_to=[after]) for name, after in itertools.pairwise(names))
    catalogue = a_catalogue(*rungs, a_role(names[-1], rung=2))
    assert stops(ways_to(catalogue, names[-1], names[0], one=2, two=2)[0]) == names[1:]


# --- gaps ---


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


def test_what_is_not_known_is_no_gap_but_named_where_it_matters() -> None:
    (only,) = ways_to(LATTICE, "lead", "agent", one=None, two=0)
    assert [gap.skill for gap in only.steps[0].gaps] == ["two"]
    assert only.steps[0].unknown == ("one",)


def test_what_an_earlier_step_asks_for_is_known_later() -> None:
    first, second = ways_to(LATTICE, "boss", "agent", one=None, two=1)[0].steps
    assert (first.unknown, second.unknown) == (("one",), ())
    assert [(gap.skill, gap.score) for gap in second.gaps] == [("one", 40)]


@at_times
@given(cases(), st.data())
def test_ways_hold_together(case: tuple[Catalogue, Responses], data: st.DataObject) -> None:
    """Steps are known moves, years add up, gaps are above 0, nothing counts twice, today's role is never new."""
    catalogue, responses = case
    about = data.draw(abouts(catalogue))
    profile = score(catalogue, responses)
    ways = open_ways(catalogue, profile, about)
    for target in catalogue.roles:
        found = pathways(catalogue, profile, about, target, ways)
        labels = [label for pathway in found for label in pathway.best_at]
        assert len(set(labels)) == len(labels)
        assert len({tuple(stops(pathway)) for pathway in found}) == len(found)
        for pathway in found:
            check_way(catalogue, profile, about, pathway)
            assert ways.entry_to(target) == stops(found[0])[0]
        if found:
            assert {"shortest", "smallest gap"} <= set(labels)
            assert min(one.gap for one in found) == next(one.gap for one in found if "smallest gap" in one.best_at)


def check_way(catalogue: Catalogue, profile: Profile, about: About, pathway: Pathway) -> None:
    visited = stops(pathway)
    assert about.works_as not in visited
    assert len(set(visited)) == len(visited)
    assert (pathway.start.id if pathway.start else None) == about.works_as
    levels, here = profile.levels(), about.works_as
    for step in pathway.steps:
        if step.kind in ("up", "across"):
            assert here is not None
            assert (step.role.id, step.years) in {(move.role, move.years) for move in neighbours(catalogue.roles[here])}
        for gap in step.gaps:
            assert gap.gap > 0
            assert gap.score == levels[gap.skill]
            assert gap.gap == gap.level - levels[gap.skill]
        levels |= {skill: max(asked.level, levels.get(skill, 0)) for skill, asked in step.role.skills.items()}
        here = step.role.id
    spans = [step.years for step in pathway.steps if step.years]
    assert pathway.years == (math.fsum(low for low, _ in spans), math.fsum(high for _, high in spans))


# --- where to start, what next ---


def test_an_entry_role_that_is_closed_is_taken_only_where_there_is_no_other() -> None:
    doors = a_catalogue(
        a_role("a", gates=Gates(education="bachelor"), leads_to=["goal"]), a_role("b", leads_to=["goal"]),
        a_role("goal", rung=2, leads_to=["top"]), a_role("top", rung=3),
    )  # fmt: skip
    profile = a_profile(doors, one=3, two=1)
    assert open_ways(doors, profile, About(education="master")).start("goal") == "a"
    assert open_ways(doors, profile, About()).start("goal") == "a"
    assert open_ways(doors, profile, About(education="basic")).start("goal") == "b"


def test_a_further_move_is_only_worth_a_clearly_better_fit() -> None:
    catalogue = a_catalogue(a_role("near", leads_to=["goal"]), a_role("far", leads_to=["near"]), a_role("goal", rung=2))
    for total, start in ((56.0, "near"), (58.0, "far")):
        ways = open_ways(catalogue, a_profile(catalogue), About())
        ways.totals = {"near": 50.0, "far": total, "goal": None}
        assert ways.start("goal") == start


def next_roles(report: Any, today: str | None) -> list[str]:
    goal = report.headline.role.id if report.headline else None
    found = next_steps(report.catalogue, report.profile, About(current_role=today), goal)
    return [step.role.id for step in found]


@pytest.mark.parametrize("today", [None, *list(SHIPPED.roles)[::4], "site_director"])
def test_next_come_the_step_to_the_headline_role_and_alternatives_but_never_todays_role(
    today: str | None,
) -> None:
    report = report_of(SHIPPED, answers_by_turns(SHIPPED), current_role=today)
    roles = next_roles(report, today)
    assert roles[0] == stops(report.pathways[0])[0]
    assert today not in roles
    assert len(set(roles)) == len(roles) <= 3
    moves = {step.role for step in neighbours(SHIPPED.roles[today])} if today else set(ENTRIES)
    assert all(step.kind != "back" for step in report.pathways[0].steps[1:])
    assert set(roles[1:]) <= moves


def test_alternatives_with_a_gate_in_the_way_come_last() -> None:
    report = report_of(SHIPPED, answers_by_turns(SHIPPED), education="secondary", english="B1")
    ways = open_ways(SHIPPED, report.profile, report.about)
    steps = next_steps(SHIPPED, report.profile, report.about, "team_lead", ways, count=20)
    closed = [any(check.state == "not met" for check in step.gates) for step in steps[1:]]
    assert closed == sorted(closed)
    assert not all(closed)


def test_without_a_ranking_nothing_is_next() -> None:
    assert next_roles(report_of(SHIPPED, {}), None) == []


@at_times
@given(cases(), st.data())
def test_the_result_and_the_ways_say_the_same(case: tuple[Catalogue, Responses], data: st.DataObject) -> None:
    catalogue, responses = case
    about = data.draw(abouts(catalogue))
    report = report_of(catalogue, responses, current_role=about.current_role)
    shown = [step.role for step in report.way.steps]
    if report.way.start is not None and report.way.start.id != about.works_as:
        shown = [report.way.start.id, *shown]
    assert shown == (stops(report.pathways[0]) if report.pathways else [])

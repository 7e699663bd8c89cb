from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Edge
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.guidance.pathway import next_steps, open_ways, pathways, why_no_way
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


@pytest.mark.parametrize("today", [None, *ENTRIES])
def test_a_way_leads_from_outside_and_from_every_entry_role_to_every_manager(today: str | None) -> None:
    profile, about = score(SHIPPED, answers_by_turns(SHIPPED)), About(current_role=today)
    ways = open_ways(SHIPPED, profile, about)
    for manager in MANAGERS:
        found = pathways(SHIPPED, profile, about, manager, ways)
        assert found, f"{today} to {manager}"
        for pathway in found:
            assert len(pathway.steps) <= 6
            assert stops(pathway)[-1] == manager
            assert all(step.kind != "enter" or step.role.is_entry for step in pathway.steps)
            check_way(SHIPPED, profile, about, pathway)


LATTICE = a_catalogue(
    a_role("agent", {"one": (5, 40), "two": (1, 20)}, path="floor", leads_to=[Edge("lead", (2, 4)), Edge("qa", (1, 3))],
           lateral=[Edge("desk", (0, 1))]),
    a_role("desk", {"one": (5, 40), "two": (1, 60)}, path="floor", leads_to=[Edge("boss", (1, 2))]),
    a_role("lead", {"one": (5, 90), "two": (1, 20)}, path="floor", rung=3, leads_to=[Edge("boss", (2, 4))]),
    a_role("qa", {"one": (5, 50), "two": (1, 20)}, path="checks", rung=2, lateral=[Edge("boss", (2, 4))]),
    a_role("boss", {"one": (5, 60), "two": (1, 20)}, path="floor", rung=4),
)  # fmt: skip


def test_no_way_has_a_reason() -> None:
    islands = a_catalogue(a_role("a"), a_role("b", rung=2))
    assert ways_to(islands, "b", "a") == ()
    assert why_no_way(About(current_role="a"), "b") == "no move leads there"
    assert ways_to(islands, "a", "a") == ()
    assert why_no_way(About(current_role="a"), "a") == "today's role"


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


@pytest.mark.parametrize("today", [None, *list(SHIPPED.roles)[::4], "site_director"])
def test_next_come_the_step_to_the_headline_role_and_alternatives_but_never_todays_role(today: str | None) -> None:
    report = report_of(SHIPPED, answers_by_turns(SHIPPED), current_role=today)
    assert report.headline is not None
    steps = next_steps(SHIPPED, report.profile, report.about, report.headline.role.id)
    first, *others = [step.role.id for step in steps]
    assert first == stops(report.pathways[0])[0]
    assert len({today, first, *others}) == len(steps) + 1 <= 4
    assert set(others) <= ({move.role for move in neighbours(SHIPPED.roles[today])} if today else set(ENTRIES))


def test_without_a_ranking_nothing_is_next() -> None:
    assert next_steps(SHIPPED, report_of(SHIPPED, {}).profile, About(), None) == ()


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

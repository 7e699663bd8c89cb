from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, catalogues, often

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.gates import Check, State
from bpo_quiz.guidance.moves import neighbours
from bpo_quiz.guidance.reach import doors, one_step_away, reach_of
from bpo_quiz.guidance.ways import Ways
from bpo_quiz.scoring.match import Fit

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

LADDER = a_catalogue(
    a_role("agent", leads_to=["lead"], lateral=["clerk"]),
    a_role("clerk", leads_to=["accountant"]),
    a_role("lead", rung=3, leads_to=["manager"]),
    a_role("manager", rung=4),
    a_role("accountant", rung=2),
    a_role("island", rung=2),
)


NO_TOTALS = dict.fromkeys(LADDER.roles)


def a_fit(readiness: float | None) -> Fit:
    return Fit("lead", 80, (), 0, readiness, (), None, 80, 1)


def a_gate(state: State) -> Check:
    return Check("english", "B2", None, state)


@pytest.mark.parametrize(
    ("readiness", "state", "near", "reach"),
    [
        (75, "met", set(), "now"),
        (75, "unknown", set(), "now"),
        (100, "not met", {"lead"}, "next"),
        (100, "not met", set(), "later"),
        (74.9, "met", {"lead"}, "next"),
        (74.9, "met", {"clerk"}, "later"),
        (None, "met", {"lead"}, None),
    ],
)
def test_reach_is_now_next_later_or_not_known(
    readiness: float | None, state: State, near: set[str], reach: str | None
) -> None:
    assert reach_of(LADDER.roles["lead"], a_fit(readiness), [a_gate("met"), a_gate(state)], near) == reach


def test_one_step_away_is_counted_from_todays_role() -> None:
    assert one_step_away(LADDER, "agent") == {"lead", "clerk"}
    assert one_step_away(LADDER, "manager") == set()


def test_from_outside_the_entry_roles_and_one_step_from_them_are_near() -> None:
    assert one_step_away(LADDER, None) == {"agent", "clerk", "lead", "accountant"}


def test_a_role_that_experience_opens_brings_the_roles_beyond_it_near() -> None:
    assert one_step_away(LADDER, None, {"lead"}) >= {"lead", "manager"}
    assert "manager" not in one_step_away(LADDER, None)


@pytest.mark.parametrize(
    ("rung", "level", "years", "english", "opens"),
    [
        (2, 75, 2, "B2", True),
        (3, 75, 9, None, True),
        (4, 100, 2, "B2", False),
        (1, 100, 2, "B2", False),
        (3, 70, 2, "B2", False),
        (3, None, 2, "B2", False),
        (3, 100, None, "B2", False),
        (3, 100, 1, "B2", False),
        (3, 100, 2, "B1", False),
    ],
)
def test_experience_opens_roles_up_to_a_lead_and_only_where_nothing_is_in_the_way(
    rung: int, level: float | None, years: float | None, english: str | None, opens: bool
) -> None:
    levels = {} if level is None else {"one": level}
    about = About(years=years, english=english)
    asking = a_role("any", {"one": (5, 100)}, rung=rung, gates=Gates(english="B2", experience=2))
    assert doors(a_catalogue(asking, a_role("b")), levels, about) == ({"any"} if opens else set())
    asking_nothing = asking._replace(gates=Gates(english="B2"))
    assert doors(a_catalogue(asking_nothing, a_role("b")), levels, about) == set(), "experience is what opens it"


def test_experience_opens_nothing_to_who_works_in_the_trade() -> None:
    asking = a_role("any", {"one": (5, 100)}, rung=2, gates=Gates(experience=2))
    catalogue = a_catalogue(asking, a_role("b"))
    assert doors(catalogue, {"one": 100.0}, About(years=9)) == {"any"}
    assert doors(catalogue, {"one": 100.0}, About(years=9, current_role="b")) == set()


@pytest.mark.parametrize(
    ("today", "goal", "start", "steps", "entry"),
    [
        (None, "manager", "agent", ["lead", "manager"], "agent"),  # from outside by an entry role
        (None, "clerk", "clerk", [], "clerk"),  # an entry role is entered directly
        (None, "island", None, [], None),
        ("lead", "manager", "lead", ["manager"], "manager"),  # who works in the trade starts at today's role,
        ("lead", "lead", "lead", [], None),  # which is never one to enter by
        ("manager", "accountant", "clerk", ["accountant"], "clerk"),  # it leads nowhere, so an entry role is the way
        ("agent", "island", None, [], None),
    ],
)
def test_a_way_starts_where_the_person_is_or_enters(
    today: str | None, goal: str, start: str | None, steps: list[str], entry: str | None
) -> None:
    ways = Ways(LADDER, today, NO_TOTALS)
    found = ways.to(goal)
    assert (found[0], [step.role for step in found[1]], ways.entry_to(goal)) == (start, steps, entry)


def test_from_outside_one_enters_where_experience_opens_a_role() -> None:
    ways = Ways(LADDER, None, NO_TOTALS, doors={"lead"})
    assert ways.to("lead") == ("lead", ())
    assert ways.to("manager")[0] == "lead"


def test_of_several_entry_roles_the_one_that_fits_best_is_taken() -> None:
    catalogue = a_catalogue(a_role("a", leads_to=["goal"]), a_role("b", leads_to=["goal"]), a_role("goal", rung=2))
    assert Ways(catalogue, None, {"a": 50.0, "b": 60.0}).to("goal")[0] == "b"
    assert Ways(catalogue, None, {"a": 60.0, "b": 60.0}).to("goal")[0] == "a"
    assert Ways(catalogue, None, {"a": None, "b": None}).to("goal")[0] == "a"
    assert Ways(LADDER, None, {**NO_TOTALS, "agent": 99.0}).to("clerk") == ("clerk", ()), "it is an entry role itself"


@often
@given(catalogues(), st.data())
def test_every_way_starts_where_the_person_can_and_goes_by_known_moves(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    roles = catalogue.roles
    today = data.draw(st.none() | st.sampled_from(sorted(roles)))
    ways = Ways(catalogue, today, dict.fromkeys(roles, 50.0))
    for goal in roles:
        start, steps = ways.to(goal)
        if start is None:
            assert (steps, ways.entry_to(goal)) == ((), None)
            continue
        assert start == today or roles[start].is_entry
        stops = [start, *(step.role for step in steps)]
        assert stops[-1] == goal
        known = all(b in {step.role for step in neighbours(roles[a])} for a, b in itertools.pairwise(stops))
        assert known or (stops == [today, goal] and ways.is_back(goal))
        assert len(set(stops)) == len(stops)
        assert ways.entry_to(goal) != today

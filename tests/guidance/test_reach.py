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


@pytest.mark.parametrize(
    ("today", "doors", "near"),
    [
        ("agent", set(), {"lead", "clerk"}),
        ("manager", set(), set()),
        (None, set(), {"agent", "clerk", "lead", "accountant"}),
        (None, {"lead"}, {"agent", "clerk", "lead", "accountant", "manager"}),
    ],
)
def test_near_is_one_step_from_today_or_from_outside_the_roles_to_enter_by_and_one_step_from_them(
    today: str | None, doors: set[str], near: set[str]
) -> None:
    assert one_step_away(LADDER, today, doors) == near


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
    inside = about._replace(current_role="b")
    assert doors(a_catalogue(asking, a_role("b")), levels, inside) == set(), "who works in the trade starts there"
    asking_nothing = asking._replace(gates=Gates(english="B2"))
    assert doors(a_catalogue(asking_nothing, a_role("b")), levels, about) == set(), "experience is what opens it"


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

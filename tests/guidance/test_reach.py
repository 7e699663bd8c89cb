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
    ("level", "about", "opens"),
    [
        (75, About(years=2), True),
        (None, About(years=2), False),
        (100, About(), False),
        (100, About(years=1), False),
        (100, About(years=2, english="B1"), False),
        (100, About(years=2, current_role="b"), False),
    ],
)
def test_from_outside_experience_opens_a_role_where_nothing_is_in_the_way(
    level: float | None, about: About, opens: bool
) -> None:
    asking = a_role("any", {"one": (5, 100)}, rung=2, gates=Gates(english="B2", experience=2))
    levels = {} if level is None else {"one": level}
    assert doors(a_catalogue(asking, a_role("b")), levels, about) == ({"any"} if opens else set())


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

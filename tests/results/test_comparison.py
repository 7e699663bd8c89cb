from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    a_catalogue,
    a_role,
    a_skill,
    an_item,
    catalogues,
    report_of,
    responses,
)

from bpo_quiz.document import Table
from bpo_quiz.pages import desk
from bpo_quiz.results.clients import Comparison, SessionLine, change_of, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

seldom = settings(max_examples=10, deadline=None)
"""Each try builds two reports."""


class Pair:
    """Two results of one person, with a short name for hypothesis to print."""

    def __init__(self, catalogue: Catalogue, then: Responses, now: Responses) -> None:
        self.then, self.now = report_of(catalogue, then), report_of(catalogue, now)


@st.composite
def two_sheets(draw: st.DrawFn) -> Pair:
    catalogue = draw(catalogues())
    return Pair(catalogue, draw(responses(catalogue)), draw(responses(catalogue)))


def line(report: Report, code: str = "ABC-DEF") -> SessionLine:
    return SessionLine(code, "2026-11-22T16:58:03+00:00", None, None, report)


def compared(then: Report, now: Report) -> Comparison:
    return compare("Ana", line(then), line(now, "K7M-P3D"))


def small(*roles: str, skills: Iterable[str] = ("one", "two")) -> Catalogue:
    asked = {skill: (3.0, 20.0 + 30 * n) for n, skill in enumerate(skills)}
    turned = {skill: (3.0, 80.0 - 30 * n) for n, skill in enumerate(skills)}
    return a_catalogue(*(a_role(role, (asked, turned)[n % 2]) for n, role in enumerate(roles)))


def sheet(**values: tuple[int | None, int | None]) -> Responses:
    return {f"{skill}-{n}": value for skill, pair in values.items() for n, value in enumerate(pair, 1)}


@pytest.mark.parametrize(
    ("difference", "change"),
    [(0, "about the same"), (10, "about the same"), (-10, "about the same"), (10.1, "up"), (-10.1, "down"),
     (19.6, "up"), (19.7, "clearly up"), (-19.7, "clearly down")],
)  # fmt: skip
def test_a_change_is_what_lies_beyond_its_error(difference: float, change: str) -> None:
    assert change_of(difference, 10) == change


@seldom
@given(two_sheets())
def test_the_error_of_a_difference_is_made_of_both(pair: Pair) -> None:
    then, now = pair.then, pair.now
    before, after = ({one.skill: one for one in report.profile.skills} for report in (then, now))
    for one in compared(then, now).skills:
        first, second = before[one.skill], after[one.skill]
        if one.difference is None or one.error is None:
            assert one.change == "not known"
            assert first.score is None or second.score is None
            continue
        assert first.se is not None
        assert second.se is not None
        error = math.sqrt(first.se**2 + second.se**2)
        assert one.error == pytest.approx(error, abs=1e-9)
        assert one.difference == (second.score or 0) - (first.score or 0)
        assert (one.change == "about the same") == (abs(one.difference) <= one.error)
        assert one.change.endswith("up") == (one.difference > one.error)
        assert one.change.endswith("down") == (-one.difference > one.error)


@seldom
@given(two_sheets())
def test_turned_round_every_change_is_the_opposite(pair: Pair) -> None:
    there, back = compared(pair.then, pair.now), compared(pair.now, pair.then)
    opposite = {one.skill: one.difference for one in back.skills}
    assert all(one.difference == (0 - (opposite[one.skill] or 0)) for one in there.skills if one.difference is not None)
    assert {one.id: (one.then, one.now) for one in there.roles} == {one.id: (one.now, one.then) for one in back.roles}


@seldom
@given(two_sheets())
def test_every_skill_role_and_path_is_compared_once(pair: Pair) -> None:
    then, now = pair.then, pair.now
    found = compared(then, now)
    assert sorted(one.skill for one in found.skills) == sorted(now.catalogue.skills)
    assert [one.id for one in found.roles] == [one.role.id for one in now.roles]
    assert [one.id for one in found.paths] == [row.path for row in now.paths]
    assert found.same_catalogue


@seldom
@given(two_sheets())
def test_s02_any_two_sheets_have_a_page_whose_numbers_add_up_and_where_silence_ranks_nothing(pair: Pair) -> None:
    found = compared(pair.then, pair.now)
    page = desk.comparison(found)
    tables = {section.id: block for section in page.sections for block in section.blocks if isinstance(block, Table)}
    can_rank = pair.then.silence is None and pair.now.silence is None
    assert {"paths", "roles"}.isdisjoint(tables) != can_rank
    assert len(tables["skills"].rows if found.moved else ()) == len(found.moved)
    for row in tables["skills"].rows if found.moved else ():
        then, now, change = (int(str(cell)) for cell in row.cells[1:4])
        assert then + change == now


def test_the_largest_change_comes_first_and_the_unknown_last() -> None:
    catalogue = small("a", "b", skills=("one", "two", "three"))
    then = report_of(catalogue, sheet(one=(None, None), two=(0, 0), three=(1, 1)))
    now = report_of(catalogue, sheet(one=(4, 4), two=(2, 2), three=(4, 4)))
    assert [one.skill for one in compared(then, now).skills] == ["three", "two", "one"]


def test_half_a_skill_has_a_larger_error() -> None:
    catalogue = small("a", "b")
    full = report_of(catalogue, sheet(one=(0, 0), two=(1, 1)))
    both = compared(full, report_of(catalogue, sheet(one=(1, 1), two=(1, 1)))).skills[0]
    half = compared(full, report_of(catalogue, sheet(one=(1, None), two=(1, 1)))).skills[0]
    assert (both.skill, both.difference, both.change) == ("one", 25, "up")
    assert (half.skill, half.difference) == ("one", 25)
    assert half.error is not None
    assert both.error is not None
    assert half.error > both.error


def test_the_ranking_says_who_rose() -> None:
    catalogue = small("a", "b")
    then, now = (
        report_of(catalogue, answers) for answers in (sheet(one=(4, 4), two=(0, 0)), sheet(one=(0, 0), two=(4, 4)))
    )
    first, second = compared(then, now).roles
    assert (first.id, first.then.rank, first.now.rank) == ("a", 2, 1)
    assert (second.id, second.then.rank, second.now.rank) == ("b", 1, 2)
    assert (first.now.p_first or 0) > (first.then.p_first or 0)


def test_p12_only_what_both_catalogues_have_is_compared() -> None:
    old, new = (
        small("a", "gone", "b", skills=("one", "two", "lost")),
        small("a", "b", "fresh", skills=("one", "two", "won")),
    )
    new = new._replace(sha256="1" * 64)
    then = report_of(old, sheet(one=(4, 4), two=(0, 0), lost=(3, 1)))
    now = report_of(new, sheet(one=(0, 0), two=(4, 4), won=(1, 3)))
    found = compared(then, now)
    assert not found.same_catalogue
    assert {one.skill for one in found.skills} == {"one", "two"}
    assert {one.id for one in found.roles} == {"a", "b"}
    assert (found.only_then.skills, found.only_then.roles) == (("lost",), ("gone",))
    assert (found.only_now.skills, found.only_now.roles) == (("won",), ("fresh",))


def test_p12_a_skill_with_other_questions_is_marked() -> None:
    old = small("a", "b")
    other = [a_skill("one")._replace(items=(an_item("one", 1), an_item("one", 2, turned=True))), a_skill("two")]
    new = a_catalogue(*old.roles.values(), skills=other)._replace(sha256="1" * 64)
    then, now = report_of(old, sheet(one=(0, 0), two=(2, 2))), report_of(new, sheet(one=(4, 0), two=(2, 2)))
    assert {one.skill: one.same_items for one in compared(then, now).skills} == {"one": False, "two": True}

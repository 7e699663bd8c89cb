from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console  # noqa: TID253 - what is tested is Rich output
from strategies import (
    FOREIGN,
    a_catalogue,
    a_role,
    a_skill,
    an_item,
    answers_by_turns,
    catalogues,
    report_of,
    responses,
)

from bpo_quiz.records.clients import comparison_record
from bpo_quiz.records.text import json_text
from bpo_quiz.report.desk import client_tables, compare_tables
from bpo_quiz.report.desk.clients import ClientCard, ClientLine, NoteLine, SessionLine
from bpo_quiz.report.desk.compare import change_of, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

seldom = settings(max_examples=10, deadline=None)
"""Each try builds two reports."""

MOMENT = "2026-11-22T16:58:03+00:00"


class Pair:
    """Two results of one person, with a short name for hypothesis to print."""

    def __init__(self, catalogue: Catalogue, then: Responses, now: Responses) -> None:
        self.then, self.now = report_of(catalogue, then), report_of(catalogue, now)


@st.composite
def two_sheets(draw: st.DrawFn) -> Pair:
    catalogue = draw(catalogues())
    return Pair(catalogue, draw(responses(catalogue)), draw(responses(catalogue)))


def drawn(parts: Iterable[RenderableType], width: int = 80) -> str:
    page = io.StringIO()
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in parts:
        console.print(part)
    return page.getvalue()


def line(report: Report, code: str = "ABC-DEF") -> SessionLine:
    return SessionLine(code, MOMENT, MOMENT, None, report)


def page_of(then: Report, now: Report, *notes: NoteLine, alias: str = "Ana", width: int = 80) -> str:
    changes = compare(then, now)
    return drawn(compare_tables.comparison(alias, line(then), line(now), changes, notes), width)


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
    for one in compare(then, now).skills:
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
    there, back = compare(pair.then, pair.now), compare(pair.now, pair.then)
    opposite = {one.skill: one.difference for one in back.skills}
    assert all(one.difference == (0 - (opposite[one.skill] or 0)) for one in there.skills if one.difference is not None)
    ranks = {one.id: (one.rank_now, one.rank_then, one.p_first_now, one.p_first_then) for one in back.roles}
    assert {one.id: (one.rank_then, one.rank_now, one.p_first_then, one.p_first_now) for one in there.roles} == ranks


@seldom
@given(two_sheets())
def test_every_skill_role_and_path_is_compared_once(pair: Pair) -> None:
    then, now = pair.then, pair.now
    found = compare(then, now)
    assert sorted(one.skill for one in found.skills) == sorted(now.catalogue.skills)
    assert [one.id for one in found.roles] == [one.role.id for one in now.roles]
    assert [one.id for one in found.paths] == [row.path for row in now.paths]
    assert found.same_catalogue


@seldom
@given(two_sheets())
def test_s02_any_two_sheets_can_be_drawn_and_written(pair: Pair) -> None:
    then, now = pair.then, pair.now
    page = page_of(then, now)
    assert ("Best role then" in page) == (then.silence is None and now.silence is None)
    written = comparison_record("Ana", line(then), line(now), compare(then, now), ())
    assert json.loads(json_text(written))["format"] == "bpo-quiz/comparison@1"


def test_the_largest_change_comes_first_and_the_unknown_last() -> None:
    catalogue = small("a", "b", skills=("one", "two", "three"))
    then = report_of(catalogue, sheet(one=(None, None), two=(0, 0), three=(1, 1)))
    now = report_of(catalogue, sheet(one=(4, 4), two=(2, 2), three=(4, 4)))
    assert [one.skill for one in compare(then, now).skills] == ["three", "two", "one"]


def test_half_a_skill_has_a_larger_error() -> None:
    catalogue = small("a", "b")
    full = report_of(catalogue, sheet(one=(0, 0), two=(1, 1)))
    both = compare(full, report_of(catalogue, sheet(one=(1, 1), two=(1, 1)))).skills[0]
    half = compare(full, report_of(catalogue, sheet(one=(1, None), two=(1, 1)))).skills[0]
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
    first, second = compare(then, now).roles
    assert (first.id, first.rank_then, first.rank_now) == ("a", 2, 1)
    assert (second.id, second.rank_then, second.rank_now) == ("b", 1, 2)
    assert (first.p_first_now or 0) > (first.p_first_then or 0)
    page = page_of(then, now, width=120)
    assert "up 1" in page
    assert "down 1" in page


def test_p12_only_what_both_catalogues_have_is_compared() -> None:
    old, new = (
        small("a", "gone", "b", skills=("one", "two", "lost")),
        small("a", "b", "fresh", skills=("one", "two", "won")),
    )
    new = new._replace(sha256="1" * 64)
    then = report_of(old, sheet(one=(4, 4), two=(0, 0), lost=(3, 1)))
    now = report_of(new, sheet(one=(0, 0), two=(4, 4), won=(1, 3)))
    found = compare(then, now)
    assert not found.same_catalogue
    assert {one.skill for one in found.skills} == {"one", "two"}
    assert {one.id for one in found.roles} == {"a", "b"}
    assert (found.only_then.skills, found.only_then.roles) == (("lost",), ("gone",))
    assert (found.only_now.skills, found.only_now.roles) == (("won",), ("fresh",))
    page = " ".join(page_of(then, now).split())
    assert "Only then: Lost, Gone." in page
    assert "Only now: Won, Fresh." in page


def test_p12_a_skill_with_other_questions_is_marked() -> None:
    old = small("a", "b")
    other = [a_skill("one")._replace(items=(an_item("one", 1), an_item("one", 2, turned=True))), a_skill("two")]
    new = a_catalogue(*old.roles.values(), skills=other)._replace(sha256="1" * 64)
    then, now = report_of(old, sheet(one=(0, 0), two=(2, 2))), report_of(new, sheet(one=(4, 0), two=(2, 2)))
    assert {one.skill: one.same_items for one in compare(then, now).skills} == {"one": False, "two": True}
    assert "One *" in page_of(then, now)
    assert "the questions about this skill are not the same" in " ".join(page_of(then, now).split())


def test_another_form_a_flag_and_a_silent_sheet_are_said(catalogue: Catalogue) -> None:
    full = report_of(catalogue, answers_by_turns(catalogue))
    alike = report_of(catalogue, {item.id: 3 for item in catalogue.items()})
    page = " ".join(page_of(full, alike).split())
    assert "nearly all the same" in page
    assert "one of the sessions does not show which roles fit" in page
    assert "Then Now" in page
    assert "the quick form asks less" in page_of(full, full._replace(form="quick"), width=200)


def test_a_comparison_fits_80_columns(catalogue: Catalogue) -> None:
    then, now = (report_of(catalogue, answers_by_turns(catalogue, start)) for start in (0, 2))
    page = page_of(then, now, NoteLine(MOMENT, None, "word " * 200))
    assert max(map(len, page.splitlines())) <= 80


def test_u01_u02_foreign_text_steers_nothing() -> None:
    skills = [a_skill(name)._replace(name=f"{name} {FOREIGN}") for name in ("one", "two")]
    roles = [a_role("a", name=FOREIGN), a_role("b", {"one": (1, 25), "two": (5, 75)})]
    bare = a_catalogue(*roles, skills=skills)
    named = bare._replace(paths={key: path._replace(name=FOREIGN) for key, path in bare.paths.items()})
    then, now = (
        report_of(named, answers) for answers in (sheet(one=(4, 4), two=(0, 0)), sheet(one=(0, 0), two=(4, 4)))
    )
    note = NoteLine(MOMENT, "ABC-DEF", f"{FOREIGN}\n{FOREIGN}")
    card = ClientCard(FOREIGN, MOMENT, FOREIGN, MOMENT, (line(now),), (note,))
    pages = [
        page_of(then, now, note, alias=FOREIGN, width=160),
        drawn(client_tables.card(card), 160),
        drawn(client_tables.listing([ClientLine(FOREIGN, MOMENT, 1, None)], more=True), 160),
    ]
    for page in pages:
        assert not set(page) & set("\x1b\x9b\u202e")
        assert "[bold]x[/] \\x1b[31m\\u202e \\x9b {0}" in page

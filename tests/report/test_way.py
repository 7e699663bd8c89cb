from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report.test_tables import drawn
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from strategies import FOREIGN, a_catalogue, a_role, a_skill, abouts, answers_by_turns, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Certificate, Edge, Gates, Kpi, Preview
from bpo_quiz.guidance.gates import Check
from bpo_quiz.records.result import result_record
from bpo_quiz.records.text import json_text
from bpo_quiz.records.ways import path_record
from bpo_quiz.report import plain, tables, words
from bpo_quiz.report.way import step_words, way_plain, way_tables, way_words
from bpo_quiz.results.result import build
from bpo_quiz.results.route import Route, route

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

SHIPPED = load()


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(
        SHIPPED, answers_by_turns(SHIPPED), english="B2", education="secondary", years=1, current_role="senior_rep"
    )


def to(report: Report, goal: str | None) -> Route:
    return route(report, SHIPPED.roles[goal] if goal else None)


def squeezed(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.parametrize("goal", ["operations_manager", "trainer", "legal_associate"])
def test_a_way_shows_everything_about_every_step(report: Report, goal: str) -> None:
    found = to(report, goal)
    whole = squeezed(drawn(way_tables.page(found), 200))
    listened = squeezed("\n".join(way_plain.page(found)))
    for step in found.pathways[0].steps:
        for page in (whole, listened):
            assert step.role.name in page
            assert step.role.this_month in page
            assert all(step_words.kpi_line(kpi) in page for kpi in step.role.kpis)
            assert all(one.name in page and one.note in page for one in step.role.certificates)
            assert all(f": {words.gate(check)}" in page for check in (*step.gates, *step.conditions))
            assert all(line in page for line in step_words.gap_lines(SHIPPED, step))
            assert step.years is None or words.years(step.years) in page


def test_several_ways_are_compared_and_the_chosen_one_is_told_whole() -> None:
    agent = report_of(SHIPPED, answers_by_turns(SHIPPED), current_role="customer_service_rep")
    found = to(agent, "project_manager")
    assert len(found.pathways) > 1
    for chosen in (1, 2):
        page = squeezed(drawn(way_tables.page(found, chosen), 200))
        assert page.count("in short") == len(found.pathways) - 1
        step = found.pathways[chosen - 1].steps[0]
        assert all(step_words.kpi_line(kpi) in page for kpi in step.role.kpis)
        for pathway in found.pathways:
            assert all(way_words.BEST_AT[one] in page for one in pathway.best_at)


def test_the_source_of_the_years_is_said_once(report: Report) -> None:
    for page in (drawn(way_tables.page(to(report, "site_director")), 2000), drawn(tables.result(report, 3), 2000)):
        assert page.count(SHIPPED.years_basis) == 1
    assert "general knowledge" in SHIPPED.years_basis
    assert "confidence: low" in SHIPPED.years_basis


def test_experience_that_the_way_brings_is_no_obstacle() -> None:
    check = Check("experience", 4.0, 1.0, "not met")
    assert step_words.check_lines([check], years=3.5) == ("not met: 4 years of experience",)
    assert step_words.check_lines([check], years=4) == ("comes on the way: 4 years of experience",)
    assert step_words.check_lines([Check("experience", 4.0, 6.0, "met")], 9) == ("met: 4 years of experience",)
    assert step_words.check_lines([Check("english", "C1", "B1", "not met")], 9) == ("not met: English C1",)


def test_shown_points_are_the_difference_of_the_shown_levels(report: Report) -> None:
    for step in to(report, "operations_manager").pathways[0].steps:
        for line in step_words.gap_lines(SHIPPED, step, most=3)[:3]:
            score, level, points = (int(word) for word in line.replace(",", "").split() if word.isdigit())
            assert level - score == points > 0


def test_without_a_role_the_next_steps_are_shown_best_first(report: Report) -> None:
    found = to(report, None)
    assert found.pathways == ()
    page = drawn(way_tables.page(found), 200)
    places = [page.index(f"{step.role.name}, after") for step in found.next_steps]
    assert len(places) == 3
    assert places == sorted(places)
    assert "Your next step" in page
    assert "Where you could begin" in drawn(way_tables.page(to(report_of(SHIPPED, answers_by_turns(SHIPPED)), None)))


def test_the_way_to_todays_role_is_to_go_on_from_it(report: Report) -> None:
    found = to(report, "senior_rep")
    assert (found.pathways, found.reason) == ((), "today's role")
    assert len(found.next_steps) == 3
    assert "Senior rep is your role today." in squeezed(drawn(way_tables.page(found)))


@pytest.mark.parametrize("value", [2, None])
def test_answers_that_say_nothing_rank_no_next_step_but_show_the_way_to_a_role(value: int | None) -> None:
    silent = report_of(SHIPPED, {item.id: value for item in SHIPPED.items()}, current_role="senior_rep")
    found = to(silent, None)
    assert (found.next_steps, found.reason) == ((), silent.silence)
    assert words.SILENT[str(silent.silence)][0] in squeezed(drawn(way_tables.page(found)))
    assert to(silent, "team_lead").pathways[0].steps[-1].role.id == "team_lead"
    assert "too little to trust" in squeezed("\n".join(way_plain.page(to(silent, "team_lead"))))


def test_where_no_way_is_known_that_is_said() -> None:
    islands = a_catalogue(
        a_role("a", {"one": (5, 75), "two": (1, 25)}), a_role("b", {"one": (1, 25), "two": (5, 75)}, rung=2)
    )
    answers: Responses = {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1}
    found = route(report_of(islands, answers), islands.roles["b"])
    assert found.reason == "no move leads there"
    assert way_words.NO_WAY in squeezed(drawn(way_tables.page(found)))


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("goal", [None, "project_manager", "senior_rep"])
def test_t08_no_line_is_too_wide_and_no_word_is_broken(report: Report, goal: str | None, width: int) -> None:
    found = to(report, goal)
    page = drawn(way_tables.page(found), width)
    assert max(cell_len(line) for line in page.splitlines()) <= width
    known = {*drawn(way_tables.page(found), 400).split(), *" ".join(way_plain.page(found)).split()}
    assert {word for word in page.split() if any(map(str.isalnum, word))} <= known


def test_t09_ways_are_drawn_in_plain_signs_where_the_output_has_no_lines(report: Report) -> None:
    assert drawn(way_tables.page(to(report, "project_manager")), encoding="ascii").isascii()


def test_plain_lines_have_no_boxes_and_no_list_signs(report: Report) -> None:
    page = "\n".join(way_plain.page(to(report, "project_manager")))
    assert not set(page) & set("│├└─")
    assert "Today: Senior rep." in page


# --- the plan of a result ---


def test_a_result_ends_with_the_plan_the_examples_and_the_questions(report: Report) -> None:
    for page in (squeezed(drawn(tables.result(report, 3), 300)), squeezed("\n".join(plain.result(report, 3)))):
        places = [
            page.index(part) for part in ("The way to", "What to do next", "Questions for a talk", "What this is not")
        ]
        assert places == sorted(places)
        for step in report.plan.steps:
            assert step.what in page
            assert step.how[0] in page
            assert step.evidence in page
            assert page.count(step.how_long) == 1
        assert all(prompt.question in page for prompt in report.plan.evidence_prompts)
        assert all(question in page for question in report.plan.talk_questions)


def test_the_plan_of_a_result_takes_at_most_two_screens() -> None:
    for start in range(5):
        found = report_of(SHIPPED, answers_by_turns(SHIPPED, start), english="A2", shifts=("day",))
        page = drawn(way_tables.plan(SHIPPED, found.plan))
        assert len(page.splitlines()) <= 80


def test_a_silent_result_has_no_plan() -> None:
    page = drawn(tables.result(report_of(SHIPPED, {}), 3))
    assert "What to do next" not in page
    assert "The way to" not in page


# --- JSON ---


def test_the_json_twin_has_the_same_steps(report: Report) -> None:
    found = to(report, "operations_manager")
    record = json.loads(json_text(path_record(found)))
    assert record["format"] == "bpo-quiz/path@1"
    assert (record["today"], record["goal"], record["reason"]) == ("senior_rep", "operations_manager", None)
    for written, pathway in zip(record["pathways"], found.pathways, strict=True):
        assert written["gap"] == pathway.gap
        assert [step["role"] for step in written["steps"]] == [step.role.id for step in pathway.steps]
    result = json.loads(json_text(result_record(report)))
    assert [way["steps"][-1]["role"] for way in result["pathways"]] == [report.headline.role.id] * len(report.pathways)  # type: ignore[union-attr]
    assert [step["what"] for step in result["plan"]["steps"]] == [step.what for step in report.plan.steps]


@settings(max_examples=12, deadline=None)
@given(cases(), st.data())
def test_s02_s04_any_way_of_any_catalogue_can_be_shown_and_is_the_same_twice(
    case: tuple[Catalogue, Responses], data: st.DataObject
) -> None:
    catalogue, responses = case
    about = data.draw(abouts(catalogue))
    goal = data.draw(st.none() | st.sampled_from(sorted(catalogue.roles)))
    pages = []
    for _ in range(2):
        found = route(build(catalogue, Answers(responses, about)), catalogue.roles[goal] if goal else None)
        pages.append((json_text(path_record(found)), drawn(way_tables.page(found)), [*way_plain.page(found)]))
    assert pages[0] == pages[1]
    assert found.pathways or found.next_steps or found.reason is not None


# --- foreign text ---


def hostile() -> Catalogue:
    kpi = Kpi(FOREIGN, FOREIGN, FOREIGN, 2020, "low")
    more: dict[str, Any] = {
        "this_month": FOREIGN, "kpis": (kpi,), "certificates": (Certificate(FOREIGN, FOREIGN),),
        "preview": Preview(FOREIGN, (FOREIGN,), (FOREIGN,)), "gates": Gates(licence=FOREIGN),
    }  # fmt: skip
    door = a_role(
        "door", {"one": (1, 25), "two": (5, 75)}, name=f"Door {FOREIGN}", leads_to=[Edge("goal", (1, 2))], **more
    )
    goal = a_role("goal", {"one": (5, 90), "two": (1, 20)}, name=f"Goal {FOREIGN}", rung=2, **more)
    skills = [
        a_skill(one)._replace(name=f"{one} {FOREIGN}", grow=(FOREIGN,), evidence=FOREIGN) for one in ("one", "two")
    ]
    return a_catalogue(door, goal, skills=skills)._replace(years_basis=FOREIGN, trade=FOREIGN)


@pytest.mark.parametrize("today", [None, "door"])
@pytest.mark.parametrize("goal", [None, "goal"])
def test_u01_u02_foreign_text_is_shown_as_it_is_and_steers_nothing(today: str | None, goal: str | None) -> None:
    catalogue = hostile()
    report = report_of(catalogue, {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1}, licences=(), current_role=today)
    found = route(report, catalogue.roles[goal] if goal else None)
    pages = [
        drawn(way_tables.page(found), 160), drawn(tables.result(report, 3), 160),
        "\n".join(way_plain.page(found)), "\n".join(plain.result(report, 3)),
    ]  # fmt: skip
    for page in pages:
        assert not set(page) & set("\x1b\x9b\u202e")
        assert "[bold]x[/]" in page
        assert "\\x1b[31m" in page
        assert "{0}" in page


def test_u02_the_json_of_a_way_keeps_foreign_text_escaped() -> None:
    catalogue = hostile()
    report = report_of(catalogue, {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1})
    written = json_text(path_record(route(report, catalogue.roles["goal"])))
    assert written.isascii()
    assert "\x1b" not in written
    assert json.loads(written)["pathways"][0]["steps"][0]["this_month"] == FOREIGN

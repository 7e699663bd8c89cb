"""What a result says: on top, in its tables, on the client's paper and on the counsellor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from strategies import a_catalogue, a_role, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.document import Document, Section, Table, cell_text
from bpo_quiz.pages import counsellor, result
from bpo_quiz.pages.phrases import SILENT, TODAY, band, flags, on_top, ordered, stated
from bpo_quiz.results.occasion import Occasion, far_apart, unanswered
from bpo_quiz.results.result import build
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import day
from bpo_quiz.writers.plain import plain
from pages.pages import SMALL, occasion, shipped, somebody

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

TOP = 10
STRONG: Responses = {"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}
FAR = {"one": (1.0, 25.0), "two": (5.0, 75.0)}
LIKE_START: Responses = {"one-1": 2, "one-2": 2, "two-1": 2, "two-2": 4}
LADDER = a_catalogue(
    a_role("start", {"one": (5, 50), "two": (5, 50)}, leads_to=["middle"]),
    a_role("middle", FAR, rung=2, leads_to=["goal"]),
    a_role("goal", {"one": (5, 100), "two": (5, 0)}, rung=3),
)


@pytest.fixture
def report(catalogue: Catalogue) -> Report:
    return report_of(catalogue, answers_by_turns(catalogue), english="B1", current_role="trainer")


def told(page: Document) -> str:
    return "\n".join(plain(page))


def section(page: Document, wanted: str) -> Section:
    (found,) = (one for one in page.sections if one.id == wanted)
    return found


def rows_of(page: Document, wanted: str) -> list[tuple[str, ...]]:
    """The cells of a section's table."""
    (table,) = (block for block in section(page, wanted).blocks if isinstance(block, Table))
    return [tuple(map(cell_text, row.cells)) for row in table.rows]


# --- on top ---


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("goal", ("role today, Goal", "roles new to you, your answers")),
        ("middle", ("Nothing that you told stands in the way of Start", "a step down from your role today")),
        ("start", ("Nothing that you told stands in the way of Middle", "you could apply today")),
    ],
)
def test_the_statements_stand_on_top_in_every_format(today: str, said: tuple[str, ...]) -> None:
    report = report_of(LADDER, STRONG if today == "goal" else LIKE_START, current_role=today)
    assert report.advice is not None
    text = " ".join(report.advice.lines)
    page = " ".join(told(result.page(report, TOP)).split())
    assert all(one in page for one in report.advice.lines)
    assert all(one in text for one in said), text


def test_the_strong_skills_and_a_hazard_are_named_where_there_are_any() -> None:
    night = a_role("a", {"one": (5, 100), "two": (5, 0)}, conditions=Conditions(shifts={"night": "usually"}))
    page = told(result.page(report_of(a_catalogue(night, a_role("b", FAR)), STRONG), TOP))
    assert "Strong in: One" in page
    assert "A usually means night shifts." in page
    calm = told(result.page(report_of(a_catalogue(a_role("a"), a_role("b", FAR)), {"one-1": 2, "two-1": 1}), TOP))
    assert "Strong in" not in calm
    assert "night shifts." not in calm


def test_fast_answers_are_told_once(catalogue: Catalogue) -> None:
    responses = answers_by_turns(catalogue)
    report = build(catalogue, Answers(responses, About(), times=dict.fromkeys(responses, 0.5)))
    assert {flag.rule for flag in report.flags} >= {"median time", "fast answers"}
    said = [line for line in flags(report) if "seconds" in line]
    assert said == ["100 % of the answers took less than 2 seconds."]


@pytest.mark.parametrize("value", [0, 3, None])
def test_s02_a_silent_page_names_no_role_and_helps(catalogue: Catalogue, value: int | None) -> None:
    sheet: Responses = {"empathy-1": 4} if value is None else {item.id: value for item in catalogue.items()}
    report = report_of(catalogue, sheet)
    sentence, helps = SILENT[str(report.silence)]
    page = told(result.page(report, TOP))
    assert on_top(report) == (sentence,)
    assert f"Answered: {report.answered} of {report.asked} questions." in page
    assert all(line in page for line in (sentence, *helps))
    assert not any(role.name in page for role in catalogue.roles.values())


@pytest.mark.parametrize(
    ("readiness", "means"), [(100, "ready now"), (90, "ready now"), (89.9, "close"), (75, "close"), (74.9, "later")]
)
def test_a_readiness_has_one_of_three_bands(readiness: float, means: str) -> None:
    assert band(readiness) == means


# --- in tables ---


def test_what_is_in_the_way_is_said_first() -> None:
    role = a_role(
        "a",
        gates=Gates(english="A1", education="master"),
        conditions=Conditions(shifts={"night": "usually"}, targets="always"),
    )
    (one, _) = report_of(a_catalogue(role, a_role("b")), {}, english="B2", education="basic", targets=False).roles
    states = [(stated(each).text, stated(each).tone) for each in ordered(one.outlook.hurdles)]
    assert states == [("not met", "bad"), ("not met", "bad"), ("to check, usually", "warning"), ("met", "good")]


def test_every_role_of_the_top_is_listed_with_its_whole_numbers_and_no_more(report: Report) -> None:
    for top in (3, TOP):
        rows = rows_of(result.page(report, top), "roles")
        assert [row[1] for row in rows] == [one.role.name for one in report.roles[:top]]
        for row, one in zip(rows, report.roles, strict=False):
            assert row[3:6] == tuple(
                str(whole(each or 0)) for each in (one.fit.total, one.fit.match, one.fit.readiness)
            )


def test_every_path_is_listed_with_its_best_role_and_how_it_stands(report: Report) -> None:
    for row, one in zip(rows_of(result.page(report, TOP), "paths"), report.paths, strict=True):
        assert row[1] == report.catalogue.paths[one.path].name
        assert row[-2:] == (one.best.role.name, TODAY[one.best.outlook.state])


def test_todays_role_is_marked_as_such(catalogue: Catalogue) -> None:
    first = report_of(catalogue, answers_by_turns(catalogue)).roles[0].role
    page = result.page(report_of(catalogue, answers_by_turns(catalogue), current_role=first.id), TOP)
    (row,) = (row for row in rows_of(page, "roles") if row[1] == first.name)
    assert "your role" in row
    assert section(page, "strengths").title != f"Strengths and gaps for {first.name}"


@pytest.mark.parametrize(
    ("asked", "levels", "had", "missing"),
    [
        ({"one": (5, 75), "two": (5, 25)}, (3, 1), {"One": 75, "Two": 25}, {}),
        ({"one": (5, 75), "two": (5, 50)}, (3, 0), {"One": 60}, {"Two": 40}),
        ({"one": (5, 75), "two": (5, 50)}, (3, 1), {"One": 60, "All other skills": 20}, {"Two": 20}),
        ({"one": (5, 75), "two": (5, 25)}, (0, 0), {}, {"One": 75, "Two": 25}),
        ({"one": (5, 100), "two": (5, 0)}, (0, 3), {}, {"One": 100}),
    ],
)
def test_s03_strengths_and_gaps_add_up_and_have_no_line_of_0_points(
    asked: dict[str, tuple[float, float]], levels: tuple[int, int], had: dict[str, int], missing: dict[str, int]
) -> None:
    one, two = levels
    other = {"one": (0.0, 1.0), "two": (0.0, 1.0)}
    report = report_of(
        a_catalogue(a_role("a", asked), a_role("b", other)), {"one-1": one, "one-2": one, "two-1": two, "two-2": two}
    )
    (standing,) = [each for each in report.roles if each.role.id == "a"]
    page = result.page(report._replace(goal=standing, silence=None), TOP)
    rows = [(row[0], row[1], row[-1]) for row in rows_of(page, "strengths")]
    assert rows == [
        *(("has", name, f"+{count}") for name, count in had.items()),
        ("", "Readiness", str(sum(had.values()))),
        *(("missing", name, f"-{count}") for name, count in missing.items()),
        ("", "Missing to 100", str(sum(missing.values()))),
    ]


def test_s03_points_add_up_for_anybody(catalogue: Catalogue) -> None:
    for start in range(5):
        page = result.page(report_of(catalogue, answers_by_turns(catalogue, start)), TOP)
        total, parts = 0, 0
        for kind, *_, shown in rows_of(page, "strengths"):
            if kind:
                parts += abs(int(shown))
            else:
                assert int(shown) == parts
                total, parts = total + parts, 0
        assert total == 100


@at_times
@given(cases())
def test_s02_any_sheet_of_any_catalogue_can_be_shown(case: tuple[Catalogue, Responses]) -> None:
    report = report_of(*case)
    page = told(result.page(report, 4))
    assert ("Strengths and gaps for" in page) == ("What to do next." in page) == (report.silence is None)
    assert "What this is not: a test, or a verdict." in page


# --- on paper ---

ANA = somebody(load(SMALL))
OCCASION = occasion(ANA)
REPORT = build(ANA.catalogue, ANA.answers)


def paper(session: Occasion = OCCASION, *, with_name: bool = False) -> Document:
    return result.paper(REPORT, ANA.answers, session, top=TOP, with_name=with_name)


def test_a_client_gets_no_notes_no_remarks_and_the_alias_only_where_it_is_asked_for() -> None:
    handed_over, kept = repr(paper()), repr(counsellor.paper(REPORT, ANA.answers, OCCASION, top=TOP))
    assert "K7M-P3D" in handed_over
    for secret in ("Ana M.'", "wrote this."):
        assert secret not in handed_over
        assert secret in kept
    named = paper(with_name=True)
    assert dict(named.facts)["Client"] == "Ana M."
    assert "Ana M." in named.running


def test_the_counsellor_gets_all_that_the_client_gets() -> None:
    client = [one.id for one in paper().sections]
    more = [one.id for one in counsellor.paper(REPORT, ANA.answers, OCCASION, top=TOP).sections]
    *alike, last = client
    assert more == [last, "notes", "flags", *alike, "scores", "told", "answers", "every-role"]


@pytest.mark.parametrize("name", ["result", "result-paper", "result-for-counsellor"])
def test_every_row_has_a_cell_for_every_column(name: str) -> None:
    for one in shipped(name).sections:
        for table in (block for block in one.blocks if isinstance(block, Table)):
            assert table.rows
            assert {len(row.cells) for row in table.rows} == {len(table.columns)}


def test_a_date_is_that_of_the_session_not_of_the_clock() -> None:
    assert dict(paper().facts)["Date"] == "22 November 2026"
    assert "Date" not in dict(paper(Occasion()).facts)
    assert day("2024-02-29T23:59:59Z") == "29 February 2024"


def test_an_unfinished_or_rescored_session_is_said_to_be_one() -> None:
    facts = dict(paper(OCCASION._replace(is_finished=False, is_rescored=True)).facts)
    assert facts["Date"].endswith("not finished yet")
    assert "another catalogue" in facts["Scored again"]


def test_answers_far_apart_are_named_with_their_own_options(catalogue: Catalogue) -> None:
    responses = {item.id: 2 for item in catalogue.items()} | {"coaching-1": 4, "coaching-2": 1, "empathy-1": 0}
    (apart,) = far_apart(catalogue, responses)
    items = {item.id: item for item in catalogue.items()}
    assert (apart.skill, apart.steps) == ("coaching", 3)
    assert (apart.low.option, apart.high.option) == (items["coaching-2"].options[1], items["coaching-1"].options[4])


def test_reversed_items_are_turned_before_they_are_compared() -> None:
    for item in (one for one in ANA.catalogue.items() if one.reversed):
        other = next(one for one in ANA.catalogue.items() if one.measures == item.measures and not one.reversed)
        assert far_apart(ANA.catalogue, {item.id: 0, other.id: 4}) == ()
        assert far_apart(ANA.catalogue, {item.id: 4, other.id: 4})


def test_questions_without_an_answer_are_listed_skipped_or_unasked(catalogue: Catalogue) -> None:
    missing = unanswered(catalogue, {"coaching-1": 0, "coaching-2": None})
    assert [item.id for item in missing] == [item.id for item in catalogue.items() if item.id != "coaching-1"]

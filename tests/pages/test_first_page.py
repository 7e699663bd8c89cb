"""The first page in every state: it fits the window, ranks the paths where it can, and says one next step."""

from __future__ import annotations

import pytest
from conftest import ROOT

from bpo_quiz.answers.answer_file import read_answers
from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.pages import first_page
from bpo_quiz.pages.phrases import TODAY
from bpo_quiz.results.occasion import Occasion
from bpo_quiz.results.result import Report, build
from bpo_quiz.writers.plain import plain
from bpo_quiz.writers.screen import screen

from .pages import drawn

CATALOGUE = load()
EXAMPLE = read_answers(str(ROOT / "docs" / "example-answers.json"), CATALOGUE)
CLOSED = About(
    current_role="none", years=0, fields=(), english="A1", languages={}, education="basic", shifts=("day",),
    channel=("writing",), site=("home",), targets=False, licences=(), typing=0,
)  # fmt: skip
ALIKE: dict[str, int | None] = dict.fromkeys(EXAMPLE.responses, 2)
FEW = dict(list(EXAMPLE.responses.items())[:44])
STATES = {
    "open": EXAMPLE,
    "nothing open": EXAMPLE._replace(about=CLOSED),
    "insider": EXAMPLE._replace(about=EXAMPLE.about._replace(current_role="quality_analyst")),
    "equal": EXAMPLE._replace(responses=FEW, form="quick"),
    "all alike": EXAMPLE._replace(responses=ALIKE),
    "too few": Answers({}, EXAMPLE.about),
    "flags": EXAMPLE._replace(times=dict.fromkeys(EXAMPLE.responses, 0.5)),
}
OCCASION = Occasion("3U5-AXH", alias="K-17")


def rows(report: Report, columns: int, most: int) -> list[str]:
    """As much of the page as fits; all that must stay, where it does not."""
    lines: list[str] = []
    for room in first_page.ROOMS:
        lines = drawn(screen(first_page.page(report, OCCASION, room)), columns).splitlines()
        if len(lines) <= most:
            break
    return lines


@pytest.mark.parametrize("columns", [80, 60, 40])
@pytest.mark.parametrize("state", STATES)
def test_the_page_fits_and_has_what_its_state_has(state: str, columns: int) -> None:
    report = build(CATALOGUE, STATES[state])
    lines = rows(report, columns, 23)
    page = " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= columns
    assert columns < 80 or len(lines) <= 23  # and a line of keys
    assert "K-17" in page
    assert "Kept as 3U5-AXH" in page
    assert "Next step" in page
    assert all(line in page for line in (report.advice.lines if report.advice else ()))
    best = report.paths[0].best.role.name
    if report.goal is None:
        assert not any(role.name in page.partition("Meanwhile")[0] for role in CATALOGUE.roles.values())
        assert "Career path" not in page
    elif columns == 40:
        assert f"{best}, {TODAY[report.paths[0].best.outlook.state]}." in page
    else:
        assert sum(line.startswith(("1  ", "2  ", "3  ")) for line in lines) == 3


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "Next step: Tell your lead"),
        ("nothing open", "nothing in this list is open to you today"),
        ("insider", "Your role today, Quality analyst,"),
        ("equal", "Answered: 44 of 64 questions; each one more helps."),
        ("all alike", "Your answers are nearly all the same"),
        ("too few", "Answered: 0 of 64 questions."),
        ("flags", "Before you use this: 100 % of the answers took less than 2 seconds."),
    ],
)
def test_a_state_says_what_it_is(state: str, said: str) -> None:
    page = "\n".join(plain(first_page.page(build(CATALOGUE, STATES[state]), OCCASION)))
    assert said in page


def test_where_nothing_is_open_the_next_step_is_the_gate() -> None:
    report = build(CATALOGUE, STATES["nothing open"])
    gate = next(step.what for step in report.plan.steps if step.kind == "gate")
    assert f"Next step: {gate}." in "\n".join(plain(first_page.page(report, OCCASION)))


def test_a_hazard_of_the_role_named_first_stands_there_unless_it_is_told_already() -> None:
    report = build(CATALOGUE, EXAMPLE._replace(about=EXAMPLE.about._replace(targets=None)))
    moderator, sales = (
        next(one for one in report.roles if one.role.id == role) for role in ("content_moderator", "sales_rep")
    )
    assert next(first_page.hazards(moderator)).startswith("A content moderator sees violent")
    assert list(first_page.hazards(sales)) == []


def test_what_other_answers_move_is_told() -> None:
    report, other = build(CATALOGUE, EXAMPLE), build(CATALOGUE, STATES["equal"])
    assert first_page.moved(report, report) == "The first 5 roles stand where they stood."
    assert " is now 3, was " in first_page.moved(report, other)

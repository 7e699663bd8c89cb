from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from rich.console import Console  # noqa: TID253
from strategies import FOREIGN, a_catalogue, a_role, a_skill, answers_by_turns, at_times, cases, report_of

from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.document import Table
from bpo_quiz.report import pieces, plain, tables, words
from bpo_quiz.report.papers import sections
from bpo_quiz.results.points import readiness_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report

TOP = 10


def drawn(parts: Iterable[RenderableType], width: int = 80, encoding: str = "utf-8") -> str:
    page = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in parts:
        console.print(part)
    page.seek(0)
    return page.read()


def row_of(page: str, name: str) -> list[str]:
    return re.split(r"\s{2,}", next(line for line in page.splitlines() if re.search(rf"\s{name}\s", line)).strip())


@pytest.fixture
def report(catalogue: Catalogue) -> Report:
    return report_of(catalogue, answers_by_turns(catalogue), english="B1", current_role="trainer")


@pytest.mark.parametrize(
    ("asked", "told", "had", "missing"),
    [
        ({"one": (5, 75), "two": (5, 25)}, (3, 1), {"One": 75, "Two": 25}, {}),
        ({"one": (5, 75), "two": (5, 50)}, (3, 0), {"One": 60}, {"Two": 40}),
        ({"one": (5, 75), "two": (5, 50)}, (3, 1), {"One": 60, "all other skills": 20}, {"Two": 20}),
        ({"one": (5, 75), "two": (5, 25)}, (0, 0), {}, {"One": 75, "Two": 25}),
        ({"one": (5, 100), "two": (5, 0)}, (0, 3), {}, {"One": 100}),
    ],
)
def test_s03_strengths_and_gaps_have_no_line_of_0_points(
    asked: dict[str, tuple[float, float]], told: tuple[int, int], had: dict[str, int], missing: dict[str, int]
) -> None:
    one, two = told
    catalogue = a_catalogue(a_role("a", asked), a_role("b", {"one": (0, 1), "two": (0, 1)}))
    report = report_of(catalogue, {"one-1": one, "one-2": one, "two-1": two, "two-2": two})
    (standing,) = [each for each in report.roles if each.role.id == "a"]
    rows = [("has", name, f"+{count}") for name, count in had.items()]
    rows += [("missing", name, f"-{count}") for name, count in missing.items()]

    (*_, grid) = tables._strengths_and_gaps(report, standing)
    lines = [re.split(r"\s{2,}", line.strip()) for line in drawn([grid]).splitlines()]
    assert [(line[0], line[1], line[-1]) for line in lines if line[0] in ("has", "missing")] == rows

    table = sections.strengths_and_gaps(report, standing).blocks[1]
    assert isinstance(table, Table)
    assert [(row.cells[0], row.cells[1], row.cells[-1]) for row in table.rows if row.cells[0]] == rows

    first, *spoken = plain.strengths_and_gaps(catalogue, standing)
    assert first.endswith("It is made of:") == bool(had)
    (end,) = [line for line in spoken if line.startswith("Missing to 100")]
    assert end.endswith("It is made of:") == bool(missing)
    said = [re.match(r" +(.+): (\d+) points", line) for line in spoken if line != end]
    assert [(found[1].lower(), int(found[2])) for found in said if found] == [
        (name.lower(), count) for name, count in (*had.items(), *missing.items())
    ]


@pytest.mark.parametrize("start", range(5))
def test_a_result_fits_80_columns(catalogue: Catalogue, start: int) -> None:
    report = report_of(catalogue, answers_by_turns(catalogue, start), english="A2", shifts=("day",))
    page = drawn(tables.result(report, len(report.roles)))
    assert max(cell_len(line) for line in page.splitlines()) <= 80


def test_the_parts_stand_in_the_order_of_a_summary_first(report: Report) -> None:
    page = drawn(tables.result(report, TOP), 200)
    parts = [
        "Your result",
        words.headline(report)[:40],
        "Career paths",
        "Roles, the first",
        "Strengths and gaps",
        "The way to",
    ]
    places = [page.index(part) for part in [*parts, "What this is not"]]
    assert places == sorted(places)


def test_every_role_of_the_top_is_shown_with_its_whole_numbers(report: Report) -> None:
    page = drawn(tables.result(report, TOP), 200)
    table = page[page.index("Roles, the first") :]
    for one in report.roles[:TOP]:
        numbers = [str(whole(number or 0)) for number in (one.fit.total, one.fit.match, one.fit.readiness)]
        cells = " ".join(row_of(table, one.role.name))
        assert re.search(r"\b" + r"\s+".join(numbers) + r"\b", cells), cells


def test_no_more_roles_than_asked_for_are_listed(report: Report) -> None:
    page = drawn(tables.result(report, 3), 200)
    listed = page[page.index("Roles, the first 3") : page.index("Match: is the pattern")]
    assert report.roles[2].role.name in listed
    assert report.roles[3].role.name not in listed


def test_every_path_is_listed_with_the_role_to_enter_by(report: Report) -> None:
    page = drawn(tables.result(report, TOP), 200)
    table = page[page.index("Career paths") : page.index("Roles, the first")]
    for row in report.paths:
        cells = " ".join(row_of(table, report.catalogue.paths[row.path].name))
        assert row.best.role.name in cells
        assert cells.endswith(row.entry.name if row.entry else "-")


def test_todays_role_is_marked_as_such(catalogue: Catalogue) -> None:
    first = report_of(catalogue, answers_by_turns(catalogue)).roles[0].role
    report = report_of(catalogue, answers_by_turns(catalogue), current_role=first.id)
    page = drawn(tables.result(report, TOP), 200)
    table = page[page.index("Roles, the first") :]
    assert "today" in " ".join(row_of(table, first.name))
    assert f"Strengths and gaps for {first.name}" not in page


def test_s03_shown_points_add_up_on_the_page(report: Report) -> None:
    page = drawn(tables.result(report, TOP), 200)
    assert report.headline is not None
    readiness = readiness_points(report.headline.fit).readiness
    had = [int(points) for points in re.findall(r"^has .*\+(\d+)\s*$", page, re.MULTILINE)]
    missing = [int(points) for points in re.findall(r"^missing .*\s-(\d+)\s*$", page, re.MULTILINE)]
    assert had
    assert missing
    assert (sum(had), sum(missing)) == (readiness, 100 - readiness)


@at_times
@given(cases())
def test_s02_any_sheet_of_any_catalogue_can_be_drawn(case: tuple[Catalogue, Responses]) -> None:
    report = report_of(*case)
    page = drawn(tables.result(report, 4))
    assert "Your result" in page
    assert ("Career paths" in page) == (report.silence is None)
    assert words.NOT_A_VERDICT[:16] in page


@pytest.mark.parametrize("given", ["all alike", "too few answers"])
def test_s02_a_silent_page_ranks_nothing_and_helps(catalogue: Catalogue, given: str) -> None:
    sheets: dict[str, Responses] = {
        "all alike": {item.id: 3 for item in catalogue.items()},
        "too few answers": {"empathy-1": 4},
    }
    report = report_of(catalogue, sheets[given])
    for page in (drawn(tables.result(report, TOP), 300), "\n".join(plain.result(report, TOP))):
        assert words.SILENT[given][0] in page
        assert f"Answered: {report.answered} of {report.asked}." in page
        assert all(line in page for line in words.SILENT[given][1])
        assert not any(role.name in page for role in catalogue.roles.values())


def test_u01_u02_foreign_text_is_shown_as_it_is_and_steers_nothing() -> None:
    role = a_role(
        "a",
        path="p",
        name=f"Role {FOREIGN}",
        also=(FOREIGN,),
        summary=FOREIGN,
        this_month=FOREIGN,
        gates=Gates(licence=FOREIGN),
        conditions=Conditions(shifts=("night",)),
        leads_to=["b"],
        sources=(FOREIGN,),
        basis=FOREIGN,
    )
    skills = [
        a_skill(name)._replace(name=f"{name} {FOREIGN}", meaning=FOREIGN, grow=(FOREIGN,)) for name in role.skills
    ]
    small = a_catalogue(role, a_role("b", {"one": (1, 25), "two": (5, 75)}, path="q", rung=2), skills=skills)
    catalogue = small._replace(
        paths={key: path._replace(name=FOREIGN, summary=FOREIGN) for key, path in small.paths.items()}
    )
    report = report_of(catalogue, {"one-1": 4, "one-2": 3, "two-1": 0, "two-2": 1}, licences=())
    pages = [drawn(parts, 160) for parts in (tables.result(report, TOP),)]
    for page in (*pages, "\n".join(plain.result(report, TOP))):
        assert not set(page) & set("\x1b\x9b\u202e")
        assert "[bold]x[/]" in page
        assert "\\x1b[31m" in page
        assert "{0}" in page


def test_t09_bars_are_plain_signs_where_the_output_has_no_blocks(report: Report) -> None:
    page = drawn(tables.result(report, TOP), encoding="ascii")
    assert page.isascii()
    assert "#" in page


@pytest.mark.parametrize(("level", "cells"), [(0, 0), (50, 5), (100, 10)])
def test_a_bar_is_as_long_as_its_level(level: float, cells: int) -> None:
    assert drawn([pieces.Bar(level)]).count("█") == cells
    assert drawn([pieces.Bar(level)], encoding="ascii").count("#") == cells


@pytest.mark.parametrize(("value", "shown"), [(None, "-"), (0, "0"), (66.5, "67"), (99.6, "100")])
def test_numbers_are_whole_and_unknown_is_a_dash(value: float | None, shown: str) -> None:
    assert pieces.number(value).plain == shown


@pytest.mark.parametrize("width", [40, 48, 60, 72, 80])
def test_t08_no_word_is_broken_in_a_narrow_terminal(catalogue: Catalogue, width: int) -> None:
    report = report_of(catalogue, answers_by_turns(catalogue), english="A2", shifts=("day",))
    known = {*drawn(tables.result(report, TOP), 300).split(), *" ".join(plain.result(report, TOP)).split()}
    shown = {word for word in drawn(tables.result(report, TOP), width).split() if any(map(str.isalnum, word))}
    assert shown <= known

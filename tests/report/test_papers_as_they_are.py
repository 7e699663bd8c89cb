"""What the reports look like, letter by letter. A PDF breaks its lines as its maker does: test_pdf.py looks at it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from papers import SMALL, Papers, answers_of
from rich.console import Console  # noqa: TID253 - a test may be slow to import

from bpo_quiz.report import plain, tables
from bpo_quiz.report.papers.paper import counsellor_supplement
from bpo_quiz.results.occasion import Occasion
from bpo_quiz.writers import plain as document_plain
from bpo_quiz.writers import screen as document_tables

if TYPE_CHECKING:
    from snapshots import Snapshots

    from bpo_quiz.document import Document

VERSIONS = pytest.mark.parametrize("version", ["client", "counsellor"])


@pytest.fixture(scope="module")
def papers() -> Papers:
    return Papers()


@VERSIONS
def test_markdown(papers: Papers, version: str, snapshots: Snapshots) -> None:
    snapshots.check(f"{version}.md", papers.markdown(counsellor=version == "counsellor"))


@VERSIONS
def test_html(papers: Papers, version: str, snapshots: Snapshots) -> None:
    page = papers.html(counsellor=version == "counsellor")
    before, rest = page.split("<style>")
    snapshots.check(f"{version}.html", before + rest.split("</style>")[1])


@VERSIONS
def test_csv(papers: Papers, version: str, snapshots: Snapshots) -> None:
    snapshots.check(f"{version}.csv", papers.csv(counsellor=version == "counsellor"))


@pytest.mark.parametrize("width", [80, 60, 40])
def test_table(papers: Papers, width: int, snapshots: Snapshots) -> None:
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in (*tables.result(papers.report, papers.top), *document_tables.sections(supplement(papers).sections)):
        console.print(part)
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    snapshots.check(f"counsellor-{width}.txt", "\n".join(lines) + "\n")


def test_plain_lines(papers: Papers, snapshots: Snapshots) -> None:
    lines = (*plain.result(papers.report, papers.top), *document_plain.sections(supplement(papers).sections))
    snapshots.check("counsellor-plain.txt", "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(("name", "values"), [("too-few", "2-----------"), ("all-alike", "2")])
def test_answers_that_say_little(name: str, values: str, snapshots: Snapshots) -> None:
    papers = Papers(answers=answers_of(SMALL, values), occasion=Occasion())
    snapshots.check(f"{name}.md", papers.markdown())


def supplement(papers: Papers) -> Document:
    return counsellor_supplement(papers.report, papers.answers, papers.occasion)

"""Papers to test with: a report of the small catalogue, its session, and a catalogue in which every text is foreign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages.pages import foreign_catalogue

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.document import cleaned
from bpo_quiz.pages import counsellor as for_counsellor
from bpo_quiz.pages import result
from bpo_quiz.records.result_csv import result_csv
from bpo_quiz.results.occasion import Occasion, SessionNote
from bpo_quiz.results.result import build
from bpo_quiz.writers.html import html
from bpo_quiz.writers.markdown import markdown
from bpo_quiz.writers.pdf import pdf

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.results.result import Report

SMALL = load(Path(__file__).parent / "data" / "small")
OCCASION = Occasion(
    code="K7M-P3D",
    date="2026-11-22T14:00:00Z",
    alias="Ana M.",
    tag="course",
    notes=(
        SessionNote("2026-11-22T14:10:00Z", "Would like regular hours.", is_about_session=True),
        SessionNote("2026-10-02T09:00:00Z", "Comes with a friend.", is_about_session=False),
    ),
)
ABOUT = About(
    current_role="shop_assistant", years=2, english="B2", education="basic", shifts=("day", "weekend"),
    channel=("voice",), site=("office",), targets=False,
)  # fmt: skip


def answers_of(catalogue: Catalogue, values: str = "430124", **about: Any) -> Answers:
    """Answers to every item, over and over the same values; `-` skips one."""
    given = {
        item.id: None if (value := values[n % len(values)]) == "-" else int(value)
        for n, item in enumerate(catalogue.items())
    }
    told = ABOUT if ABOUT.works_as in catalogue.roles else ABOUT._replace(current_role=None)
    return Answers(given, told._replace(**about))


class Papers:
    """One result in every format."""

    def __init__(self, catalogue: Catalogue = SMALL, answers: Answers | None = None, occasion: Occasion = OCCASION):
        self.answers = answers or answers_of(catalogue)
        self.report: Report = build(catalogue, self.answers)
        self.occasion = occasion
        self.top = 10

    def document(self, *, counsellor: bool = False, with_name: bool = False) -> Document:
        if counsellor:
            return cleaned(for_counsellor.paper(self.report, self.answers, self.occasion, top=self.top))
        return cleaned(result.paper(self.report, self.answers, self.occasion, top=self.top, with_name=with_name))

    def markdown(self, **version: bool) -> str:
        return markdown(self.document(**version))

    def html(self, **version: bool) -> str:
        return html(self.document(**version))

    def pdf(self, paper: str = "a4", **version: bool) -> bytes:
        return pdf(self.document(**version), paper)

    def csv(self, *, counsellor: bool = False, with_name: bool = False) -> str:
        return result_csv(self.report, self.occasion, counsellor=counsellor, with_name=with_name)


def with_foreign_texts(foreign: str) -> Papers:
    """A result in which every text of the catalogue, the alias and the notes are this one."""
    notes = tuple(note._replace(text=foreign) for note in OCCASION.notes)
    catalogue = foreign_catalogue(lambda: foreign)
    return Papers(
        catalogue,
        answers_of(catalogue, "4-0124", licences=(foreign,)),
        OCCASION._replace(alias=foreign, tag=foreign, notes=notes),
    )

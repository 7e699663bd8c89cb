"""The paper of a result: which sections the client gets, and which the counsellor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Document, Section, cleaned
from bpo_quiz.guidance.explain import explain
from bpo_quiz.pages import why
from bpo_quiz.report.papers import counsellor_sections, paper_words, sections, way_sections
from bpo_quiz.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report

_SHOWN_OF_HASH = 12
_SHOWN_OF_ALIAS = 60  # on every page; the first page has it whole


def client_paper(report: Report, answers: Answers, occasion: Occasion, *, top: int, with_name: bool) -> Document:
    """What is handed over: no notes, no remarks, and the alias only where it is asked for."""
    return cleaned(
        Document(
            title=paper_words.TITLE,
            running=_running(paper_words.TITLE, occasion, with_name),
            facts=tuple(_facts(report, occasion, with_name)),
            notice="",
            sections=tuple(_for_everybody(report, answers, top, with_errors=False)),
        )
    )


def counsellor_paper(report: Report, answers: Answers, occasion: Occasion, *, top: int) -> Document:
    """The same, and what helps to prepare the talk."""
    return cleaned(
        Document(
            title=paper_words.COUNSELLOR_TITLE,
            running=_running(paper_words.COUNSELLOR_TITLE, occasion, with_name=True),
            facts=tuple(_facts(report, occasion, with_name=True)),
            notice=paper_words.COUNSELLOR_NOTICE,
            footer=paper_words.COUNSELLOR_FOOTER,
            sections=(
                *_for_everybody(report, answers, top, with_errors=True),
                *_for_counsellor(report, answers, occasion),
            ),
        )
    )


def counsellor_supplement(report: Report, answers: Answers, occasion: Occasion) -> Document:
    """What only the counsellor gets, to stand below a result that is shown in another way."""
    return cleaned(
        Document(
            title=paper_words.COUNSELLOR_TITLE,
            running="",
            facts=tuple(_facts(report, occasion, with_name=True)),
            notice=paper_words.COUNSELLOR_NOTICE,
            footer=paper_words.COUNSELLOR_FOOTER,
            sections=(
                *([sections.profile(report, with_errors=True)] if report.answered else []),
                *_for_counsellor(report, answers, occasion),
            ),
        )
    )


def _for_counsellor(report: Report, answers: Answers, occasion: Occasion) -> tuple[Section, ...]:
    return (
        counsellor_sections.notes(occasion),
        counsellor_sections.told(report),
        counsellor_sections.signs(report),
        counsellor_sections.single_answers(report, answers.responses),
        counsellor_sections.every_role(report),
    )


def _for_everybody(report: Report, answers: Answers, top: int, *, with_errors: bool) -> Iterator[Section]:
    """The sections of both papers; without a ranking only those that need none."""
    yield sections.in_short(report)
    if report.silence is None and report.headline is not None:
        if before := sections.before_you_use_this(report):
            yield before
        yield sections.career_paths(report)
        yield sections.roles(report, top)
        yield why.in_short(report.catalogue, explain(report.catalogue, answers, report.headline.role.id))
        yield sections.strengths_and_gaps(report, report.headline)
        yield way_sections.way(report, report.headline)
        yield from way_sections.plan(report)
    yield sections.what_this_is_not(report)
    if report.answered:
        yield sections.profile(report, with_errors=with_errors)


def _running(title: str, occasion: Occasion, with_name: bool) -> str:
    alias = (occasion.alias or "")[:_SHOWN_OF_ALIAS]
    parts = (title, alias if with_name else None, occasion.code)
    return " · ".join(part for part in parts if part)


def _facts(report: Report, occasion: Occasion, with_name: bool) -> Iterator[tuple[str, str]]:
    catalogue = report.catalogue
    if with_name and occasion.alias is not None:
        yield "Client", occasion.alias
    if occasion.date is not None:
        yield "Date", day(occasion.date) + ("" if occasion.is_finished else ", not finished yet")
    if occasion.code is not None:
        yield "Session", occasion.code
    yield "Form", report.form
    yield "Answered", f"{report.answered} of {report.asked} questions"
    yield "Catalogue", f"{catalogue.name} {catalogue.version} ({catalogue.sha256[:_SHOWN_OF_HASH]})"
    if occasion.is_rescored:
        yield "Scored again", "with another catalogue than the one that was answered"

"""The sections of a result that only the counsellor gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import (
    Bullets,
    Column,
    Detail,
    Entries,
    Entry,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from bpo_quiz.report import words
from bpo_quiz.report.papers import paper_words
from bpo_quiz.report.papers.sections import number, place
from bpo_quiz.results import occasion as remarks
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import day, note_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpo_quiz.document import Block
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report


def notes(occasion: Occasion) -> Section:
    """What the counsellor wrote, about this session first."""
    if occasion.alias is None:
        said: Block = Paragraph(paper_words.NO_CLIENT)
    elif not occasion.notes:
        said = Paragraph(paper_words.NO_NOTES)
    else:
        ordered = sorted(occasion.notes, key=lambda note: not note.is_about_session)
        said = Entries(
            tuple(
                Entry(
                    f"{day(note.written)}, {'about this session' if note.is_about_session else 'about the client'}",
                    (Detail("", note_lines(note.text)),),
                )
                for note in ordered
            )
        )
    return Section("notes", "Notes", (said,))


def told(report: Report) -> Section:
    """What the client told about themselves."""
    rows = tuple(Row(line) for line in paper_words.about_lines(report))
    table = Table("What the client told", (Column("Question"), Column("Answer")), rows)
    return Section("told", "What the client told", (table,))


def signs(report: Report) -> Section:
    """The flags with their values and limits."""
    if not report.flags:
        return Section("flags", "Signs to talk about", (Paragraph(paper_words.NO_FLAGS),))
    columns = (Column("Sign"), Column("Found", "number"), Column("Limit", "number"), Column("Unit"))
    rows = tuple(Row(paper_words.flag_cells(flag)) for flag in report.flags)
    return Section(
        "flags", "Signs to talk about", (Paragraph(paper_words.FLAGS), Table("Signs that were found", columns, rows))
    )


def single_answers(report: Report, responses: Mapping[str, int | None]) -> Section:
    """Remarks about single answers."""
    catalogue = report.catalogue
    blocks: list[Block] = [Heading("Answers that lie far apart")]
    apart = remarks.far_apart(catalogue, responses)
    blocks.append(Paragraph(paper_words.APART if apart else paper_words.NONE_APART))
    if apart:
        blocks.append(Entries(tuple(_apart(report, one) for one in apart)))
    missing = remarks.unanswered(catalogue, responses)
    if missing:
        blocks.append(Heading(f"Questions without an answer: {len(missing)} of {report.asked}"))
        blocks.append(Paragraph(paper_words.UNASKED[report.form]))
        blocks.append(Bullets(tuple(f"{item.id}: {item.prompt}" for item in missing)))
    return Section("answers", "Single answers", tuple(blocks))


def _apart(report: Report, apart: remarks.Apart) -> Entry:
    name = report.catalogue.skills[apart.skill].name
    return Entry(
        f"{name}: {apart.steps} steps apart",
        (Detail(apart.low.prompt, (apart.low.option,)), Detail(apart.high.prompt, (apart.high.option,))),
    )


def every_role(report: Report) -> Section:
    """All roles with all their numbers."""
    columns = (
        Column("Place", "number"),
        Column("Role"),
        Column("Career path"),
        Column("First", "number"),
        Column("Top 3", "number"),
        Column("Total", "number"),
        Column("Match", "number"),
        Column("Interest", "number"),
        Column("Ready", "number"),
        Column("Known", "number"),
    )
    rows = tuple(
        Row(
            (
                place(one.rank),
                one.role.name,
                report.catalogue.paths[one.role.path].name,
                words.chance(one.p_first),
                words.chance(one.p_top3),
                number(one.fit.total),
                number(one.fit.match),
                number(one.fit.interest),
                number(one.fit.readiness),
                f"{whole(100 * one.fit.known)}%",
            )
        )
        for one in report.roles
    )
    table = Table("Every role", columns, rows, names=1)
    return Section("every-role", f"All {len(rows)} roles", (table, Paragraph(paper_words.EVERY_ROLE, "small")))

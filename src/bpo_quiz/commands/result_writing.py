"""Writes a result: to the terminal, or as a paper, a page, a table or a record into a file."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bpo_quiz.commands.endings import BY_ENDING
from bpo_quiz.commands.shared import show
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.document import Document
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report


class ResultFormat(enum.StrEnum):
    """How a kept result is written."""

    table = "table"
    json = "json"
    md = "md"
    html = "html"
    pdf = "pdf"
    csv = "csv"


class Paper(enum.StrEnum):
    """The paper of a PDF."""

    a4 = "a4"
    letter = "letter"


ResultFormatOption = Annotated[
    ResultFormat | None,
    typer.Option("--format", help="How it is written; html and pdf need -o.", show_default=BY_ENDING),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, or into a folder under the session's code."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="With -o: replace a file that is there.")]
CounsellorOption = Annotated[
    bool,
    typer.Option(
        "--counsellor",
        help="For the counsellor: with alias, notes, signs to talk about, single answers, errors of the scores.",
    ),
]
NameOption = Annotated[
    bool, typer.Option("--name", help="Put the client's alias on it. Left out, only the session's code is on it.")
]
PaperOption = Annotated[Paper, typer.Option("--paper", help="With --format pdf: the size of the page.")]

_ONLY_FILES = (ResultFormat.html, ResultFormat.pdf)


class Wanted(NamedTuple):
    """How a result is to be written; `top`: how many roles are listed."""

    form: ResultFormat
    plain: bool
    top: int
    output: Path | None
    force: bool
    counsellor: bool
    with_name: bool
    paper: Paper

    def check(self) -> None:
        """Refuse what cannot be written, before any work.

        Raises:
            UsageError: this format needs a file, or there is nowhere to put it.
        """
        if self.form in _ONLY_FILES and self.output is None:
            raise UsageError(f"--format {self.form.value}: is for a file; add -o FILE")
        if self.force and self.output is None:
            raise UsageError("--force: replaces a file, and there is none; add -o FILE")


def write(ctx: typer.Context, report: Report, answers: Answers, occasion: Occasion, wanted: Wanted) -> None:
    """Write a result to standard output or to a file.

    Raises:
        UsageError: there is a file already, or something that PDF needs is not installed.
        StorageError: it cannot be written.
    """
    if wanted.output is None and wanted.form is ResultFormat.table and not wanted.plain:
        from bpo_quiz.report import tables

        show(ctx, tables.result(report, wanted.top))
        if wanted.counsellor:
            from bpo_quiz.writers import screen as document_tables

            show(ctx, document_tables.sections(_supplement(report, answers, occasion).sections))
        return
    content = _content(report, answers, occasion, wanted)
    if wanted.output is None:
        typer.echo(content, nl=False)
        return
    _write_file(wanted.output, content, occasion, wanted)


def _write_file(output: Path, content: bytes, occasion: Occasion, wanted: Wanted) -> None:
    from bpo_quiz.files.faults import told
    from bpo_quiz.files.safe import safe_name, write_file

    with told(output):
        is_folder = output.is_dir()
    if is_folder:
        title = "career-result-counsellor" if wanted.counsellor else "career-result"
        ending = "txt" if wanted.form is ResultFormat.table else wanted.form.value
        output = output / f"{safe_name(title, occasion.code or '')}.{ending}"
    write_file(output, content, force=wanted.force)
    notes = " It holds notes and remarks; hand over the client's version." if wanted.counsellor else ""
    say(f"Written to {output}.{notes}")


def _content(report: Report, answers: Answers, occasion: Occasion, wanted: Wanted) -> bytes:
    match wanted.form:
        case ResultFormat.table:
            return _as_table(report, answers, occasion, wanted).encode()
        case ResultFormat.json:
            from bpo_quiz.records.result import for_counsellor, result_record
            from bpo_quiz.records.text import json_text

            more = {"counsellor": for_counsellor(report, answers, occasion)} if wanted.counsellor else {}
            return json_text({**result_record(report), **more}).encode()
        case ResultFormat.csv:
            from bpo_quiz.records.result_csv import result_csv

            return result_csv(report, occasion, counsellor=wanted.counsellor, with_name=wanted.with_name).encode()
        case ResultFormat.md:
            from bpo_quiz.writers.markdown import markdown

            return markdown(_document(report, answers, occasion, wanted)).encode()
        case ResultFormat.html:
            from bpo_quiz.writers.html import html

            return html(_document(report, answers, occasion, wanted)).encode()
        case ResultFormat.pdf:
            from bpo_quiz.writers.pdf import pdf

            return pdf(_document(report, answers, occasion, wanted), wanted.paper.value)


def _document(report: Report, answers: Answers, occasion: Occasion, wanted: Wanted) -> Document:
    from bpo_quiz.report.papers.paper import client_paper, counsellor_paper

    if wanted.counsellor:
        return counsellor_paper(report, answers, occasion, top=wanted.top)
    return client_paper(report, answers, occasion, top=wanted.top, with_name=wanted.with_name)


def _supplement(report: Report, answers: Answers, occasion: Occasion) -> Document:
    """What the counsellor sees below the result that everybody sees."""
    from bpo_quiz.report.papers.paper import counsellor_supplement

    return counsellor_supplement(report, answers, occasion)


def _as_table(report: Report, answers: Answers, occasion: Occasion, wanted: Wanted) -> str:
    """The result of the terminal, as text for a file or a screen reader."""
    from bpo_quiz.report import plain, tables
    from bpo_quiz.terminal.streams import as_text
    from bpo_quiz.writers import plain as document_plain
    from bpo_quiz.writers import screen as document_tables

    more = _supplement(report, answers, occasion) if wanted.counsellor else None
    if wanted.plain:
        lines = [*plain.result(report, wanted.top), *(document_plain.sections(more.sections) if more else ())]
        return "".join(f"{line}\n" for line in lines)
    return as_text([*tables.result(report, wanted.top), *(document_tables.sections(more.sections) if more else ())])

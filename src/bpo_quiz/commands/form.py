"""`bpo-quiz form`: the blank questionnaire, for paper, for a phone, or as a sheet."""

from __future__ import annotations

import enum
from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.shared import the_catalogue
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


class FormFormat(enum.StrEnum):
    """What the questionnaire is for."""

    html = "html"
    pdf = "pdf"
    csv = "csv"


class Paper(enum.StrEnum):
    """Sizes of paper."""

    a4 = "a4"
    letter = "letter"


_WHAT_NEXT = {
    FormFormat.html: "Send it to a client; bpo-quiz start --answers FILE scores what comes back.",
    FormFormat.pdf: "Print it; bpo-quiz start --enter keys it in.",
    FormFormat.csv: "One row a person; --legend tells what the columns mean.",
}

_WHERE_HELP_IS = {
    FormFormat.html: "the html form shows the help of each question",
    FormFormat.pdf: "the pdf form leaves out the help of questions, the html form shows it",
}


def form(
    ctx: typer.Context,
    kind: Annotated[
        FormFormat | None,
        typer.Option("--format", help="A page for a phone, paper, or an empty sheet.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A file, or a folder."),
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="For pdf: the size of the paper.")] = Paper.a4,
    legend: Annotated[bool, typer.Option("--legend", help="For csv: what the columns mean, in place of them.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the questionnaire."""
    chosen = kind or _by_ending(output)
    if legend and chosen is not FormFormat.csv:
        raise UsageError(f"form: --legend is for --format csv; {_WHERE_HELP_IS[chosen]}")
    catalogue = the_catalogue(ctx)
    if output is None:
        if chosen is not FormFormat.csv:
            raise UsageError(f"form: --format {chosen.value} needs a file; add -o questionnaire.{chosen.value}")
        typer.echo(_made(catalogue, chosen, paper, legend), nl=False)
        return
    from bpo_quiz.files.faults import told
    from bpo_quiz.files.safe import write_file

    with told(output):
        file = output / f"questionnaire.{chosen.value}" if output.is_dir() else output
    write_file(file, _made(catalogue, chosen, paper, legend), force=force)
    say(f"Written to {file}." if legend else f"Written to {file}. {_WHAT_NEXT[chosen]}")


def _by_ending(output: Path | None) -> FormFormat:
    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    if ending not in FormFormat.__members__:
        raise UsageError("form: which one? add --format html, pdf or csv, or -o with a file that ends so")
    return FormFormat(ending)


def _made(catalogue: Catalogue, kind: FormFormat, paper: Paper, legend: bool) -> bytes:
    from bpo_quiz.forms import printed, sheet

    if kind is FormFormat.pdf:
        return printed.form_pdf(catalogue, paper.value)
    if kind is FormFormat.html:
        return printed.form_html(catalogue).encode()
    return (sheet.legend(catalogue) if legend else sheet.empty_sheet(catalogue)).encode()

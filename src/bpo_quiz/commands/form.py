"""`bpo-quiz form`: the blank questionnaire, for paper, for a phone, or as a sheet."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from bpo_quiz.commands.output import ForceOption, OutputOption, PaperOption, PaperSize, put
from bpo_quiz.commands.shared import options, put_out, the_catalogue
from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.store.desk_file import DeskFile, consent, read_desk
from bpo_quiz.store.locations import home_folder
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

FormFormat = Literal["html", "pdf", "csv"]

_WHAT_NEXT = {
    "html": "Send it to a client; bpo-quiz start --answers FILE scores what comes back.",
    "pdf": "Print it; bpo-quiz start --enter keys it in.",
    "csv": "One row a person; --legend tells what the columns mean.",
}

_WHERE_HELP_IS = {
    "html": "the html form shows the help of each question",
    "pdf": "the pdf form leaves out the help of questions, the html form shows it",
}


def form(
    ctx: typer.Context,
    kind: Annotated[
        FormFormat | None,
        typer.Option("--format", help="A page for a phone, paper, or an empty sheet.", show_default=False),
    ] = None,
    output: OutputOption = None,
    paper: PaperOption = "a4",
    client: Annotated[
        str | None, typer.Option("--client", metavar="ALIAS", help="For html: whose answers the page gives back.")
    ] = None,
    legend: Annotated[bool, typer.Option("--legend", help="For csv: what the columns mean, in place of them.")] = False,
    force: ForceOption = False,
) -> None:
    """Write the questionnaire."""
    chosen = kind or _by_ending(output)
    if legend and chosen != "csv":
        raise UsageError(f"form: --legend is for --format csv; {_WHERE_HELP_IS[chosen]}")
    if client is not None and chosen != "html":
        raise UsageError("form: --client is for --format html; paper and a sheet get the alias in their own hand")
    if output is None and chosen != "csv":
        raise UsageError(f"form: --format {chosen} needs a file; add -o questionnaire.{chosen}")
    desk = DeskFile()
    with contextlib.suppress(StorageError):  # where no home is known, nobody has said who runs the desk
        desk = read_desk(home_folder(options(ctx).home))
    made = _made(the_catalogue(ctx), chosen, paper, legend, consent(desk), client)
    if output is None:
        put_out(made)
        return
    put(ctx, output, made, f"questionnaire.{chosen}", force=force, more="" if legend else _WHAT_NEXT[chosen])


def _by_ending(output: Path | None) -> FormFormat:
    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    if ending not in _WHAT_NEXT:
        raise UsageError("form: which one? add --format html, pdf or csv, or -o with a file that ends so")
    return cast("FormFormat", ending)


def _made(
    catalogue: Catalogue, kind: FormFormat, paper: PaperSize, legend: bool, consent: tuple[str, ...], client: str | None
) -> bytes:
    from bpo_quiz.forms import printed, sheet
    from bpo_quiz.store.names import name

    if kind == "pdf":
        return printed.form_pdf(catalogue, paper, consent, say)
    if kind == "html":
        return printed.form_html(catalogue, consent, name(client, "alias") if client else "").encode()
    return (sheet.legend(catalogue) if legend else sheet.empty_sheet(catalogue)).encode()

"""`bpo-quiz catalogue`: for those who write catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands import output
from bpo_quiz.commands.shared import options, tell, the_catalogue, the_guide
from bpo_quiz.errors import INVALID_INPUT
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from bpo_quiz.document import Document

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def check(ctx: typer.Context) -> None:
    """Find everything that is wrong with a catalogue, and everything that looks odd."""
    from bpo_quiz.study.lint import lint

    catalogue = the_catalogue(ctx)
    guide = the_guide(ctx, catalogue)
    findings = lint(catalogue)
    tell(*map(str, findings))
    errors = sum(finding.is_error for finding in findings)
    tell(
        f"{catalogue.name} {catalogue.version}: {len(catalogue.skills)} skills, {len(catalogue.items())} items, "
        f"{len(catalogue.paths)} career paths, {len(catalogue.roles)} roles"
        f"{', ' + counted(len(guide.topics), 'guide topic') if guide else ''}; "
        f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}"
    )
    if errors:
        raise typer.Exit(INVALID_INPUT)


@app.command()
def simulate(
    ctx: typer.Context,
    people: Annotated[
        int, typer.Option("--people", min=20, max=100_000, help="How many people, in each of five worlds.")
    ] = 600,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the random numbers.")] = 1,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """Let simulated people take the quiz: can roles be told apart, how sure is a result, what do fewer items cost?"""
    wanted = output.wanted("catalogue simulate", output.Shown, form, plain=plain)
    _need_numpy()
    catalogue = the_catalogue(ctx)
    from bpo_quiz.records.study import study_record
    from bpo_quiz.study.simulate import study
    from bpo_quiz.terminal.progress_bar import progress

    with progress("Simulating", options(ctx).no_color) as done:
        found = study(catalogue, people, seed, done=done)

    def document() -> Document:
        from bpo_quiz.pages import study as pages

        return pages.page(found)

    output.write(ctx, output.Page("study", document, lambda: study_record(found)), wanted)


def _need_numpy() -> None:
    try:
        import numpy  # noqa: F401 - the study's modules do
    except ImportError:
        from bpo_quiz.extras import missing

        raise missing("catalogue simulate", "numpy") from None

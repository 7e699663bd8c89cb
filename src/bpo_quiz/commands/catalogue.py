"""`bpo-quiz catalogue`: for those who write catalogues."""

from __future__ import annotations

import typer

from bpo_quiz.commands.shared import the_catalogue
from bpo_quiz.errors import INVALID_INPUT

app = typer.Typer(no_args_is_help=True, help="Check a catalogue.")


@app.callback()
def _group() -> None:
    """Keep `catalogue` a group while it has one command."""


@app.command()
def check(ctx: typer.Context) -> None:
    """Find everything that is wrong with a catalogue, and everything that looks odd."""
    from bpo_quiz.study.lint import lint

    catalogue = the_catalogue(ctx)
    findings = lint(catalogue)
    for finding in findings:
        typer.echo(str(finding))
    errors = sum(finding.is_error for finding in findings)
    typer.echo(
        f"{catalogue.name} {catalogue.version}: {len(catalogue.skills)} skills, {len(catalogue.items())} items, "
        f"{len(catalogue.paths)} career paths, {len(catalogue.roles)} roles; "
        f"{errors} errors, {len(findings) - errors} warnings"
    )
    if errors:
        raise typer.Exit(INVALID_INPUT)

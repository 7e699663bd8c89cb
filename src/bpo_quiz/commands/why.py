"""`bpo-quiz why`: why a role stands where it stands."""

from __future__ import annotations

from typing import Annotated

import typer

from bpo_quiz.commands.browse import FormatOption  # noqa: TC001 - Typer reads it
from bpo_quiz.commands.sessions import ClientsOption, answers_of, code_wanted
from bpo_quiz.commands.shared import Format, show, the_store, write_json
from bpo_quiz.commands.start import PlainOption  # noqa: TC001 - Typer reads it


def why(
    ctx: typer.Context,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A name or an id; also one far down the list.")],
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Left out: the latest that is finished.", show_default=False)
    ] = None,
    client: ClientsOption = None,
    form: FormatOption = Format.table,
    plain: PlainOption = False,
) -> None:
    """Say why a role stands where it stands, or why not: points that add up, and the answers that moved it."""
    from bpo_quiz.catalogue.find import find_role
    from bpo_quiz.guidance.explain import explain

    with the_store(ctx, read_only=True) as database:
        catalogue, answers = answers_of(ctx, database, code_wanted(database, code, client))
    explanation = explain(catalogue, answers, find_role(catalogue, role).id)
    if form is Format.json:
        from bpo_quiz.report.why import why_json

        write_json(why_json.why(catalogue, explanation))
    elif plain:
        from bpo_quiz.report.why import why_plain

        for line in why_plain.page(catalogue, explanation):
            typer.echo(line)
    else:
        from bpo_quiz.report.why import why_tables

        show(ctx, why_tables.page(catalogue, explanation))

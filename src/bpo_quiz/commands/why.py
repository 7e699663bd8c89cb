"""`bpo-quiz why`: why a role stands where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.catalogue.find import find_role
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.sessions import ClientsOption, CodeArgument, as_asked, chosen_session, code_wanted
from bpo_quiz.commands.shared import the_store
from bpo_quiz.guidance.explain import explain
from bpo_quiz.records.why import why_record

if TYPE_CHECKING:
    from bpo_quiz.document import Document


def why(
    ctx: typer.Context,
    role: Annotated[
        str,
        typer.Argument(
            metavar="ROLE", help="A name or an id; also one far down the list.", autocompletion=completing.roles
        ),
    ],
    code: CodeArgument = None,
    client: ClientsOption = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show what a role's points are made of."""
    wanted = output.wanted("why", output.Handed, form, plain=plain, file=file, force=force, paper=paper)

    with the_store(ctx, read_only=True) as database:
        session = chosen_session(database, code_wanted(database, code, client))
        catalogue, answers = as_asked(ctx, database, session)
    found = explain(catalogue, answers, find_role(catalogue, role).id)

    def document() -> Document:
        from bpo_quiz.pages import why as pages
        from bpo_quiz.pages.phrases import session_facts

        return pages.page(catalogue, found, session_facts(catalogue, session))

    output.write(ctx, output.Page(f"why-{found.role.id}", document, lambda: why_record(catalogue, found)), wanted)

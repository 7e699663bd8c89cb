"""`bpo-quiz path`: the way to a role, step by step, or the next step."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.catalogue.find import find_role
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.sessions import ClientsOption, CodeArgument, as_asked, chosen_session, code_wanted
from bpo_quiz.commands.shared import the_store
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.records.result import path_record
from bpo_quiz.results.result import build
from bpo_quiz.results.route import route
from bpo_quiz.store.names import read_code

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.document import Document
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

    Asked = tuple[StoredSession, Catalogue, Answers]


def path(
    ctx: typer.Context,
    role: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROLE]",
            help="Id or name. Left out: the best next step and two alternatives. "
            "A single word that is no role is taken as the CODE.",
            show_default=False,
            autocompletion=completing.roles,
        ),
    ] = None,
    code: CodeArgument = None,
    client: ClientsOption = None,
    way: Annotated[int, typer.Option("--way", min=1, metavar="N", help="Which of several ways to show whole.")] = 1,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show the steps to a role."""
    wanted = output.wanted("path", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    (session, catalogue, answers), goal = _read_words(ctx, role, code, client)
    found = route(build(catalogue, answers), goal)
    if way > 1 and way > len(found.pathways):
        choice = f"choose 1 to {len(found.pathways)}" if len(found.pathways) > 1 else "leave --way out"
        raise UsageError(f"path: --way {way}: there is no such way; {choice}")

    def document() -> Document:
        from bpo_quiz.pages import path as pages
        from bpo_quiz.pages.phrases import session_facts

        return pages.page(found, way, session_facts(catalogue, session))

    name = f"path-{goal.id}" if goal else "path"
    output.write(ctx, output.Page(name, document, lambda: path_record(found)), wanted)


def _read_words(
    ctx: typer.Context, role: str | None, code: str | None, client: str | None
) -> tuple[Asked, Role | None]:
    """The session that the words are about, with its catalogue and answers, and the role that they name."""
    with the_store(ctx, read_only=True) as database:
        code = code_wanted(database, code, client)
        if role is None or code is not None or not _is_code(role):
            asked = _asked(ctx, database, code)
            return asked, _role(asked[1], role, alone=code is None)
        with contextlib.suppress(NoSuchRecord, UsageError):
            latest = _asked(ctx, database, None)
            return latest, find_role(latest[1], role)
        return _asked(ctx, database, role), None


def _asked(ctx: typer.Context, database: Database, code: str | None) -> Asked:
    session = chosen_session(database, code)
    return session, *as_asked(ctx, database, session)


def _role(catalogue: Catalogue, word: str | None, *, alone: bool) -> Role | None:
    if word is None:
        return None
    try:
        return find_role(catalogue, word)
    except UsageError as error:
        raise UsageError(f"{error}; it is no session code either" if alone else str(error)) from None


def _is_code(word: str) -> bool:
    try:
        read_code(word)
    except UsageError:
        return False
    return True

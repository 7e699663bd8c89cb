"""`bpo-quiz path`: the way to a role, step by step, or the next step."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.catalogue.find import find_role
from bpo_quiz.commands.output import PlainOption  # noqa: TC001
from bpo_quiz.commands.sessions import ClientsOption, answers_of, code_wanted
from bpo_quiz.commands.shared import Format, show, the_store, write_json
from bpo_quiz.errors import NoSuchRecord, UsageError

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.results.route import Route
    from bpo_quiz.store.connection import Database

FormatOption = Annotated[Format, typer.Option("--format", help="How it is written.")]


def path(
    ctx: typer.Context,
    role: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROLE]",
            help="Id or name. Left out: the best next step and two alternatives. "
            "A single word that is no role is taken as the CODE.",
            show_default=False,
        ),
    ] = None,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Left out: the latest that is finished.", show_default=False)
    ] = None,
    client: ClientsOption = None,
    way: Annotated[int, typer.Option("--way", min=1, metavar="N", help="Which of several ways to show whole.")] = 1,
    form: FormatOption = Format.table,
    plain: PlainOption = False,
) -> None:
    """Show the steps to a role."""
    from bpo_quiz.results.result import build
    from bpo_quiz.results.route import route

    catalogue, answers, goal = _read_words(ctx, role, code, client)
    found = route(build(catalogue, answers), goal)
    if way > 1 and way > len(found.pathways):
        choice = f"choose 1 to {len(found.pathways)}" if len(found.pathways) > 1 else "leave --way out"
        raise UsageError(f"path: --way {way}: there is no such way; {choice}")
    _write(ctx, found, way, form, plain=plain)


def _write(ctx: typer.Context, found: Route, way: int, form: Format, *, plain: bool) -> None:
    if form is Format.json:
        from bpo_quiz.records.ways import path_record

        write_json(path_record(found))
    elif plain:
        from bpo_quiz.report.way import way_plain

        for line in way_plain.page(found, way):
            typer.echo(line)
    else:
        from bpo_quiz.report.way import way_tables

        show(ctx, way_tables.page(found, way))


def _read_words(
    ctx: typer.Context, role: str | None, code: str | None, client: str | None
) -> tuple[Catalogue, Answers, Role | None]:
    """The catalogue and the answers that the words are about, and the role that they name."""
    with the_store(ctx, read_only=True) as database:
        code = code_wanted(database, code, client)
        if role is None or code is not None or not _is_code(role):
            catalogue, answers = answers_of(ctx, database, code)
            return catalogue, answers, _role(catalogue, role, alone=code is None)
        latest = _latest(ctx, database)
        if latest is not None:
            with contextlib.suppress(UsageError):
                return *latest, find_role(latest[0], role)
        return *answers_of(ctx, database, role), None


def _latest(ctx: typer.Context, database: Database) -> tuple[Catalogue, Answers] | None:
    try:
        return answers_of(ctx, database, None)
    except NoSuchRecord:
        return None


def _role(catalogue: Catalogue, word: str | None, *, alone: bool) -> Role | None:
    if word is None:
        return None
    try:
        return find_role(catalogue, word)
    except UsageError as error:
        raise UsageError(f"{error}; it is no session code either" if alone else str(error)) from None


def _is_code(word: str) -> bool:
    from bpo_quiz.store.names import read_code

    try:
        read_code(word)
    except UsageError:
        return False
    return True

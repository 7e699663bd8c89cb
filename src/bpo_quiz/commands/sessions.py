"""`bpo-quiz list`, and how commands find a session that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.as_dict import as_dict
from bpo_quiz.clean import clean
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.shared import options, the_catalogue, the_store
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession


CodeArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[CODE]",
        help="Left out: the latest that is finished.",
        show_default=False,
        autocompletion=completing.codes,
    ),
]
ClientsOption = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="ALIAS",
        help="This client's latest finished session, in place of a CODE.",
        autocompletion=completing.aliases,
    ),
]


def listed(
    ctx: typer.Context,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Only with this in alias, tag or code.")
    ] = None,
    client: Annotated[
        str | None,
        typer.Option(
            "--client", metavar="ALIAS", help="Only this client's sessions.", autocompletion=completing.aliases
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, newest first.")] = 20,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """List the sessions that were kept, newest first."""
    wanted = output.wanted("list", output.Shown, form, plain=plain)
    from bpo_quiz.store.sessions import Sessions

    with the_store(ctx, read_only=True) as database:
        rows = Sessions(database).list(client, search, limit)

    def document() -> Document:
        from bpo_quiz.pages import desk

        return desk.sessions(rows)

    output.write(ctx, output.Page("sessions", document, lambda: {"sessions": [as_dict(row) for row in rows]}), wanted)


def code_wanted(database: Database, code: str | None, client: str | None) -> str | None:
    """The code that was given, or that of a client's latest finished session; None where neither was given.

    Raises:
        NoSuchRecord: there is no such client, or nothing of theirs is finished.
        UsageError: both were given.
    """
    if client is None:
        return code
    if code is not None:
        raise UsageError(f"--client: the code {clean(code, 40)!r} says already which session; leave out one of the two")
    from bpo_quiz.store.names import typed
    from bpo_quiz.store.sessions import Sessions

    found = Sessions(database).latest(finished=True, client=client)
    if found is None:
        raise NoSuchRecord(f"{typed(client, 'alias')}: no session of this client is finished; bpo-quiz list shows all")
    return found


def as_asked(ctx: typer.Context, database: Database, session: StoredSession) -> tuple[Catalogue, Answers]:
    """The catalogue that a session answered, or the one of this call, and the answers as that sees them."""
    from bpo_quiz.store.sessions import Sessions

    if not session.finished:
        say(f"{session.code} is not finished yet; bpo-quiz resume {session.code} goes on.")
    if options(ctx).data is None:
        return Sessions(database).catalogue_of(session), session.answers
    now = the_catalogue(ctx)
    return now, session.answers.as_seen_by(now)


def chosen_session(database: Database, code: str | None, *, finished: bool) -> StoredSession:
    """The session of a code; without one the latest that is finished, or that can go on.

    Raises:
        NoSuchRecord: there is none.
        UsageError: that can be no code.
    """
    from bpo_quiz.store.names import read_code
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    found = sessions.latest(finished=finished) if code is None else read_code(code)
    if found is None:
        if finished:
            raise NoSuchRecord("no session is finished; bpo-quiz resume goes on with one, bpo-quiz start begins one")
        raise NoSuchRecord("no session can go on; bpo-quiz list shows all, bpo-quiz start begins one")
    return sessions.get(found)

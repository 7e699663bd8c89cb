"""`bpo-quiz list` and `desk`, and how commands find a session that was kept."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.as_dict import as_dict
from bpo_quiz.clean import clean
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.confirming import choice_of_person
from bpo_quiz.commands.shared import options, tell, the_catalogue, the_store
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.terminal.lines import say
from bpo_quiz.terminal.streams import can_ask
from bpo_quiz.wording import day

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import SessionRow, StoredSession

_FEW, _KEYS = 5, 9

Alias = Annotated[
    str, typer.Argument(metavar="ALIAS", help="The client; case does not matter.", autocompletion=completing.aliases)
]
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


def desk(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, metavar="N", help="At most so many rows.")] = 12,
    settings: Annotated[
        bool, typer.Option("--settings", help="Write a commented desk.yaml: who runs the desk, how long is kept.")
    ] = False,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """Show what waits."""
    from bpo_quiz.files.safe import make_folder, write_file
    from bpo_quiz.results import desk as results
    from bpo_quiz.store.desk_file import COMMENTED, FILE, read_desk
    from bpo_quiz.store.locations import home_folder

    home = home_folder(options(ctx).home)
    if settings:
        make_folder(home)
        write_file(home / FILE, COMMENTED.encode(), force=False)
        tell(f"Written: {home / FILE}. Fill it in with a text editor; bpo-quiz desk says whether all is right.")
        return
    wanted, found = output.wanted("desk", output.Shown, form, plain=plain), results.NOTHING
    read_desk(home)
    with contextlib.suppress(NoSuchRecord), the_store(ctx, read_only=True) as database:
        found = results.desk(database, date.today(), limit)  # noqa: DTZ011 - the day of whoever looks

    def document() -> Document:
        from bpo_quiz.pages.desk import waiting

        return waiting(found)

    output.write(ctx, output.Page("desk", document, lambda: {"format": "bpo-quiz/desk@1", **as_dict(found)}), wanted)


def code_wanted(database: Database, code: str | None, client: str | None, *, finished: bool = True) -> str | None:
    """The code that was given, or that of a client's latest session, finished or open; None where neither was given.

    Raises:
        NoSuchRecord: there is no such client, or they have no such session.
        UsageError: both were given.
    """
    if client is None:
        return code
    if code is not None:
        raise UsageError(f"--client: the code {clean(code, 40)!r} says already which session; leave out one of the two")
    from bpo_quiz.store.names import typed
    from bpo_quiz.store.sessions import Sessions

    found = Sessions(database).latest(finished=finished, client=client)
    if found is None:
        which = "is finished" if finished else "can go on"
        raise NoSuchRecord(f"{typed(client, 'alias')}: no session of this client {which}; bpo-quiz list shows all")
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


def chosen_session(database: Database, code: str | None) -> StoredSession:
    """The session of a code; without one the latest that is finished, and then it is said whose that is.

    Raises:
        NoSuchRecord: there is none.
        UsageError: that can be no code.
    """
    from bpo_quiz.store.names import read_code
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    found = sessions.latest(finished=True) if code is None else read_code(code)
    if found is None:
        raise NoSuchRecord("no session is finished; bpo-quiz resume goes on with one, bpo-quiz start begins one")
    session = sessions.get(found)
    if code is None and database.count("clients"):
        say(f"The latest result: {found}, {whose(session)}.")
    return session


def open_session(ctx: typer.Context, database: Database, code: str | None, client: str | None) -> StoredSession:
    """The session to go on with: of a code, the latest of a client, or the latest; whose it is, is said or asked.

    Raises:
        NoSuchRecord: there is none.
        UsageError: that can be no code, or several people have one and nobody can be asked which is meant.
    """
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    if code is not None or client is not None:
        return chosen_session(database, code_wanted(database, code, client, finished=False))
    found = sessions.open_ones()
    if not found:
        raise NoSuchRecord("no session can go on; bpo-quiz list shows all, bpo-quiz start begins one")
    if len(found) == 1:
        if found[0].client is not None:
            say(f"Going on with {found[0].code}, {whose(found[0])}.")
        return found[0]
    told = [f"{one.code}, {whose(one)}, begun {day(one.started)}, {stopped_at(one)}" for one in found]
    if not can_ask():
        listed = "; ".join(told[:_FEW]) + ("; bpo-quiz desk lists the others" if len(told) > _FEW else "")
        raise UsageError(f"resume: sessions of several people can go on; name one by its code or --client: {listed}")
    latest = f"Whose session goes on?{'' if len(told) <= _KEYS else f' (The {_KEYS} latest; --client names others.)'}"
    return found[choice_of_person(ctx, latest, told[:_KEYS], "Stopped. Nothing was changed.")]


def whose(session: StoredSession | SessionRow) -> str:
    """`of K-17`, or `of no client`."""
    return f"of {clean(session.client)}" if session.client else "of no client"


def stopped_at(session: StoredSession) -> str:
    """Where somebody left, in words."""
    return f"at question {len(session.responses) + 1}" if session.responses else "at the questions about the person"

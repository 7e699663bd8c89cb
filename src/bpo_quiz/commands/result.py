"""`bpo-quiz result`: look at a result that was kept, or write it to hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.endings import by_ending
from bpo_quiz.commands.output import PlainOption, TopOption  # noqa: TC001 - Typer reads them
from bpo_quiz.commands.result_writing import (
    CounsellorOption,
    ForceOption,
    NameOption,
    OutputOption,
    Paper,
    PaperOption,
    ResultFormat,
    ResultFormatOption,
    Wanted,
    write,
)
from bpo_quiz.commands.sessions import ClientsOption, chosen_session, code_wanted
from bpo_quiz.commands.shared import options, the_catalogue, the_store
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.occasion import Occasion, SessionNote
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession


def result(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(metavar="[CODE]", help="The session; left out: the latest finished.", show_default=False),
    ] = None,
    client: ClientsOption = None,
    form: ResultFormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    counsellor: CounsellorOption = False,
    with_name: NameOption = False,
    paper: PaperOption = Paper.a4,
    plain: PlainOption = False,
    top: TopOption = 10,
) -> None:
    """Show or write one session's result."""
    from bpo_quiz.catalogue.load import parse_files
    from bpo_quiz.report.recount import recount
    from bpo_quiz.results.result import build
    from bpo_quiz.store.sessions import Sessions

    form = form or by_ending(output, ResultFormat, "result")
    wanted = Wanted(form, plain, top, output, force, counsellor, with_name, paper)
    wanted.check()
    with the_store(ctx, read_only=True) as database:
        session = chosen_session(database, code_wanted(database, code, client), finished=True)
        then = parse_files(*Sessions(database).frozen_catalogue(session.catalogue_sha256))
        notes = _notes(database, session) if counsellor else ()
    if not session.finished:
        say(f"{session.code} is not finished yet; bpo-quiz resume {session.code} goes on.")
    now = then if options(ctx).data is None else the_catalogue(ctx)
    answers = session.answers if now is then else session.answers.as_seen_by(now)
    occasion = _occasion(session, now, notes)
    write(ctx, build(now, answers), answers, occasion, wanted)
    if now is not then:
        for line in recount(then, now, session.answers, answers):
            say(line)


def _occasion(session: StoredSession, catalogue: Catalogue, notes: tuple[SessionNote, ...]) -> Occasion:
    from bpo_quiz.results.occasion import Occasion

    return Occasion(
        code=session.code,
        date=session.finished or session.started,
        alias=session.client,
        tag=session.tag,
        is_finished=session.finished is not None,
        is_rescored=catalogue.sha256 != session.catalogue_sha256,
        notes=notes,
    )


def _notes(database: Database, session: StoredSession) -> tuple[SessionNote, ...]:
    """The notes about the session, and those about its client that are about no session."""
    from bpo_quiz.results.occasion import SessionNote
    from bpo_quiz.store.clients import Clients

    if session.client is None:
        return ()
    return tuple(
        SessionNote(note.written, note.text, note.code is not None)
        for note in Clients(database).notes(session.client)
        if note.code in (None, session.code)
    )

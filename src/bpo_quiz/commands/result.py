"""`bpo-quiz result`: look at a result that was kept, or write it to hand over."""

from __future__ import annotations

from functools import partial
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_quiz.commands import output
from bpo_quiz.commands.result_page import notes, occasion, result_page
from bpo_quiz.commands.sessions import ClientsOption, CodeArgument, chosen_session, code_wanted
from bpo_quiz.commands.shared import options, put_out, the_catalogue, the_store
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.store.records import StoredSession

ResultFormat = Literal["table", "plain", "json", "md", "html", "pdf", "csv", "answers"]
CounsellorOption = Annotated[
    bool,
    typer.Option(
        "--counsellor",
        help="For the counsellor: with alias, notes, signs to talk about, single answers, errors of the scores.",
    ),
]
NameOption = Annotated[
    bool, typer.Option("--name", help="Put the client's alias on it. Left out, only the session's code is on it.")
]


def result(
    ctx: typer.Context,
    code: CodeArgument = None,
    client: ClientsOption = None,
    form: Annotated[
        ResultFormat | None,
        typer.Option(
            "--format",
            help="How it is written; html and pdf need -o; answers: the answer file.",
            show_default=output.BY_ENDING,
        ),
    ] = None,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    counsellor: CounsellorOption = False,
    with_name: NameOption = False,
    paper: output.PaperOption = "a4",
    plain: output.PlainOption = False,
    top: output.TopOption = 10,
    printed: output.PrintOption = False,
) -> None:
    """Show a result again."""
    rows = None if form == "answers" else form
    wanted = output.wanted("result", output.HandedRows, rows, plain=plain, file=file, force=force, paper=paper)
    from bpo_quiz.pages.recount import recount
    from bpo_quiz.results.result import build
    from bpo_quiz.store.sessions import Sessions
    from bpo_quiz.store.talks import about_session

    with the_store(ctx, read_only=True) as database:
        session = chosen_session(database, code_wanted(database, code, client))
        then = Sessions(database).catalogue_of(session)
        noted = notes(database, session) if counsellor else ()
        talk = about_session(database, session.code).read()
    if form == "answers":
        _write_answers(ctx, session, file, force)
        return
    if not session.finished:
        say(f"{session.code} is not finished yet; bpo-quiz resume {session.code} goes on.")
    now = then if options(ctx).data is None else the_catalogue(ctx)
    answers = session.answers if now is then else session.answers.as_seen_by(now)
    about = occasion(session, now, noted)._replace(talk=talk)
    if now is then and not counsellor and output.has_way_on(rows, file=file, printed=printed):
        from bpo_quiz.commands.afterwards import Seen, go_on
        from bpo_quiz.commands.start import look_over

        change = partial(look_over, ctx, session.code, plain) if session.finished else None
        go_on(ctx, Seen(build(now, answers), answers, about, change), plain=plain, top=top)
        return
    page = result_page(build(now, answers), answers, about, top=top, counsellor=counsellor, with_name=with_name)
    output.write(ctx, page, wanted)
    if counsellor and file is not None:
        say("It holds notes and remarks; hand over the client's version.")
    if now is not then:
        for line in recount(then, now, session.answers, answers):
            say(line)


def _write_answers(ctx: typer.Context, session: StoredSession, file: Path | None, force: bool) -> None:
    """Write what was answered as an answer file, which `start --answers` and `client take` read."""
    from bpo_quiz.answers.answer_file import to_record
    from bpo_quiz.records.text import json_text

    made = json_text(to_record(session.answers._replace(catalogue=session.catalogue_sha256))).encode()
    if file is None:
        put_out(made)
    else:
        output.put(ctx, file, made, f"answers-{session.code}.json", force=force)

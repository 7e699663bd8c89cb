"""`bpo-quiz result`: look at a result that was kept, or write it to hand over."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bpo_quiz.commands import output
from bpo_quiz.commands.sessions import ClientsOption, CodeArgument, chosen_session, code_wanted
from bpo_quiz.commands.shared import options, put_out, the_catalogue, the_store
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.results.occasion import Occasion, SessionNote
    from bpo_quiz.results.result import Report
    from bpo_quiz.store.connection import Database
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
        notes = _notes(database, session) if counsellor else ()
        talk = about_session(database, session.code).read()
    if form == "answers":
        _write_answers(ctx, session, file, force)
        return
    if not session.finished:
        say(f"{session.code} is not finished yet; bpo-quiz resume {session.code} goes on.")
    now = then if options(ctx).data is None else the_catalogue(ctx)
    answers = session.answers if now is then else session.answers.as_seen_by(now)
    occasion = _occasion(session, now, notes)._replace(talk=talk)
    page = result_page(build(now, answers), answers, occasion, top=top, counsellor=counsellor, with_name=with_name)
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


def write_result(
    ctx: typer.Context, report: Report, given: Answers, *, form: output.Shown, plain: bool, top: int
) -> None:
    """Write the result of answers that were just given to standard output."""
    from bpo_quiz.results.occasion import Occasion

    page = result_page(report, given, Occasion(), top=top)
    output.write(ctx, page, output.wanted("start", output.Shown, form, plain=plain))


def result_page(
    report: Report,
    answers: Answers,
    occasion: Occasion,
    *,
    top: int,
    counsellor: bool = False,
    with_name: bool = False,
) -> output.Page:
    """A result in each form. `top`: how many roles are listed; `with_name`: whether the client's has the alias."""

    def document() -> Document:
        if counsellor:
            from bpo_quiz.pages.counsellor import paper

            return paper(report, answers, occasion, top=top)
        from bpo_quiz.pages import result as pages

        return pages.paper(report, answers, occasion, top=top, with_name=with_name)

    def on_terminal() -> Document:
        if counsellor:
            from bpo_quiz.pages.counsellor import page

            return page(report, answers, occasion, top=top)
        from bpo_quiz.pages import result as pages

        return pages.page(report, top)

    def record() -> dict[str, Any]:
        from bpo_quiz.records.result import for_counsellor, result_record

        more = {"counsellor": for_counsellor(report, answers, occasion)} if counsellor else {}
        return {**result_record(report), **more}

    def rows() -> str:
        from bpo_quiz.records.result_csv import result_csv

        return result_csv(report, occasion, counsellor=counsellor, with_name=with_name)

    title = "career-result-counsellor" if counsellor else "career-result"
    return output.Page(_file_name(title, occasion), document, record, rows, on_terminal)


def _file_name(title: str, occasion: Occasion) -> str:
    if occasion.code is None:  # only what was kept is written to a file
        return title
    from bpo_quiz.files.safe import safe_name

    return safe_name(title, occasion.code)


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

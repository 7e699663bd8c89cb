"""A result in each of its forms: made from answers that were just given, or from a session that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.commands import output
from bpo_quiz.commands.shared import the_store

if TYPE_CHECKING:
    import typer

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.results.occasion import Occasion, SessionNote
    from bpo_quiz.results.result import Report
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession


def write_result(
    ctx: typer.Context, report: Report, given: Answers, *, form: output.Shown, plain: bool, top: int
) -> None:
    """Write the result of answers that were just given to standard output."""
    from bpo_quiz.results.occasion import NOT_KEPT

    page = result_page(report, given, NOT_KEPT, top=top)
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


def occasion_of(ctx: typer.Context, code: str | None, catalogue: Catalogue) -> Occasion:
    """All that is kept of a session beside its answers; nothing where it was not kept."""
    from bpo_quiz.results.occasion import NOT_KEPT
    from bpo_quiz.store.sessions import Sessions

    if code is None:
        return NOT_KEPT
    with the_store(ctx, read_only=True) as database:
        session = Sessions(database).get(code)
        return occasion(session, catalogue, notes(database, session))


def occasion(session: StoredSession, catalogue: Catalogue, notes: tuple[SessionNote, ...]) -> Occasion:
    """What a paper says of a session; `catalogue`: that scores it."""
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


def notes(database: Database, session: StoredSession) -> tuple[SessionNote, ...]:
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

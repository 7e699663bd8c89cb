"""`bpo-quiz remove` and `move`: one session goes for good, or to its client; and what is said where something goes."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands import completing, output
from bpo_quiz.commands.confirming import confirmed, refuse_without_terminal
from bpo_quiz.commands.sessions import Alias  # noqa: TC001 - Typer reads it
from bpo_quiz.commands.shared import tell, the_store
from bpo_quiz.errors import NoSuchRecord
from bpo_quiz.terminal.lines import say
from bpo_quiz.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import SessionRow
    from bpo_quiz.store.removal import Removed

YesOption = Annotated[bool, typer.Option("--yes", help="Remove without asking first.")]

YES = "--yes does it without asking"
ALSO_IN_BACKUPS = "also in the program's own backups, which a fresh one has replaced"
MAY_REMAIN = "Papers, exports and backups in other places stay as they are; mend or remove them yourself."
_NOTHING = "Nothing was removed."
_ELSEWHERE = (
    "What may remain: papers and reports, files that were exported, backups in another place or on a stick, and what "
    "the history of your shell holds of aliases and notes. This program does not reach them; remove them yourself."
)


def remove(
    ctx: typer.Context,
    code: Annotated[
        str,
        typer.Argument(metavar="CODE", help="The session; bpo-quiz list shows all.", autocompletion=completing.codes),
    ],
    yes: YesOption = False,
) -> None:
    """Remove a session."""
    from bpo_quiz.store.names import read_code
    from bpo_quiz.store.removal import notes_about, remove_session
    from bpo_quiz.store.sessions import Sessions

    wanted = read_code(code)
    if not yes:
        refuse_without_terminal(ctx, YES)
    with the_store(ctx) as database:
        with or_gone_already(database):
            session = Sessions(database).row(wanted)
        say(f"This removes {_described(session)} for good, and {counted(notes_about(database, wanted), 'note')}.")
        if is_wanted(ctx, f"Remove {wanted}?", yes):
            tell_removed(remove_session(database, wanted))


def move(
    ctx: typer.Context,
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="The session, also one of nobody's.", autocompletion=completing.codes)
    ],
    alias: Alias,
    form: output.ToldOption = "plain",
) -> None:
    """Give a session to a client."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import read_code
    from bpo_quiz.store.sessions import Sessions

    wanted = read_code(code)
    with the_store(ctx) as database:
        now, before = Clients(database).get(alias).alias, Sessions(database).get(wanted).client
        Clients(database).move(wanted, now)
    said = f"Session {wanted} is now of {now}, no longer of {before or 'nobody'}, {ALSO_IN_BACKUPS}."
    output.tell_done(form, {"code": wanted, "was": before, "client": now}, said, MAY_REMAIN)


def _described(session: SessionRow) -> str:
    whose = f"of {session.client}" if session.client else "of no client"
    answers = "damaged" if session.answered is None else counted(session.answered, "answer")
    return f"session {session.code} {whose} (began {day(session.started)}, {answers})"


def is_wanted(ctx: typer.Context, question: str, yes: bool) -> bool:
    """Whether the person really wants it, which `--yes` has said already.

    Raises:
        Interrupted: the person left.
    """
    wanted = yes or confirmed(ctx, question, _NOTHING)
    if not wanted:
        say(_NOTHING)
    return wanted


@contextlib.contextmanager
def or_gone_already(database: Database) -> Iterator[None]:
    """Whoever asks again for what an earlier call removed hears how that stands, not only that there is none.

    Raises:
        StorageError: it still waits.
        NoSuchRecord: nothing was waiting.
    """
    try:
        yield
    except NoSuchRecord:
        if database.waiting is not None:
            raise database.waiting from None
        if not database.finished_removal:
            raise
        tell("What was removed before is now gone for good: a fresh backup has replaced those that knew it.")
        raise typer.Exit from None


def tell_removed(gone: Removed) -> None:
    """Say what went, and what may still be somewhere."""
    counts = [counted(gone.sessions, "session"), counted(gone.notes, "note")]
    if gone.clients:
        counts.insert(0, counted(gone.clients, "client"))
    tell(f"Removed on {day(date.today().isoformat())}: {', '.join(counts)}.")  # noqa: DTZ011 - the day here
    if gone.backups:
        tell(f"Of the backups, {gone.backups} still knew something; a fresh one has replaced them.")
    for file in gone.may_remain:
        tell(f"A damaged store or a copy lies beside it and may still tell something; look, then remove it: {file}")
    tell(_ELSEWHERE)

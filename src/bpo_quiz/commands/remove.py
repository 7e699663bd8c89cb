"""`bpo-quiz remove`: one session goes for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.confirming import confirmed, refuse_without_terminal
from bpo_quiz.commands.removing import NOTHING_REMOVED, YES, YesOption, several, tell_removed
from bpo_quiz.commands.shared import the_store
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from bpo_quiz.store.records import SessionRow


def remove(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The session; bpo-quiz list shows all.")],
    yes: YesOption = False,
) -> None:
    """Remove a session."""
    from bpo_quiz.store.codes import read_code
    from bpo_quiz.store.removal import notes_about, remove_session
    from bpo_quiz.store.sessions import Sessions

    wanted = read_code(code)
    if not yes:
        refuse_without_terminal(ctx, YES)
    with the_store(ctx) as database:
        session = Sessions(database).row(wanted)
        say(f"This removes {_described(session)} for good, and {several(notes_about(database, wanted), 'note')}.")
        if not yes and not confirmed(ctx, f"Remove {wanted}?", NOTHING_REMOVED):
            say(NOTHING_REMOVED)
            return
        removed = remove_session(database, wanted)
    tell_removed((several(1, "session"), several(removed.notes, "note")), removed.backups, removed.may_remain)


def _described(session: SessionRow) -> str:
    whose = f"of {session.client}" if session.client else "of no client"
    answers = "damaged" if session.answered is None else several(session.answered, "answer")
    return f"session {session.code} {whose} (began {session.started[:10]}, {answers})"

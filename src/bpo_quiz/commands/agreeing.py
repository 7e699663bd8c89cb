"""`bpo-quiz client agree`, `agreed` and `roles`: what a talk led to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import output
from bpo_quiz.commands.confirming import choice_of_person, text_from_person
from bpo_quiz.commands.sessions import Alias  # noqa: TC001 - Typer reads it
from bpo_quiz.commands.shared import the_catalogue, the_store
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.streams import can_ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.talks import State, Talk, Talks

_STOPPED = "Stopped. Nothing was changed."
_OWN_WORDS = "Something else, in the client's own words"


def agree(
    ctx: typer.Context,
    alias: Alias,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Left out: taken from the plan, typed or piped in.", show_default=False),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="Until when, such as 2026-12-03.")] = None,
    following: Annotated[str | None, typer.Option("--next", metavar="DATE", help="The day of the next talk.")] = None,
    form: output.ShownOption = "table",
) -> None:
    """Keep what a client wants to do, up to five things at a time, and when you talk again."""
    until, then = read_day(by, "--by"), read_day(following, "--next")

    def change(talks: Talks, database: Database, kept: str) -> Talk:
        wanted = text or (None if then and not by else _from_plan(ctx, database, kept))
        with database.change():
            talk = talks.change(lambda talk: talk._replace(next=then)) if then else talks.read()
            return talk if wanted is None else talks.agree(wanted, until)

    _change(ctx, alias, form, change)


def agreed(
    ctx: typer.Context,
    alias: Alias,
    number: Annotated[int, typer.Argument(metavar="N", help="The number that client show gives it.")],
    done: Annotated[bool, typer.Option("--done", help="It was done.")] = False,
    not_yet: Annotated[bool, typer.Option("--not-yet", help="Not yet; it stays open.")] = False,
    changed: Annotated[str | None, typer.Option("--changed", metavar="TEXT", help="What it is now.")] = None,
    slip: Annotated[bool, typer.Option("--remove", help="It was a slip: take it away, also from backups.")] = False,
    form: output.ShownOption = "table",
) -> None:
    """Keep what became of an agreement."""
    states: dict[State | None, bool] = {"done": done, "not yet": not_yet, "changed": changed is not None, None: slip}
    told = [state for state, given in states.items() if given]
    if len(told) != 1:
        raise UsageError("client agreed: say one of --done, --not-yet, --changed TEXT and --remove")

    def change(talks: Talks, database: Database, kept: str) -> Talk:
        if told[0] is not None:
            return talks.settle(number, told[0], changed or "")
        from bpo_quiz.store.removal import for_good

        def take_away() -> tuple[int, int, int]:
            talks.settle(number, None)
            return 0, 0, 0

        for_good(database, take_away)
        return talks.read()

    _change(ctx, alias, form, change)


def roles(
    ctx: typer.Context,
    alias: Alias,
    keep: Annotated[str, typer.Option("--keep", metavar="A,B", help="Roles to look at more closely.")] = "",
    against: Annotated[str, typer.Option("--not-for-me", metavar="C", help="Roles that are off the table.")] = "",
    why: Annotated[
        str,
        typer.Option("--why", metavar="TEXT", help="Why not, or else why."),
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take all earlier marks away.")] = False,
    form: output.ShownOption = "table",
) -> None:
    """Mark roles on a client's shortlist; no order and no number changes."""
    from bpo_quiz.catalogue.find import find_role
    from bpo_quiz.store.talks import Mark

    catalogue = the_catalogue(ctx)
    named = [(word, True) for word in keep.split(",")] + [(word, False) for word in against.split(",")]
    marks = {
        find_role(catalogue, word.strip()).id: Mark(keeps, "" if keeps and against else why)
        for word, keeps in named
        if word.strip()
    }
    if why and not marks:
        raise UsageError("client roles: --why is the reason for roles that --keep or --not-for-me names; name some")
    _change(ctx, alias, form, lambda talks, *_: talks.mark(marks, anew=clear) if marks or clear else talks.read())


def _change(ctx: typer.Context, alias: str, form: output.Shown, change: Callable[[Talks, Database, str], Talk]) -> None:
    """Change what is kept of the talks with a client, and show it."""
    from bpo_quiz.pages import agreed as pages
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.talks import with_client

    catalogue = the_catalogue(ctx)
    with the_store(ctx) as database:
        kept = Clients(database).get(alias).alias
        talk = change(with_client(database, kept), database, kept)
    record = {"alias": kept, "talk": talk.record()}
    page = output.Page("agreed", lambda: pages.page(kept, talk, catalogue), lambda: record)
    output.write(ctx, page, output.wanted("client agree", output.Shown, form))


def _from_plan(ctx: typer.Context, database: Database, alias: str) -> str:
    """An agreement from the plan of the client's latest result, or in other words."""
    from bpo_quiz.results.clients import Recomputed
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    code = sessions.latest(finished=True, client=alias) if can_ask() else None
    if code is not None:
        steps = Recomputed(database).line(sessions.get(code)).report.plan.steps
        options = [step.how[0] if step.how else step.what for step in steps]
        chosen = choice_of_person(ctx, f"What does {alias} want to do?", [*options, _OWN_WORDS], _STOPPED)
        if chosen < len(options):
            return options[chosen]
    return text_from_person(f"What {alias} wants to do; Ctrl-D or a line that is only a point ends it:", _STOPPED)


def read_day(text: str | None, option: str) -> str | None:
    """A day that somebody typed.

    Raises:
        UsageError: it is none.
    """
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{option}: {clean(text or '', 40)} is no date; write one like 2026-12-03") from None

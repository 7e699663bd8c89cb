"""`bpo-quiz client`: the people who come back, by an alias."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.confirming import confirmed, refuse_without_terminal, text_from_person
from bpo_quiz.commands.remove import YES, YesOption, is_wanted, or_gone_already, tell_removed
from bpo_quiz.commands.shared import tell, the_store, write_json
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.records.clients import client_card, client_list, comparison_record
from bpo_quiz.terminal.lines import say
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.document import Document
    from bpo_quiz.store.clients import Client, Clients
    from bpo_quiz.store.records import StoredSession

app = typer.Typer(add_completion=False, no_args_is_help=True)

Alias = Annotated[
    str, typer.Argument(metavar="ALIAS", help="The client; case does not matter.", autocompletion=completing.aliases)
]

CONSENT = """\
What is kept: your alias (not your name), your answers, and the notes that your counsellor writes.
Where: only on this computer. Nothing is sent anywhere.
What for: to work out your results, and to see how you have grown when you come back.
Your rights: at any time you can have all of it as a file, or have it removed. Just ask your counsellor."""
"""What a client agrees to, word for word as it is shown and stored."""

ON_PAPER = "Agreed to on paper, as the counsellor stated:"

_BOTH = 2
_MONTHS = re.compile(r"([1-9][0-9]{0,3})m")


@app.command()
def add(
    ctx: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="Up to 60 characters, no real name.")],
    consent_given: Annotated[
        bool, typer.Option("--consent-given", help="Ask nothing: the client has agreed on paper.")
    ] = False,
) -> None:
    """Add a client, who is asked for consent once."""
    from bpo_quiz.store.clients import Clients

    if not consent_given:
        refuse_without_terminal(ctx, "--consent-given says that you have the consent on paper")
    with the_store(ctx) as database:
        clients = Clients(database)
        _refuse_taken(clients, alias)
        words = f"{ON_PAPER}\n{CONSENT}" if consent_given else CONSENT
        if not consent_given:
            say(*CONSENT.splitlines())
            if not confirmed(ctx, "Do you agree?", "Stopped. Nothing was kept."):
                say("Without consent nothing was kept.")
                return
        added = clients.add(alias, words)
    tell(f"Added {added.alias}. The consent is kept with its time.")


def _refuse_taken(clients: Clients, alias: str) -> None:
    """Before anybody is asked for consent in vain."""
    try:
        found = clients.get(alias)
    except NoSuchRecord:
        return
    raise UsageError(f"{found.alias}: there is a client with this alias already; choose another")


@app.command("list")
def listed(
    ctx: typer.Context,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Only aliases with this in them.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000, metavar="N", help="At most so many.")] = 20,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """List the clients by alias."""
    wanted = output.wanted("client list", output.Shown, form, plain=plain)
    every = _found(ctx, search, limit + 1)
    found, more = every[:limit], len(every) > limit

    def document() -> Document:
        from bpo_quiz.pages import desk

        return desk.clients(found, more)

    output.write(ctx, output.Page("clients", document, lambda: client_list(found, more)), wanted)


def _found(ctx: typer.Context, search: str | None, limit: int) -> tuple[Client, ...]:
    """Clients; none where there is no store yet. The search is cleaned since aliases were."""
    from bpo_quiz.store.clients import Clients

    try:
        with the_store(ctx, read_only=True) as database:
            return Clients(database).list(None if search is None else clean(" ".join(search.split())), limit)
    except NoSuchRecord:
        return ()


@app.command("show")
def card(
    ctx: typer.Context, alias: Alias, form: output.ShownOption = "table", plain: output.PlainOption = False
) -> None:
    """Show a client: consent, sessions, notes."""
    wanted = output.wanted("client show", output.Shown, form, plain=plain)
    from bpo_quiz.results.clients import ClientCard, Recomputed
    from bpo_quiz.store.clients import Clients

    with the_store(ctx, read_only=True) as database:
        kept, recomputed = Clients(database), Recomputed(database)
        client, sessions = kept.get(alias), map(recomputed.line, kept.sessions(alias))
        found = ClientCard(client, tuple(sessions), tuple(kept.notes(alias)))

    def document() -> Document:
        from bpo_quiz.pages import desk

        return desk.card(found)

    output.write(ctx, output.Page("client", document, lambda: client_card(found)), wanted)


@app.command()
def note(
    ctx: typer.Context,
    alias: Alias,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Up to 10,000 characters; left out: you type it, or pipe it in."),
    ] = None,
    session: Annotated[
        str | None, typer.Option("--session", metavar="CODE", help="The session that the note is about.")
    ] = None,
) -> None:
    """Keep a note about a client; no result that the client gets holds it."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import read_code

    code = None if session is None else read_code(session)
    with the_store(ctx) as database:
        clients = Clients(database)
        kept = clients.get(alias).alias
        clients.note(alias, _note_about(kept) if text is None else text, code)
    tell(f"Noted about {kept}{f', session {code}' if code else ''}.")


def _note_about(alias: str) -> str:
    """The note as it is typed or piped in; a shell keeps no history of that."""
    return text_from_person(f"The note about {alias}; an empty line ends it:", "Stopped. Nothing was noted.")


@app.command()
def compare(
    ctx: typer.Context,
    alias: Alias,
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE CODE]",
            help="Left out: the first and the latest finished.",
            show_default=False,
            autocompletion=completing.codes,
        ),
    ] = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Set two sessions side by side: skills, ranking, and what was agreed."""
    wanted = output.wanted("client compare", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    from bpo_quiz.results import clients as results
    from bpo_quiz.store.clients import Clients

    with the_store(ctx, read_only=True) as database:
        kept, recomputed = Clients(database), results.Recomputed(database)
        client = kept.get(alias).alias
        then, now = map(recomputed.line, _chosen(client, kept.sessions(alias), codes or []))
        found = results.compare(client, then, now, kept.notes(alias))

    def document() -> Document:
        from bpo_quiz.pages import desk

        return desk.comparison(found)

    name = f"compare-{then.code}-{now.code}"
    output.write(ctx, output.Page(name, document, lambda: comparison_record(found)), wanted)


def _chosen(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> tuple[StoredSession, StoredSession]:
    """The two sessions to compare, the earlier first; without codes the first and the latest that are finished.

    Raises:
        NoSuchRecord: there are not two, or a code is no session of this client.
        UsageError: the codes are not two different ones.
    """
    found = _named(alias, sessions, codes) if codes else [one for one in sessions if one.finished is not None]
    if len(found) < _BOTH:
        many = "1 finished session" if found else "no finished session"
        raise NoSuchRecord(f"{alias}: has {many}, and comparing needs two; bpo-quiz start --client ALIAS begins one")
    return found[0], found[-1]


def _named(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> list[StoredSession]:
    from bpo_quiz.store.names import read_code

    wanted = {read_code(code) for code in codes}
    if len(codes) != _BOTH or len(wanted) != _BOTH:
        raise UsageError("client compare: give two different codes, or none for the first and the latest session")
    found = [one for one in sessions if one.code in wanted]
    for code in sorted(wanted - {one.code for one in found}):
        raise NoSuchRecord(f"{code}: is no session of {alias}; bpo-quiz client show ALIAS lists them")
    return found


@app.command()
def export(
    ctx: typer.Context,
    alias: Alias,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
) -> None:
    """Give everything that is kept about a client, notes too, as one JSON record."""
    from bpo_quiz.store.clients import Clients

    with the_store(ctx, read_only=True) as database:
        record = Clients(database).export(alias)
    if file is None:
        write_json(record)
        return
    from bpo_quiz.records.text import json_text

    made, more = json_text(record).encode("ascii"), "It holds the notes too, and is readable by you alone."
    output.put(ctx, file, made, _file_name(record["alias"]), force=force, more=more)


def _file_name(alias: str) -> str:
    import hashlib

    from bpo_quiz.files.safe import safe_name

    return f"{safe_name(alias, hashlib.sha256(alias.encode()).hexdigest()[:6])}.json"


@app.command()
def forget(ctx: typer.Context, alias: Alias, yes: YesOption = False) -> None:
    """Remove a client for good: sessions, notes, and the backups that still knew them."""
    from bpo_quiz.store.clients import Clients

    if not yes:
        refuse_without_terminal(ctx, YES)
    with the_store(ctx) as database:
        clients = Clients(database)
        with or_gone_already(database):
            client, notes = clients.get(alias), len(clients.notes(alias))
        say(f"This removes {client.alias} for good: {counted(client.sessions, 'session')}, {counted(notes, 'note')}.")
        if is_wanted(ctx, f"Forget {client.alias}?", yes):
            tell_removed(clients.forget(alias))


@app.command()
def purge(
    ctx: typer.Context,
    older_than: Annotated[str, typer.Option("--older-than", metavar="MONTHS", help="Unseen for so long, such as 12m.")],
    yes: YesOption = False,
) -> None:
    """Remove for good all clients of whom nothing new was kept for some months."""
    from bpo_quiz.store.clients import Clients

    months = read_months(older_than)
    if not yes:
        refuse_without_terminal(ctx, YES)
    with the_store(ctx) as database:
        clients = Clients(database)
        due = clients.due(months)
        if not due:
            if database.waiting is not None:
                raise database.waiting
            tell(f"Nobody is due: each client was added, answered or was noted about within {months} months.")
            return
        say(f"This removes {counted(len(due), 'client')} for good, untouched for {months} months:")
        for name in due:
            say(f" - {_last_seen(clients.get(name))}")
        if is_wanted(ctx, f"Forget {counted(len(due), 'client')}?", yes):
            tell_removed(clients.purge(months, due))


def read_months(text: str) -> int:
    """The months of a span such as `12m`.

    Raises:
        UsageError: it is another span.
    """
    found = _MONTHS.fullmatch(text)
    if found is None:
        raise UsageError(f"--older-than: {clean(text, 40)!r} is not known; give whole months, such as 6m, 12m or 24m")
    return int(found[1])


def _last_seen(client: Client) -> str:
    latest = f"latest session {client.latest[:10]}" if client.latest else "no session"
    return f"{client.alias}: added {client.added[:10]}, {latest}"

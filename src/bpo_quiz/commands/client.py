"""`bpo-quiz client`: the people who come back, by an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import agreeing, completing, output, take
from bpo_quiz.commands.confirming import confirmed, refuse_without_terminal, text_from_person
from bpo_quiz.commands.remove import (
    ALSO_IN_BACKUPS,
    MAY_REMAIN,
    YES,
    YesOption,
    is_wanted,
    or_gone_already,
    tell_removed,
)
from bpo_quiz.commands.sessions import Alias  # noqa: TC001 - Typer reads it
from bpo_quiz.commands.shared import tell, the_store
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.records.clients import client_card, client_list, comparison_record, note_record
from bpo_quiz.store.desk_file import agreed_on_paper, consent, in_words, moment_before, read_desk
from bpo_quiz.terminal.lines import say
from bpo_quiz.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.document import Document
    from bpo_quiz.store.clients import Client
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

app = typer.Typer(add_completion=False, no_args_is_help=True)
for _command in (agreeing.agree, agreeing.agreed, agreeing.roles, take.take):
    app.command()(_command)

Exported = Literal["json", "html", "pdf", "md"]
_BOTH = 2


@app.command()
def add(
    ctx: typer.Context,
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="Up to 60 characters, no real name.")],
    consent_given: Annotated[
        bool, typer.Option("--consent-given", help="Ask nothing: the client has agreed on paper.")
    ] = False,
    own_words: Annotated[
        bool, typer.Option("--own-words", help="With --consent-given: on a paper with other words than these.")
    ] = False,
) -> None:
    """Add a client, who is asked for consent once."""
    from bpo_quiz.store.clients import Clients

    if own_words and not consent_given:
        raise UsageError("client add: --own-words says what paper it was, so add --consent-given; or ask on the screen")
    if not consent_given:
        refuse_without_terminal(ctx, "--consent-given says that you have the consent on paper")
    with the_store(ctx) as database:
        clients = Clients(database)
        refuse_taken(database, alias)
        shown = consent(read_desk(database.file.parent))
        words = agreed_on_paper(shown, in_these_words=not own_words) if consent_given else "\n".join(shown)
        if not consent_given:
            say(*shown)
            if not confirmed(ctx, "Do you agree?", "Stopped. Nothing was kept."):
                say("Without consent nothing was kept.")
                return
        added = clients.add(alias, words)
    tell(f"Added {added.alias}. The consent is kept with its time.")


def refuse_taken(database: Database, alias: str, besides: str = "") -> None:
    """Before anybody is asked in vain: whether an alias can be a new client's; `besides`: one that goes.

    Raises:
        UsageError: a client has it; or one has an alias that looks like it, and nobody says that they are two people.
    """
    from bpo_quiz.store.names import looks_like_a_name
    from bpo_quiz.store.records import alike, find_client

    found = find_client(database, alias)
    if found is not None:
        raise UsageError(f"{clean(found[1])}: there is a client with this alias already; choose another")
    like, new = alike(database, alias), clean(alias, 60)
    if like not in (None, besides):
        question = f"{clean(like)}, who is there, looks like {new}. Are they two people?"
        if database.asks is None or not database.asks(question):
            raise UsageError(f"{new}: looks like {clean(like)}, who is there already; choose one that is less alike")
    if looks_like_a_name(alias):
        say(f"{new} looks like a name; an alias such as K-17 protects them. bpo-quiz client rename changes it.")


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
    from bpo_quiz.results.clients import card_of

    with the_store(ctx, read_only=True) as database:
        found = card_of(database, alias)

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
    edit: Annotated[int | None, typer.Option("--edit", metavar="N", help="Replace the note of this number.")] = None,
    gone: Annotated[int | None, typer.Option("--remove", metavar="N", help="Remove the note of this number.")] = None,
    form: output.ToldOption = "plain",
) -> None:
    """Keep a note about a client, or mend one; no result that the client gets holds it."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import read_code

    if sum(one is not None for one in (session, edit, gone)) > 1 or (gone is not None and text is not None):
        raise UsageError("client note: --session, --edit and --remove do not go together, nor --remove with a text")
    code = None if session is None else read_code(session)
    with the_store(ctx) as database:
        clients = Clients(database)
        kept = clients.get(alias).alias
        words = None if gone is not None else text or _note_about(kept)
        number = gone if edit is None else edit
        if words is not None and number is None:
            clients.note(alias, words, code)
            said = f"Noted about {kept}{f', session {code}' if code else ''}."
        else:
            clients.edit_note(alias, number or 0, words)
            said = f"Note {number} about {kept} is {'replaced' if words else 'removed'}, {ALSO_IN_BACKUPS}."
        record = {"alias": kept, "notes": [note_record(one) for one in clients.notes(alias)]}
    output.tell_done(form, record, said)


@app.command()
def rename(
    ctx: typer.Context,
    alias: Alias,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Up to 60 characters, no real name.")],
    form: output.ToldOption = "plain",
) -> None:
    """Give a client another alias, also in the program's own backups."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import fold

    with the_store(ctx) as database:
        clients = Clients(database)
        was = clients.get(alias).alias
        if fold(was) != fold(new):
            refuse_taken(database, new, besides=was)
        clients.rename(was, new)
        now = clients.get(new).alias
    output.tell_done(form, {"was": was, "alias": now}, f"{was} is now {now}, {ALSO_IN_BACKUPS}.", MAY_REMAIN)


def _note_about(alias: str) -> str:
    """The note as it is typed or piped in; a shell keeps no history of that."""
    return text_from_person(
        f"The note about {alias}; Ctrl-D or a line that is only a point ends it:", "Stopped. Nothing was noted."
    )


@app.command()
def compare(
    ctx: typer.Context,
    alias: Alias,
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE CODE]",
            help="Left out: the latest finished and the one before.",
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
    from bpo_quiz.store.talks import with_client

    with the_store(ctx, read_only=True) as database:
        kept, recomputed = Clients(database), results.Recomputed(database)
        client = kept.get(alias).alias
        then, now = map(recomputed.line, _chosen(client, kept.sessions(alias), codes or []))
        found = results.compare(client, then, now, with_client(database, alias).read())

    def document(with_name: bool = False) -> Document:
        from bpo_quiz.pages import desk

        return desk.comparison(found, with_name=with_name)

    page = output.Page(
        f"compare-{then.code}-{now.code}",
        document,
        lambda: comparison_record(found),
        on_terminal=lambda: document(with_name=wanted.file is None),
    )
    output.write(ctx, page, wanted)


def _chosen(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> tuple[StoredSession, StoredSession]:
    """The two sessions to compare, the earlier first; without codes the two latest that are finished.

    Raises:
        NoSuchRecord: there are not two, or a code is no session of this client.
        UsageError: the codes are not two different ones.
    """
    found = _named(alias, sessions, codes) if codes else [one for one in sessions if one.finished is not None]
    if len(found) < _BOTH:
        many = "1 finished session" if found else "no finished session"
        raise NoSuchRecord(f"{alias}: has {many}, and comparing needs two; bpo-quiz start --client ALIAS begins one")
    return found[-2], found[-1]


def _named(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> list[StoredSession]:
    from bpo_quiz.store.names import read_code

    wanted = {read_code(code) for code in codes}
    if len(codes) != _BOTH or len(wanted) != _BOTH:
        raise UsageError("client compare: give two different codes, or none for the two latest sessions")
    found = [one for one in sessions if one.code in wanted]
    for code in sorted(wanted - {one.code for one in found}):
        raise NoSuchRecord(f"{code}: is no session of {alias}; bpo-quiz client show ALIAS lists them")
    return found


@app.command()
def export(
    ctx: typer.Context,
    alias: Alias,
    form: Annotated[
        Exported | None,
        typer.Option("--format", help="For programs, or to read; html and pdf need -o.", show_default="json"),
    ] = None,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
) -> None:
    """Give everything that is kept about a client, notes too: as one JSON record, or as a page that they can read."""
    from bpo_quiz.pages import desk
    from bpo_quiz.results.clients import card_of
    from bpo_quiz.store.clients import Clients

    wanted = output.wanted("client export", Exported, form, file=file, force=force)
    with the_store(ctx, read_only=True) as database:
        clients = Clients(database)
        record, found, sessions = clients.export(alias), card_of(database, alias), clients.sessions(alias)
    page = output.Page("", lambda: desk.everything(found, sessions), lambda: record)
    wanted = wanted._replace(format="json" if wanted.format == "table" else wanted.format)
    if file is None:
        output.write(ctx, page, wanted)
        return
    more = "It holds the notes too, and is readable by you alone."
    name = f"{_file_name(record['alias'])}.{wanted.format}"
    output.put(ctx, file, output.content(page, wanted), name, force=force, more=more)


def _file_name(alias: str) -> str:
    import hashlib

    from bpo_quiz.files.safe import safe_name

    return safe_name(alias, hashlib.sha256(alias.encode()).hexdigest()[:6])


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
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", metavar="SPAN", help="Unseen so long: 24m, 2y, 90d. Left out: as desk.yaml says."),
    ] = None,
    yes: YesOption = False,
) -> None:
    """Remove for good all clients, and sessions of nobody's, of which nothing new was kept for so long."""
    from bpo_quiz.store import records
    from bpo_quiz.store.clients import Clients

    if not yes:
        refuse_without_terminal(ctx, YES)
    with the_store(ctx) as database:
        span = older_than or read_desk(database.file.parent).period
        if not span:
            raise UsageError("client purge: how long is kept? add --older-than 24m, or a period to desk.yaml")
        clients, before = Clients(database), moment_before(records.now(), span)
        due, nobodys = clients.due(before), clients.nobodys_due(before)
        if not due and not nobodys:
            if database.waiting is not None:
                raise database.waiting
            tell(f"Nobody is due: of each client, and of each session, something was kept within {in_words(span)}.")
            return
        counts = f"{counted(len(due), 'client')} and {counted(len(nobodys), 'session')} of nobody's"
        say(f"This removes {counts} for good, untouched for {in_words(span)}:")
        for name in due:
            say(f" - {_last_seen(clients.get(name))}")
        if is_wanted(ctx, f"Forget {counts}?", yes):
            tell_removed(clients.purge(before, due, nobodys))


def _last_seen(client: Client) -> str:
    latest = f"latest session {day(client.latest)}" if client.latest else "no session"
    return f"{client.alias}: added {day(client.added)}, {latest}"

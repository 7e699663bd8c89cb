"""`bpo-quiz start` and `bpo-quiz resume`: ask, score, show."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.conversation import ask_all, leaving_well, new_form, welcome, welcome_to_keying
from bpo_quiz.commands.keeping import NoKeeper, kept_in
from bpo_quiz.commands.shared import Format, ShownFormat, options, the_store, write_result
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import say
from bpo_quiz.terminal.streams import can_ask, is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.commands.keeping import Keeper
    from bpo_quiz.sitting.sitting import Form
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

PlainOption = Annotated[bool, typer.Option("--plain", help="Ordinary lines: no boxes, no screens, no colours.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How it is written.")]
ShownFormatOption = Annotated[ShownFormat, typer.Option("--format", help="How the result is written.")]
EnterOption = Annotated[bool, typer.Option("--enter", help="Key in a paper form: digits, a row at a time.")]
TopOption = Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles the result lists.")]


def start(
    ctx: typer.Context,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="Score an answer file; - is standard input.")
    ] = None,
    form: ShownFormatOption = ShownFormat.table,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer questions, chosen by your answers.")] = False,
    enter: EnterOption = False,
    plain: PlainOption = False,
    top: TopOption = 10,
    client: Annotated[str | None, typer.Option("--client", metavar="ALIAS", help="Keep it with this client.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="A word to find a group by.")] = None,
    no_save: Annotated[bool, typer.Option("--no-save", help="Keep nothing on this computer.")] = False,
) -> None:
    """Ask, score and show."""
    from bpo_quiz.catalogue.files import read_files
    from bpo_quiz.catalogue.load import parse_files

    if no_save and (client or tag):
        raise UsageError("start: --no-save keeps nothing, so --client and --tag make no sense with it; drop one")
    if enter and (quick or answers is not None):
        other = "--quick" if quick else "--answers"
        raise UsageError(
            f"start: --enter keys in the full form from paper, so {other} makes no sense with it; drop one"
        )
    if quick and answers is not None:
        raise UsageError("start: the answer file names its form, so --quick makes no sense with --answers; drop one")
    if answers is None:
        _need_terminal("start")
    files = read_files(options(ctx).data)
    catalogue = parse_files(*files)
    if answers is not None:
        _score(ctx, catalogue, files, answers, client, tag, form, plain, top)
        return
    chosen = new_form(catalogue, quick)
    if client is None:  # nobody has to be looked up, so the words need not wait for the store
        _greet(catalogue, chosen, enter)
    with _keeper(ctx, catalogue, files, chosen.name, client, tag, no_save) as keeper, leaving_well(keeper):
        if client is not None:
            _greet(catalogue, chosen, enter)
        keeper.entered = enter
        given = ask_all(catalogue, chosen, keeper, plain=plain, no_color=options(ctx).no_color)
        write_result(ctx, catalogue, given, form, plain=plain, top=top)
        say(keeper.finish())


def resume(
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Left out: the latest that can go on.", show_default=False)
    ] = None,
    form: ShownFormatOption = ShownFormat.table,
    enter: EnterOption = False,
    plain: PlainOption = False,
    top: TopOption = 10,
) -> None:
    """Take up a session that was left."""
    from bpo_quiz.catalogue.load import parse_files
    from bpo_quiz.commands.sessions import chosen_session
    from bpo_quiz.store.sessions import Sessions

    _need_terminal("resume")
    with the_store(ctx) as database:
        session = chosen_session(database, code, finished=False)
        files = Sessions(database).frozen_catalogue(session.catalogue_sha256)
        catalogue = parse_files(*files)
        _say_when_changed(ctx, session)
        with kept_in(database, catalogue, files, session.form) as keeper:
            keeper.go_on_with(session.code)
            keeper.entered = enter
            chosen = new_form(catalogue, session.form == "quick")
            no_color = options(ctx).no_color
            with leaving_well(keeper):
                given = ask_all(catalogue, chosen, keeper, plain=plain, no_color=no_color, earlier=session)
                write_result(ctx, catalogue, given, form, plain=plain, top=top)
                say(keeper.finish())


def _greet(catalogue: Catalogue, form: Form, enter: bool) -> None:
    if enter:
        welcome_to_keying(catalogue)
    else:
        welcome(catalogue, form)


def _need_terminal(command: str) -> None:
    if not can_ask():
        raise UsageError(
            f"{command}: asking needs a terminal, and there is none here; start --answers FILE (or -) scores answers"
        )


def _score(
    ctx: typer.Context,
    catalogue: Catalogue,
    files: tuple[bytes, bytes],
    source: str,
    client: str | None,
    tag: str | None,
    form: ShownFormat,
    plain: bool,
    top: int,
) -> None:
    """Score an answer file; it is kept only for a client or a group."""
    from bpo_quiz.answers.answer_file import read_answers

    given = read_answers(source, catalogue)
    if client is None and tag is None:
        write_result(ctx, catalogue, given, form, plain=plain, top=top)
        if is_terminal(sys.stderr) and is_terminal(sys.stdout):
            say(
                "Not kept. With --client ALIAS or --tag TEXT it would be, and result, why and path could go on from it."
            )
        return
    with _keeper(ctx, catalogue, files, given.form, client, tag, no_save=False) as keeper:
        _keep_whole(keeper, given)
        write_result(ctx, catalogue, given, form, plain=plain, top=top)
        say(keeper.finish())


def _keep_whole(keeper: Keeper, given: Answers) -> None:
    keeper.about(given.about)
    for response in given.one_by_one():
        keeper.response(response)


@contextlib.contextmanager
def _keeper(
    ctx: typer.Context,
    catalogue: Catalogue,
    files: tuple[bytes, bytes],
    form: str,
    client: str | None,
    tag: str | None,
    no_save: bool,
) -> Iterator[Keeper]:
    """Where answers go; a store that cannot keep them is known before the first question."""
    if no_save:
        yield NoKeeper()
        return
    with the_store(ctx) as database, kept_in(database, catalogue, files, form) as keeper:
        keeper.client = _known_client(database, client)
        keeper.tag = tag
        yield keeper
        _back_up(database)


def _known_client(database: Database, alias: str | None) -> str | None:
    if alias is None:
        return None
    from bpo_quiz.store.clients import Clients

    return Clients(database).get(alias).alias


def _back_up(database: Database) -> None:
    """Once a day, when nobody waits; a backup that fails must not spoil a result that was shown."""
    from bpo_quiz.errors import StorageError
    from bpo_quiz.store import backups

    try:
        backups.automatic(database.file.parent)
    except StorageError as error:
        say(f"No backup was made: {error}")


def _say_when_changed(ctx: typer.Context, session: StoredSession) -> None:
    from bpo_quiz.catalogue.files import fingerprint, read_files
    from bpo_quiz.errors import CatalogueError

    try:
        changed = fingerprint(*read_files(options(ctx).data)) != session.catalogue_sha256
    except CatalogueError:
        changed = True
    if changed:
        say("This session began with another catalogue; it goes on with the questions and roles that it began with.")

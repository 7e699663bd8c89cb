"""`bpo-quiz start` and `bpo-quiz resume`: the whole conversation with one person, and its result."""

from __future__ import annotations

import contextlib
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import completing
from bpo_quiz.commands.confirming import choice_of_person
from bpo_quiz.commands.keeping import Keeper, kept_in
from bpo_quiz.commands.output import PlainOption, ShownOption, TopOption  # noqa: TC001 - Typer reads them
from bpo_quiz.commands.result import write_result
from bpo_quiz.commands.shared import options, the_store
from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import say
from bpo_quiz.terminal.streams import can_ask, can_show_screens, is_terminal
from bpo_quiz.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Form, Sitting
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession
    from bpo_quiz.terminal.asking import Asker

    Show = Callable[[Report, Answers], None]

_IS_KEPT = "Your answers are kept on it; bpo-quiz remove takes them away, and start --no-save keeps none."
EnterOption = Annotated[bool, typer.Option("--enter", help="Key in a paper form: digits, a row at a time.")]


def start(
    ctx: typer.Context,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="Score an answer file; - is standard input.")
    ] = None,
    form: ShownOption = "table",
    quick: Annotated[bool, typer.Option("--quick", help="Fewer questions, chosen by your answers.")] = False,
    enter: EnterOption = False,
    plain: PlainOption = False,
    top: TopOption = 10,
    client: Annotated[
        str | None,
        typer.Option("--client", metavar="ALIAS", help="Keep it with this client.", autocompletion=completing.aliases),
    ] = None,
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
    if client is not None and answers is None:
        client, code = _left_before(ctx, client)
        if code is not None:
            resume(ctx, code, form, enter, plain, top)
            return
    files = read_files(options(ctx).data)
    catalogue = parse_files(*files)
    show = partial(write_result, ctx, form=form, plain=plain, top=top)
    kept = partial(_keeper, ctx, catalogue, files, client, tag)
    if answers is not None:
        _score(catalogue, answers, show, kept if client or tag else None)
        return
    chosen = _form(catalogue, quick)
    if client is None:  # nobody has to be looked up, so the words need not wait for the store
        _greet(catalogue, chosen, enter, kept=not no_save)
    with kept(chosen.name, no_save) as keeper, telling_who_leaves(keeper.farewell):
        if client is not None:
            _greet(catalogue, chosen, enter)
        keeper.entered = enter
        _converse(_asker(ctx, catalogue, plain, enter, client), catalogue, chosen, keeper, show)


def resume(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="Left out: the latest that can go on.",
            show_default=False,
            autocompletion=completing.codes,
        ),
    ] = None,
    form: ShownOption = "table",
    enter: EnterOption = False,
    plain: PlainOption = False,
    top: TopOption = 10,
    client: Annotated[
        str | None,
        typer.Option(
            "--client", metavar="ALIAS", help="This client's latest that can go on.", autocompletion=completing.aliases
        ),
    ] = None,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Go on although a window may have it, where nobody can tell.")
    ] = False,
) -> None:
    """Take up a session that was left."""
    from bpo_quiz.commands.sessions import open_session
    from bpo_quiz.store.sessions import Sessions

    if not can_ask():
        with the_store(ctx, read_only=True) as database:
            open_session(ctx, database, code, client)  # says whose sessions there are, where it must be named
    _need_terminal("resume")
    with the_store(ctx) as database:
        session = open_session(ctx, database, code, client)
        catalogue = Sessions(database).catalogue_of(session)
        files = Sessions(database).frozen_catalogue(session.catalogue_sha256)
        show = partial(write_result, ctx, form=form, plain=plain, top=top)
        _say_when_changed(ctx, session)
        with kept_in(database, catalogue, files, session.form) as keeper:
            keeper.go_on_with(session.code, take_over=take_over)
            keeper.entered = enter
            chosen = _form(catalogue, session.form == "quick")
            with telling_who_leaves(keeper.farewell):
                asker = _asker(ctx, catalogue, plain, enter, session.client)
                _converse(asker, catalogue, chosen, keeper, show, session)


def _left_before(ctx: typer.Context, client: str) -> tuple[str, str | None]:
    """The alias as it is kept, and the code of an open session of theirs that the person would rather go on with."""
    from bpo_quiz.commands.sessions import stopped_at
    from bpo_quiz.pages.agreed import agreement
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.sessions import Sessions
    from bpo_quiz.store.talks import with_client

    with the_store(ctx, read_only=True) as database:
        alias, sessions = Clients(database).get(client).alias, Sessions(database)
        for number, one in with_client(database, alias).read().open_ones:
            say(f"Agreed with {alias} ({number}): {agreement(one)}")
        code = sessions.latest(client=alias)
        if code is None:
            return alias, None
        left = sessions.get(code)
    question = f"{alias} has left session {code}, begun {day(left.started)}, {stopped_at(left)}."
    ways = ("Go on there", "Begin a new one; that one stays as it is")
    return alias, code if choice_of_person(ctx, question, ways, "Stopped. Nothing was changed.") == 0 else None


def _need_terminal(command: str) -> None:
    if not can_ask():
        raise UsageError(
            f"{command}: asking needs a terminal, and there is none here; start --answers FILE (or -) scores answers"
        )


# Where answers go


@contextlib.contextmanager
def _keeper(
    ctx: typer.Context,
    catalogue: Catalogue,
    files: tuple[bytes, bytes],
    client: str | None,
    tag: str | None,
    form: str,
    no_save: bool = False,
) -> Iterator[Keeper]:
    """Where answers go; a store that cannot keep them is known before the first question."""
    if no_save:
        yield Keeper()
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


def _score(
    catalogue: Catalogue,
    source: str,
    show: Show,
    kept: Callable[[str], contextlib.AbstractContextManager[Keeper]] | None,
) -> None:
    """Score an answer file; it is kept only for a client or a group."""
    from bpo_quiz.answers.answer_file import read_answers
    from bpo_quiz.results.result import build

    given = read_answers(source, catalogue)
    if kept is None:
        show(build(catalogue, given), given)
        if is_terminal(sys.stderr) and is_terminal(sys.stdout):
            say(
                "Not kept. With --client ALIAS or --tag TEXT it would be, and result, why and path could go on from it."
            )
        return
    with kept(given.form) as keeper:
        keeper.whole(given)
        show(build(catalogue, given), given)
        say(keeper.finish())


# What is said, and asked


def _greet(catalogue: Catalogue, form: Form, enter: bool, *, kept: bool = False) -> None:
    """Say what is coming before anything slow is loaded; `kept`: and that answers are, who has agreed to nothing."""
    if enter:
        say(
            "",
            f"{catalogue.name}: keying in a form from paper",
            "",
            "First what stands about the person, then the rows of digits: the number of the box that is ticked, 0 "
            "where none is. At every question b goes back and q stops.",
        )
        return
    items = form.expected(0)
    length = f"{items} questions" if form.name == "full" else f"About {items} questions"
    minutes = counted(catalogue.minutes(items), "minute")
    say(
        "",
        f"{catalogue.name}: a career quiz",
        *([catalogue.trade_means] if catalogue.trade_means else []),
        "",
        f"{length}, about {minutes}, after a few about you. Nothing you say leaves this computer.",
        *(
            ["Your answers are kept on it; bpo-quiz remove takes them away, and start --no-save keeps none."]
            if kept
            else []
        ),
        "Answer as if someone asked you for an example. There are no right answers.",
        "At every question: a number answers, b goes back, s skips, q stops.",
        "",
    )


def _say_when_changed(ctx: typer.Context, session: StoredSession) -> None:
    from bpo_quiz.catalogue.files import fingerprint, read_files
    from bpo_quiz.errors import CatalogueError

    try:
        changed = fingerprint(*read_files(options(ctx).data)) != session.catalogue_sha256
    except CatalogueError:
        changed = True
    if changed:
        say("This session began with another catalogue; it goes on with the questions and roles that it began with.")


def _form(catalogue: Catalogue, quick: bool) -> Form:
    if quick:
        from bpo_quiz.sitting.quick_form import QuickForm

        return QuickForm(catalogue)
    from bpo_quiz.sitting.full_form import FullForm

    return FullForm(catalogue)


def _asker(ctx: typer.Context, catalogue: Catalogue, plain: bool, enter: bool, client: str | None) -> Asker:
    whose = clean(client or "")
    if enter:
        from bpo_quiz.terminal.keying import Keying

        return Keying(catalogue, whose)
    if plain or not can_show_screens():
        from bpo_quiz.terminal.plain import PlainLines

        return PlainLines(catalogue, whose)
    from bpo_quiz.terminal.screens import Screens

    return Screens(catalogue, options(ctx).no_color, whose)


def _converse(
    asker: Asker, catalogue: Catalogue, form: Form, keeper: Keeper, show: Show, earlier: StoredSession | None = None
) -> None:
    """Ask everything that is not yet answered, and show the result.

    Raises:
        Interrupted: the person left.
        StorageError: an answer could not be kept.
    """
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Sitting

    about = AboutForm(catalogue, keep=keeper.about)
    sitting = Sitting(form, keep=keeper.response)
    if earlier is not None:
        about.take_up(earlier.about, None if earlier.responses else earlier.about_done)
        sitting.take_up(earlier.answers)
    _ask_all(asker, about, sitting, keeper)
    show(*_scored(asker, about, sitting, from_paper=keeper.entered))
    say(keeper.finish())


def _scored(asker: Asker, about: AboutForm, sitting: Sitting, *, from_paper: bool) -> tuple[Report, Answers]:
    """What is said, after one more question where certificates would change it; on paper it was not asked."""
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.results.licences import licences_that_matter
    from bpo_quiz.results.result import build
    from bpo_quiz.sitting.about_form import licence_question

    def scored() -> tuple[Report, Answers]:
        given = Answers(sitting.responses, about.about(), sitting.form.name, sitting.times)
        return build(about.catalogue, given), given

    found = scored()
    if from_paper or not (names := licences_that_matter(found[0])):
        return found
    about.ask_also(licence_question(names))
    asker.about(about)
    return scored()


def _ask_all(asker: Asker, about: AboutForm, sitting: Sitting, keeper: Keeper) -> None:
    """Back works across the questions about the person, the items and the review."""
    asker.about(about)
    while True:
        if not asker.items(sitting):
            about.go_to_last()
            asker.about(about)
            continue
        following = asker.review(sitting)
        if following == "result":
            return
        if following == "rest":
            full = _form(about.catalogue, quick=False)
            keeper.form(full.name)
            sitting.ask_on_with(full)

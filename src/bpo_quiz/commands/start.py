"""`bpo-quiz start` and `bpo-quiz resume`: the whole conversation with one person, and its result."""

from __future__ import annotations

import contextlib
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.confirming import choice_of_person
from bpo_quiz.commands.keeping import Keeper, kept_in
from bpo_quiz.commands.result_page import write_result
from bpo_quiz.commands.shared import options, the_store
from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.errors import StorageError, UsageError
from bpo_quiz.terminal.lines import ask, say
from bpo_quiz.terminal.streams import can_ask, can_show_screens, is_terminal, wipe
from bpo_quiz.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report
    from bpo_quiz.sitting.sitting import Form
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession
    from bpo_quiz.terminal.asking import Asker

    Show = Callable[[Report, Answers], None]
    Scored = tuple[Report, Answers]

_IS_KEPT = "They are kept on it; bpo-quiz remove takes them away, --no-save keeps none."
EnterOption = Annotated[bool, typer.Option("--enter", help="Key in a paper form: digits, a row at a time.")]


def start(
    ctx: typer.Context,
    answers: Annotated[
        str | None, typer.Option("--answers", metavar="FILE", help="Score an answer file; - is standard input.")
    ] = None,
    form: output.ShownOption = "table",
    quick: Annotated[bool, typer.Option("--quick", help="Fewer questions, chosen by your answers.")] = False,
    enter: EnterOption = False,
    plain: output.PlainOption = False,
    top: output.TopOption = 10,
    client: Annotated[
        str | None,
        typer.Option("--client", metavar="ALIAS", help="Keep it with this client.", autocompletion=completing.aliases),
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="A word to find a group by.")] = None,
    no_save: Annotated[bool, typer.Option("--no-save", help="Keep nothing on this computer.")] = False,
    printed: output.PrintOption = False,
    hand_over: Annotated[
        bool,
        typer.Option("--hand-over", help="With --client: clear the screen before the client sits down, and after."),
    ] = False,
) -> None:
    """Ask, score and show."""
    from bpo_quiz.catalogue.files import read_files
    from bpo_quiz.catalogue.load import parse_files

    _refuse_contradictions(answers, quick=quick, enter=enter, kept=bool(client or tag), no_save=no_save)
    _refuse_hand_over(hand_over and (client is None or answers is not None))
    if answers is None:
        _need_terminal("start")
    if client is not None and answers is None:
        client, code = _left_before(ctx, client)
        if code is not None:
            _go_on(ctx, code, None, _Ending(ctx, form, plain, top, printed, enter, client, hand_over))
            return
    files = read_files(options(ctx).data)
    catalogue = parse_files(*files)
    ending = _Ending(ctx, form, plain, top, printed, enter, client, hand_over)
    kept = partial(_keeper, ctx, catalogue, files, client, tag)
    if answers is not None:
        _score(catalogue, answers, ending.show, kept if client or tag else None)
        if client or tag:
            _back_up(ctx)
        return
    _begin(
        kept, no_save, partial(_asker, ctx, catalogue, plain, enter, client), catalogue, _form(catalogue, quick), ending
    )
    if not no_save:
        _back_up(ctx)


def _begin(
    kept: Callable[[str, bool], contextlib.AbstractContextManager[Keeper]],
    no_save: bool,
    asker: Callable[[], Asker],
    catalogue: Catalogue,
    form: Form,
    ending: _Ending,
) -> None:
    """Ask somebody from the beginning, and show what comes of it."""
    is_clients = ending.client is not None
    if not is_clients:  # nobody has to be looked up, so the words need not wait for the store
        _greet(catalogue, form, ending.enter, kept=not no_save)
    with kept(form.name, no_save) as keeper, telling_who_leaves(keeper.farewell):
        if ending.hand_over:
            wipe()
        if is_clients:
            _greet(catalogue, form, ending.enter)
        if keeper.open_before:
            say(f"You can also go on with {keeper.open_before}: bpo-quiz resume {keeper.open_before}", "")
        keeper.entered = ending.enter
        talk = Talk(asker(), catalogue, form, keeper, has_way_on=ending.has_way_on)
        scored, said = talk.finish(ending.show)
    ending.of(talk, scored, said)


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
    form: output.ShownOption = "table",
    enter: EnterOption = False,
    plain: output.PlainOption = False,
    top: output.TopOption = 10,
    client: Annotated[
        str | None,
        typer.Option(
            "--client", metavar="ALIAS", help="This client's latest that can go on.", autocompletion=completing.aliases
        ),
    ] = None,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Go on although a window may have it, where nobody can tell.")
    ] = False,
    printed: output.PrintOption = False,
) -> None:
    """Take up a session that was left."""
    from bpo_quiz.commands.sessions import open_session

    if not can_ask():
        with the_store(ctx, read_only=True) as database:
            open_session(ctx, database, code, client)  # says whose sessions there are, where it must be named
    _need_terminal("resume")
    _go_on(ctx, code, client, _Ending(ctx, form, plain, top, printed, enter), take_over=take_over)


def _go_on(
    ctx: typer.Context,
    code: str | None,
    client: str | None,
    ending: _Ending,
    *,
    take_over: bool = False,
) -> None:
    """Go on with a session that was kept, and show what comes of it."""
    from bpo_quiz.commands.sessions import open_session

    with the_store(ctx) as database:
        session = open_session(ctx, database, code, client)
        if ending.hand_over:
            wipe()
        _say_when_changed(ctx, session)
        plain = ending.plain
        talk, scored, said = _take_up(
            ctx, database, session, plain=plain, enter=ending.enter, take_over=take_over, ending=ending
        )
    ending.of(talk, scored, said)


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


def look_over(ctx: typer.Context, code: str, plain: bool) -> Scored:
    """Let the person change answers of a session that is finished; what comes of it."""
    from bpo_quiz.store.sessions import Sessions

    with the_store(ctx) as database:
        return _take_up(ctx, database, Sessions(database).get(code), plain=plain)[1]


def _refuse_hand_over(to_nobody: bool) -> None:
    if to_nobody:
        raise UsageError("start: --hand-over is for a client who answers here; add --client ALIAS, or leave it out")


def _refuse_contradictions(answers: str | None, *, quick: bool, enter: bool, kept: bool, no_save: bool) -> None:
    if no_save and kept:
        raise UsageError("start: --no-save keeps nothing, so --client and --tag make no sense with it; drop one")
    if enter and (quick or answers is not None):
        other = "--quick" if quick else "--answers"
        raise UsageError(
            f"start: --enter keys in the full form from paper, so {other} makes no sense with it; drop one"
        )
    if quick and answers is not None:
        raise UsageError("start: the answer file names its form, so --quick makes no sense with --answers; drop one")


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
    from bpo_quiz.store.sessions import Sessions

    if no_save:
        yield Keeper()
        return
    with the_store(ctx) as database, kept_in(database, catalogue, files, form) as keeper:
        keeper.client = _known_client(database, client)
        keeper.tag = tag
        left = Sessions(database).latest()
        keeper.open_before = left if left and client is None and Sessions(database).get(left).client is None else None
        yield keeper


def _known_client(database: Database, alias: str | None) -> str | None:
    if alias is None:
        return None
    from bpo_quiz.store.clients import Clients

    return Clients(database).get(alias).alias


def _back_up(ctx: typer.Context) -> None:
    """Once a day, when nobody waits; a backup that fails must not spoil a result that was shown."""
    from bpo_quiz.store import backups
    from bpo_quiz.store.locations import home_folder

    try:
        backups.automatic(home_folder(options(ctx).home))
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
    length = f"{items} questions, about" if form.name == "full" else f"About {items} questions, about"
    minutes = counted(catalogue.minutes(items), "minute")
    say(
        "",
        f"{catalogue.name}: a career quiz",
        *([catalogue.trade_means] if catalogue.trade_means else []),
        f"{length} {minutes}, after a few about you. Nothing you say leaves this computer.",
        *([_IS_KEPT] if kept else []),
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


class _Ahead:
    """Works out a result while the person looks over the answers, so that they need not wait for it."""

    def __init__(self, catalogue: Catalogue, answers: Answers) -> None:
        self._catalogue = catalogue
        self._answers = answers
        self._report: Report | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        from bpo_quiz.results.result import build

        self._report = build(self._catalogue, self._answers)

    def of(self, answers: Answers) -> Report | None:
        """The result of these answers; None where they are others than those of then."""
        self._thread.join()
        return self._report if answers == self._answers else None


class Talk:
    """The questions to one person, those that are not yet answered first.

    Attributes:
        keeper: where the answers go.
    """

    _ahead: _Ahead | None = None
    """Works out the result while the answers are looked over, where a page will show it."""

    def __init__(
        self,
        asker: Asker,
        catalogue: Catalogue,
        form: Form,
        keeper: Keeper,
        earlier: StoredSession | None = None,
        *,
        has_way_on: bool = False,
    ) -> None:
        from bpo_quiz.sitting.about_form import AboutForm
        from bpo_quiz.sitting.sitting import Sitting

        self.catalogue = catalogue
        self.keeper = keeper
        self._asker = asker
        self._has_way_on = has_way_on
        self._about = AboutForm(catalogue, keep=keeper.about)
        self._sitting = Sitting(form, keep=keeper.response)
        if earlier is not None:
            self._about.take_up(earlier.about, None if earlier.responses else earlier.about_done)
            self._sitting.take_up(earlier.answers)

    def run(self) -> Scored:
        """Ask, also for changes, and last for certificates where they would change what is said; what comes of it.

        Raises:
            Interrupted: the person left.
            StorageError: an answer could not be kept.
        """
        self._ask_all()
        from bpo_quiz.results.licences import licences_that_matter  # not before somebody has been asked
        from bpo_quiz.sitting.about_form import licence_question

        scored = self._scored()
        if self.keeper.entered or not (names := licences_that_matter(scored[0])):  # on paper it was not asked
            return scored
        self._about.ask_also(licence_question(names))
        self._asker.about(self._about)
        return self._scored()

    def _scored(self) -> Scored:
        from bpo_quiz.results.result import build

        given = self._given()
        return (self._ahead and self._ahead.of(given)) or build(self.catalogue, given), given

    def _given(self) -> Answers:
        from bpo_quiz.answers.model import Answers

        sitting = self._sitting
        return Answers(dict(sitting.responses), self._about.about(), sitting.form.name, dict(sitting.times))

    def _ask_all(self) -> None:
        """Back works across the questions about the person, the items and the review."""
        self._asker.about(self._about)
        while True:
            if not self._asker.items(self._sitting):
                self._about.go_to_last()
                self._asker.about(self._about)
                continue
            if self._has_way_on:
                self._ahead = _Ahead(self.catalogue, self._given())
            following = self._asker.review(self._sitting)
            if following == "result":
                return
            if following == "rest":
                full = _form(self.catalogue, quick=False)
                self.keeper.form(full.name)
                self._sitting.ask_on_with(full)

    def finish(self, show: Show | None = None) -> tuple[Scored, str]:
        """Ask, and keep that all is answered; what was, and a line about where it is.

        Args:
            show: writes the result where it cannot be kept, since nobody would see it otherwise.

        Raises:
            Interrupted: the person left.
            StorageError: something could not be kept.
        """
        scored = self.run()
        try:
            return scored, self.keeper.finish()
        except StorageError:
            if show is not None:
                show(*scored)
            raise


def _take_up(
    ctx: typer.Context,
    database: Database,
    session: StoredSession,
    *,
    plain: bool,
    enter: bool = False,
    take_over: bool = False,
    ending: _Ending | None = None,
) -> tuple[Talk, Scored, str]:
    """Go on with a session that was kept, to its end."""
    from bpo_quiz.store.sessions import Sessions

    catalogue = Sessions(database).catalogue_of(session)
    files = Sessions(database).frozen_catalogue(session.catalogue_sha256)
    with kept_in(database, catalogue, files, session.form) as keeper:
        keeper.go_on_with(session.code, take_over=take_over)
        keeper.entered, keeper.client = enter, session.client
        chosen = _form(catalogue, session.form == "quick")
        with telling_who_leaves(keeper.farewell):
            has_way_on = ending is not None and ending.has_way_on
            asker = _asker(ctx, catalogue, plain, enter, session.client)
            talk = Talk(asker, catalogue, chosen, keeper, session, has_way_on=has_way_on)
            return talk, *talk.finish(ending.show if ending else None)


class _Ending(NamedTuple):
    """How a talk ends: with a page and the way on, or with the whole result in lines."""

    ctx: typer.Context
    form: output.Shown
    plain: bool
    top: int
    printed: bool
    enter: bool
    client: str | None = None
    hand_over: bool = False

    @property
    def has_way_on(self) -> bool:
        """Whether a page and a line of keys follow, not the whole result in lines."""
        return output.has_way_on(self.form, printed=self.printed)

    def show(self, report: Report, given: Answers) -> None:
        """Write the whole result."""
        write_result(self.ctx, report, given, form=self.form, plain=self.plain, top=self.top)

    def of(self, talk: Talk, scored: Scored, said: str) -> None:
        """Show what comes of it. The session is finished and free, so one can read for an hour."""
        with telling_who_leaves(talk.keeper.farewell):
            if self.hand_over:
                wipe()
                ask("That was all, and it is kept. Enter shows the result. ", q_answers=True)
            try:
                if self.has_way_on:
                    self._go_on(talk, *scored)
                else:
                    self.show(*scored)
            finally:
                if self.hand_over:
                    wipe()
            say(f"Kept with {talk.keeper.client} as {talk.keeper.code}." if self.hand_over else said)

    def _go_on(self, talk: Talk, report: Report, given: Answers) -> None:
        from bpo_quiz.commands.afterwards import Seen, go_on
        from bpo_quiz.results.occasion import Occasion

        code = talk.keeper.code
        change = talk.run if code is None else partial(look_over, self.ctx, code, self.plain)
        seen = Seen(report, given, Occasion(code=code, alias=talk.keeper.client), change)
        go_on(self.ctx, seen, plain=self.plain, top=self.top)

"""`bpo-quiz cohort`: what a group of clients looks like, without names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands import output
from bpo_quiz.commands.output import Page
from bpo_quiz.commands.shared import options, the_catalogue, the_store
from bpo_quiz.errors import UsageError
from bpo_quiz.records.cohort import cohort_csv, cohort_record, scored_record
from bpo_quiz.results.cohort import By, Names, summarise, summarise_scored
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.cohort import Person
    from bpo_quiz.results.people import People
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import SessionRow

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_FEWEST_FOR_NUMPY = 20
"""Sessions from which loading numpy pays."""


def cohort(
    ctx: typer.Context,
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="Only sessions with this tag.")] = None,
    by: Annotated[By | None, typer.Option("--by", help="Show each month (UTC) or tag by itself.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM", help="Only finished in this month or later.")
    ] = None,
    scored: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A file that score wrote, in place of the store."),
    ] = None,
    form: output.HandedRowsOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show what a group of clients looks like: paths, strengths, gaps. No names, and no count under 5."""
    wanted = output.wanted("cohort", output.HandedRows, form, plain=plain, file=file, force=force, paper=paper)
    if scored is not None:
        if tag is not None or by is not None or since is not None:
            raise UsageError("cohort: a scored file has no tags and no months; drop --tag, --by and --since")
        page = _of_scored(ctx, scored, wanted)
    else:
        if since is not None and not _MONTH.fullmatch(since):
            raise UsageError(f"--since: {clean(since, 40)} is not a month; write one like 2026-11")
        page = _of_store(ctx, by, tag, since, wanted)
    output.write(ctx, page, wanted)


def _of_store(ctx: typer.Context, by: By | None, tag: str | None, since: str | None, wanted: output.Output) -> Page:
    from bpo_quiz.pages import cohort as pages

    with the_store(ctx, read_only=True) as database:
        people, names = _people(ctx, database, chosen(database, tag, since), by)
    found = summarise(people, names, by, tag, since)
    _say_too_few(wanted, not found.groups, pages.TOO_FEW)
    return Page("cohort", lambda: pages.cohort(found), lambda: cohort_record(found), lambda: cohort_csv(found))


def _of_scored(ctx: typer.Context, file: str, wanted: output.Output) -> Page:
    from bpo_quiz.pages import cohort as pages
    from bpo_quiz.sheets.lines import opened
    from bpo_quiz.sheets.scored_file import People, read_scored

    names = {path.id: path.name for path in the_catalogue(ctx).paths.values()}
    with opened(file) as source:
        people = People(read_scored(source, names))
    found = summarise_scored(people, names)
    if people.has_retakes:
        say("Ids stand twice: of each the latest sheet counts.")
    _say_too_few(wanted, not found.groups, pages.TOO_FEW_SHEETS)
    return Page("cohort", lambda: pages.scored_cohort(found), lambda: scored_record(found), lambda: cohort_csv(found))


def _say_too_few(wanted: output.Output, is_empty: bool, why: str) -> None:
    """What is not seen on standard output is said beside it."""
    if is_empty and (wanted.file is not None or wanted.format in ("json", "csv")):
        say(why)


def chosen(database: Database, tag: str | None, since: str | None = None) -> list[SessionRow]:
    """The finished sessions that count, one a client: the latest. Those of nobody's count each."""
    from bpo_quiz.store.names import fold, typed
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    wanted = None if tag is None else fold(typed(tag, "tag"))
    latest: dict[tuple[str, str], SessionRow] = {}
    for row in sessions.list(limit=max(1, sessions.count())):
        if row.is_damaged:
            sessions.get(row.code)  # says so
        is_tagged = wanted is None or (row.tag is not None and fold(row.tag) == wanted)
        if row.finished is not None and is_tagged and row.finished[:7] >= (since or ""):
            latest.setdefault(("session", row.code) if row.client is None else ("client", row.client), row)
    return list(latest.values())


def _people(
    ctx: typer.Context, database: Database, rows: Sequence[SessionRow], by: By | None
) -> tuple[list[Person], Names]:
    """What each session adds, recomputed with the catalogue that it was answered with."""
    from bpo_quiz.store.sessions import Sessions
    from bpo_quiz.terminal.progress_bar import progress

    sessions, labels = Sessions(database), _labels(rows, by)
    of_catalogue: dict[str, People] = {}
    people = []
    with progress("Working out results", options(ctx).no_color) as done:
        for number, row in enumerate(rows, 1):
            session = sessions.get(row.code)
            sha256, catalogue = session.catalogue_sha256, sessions.catalogue_of(session)
            if sha256 not in of_catalogue:
                of_catalogue[sha256] = _people_of(catalogue, len(rows))
            people.append(of_catalogue[sha256].person(session.answers, labels[session.code]))
            done(number, len(rows))
    newest_last = [one.catalogue for one in of_catalogue.values()][::-1]
    names = Names(
        {path.id: path.name for catalogue in newest_last for path in catalogue.paths.values()},
        {skill.id: skill.name for catalogue in newest_last for skill in catalogue.skills.values()},
    )
    return people, names


def _people_of(catalogue: Catalogue, sessions: int) -> People:
    """Everybody who answered one catalogue; with numpy where it is installed and pays."""
    from bpo_quiz.results.people import People
    from bpo_quiz.sheets.run import has_numpy

    if sessions < _FEWEST_FOR_NUMPY or not has_numpy():
        return People(catalogue)
    from bpo_quiz.scoring.many import Chances

    return People(catalogue, Chances(catalogue))


def _labels(rows: Sequence[SessionRow], by: By | None) -> dict[str, str | None]:
    """The month or tag of each session; a tag as it was last written."""
    from bpo_quiz.store.names import fold

    if by is None:
        return {row.code: None for row in rows}
    if by == "month":
        return {row.code: (row.finished or "")[:7] for row in rows}
    written: dict[str, str] = {}
    for row in rows:
        if row.tag is not None:
            written.setdefault(fold(row.tag), row.tag)
    return {row.code: None if row.tag is None else written[fold(row.tag)] for row in rows}

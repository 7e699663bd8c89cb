"""`bpo-quiz cohort`: what a group of clients looks like, without names."""

from __future__ import annotations

import enum
import re
from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.endings import BY_ENDING, by_ending
from bpo_quiz.commands.shared import options, show, the_catalogue, the_store
from bpo_quiz.errors import UsageError
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from bpo_quiz.report.desk.cohort import Names, Person
    from bpo_quiz.report.desk.people import People
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import SessionRow, StoredSession

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


_FEWEST_FOR_NUMPY = 20
"""Sessions from which loading numpy pays."""


class CohortFormat(enum.StrEnum):
    """How a cohort is written."""

    table = "table"
    json = "json"
    csv = "csv"


class Division(enum.StrEnum):
    """What divides a cohort into groups."""

    month = "month"
    tag = "tag"


def cohort(
    ctx: typer.Context,
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="Only sessions with this tag.")] = None,
    by: Annotated[Division | None, typer.Option("--by", help="Show each month (UTC) or tag by itself.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM", help="Only finished in this month or later.")
    ] = None,
    scored: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A file that score wrote, in place of the store."),
    ] = None,
    form: Annotated[
        CohortFormat | None,
        typer.Option("--format", help="json, csv: for programs.", show_default=BY_ENDING),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="With -o: replace a file that is there.")] = False,
) -> None:
    """Show a group."""
    form = form or by_ending(output, CohortFormat, "cohort")
    if scored is not None:
        if tag is not None or by is not None or since is not None:
            raise UsageError("cohort: a scored file has no tags and no months; drop --tag, --by and --since")
        _of_scored(ctx, scored, form, output, force)
        return
    if since is not None and not _MONTH.fullmatch(since):
        raise UsageError(f"--since: {clean(since, 40)} is not a month; write one like 2026-11")
    with the_store(ctx, read_only=True) as database:
        sessions = _chosen(database, tag, since)
        people, names = _people(ctx, database, sessions, None if by is None else by.value)
    from bpo_quiz.report.desk.cohort import summarise

    found = summarise(people, names, None if by is None else by.value, tag, since)
    if not found.groups and (form is not CohortFormat.table or output is not None):
        from bpo_quiz.report.desk.cohort_tables import TOO_FEW

        say(TOO_FEW)
    from bpo_quiz.records.cohort import cohort_csv, cohort_record
    from bpo_quiz.report.desk import cohort_tables

    forms = _Forms(lambda: cohort_tables.cohort(found), lambda: cohort_record(found), lambda: cohort_csv(found))
    _write(ctx, forms, form, output, force)


def _of_scored(ctx: typer.Context, file: str, form: CohortFormat, output: Path | None, force: bool) -> None:
    from bpo_quiz.report.desk.scored_cohort import summarise
    from bpo_quiz.sheets.lines import opened
    from bpo_quiz.sheets.scored_file import read_scored

    names = {path.id: path.name for path in the_catalogue(ctx).paths.values()}
    with opened(file) as source:
        found = summarise(read_scored(source, names), names)
    from bpo_quiz.records.cohort import scored_csv, scored_record
    from bpo_quiz.report.desk import scored_cohort_tables as tables

    if found.paths is None and (form is not CohortFormat.table or output is not None):
        say(tables.TOO_FEW)
    forms = _Forms(lambda: tables.scored_cohort(found), lambda: scored_record(found), lambda: scored_csv(found))
    _write(ctx, forms, form, output, force)


def _chosen(database: Database, tag: str | None, since: str | None) -> list[SessionRow]:
    """The finished sessions that count, one a client: the latest. Those of nobody's count each."""
    from bpo_quiz.store.names import fold, name
    from bpo_quiz.store.sessions import Sessions

    sessions = Sessions(database)
    wanted = None if tag is None else fold(name(tag, "tag"))
    chosen: dict[tuple[str, str], SessionRow] = {}
    for row in sessions.list(limit=max(1, sessions.count())):
        if row.is_damaged:
            sessions.get(row.code)  # says so
        is_tagged = wanted is None or (row.tag is not None and fold(row.tag) == wanted)
        if row.finished is not None and is_tagged and row.finished[:7] >= (since or ""):
            chosen.setdefault(("session", row.code) if row.client is None else ("client", row.client), row)
    return list(chosen.values())


def _people(
    ctx: typer.Context, database: Database, rows: Sequence[SessionRow], by: str | None
) -> tuple[list[Person], Names]:
    """What each session adds, recomputed with the catalogue that it was answered with."""
    from bpo_quiz.report.desk.cohort import Names
    from bpo_quiz.store.sessions import Sessions
    from bpo_quiz.terminal.progress_bar import progress

    sessions, labels = Sessions(database), _labels(rows, by)
    of_catalogue: dict[str, People] = {}
    people = []
    with progress("Working out results", options(ctx).no_color) as done:
        for session in _each(sessions.get, rows, done):
            sha256 = session.catalogue_sha256
            if sha256 not in of_catalogue:
                of_catalogue[sha256] = _people_of(sessions.frozen_catalogue(sha256), len(rows))
            people.append(of_catalogue[sha256].person(session.answers, labels[session.code]))
    newest_last = [one.catalogue for one in of_catalogue.values()][::-1]
    names = Names(
        {path.id: path.name for catalogue in newest_last for path in catalogue.paths.values()},
        {skill.id: skill.name for catalogue in newest_last for skill in catalogue.skills.values()},
    )
    return people, names


def _people_of(files: tuple[bytes, bytes], sessions: int) -> People:
    """Everybody who answered one catalogue; with numpy where it is installed and pays."""
    from bpo_quiz.catalogue.load import parse_files
    from bpo_quiz.report.desk.people import People
    from bpo_quiz.sheets.run import has_numpy

    catalogue = parse_files(*files)
    if sessions < _FEWEST_FOR_NUMPY or not has_numpy():
        return People(catalogue)
    from bpo_quiz.scoring.many import Chances

    return People(catalogue, Chances(catalogue).word)


def _each(
    get: Callable[[str], StoredSession], rows: Sequence[SessionRow], done: Callable[[int, int], None]
) -> Iterator[StoredSession]:
    for number, row in enumerate(rows, 1):
        yield get(row.code)
        done(number, len(rows))


def _labels(rows: Sequence[SessionRow], by: str | None) -> dict[str, str | None]:
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


class _Forms(NamedTuple):
    """A cohort in each form that it can be written in, worked out when it is asked for."""

    table: Callable[[], Iterable[RenderableType]]
    record: Callable[[], dict[str, Any]]
    csv: Callable[[], str]


def _write(ctx: typer.Context, forms: _Forms, form: CohortFormat, output: Path | None, force: bool) -> None:
    if form is CohortFormat.table and output is None:
        show(ctx, forms.table())
        return
    content = _content(forms, form)
    if output is None:
        typer.echo(content, nl=False)
        return
    from bpo_quiz.files.safe import write_file

    write_file(output, content.encode("utf-8"), force=force)
    say(f"Written to {output}.")


def _content(forms: _Forms, form: CohortFormat) -> str:
    if form is CohortFormat.table:
        from bpo_quiz.terminal.streams import as_text

        return as_text(forms.table())
    if form is CohortFormat.json:
        from bpo_quiz.records.text import json_text

        return json_text(forms.record())
    return forms.csv()

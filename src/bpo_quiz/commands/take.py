"""`bpo-quiz client take`: the answer files and sheets of many people, each to its client."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bpo_quiz.as_dict import picked
from bpo_quiz.clean import clean
from bpo_quiz.commands import output
from bpo_quiz.commands.confirming import confirmed
from bpo_quiz.commands.shared import options, the_store
from bpo_quiz.errors import InputError, QuizError, UsageError
from bpo_quiz.terminal.streams import can_ask
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.connection import Database

_STOPPED = "Stopped. Nothing was kept."
_PAGE = "bpo-quiz-answers-"
"""How the page for a phone begins the name of its file."""


class Taken(NamedTuple):
    """Somebody's answers, and what is to become of them.

    Attributes:
        file: with the line, where it holds several people. alias: the client's, as kept or new.
        answers: None: they cannot be read. is_new: whether the client is to be added.
        fault: why it is not taken; empty where it is. code: of the session, once it is kept.
    """

    file: str
    alias: str
    answers: Answers | None = None
    is_new: bool = False
    fault: str = ""
    code: str | None = None


def take(
    ctx: typer.Context,
    places: Annotated[list[str], typer.Argument(metavar="FOLDER|FILE...", help="Answer files, sheets, or a folder.")],
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="A word to find the group by.")] = None,
    consent_given: Annotated[
        bool, typer.Option("--consent-given", help="Add clients who are not there yet: they have agreed on paper.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep without asking first.")] = False,
    form: output.ShownOption = "table",
) -> None:
    """Keep answers of many people, each with their client: what goes where is shown before anything is kept."""
    from bpo_quiz.catalogue.files import read_files
    from bpo_quiz.catalogue.load import parse_files

    wanted = output.wanted("client take", output.Shown, form)
    files = read_files(options(ctx).data)
    catalogue = parse_files(*files)
    with the_store(ctx) as database:
        found = _without_twins(_whose(database, one, consent_given) for one in _read(catalogue, places))
        ready = [one for one in found if not one.fault]
        if not yes:
            output.write(ctx, _page(found), wanted)
            if not can_ask():
                raise UsageError("client take: nothing was kept; add --yes when all of it is right")
            if not ready or not confirmed(ctx, f"Keep {counted(len(ready), 'sheet')} of {len(found)}?", _STOPPED):
                raise UsageError(_STOPPED)
        kept = [_kept(database, (catalogue, files), one, tag) for one in found]
    output.write(ctx, _page(kept), wanted)
    if len(ready) < len(found):
        raise InputError(f"client take: {counted(len(found) - len(ready), 'sheet')} not taken; the list says why")


def _read(catalogue: Catalogue, places: list[str]) -> Iterator[Taken]:
    """What stands in the files; who it is of by the field `id`, else by the name of the file."""
    from bpo_quiz.sheets.files import files_of, sheets_of
    from bpo_quiz.sheets.lines import LineFault, opened
    from bpo_quiz.sheets.read_csv import reading
    from bpo_quiz.store.names import loose

    for place in files_of(places)[0]:
        stem, name = Path(place).stem.partition(" (")[0], clean(Path(place).name, 80)
        by_page = stem.removeprefix(_PAGE) if stem.startswith(_PAGE) else ""
        try:
            with opened(place) as source:
                for where, sheet in sheets_of(source, catalogue, reading(None, None)):
                    line = clean(where, 200).rpartition("/")[2]
                    if isinstance(sheet, LineFault):
                        yield Taken(line, "", fault=str(sheet))
                        continue
                    told = sheet.id if loose(sheet.id) != loose(Path(place).stem) else by_page or stem
                    is_other = by_page and loose(told).isascii() and loose(told) != loose(by_page)
                    fault = f"its name says {clean(by_page)}" if is_other else ""
                    yield Taken(line, clean(told), sheet.answers, fault=fault)
        except InputError as error:
            yield Taken(name, "", fault=str(error).removeprefix(f"{clean(place, 200)}: "))


def _without_twins(every: Iterator[Taken]) -> list[Taken]:
    """The same, but the same answers only once."""
    found: list[Taken] = []
    for one in every:
        twin = next((other.file for other in found if one.answers and one.answers == other.answers), "")
        found.append(one._replace(fault=f"the same answers as {twin}") if twin and not one.fault else one)
    return found


def _whose(database: Database, one: Taken, consent_given: bool) -> Taken:
    """The client of a sheet, and why it is not to be taken."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import name
    from bpo_quiz.store.records import alike, find_client

    if one.fault:
        return one
    try:
        found, like = find_client(database, one.alias), alike(database, name(one.alias, "alias"))
    except QuizError as error:
        return one._replace(fault=str(error))
    if found is None:
        new = "there is no such client" if like is None else f"there is no such client, but {clean(like)} looks like it"
        hint = "" if like is not None else "; with --consent-given it is added"
        return one._replace(is_new=True, fault="" if like is None and consent_given else f"{new}{hint}")
    alias = clean(found[1])
    before = (kept for kept in Clients(database).sessions(alias) if kept.responses == (one.answers or kept).responses)
    same = next((kept.code for kept in before), "")
    return one._replace(alias=alias, fault=f"the same answers as session {same}" if same else "")


def _kept(database: Database, asked: tuple[Catalogue, tuple[bytes, bytes]], one: Taken, tag: str | None) -> Taken:
    """Keep a sheet with its client: all of it, or nothing."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.desk_file import agreed_on_paper, consent, read_desk
    from bpo_quiz.store.records import find_client
    from bpo_quiz.store.sessions import Sessions

    if one.fault or one.answers is None:
        return one
    with database.change():
        if one.is_new and find_client(database, one.alias) is None:
            Clients(database).add(one.alias, agreed_on_paper(consent(read_desk(database.file.parent))))
        code = Sessions(database).keep(*asked, one.answers, one.alias, tag).code
    return one._replace(code=code)


def _page(every: list[Taken]) -> output.Page:
    from bpo_quiz.pages.desk import taken

    shown = [(one.file, one.alias, _state(one)) for one in every]
    rows = [picked(one, "file alias is_new code fault") for one in every]
    return output.Page("taken", lambda: taken(shown), lambda: {"format": "bpo-quiz/taken@1", "sheets": rows})


def _state(one: Taken) -> str:
    if one.fault:
        return f"not taken: {one.fault}"
    answered = sum(value is not None for value in one.answers.responses.values()) if one.answers else 0
    parts = ["new client" if one.is_new else "", counted(answered, "answer"), one.code]
    return ", ".join(part for part in parts if part)

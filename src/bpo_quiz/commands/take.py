"""`bpo-quiz client take`: the answer files of many people, each to its client."""

from __future__ import annotations

import re
from pathlib import Path  # noqa: TC003 - Typer reads it
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

_OUR_NAME = re.compile(r"bpo-quiz-answers-(.+?)( \(\d+\))?")
_STOPPED = "Stopped. Nothing was kept."


class Sheet(NamedTuple):
    """A file, and what is to become of it.

    Attributes:
        alias: the client's, as kept or new; empty where the file says none.
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
    places: Annotated[list[Path], typer.Argument(metavar="FOLDER|FILE...", help="Answer files, or their folder.")],
    tag: Annotated[str | None, typer.Option("--tag", metavar="TEXT", help="A word to find the group by.")] = None,
    consent_given: Annotated[
        bool, typer.Option("--consent-given", help="Add clients who are not there yet: they have agreed on paper.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep without asking first.")] = False,
    form: output.ShownOption = "table",
) -> None:
    """Keep answer files, each with its client: what goes where is shown before anything is kept."""
    from bpo_quiz.catalogue.files import read_files
    from bpo_quiz.catalogue.load import parse_files

    wanted = output.wanted("client take", output.Shown, form)
    files = read_files(options(ctx).data)
    catalogue = parse_files(*files)
    with the_store(ctx) as database:
        sheets = list(_looked_at(database, catalogue, _files(places), consent_given))
        ready = [sheet for sheet in sheets if not sheet.fault]
        if not yes:
            output.write(ctx, _page(sheets), wanted)
            if not can_ask():
                raise UsageError("client take: nothing was kept; add --yes when all of it is right")
            question = f"Keep {counted(len(ready), 'sheet')} of {len(sheets)}?"
            if not ready or not confirmed(ctx, question, _STOPPED):
                raise UsageError(_STOPPED)
        kept = [_kept(database, (catalogue, files), sheet, tag) for sheet in sheets]
    output.write(ctx, _page(kept), wanted)
    if len(ready) < len(sheets):
        raise InputError(f"client take: {counted(len(sheets) - len(ready), 'file')} not taken; the list says why")


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.glob("*.json")) if place.is_dir() else (place,)


def _looked_at(database: Database, catalogue: Catalogue, files: Iterator[Path], consent_given: bool) -> Iterator[Sheet]:
    seen: list[tuple[str, Answers]] = []
    for file in files:
        sheet = _whose(database, _read(catalogue, file), consent_given)
        if sheet.answers is not None and not sheet.fault:
            same = next((name for name, other in seen if other == sheet.answers), "")
            seen.append((sheet.file, sheet.answers))
            if same:
                sheet = sheet._replace(fault=f"the same answers as {same}")
        yield sheet


def _read(catalogue: Catalogue, file: Path) -> Sheet:
    """A file's answers and alias: from its field, else from its name."""
    from bpo_quiz.answers.answer_file import from_record
    from bpo_quiz.answers.strict_json import parse, read_text
    from bpo_quiz.store.names import loose

    name = clean(file.name, 80)
    by_name = _OUR_NAME.fullmatch(file.stem)
    alias = by_name[1] if by_name else file.stem
    try:
        record = parse(read_text(str(file)), name)
        told = record.pop("id", None) if isinstance(record, dict) else None
        answers = from_record(record, catalogue, name)
    except InputError as error:
        return Sheet(name, clean(alias), fault=str(error).removeprefix(f"{name}: "))
    if told is not None and not isinstance(told, str):
        return Sheet(name, "", fault="id: should be a text")
    is_other = told and by_name and loose(told).isascii() and loose(told) != loose(alias)
    fault = f"its name says {clean(alias)}" if is_other else ""
    return Sheet(name, clean(told or alias), answers, fault=fault)


def _whose(database: Database, sheet: Sheet, consent_given: bool) -> Sheet:
    """The client of a sheet, and why it is not to be taken."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.names import name
    from bpo_quiz.store.records import alike, find_client

    if sheet.fault:
        return sheet
    try:
        found, like = find_client(database, sheet.alias), alike(database, name(sheet.alias, "alias"))
    except QuizError as error:
        return sheet._replace(fault=str(error))
    if found is None:
        new = "there is no such client" if like is None else f"there is no such client, but {clean(like)} looks like it"
        refused = like is not None or not consent_given
        hint = "" if like is not None else "; with --consent-given it is added"
        return sheet._replace(is_new=True, fault=f"{new}{hint}" if refused else "")
    alias = clean(found[1])
    before = (one for one in Clients(database).sessions(alias) if one.responses == (sheet.answers or one).responses)
    same = next((one.code for one in before), "")
    return sheet._replace(alias=alias, fault=f"the same answers as session {same}" if same else "")


def _kept(database: Database, asked: tuple[Catalogue, tuple[bytes, bytes]], sheet: Sheet, tag: str | None) -> Sheet:
    """Keep a sheet with its client: all of it, or nothing."""
    from bpo_quiz.store.clients import Clients
    from bpo_quiz.store.desk_file import agreed_on_paper, consent, read_desk
    from bpo_quiz.store.sessions import Sessions

    if sheet.fault or sheet.answers is None:
        return sheet
    with database.change():
        if sheet.is_new:
            Clients(database).add(sheet.alias, agreed_on_paper(consent(read_desk(database.file.parent))))
        code = Sessions(database).keep(*asked, sheet.answers, sheet.alias, tag).code
    return sheet._replace(code=code)


def _page(sheets: list[Sheet]) -> output.Page:
    from bpo_quiz.pages.desk import taken

    shown = [(one.file, one.alias, _state(one)) for one in sheets]
    rows = [picked(one, "file alias is_new code fault") for one in sheets]
    return output.Page("taken", lambda: taken(shown), lambda: {"format": "bpo-quiz/taken@1", "sheets": rows})


def _state(sheet: Sheet) -> str:
    if sheet.fault:
        return f"not taken: {sheet.fault}"
    answered = sum(value is not None for value in sheet.answers.responses.values()) if sheet.answers else 0
    parts = ["new client" if sheet.is_new else "", counted(answered, "answer"), sheet.code]
    return ", ".join(part for part in parts if part)

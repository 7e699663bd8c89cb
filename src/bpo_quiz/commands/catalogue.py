"""`bpo-quiz catalogue`: for those who write catalogues."""

from __future__ import annotations

import json
import shlex
from functools import partial
from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands import output, score
from bpo_quiz.commands.shared import options, tell, the_catalogue, the_guide
from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.errors import INVALID_INPUT, InputError, UsageError
from bpo_quiz.terminal.lines import ask, say
from bpo_quiz.terminal.streams import can_ask
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.read_csv import Reading

_EXAMPLE = "bicycle shops"
"""The trade of the catalogue that one begins with."""

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def check(ctx: typer.Context) -> None:
    """Find everything that is wrong with a catalogue, and everything that looks odd."""
    from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, read_bytes, shipped_folder
    from bpo_quiz.catalogue.read_guide import GUIDE_FILE
    from bpo_quiz.study.lint import lint, odd_texts

    catalogue = the_catalogue(ctx)
    guide = the_guide(ctx, catalogue)
    folder, names = options(ctx).data or shipped_folder(), [ROLES_FILE, SKILLS_FILE, *([GUIDE_FILE] if guide else [])]
    findings = [*lint(catalogue), *(one for name in names for one in odd_texts(read_bytes(folder / name), name))]
    tell(*map(str, findings))
    errors = sum(finding.is_error for finding in findings)
    tell(
        f"{catalogue.name} {catalogue.version}: {len(catalogue.skills)} skills, {len(catalogue.items())} items, "
        f"{len(catalogue.paths)} career paths, {len(catalogue.roles)} roles"
        f"{', ' + counted(len(guide.topics), 'guide topic') if guide else ''}; "
        f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}"
    )
    if errors:
        raise typer.Exit(INVALID_INPUT)


@app.command()
def simulate(
    ctx: typer.Context,
    people: Annotated[
        int, typer.Option("--people", min=20, max=100_000, help="How many people, in each of five worlds.")
    ] = 600,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the random numbers.")] = 1,
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """Let simulated people take the quiz: can roles be told apart, how sure is a result, what do fewer items cost?"""
    wanted = output.wanted("catalogue simulate", output.Shown, form, plain=plain)
    _need_numpy("catalogue simulate")
    catalogue = the_catalogue(ctx)
    from bpo_quiz.pages import study as pages
    from bpo_quiz.records.study import study_record
    from bpo_quiz.study.simulate import study
    from bpo_quiz.terminal.progress_bar import progress

    with progress("Simulating", options(ctx).no_color) as done:
        found = study(catalogue, people, seed, done=done)

    output.write(ctx, output.Page("study", partial(pages.page, found), partial(study_record, found)), wanted)


@app.command()
def items(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Sheets, as score takes them; none: the sessions kept here."),
    ] = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="TEXT", help="Only sessions kept here with this tag.")
    ] = None,
    codes: score.CodesOption = None,
    ignore: score.IgnoreOption = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Say what each question does with real people, and how well the questions of a skill go together."""
    wanted = output.wanted("catalogue items", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    if files and tag is not None:
        raise UsageError("catalogue items: --tag is for sessions kept here; name files, or a tag")
    _need_numpy("catalogue items")
    from bpo_quiz.sheets.read_csv import reading

    catalogue, faults = the_catalogue(ctx), list[str]()
    how = reading(codes, ignore)
    sheets = _of_files(files, catalogue, how, faults) if files else _kept(ctx, catalogue, tag)
    from bpo_quiz.pages import items as pages
    from bpo_quiz.records.study import items_record
    from bpo_quiz.results.evidence import study_items

    found = study_items(catalogue, sheets)
    output.write(ctx, output.Page("items", partial(pages.page, found), partial(items_record, found)), wanted)
    if faults:
        raise InputError("\n".join(faults))


@app.command()
def rate(
    ctx: typer.Context,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="Filled-in sheets, CSV.")] = None,
    role: Annotated[
        str | None, typer.Option("--sheet", metavar="ROLE", help="Write the empty sheet of a role: csv, html or pdf.")
    ] = None,
    form: output.HandedRowsOption = None,
    plain: output.PlainOption = False,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Write a sheet on which experts rate a role, or say how far they agree, and where the catalogue differs."""
    wanted = output.wanted("catalogue rate", output.HandedRows, form, plain=plain, file=file, force=force, paper=paper)
    if bool(files) == bool(role):
        raise UsageError("catalogue rate: name filled-in sheets, or --sheet ROLE -o FILE for an empty one")
    catalogue = the_catalogue(ctx)
    output.write(ctx, _empty_sheet(catalogue, role) if role else _rated(catalogue, files or ()), wanted)


def _empty_sheet(catalogue: Catalogue, word: str) -> output.Page:
    from bpo_quiz.catalogue.find import find_role
    from bpo_quiz.pages import ratings as pages
    from bpo_quiz.sheets.ratings import rating_sheet

    role = find_role(catalogue, word)
    rows = partial(rating_sheet, catalogue, role, pages.statements(catalogue, role))
    return output.Page(f"rate-{role.id}", partial(pages.sheet, catalogue, role), lambda: {"csv": rows()}, rows)


def _rated(catalogue: Catalogue, files: Sequence[str]) -> output.Page:
    _need_numpy("catalogue rate")
    from bpo_quiz.pages import ratings as pages
    from bpo_quiz.records.study import ratings_csv, ratings_record
    from bpo_quiz.results.ratings import study_ratings
    from bpo_quiz.sheets.files import files_of
    from bpo_quiz.sheets.lines import opened
    from bpo_quiz.sheets.ratings import read_rating

    ratings = {}
    for file in files_of(files)[0]:
        with opened(file) as source:
            one = read_rating(source, catalogue)
        if (one.rater, one.role) in ratings:
            raise InputError(
                f"{source.name}: {one.rater} has rated {one.role} already; keep one sheet, or mend the alias"
            )
        ratings[one.rater, one.role] = one
    found = study_ratings(catalogue, list(ratings.values()))
    return output.Page(
        "ratings", partial(pages.page, found), partial(ratings_record, found), partial(ratings_csv, found)
    )


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where its files go.")],
    force: output.ForceOption = False,
) -> None:
    """Write a small catalogue that passes its check, with remarks that teach; then change it line by line."""
    from bpo_quiz.catalogue.files import ROLES_FILE, SKILLS_FILE, read_bytes, template_folder
    from bpo_quiz.catalogue.read_guide import GUIDE_FILE

    files = {name: read_bytes(template_folder() / name) for name in (SKILLS_FILE, ROLES_FILE, GUIDE_FILE)}
    if can_ask():
        with telling_who_leaves(lambda: "Nothing was written."):
            trade = ask(f"Which trade is it about? (Enter: {_EXAMPLE}; q quit): ")
        for words in (_EXAMPLE, f"Jobs in {_EXAMPLE}") if trade else ():
            text = json.dumps(words.replace(_EXAMPLE, trade), ensure_ascii=False)
            files[ROLES_FILE] = files[ROLES_FILE].replace(f": {words}\n".encode(), f": {text}\n".encode(), 1)
    _put_files(folder, files, force)
    say(f"Change the files in {folder}, then: bpo-quiz catalogue check --data {shlex.quote(str(folder))}")


@app.command()
def schema(
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where its files go.")],
    force: output.ForceOption = False,
) -> None:
    """Write JSON Schema of skills.yaml, roles.yaml and guide.yaml, by which an editor completes and checks keys."""
    from bpo_quiz.catalogue.read import ROLES, SKILLS
    from bpo_quiz.catalogue.read_guide import GUIDE
    from bpo_quiz.catalogue.schema import file_schema
    from bpo_quiz.records.text import json_text

    kinds = {"skills": SKILLS, "roles": ROLES, "guide": GUIDE}
    made = {f"{name}.schema.json": json_text(file_schema(kind, f"{name}.yaml")) for name, kind in kinds.items()}
    _put_files(folder, {name: text.encode() for name, text in made.items()}, force)


def _put_files(folder: Path, files: Mapping[str, bytes], force: bool) -> None:
    """Write some files into a folder, all or none where one is there already.

    Raises:
        UsageError: one is there. StorageError: they cannot be written.
    """
    from bpo_quiz.files.faults import told
    from bpo_quiz.files.safe import make_folder, refuse_to_overwrite, write_file

    with told(folder):
        make_folder(folder)
        for name in files:
            refuse_to_overwrite(folder / name, force)
    for name, content in files.items():
        write_file(folder / name, content, force=force)
    say(f"Written to {folder}: {', '.join(files)}.")


@app.command()
def diff(
    ctx: typer.Context,
    before: Annotated[Path, typer.Argument(metavar="A", help="The folder of one catalogue.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The folder of the other.")],
    form: output.ShownOption = "table",
    plain: output.PlainOption = False,
) -> None:
    """Say what differs between two catalogues: roles, items, levels, texts."""
    wanted = output.wanted("catalogue diff", output.Shown, form, plain=plain)
    from bpo_quiz.catalogue.load import load
    from bpo_quiz.pages import changes as pages
    from bpo_quiz.records.study import changes_record
    from bpo_quiz.results.changes import compare_catalogues

    found = compare_catalogues(load(before), load(after))
    output.write(ctx, output.Page("changes", partial(pages.page, found), partial(changes_record, found)), wanted)


def _of_files(named: Sequence[str], catalogue: Catalogue, how: Reading, faults: list[str]) -> list[Answers]:
    """Everybody in some files; what cannot be used is noted."""
    from bpo_quiz.commands.score import faults_of, opened_sheets
    from bpo_quiz.sheets.files import files_of
    from bpo_quiz.sheets.run import Gathering

    run = Gathering(catalogue)
    for opened in opened_sheets(files_of(named)[0], catalogue, how):
        for _ in run.over(*opened):
            pass
    faults += faults_of(run, "counted")
    if again := run.sheets - len(run.people):
        say(f"{run.name}{counted(again, 'sheet')} with an id that comes again; the last of each counts.")
    return list(run.people.values())


def _kept(ctx: typer.Context, catalogue: Catalogue, tag: str | None) -> list[Answers]:
    """Everybody who finished here, by their latest session."""
    from bpo_quiz.commands.cohort import chosen
    from bpo_quiz.commands.shared import the_store
    from bpo_quiz.store.sessions import Sessions

    with the_store(ctx, read_only=True) as database:
        sessions = Sessions(database)
        return [sessions.get(row.code).answers.as_seen_by(catalogue) for row in chosen(database, tag)]


def _need_numpy(command: str) -> None:
    try:
        import numpy  # noqa: F401 - the study's modules do
    except ImportError:
        from bpo_quiz.extras import missing

        raise missing(command, "numpy") from None

"""`bpo-quiz score`: many answer sheets at once."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_quiz.clean import clean
from bpo_quiz.commands.output import refuse_store
from bpo_quiz.commands.shared import options, the_catalogue
from bpo_quiz.commands.signals import telling_who_leaves, undisturbed
from bpo_quiz.errors import InputError, UsageError
from bpo_quiz.terminal.lines import say
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.files import Reader
    from bpo_quiz.sheets.lines import Source
    from bpo_quiz.sheets.read_csv import Columns, Reading
    from bpo_quiz.sheets.run import Run, Write

    Opened = tuple[Source, Reader, bytes | None]

CodesOption = Annotated[
    Literal["0-4", "1-5"] | None,
    typer.Option("--codes", help="What numbers mean where a sheet does not say it: 1-5 as on screen and paper."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="COLUMN|others", help="Pass over a column, or all that are not known."),
]
STANDARD = "-"
_MOST_TOLD = 20
_HELD = 16 * 2**20  # bytes of results that wait in memory until it is sure what all numbers mean; more wait on the disk


def score(
    ctx: typer.Context,
    file: Annotated[
        list[str],
        typer.Argument(metavar="FILE|FOLDER...", help="Sheets, CSV or JSON, also gzip; - is standard input."),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where results go; - is standard output.")
    ] = STANDARD,
    form: Annotated[Literal["csv", "jsonl"], typer.Option("--format", help="How results are written.")] = "csv",
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles a sheet gets.")] = 5,
    certainty: Annotated[
        bool, typer.Option("--certainty", help="Add p_first, the chance to be first; 1,000 times slower.")
    ] = False,
    codes: CodesOption = None,
    ignore: IgnoreOption = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="Keep the lines that cannot be used.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Score files of sheets."""
    from bpo_quiz.files.safe import whole_file
    from bpo_quiz.sheets.files import files_of
    from bpo_quiz.sheets.read_csv import reading
    from bpo_quiz.sheets.run import Job, Run

    places, others = files_of(file)
    _refuse_nonsense(places, output, rejects)
    catalogue = the_catalogue(ctx)
    run, is_whole = None, False
    with telling_who_leaves(lambda: _farewell(run, output, is_whole)), contextlib.ExitStack() as files:
        sources = opened_sheets(places, catalogue, reading(codes, ignore))
        first = next(sources)
        with undisturbed():
            held = files.enter_context(tempfile.SpooledTemporaryFile(_HELD))
            # a later line, or file, may show that the numbers of CSV mean something else
            write: Write = sys.stdout.buffer.write if first[0].is_json and len(places) == 1 else held.write
            if output != STANDARD:
                refuse_store(ctx, Path(output))
                write = files.enter_context(whole_file(Path(output), force=force))
            if rejects is not None:
                refuse_store(ctx, rejects)
            reject = _forget if rejects is None else files.enter_context(whole_file(rejects, force=force))
        run = Run(Job(catalogue, top, form == "jsonl", certainty), write, reject)
        for one in itertools.chain([first], sources):
            _work(ctx, run, one)
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout.buffer)
        again = run.ids.twice(_MOST_TOLD + 1)
        with undisturbed():
            files.close()  # here they get their names
            is_whole = True
    say(f"{counted(run.sheets, 'sheet')} scored" + ("." if output == STANDARD else f", in {output}."))
    if others:
        say(f"Passed over: {clean(', '.join(others), 400)}.")
    _tell(run, again, rejects)


def _forget(_: bytes) -> None:
    """Lines that nobody wants to keep."""


def _refuse_nonsense(places: Sequence[str], output: str, rejects: Path | None) -> None:
    if not all(places) or not output:
        raise UsageError("score: names no file; give a file, or - for a standard stream")
    if output.endswith(".gz"):
        raise UsageError("-o: results are not packed; name a file without .gz, and pack it afterwards")
    if rejects is not None and len(places) > 1:
        raise UsageError("--rejects: keeps the lines of one file, below its first line; score the files one by one")
    kept = [output, *([] if rejects is None else [str(rejects)])]
    for one, other in itertools.chain(itertools.product(places, kept), itertools.combinations(kept, 2)):
        if STANDARD not in (one, other) and _is_same(one, other):
            raise UsageError(f"{other}: is named twice; sheets, results and rejects need a file each")


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).absolute() == Path(other).absolute() or Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def opened_sheets(places: Iterable[str], catalogue: Catalogue, reading: Reading) -> Iterator[Opened]:
    """The files, one after the other, each with what reads it and its first line."""
    from bpo_quiz.sheets.files import understood
    from bpo_quiz.sheets.lines import opened
    from bpo_quiz.sheets.read_csv import CsvLines

    for place in places:
        with opened(place) as source:
            reader, header = understood(source, catalogue, reading)
            if isinstance(reader, CsvLines):
                _tell_of_columns(reader.columns, len(catalogue.items()))
            yield source, reader, header


def _tell_of_columns(columns: Columns, items: int) -> None:
    if columns.ignored:
        say(f"Columns that are passed over: {clean(', '.join(columns.ignored), 400)}.")
    if without := items - len(columns.items):
        say(f"{without} of {items} items have no column; they count as not answered.")


def _work(ctx: typer.Context, run: Run, opened: Opened) -> None:
    """Score a file.

    Raises:
        InputError: the sheets cannot be read to their end, or there are none.
        StorageError: results cannot be written.
    """
    from bpo_quiz.extras import adding
    from bpo_quiz.sheets.run import FEWEST_FOR_NUMPY, has_numpy
    from bpo_quiz.terminal.progress_bar import progress

    source, before = opened[0], run.sheets + run.faults
    may_lack = not has_numpy() and run.sheets < FEWEST_FOR_NUMPY
    with progress("Scoring", options(ctx).no_color, "sheets") as done:
        for _ in run.over(*opened):
            done(source.position, source.size, run.sheets)
            if may_lack and run.sheets >= FEWEST_FOR_NUMPY:
                may_lack = False
                say(f"With numpy this is a hundred times as fast, to the same bytes; get it by: {adding('numpy')}")
    if run.sheets + run.faults == before:
        raise InputError(f"{source.name}: is a blank sheet; fill in a line for each person")


def _farewell(run: Run | None, output: str, is_whole: bool) -> str:
    if run is None or not run.sheets:
        return "Stopped before the first sheets were scored; nothing is kept."
    done = f"Stopped after {counted(run.sheets, 'sheet')}"
    if is_whole:
        return f"{done}, which was the last; the results are whole."
    return f"{done}." if output == STANDARD else f"{done}; nothing is kept."


def _tell(run: Run, again: Sequence[tuple[int, int]], rejects: Path | None) -> None:
    """Say what was wrong.

    Raises:
        InputError: something was.
    """
    lines = faults_of(run, "scored", "" if rejects is None else f"; they are kept in {rejects}")
    if again:
        twice = again[:_MOST_TOLD]
        lines += [f"{run.place(line)}: has the id of {run.place(first, beside=line)}" for line, first in twice]
        lines += ["and more such lines"] if len(again) > _MOST_TOLD else []
        lines.append(f"{run.name}ids stand twice; every such sheet is scored, so tell them apart before you go on")
    if lines:
        raise InputError("\n".join(lines))


def faults_of(run: Run, done: str, kept: str = "") -> list[str]:
    """What is said of the lines that could not be used; all others are `done`."""
    lines = [f"{run.place(line)}: {why}" for line, why in run.told]
    if run.faults:
        more = run.faults - len(run.told)
        lines += [f"and {more:,} more lines"] if more else []
        lines.append(f"{run.name}{counted(run.faults, 'line')} could not be used, all others are {done}{kept}")
    return lines

"""`bpo-quiz score`: many answer sheets at once."""

from __future__ import annotations

import contextlib
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_quiz.commands.output import refuse_store
from bpo_quiz.commands.shared import options, the_catalogue
from bpo_quiz.commands.signals import telling_who_leaves, undisturbed
from bpo_quiz.errors import InputError, UsageError
from bpo_quiz.terminal.lines import say
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.lines import Source
    from bpo_quiz.sheets.read_csv import Columns
    from bpo_quiz.sheets.run import Run, Write

STANDARD = "-"
_MOST_TOLD = 20


def score(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Sheets, CSV or JSON lines, also gzip; - is standard input.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where results go; - is standard output.")
    ] = STANDARD,
    form: Annotated[Literal["csv", "jsonl"], typer.Option("--format", help="How results are written.")] = "csv",
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles a sheet gets.")] = 5,
    certainty: Annotated[
        bool, typer.Option("--certainty", help="Add p_first, the chance to be first; 1,000 times slower.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="Keep the lines that cannot be used.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Score a file of sheets."""
    from bpo_quiz.files.safe import whole_file
    from bpo_quiz.sheets.lines import opened
    from bpo_quiz.sheets.run import Job, Run

    _refuse_nonsense(file, output, rejects)
    catalogue = the_catalogue(ctx)
    run, is_whole = None, False
    with telling_who_leaves(lambda: _farewell(run, output, is_whole)), contextlib.ExitStack() as files:
        source = files.enter_context(opened(file))
        header, columns = header_of(source, catalogue)
        with undisturbed():
            write: Write = sys.stdout.buffer.write
            if output != STANDARD:
                refuse_store(ctx, Path(output))
                write = files.enter_context(whole_file(Path(output), force=force))
            if rejects is not None:
                refuse_store(ctx, rejects)
            reject = _forget if rejects is None else files.enter_context(whole_file(rejects, force=force))
        run = Run(Job(catalogue, columns, top, form == "jsonl", certainty), write, reject)
        _work(ctx, run, source, header)
        again = run.ids.twice(_MOST_TOLD + 1)
        with undisturbed():
            files.close()  # here they get their names
            is_whole = True
    say(f"{counted(run.sheets, 'sheet')} scored" + ("." if output == STANDARD else f", in {output}."))
    _tell(source.name, run, again, rejects)


def _forget(_: bytes) -> None:
    """Lines that nobody wants to keep."""


def _refuse_nonsense(file: str, output: str, rejects: Path | None) -> None:
    if not file or not output:
        raise UsageError("score: names no file; give a file, or - for a standard stream")
    if output.endswith(".gz"):
        raise UsageError("-o: results are not packed; name a file without .gz, and pack it afterwards")
    places = [place for place in (file, output, None if rejects is None else str(rejects)) if place]
    for one, other in itertools.combinations([place for place in places if place != STANDARD], 2):
        if _is_same(one, other):
            raise UsageError(f"{other}: is named twice; sheets, results and rejects need a file each")


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).absolute() == Path(other).absolute() or Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def header_of(source: Source, catalogue: Catalogue) -> tuple[bytes | None, Columns | None]:
    """The first line of a CSV file, and what it means; both None for JSON lines."""
    from bpo_quiz.sheets.read_csv import read_header

    if source.is_json:
        return None, None
    line = source.first_line()
    columns, items = read_header(line, catalogue, source.name), catalogue.items()
    if without := len(items) - len(columns.items):
        say(f"{without} of {len(items)} items have no column; they count as not answered.")
    return line, columns


def _work(ctx: typer.Context, run: Run, source: Source, header: bytes | None) -> None:
    """Score everything.

    Raises:
        InputError: the sheets cannot be read to their end.
        StorageError: results cannot be written.
    """
    from bpo_quiz.extras import adding
    from bpo_quiz.sheets.run import FEWEST_FOR_NUMPY, has_numpy
    from bpo_quiz.terminal.progress_bar import progress

    may_lack = not has_numpy()
    with progress("Scoring", options(ctx).no_color, "sheets") as done:
        for _ in run.over(source, header):
            done(source.position, source.size, run.sheets)
            if may_lack and run.sheets >= FEWEST_FOR_NUMPY:
                may_lack = False
                say(f"With numpy this is a hundred times as fast, to the same bytes; get it by: {adding('numpy')}")


def _farewell(run: Run | None, output: str, is_whole: bool) -> str:
    if run is None or not run.sheets:
        return "Stopped before the first sheets were scored; nothing is kept."
    done = f"Stopped after {counted(run.sheets, 'sheet')}"
    if is_whole:
        return f"{done}, which was the last; the results are whole."
    return f"{done}." if output == STANDARD else f"{done}; nothing is kept."


def _tell(name: str, run: Run, again: Sequence[tuple[int, int]], rejects: Path | None) -> None:
    """Say what was wrong.

    Raises:
        InputError: something was.
    """
    lines = faults_of(name, run, "scored", "" if rejects is None else f"; they are kept in {rejects}")
    if again:
        lines += [f"{name}:{line}: has the id of line {first}" for line, first in again[:_MOST_TOLD]]
        lines += ["and more such lines"] if len(again) > _MOST_TOLD else []
        lines.append(f"{name}: ids stand twice; every such sheet is scored, so tell them apart before you go on")
    if lines:
        raise InputError("\n".join(lines))


def faults_of(name: str, run: Run, done: str, kept: str = "") -> list[str]:
    """What is said of the lines that could not be used; all others are `done`."""
    lines = [f"{name}:{line}: {why}" for line, why in run.told]
    if run.faults:
        more = run.faults - len(run.told)
        lines += [f"and {more:,} more lines"] if more else []
        lines.append(f"{name}: {counted(run.faults, 'line')} could not be used, all others are {done}{kept}")
    return lines

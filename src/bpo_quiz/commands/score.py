"""`bpo-quiz score`: many answer sheets at once."""

from __future__ import annotations

import contextlib
import enum
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bpo_quiz.commands.shared import options, the_catalogue
from bpo_quiz.commands.signals import telling_who_leaves, undisturbed
from bpo_quiz.errors import InputError, UsageError
from bpo_quiz.terminal.lines import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.blocks import Source
    from bpo_quiz.sheets.csv_lines import Columns
    from bpo_quiz.sheets.engine import Job
    from bpo_quiz.sheets.run import Progress
    from bpo_quiz.sheets.sinks import FileSink, StreamSink

STANDARD = "-"
_BESIDE = (".part", ".part.json", ".part.lock", ".ids", ".ids.part")
"""Endings of the files beside results or rejects while these are made (`sheets/sinks.py`)."""

_MOST_TOLD = 20


class ScoreFormat(enum.StrEnum):
    """How results are written."""

    csv = "csv"
    jsonl = "jsonl"


def score(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Sheets, CSV or JSON lines, also gzip; - is standard input.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where results go; - is standard output.")
    ] = STANDARD,
    form: Annotated[ScoreFormat, typer.Option("--format", help="How results are written.")] = ScoreFormat.csv,
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="How many roles a sheet gets.")] = 5,
    certainty: Annotated[
        bool, typer.Option("--certainty", help="Add p_first, the chance to be first; 1,000 times slower.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="Keep the lines that cannot be used.")
    ] = None,
    go_on: Annotated[bool, typer.Option("--continue", help="Go on where a run was stopped.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Score a file of sheets."""
    from bpo_quiz.sheets.blocks import opened
    from bpo_quiz.sheets.engine import Job

    _refuse_nonsense(file, output, rejects, go_on=go_on, force=force)
    catalogue = the_catalogue(ctx)
    with opened(file) as source:
        header, columns = _header(source, catalogue)
        job = Job(catalogue, columns, top, form is ScoreFormat.jsonl, certainty)
        with _stoppable(output, lambda: _sink(job, output, rejects, force=force, go_on=go_on)) as work:
            reached = _work(ctx, job, source, header, work)
            again = list(itertools.islice(_twice(work.sink, reached), _MOST_TOLD + 1))
        work.sink.finish()
    say(f"{_count(reached.sheets, 'sheet')} scored" + ("." if output == STANDARD else f", in {output}."))
    _tell(source.name, reached, work.faults, again, rejects)


def _refuse_nonsense(file: str, output: str, rejects: Path | None, *, go_on: bool, force: bool) -> None:
    if not file or not output:
        raise UsageError("score: names no file; give a file, or - for a standard stream")
    if output.endswith(".gz"):
        raise UsageError("-o: results are not packed; name a file without .gz, and pack it afterwards")
    if go_on and output == STANDARD:
        raise UsageError("--continue: needs results in a file; name it with -o")
    if go_on and force:
        raise UsageError("score: --continue goes on with what is there, --force begins again; drop one")
    places = [place for place in (file, output, None if rejects is None else str(rejects)) if place]
    for one, other in itertools.combinations([place for place in places if place != STANDARD], 2):
        if _is_same(one, other):
            raise UsageError(f"{other}: is named twice; sheets, results and rejects need a file each")
    for one, other in itertools.permutations([place for place in places if place != STANDARD], 2):
        if one != file and any(_is_same(one + ending, other) for ending in _BESIDE):
            raise UsageError(f"{other}: is needed while {one} is made; name another file")


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).absolute() == Path(other).absolute() or Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def _header(source: Source, catalogue: Catalogue) -> tuple[bytes | None, Columns | None]:
    """The first line of a CSV file, and what it means; both None for JSON lines."""
    from bpo_quiz.sheets.csv_lines import read_header

    if source.is_json:
        source.skip_mark()
        return None, None
    line = source.first_line()
    columns = read_header(line.removesuffix(b"\r"), catalogue, source.name)
    if columns.without:
        say(f"{columns.without} of {len(columns.items)} items have no column; they count as not answered.")
    return line, columns


def _sink(job: Job, output: str, rejects: Path | None, *, force: bool, go_on: bool) -> FileSink | StreamSink:
    from bpo_quiz.sheets.sinks import FileSink, StreamSink

    if output == STANDARD:
        return StreamSink(sys.stdout.buffer.write, rejects, force=force)
    wanted = {
        "catalogue": job.catalogue.sha256,
        "top": job.top,
        "output": "jsonl" if job.as_json else "csv",
        "certainty": job.with_chance,
        "rejects": rejects is not None,
    }
    return FileSink(Path(output), rejects, wanted, force=force, go_on=go_on)


class _Work:
    """What there is of the work so far: where it goes to, how far it is, and the first lines that could not be used."""

    def __init__(self, sink: FileSink | StreamSink) -> None:
        self.sink = sink
        self.reached: Progress | None = sink.earlier
        self.faults: list[tuple[int, str]] = []

    def leave(self) -> None:
        """Keep what is whole."""
        if self.reached is None or not self.reached.sheets:
            self.sink.remove()
        else:
            self.sink.stop()


@contextlib.contextmanager
def _stoppable(output: str, open_sink: Callable[[], FileSink | StreamSink]) -> Iterator[_Work]:
    """Whoever stops the work finds what is whole, and is told how to go on.

    Raises:
        Interrupted: it was stopped.
    """
    work: _Work | None = None
    with telling_who_leaves(lambda: _farewell(work, output)):
        try:
            with undisturbed():
                work = _Work(open_sink())
            yield work
        except BaseException:
            if work is not None:
                work.leave()
            raise


def _work(ctx: typer.Context, job: Job, source: Source, header: bytes | None, work: _Work) -> Progress:
    """Score everything.

    Raises:
        InputError: the sheets cannot be read to their end.
        StorageError: results cannot be written.
    """
    from bpo_quiz.sheets.run import begin, go_on, run
    from bpo_quiz.terminal.progress_bar import counting

    if work.reached is None:
        work.reached = begin(job, source, header, work.sink)
    else:
        go_on(source, work.reached)
    with counting("Scoring", "sheets", work.reached.sheets, options(ctx).no_color) as done:
        for now, told in run(job, source, work.sink, work.reached):
            work.reached = now
            work.faults += told[: _MOST_TOLD - len(work.faults)]
            done(source.position, source.size, now.sheets)
    return work.reached


def _farewell(work: _Work | None, output: str) -> str:
    if work is None:
        return "Stopped before it began; everything is as it was."
    reached = work.reached
    if reached is None or not reached.sheets:
        return "Stopped before the first sheets were scored; nothing is kept."
    done = f"Stopped after {_count(reached.sheets, 'sheet')}"
    return f"{done}." if output == STANDARD else f"{done}; they are in {output}.part, and --continue goes on."


def _twice(sink: FileSink | StreamSink, reached: Progress) -> Iterator[tuple[int, int]]:
    return iter(sorted(sink.twice())) if reached.sheets else iter(())


def _tell(
    name: str, reached: Progress, faults: list[tuple[int, str]], again: list[tuple[int, int]], rejects: Path | None
) -> None:
    """Say what was wrong.

    Raises:
        InputError: something was.
    """
    lines = [f"{name}:{line}: {why}" for line, why in faults]
    if reached.faults:
        kept = "" if rejects is None else f"; they are kept in {rejects}"
        more = reached.faults - len(faults)
        lines += [f"and {more:,} more lines"] if more else []
        lines.append(f"{name}: {_count(reached.faults, 'line')} could not be used, all others are scored{kept}")
    if again:
        lines += [f"{name}:{line}: has the id of line {first}" for line, first in again[:_MOST_TOLD]]
        lines += ["and more such lines"] if len(again) > _MOST_TOLD else []
        lines.append(f"{name}: ids stand twice; every such sheet is scored, so tell them apart before you go on")
    if lines:
        raise InputError("\n".join(lines))


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"

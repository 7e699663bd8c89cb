"""From a file of sheets to results: block after block is read, scored and written, and what was wrong is kept."""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.errors import InputError
from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.certainty import Belief, certainty
from bpo_quiz.scoring.exact import FirstStandings
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import INCOMPLETE, score
from bpo_quiz.scoring.ranking import rank, rank_by_chance, standings
from bpo_quiz.sheets.duplicates import Ids
from bpo_quiz.sheets.files import read
from bpo_quiz.sheets.lines import BLOCK, FileFault, LineFault
from bpo_quiz.sheets.read_csv import CsvLines
from bpo_quiz.sheets.rows import CsvWriter, JsonWriter, Result
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Certainty
    from bpo_quiz.scoring.many import SheetScorer
    from bpo_quiz.scoring.profile import Profile
    from bpo_quiz.sheets.bulk import Bulk, BulkCsv
    from bpo_quiz.sheets.files import Reader
    from bpo_quiz.sheets.lines import Block, Sheet, Source, Where

    Write = Callable[[bytes], object]
    Chances = Callable[[Profile], Certainty]

MOST_TOLD = 20
"""Faults that are told in words; the others are counted."""

FEWEST_FOR_NUMPY = 1000
"""Sheets from which loading numpy pays."""

_CHANCES_FOR_NUMPY = 20
_SMALL_BLOCK = 4096
"""Bytes of a block where a sheet takes long, so that a person sees how far it is."""


class Job(NamedTuple):
    """What is to be done.

    Attributes:
        top: roles a sheet. as_json: whether JSON lines are written. with_chance: whether `p_first` is worked out.
    """

    catalogue: Catalogue
    top: int
    as_json: bool
    with_chance: bool


class Run:
    """Works through files, block after block; with numpy from where that pays.

    Args:
        job: what is to be done.
        write: takes results. reject: takes lines that cannot be used, as they were.
        numpy_from: how many sheets there must be; None: as many as make it pay.

    Attributes:
        sheets: how many are scored. faults: lines that could not be used. told: the first of them, and why.
        ids: of all sheets. Lines are numbered on from file to file, see `place`.
    """

    def __init__(self, job: Job, write: Write, reject: Write, numpy_from: int | None = None) -> None:
        self._job, self._write, self._reject = job, write, reject
        usually = _CHANCES_FOR_NUMPY if job.with_chance else FEWEST_FOR_NUMPY
        self._numpy_from = usually if numpy_from is None else numpy_from
        self._writer = (JsonWriter if job.as_json else CsvWriter)(job.catalogue, with_chance=job.with_chance)
        self._one = OneByOne(job)
        self._files: list[tuple[int, Where]] = []
        self._before = 0
        self._is_within_a_line = False
        self.sheets, self.faults = 0, 0
        self.told: list[tuple[int, str]] = []
        self.ids = Ids()

    def over(self, source: Source, reader: Reader, header: bytes | None) -> Iterator[None]:
        """Read, score and write a file, a block each time.

        Args:
            source: the sheets.
            reader: understands its lines.
            header: the first line of CSV sheets, which stands above those that are rejected, too.

        Raises:
            InputError: the sheets cannot be read to their end, or nobody can tell what they mean.
        """
        if not self._files:
            self._write(self._writer.header.encode("ascii"))
        if header is not None:
            self._reject(header + b"\n")
        self._files.append((self._before, source.where))
        self._reader, self._rows, self._results = reader, self._by_lines, self._one_by_one
        self._has_begun_with_numpy = False
        is_slow, number = self._job.with_chance or not has_numpy(), 0
        try:
            for block in source.blocks(_SMALL_BLOCK if is_slow else BLOCK):
                number = block.line + block.content.count(b"\n")
                if block.is_rest:
                    self._keep(block.content)
                else:
                    self._choose(self.sheets + block.content.count(b"\n"))
                    self._write(self._rows(block._replace(line=self._before + block.line)))
                yield
            reader.close()
        except FileFault as fault:
            place = self.place(fault.line) if fault.line else source.name
            raise InputError(f"{place}: {fault}") from None
        if self._is_within_a_line:
            self._keep(b"\n")
        self._before += number

    @property
    def name(self) -> str:
        """What begins a message about all lines: the file, where there is only one."""
        return f"{self._files[0][1].name}: " if len(self._files) == 1 else ""

    def place(self, number: int, beside: int | None = None) -> str:
        """How messages call a line; only by its number where they have just named another line of its file."""
        before, where = self._file_of(number)
        if beside is not None and self._file_of(beside)[0] == before and where.counts:
            return f"{where.counts} {number - before}"
        return where.of(number - before)

    def _file_of(self, number: int) -> tuple[int, Where]:
        return next(one for one in reversed(self._files) if one[0] < number)

    def _choose(self, sheets: int) -> None:
        """Take numpy for this block and those that follow, if there are enough sheets."""
        if self._has_begun_with_numpy or sheets < self._numpy_from or not has_numpy():
            return
        self._has_begun_with_numpy = True
        for library in ("OPENBLAS", "OMP", "MKL"):
            os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # the blocks are small; more threads only wait
        if self._job.with_chance:
            from bpo_quiz.scoring.many import Chances

            self._one = OneByOne(self._job, Chances(self._job.catalogue))
            return
        from bpo_quiz.sheets.bulk import Bulk, BulkCsv

        if isinstance(self._reader, CsvLines) and isinstance(self._writer, CsvWriter):
            self._rows = partial(self._in_bulk, BulkCsv(self._scorer, self._reader, self._writer))
        else:
            self._results = partial(self._at_once, Bulk(self._scorer))

    @cached_property
    def _scorer(self) -> SheetScorer:
        from bpo_quiz.scoring.many import SheetScorer

        return SheetScorer(self._job.catalogue, full_order(self._job.catalogue), self._job.top)

    def _one_by_one(self, sheets: Sequence[Sheet]) -> Iterable[Result]:
        return map(self._one, sheets)

    def _by_lines(self, block: Block) -> bytes:
        sheets = [sheet for _, sheet in self._read(block.lines())]
        self.sheets += len(sheets)
        results = zip(sheets, self._results(sheets), strict=True)
        return "".join(self._writer.rows(sheet.id, result) for sheet, result in results).encode("utf-8")

    def _in_bulk(self, bulk: BulkCsv, block: Block) -> bytes:
        rows, count = bulk.work(block, self._read, self.ids)
        self.sheets += count
        return rows

    def _at_once(self, bulk: Bulk, sheets: Sequence[Sheet]) -> Iterator[Result]:
        for sheet, result in zip(sheets, bulk.results(sheets), strict=True):
            told_more = sheet.answers.form != "full" or sheet.answers.times
            yield self._one(sheet) if told_more else result

    def _read(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Sheet]]:
        """The sheets of numbered lines."""
        for number, line, sheet in read(self._reader, lines):
            if isinstance(sheet, LineFault):
                self._keep(line)
                self.faults += 1
                if len(self.told) < MOST_TOLD:
                    self.told.append((number, str(sheet)))
            else:
                self.ids.add([sheet.id.encode("utf-8")], [number])
                yield number, sheet

    def _keep(self, line: bytes) -> None:
        """Keep a line that cannot be used, or a part of it."""
        self._reject(line)
        self._is_within_a_line = not line.endswith(b"\n")


class Gathering(Run):
    """Reads files as `Run` does, and keeps who is in it, in place of scoring: of an id that stands twice, the latest.

    Attributes:
        people: id -> answers.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        nothing: Write = len
        super().__init__(Job(catalogue, 1, as_json=False, with_chance=False), nothing, nothing, sys.maxsize)
        self.people: dict[str, Answers] = {}

    def _by_lines(self, block: Block) -> bytes:
        for _, sheet in self._read(block.lines()):
            self.people[sheet.id] = sheet.answers
            self.sheets += 1
        return b""


class OneByOne:
    """Scores one sheet after the other by the definitions, as far as what is written needs it.

    Args:
        job: what is to be done.
        chances: works out the chances of a full form; None: as the definition does.
    """

    def __init__(self, job: Job, chances: Chances | None = None) -> None:
        self._catalogue, self._top, self._with_chance = job.catalogue, job.top, job.with_chance
        self._first, self._order = FirstStandings(job.catalogue), full_order(job.catalogue)
        self._items = {item.id: item for item in self._order}
        self._chances = chances or partial(certainty, job.catalogue)

    def __call__(self, sheet: Sheet) -> Result:
        """Score one sheet; the quick form by its chances, as `start` does."""
        responses, is_quick = sheet.answers.responses, sheet.answers.form == "quick"
        asked = [self._items[item] for item in responses] if is_quick else self._order
        rules: list[str] = [flag.rule for flag in flags(self._catalogue, asked, responses, sheet.answers.times)]
        profile = score(self._catalogue, responses)
        if not is_quick and not profile.is_whole:
            rules = [*rules, INCOMPLETE]
        if not is_quick and not self._with_chance:
            return Result(self._first(profile, self._top), rules)
        ranked = rank(fit_all(self._catalogue, profile))
        if not is_quick:
            return Result(standings(ranked, self._top), rules, self._chances(profile).p_first)
        sure = self._belief.certainty(responses)
        return Result(standings(rank_by_chance(ranked, sure), self._top), rules, sure.p_first)

    @cached_property
    def _belief(self) -> Belief:
        return Belief(self._catalogue)


def has_numpy() -> bool:
    """Whether numpy is installed; it is not loaded to find out."""
    return importlib.util.find_spec("numpy") is not None

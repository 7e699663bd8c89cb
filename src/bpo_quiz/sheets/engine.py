"""Turns a block of lines into the rows that are written, and into what was wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.role_table import RoleTable, first_standings
from bpo_quiz.sheets.csv_lines import CsvLines
from bpo_quiz.sheets.json_lines import JsonLines
from bpo_quiz.sheets.one import ByDefinition
from bpo_quiz.sheets.prints import print_of, record
from bpo_quiz.sheets.rows import CsvWriter, JsonWriter, Result
from bpo_quiz.sheets.sheet import LineFault
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.sheets.blocks import Block
    from bpo_quiz.sheets.csv_lines import Columns
    from bpo_quiz.sheets.rows import Writer
    from bpo_quiz.sheets.sheet import Sheet

MOST_TOLD = 20
"""Faults that are told in words; the others are counted."""

TOO_LONG = "is longer than 1 MiB; a sheet has a few hundred bytes"


class Job(NamedTuple):
    """What is to be done with every block; can be pickled.

    Attributes:
        columns: of a CSV file; None for JSON lines.
        top: roles a sheet. as_json: whether JSON lines are written. with_chance: whether `p_first` is worked out.
    """

    catalogue: Catalogue
    columns: Columns | None
    top: int
    as_json: bool
    with_chance: bool


class Outcome(NamedTuple):
    """What became of a block.

    Attributes:
        rows: what is written. sheets: how many were scored.
        rejected: the lines that could not be used, as they were. faults: how many, and the first of them in words.
        prints: a fingerprint of each id, with its line (`prints.py`).
    """

    rows: bytes
    sheets: int
    rejected: bytes
    faults: int
    told: tuple[tuple[int, str], ...]
    prints: bytes


class Engine(Protocol):
    """A way to work through a block."""

    def work(self, block: Block) -> Outcome:
        """Read, score, write."""


class Lines:
    """What is read of a block, line by line: sheets with their line numbers, and what cannot be used."""

    def __init__(self, reader: CsvLines | JsonLines) -> None:
        self._reader = reader
        self.rejected: list[bytes] = []
        self.told: list[tuple[int, str]] = []
        self.faults = 0

    def read(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Sheet]]:
        """The sheets among numbered lines; empty lines hold nobody."""
        for number, line in lines:
            plain = line.rstrip(b"\r\n") if line.endswith((b"\r\n", b"\n")) else line.removesuffix(b"\r")
            if not plain:
                continue
            try:
                yield number, self._reader.sheet(plain)
            except LineFault as fault:
                self.refuse(number, line, str(fault))

    def refuse(self, number: int, line: bytes, why: str) -> None:
        """Keep a line that cannot be used."""
        self.rejected.append(line if line.endswith(b"\n") else line + b"\n")
        self.faults += 1
        if len(self.told) < MOST_TOLD:
            self.told.append((number, why))

    def outcome(self, rows: bytes, sheets: int, prints: bytes) -> Outcome:
        """Everything together."""
        return Outcome(rows, sheets, b"".join(self.rejected), self.faults, tuple(self.told), prints)


def reader_of(job: Job) -> CsvLines | JsonLines:
    """What reads single lines."""
    return JsonLines(job.catalogue) if job.columns is None else CsvLines(job.columns, job.catalogue)


def writer_of(job: Job) -> Writer:
    """What writes single sheets."""
    kind = JsonWriter if job.as_json else CsvWriter
    return kind(job.catalogue, with_chance=job.with_chance)


def too_long(block: Block) -> Outcome:
    """A part of a line that is too long: kept, and told once."""
    told = ((block.line, TOO_LONG),) if block.begins else ()
    end = b"" if block.goes_on or block.content.endswith(b"\n") else b"\n"
    return Outcome(b"", 0, block.content + end, len(told), told, b"")


class PlainEngine:
    """Without numpy, a sheet at a time."""

    def __init__(self, job: Job) -> None:
        self._job, self._reader, self._writer = job, reader_of(job), writer_of(job)
        self._order = full_order(job.catalogue)
        self._table = RoleTable.of(job.catalogue)
        self._define = ByDefinition(job.catalogue, self._order, job.top)

    def work(self, block: Block) -> Outcome:
        """Read, score, write."""
        if block.is_too_long:
            return too_long(block)
        lines = Lines(self._reader)
        rows, prints = [], []
        for number, sheet in lines.read(numbered(block)):
            rows.append(self._writer.rows(sheet.id, self.result(sheet)))
            prints.append(record(print_of(sheet.id.encode("utf-8")), number))
        return lines.outcome("".join(rows).encode("utf-8"), len(rows), b"".join(prints))

    def result(self, sheet: Sheet) -> Result:
        """Score one sheet."""
        if self._job.with_chance or (sheet.answers is not None and sheet.answers.form != "full"):
            return self._define(sheet, with_chance=self._job.with_chance)
        items = self._job.catalogue.items()
        responses = {item.id: int(value) if value else None for item, value in zip(items, sheet.values, strict=True)}
        times = None if sheet.answers is None else sheet.answers.times
        found = flags(self._job.catalogue, self._order, responses, times)
        standings = first_standings(self._job.catalogue, self._table, responses, self._job.top)
        return Result(standings, [flag.rule for flag in found])


def numbered(block: Block) -> Iterator[tuple[int, bytes]]:
    """The lines of a block, each with its number and, but for the last of a file, its end."""
    lines = block.content.split(b"\n")
    last = lines.pop()
    yield from ((number, line + b"\n") for number, line in enumerate(lines, block.line))
    if last:
        yield block.line + len(lines), last

"""Works through blocks with numpy: plain CSV lines straight from their bytes, all others line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.batch import NO_ANSWER, BatchScorer
from bpo_quiz.scoring.batch_chances import BatchChances
from bpo_quiz.scoring.batch_rules import RULES
from bpo_quiz.scoring.role_table import Standing
from bpo_quiz.sheets.csv_lines import CsvLines
from bpo_quiz.sheets.engine import Lines, Outcome, numbered, reader_of, too_long, writer_of
from bpo_quiz.sheets.one import ByDefinition
from bpo_quiz.sheets.plain_lines import LONGEST_PLAIN_ID, PlainLines
from bpo_quiz.sheets.prints import print_of, prints_of, record
from bpo_quiz.sheets.quick_rows import QuickRows
from bpo_quiz.sheets.rows import CsvWriter, Result, id_cell
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.scoring.batch import Ranked
    from bpo_quiz.sheets.blocks import Block
    from bpo_quiz.sheets.engine import Job
    from bpo_quiz.sheets.sheet import Sheet

    Bytes = NDArray[np.uint8]

_WORD = 8


class QuickEngine:
    """Does what `engine.PlainEngine` does, to the byte."""

    def __init__(self, job: Job) -> None:
        self._job, self._reader, self._writer = job, reader_of(job), writer_of(job)
        self._order = full_order(job.catalogue)
        self._score = BatchScorer(job.catalogue, self._order, job.top)
        self._define = ByDefinition(job.catalogue, self._order, job.top, BatchChances(job.catalogue))
        self._plain: PlainLines | None = None
        if isinstance(self._reader, CsvLines) and isinstance(self._writer, CsvWriter) and not job.with_chance:
            self._plain = PlainLines(self._reader)
            self._rows = QuickRows(self._score.roles, self._writer.middles, self._score.top)

    def work(self, block: Block) -> Outcome:
        """Read, score, write."""
        if block.is_too_long:
            return too_long(block)
        if self._plain is None:
            return self._by_lines(block)
        content = block.content if block.content.endswith(b"\n") else block.content + b"\n"
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n")
        plain, lines = self._plain.read(content), Lines(self._reader)
        line, ids, values = plain.line + block.line, plain.ids, plain.values
        cells = ids
        if plain.odd:
            every = list(numbered(block))
            others = list(lines.read(every[n] for n in plain.odd if n < len(every)))
            if others:
                odd_ids = [one.id.encode("utf-8") for _, one in others]
                odd_cells = [id_cell(one.id).encode("utf-8") for _, one in others]
                if max(map(len, odd_ids + odd_cells)) > LONGEST_PLAIN_ID:
                    return self._by_lines(block)
                line = np.concatenate([line, [number for number, _ in others]])
                order = np.argsort(line)
                line, ids, cells = line[order], _joined(ids, odd_ids)[order], _joined(ids, odd_cells)[order]
                values = np.concatenate([values, _values([one for _, one in others])], axis=1)[:, order]
        rows = self._rows.text(cells, self._score.by_item(values)) if len(line) else b""
        return lines.outcome(rows, len(line), prints_of(ids, line))

    def _by_lines(self, block: Block) -> Outcome:
        lines = Lines(self._reader)
        sheets = list(lines.read(numbered(block)))
        results = self._defined(sheets) if self._job.with_chance else self._results([one for _, one in sheets])
        rows = [self._writer.rows(one.id, result) for (_, one), result in zip(sheets, results, strict=True)]
        prints = b"".join(record(print_of(one.id.encode("utf-8")), number) for number, one in sheets)
        return lines.outcome("".join(rows).encode("utf-8"), len(rows), prints)

    def _defined(self, sheets: Sequence[tuple[int, Sheet]]) -> list[Result]:
        return [self._define(one, with_chance=True) for _, one in sheets]

    def _results(self, sheets: Sequence[Sheet]) -> list[Result]:
        if not sheets:
            return []
        found = _in_python(self._score, self._score.by_item(_values(sheets)))
        return [self._with_more(one, result) for one, result in zip(sheets, found, strict=True)]

    def _with_more(self, sheet: Sheet, result: Result) -> Result:
        """A result that also heeds the form and the times."""
        if sheet.answers is None:
            return result
        if sheet.answers.form != "full":
            return self._define(sheet, with_chance=False)
        fired = flags(self._job.catalogue, self._order, sheet.answers.responses, sheet.answers.times)
        return result._replace(rules=[flag.rule for flag in fired])


def _values(sheets: Sequence[Sheet]) -> NDArray[np.int8]:
    """The values of sheets, [item, sheet]."""
    rows = [[int(value) if value else NO_ANSWER for value in one.values] for one in sheets]
    return np.array(rows, dtype=np.int8).T.copy()


def _joined(ids: Bytes, others: Sequence[bytes]) -> Bytes:
    """Ids and others, in words of one length."""
    width = max(ids.shape[1], -(-max(map(len, others)) // _WORD) * _WORD)
    more = np.frombuffer(b"".join(one.ljust(width, b"\0") for one in others), dtype=np.uint8)
    return np.concatenate([np.pad(ids, ((0, 0), (0, width - ids.shape[1]))), more.reshape(-1, width)])


def _in_python(scorer: BatchScorer, ranked: Ranked) -> list[Result]:
    """Arrays as results of single sheets."""
    rules = [[rule for bit, rule in enumerate(RULES) if bits >> bit & 1] for bits in range(1 << len(RULES))]
    columns = (ranked.role, ranked.total, ranked.match, ranked.readiness, ranked.interest)
    rows = zip(*(column.tolist() for column in columns), ranked.rules.tolist(), strict=True)
    return [Result(_standings(scorer.roles, *numbers), rules[bits]) for *numbers, bits in rows]


def _standings(roles: Sequence[str], which: Sequence[int], *numbers: Sequence[float]) -> list[Standing]:
    return [
        Standing(roles[role], total, match, readiness, None if interest != interest else interest)
        for role, total, match, readiness, interest in zip(which, *numbers, strict=True)
        if role >= 0
    ]

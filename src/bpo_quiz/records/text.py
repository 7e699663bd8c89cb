"""Records as text: JSON, and CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from bpo_quiz.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float | None

_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"  # also full-width, as some spreadsheets take them
FORMULA_STARTS = (*_SIGNS, "\t", "\r", " ")
_FORMULA_INSIDE = re.compile(rf"""([,;\t])(?=[\s"']*[{re.escape(_SIGNS)}])""")
"""Where a spreadsheet that splits at commas, semicolons or tabs would see one begin."""


def json_text(record: Any) -> str:
    """JSON text, the same bytes for the same record on every machine."""
    return json.dumps(record, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, with the line ends that its standard asks for."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([cell(value) for value in row] for row in rows)
    return file.getvalue()


def cell(value: Cell) -> Cell:
    """A value as it may stand in a CSV file: text that could begin a formula gets an apostrophe, a number stays one."""
    if not isinstance(value, str):
        return value
    guard = "'" if value.startswith(FORMULA_STARTS) else ""
    return guard + clean(_FORMULA_INSIDE.sub(r"\1'", value))

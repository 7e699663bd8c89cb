"""A document as PDF."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict
from bpo_quiz.document import Bullets, Figure, Ladder, Paragraph, Table, lines_of, told_rows
from bpo_quiz.writers import typst
from bpo_quiz.writers.charts import pictures
from bpo_quiz.writers.svg import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.document import Block, Document, Line, Row
    from bpo_quiz.writers.svg import Picture

_FULL, _HALF, _LADDER = Frame(640, 600), Frame(304, 290), Frame(480, 470)
_POINTS = 0.75  # a pixel
_MOST_COLUMNS = 12  # on a sheet; what has more is told row by row

UNSHOWN = (
    r"The computer that made this file has no font for some characters; they stand as codes such as \u6f22. "
    "The same page as HTML shows them."
)


def pdf(document: Document, paper: str, tell: typst.Tell | None = None) -> bytes:
    """The whole document; `paper`: `a4` or `letter`; `tell`: is told what no font can show.

    Raises:
        UsageError: the package that makes PDFs is not installed.
    """
    return typst.compile(
        typst.TEMPLATES / "page.typ", {"paper": {"a4": "a4", "letter": "us-letter"}[paper], **as_data(document)}, tell
    )


def as_data(document: Document) -> dict[str, Any]:
    """The document as the template reads it: each block with its kind, figures drawn, twins left out."""
    sections = [
        {
            "title": section.title,
            "blocks": [
                _block(block, f"{section.id}-{n}")
                for n, block in enumerate(section.blocks)
                if not (isinstance(block, Table) and block.is_twin) and not _is_hint(block)
            ],
        }
        for section in document.sections
    ]
    return {
        **as_dict(document._replace(sections=())),
        "running": document.running or document.title,
        "sections": sections,
        "unshown_means": UNSHOWN,
    }


def _block(block: Block, name: str) -> dict[str, Any]:
    if isinstance(block, Table) and len(block.columns) > _MOST_COLUMNS:
        block = Bullets(tuple(told_rows(block)))
    kind = type(block).__name__
    if isinstance(block, Table):
        return {"kind": kind, **as_dict(block), "rows": [_row(row) for row in block.rows]}
    if not isinstance(block, Figure):
        return {"kind": kind, **as_dict(block)}
    frame = _frame(block)
    drawn = pictures(block, name, frame)
    key, panels = ([], drawn) if len(drawn) == 1 else (pictures(block, name, _FULL)[:1], drawn[1:])
    return {
        "kind": kind,
        "caption": block.caption,
        "note": block.note,
        "width": _POINTS * (frame.width or 0),
        "height": _POINTS * math.fsum(one.height for one in drawn),
        "key": [_picture(one) for one in key],
        "columns": [[_picture(one) for one in column] for column in (_halves(panels) if frame is _HALF else [panels])],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"cells": [[_line(line) for line in lines_of(cell)] for cell in row.cells], "is_sum": row.is_sum}


def _line(line: Line) -> dict[str, Any]:
    return {"text": line, "tone": "plain"} if isinstance(line, str) else {"tone": "plain", **as_dict(line)}


def _is_hint(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.tone == "hint"


def _picture(picture: Picture) -> dict[str, Any]:
    return {"svg": picture.svg, "alt": f"{picture.title}. {picture.words}", "height": _POINTS * picture.height}


def _halves(panels: Sequence[Picture]) -> tuple[Sequence[Picture], Sequence[Picture]]:
    """Two columns, in order, as equally high as can be."""
    heights = [one.height for one in panels]
    cut = min(range(1, len(panels)), key=lambda n: (max(math.fsum(heights[:n]), math.fsum(heights[n:])), n))
    return panels[:cut], panels[cut:]


def _frame(figure: Figure) -> Frame:
    """Several groups of bars stand in two columns."""
    if isinstance(figure.chart, Ladder):
        return _LADDER
    return _HALF if len(figure.chart.groups) > 1 else _FULL

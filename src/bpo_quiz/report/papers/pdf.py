"""A document as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.records import as_dict
from bpo_quiz.report import typst_pdf
from bpo_quiz.report.papers import paper_words
from bpo_quiz.report.papers.charts.draw import pictures
from bpo_quiz.report.papers.charts.records import Ladder
from bpo_quiz.report.papers.charts.svg import Frame
from bpo_quiz.report.papers.document import Figure, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.report.papers.charts.svg import Picture
    from bpo_quiz.report.papers.document import Block, Document

_FULL, _HALF, _LADDER = Frame(640, 600), Frame(304, 290), Frame(480, 470)
_POINTS = 0.75  # a pixel


def pdf(document: Document, paper: str) -> bytes:
    """The whole document; `paper`: `a4` or `letter`.

    Raises:
        UsageError: the package that makes PDFs is not installed.
    """
    return typst_pdf.compile("result.typ", {"paper": {"a4": "a4", "letter": "us-letter"}[paper], **as_data(document)})


def as_data(document: Document) -> dict[str, Any]:
    """The document as the template reads it: each block with its kind, figures drawn, twins left out."""
    sections = [
        {
            "title": section.title,
            "blocks": [
                _block(block, f"{section.id}-{n}")
                for n, block in enumerate(section.blocks)
                if not (isinstance(block, Table) and block.is_twin)
            ],
        }
        for section in document.sections
    ]
    return {
        **as_dict(document._replace(sections=())),
        "footer": paper_words.COUNSELLOR_FOOTER if document.notice else "",
        "sections": sections,
        "unshown_means": paper_words.UNSHOWN,
    }


def _block(block: Block, name: str) -> dict[str, Any]:
    kind = type(block).__name__
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
        "height": _POINTS * sum(one.height for one in drawn),
        "key": [_picture(one) for one in key],
        "columns": [[_picture(one) for one in column] for column in (_halves(panels) if frame is _HALF else [panels])],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {"svg": picture.svg, "alt": f"{picture.title}. {picture.words}", "height": _POINTS * picture.height}


def _halves(panels: Sequence[Picture]) -> tuple[Sequence[Picture], Sequence[Picture]]:
    """Two columns, in order, as equally high as can be."""
    heights = [one.height for one in panels]
    cut = min(range(1, len(panels)), key=lambda n: (max(sum(heights[:n]), sum(heights[n:])), n))
    return panels[:cut], panels[cut:]


def _frame(figure: Figure) -> Frame:
    """Several groups of bars stand in two columns."""
    if isinstance(figure.chart, Ladder):
        return _LADDER
    return _HALF if len(figure.chart.groups) > 1 else _FULL

"""A document as one HTML file that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: TID253 - imported only to render
from markupsafe import Markup

from bpo_quiz.report.papers.charts.draw import pictures
from bpo_quiz.report.papers.charts.svg import FLUID
from bpo_quiz.report.typst_pdf import TEMPLATES

if TYPE_CHECKING:
    from bpo_quiz.report.papers.document import Block, Document


_LONG, _PIECE = 14, 7
"""Characters from which a word is long, and of the pieces into which it may break."""


def html(document: Document) -> str:
    """The whole document."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["kind"] = _kind
    environment.filters["breakable"] = _breakable
    environment.filters["drawing"] = Markup  # our own SVG, in which every text is escaped already
    return environment.get_template("result.html.j2").render(
        paper=document, pictures=lambda figure, name: pictures(figure, name, FLUID)
    )


def _breakable(text: str) -> Markup:
    """Escaped text in which long words may break, so that a column stays as narrow as it should be."""
    return Markup(" ").join(
        Markup("<wbr>").join(word[n : n + _PIECE] for n in range(0, len(word), _PIECE)) if len(word) > _LONG else word
        for word in text.split(" ")
    )


def _kind(block: Block) -> str:
    return type(block).__name__

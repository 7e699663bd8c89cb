"""A document as one HTML file that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: TID253 - imported only to render
from markupsafe import Markup, escape

from bpo_quiz.document import lines_of
from bpo_quiz.writers.charts import pictures
from bpo_quiz.writers.svg import FLUID
from bpo_quiz.writers.typst import TEMPLATES

if TYPE_CHECKING:
    from bpo_quiz.document import Block, Document, Link, Text


_LONG, _PIECE = 14, 7
"""Characters from which a word is long, and of the pieces into which it may break."""


def html(document: Document) -> str:
    """The whole document."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["kind"] = _kind
    environment.filters["lines"] = lines_of
    environment.filters["prose"] = _prose
    environment.filters["breakable"] = _breakable
    environment.filters["drawing"] = Markup  # our own SVG, in which every text is escaped already
    return environment.get_template("page.html.j2").render(
        paper=document,
        running=document.running or document.title,
        ids=frozenset(section.id for section in document.sections),
        pictures=lambda figure, name: pictures(figure, name, FLUID),
    )


def _breakable(text: str) -> Markup:
    """Escaped text in which long words may break, so that a column stays as narrow as it should be."""
    return Markup(" ").join(
        Markup("<wbr>").join(word[n : n + _PIECE] for n in range(0, len(word), _PIECE)) if len(word) > _LONG else word
        for word in text.split(" ")
    )


def _prose(text: Text, ids: frozenset[str]) -> Markup:
    """Running text, escaped; what leads to an address or to a section of the same page is a link."""
    if isinstance(text, str):
        return escape(text)
    return Markup().join(_piece(piece, ids) for piece in text)


def _piece(piece: str | Link, ids: frozenset[str]) -> Markup:
    if isinstance(piece, str):
        return escape(piece)
    place = piece.to.rpartition(":")[2]
    if piece.to.startswith("https://"):
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(piece.to, piece.words)
    return Markup('<a href="#{}">{}</a>').format(place, piece.words) if place in ids else escape(piece.words)


def _kind(block: Block) -> str:
    return type(block).__name__

"""The guide as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.guide_model import Metric, plain_text
from bpo_quiz.report.guide.guide_blocks import Block, Kind, blocks
from bpo_quiz.writers.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Topic

_TIGHT = frozenset({Kind.ENTRY, Kind.ITEM, Kind.ROW, Kind.COMMAND, Kind.COMMANDS, Kind.REFERENCE})
"""Entries of lists: no empty line between two of them."""


def pages(guide: Guide, chosen: Sequence[Topic | Metric]) -> str:
    """Some pages, or the table of contents where none is chosen, as one Markdown text."""
    depth = 1 if len(chosen) > 1 else 0
    on_top = bool(chosen) and isinstance(chosen[0], Metric)
    lines: list[str] = []
    before: Kind | None = None
    for block in blocks(guide, chosen):
        if before is not None and not (block.kind in _TIGHT and before is block.kind):
            lines.append("")
        lines.append(_written(block, depth, on_top))
        before = block.kind
    return "\n".join(lines) + "\n"


def _written(block: Block, depth: int, metric_on_top: bool) -> str:
    said = escape(plain_text(block.prose))
    heading = {
        Kind.GUIDE: 1,
        Kind.PAGE: 1 + depth,
        Kind.HEADING: 2 + depth,
        Kind.MEASURE: 1 if metric_on_top else 3 + depth,
    }.get(block.kind)
    if heading:
        return f"{'#' * heading} {said}"
    if block.kind is Kind.ITEM:
        return f"{block.label} {said}"
    if block.kind is Kind.CITED:
        return f"> {said}\n>\n> ({escape(block.label)})"
    if block.kind in (Kind.ENTRY, Kind.ROW):
        return f"- **{escape(block.label)}:** {said}"
    if block.kind is Kind.COMMAND:
        return f"- {escape(block.label)}: `{plain_text(block.prose)}`"
    if block.kind is Kind.COMMANDS:
        return f"- {escape(block.label)}: {said}"
    if block.kind is Kind.REFERENCE:
        return f"- {said} <{block.label}>" if block.label else f"- {said}"
    return said

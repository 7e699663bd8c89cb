"""The guide as plain lines: no signs at the side, one thing after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.guide_model import plain_text
from bpo_quiz.clean import clean
from bpo_quiz.report.guide.guide_blocks import Block, Kind, blocks, is_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Metric, Topic


def pages(guide: Guide, chosen: Sequence[Topic | Metric]) -> Iterator[str]:
    """The lines of some pages, or of the table of contents; empty lines part the sections."""
    before: Kind | None = None
    for block in blocks(guide, chosen):
        if before is not None and is_apart(before, block.kind):
            yield ""
        yield clean(_line(block))
        before = block.kind


def _line(block: Block) -> str:
    said = plain_text(block.prose)
    if block.kind in (Kind.GUIDE, Kind.PAGE, Kind.HEADING, Kind.MEASURE):
        return said if said.endswith(("?", "!", ".")) else f"{said}."
    if block.kind is Kind.ITEM:
        return f"{block.label} {said}"
    if block.kind is Kind.CITED:
        return f"{said} Source: {block.label}."
    if block.kind in (Kind.ENTRY, Kind.ROW, Kind.COMMAND, Kind.COMMANDS):
        return f"{block.label}: {said}"
    return f"{said} {block.label}".rstrip()

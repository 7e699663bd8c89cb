"""The guide for a terminal: lines of a comfortable length, hanging lists, facts with a bar at their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.constrain import Constrain  # noqa: TID253 - this module is imported only to render
from rich.padding import Padding  # noqa: TID253
from rich.table import Table  # noqa: TID253
from rich.text import Text  # noqa: TID253

from bpo_quiz.catalogue.guide_model import Link
from bpo_quiz.report.guide.guide_blocks import Block, Kind, blocks, is_apart
from bpo_quiz.report.pieces import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from bpo_quiz.catalogue.guide_model import Guide, Metric, Prose, Topic

WIDEST = 78
"""Columns; longer lines of running text are hard to read."""

_LABELS = 8
_CONTENTS = 20
_NARROW = 60


def pages(guide: Guide, chosen: Sequence[Topic | Metric]) -> Iterator[RenderableType]:
    """Some pages, or the table of contents where none is chosen."""
    before: Kind | None = None
    for block in blocks(guide, chosen):
        if before is None or is_apart(before, block.kind):
            yield Text()
        yield Constrain(_DRAWN[block.kind](block), WIDEST)
        before = block.kind


def _prose(prose: Prose, style: str = "") -> Text:
    whole = Text(style=style)
    for piece in prose:
        whole.append_text(text(piece.words, "cyan") if isinstance(piece, Link) else text(piece))
    return whole


def _hanging(marker: Text, content: RenderableType, width: int | None = None) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=width)
    grid.add_column(overflow="fold")
    grid.add_row(marker, content)
    return grid


class _Labelled:
    """A label and its text: side by side, or below each other where the window is narrow."""

    def __init__(self, label: Text, content: Text, width: int) -> None:
        self.label = label
        self.content = content
        self.width = max(width, label.cell_len)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width < _NARROW:
            yield self.label
            yield Padding(self.content, (0, 0, 0, 2))
        else:
            yield _hanging(self.label, self.content, self.width)


class _Barred:
    """A statement with a bar at its left, so that it stands out without colour."""

    def __init__(self, content: Text, who: Text) -> None:
        self.content = content
        self.who = who

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = " | " if options.ascii_only else " │ "
        for part in (self.content, self.who):
            for line in part.wrap(console, options.max_width - len(bar)):
                yield Text.assemble((bar, "cyan"), line)


def _entry(block: Block) -> RenderableType:
    title, *rest = block.prose
    said = _prose((title,), "bold").append_text(_prose(tuple(rest)))
    return _Labelled(text(block.label, "cyan"), Text.assemble(said), _CONTENTS)


def _reference(block: Block) -> RenderableType:
    return _hanging(Text(" -"), _prose(block.prose).append_text(text(f" {block.label}", "dim")))


_DRAWN: dict[Kind, Callable[[Block], RenderableType]] = {
    Kind.GUIDE: lambda block: _prose(block.prose, "bold underline"),
    Kind.PAGE: lambda block: _prose(block.prose, "bold underline"),
    Kind.LEAD: lambda block: _prose(block.prose, "italic"),
    Kind.HEADING: lambda block: _prose(block.prose, "bold"),
    Kind.MEASURE: lambda block: _prose(block.prose, "bold"),
    Kind.ENTRY: _entry,
    Kind.TEXT: lambda block: _prose(block.prose),
    Kind.ITEM: lambda block: _hanging(Text(f" {block.label}"), _prose(block.prose)),
    Kind.CITED: lambda block: _Barred(_prose(block.prose), text(f"({block.label})", "dim")),
    Kind.ROW: lambda block: _Labelled(text(block.label, "bold"), _prose(block.prose), _LABELS),
    Kind.COMMAND: lambda block: _hanging(Text(" -"), text(f"{block.label}: ").append_text(_prose(block.prose, "cyan"))),
    Kind.COMMANDS: lambda block: _hanging(Text(" -"), text(f"{block.label}: ").append_text(_prose(block.prose))),
    Kind.REFERENCE: _reference,
    Kind.SMALL: lambda block: _prose(block.prose, "dim"),
}

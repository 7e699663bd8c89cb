"""What every page is drawn from, as Rich renderables. Foreign text is cleaned and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD  # noqa: TID253 - this module is imported only to render
from rich.table import Table  # noqa: TID253
from rich.text import Text  # noqa: TID253

from bpo_quiz.scoring.rounding import whole
from bpo_quiz.writers.screen import heading, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import JustifyMethod, RenderableType

__all__ = ["bullets", "heading", "nested", "number", "table", "text"]


def number(value: float | None) -> Text:
    """A whole number, or a dash where nothing is known."""
    return Text("-" if value is None else str(whole(value)))


def table(*columns: tuple[str, str]) -> Table:
    """A table with (title, `left` | `right` | `whole`) columns; text on the left wraps, whole text does not."""
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for title, side in columns:
        justify: JustifyMethod = "right" if side == "right" else "left"
        grid.add_column(text(title), justify=justify, no_wrap=side != "left", overflow="fold")
    return grid


def bullets(lines: Sequence[str]) -> Iterator[RenderableType]:
    """A list; lines that wrap hang under their own text."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        grid.add_row(" -", text(line))
    yield grid


def nested(items: Sequence[tuple[str, Sequence[str]]]) -> RenderableType:
    """A list whose points have lines of their own below them."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line, below in items:
        grid.add_row(" -", text(line))
        for one in below:
            grid.add_row("", text(one))
    return grid

"""A progress bar on standard error, for what takes longer than a moment."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from bpo_quiz.terminal.streams import colour_wanted, is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDE = 60
"""Columns from which there is room for a bar."""


@contextlib.contextmanager
def progress(what: str, no_color: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a bar while the block runs; nothing where standard error is no terminal.

    Yields:
        A function that is told how many parts of how many are done.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr, legacy_windows=False, no_color=not colour_wanted(no_color))
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def done(parts: int, of: int) -> None:
            bar.update(task, completed=parts, total=of)

        yield done


@contextlib.contextmanager
def counting(what: str, things: str, no_color: bool = False) -> Iterator[Callable[[int, int | None, int], None]]:
    """Show how many things are done, how fast, and how long the rest takes; nothing without a terminal.

    Args:
        what: what is done, such as `Scoring`.
        things: to what, such as `sheets`.
        no_color: whether colours are not wanted.

    Yields:
        A function that is told the position, of which size (None: not known), and how many things are done.
    """
    if not is_terminal(sys.stderr):
        yield lambda _position, _size, _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, legacy_windows=False, no_color=not colour_wanted(no_color))
    is_wide = console.width >= _WIDE
    columns = [
        TextColumn("{task.description}"),
        *([BarColumn(bar_width=None)] if is_wide else []),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
    ]
    begun = time.monotonic()
    with Progress(*columns, console=console, transient=True, expand=is_wide) as bar:
        task = bar.add_task(what, total=None, said="")

        def done(position: int, size: int | None, count: int) -> None:
            rate = count / max(time.monotonic() - begun, 1e-3)
            said = f"{count:,} {things}, {rate:,.0f}/s" if is_wide else f"{count:,}, {rate:,.0f}/s"
            bar.update(task, completed=position, total=size, said=said)

        yield done

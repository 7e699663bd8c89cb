"""A progress bar on standard error, for what takes longer than a moment."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Protocol

from bpo_quiz.terminal.streams import colour_wanted, is_terminal, takes_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = 60
"""Columns from which there is room for a bar."""


class Done(Protocol):
    """Is told how much is done of how much (None: not known), and how many things that were."""

    def __call__(self, parts: int, of: int | None, things: int = 0, /) -> None:
        """Show it."""


@contextlib.contextmanager
def progress(what: str, no_color: bool, things: str = "") -> Iterator[Done]:
    """Show how much is done, how fast, and how long the rest takes, while the block runs.

    Nothing is shown without a terminal that can move its cursor.

    Args:
        what: what is done, such as `Scoring`.
        no_color: whether colours are not wanted.
        things: to what, such as `sheets`; their number and rate are shown then, else the share that is done.
    """
    if not (is_terminal(sys.stderr) and takes_escapes(sys.stderr)):
        yield lambda _parts, _of, _things=0: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, legacy_windows=False, no_color=not colour_wanted(no_color))
    is_wide = console.width >= _WIDE
    bars = [BarColumn(bar_width=None)] if is_wide else []
    columns = [TextColumn("{task.description}"), *bars, TextColumn("{task.fields[said]}"), TimeRemainingColumn()]
    begun = time.monotonic()
    with Progress(*columns, console=console, transient=True, expand=is_wide) as bar:
        task = bar.add_task(what, total=None, said="")

        def done(parts: int, of: int | None, count: int = 0, /) -> None:
            rate = count / max(time.monotonic() - begun, 1e-3)
            share = f"{100 * parts // of}%" if of else ""
            said = f"{count:,}{f' {things}' if is_wide else ''}, {rate:,.0f}/s" if things else share
            bar.update(task, completed=parts, total=of, said=said)

        yield done

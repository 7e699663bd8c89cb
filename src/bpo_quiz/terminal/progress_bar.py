"""A progress bar on standard error, for what takes longer than a moment."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from bpo_quiz.terminal.streams import colour_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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

"""What the terminal can do: is there one, how wide, which colours, which characters."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST, WIDEST = 40, 96
USUAL_WIDTH = 80


def can_ask() -> bool:
    """Whether there is a person at a terminal: keys come from one, and prompts (standard error) go to one."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def never_fail_on_encoding() -> None:
    """Let output that the terminal's encoding cannot show become `?`; an answer must not be lost over a dash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def colour_wanted(no_color: bool) -> bool:
    """Whether colours may be used: no `--no-color`, and no NO_COLOR with a value (no-color.org)."""
    return not no_color and not os.environ.get("NO_COLOR")


def console(no_color: bool = False) -> Console:
    """A Rich console for results, on standard output; 80 columns when that is no terminal."""
    from rich.console import Console

    terminal = _is_terminal(sys.stdout)
    probe = Console(file=sys.stdout, legacy_windows=False)
    width = min(max(probe.width, NARROWEST), WIDEST) if terminal or "COLUMNS" in os.environ else USUAL_WIDTH
    if not colour_wanted(no_color):
        return Console(file=sys.stdout, width=width, color_system=None, legacy_windows=False, highlight=False)
    return Console(file=sys.stdout, width=width, legacy_windows=False, highlight=False)


def can_show_blocks() -> bool:
    """Whether prompts can use block characters: decided by the encoding, not by what the terminal is."""
    return (sys.stderr.encoding or "").lower().startswith("utf")

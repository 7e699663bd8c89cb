"""Asks for a text of several lines, on standard error."""

from __future__ import annotations

from bpo_quiz.errors import Interrupted, UsageError
from bpo_quiz.terminal.line import read_line
from bpo_quiz.terminal.plain import say
from bpo_quiz.terminal.streams import forget_typed_ahead


def ask_text(heading: str) -> str:
    """Read lines until an empty one, or Ctrl-D after the last; what was typed before that is lost.

    Raises:
        Interrupted: Ctrl-C, a closed window, or the end of input before the first line.
        UsageError: what was typed is no text.
    """
    forget_typed_ahead()
    say(heading)
    lines: list[str] = []
    try:
        while line := read_line():
            if not line.strip():
                break
            lines.append(line)
    except KeyboardInterrupt:
        raise Interrupted from None
    except UnicodeDecodeError:
        raise UsageError("what was typed is no text; type it again") from None
    if not lines:
        raise Interrupted
    return "".join(lines).strip()

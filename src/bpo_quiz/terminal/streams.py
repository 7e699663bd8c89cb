"""What the terminal can do: is there one, how wide, which colours, which characters."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType

NARROWEST, WIDEST = 40, 96
USUAL_WIDTH = 80
_MOST_DIGITS = 4

_LITERAL: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}
"""Nothing that is written is taken for more than text, whoever wrote it."""


def can_ask() -> bool:
    """Whether there is a person at a terminal: keys come from one, and prompts (standard error) go to one."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream leads to a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def takes_escapes(stream: TextIO) -> bool:
    """Whether escape sequences do what they say where a stream leads; a console of Windows may know none."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
    try:
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
    except (OSError, ValueError):  # closed, or no file at all
        return False
    found = kernel.GetConsoleMode(handle, ctypes.byref(mode))
    return bool(found and kernel.SetConsoleMode(handle, mode.value | 0x4))  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def write_alike_everywhere() -> None:
    """Let results end their lines by LF on every system, and what an encoding cannot show become `?`, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="\n")


def bound_width() -> None:
    """Forget COLUMNS of the environment where it would make lines of no sign, or so long that memory ends."""
    told = os.environ.get("COLUMNS", "").lstrip("0")
    if "COLUMNS" in os.environ and (not told or len(told) > _MOST_DIGITS):
        del os.environ["COLUMNS"]


def colour_wanted(no_color: bool) -> bool:
    """Whether colours may be used: no `--no-color`, and no NO_COLOR with a value (no-color.org)."""
    return not no_color and not os.environ.get("NO_COLOR")


def console(no_color: bool = False) -> Console:
    """A Rich console for results, on standard output; 80 columns when that is no terminal."""
    from rich.console import Console

    class QuietConsole(Console):
        """Ends without a word when the reader has gone (`| head`)."""

        def on_broken_pipe(self) -> None:
            stop_writing()
            raise SystemExit(0)

    harmless = takes_escapes(sys.stdout) or not is_terminal(sys.stdout)
    colours: dict[str, Any] = {} if harmless and colour_wanted(no_color) else {"color_system": None}
    screen = QuietConsole(file=sys.stdout, legacy_windows=False, **_LITERAL, **colours)
    is_free = is_terminal(sys.stdout) or "COLUMNS" in os.environ
    screen.width = min(max(screen.width, NARROWEST), WIDEST) if is_free else USUAL_WIDTH
    return screen


def as_text(parts: Iterable[RenderableType]) -> str:
    """Rich renderables as they look in a file: 80 columns, no colours."""
    import io

    from rich.console import Console

    file = io.StringIO()
    page = Console(file=file, width=USUAL_WIDTH, color_system=None, legacy_windows=False, **_LITERAL)
    for part in parts:
        page.print(part)
    return file.getvalue()


def stop_writing() -> None:
    """The reader has gone: nothing more can or needs to be said."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wants_lines() -> bool:
    """Whether `ACCESSIBLE` asks for what `--plain` asks for."""
    return bool(os.environ.get("ACCESSIBLE"))


def can_show_screens() -> bool:
    """Whether the terminal can move its cursor and show the marks of a list; plain lines do without both."""
    if wants_lines():
        return False
    shows_marks = (sys.stderr.encoding or "").lower().startswith("utf")
    # on Windows it is the console of standard output that prompt_toolkit draws on
    return shows_marks and os.environ.get("TERM") != "dumb" and all(map(takes_escapes, (sys.stdout, sys.stderr)))


def wipe() -> None:
    """Take everything off the screen, and out of what can be scrolled back to."""
    sys.stderr.write("\x1b[H\x1b[2J\x1b[3J")
    sys.stderr.flush()


def forget_typed_ahead() -> None:
    """Throw away what was typed early or pasted: it must not answer a question that nobody has seen."""
    try:
        import termios
    except ImportError:  # no Unix terminal
        return
    with contextlib.suppress(termios.error, OSError, ValueError):  # no terminal at all
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def digit(character: str) -> int | None:
    """The value of a digit of any script (a full-width or Arabic 3 is a 3); None for anything else."""
    return unicodedata.digit(character, None) if len(character) == 1 else None

"""Says and asks in ordinary lines, on standard error."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import sys
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import Interrupted, UsageError
from bpo_quiz.terminal.streams import USUAL_WIDTH, digit, forget_typed_ahead
from bpo_quiz.wording import as_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_END = "."
_NARROWEST = 20
_LONGEST_LINE = 1000
_LONGEST_NUMBER = 4  # digits
_MORE_THAN_SIGNALS = 512  # bytes; one for each that came


# Saying


def write(*lines: str) -> None:
    """Write lines, none with a word broken by the window."""
    sys.stderr.write("".join(f"{line}\n" for line in fitted(lines)))
    sys.stderr.flush()


def fitted(lines: Iterable[str]) -> Iterator[str]:
    """Lines that fit the window; what hangs over goes on below, as far to the right as the line began."""
    width = max(_NARROWEST, shutil.get_terminal_size().columns)
    for line in map(as_called, lines):
        indent = line[: len(line) - len(line.lstrip())]
        if _cells(line) <= width:
            yield line
        else:
            yield from (f"{indent}{part}" for part in wrap(line, width - len(indent)))


def say(*paragraphs: str) -> None:
    """Tell the person something in lines that fit the terminal, at most 80 columns; a code or a path stays whole."""
    width = min(max(_NARROWEST, shutil.get_terminal_size().columns), USUAL_WIDTH) - 1
    for paragraph in paragraphs:
        write(*(list(wrap(as_called(clean(paragraph)), width)) or [""]))


def wrap(text: str, width: int, *, cut: bool = False) -> Iterator[str]:
    """Lines of at most `width` cells, broken at spaces; a longer word is cut, or has a line of its own."""
    line = ""
    for word in text.split():
        for part in _cut(word, width) if cut else (word,):
            joined = f"{line} {part}" if line else part
            if line and _cells(joined) > width:
                yield line
                joined = part
            line = joined
    if line:
        yield line


def _cut(word: str, width: int) -> Iterator[str]:
    while _cells(word) > width:
        most = next(n for n in range(len(word), 0, -1) if n == 1 or _cells(word[:n]) <= width)
        yield word[:most]
        word = word[most:]
    yield word


def short(text: str, width: int, *, pad: bool = False) -> str:
    """Text cut to `width` cells, its end replaced by dots; `pad`: filled up to them."""
    if _cells(text) > width:
        text = next(_cut(text, max(1, width - 3))).rstrip() + "..."[: max(0, width - 1)]
    return text + " " * (width - _cells(text)) if pad else text


def _cells(text: str) -> int:
    """How many columns a text takes; only signs that take none or two need the library, which is slow to import."""
    if text.isascii():
        return len(text)
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def packed(hints: Sequence[str], width: int, gap: str = "   ") -> Iterator[str]:
    """Short hints on as few lines of `width` cells as they fit on, none broken."""
    line = ""
    for hint in hints:
        joined = f"{line}{gap}{hint}" if line else hint
        if line and len(joined) > width:
            yield line
            joined = hint
        line = joined
    yield line


# Asking


def ask(prompt: str, *, q_answers: bool = False) -> str:
    """Ask for a line; what was typed before the question stood there is thrown away.

    Args:
        prompt: stands before what is typed.
        q_answers: q, and the end of input, are an answer, `q`.

    Raises:
        Interrupted: Ctrl-C; otherwise also q, or the end of input.
    """
    forget_typed_ahead()

    def write_prompt() -> None:
        sys.stderr.write("\n".join(fitted([prompt.rstrip()])) + " ")
        sys.stderr.flush()

    try:
        write_prompt()
        with _again_after_a_stop(write_prompt):
            line = _read_line()
    except KeyboardInterrupt:
        write("")
        raise Interrupted from None
    except Interrupted:  # a signal
        with contextlib.suppress(OSError):  # the window may be gone
            write("")
        raise
    except UnicodeDecodeError:
        return "not text"
    if not line:  # Ctrl-D or a closed window
        write("")
    answer = line[:_LONGEST_LINE].strip().lower() if line else "q"
    if answer == "q" and not q_answers:
        raise Interrupted
    return answer


def yes_or_no(prompt: str, *, enter: bool | None = None) -> bool:
    """Ask until it is y or n; what Enter alone means, if anything.

    Raises:
        Interrupted: as `ask` does.
    """
    while True:
        answer = ask(prompt)
        if answer in ("y", "yes", "n", "no"):
            return answer.startswith("y")
        if not answer and enter is not None:
            return enter
        write("Please type y or n, or q.")


def ask_text(heading: str) -> str:
    """Read lines until one that is a point, or Ctrl-D; what was typed before that is lost, and nothing reaches a shell.

    Raises:
        Interrupted: Ctrl-C, a closed window, or the end of input before the first line.
        UsageError: what was typed is no text.
    """
    forget_typed_ahead()
    write(heading)
    lines: list[str] = []
    try:
        while (line := _read_line()) and line.strip() != _END:
            lines.append(line)
    except KeyboardInterrupt:
        raise Interrupted from None
    except UnicodeDecodeError:
        raise UsageError("what was typed is no text; type it again") from None
    forget_typed_ahead()
    if not lines:
        raise Interrupted
    return "".join(lines).strip()


def number_of(line: str) -> int:
    """A whole number in digits of any script, as the screens take them too; 0 for everything else."""
    digits = [digit(character) for character in line[: _LONGEST_NUMBER + 1]]
    if not digits or len(digits) > _LONGEST_NUMBER or None in digits:
        return 0
    return int("".join(map(str, digits)))


def _read_line() -> str:
    """The next line, with its end; empty at the end of input.

    A signal that comes in the moment before a read begins would be heard only when the read ends, which may be never.
    So it is waited for the line and for signals together.
    """
    if not hasattr(signal, "SIGHUP") or not sys.stdin.isatty():
        return sys.stdin.readline()
    with _ear() as ear:
        while True:
            ready, _, _ = select.select([sys.stdin, ear], [], [])
            if ear in ready:
                os.read(ear, _MORE_THAN_SIGNALS)  # the handlers run now; one that raises ends the wait
            if sys.stdin in ready:
                return sys.stdin.readline()


@contextlib.contextmanager
def _ear() -> Iterator[int]:
    """A file that can be read as soon as a signal has come."""
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    try:
        yield ear
    finally:
        signal.set_wakeup_fd(before)
        os.close(mouth)
        os.close(ear)


@contextlib.contextmanager
def _again_after_a_stop(write: Callable[[], None]) -> Iterator[None]:
    """Write the question again after Ctrl-Z and `fg`, when the shell's own words stand where it stood."""
    if not hasattr(signal, "SIGCONT"):  # no such thing on this system
        yield
        return
    before = signal.signal(signal.SIGCONT, lambda *_: write())
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)

"""Reads a file, a pipe or gzip as blocks of whole lines, in constant memory; and what a line may hold."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import select
import stat
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers

STANDARD = "-"
PATIENCE = 5.0
"""Seconds that a named pipe may have no writer."""

BLOCK = 256 * 1024
LONGEST_LINE = 1024 * 1024
"""Bytes that a line may have, without its end; a sheet has a few hundred."""

LONGEST_ID = 200
"""Characters that an id may have."""

_WITH_END = LONGEST_LINE + 2
_GZIP = b"\x1f"
"""No text begins so. The second byte of gzip may come later, through a pipe."""

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class LineFault(ValueError):  # noqa: N818 - as `errors.Fault`, it tells what is wrong with a file
    """Why a line cannot be used; the message is the fault and its remedy, without the place."""


class Sheet(NamedTuple):
    """One person's line: an id, which is foreign text, and the answers."""

    id: str
    answers: Answers


class Block(NamedTuple):
    """Some whole lines.

    Attributes:
        content: the lines as they were, each with its end; the last of a file may have none.
        line: number of the first, from 1.
        is_rest: whether this is more of the last line of the block before, which is too long to be read at once.
    """

    content: bytes
    line: int
    is_rest: bool = False

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines, each with its number and its end."""
        return enumerate(io.BytesIO(self.content), self.line)


class Source:
    """An open file of sheets.

    Attributes:
        name: how messages call it.
        size: bytes of the file; None where that is not known.

    Raises:
        InputError: it is empty, or no UTF-8 text.
    """

    def __init__(self, raw: io.RawIOBase, name: str) -> None:
        self.name, self.size = name, _size(raw)
        self._raw, self._stream, self._line = raw, io.BufferedReader(raw, BLOCK), 1
        with self._explained():
            if self._stream.peek(1).startswith(_GZIP):
                unpacked = cast("io.RawIOBase", gzip.GzipFile(fileobj=self._stream))
                self._stream = io.BufferedReader(unpacked, BLOCK)
            self._ahead = self._beginning()

    def _beginning(self) -> bytes:
        """Everything up to the end of the first line that is not empty, without a byte order mark."""
        found = self._stream.readline(_WITH_END)
        if found.startswith(_UTF_16):
            raise InputError(f"{self.name}: is not UTF-8 text; save it as CSV UTF-8")
        found = found.removeprefix(_BOM)
        while not found.strip() and len(found) <= LONGEST_LINE and (line := self._stream.readline(_WITH_END)):
            found += line
        if not found.strip():
            raise InputError(f"{self.name}: is empty; its first line should name the columns: id, and ids of items")
        return found

    @property
    def position(self) -> int:
        """Bytes of the file that were read, for telling how far the work is; 0 where that is not known."""
        return 0 if self.size is None else self._raw.tell()

    @property
    def is_json(self) -> bool:
        """Whether the lines are JSON; a header of CSV cannot begin so."""
        return self._ahead.lstrip().startswith(b"{")

    def first_line(self) -> bytes:
        """Give out the first line, without its end.

        Raises:
            InputError: it is too long.
        """
        line, _, self._ahead = self._ahead.partition(b"\n")
        if len(line) > LONGEST_LINE:
            raise InputError(f"{self.name}:1: is longer than 1 MiB; is this a file of answer sheets?")
        self._line += 1
        return line.removesuffix(b"\r")

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """Give out what is left, in blocks of about so many bytes.

        Raises:
            InputError: it cannot be read to its end.
        """
        with self._explained():
            while content := self._read(size):
                if not content.endswith(b"\n"):
                    content += self._stream.readline(_WITH_END)
                yield self._given(content, is_rest=False)
                while not content.endswith(b"\n") and (content := self._stream.readline(size)):
                    yield self._given(content, is_rest=True)

    def _read(self, size: int) -> bytes:
        """So many bytes, unless the file ends before."""
        parts, self._ahead = [self._ahead], b""
        have = len(parts[0])
        # not one call of `read`: in the middle of it, Ctrl-C would wait for the rest of a slow pipe
        while have < size and (piece := self._stream.read1(size - have)):
            parts.append(piece)
            have += len(piece)
        return b"".join(parts)

    def _given(self, content: bytes, *, is_rest: bool) -> Block:
        block = Block(content, self._line, is_rest)
        self._line += content.count(b"\n")
        return block

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Say what is wrong with the file when it cannot be read."""
        try:
            yield
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(f"{self.name}: is damaged gzip from line {self._line} on; pack the file again") from None
        except OSError as error:
            raise InputError(f"{self.name}: {error.strerror or 'cannot be read'}; try again") from None


def _size(raw: io.RawIOBase) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        found = os.fstat(raw.fileno())
        return found.st_size if stat.S_ISREG(found.st_mode) else None
    return None


@contextlib.contextmanager
def opened(place: str) -> Iterator[Source]:
    """Open a file of sheets; `-` is standard input.

    Raises:
        InputError: it cannot be opened, or is empty, or is no UTF-8 text.
    """
    if place == STANDARD:
        # not its buffer, which would wait until it is full, and Ctrl-C with it
        yield Source(cast("io.RawIOBase", getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)), "standard input")
        return
    name = clean(place, 200)
    try:
        raw = _pipe(place, name) if _lacks_a_writer(place) else io.FileIO(place)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "cannot be read"
        raise InputError(f"{name}: {reason}; check the file's name") from None
    with raw:
        yield Source(raw, name)


def _lacks_a_writer(place: str) -> bool:
    """Whether it is a named pipe that may have no writer yet; one that a shell has made for `<(...)` has."""
    return Path(place).is_fifo() and not os.path.realpath(place).startswith(("/proc/", "/dev/fd/"))


def _pipe(place: str, name: str) -> io.FileIO:
    """A named pipe, opened without waiting for ever.

    Raises:
        InputError: nobody has begun to write for `PATIENCE` seconds.
    """
    pipe = io.FileIO(os.open(place, os.O_RDONLY | os.O_NONBLOCK))
    if not select.select([pipe], [], [], PATIENCE)[0]:
        pipe.close()
        raise InputError(f"{name}: nobody writes to this pipe; start what writes to it first, or name a file")
    os.set_blocking(pipe.fileno(), True)
    return pipe


def text_of(line: bytes) -> str:
    """A line as text.

    Raises:
        LineFault: it is too long, not UTF-8, or holds a NUL.
    """
    if len(line) > LONGEST_LINE:
        raise LineFault("is longer than 1 MiB; a sheet has a few hundred bytes")
    if b"\0" in line:
        raise LineFault("holds a NUL byte; export the file again as UTF-8 text")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise LineFault("is not UTF-8 text; save the file as UTF-8") from None


def checked_id(text: str) -> str:
    """An id that can be used.

    Raises:
        LineFault: it is empty, too long, or no text.
    """
    if not text:
        raise LineFault("id: is empty; give every sheet an id of its own")
    if len(text) > LONGEST_ID:
        raise LineFault(f"id: has {len(text)} characters; {LONGEST_ID} at most")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise LineFault(f'id: "{clean(text, 40)}" has half a character in it; write another') from None
    return text

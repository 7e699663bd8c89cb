"""Reads a file, a pipe or gzip as blocks of whole lines, in constant memory."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import stat
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.sheets.sheet import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD = "-"
BLOCK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Block(NamedTuple):
    """Some whole lines.

    Attributes:
        content: the lines as they were, each with its line end; only the last of a file may have none.
        line: number of the first, from 1.
        is_too_long: whether this is a part of one line that is too long to be read.
        begins, goes_on: whether that line begins here, and whether it goes on in the next block.
    """

    content: bytes
    line: int
    is_too_long: bool = False
    begins: bool = False
    goes_on: bool = False


class Source:
    """An open file of sheets.

    Attributes:
        name: how messages call it.
        size: bytes of the file; None where that is not known. position: how many of them were read.
        consumed: bytes of content that were given out. digest: SHA-256 of these.
        line: number of the line after those that were given out.
    """

    def __init__(self, raw: BinaryIO, name: str) -> None:
        self.name, self.size = name, _size(raw)
        self._raw = raw
        self._stream = raw
        self._rest = b""
        self._long = False
        self._ended = False
        self.consumed, self.line, self.digest = 0, 1, hashlib.sha256()
        self.is_gzip = self._fill(BLOCK).startswith(_GZIP)
        if self.is_gzip:
            head, self._rest, self._ended = self._rest, b"", False
            self._stream = cast("BinaryIO", gzip.GzipFile(fileobj=_Joined(head, raw)))
            self._fill(BLOCK)
        self._refuse_other_texts()

    def _refuse_other_texts(self) -> None:
        if self._rest.startswith(_UTF_16):
            raise InputError(f"{self.name}: is not UTF-8 text; save it as CSV UTF-8")
        if not self._rest.removeprefix(_BOM).strip():
            raise InputError(f"{self.name}: is empty; its first line should name the columns: id, and ids of items")

    @property
    def position(self) -> int:
        """Bytes of the file that were read, for telling how far the work is."""
        if self.is_gzip or self.size is None:
            with contextlib.suppress(OSError, ValueError):
                return self._raw.tell()
        return self.consumed

    def first_line(self) -> bytes:
        """Give out the first line, without a byte order mark and its line end.

        Raises:
            InputError: it is too long.
        """
        line, end, self._rest = self._rest.partition(b"\n")
        if (not end and not self._ended) or len(line) > LONGEST_LINE:
            raise InputError(f"{self.name}:1: is longer than 1 MiB; is this a file of answer sheets?")
        self._give(line + end)
        return line.removeprefix(_BOM).removesuffix(b"\r")

    @property
    def is_json(self) -> bool:
        """Whether the lines are JSON; a header of CSV cannot begin so."""
        return self._rest.removeprefix(_BOM).lstrip()[:1] == b"{"

    def skip_mark(self) -> None:
        """Pass over a byte order mark."""
        if self._rest.startswith(_BOM):
            self._rest = self._rest.removeprefix(_BOM)
            self.consumed += len(_BOM)
            self.digest.update(_BOM)

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """Give out what is left, in blocks of about so many bytes.

        Raises:
            InputError: it cannot be read to its end.
        """
        while self._fill(size):
            block = self._next(size)
            self._give(block.content)
            yield block

    def pass_over(self, count: int) -> None:
        """Give out so many bytes of content, to nobody."""
        while count and self._fill(min(count, BLOCK)):
            piece = self._rest[:count]
            self._rest = self._rest[count:]
            count -= len(piece)
            self._give(piece)

    def _next(self, size: int) -> Block:
        if self._long:
            return self._part(begins=False)
        end = self._rest.rfind(b"\n", 0, size) + 1
        if not end:
            self._fill(LONGEST_LINE + 1)
            end = self._rest.find(b"\n", 0, LONGEST_LINE + 1) + 1
        if not end and len(self._rest) <= LONGEST_LINE:
            end = len(self._rest)  # the last line of the file
        return Block(self._take(end), self.line) if end else self._part(begins=True)

    def _part(self, *, begins: bool) -> Block:
        """A part of a line that is too long; one byte more is read, to know whether it goes on."""
        self._fill(LONGEST_LINE + 1)
        end = self._rest.find(b"\n", 0, LONGEST_LINE) + 1
        content = self._take(end or LONGEST_LINE)
        self._long = not end and bool(self._rest)
        return Block(content, self.line, is_too_long=True, begins=begins, goes_on=self._long)

    def _take(self, count: int) -> bytes:
        content, self._rest = self._rest[:count], self._rest[count:]
        return content

    def _give(self, content: bytes) -> None:
        self.consumed += len(content)
        self.digest.update(content)
        self.line += content.count(b"\n")

    def _fill(self, size: int) -> bytes:
        """Have so many bytes ready, unless the file ends before."""
        parts, have = [self._rest], len(self._rest)
        try:
            while have < size and not self._ended:
                piece = self._stream.read(size - have)
                self._ended = not piece
                parts.append(piece)
                have += len(piece)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(f"{self.name}: is damaged gzip from line {self.line} on; pack the file again") from None
        except OSError as error:
            reason = error.strerror or "cannot be read"
            raise InputError(f"{self.name}: {reason}; what was read of it stands in the result") from None
        self._rest = b"".join(parts)
        return self._rest


class _Joined(io.RawIOBase):
    """What was read already, then the rest of a stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._head:
            piece = self._head if size < 0 else self._head[:size]
            self._head = self._head[len(piece) :]
            return piece
        return self._rest.read(size)


def _size(raw: BinaryIO) -> int | None:
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
        # unbuffered: a long read of the buffer would notice Ctrl-C only when it has everything
        yield Source(getattr(sys.stdin.buffer, "raw", sys.stdin.buffer), "standard input")
        return
    name = clean(place, 200)
    try:
        raw = Path(place).open("rb", buffering=0)  # noqa: SIM115 - closed below
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "cannot be read"
        raise InputError(f"{name}: {reason}; check the file's name") from None
    with raw:
        yield Source(cast("BinaryIO", raw), name)

"""Reads a file, a pipe or gzip as blocks of whole lines, in constant memory; and what a line may hold."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import re
import select
import stat
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from bpo_quiz.answers import strict_json
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_NO_TEXT = "is not UTF-8 text; save it as CSV UTF-8"
BLANK = b'\r\n\t ,;"'
"""What a line holds that names nobody."""

_LARGEST_DOCUMENT = 32 * 1024 * 1024
_RECORDS = 512  # of a document, in a block
_SEP = re.compile(rb"sep=([,;\t])", re.IGNORECASE)
"""A line by which spreadsheets tell each other what parts the cells."""

_BEGINS_QUOTED = re.compile(rb'(?<![^,;\t])"')
_QUOTED = re.compile(rb'(?<![^,;\t\n])"(?:[^"]|"")*"(?=[,;\t\r\n]|$)')


class LineFault(ValueError):  # noqa: N818 - as `errors.Fault`, it tells what is wrong with a file
    """Why a line cannot be used; the message is the fault and its remedy, without the place."""


class FileFault(ValueError):  # noqa: N818 - as `LineFault`
    """Why no line of the file may be used; the message is the fault and its remedy, without the place.

    Attributes:
        line: where that was seen; 0: in the file as a whole.
    """

    line = 0


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
        has_quotes: whether cells stand in quotes, so that a line may go on in the next.
    """

    content: bytes
    line: int
    is_rest: bool = False
    has_quotes: bool = False

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines, each with its number and its end; one that goes on within quotes with all that belongs to it."""
        lines = io.BytesIO(self.content)
        if not self.has_quotes:
            yield from enumerate(lines, self.line)
            return
        number = self.line
        for record in _records(lines):
            yield number, record
            number += record.count(b"\n")


def _records(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, each with those that belong to it because a cell in quotes has a line break."""
    left = iter(lines)
    for line in left:
        parts = [line]
        if _is_open(line):
            for more in left:
                parts.append(more)
                if more.count(b'"') % 2:
                    break
        yield b"".join(parts)


def _is_open(record: bytes) -> bool:
    """Whether a cell that begins with a quote does not end here; a quote amid a cell opens nothing."""
    return record.count(b'"') % 2 == 1 and bool(_BEGINS_QUOTED.search(_QUOTED.sub(b"", record)))


class _MacLines(io.RawIOBase):
    """A stream whose lines end with a carriage return alone, as with a line feed."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        piece = self._stream.read1(len(view)).replace(b"\r", b"\n")
        view[: len(piece)] = piece
        return len(piece)


class Where(NamedTuple):
    """How messages call the lines of a file; `counts`: lines, records, or nothing, since there is only one."""

    name: str
    counts: str

    def of(self, number: int) -> str:
        """A line."""
        places = {"": self.name, "line": f"{self.name}:{number}", "record": f"{self.name}: record {number}"}
        return places[self.counts]


class Source:
    """An open file of sheets.

    Args:
        raw: its bytes.
        name: how messages call it.
        stem: its name without folder and ending; None where it has none.

    Attributes:
        size: bytes of the file; None where that is not known.
        is_json: whether it holds JSON. separator: what parts the cells, where the file says so.
        only_id: the id of its only record where that has none: `stem`. where: how messages call its lines.

    Raises:
        InputError: it is empty, or no UTF-8 text.
    """

    def __init__(self, raw: io.RawIOBase, name: str, stem: str | None = None) -> None:
        self.name, self.size, self.separator = name, _size(raw), ""
        self._raw, self._stream, self._line = raw, io.BufferedReader(raw, BLOCK), 1
        with self._explained():
            if self._stream.peek(1).startswith(_GZIP):
                unpacked = cast("io.RawIOBase", gzip.GzipFile(fileobj=self._stream))
                self._stream = io.BufferedReader(unpacked, BLOCK)
            self._ahead = self._beginning()
            self.is_json = self._ahead.lstrip()[:1] in (b"{", b"[")  # a header of CSV cannot begin so
            self._is_document = self.is_json and self._has_no_record_a_line()
        start = self._ahead.strip()
        is_alone = self.is_json and not start.startswith(b"[") and (self._is_document or b"\n" not in start)
        self.only_id = stem if is_alone else None
        self.where = Where(name, "" if is_alone else "record" if self._is_document else "line")

    def _beginning(self) -> bytes:
        """Everything up to the end of the first line that is not empty, without a byte order mark."""
        found = self._stream.readline(_WITH_END)
        if kind := _NO_TEXT if found.startswith(_UTF_16) else strict_json.wrong_kind(found):
            raise InputError(f"{self.name}: {kind}")
        found = found.removeprefix(_BOM)
        while not found.strip() and len(found) <= LONGEST_LINE and (line := self._stream.readline(_WITH_END)):
            found += line
        if not found.strip():
            raise InputError(f"{self.name}: is empty; its first line should name the columns: id, and ids of items")
        if b"\r" in found.lstrip().rstrip(b"\r\n") and not found.partition(b"\r")[0].count(b'"') % 2:
            found, self._stream = found.replace(b"\r", b"\n"), io.BufferedReader(_MacLines(self._stream), BLOCK)
        return found

    def _has_no_record_a_line(self) -> bool:
        """Whether JSON is an array, or one record over several lines; a look at the second line tells."""
        first = self._ahead.strip()
        while (line := self._stream.readline(_WITH_END)) and not line.strip():
            self._ahead += line
        self._ahead += line
        if first == b"[" or (first.startswith(b"[") and first.endswith(b",")):
            return True
        return not line.lstrip().startswith(b"{") and not first.endswith(b"}")

    @property
    def position(self) -> int:
        """Bytes of the file that were read, for telling how far the work is; 0 where that is not known."""
        return 0 if self.size is None else self._raw.tell()

    def first_line(self) -> bytes:
        """Give out the first line that names columns, without its end; it may have line breaks within quotes.

        Raises:
            InputError: it is too long.
        """
        while True:
            line = self._next_line()
            while _is_open(line) and len(line) <= LONGEST_LINE and (more := self._next_line()):
                line += more
            if len(line) > LONGEST_LINE:
                raise InputError(f"{self.name}:{self._line}: is longer than 1 MiB; is this a file of answer sheets?")
            self._line += line.count(b"\n")
            told = line.rstrip(b"\r\n")
            if found := _SEP.fullmatch(told):
                self.separator = found[1].decode("ascii")
            elif told.strip(BLANK) or not line:
                return told

    def _next_line(self) -> bytes:
        line, end, self._ahead = self._ahead.partition(b"\n")
        return line + end if end else line + self._stream.readline(_WITH_END)

    def blocks(self, size: int = BLOCK) -> Iterator[Block]:
        """Give out what is left, in blocks of about so many bytes.

        Raises:
            InputError: it cannot be read to its end.
        """
        is_csv = not self.is_json
        with self._explained():
            if self._is_document:
                yield from self._document()
            while content := self._read(size):
                if not content.endswith(b"\n"):
                    content += self._stream.readline(_WITH_END)
                has_quotes = is_csv and b'"' in content
                if has_quotes:
                    content += self._rest_of_record(content)
                yield self._given(content, has_quotes=has_quotes)
                while not content.endswith(b"\n") and (content := self._stream.readline(size)):
                    if is_csv and b'"' in content:
                        raise self._unclosed(self._line)
                    yield self._given(content, is_rest=True)

    def _rest_of_record(self, content: bytes) -> bytes:
        """The lines that belong to the last one, because a cell in quotes goes on in them.

        Raises:
            InputError: there are too many; where the next sheet begins, nobody could tell.
        """
        *_, last = _records(io.BytesIO(content))
        rest = io.BytesIO()
        if _is_open(last):
            while len(last) + rest.tell() <= LONGEST_LINE and (line := self._stream.readline(_WITH_END)):
                rest.write(line)
                if line.count(b'"') % 2:
                    return rest.getvalue()
        if len(last) + rest.tell() > LONGEST_LINE and b'"' in last:
            raise self._unclosed(self._line + content.count(b"\n") - last.count(b"\n"))
        return rest.getvalue()

    def _unclosed(self, line: int) -> InputError:
        return InputError(
            f"{self.name}:{line}: has a quote that does not close within 1 MiB; close it; nothing was scored"
        )

    def _document(self) -> Iterator[Block]:
        """The records of an array or of a single one, a line each; what is no JSON is one line that cannot be used."""
        content = self._read(_LARGEST_DOCUMENT + 1)
        if len(content) > _LARGEST_DOCUMENT:
            raise InputError(f"{self.name}: is larger than 32 MiB; write each record on a line of its own")
        try:
            found = strict_json.parse(content.decode("utf-8"), self.name)
            lines = [json.dumps(one).encode("ascii") + b"\n" for one in (found if isinstance(found, list) else [found])]
        except (InputError, UnicodeDecodeError):
            lines = [content.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n"]
        for start in range(0, len(lines), _RECORDS):
            yield self._given(b"".join(lines[start : start + _RECORDS]))

    def _read(self, size: int) -> bytes:
        """So many bytes, unless the file ends before."""
        parts, self._ahead = [self._ahead], b""
        have = len(parts[0])
        # not one call of `read`: in the middle of it, Ctrl-C would wait for the rest of a slow pipe
        while have < size and (piece := self._stream.read1(size - have)):
            parts.append(piece)
            have += len(piece)
        return b"".join(parts)

    def _given(self, content: bytes, *, is_rest: bool = False, has_quotes: bool = False) -> Block:
        block = Block(content, self._line, is_rest, has_quotes)
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
        yield Source(raw, name, clean(Path(place).name.partition(".")[0]) or None)


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

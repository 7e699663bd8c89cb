"""JSON read strictly: limited size, no key twice, no NaN or Infinity."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any, NoReturn

from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError

LARGEST_FILE = 1024 * 1024
LONGEST_NUMBER = 4300  # digits; Python itself refuses longer ones, in words for programmers


_KINDS = {
    b"PK\x03\x04": "is a workbook (.xlsx or .ods); save it as CSV UTF-8, and name that file",
    b"\xd0\xcf\x11\xe0": "is a workbook (.xls); save it as CSV UTF-8, and name that file",
    b"%PDF": "is a PDF; bpo-quiz start --enter keys in what was ticked on paper",
    b"<": "is a web page; if it is the form, open it, fill it in, and name the file that it saves",
}


def wrong_kind(content: bytes) -> str | None:
    """What a file is, and what to do with it, when its first bytes are those of something that holds no answers."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((words for sign, words in _KINDS.items() if start.startswith(sign)), None)


def read_text(source: str) -> str:
    """Read a file, or standard input for `-`; at most `LARGEST_FILE` bytes.

    Raises:
        InputError: missing, unreadable, too large, or not UTF-8.
    """
    if not source:
        raise InputError("--answers: names no file; give a file, or - for standard input")
    name = display_name(source)
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if source == "-" else _read_file(Path(source))
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "cannot be read"
        raise InputError(f"{name}: {reason}; check the file's name") from None
    if kind := wrong_kind(content):
        raise InputError(f"{name}: {kind}")
    if len(content) > LARGEST_FILE:
        raise InputError(f"{name}: is larger than 1 MiB; an answer file has a few KB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: is not UTF-8 text; save it as UTF-8") from None


def display_name(source: str) -> str:
    """How messages call a source."""
    return "standard input" if source == "-" else clean(source, 200)


def _read_file(file: Path) -> bytes:
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(0, "is not a file")
    with file.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def parse(text: str, name: str) -> Any:
    """Parse a JSON text.

    Raises:
        InputError: not JSON, a key twice, NaN or Infinity, nested too deep, a number of absurd length.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: is not JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{name}: is nested too deep") from None
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'the key "{clean(key, 80)}" stands twice; keep one of them')
        found[key] = value
    return found


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number has {len(digits)} digits; write a value from 0 to 4, or null")
    return int(digits)


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number that can be used; write a value from 0 to 4, or null")

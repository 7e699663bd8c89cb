"""Numbers, lists and days in sentences: `1 minute`, `6 minutes`, `3rd`, `a, b and c`, `22 November 2026`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY = len("2026-11-22")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def plural(number: float, one: str, many: str = "") -> str:
    """The noun that goes with a number; `many` where it is not `one` with an s."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 role`, `1,204 roles`."""
    return f"{number:,} {plural(number, one, many)}"


def ordinal(place: int) -> str:
    """`1st`, `2nd`, `11th`, `23rd`."""
    return f"{place}{'th' if place // 10 % 10 == 1 else _ENDINGS.get(place % 10, 'th')}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; nothing where there are no words."""
    *first, final = [*words] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def sentence(words: str) -> str:
    """The words with a capital in front; what follows it stays, as in `English B2`."""
    return words[:1].upper() + words[1:]


def day(moment: str) -> str:
    """A day in words, `22 November 2026`: one that was named, or that of a UTC time stamp where this computer is.

    What is neither, as in a store that somebody made, stays as it is.
    """
    try:
        year, month, number = local(moment)[:10].split("-")
        return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"
    except (ValueError, IndexError):
        return moment


def local(moment: str) -> str:
    """A UTC time stamp as clocks show it where this computer is, `2026-11-22T17:58:03+01:00`; a mere day stays."""
    try:
        return moment if len(moment) == _DAY else datetime.fromisoformat(moment).astimezone().isoformat()
    except (ValueError, OverflowError):
        return moment


def note_lines(text: str) -> tuple[str, ...]:
    """The lines that say something; only a line feed ends one, so that other signs are still seen where it is shown."""
    lines = (line.removesuffix("\r").rstrip(" ") for line in text.split("\n"))
    return tuple(line for line in lines if line.strip()) or ("",)


_NAMED = re.compile(r"(?<![\w./-])bpo-quiz (?!again\b)(?=[a-z])")
_called = ["bpo-quiz"]


def call_it(words: str) -> None:
    """Say how the program was called, with the options that every command needs to find the same things."""
    _called[0] = words


def as_called(text: str) -> str:
    """The same text, its commands as they run here; for a terminal, since a file may be read elsewhere."""
    return _NAMED.sub(lambda _: f"{_called[0]} ", text)

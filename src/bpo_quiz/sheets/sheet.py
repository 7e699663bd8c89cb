"""One person's line in a file of answer sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.clean import clean

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers

LONGEST_ID = 200
"""Characters that an id may have."""

LONGEST_LINE = 1024 * 1024
"""Bytes that a line may have; a sheet has a few hundred."""


class Sheet(NamedTuple):
    """One person.

    Attributes:
        id: foreign text.
        values: for each item of the catalogue `0` to `4`, or an empty text without an answer.
        answers: everything that an answer file tells, where it changes what is scored (the quick form, times).
    """

    id: str
    values: tuple[str, ...]
    answers: Answers | None = None


class LineFault(ValueError):  # noqa: N818 - as `errors.Fault`, it tells what is wrong with a file
    """Why a line cannot be used; the message is the fault and its remedy, without the place."""


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


def text_of(line: bytes) -> str:
    """A line as text.

    Raises:
        LineFault: it is not UTF-8, or holds a NUL.
    """
    if b"\0" in line:
        raise LineFault("holds a NUL byte; export the file again as UTF-8 text")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise LineFault("is not UTF-8 text; save the file as UTF-8") from None


def first_of(faults: list[str]) -> LineFault:
    """The fault of a line with several."""
    more = len(faults) - 1
    return LineFault(faults[0] + (f" (and {more} more)" if more else ""))

"""What is known of the session that a paper is about."""

from __future__ import annotations

from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class SessionNote(NamedTuple):
    """A counsellor's note; `is_about_session`: about this session, else about the client as such."""

    written: str
    text: str
    is_about_session: bool


class Occasion(NamedTuple):
    """The session of a paper; nothing of it is known for answers that were not kept.

    Attributes:
        code: such as `K7M-P3D`.
        date: UTC, when it was finished, or begun while it can go on.
        alias: the client's. tag: of the group.
        is_finished: whether it has all the answers it will have.
        is_rescored: whether another catalogue than the one that was answered gives the result.
    """

    code: str | None = None
    date: str | None = None
    alias: str | None = None
    tag: str | None = None
    is_finished: bool = True
    is_rescored: bool = False
    notes: tuple[SessionNote, ...] = ()


def day(moment: str) -> str:
    """The day of a UTC time stamp in words, `22 November 2026`."""
    year, month, number = moment[:10].split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"

"""What the desk shows of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bpo_quiz.results.result import Report


class ClientLine(NamedTuple):
    """A client in a list; times are UTC. `latest`: when the newest session began; None without one."""

    alias: str
    added: str
    sessions: int
    latest: str | None


class SessionLine(NamedTuple):
    """A session and its result, recomputed with its own catalogue; `finished` is None while it can go on."""

    code: str
    started: str
    finished: str | None
    tag: str | None
    report: Report


class NoteLine(NamedTuple):
    """A note; `code` is the session it is about, if any."""

    written: str
    code: str | None
    text: str


class ClientCard(NamedTuple):
    """All that the desk shows of one client."""

    alias: str
    added: str
    consent_words: str
    consent_at: str
    sessions: tuple[SessionLine, ...]
    notes: tuple[NoteLine, ...]

"""What the desk looks up: a client's sessions with their results, two of them to compare, the notes in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.report.desk.clients import NoteLine, SessionLine
from bpo_quiz.results.result import build
from bpo_quiz.store.names import read_code
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.store.clients import Note
    from bpo_quiz.store.connection import Database
    from bpo_quiz.store.records import StoredSession

BOTH = 2


class Recomputed:
    """Results from stored answers, each with the catalogue that its session began with."""

    def __init__(self, database: Database) -> None:
        self._sessions = Sessions(database)
        self._catalogues: dict[str, Catalogue] = {}

    def line(self, session: StoredSession) -> SessionLine:
        """A session with its result."""
        report = build(self._catalogue(session.catalogue_sha256), session.answers)
        return SessionLine(session.code, session.started, session.finished, session.tag, report)

    def _catalogue(self, sha256: str) -> Catalogue:
        if sha256 not in self._catalogues:
            self._catalogues[sha256] = parse_files(*self._sessions.frozen_catalogue(sha256))
        return self._catalogues[sha256]


def note_line(note: Note) -> NoteLine:
    """A note as it is shown."""
    return NoteLine(note.written, note.code, note.text)


def chosen(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> tuple[StoredSession, StoredSession]:
    """The two sessions to compare, the earlier first; without codes the first and the latest that are finished.

    Raises:
        NoSuchRecord: there are not two, or a code is no session of this client.
        UsageError: the codes are not two different ones.
    """
    found = _named(alias, sessions, codes) if codes else [one for one in sessions if one.finished is not None]
    if len(found) < BOTH:
        many = "1 finished session" if found else "no finished session"
        raise NoSuchRecord(f"{alias}: has {many}, and comparing needs two; bpo-quiz start --client ALIAS begins one")
    return found[0], found[-1]


def _named(alias: str, sessions: Sequence[StoredSession], codes: Sequence[str]) -> list[StoredSession]:
    wanted = {read_code(code) for code in codes}
    if len(codes) != BOTH or len(wanted) != BOTH:
        raise UsageError("client compare: give two different codes, or none for the first and the latest session")
    found = [one for one in sessions if one.code in wanted]
    for code in sorted(wanted - {one.code for one in found}):
        raise NoSuchRecord(f"{code}: is no session of {alias}; bpo-quiz client show ALIAS lists them")
    return found


def agreed(notes: Sequence[Note], then: StoredSession, now: StoredSession) -> tuple[Note, ...]:
    """The notes of the earlier session, and those written between the two."""
    return tuple(
        note
        for note in notes
        if note.code == then.code or (note.code != now.code and then.started <= note.written <= now.started)
    )

"""What the desk shows of clients, and the stable JSON records of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.records import as_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.report.desk.compare import Comparison, RankChange
    from bpo_quiz.results.result import Report

COMPARISON_FORMAT = "bpo-quiz/comparison@1"


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


def listing(clients: Sequence[ClientLine], more: bool) -> dict[str, Any]:
    """Clients in a list; `more`: whether there are others that the list leaves out."""
    return {"clients": [as_dict(client) for client in clients], "more": more}


def card(client: ClientCard) -> dict[str, Any]:
    """One client."""
    return {
        "alias": client.alias,
        "added": client.added,
        "consent": {"words": client.consent_words, "given": client.consent_at},
        "sessions": [_session(line) for line in client.sessions],
        "notes": [_note(note) for note in client.notes],
    }


def _session(line: SessionLine) -> dict[str, Any]:
    report = line.report
    speaks = report.silence is None
    return {
        "code": line.code,
        "started": line.started,
        "finished": line.finished,
        "tag": line.tag,
        "form": report.form,
        "answered": report.answered,
        "asked": report.asked,
        "silence": report.silence,
        "first_path": report.paths[0].path if speaks else None,
        "first_role": report.roles[0].role.id if speaks else None,
    }


def _note(note: NoteLine) -> dict[str, Any]:
    return {"written": note.written, "session": note.code, "text": note.text}


def comparison(
    alias: str, then: SessionLine, now: SessionLine, changes: Comparison, agreed: Sequence[NoteLine]
) -> dict[str, Any]:
    """Two sessions side by side."""
    return {
        "format": COMPARISON_FORMAT,
        "client": alias,
        "then": _side(then),
        "now": _side(now),
        "same_catalogue": changes.same_catalogue,
        "skills": [as_dict(skill) for skill in changes.skills],
        "paths": [_path(row) for row in changes.paths],
        "roles": [_rank("role", row) for row in changes.roles],
        "only_then": as_dict(changes.only_then),
        "only_now": as_dict(changes.only_now),
        "agreed": [_note(note) for note in agreed],
    }


def _side(line: SessionLine) -> dict[str, Any]:
    catalogue = line.report.catalogue
    known = {"name": catalogue.name, "version": catalogue.version, "sha256": catalogue.sha256}
    return {**_session(line), "catalogue": known}


def _path(row: RankChange) -> dict[str, Any]:
    return {**_rank("path", row), "best_role_then": row.best_then, "best_role_now": row.best_now}


def _rank(kind: str, row: RankChange) -> dict[str, Any]:
    return {
        kind: row.id,
        "rank_then": row.rank_then,
        "rank_now": row.rank_now,
        "p_first_then": row.p_first_then,
        "p_first_now": row.p_first_now,
    }

"""Clients as JSON records: the list, one client, and `bpo-quiz/comparison@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict
from bpo_quiz.records.parts import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.report.desk.clients import ClientCard, ClientLine, NoteLine, SessionLine
    from bpo_quiz.report.desk.compare import Comparison, RankChange

COMPARISON_FORMAT = "bpo-quiz/comparison@1"


def client_list(clients: Sequence[ClientLine], more: bool) -> dict[str, Any]:
    """Clients in a list; `more`: whether there are others that the list leaves out."""
    return {"clients": [as_dict(client) for client in clients], "more": more}


def client_card(client: ClientCard) -> dict[str, Any]:
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


def comparison_record(
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
    return {**_session(line), "catalogue": catalogue_of(line.report.catalogue)}


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

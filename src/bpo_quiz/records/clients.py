"""Clients as JSON records: the list, one client, and `bpo-quiz/comparison@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.records.parts import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.results.clients import ClientCard, Comparison, RankChange, SessionLine
    from bpo_quiz.store.clients import Client, Note

COMPARISON_FORMAT = "bpo-quiz/comparison@1"


def client_list(clients: Sequence[Client], more: bool) -> dict[str, Any]:
    """Clients in a list; `more`: whether there are others that the list leaves out."""
    return {"clients": [picked(client, "alias added sessions latest") for client in clients], "more": more}


def client_card(card: ClientCard) -> dict[str, Any]:
    """One client."""
    client = card.client
    return {
        **picked(client, "alias added"),
        "consent": {"words": client.consent_words, "given": client.consent_at},
        "sessions": [_session(line) for line in card.sessions],
        "notes": [_note(note) for note in card.notes],
    }


def _session(line: SessionLine) -> dict[str, Any]:
    return {
        **picked(line, "code started finished tag"),
        **picked(line.report, "form answered asked silence"),
        **picked(line, "first_path first_role"),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"written": note.written, "session": note.code, "text": note.text}


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Two sessions side by side."""
    return {
        "format": COMPARISON_FORMAT,
        "client": found.alias,
        "then": _side(found.then),
        "now": _side(found.now),
        "same_catalogue": found.same_catalogue,
        "skills": [as_dict(skill) for skill in found.skills],
        "paths": [_path(row) for row in found.paths],
        "roles": [_rank("role", row) for row in found.roles],
        "only_then": as_dict(found.only_then),
        "only_now": as_dict(found.only_now),
        "agreed": [_note(note) for note in found.agreed],
    }


def _side(line: SessionLine) -> dict[str, Any]:
    return {**_session(line), "catalogue": catalogue_of(line.report.catalogue)}


def _path(row: RankChange) -> dict[str, Any]:
    return {**_rank("path", row), "best_role_then": row.best_then, "best_role_now": row.best_now}


def _rank(kind: str, row: RankChange) -> dict[str, Any]:
    return {kind: row.id, **picked(row, "rank_then rank_now p_first_then p_first_now")}

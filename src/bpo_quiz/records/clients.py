"""Clients as JSON records: the list, one client, and `bpo-quiz/comparison@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import picked
from bpo_quiz.records import catalogue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.results.clients import ClientCard, Comparison, PlaceChange, SessionLine
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
        "sessions": list(map(_session, card.sessions)),
        "talk": card.talk.record(),
        "notes": list(map(note_record, card.notes)),
    }


def _session(line: SessionLine) -> dict[str, Any]:
    return {
        **picked(line, "code started finished tag"),
        **picked(line.report, "form answered asked silence"),
        **picked(line, "first_path first_role"),
    }


def note_record(note: Note) -> dict[str, Any]:
    """A counsellor's note."""
    return {"written": note.written, "session": note.code, "text": note.text}


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Two sessions side by side."""
    return {
        "format": COMPARISON_FORMAT,
        "client": found.alias,
        "then": _side(found.then),
        "now": _side(found.now),
        **picked(found, "same_catalogue skills"),
        "paths": list(map(_path, found.paths)),
        "roles": [_rank("role", row) for row in found.roles],
        **picked(found, "only_then only_now"),
        "talk": found.talk.record(),
    }


def _side(line: SessionLine) -> dict[str, Any]:
    return {**_session(line), "catalogue": catalogue_of(line.report.catalogue)}


def _path(row: PlaceChange) -> dict[str, Any]:
    return {**_rank("path", row), "best_role_then": row.then.best, "best_role_now": row.now.best}


def _rank(kind: str, row: PlaceChange) -> dict[str, Any]:
    ranks = {"rank_then": row.then.rank, "rank_now": row.now.rank}
    return {kind: row.id, **ranks, "p_first_then": row.then.p_first, "p_first_now": row.now.p_first}

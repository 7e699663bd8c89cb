"""The stable JSON record `bpo-quiz/why@1`. Numbers are never rounded here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.records import as_dict
from bpo_quiz.report.json_record import check

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer, Swing
    from bpo_quiz.guidance.explain import Against, Explanation

FORMAT = "bpo-quiz/why@1"


def why(catalogue: Catalogue, explanation: Explanation) -> dict[str, Any]:
    """A whole explanation."""
    fit = explanation.fit
    return {
        "format": FORMAT,
        "catalogue": {"name": catalogue.name, "version": catalogue.version, "sha256": catalogue.sha256},
        "role": fit.role,
        "today": explanation.is_today,
        "form": explanation.form,
        "all_alike": explanation.all_alike,
        "rank": explanation.rank,
        "match_rank": explanation.match_rank,
        "ranked": explanation.ranked,
        "total": fit.total,
        "match": fit.match,
        "interest": fit.interest,
        "interest_weight": explanation.interest_weight,
        "readiness": fit.readiness,
        "known": fit.known,
        "enough": explanation.enough,
        "elevation": explanation.elevation,
        "level_cost": fit.level_cost,
        "costs": [as_dict(cost) for cost in fit.costs],
        "interests": [as_dict(cost) for cost in explanation.interests],
        "against": None if explanation.against is None else _against(explanation.against),
        "answers": [_move(move) for move in explanation.moves],
        "open": [_open(question) for question in explanation.still_open],
        "gates": [check("gate", one) for one in explanation.gates],
        "conditions": [check("condition", one) for one in explanation.conditions],
    }


def _against(against: Against) -> dict[str, Any]:
    return {
        "role": against.rival.id,
        "total": against.fit.total,
        "lead": against.lead,
        "error": against.error,
        "sure": against.sureness,
        "parts": [as_dict(part) for part in against.parts],
    }


def _move(move: AnswerMove) -> dict[str, Any]:
    steps = {"lower": _step(move.lower), "higher": _step(move.higher)}
    return {"item": move.item.id, "measures": move.item.measures, "value": move.value, **steps}


def _open(question: OpenAnswer) -> dict[str, Any]:
    steps = {"worst": _step(question.worst), "best": _step(question.best)}
    return {"item": question.item.id, "measures": question.item.measures, **steps}


def _step(step: Swing | None) -> dict[str, Any] | None:
    return None if step is None else as_dict(step)

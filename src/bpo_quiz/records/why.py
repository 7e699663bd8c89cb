"""Why a role is where it is, and what would move it: `bpo-quiz/why@1`, `what-if@1` and `reach@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict
from bpo_quiz.records.parts import catalogue_of, check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer, Swing
    from bpo_quiz.guidance.explain import Against, Explanation
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Moved, WhatIf
    from bpo_quiz.scoring.match import Fit

WHY_FORMAT = "bpo-quiz/why@1"
WHAT_IF_FORMAT = "bpo-quiz/what-if@1"
REACH_FORMAT = "bpo-quiz/reach@1"


def why_record(catalogue: Catalogue, explanation: Explanation) -> dict[str, Any]:
    """A whole explanation."""
    fit = explanation.fit
    return {
        "format": WHY_FORMAT,
        "catalogue": catalogue_of(catalogue),
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


def what_if_record(catalogue: Catalogue, found: WhatIf) -> dict[str, Any]:
    """The ranking with other levels beside the ranking as it is."""
    return {
        "format": WHAT_IF_FORMAT,
        "catalogue": catalogue_of(catalogue),
        "form": found.form,
        "all_alike": found.all_alike,
        "changes": [as_dict(change) for change in found.changes],
        "roles": [_moved(one) for one in found.roles],
    }


def reach_record(catalogue: Catalogue, found: Sequence[LeastRaises], form: str) -> dict[str, Any]:
    """What it would take for one role, goal by goal."""
    return {
        "format": REACH_FORMAT,
        "catalogue": catalogue_of(catalogue),
        "form": form,
        "goals": [_goal(one) for one in found],
    }


def _goal(found: LeastRaises) -> dict[str, Any]:
    return {
        "goal": found.goal,
        "outcome": found.outcome,
        "raises": [{**as_dict(one), "points": one.points} for one in found.raises],
        "smallest": True,  # what is found is shown to be it
        "fewest": found.fewest,
        "blocker": None if found.blocker is None else found.blocker.id,
        "behind": found.behind,
        "by_interests": found.by_interests,
        **_moved(found.after),
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "role": moved.role.id,
        "today": moved.is_today,
        "rank_before": moved.rank_before,
        "rank_after": moved.rank_after,
        "before": _numbers(moved.before),
        "after": _numbers(moved.after),
        "closed": [check("gate", gate) for gate in moved.closed],
    }


def _numbers(fit: Fit) -> dict[str, Any]:
    return {"total": fit.total, "match": fit.match, "readiness": fit.readiness}

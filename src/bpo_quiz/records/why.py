"""Why a role is where it is, and what would move it: `bpo-quiz/why@2`, `what-if@2` and `reach@2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.guidance.standing import in_the_way
from bpo_quiz.records import catalogue_of, gates_and_conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer
    from bpo_quiz.guidance.explain import Against, Explanation
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Moved, WhatIf

WHY_FORMAT = "bpo-quiz/why@2"
WHAT_IF_FORMAT = "bpo-quiz/what-if@2"
REACH_FORMAT = "bpo-quiz/reach@2"
_NUMBERS = "total match readiness"


def why_record(catalogue: Catalogue, explanation: Explanation) -> dict[str, Any]:
    """A whole explanation."""
    fit = explanation.fit
    return {
        "format": WHY_FORMAT,
        "catalogue": catalogue_of(catalogue),
        "role": fit.role,
        "today": explanation.is_today,
        **picked(explanation, "form all_alike rank match_rank ranked"),
        **picked(fit, "total match interest"),
        "interest_weight": explanation.interest_weight,
        **picked(fit, "readiness known"),
        **picked(explanation, "enough elevation"),
        **picked(fit, "level_cost costs"),
        "interests": [as_dict(cost) for cost in explanation.interests],
        "against": None if explanation.against is None else _against(explanation.against),
        "answers": [_move(move) for move in explanation.moves],
        "open": [_open(question) for question in explanation.still_open],
        **gates_and_conditions(explanation.hurdles),
    }


def _against(against: Against) -> dict[str, Any]:
    return {
        "role": against.rival.id,
        "total": against.fit.total,
        **picked(against, "lead error"),
        "sure": against.sureness,
        "parts": [as_dict(part) for part in against.parts],
    }


def _move(move: AnswerMove) -> dict[str, Any]:
    return {"item": move.item.id, "measures": move.item.measures, **picked(move, "value lower higher")}


def _open(question: OpenAnswer) -> dict[str, Any]:
    return {"item": question.item.id, "measures": question.item.measures, **picked(question, "worst best")}


def what_if_record(catalogue: Catalogue, found: WhatIf) -> dict[str, Any]:
    """The ranking with other levels beside the ranking as it is."""
    return {
        "format": WHAT_IF_FORMAT,
        "catalogue": catalogue_of(catalogue),
        **picked(found, "form all_alike changes facts"),
        "roles": [_moved(catalogue, one) for one in found.roles],
    }


def reach_record(catalogue: Catalogue, found: Sequence[LeastRaises], form: str) -> dict[str, Any]:
    """What it would take for one role, goal by goal."""
    return {
        "format": REACH_FORMAT,
        "catalogue": catalogue_of(catalogue),
        "form": form,
        "goals": [_goal(catalogue, one) for one in found],
    }


def _goal(catalogue: Catalogue, found: LeastRaises) -> dict[str, Any]:
    return {
        **picked(found, "goal outcome"),
        "raises": [{**as_dict(one), "points": one.points} for one in found.raises],
        "smallest": True,  # what is found is shown to be it
        "fewest": found.fewest,
        "blocker": None if found.blocker is None else found.blocker.id,
        **picked(found, "behind by_interests"),
        **_moved(catalogue, found.after),
    }


def _moved(catalogue: Catalogue, moved: Moved) -> dict[str, Any]:
    return {
        "role": moved.role.id,
        "today": moved.is_today,
        **picked(moved, "rank_before rank_after"),
        "before": picked(moved.before, _NUMBERS),
        "after": picked(moved.after, _NUMBERS),
        "standing_before": moved.stood.state,
        "standing_after": moved.stands.state,
        "in_the_way": in_the_way(catalogue, moved.stands),
    }

"""The stable JSON records `bpo-quiz/what-if@1` and `bpo-quiz/reach@1`. Numbers are never rounded here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.records import as_dict
from bpo_quiz.report.json_record import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Moved, WhatIf
    from bpo_quiz.scoring.match import Fit

WHAT_IF_FORMAT = "bpo-quiz/what-if@1"
REACH_FORMAT = "bpo-quiz/reach@1"


def what_if(catalogue: Catalogue, found: WhatIf) -> dict[str, Any]:
    """The ranking with other levels beside the ranking as it is."""
    return {
        "format": WHAT_IF_FORMAT,
        "catalogue": _which(catalogue),
        "form": found.form,
        "all_alike": found.all_alike,
        "changes": [as_dict(change) for change in found.changes],
        "roles": [_moved(one) for one in found.roles],
    }


def reach(catalogue: Catalogue, found: Sequence[LeastRaises], form: str) -> dict[str, Any]:
    """What it would take for one role, goal by goal."""
    return {
        "format": REACH_FORMAT,
        "catalogue": _which(catalogue),
        "form": form,
        "goals": [_goal(one) for one in found],
    }


def _goal(found: LeastRaises) -> dict[str, Any]:
    return {
        "goal": found.goal,
        "outcome": found.outcome,
        "raises": [{**as_dict(one), "points": one.points} for one in found.raises],
        "smallest": found.is_smallest,
        "fewest": found.fewest,
        "blocker": None if found.blocker is None else found.blocker.id,
        "behind": found.behind,
        "by_interests": found.by_interests,
        **_moved(found.after),
    }


def _which(catalogue: Catalogue) -> dict[str, Any]:
    return {"name": catalogue.name, "version": catalogue.version, "sha256": catalogue.sha256}


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

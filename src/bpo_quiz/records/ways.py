"""Ways, next steps and plans as JSON, `bpo-quiz/path@1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict
from bpo_quiz.records.parts import catalogue_of, check

if TYPE_CHECKING:
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.guidance.plan import Plan
    from bpo_quiz.results.route import Route

PATH_FORMAT = "bpo-quiz/path@1"


def path_record(route: Route) -> dict[str, Any]:
    """All that `path` tells."""
    return {
        "format": PATH_FORMAT,
        "catalogue": catalogue_of(route.report.catalogue),
        "today": route.report.about.works_as,
        "goal": route.goal.id if route.goal else None,
        "reason": route.reason,
        "pathways": [pathway(one) for one in route.pathways],
        "next_steps": [step(one) for one in route.next_steps],
        "years_basis": route.report.catalogue.years_basis,
    }


def pathway(one: Pathway) -> dict[str, Any]:
    """One way, step by step."""
    return {
        "start": one.start.id if one.start else None,
        "best_at": one.best_at,
        "years": one.years,
        "gap": one.gap,
        "steps": [step(each) for each in one.steps],
    }


def step(one: PathwayStep) -> dict[str, Any]:
    """One step, with what its role is judged by."""
    return {
        "role": one.role.id,
        "kind": one.kind,
        "years": one.years,
        "readiness": one.readiness,
        "gaps": [as_dict(gap) for gap in one.gaps],
        "unknown": one.unknown,
        "gates": [check("gate", gate) for gate in one.gates],
        "conditions": [check("condition", condition) for condition in one.conditions],
        "kpis": [as_dict(kpi) for kpi in one.role.kpis],
        "certificates": [as_dict(certificate) for certificate in one.role.certificates],
        "this_month": one.role.this_month,
    }


def plan(one: Plan) -> dict[str, Any]:
    """What to do next, examples to have ready, questions for a talk."""
    return {
        "steps": [as_dict(each) for each in one.steps],
        "evidence_prompts": [as_dict(prompt) for prompt in one.evidence_prompts],
        "talk_questions": one.talk_questions,
    }

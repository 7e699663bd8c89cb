"""What `path` tells: the ways to one role, or without a role the next steps from where the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bpo_quiz.guidance.pathway import next_steps, open_ways, pathways, why_no_way

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.guidance.pathway import NoWay, Pathway, PathwayStep
    from bpo_quiz.report.build import Report, Silence


@dataclass(frozen=True, slots=True)
class Route:
    """The ways to a role, or the next steps.

    Attributes:
        report: the result that it belongs to.
        goal: the role to reach; None where the next steps are asked for.
        pathways: the ways to the goal, the shortest first.
        next_steps: the best next step and its alternatives; without a goal, or where the goal is today's role.
        reason: why there is no way, or no order of next steps; None when there is.
    """

    report: Report
    goal: Role | None
    pathways: tuple[Pathway, ...]
    next_steps: tuple[PathwayStep, ...]
    reason: NoWay | Silence | None


def route(report: Report, goal: Role | None) -> Route:
    """The ways to a role; without one, the best next step and two alternatives."""
    ways = open_ways(report.catalogue, report.profile, report.about)
    known = (report.catalogue, report.profile, report.about)
    found = pathways(*known, goal.id, ways) if goal is not None else ()
    no_way = why_no_way(report.about, goal.id) if goal is not None and not found else None
    steps: tuple[PathwayStep, ...] = ()
    if (goal is None or no_way == "today's role") and report.silence is None and report.headline is not None:
        steps = next_steps(*known, report.headline.role.id, ways)
    return Route(report, goal, found, steps, no_way or (report.silence if goal is None else None))

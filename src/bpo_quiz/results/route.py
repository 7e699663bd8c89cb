"""What `path` tells: the ways to one role, or without a role the next steps from where the person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.pathway import next_steps, pathways, why_no_way

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.guidance.pathway import NoWay, Pathway, PathwayStep
    from bpo_quiz.results.result import Report, Silence


class Route(NamedTuple):
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
    found = pathways(report.ways, report.profile, goal.id) if goal is not None else ()
    steps: tuple[PathwayStep, ...] = ()
    if report.advice is not None and (goal is None or goal.id == report.about.works_as):
        opened = report.advice.doors
        named = opened.roles or ((opened.nearest,) if opened.nearest else ())
        steps = next_steps(report.ways, report.profile, report.advice.role, named)
    return Route(report, goal, found, steps, None if found else _reason(report, goal, steps))


def _reason(report: Report, goal: Role | None, steps: tuple[PathwayStep, ...]) -> NoWay | Silence | None:
    if goal is not None:
        return why_no_way(report.ways, goal.id)
    return report.silence or (None if steps else "no move leads on")

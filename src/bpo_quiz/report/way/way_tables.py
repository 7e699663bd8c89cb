"""Ways and plans as Rich renderables: the tree short, then a block a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.pieces import Fitting, branches, bullets, facts_grid, heading, text
from bpo_quiz.report.way import plan_words, step_words, way_plain, way_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.guidance.plan import Plan
    from bpo_quiz.report.way.step_words import Block, Facts
    from bpo_quiz.results.result import Report
    from bpo_quiz.results.route import Route


def page(route: Route, chosen: int = 1) -> Iterator[RenderableType]:
    """All that `path` tells. `chosen`: the way that is told in full, counted from 1."""
    yield heading(way_words.route_title(route))
    yield from (text(line) for line in way_words.route_intro(route))
    if route.pathways or route.next_steps:
        yield text("")
        yield branches(way_words.tree(route))
    for n, pathway in enumerate(route.pathways, 1):
        yield from _way(route, pathway, n, brief=n != chosen)
    for n, step in enumerate(route.next_steps, 1):
        yield from _block(step_words.next_block(route.report, step, n))
    if route.pathways or route.next_steps:
        yield text("")
        yield from (text(line, "dim") for line in way_words.basis_lines(route.report.catalogue, bool(route.pathways)))


def _way(route: Route, pathway: Pathway, number: int, *, brief: bool) -> Iterator[RenderableType]:
    if brief:
        yield heading(f"Way {number}, in short (whole: --way {number})")
        yield from bullets(step_words.in_short(route.report, pathway))
        return
    for n in range(1, len(pathway.steps) + 1):
        yield from _block(step_words.step_block(route.report, pathway, n))


def _block(block: Block) -> Iterator[RenderableType]:
    yield heading(block.title)
    yield facts(block.facts)


def facts(every: Sequence[Facts]) -> RenderableType:
    """Labels on the left, their lines on the right; below each other where that is too narrow."""
    return Fitting(facts_grid(every), list(way_plain.facts_lines(every)))


def steps_in_short(report: Report) -> Iterator[RenderableType]:
    """What each step of the way to the headline role needs, and where the years come from."""
    for pathway in report.pathways[:1]:
        for n, step in enumerate(pathway.steps, 1):
            yield text("")
            yield text(step.role.name, "bold")
            yield facts(step_words.brief_facts(report, step, step_words.served(pathway, n)))


def plan(catalogue: Catalogue, plan: Plan) -> Iterator[RenderableType]:
    """What to do next, examples to have ready, questions for a talk."""
    if plan.steps:
        yield heading(plan_words.TITLE)
    for block in plan_words.step_blocks(plan, way_plain.MOST_HOW):
        yield text(block.title, "bold")
        yield facts(block.facts)
    if plan.evidence_prompts:
        yield heading(plan_words.EVIDENCE_TITLE)
        yield text(plan_words.EVIDENCE_EXPLAINED)
        yield from bullets(plan_words.evidence_lines(catalogue, plan))
    if plan.talk_questions:
        yield heading(plan_words.TALK_TITLE)
        yield from bullets(plan.talk_questions)

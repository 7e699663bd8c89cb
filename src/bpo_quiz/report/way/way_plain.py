"""Ways and plans as plain lines: no boxes, one fact after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.report.way import plan_words, step_words, way_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.guidance.plan import Plan
    from bpo_quiz.report.way.step_words import Facts
    from bpo_quiz.results.result import Report
    from bpo_quiz.results.route import Route

MOST_HOW = 2
"""Ways to do a step that a result lists; `bpo-quiz skills SKILL` has them all."""


def page(route: Route, chosen: int = 1) -> Iterator[str]:
    """The lines of `path`; empty lines part the sections. `chosen`: the way that is told in full, from 1."""
    for line in _page(route, chosen):
        yield clean(line)


def _page(route: Route, chosen: int) -> Iterator[str]:
    yield f"{way_words.route_title(route)}."
    yield from way_words.route_intro(route)
    for n, pathway in enumerate(route.pathways, 1):
        yield ""
        if len(route.pathways) > 1:
            yield f"Way {n}{'' if n == chosen else ', in short'}."
        if n == chosen:
            yield from way(route.report, pathway)
        else:
            yield from (f"   {line}." for line in step_words.in_short(route.report, pathway))
    for n, step in enumerate(route.next_steps, 1):
        yield ""
        block = step_words.next_block(route.report, step, n)
        yield f"{block.title}."
        yield from facts_lines(block.facts)
    if route.pathways or route.next_steps:
        yield ""
        yield from way_words.basis_lines(route.report.catalogue, several=bool(route.pathways))


def way(report: Report, pathway: Pathway, *, brief: bool = False) -> Iterator[str]:
    """One way, step by step."""
    if pathway.start is not None:
        yield f"Today: {pathway.start.name}."
    for n, step in enumerate(pathway.steps, 1):
        yield f"{step_words.step_title(pathway, n)}."
        served = step_words.served(pathway, n)
        yield from facts_lines((step_words.brief_facts if brief else step_words.facts_of)(report, step, served))


def facts_lines(facts: Sequence[Facts]) -> Iterator[str]:
    """Labelled facts, a line each."""
    for one in facts:
        yield from (f"   {one.label}: {line}" for line in one.lines)


def plan(catalogue: Catalogue, plan: Plan) -> Iterator[str]:
    """What to do next, examples to have ready, questions for a talk."""
    if plan.steps:
        yield ""
        yield f"{plan_words.TITLE}."
    for block in plan_words.step_blocks(plan, MOST_HOW):
        yield f"{block.title}."
        yield from facts_lines(block.facts)
    if plan.evidence_prompts:
        yield ""
        yield f"{plan_words.EVIDENCE_TITLE}. {plan_words.EVIDENCE_EXPLAINED}"
        yield from (f"   {line}" for line in plan_words.evidence_lines(catalogue, plan))
    if plan.talk_questions:
        yield ""
        yield f"{plan_words.TALK_TITLE}."
        yield from (f"   {question}" for question in plan.talk_questions)

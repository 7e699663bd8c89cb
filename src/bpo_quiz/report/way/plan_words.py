"""A plan in words: the steps as blocks, the examples, the questions. Returns text uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.way.step_words import Block, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.plan import Plan

TITLE = "What to do next"
EVIDENCE_TITLE = "Examples to have ready"
EVIDENCE_EXPLAINED = "You rated these high. One true example of each says more than the number."
TALK_TITLE = "Questions for a talk"


def step_blocks(plan: Plan, most_how: int | None = None) -> Iterator[Block]:
    """The steps, numbered. How long is said once where several steps say the same.

    Args:
        plan: what to do next.
        most_how: how many ways to do a step are listed; None: all.
    """
    said: set[str] = set()
    for n, step in enumerate(plan.steps, 1):
        facts = [Facts("How", step.how[:most_how])]
        if step.how_long not in said:
            facts.append(Facts("How long", (step.how_long,)))
            said.add(step.how_long)
        yield Block(f"{n}. {step.what}", (*facts, Facts("To show", (step.evidence,))))


def evidence_lines(catalogue: Catalogue, plan: Plan) -> list[str]:
    """The questions for examples, each with its skill."""
    return [f"{catalogue.skills[one.skill].name}: {one.question}" for one in plan.evidence_prompts]

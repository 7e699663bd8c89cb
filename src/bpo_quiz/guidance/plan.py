"""A plan to grow by: three to five next steps towards the role that fits best, proofs to collect, questions for a talk.

How long a step takes is only said where the catalogue or a named rule of thumb knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.articles import with_article
from bpo_quiz.guidance.gate_steps import gate_step
from bpo_quiz.guidance.growth import growth_steps
from bpo_quiz.guidance.growth_step import GrowthStep as GrowthStep
from bpo_quiz.scoring.match import CLOSE, fit
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue, Role, Skill
    from bpo_quiz.guidance.evidence import EvidencePrompt
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.scoring.match import SkillShare
    from bpo_quiz.scoring.profile import Profile

FEWEST, MOST = 3, 5
"""Steps of a plan."""

MOST_GATES = 2
SPAN_OF_LEVELS = 25
"""Points from one described level of a skill to the next."""


class Plan(NamedTuple):
    """What to do next.

    Attributes:
        steps: three to five; none where the answers do not single out anything.
        evidence_prompts: questions for examples of what the person rated high.
        talk_questions: for a talk with a counsellor, or with somebody who knows the work.
    """

    steps: tuple[GrowthStep, ...]
    evidence_prompts: tuple[EvidencePrompt, ...]
    talk_questions: tuple[str, ...]


NO_PLAN = Plan((), (), ())


def growth_plan(catalogue: Catalogue, profile: Profile, goal: Role, pathway: Pathway | None) -> tuple[GrowthStep, ...]:
    """Three to five steps towards a role, what can begin today first.

    First a taste of the next role; then the gates that are not met, the nearest first; then the skills that are missing
    most for the goal; last, what an opening would ask for.

    Args:
        catalogue: the skills, and how to grow them.
        profile: the person's scores.
        goal: the role that fits best and is new to the person.
        pathway: the way to it; None where none is known.
    """
    steps = pathway.steps if pathway else ()
    first = steps[0].role if steps else goal
    gates = list(_gates(steps))[:MOST_GATES]
    taste = [_taste(first, goal)] if first.this_month else []
    inside = pathway is not None and pathway.start is not None and steps[0].kind != "enter"
    last = [_opening_inside(first) if inside else _opening_outside(first, goal, directly=_could_apply(steps))]
    room = MOST - len(taste) - len(gates) - len(last)
    chosen = [*taste, *gates, *list(_skills(catalogue, profile, goal))[:room], *last]
    return tuple(chosen if len(chosen) >= FEWEST else [*chosen, _talk(goal)])


def _taste(first: Role, goal: Role) -> GrowthStep:
    towards = f", the first step towards {goal.name}" if first != goal else ""
    return GrowthStep(
        kind="taste",
        what=f"Try out the work of {first.name}{towards}",
        how=(first.this_month,),
        how_long="This month.",
        evidence="Keep what you make or write down: it is the first thing that you can show.",
    )


def _gates(steps: tuple[PathwayStep, ...]) -> Iterator[GrowthStep]:
    """A step for each kind of gate that is not met, where it first stands in the way.

    Experience that is asked for after the first step comes on the way.
    """
    asked: dict[str, tuple[Role, Check]] = {}
    for n, step in enumerate(steps):
        for check in step.gates:
            if check.state == "not met" and (n == 0 or check.name != "experience") and check.name not in asked:
                asked[check.name] = (step.role, check)
    yield from (gate_step(role, check) for role, check in asked.values())


def _skills(catalogue: Catalogue, profile: Profile, goal: Role) -> Iterator[GrowthStep]:
    errors = {one.skill: one.se or 0.0 for one in profile.skills}
    for share in growth_steps(fit(goal, profile.levels(), {}, 0.0).shares):
        yield _skill(catalogue.skills[share.skill], goal, share, errors[share.skill])


def _skill(skill: Skill, goal: Role, share: SkillShare, error: float) -> GrowthStep:
    unsure = "Ask somebody who sees you work whether the gap is there: it is smaller than the error of the answers."
    how = skill.grow or ("Ask somebody who is good at it to let you watch, and try one thing that you saw.",)
    return GrowthStep(
        kind="skill",
        what=f"{skill.name}: you are at {whole(share.score)}, {goal.name} asks for {whole(share.level)}",
        how=(unsure, *how) if share.level - share.score < error else how,
        how_long="Each of these fits into a month; how long the whole gap takes, differs too much to say.",
        evidence=_shown_by(skill, share.level),
        skill=skill.id,
    )


def _shown_by(skill: Skill, level: float) -> str:
    if not skill.levels:
        return "An example that you can tell in two minutes: what happened, what you did, what came of it."
    described = skill.levels[min(whole(level / SPAN_OF_LEVELS), len(skill.levels) - 1)]
    return f"An example that shows this of you: {described}."


def _could_apply(steps: tuple[PathwayStep, ...]) -> bool:
    """Whether somebody from outside could try the goal at once: every gate is met, Readiness is 75 or more."""
    if len(steps) < 2 or (steps[-1].readiness or 0.0) < CLOSE:
        return False
    return all(check.state == "met" for check in steps[-1].gates)


def _opening_outside(first: Role, goal: Role, *, directly: bool) -> GrowthStep:
    straight = f"Read openings for {goal.name} too: you meet its usual gates, and some employers hire from outside."
    return GrowthStep(
        kind="opening",
        what=f"Read three openings for {first.name} that you could apply for",
        how=(
            "Mark what each asks for: I have it, I could show it, not yet. What two ask for and you lack, goes first.",
            *([straight] if directly else []),
        ),
        how_long="One sitting, before you spend money on a course.",
        evidence="The list, with an example beside everything that you have.",
    )


def _opening_inside(first: Role) -> GrowthStep:
    return GrowthStep(
        kind="opening",
        what=(
            f"Tell your lead or manager that you would like to become {with_article(first.name)}, "
            "and ask what an opening takes"
        ),
        how=(
            "Ask what the last person who got such a place had shown.",
            "Ask which result of yours would count, and when the two of you look at it again.",
        ),
        how_long="One talk, and the date of the next.",
        evidence="Your notes of the talk: what counts, and the date.",
    )


def _talk(goal: Role) -> GrowthStep:
    hard = tuple(f"Ask how they live with this: {line}" for line in goal.preview.hard[:2])
    return GrowthStep(
        kind="talk",
        what=f"Talk with somebody who works as {with_article(goal.name)}",
        how=("Ask what they did yesterday, hour by hour.", *hard),
        how_long="Half an hour of their time is enough to ask for.",
        evidence="Three things that you learned, and one that changed your mind or made you surer.",
    )

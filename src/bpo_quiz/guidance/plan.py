"""A plan to grow by: what is open, the gate that is in the way, the gaps that are sure; proofs, questions for a talk.

How long a step takes is only said where the catalogue or a named rule of thumb knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bpo_quiz.catalogue.model import ENGLISH_LEVELS
from bpo_quiz.guidance.gaps import growth_steps
from bpo_quiz.guidance.gates import EDUCATION, gate, years
from bpo_quiz.guidance.standing import CORE
from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bpo_quiz.catalogue.model import Catalogue, Role, Skill
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.pathway import Pathway
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.guidance.talk import EvidencePrompt
    from bpo_quiz.scoring.match import SkillShare
    from bpo_quiz.scoring.profile import Profile

FEWEST = 3
"""Steps of a plan, where so many can be found."""

MOST_GATES = 2
MOST_GAPS = 2
LEADS = 3
"""Rung from which a road that a skill names is told: it leads to work that turns on the skill."""
SPAN_OF_LEVELS = 25
"""Points from one described level of a skill to the next."""

HOURS_A_LEVEL = 200
"""Lessons and study for one CEFR level: Cambridge English, guided learning hours, a rule of thumb."""

_COURSE = {
    "vocational": "A course takes from some weeks to two years (general knowledge; confidence: low).",
    "bachelor": "A bachelor's degree takes three to four years (general knowledge; confidence: low).",
    "master": "A master's degree takes one to two years after a bachelor's (general knowledge; confidence: low).",
}

StepKind = Literal["opening", "taste", "gate", "skill", "road", "talk"]
"""Go for what is open; try the work; open a gate; grow a skill; grow into leading; talk with who does the work."""


class GrowthStep(NamedTuple):
    """One thing to do next.

    Attributes:
        what: the aim, in a few words.
        how: what one can do for it, most useful first.
        how_long: how long it takes as far as that is known, and who says so.
        evidence: what one can show afterwards.
        skill: id of the skill that it grows; None where it is about something else.
    """

    kind: StepKind
    what: str
    how: tuple[str, ...]
    how_long: str
    evidence: str
    skill: str | None = None


class Plan(NamedTuple):
    """What to do next.

    Attributes:
        steps: at most seven; none where the answers do not single out anything.
        evidence_prompts: questions for examples of what the person rated high.
        talk_questions: for a talk with a counsellor, or with somebody who knows the work.
    """

    steps: tuple[GrowthStep, ...]
    evidence_prompts: tuple[EvidencePrompt, ...]
    talk_questions: tuple[str, ...]


NO_PLAN = Plan((), (), ())


def growth_plan(
    catalogue: Catalogue,
    profile: Profile,
    goal: Outlook,
    door: Outlook | None,
    pathway: Pathway | None,
) -> tuple[GrowthStep, ...]:
    """Three to seven steps, what can begin today first.

    First what is open, and a taste of it; then the gates that are in the way of the goal; then the skills that are
    missing for it by more than the error of the answers; the road to leading, where the goal leads people.

    Args:
        catalogue: the skills, and how to grow them.
        profile: the person's scores.
        goal: the role that the result speaks of first.
        door: a role that is open today: the goal, else the first on the way there, else any; None where nothing is.
        pathway: the way to the goal; None where none is told.
    """
    wanted = catalogue.roles[goal.role]
    first = catalogue.roles[door.role] if door else pathway.steps[0].role if pathway else wanted
    inside = pathway is not None and pathway.start is not None
    opening = [_opening_inside(first) if inside else _opening_outside(first)] if door else []
    is_on_the_way = pathway is not None and first != wanted and first in [step.role for step in pathway.steps]
    taste = [_taste(first, f", on the way to {wanted.name}" if is_on_the_way else "")] if first.this_month else []
    gates = [_GATE_STEPS[check.name](wanted, check) for check in goal.unmet if check.has is not None][:MOST_GATES]
    gaps = list(_skills(catalogue, profile, wanted))[:MOST_GAPS]
    steps = (*opening, *taste, *gates, *gaps, *_road(catalogue, wanted))
    return steps if len(steps) >= FEWEST else (*steps, _talk(wanted))


def _taste(first: Role, towards: str) -> GrowthStep:
    return GrowthStep(
        kind="taste",
        what=f"Try out the work of {first.name}{towards}",
        how=(first.this_month,),
        how_long="This month.",
        evidence="Keep what you make or write down: it is the first thing that you can show.",
    )


def _skills(catalogue: Catalogue, profile: Profile, goal: Role) -> Iterator[GrowthStep]:
    errors = {one.skill: one.se or 0.0 for one in profile.skills}
    for share in growth_steps(fit(goal, profile.levels(), {}, 0.0).shares):
        if share.level - share.score > errors[share.skill]:
            yield _skill(catalogue.skills[share.skill], goal, share)


def _road(catalogue: Catalogue, goal: Role) -> Iterator[GrowthStep]:
    for skill in catalogue.skills.values():
        if skill.road and goal.rung >= LEADS and goal.skills[skill.id].importance >= CORE:
            yield GrowthStep(
                kind="road",
                what=f"Take the road to work that turns on {skill.name}, as {goal.name} does",
                how=skill.road,
                how_long="Years, as a rule; the first of it can begin where you are today.",
                evidence="A result of yours with a number, and somebody who got better because you helped.",
                skill=skill.id,
            )


def _skill(skill: Skill, goal: Role, share: SkillShare) -> GrowthStep:
    how = skill.grow or ("Ask somebody who is good at it to let you watch, and try one thing that you saw.",)
    return GrowthStep(
        kind="skill",
        what=f"{skill.name}: you are at {whole(share.score)}, {goal.name} asks for {whole(share.level)}",
        how=how,
        how_long="Each of these fits into a month; how long the whole gap takes, differs too much to say.",
        evidence=_shown_by(skill, share.level),
        skill=skill.id,
    )


def _shown_by(skill: Skill, level: float) -> str:
    if not skill.levels:
        return "An example that you can tell in two minutes: what happened, what you did, what came of it."
    described = skill.levels[min(whole(level / SPAN_OF_LEVELS), len(skill.levels) - 1)]
    return f"An example that shows this of you: {described}."


def _opening_outside(first: Role) -> GrowthStep:
    return GrowthStep(
        kind="opening",
        what=f"Read three openings for {first.name} that you could apply for",
        how=(
            "Mark what each asks for: I have it, I could show it, not yet. What two ask for and you lack, goes first.",
        ),
        how_long="One sitting, before you spend money on a course.",
        evidence="The list, with an example beside everything that you have.",
    )


def _opening_inside(first: Role) -> GrowthStep:
    return GrowthStep(
        kind="opening",
        what=(
            f"Tell your lead or manager that you would like to work in the role {first.name}, "
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
        what=f"Talk with somebody in the role {goal.name}",
        how=("Ask what they did yesterday, hour by hour.", *hard),
        how_long="Half an hour of their time is enough to ask for.",
        evidence="Three things that you learned, and one that changed your mind or made you surer.",
    )


def _english(role: Role, check: Check) -> GrowthStep:
    levels = ENGLISH_LEVELS.index(str(check.needs)) - ENGLISH_LEVELS.index(str(check.has))
    hours = f"about {HOURS_A_LEVEL} hours of lessons and study for one level"
    if levels > 1:
        hours += f", so about {levels * HOURS_A_LEVEL} for {levels} levels"
    return GrowthStep(
        kind="gate",
        what=f"Bring your English from {check.has} to {check.needs}, which {role.name} usually asks for",
        how=(
            "Take a free placement test first, to know where you stand today.",
            "Ask an employer what counts as proof before you pay for an exam; many test you themselves.",
        ),
        how_long=f"{hours} (Cambridge English, a rule of thumb; confidence: medium; people differ widely).",
        evidence=f"A test result at {check.needs}, or a talk and a text that a teacher has judged to be at that level.",
    )


def _education(role: Role, check: Check) -> GrowthStep:
    needs, has = EDUCATION[str(check.needs)], EDUCATION[str(check.has)]
    return GrowthStep(
        kind="gate",
        what=f"Find out how firm the gate of {needs} is: {role.name} usually asks for it, and you have {has}",
        how=(
            "Ask two employers whether years of work or a certificate count in its place; some accept that.",
            "If it is firm, ask a school near you or a distance school for a course that fits beside work.",
        ),
        how_long=f"Asking takes a few messages. {_COURSE.get(str(check.needs), 'How long it takes, the school says.')}",
        evidence="The answers of two employers in writing, or a place on a course.",
    )


def _experience(role: Role, check: Check) -> GrowthStep:
    needs, has = _as_number(check.needs), _as_number(check.has)
    left = needs - has if has < needs else needs
    told = f"you have {has:g}" if has < needs else "yours were of another kind"
    return GrowthStep(
        kind="gate",
        what=f"Make your time count: {role.name} usually asks for {years((needs, needs))} of this kind of work, {told}",
        how=(
            "Keep a log: once a month, one result of yours, with a number where there is one.",
            "Ask which of your earlier jobs count; people often leave out work that does.",
        ),
        how_long=f"{years((left, left))} more, unless earlier work counts.",
        evidence="The log, with one result a month.",
    )


def _licence(role: Role, check: Check) -> GrowthStep:
    named = [one for one in role.certificates if one.note and one.name.casefold() in str(check.needs).casefold()]
    return GrowthStep(
        kind="gate",
        what=f"Work towards {check.needs}, which {role.name} usually asks for",
        how=(
            "Ask the body that gives it what it costs and what it asks for, before you enrol anywhere.",
            "Ask an employer whether one can start without it and take it on the job.",
        ),
        how_long=" ".join([*(f"{one.name}: {one.note}." for one in named), "The body that gives it says how long."]),
        evidence="The certificate, or the date of the exam.",
    )


def _typing(role: Role, check: Check) -> GrowthStep:
    return GrowthStep(
        kind="gate",
        what=f"Type {_as_number(check.needs):g} words a minute, which {role.name} usually asks for; you type "
        f"{_as_number(check.has):g}",
        how=("Take a free typing test three times a week; write down speed and errors, and lower the errors first.",),
        how_long="That differs much between people; the weekly tests show it.",
        evidence="A test result with speed and errors.",
    )


def _language(role: Role, check: Check) -> GrowthStep:
    return GrowthStep(
        kind="gate",
        what=f"Find out whether a language of yours would do: {role.name} usually asks for {gate(check)}",
        how=(
            "Take a free placement test in the language that you know best beside English.",
            "Ask which languages are wanted; a rare one may be worth more than a better level of a common one.",
        ),
        how_long="A test takes an hour. A new language up to such a level takes years.",
        evidence="A test result with the level.",
    )


def _as_number(value: Any) -> float:
    return float(value)


_GATE_STEPS: dict[str, Callable[[Role, Check], GrowthStep]] = {
    "english": _english,
    "education": _education,
    "experience": _experience,
    "licence": _licence,
    "typing": _typing,
    "language": _language,
}

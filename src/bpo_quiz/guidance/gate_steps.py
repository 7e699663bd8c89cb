"""What to do about a gate that is not met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.catalogue.model import ENGLISH_LEVELS
from bpo_quiz.guidance.gate_words import EDUCATION, years
from bpo_quiz.guidance.growth_step import GrowthStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.guidance.gates import Check

HOURS_A_LEVEL = 200
"""Lessons and study for one CEFR level: Cambridge English, guided learning hours, a rule of thumb."""

_COURSE = {
    "vocational": "A course takes from some weeks to two years (general knowledge; confidence: low).",
    "bachelor": "A bachelor's degree takes three to four years (general knowledge; confidence: low).",
    "master": "A master's degree takes one to two years after a bachelor's (general knowledge; confidence: low).",
}


def gate_step(role: Role, check: Check) -> GrowthStep:
    """What to do about a gate of a role that the person does not meet."""
    return _STEPS[check.name](role, check)


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
    return GrowthStep(
        kind="gate",
        what=f"Make your time count: {role.name} usually asks for {years((needs, needs))} of it, you have {has:g}",
        how=(
            "Keep a log: once a month, one result of yours, with a number where there is one.",
            "Ask which of your earlier jobs count; people often leave out work that does.",
        ),
        how_long=f"{years((needs - has, needs - has))} more, unless earlier work counts.",
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


def _as_number(value: Any) -> float:
    return float(value)


_STEPS: dict[str, Callable[[Role, Check], GrowthStep]] = {
    "english": _english,
    "education": _education,
    "experience": _experience,
    "licence": _licence,
    "typing": _typing,
}

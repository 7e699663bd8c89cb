"""The words of one step of a way: the move, the gaps, the gates, what one is judged by. Renderers clean them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import MOST_STEPS
from bpo_quiz.report import words
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.catalogue.model import Catalogue, Kpi
    from bpo_quiz.guidance.gaps import SkillGap
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.results.result import Report

STATES = {"not met": "not met", "unknown": "to check", "met": "met"}


class Facts(NamedTuple):
    """Lines under a label, such as `Gates`."""

    label: str
    lines: tuple[str, ...]


class Block(NamedTuple):
    """Everything about one step: a title, and labelled facts."""

    title: str
    facts: tuple[Facts, ...]


def step_title(pathway: Pathway, n: int) -> str:
    """`Step 2: up to Team leader, usually after 1-3 years as Quality analyst`; n counts from 1."""
    step = pathway.steps[n - 1]
    before = pathway.steps[n - 2].role if n > 1 else pathway.start
    return f"Step {n}: {move(step, before.name if before else None)}"


def move(step: PathwayStep, before: str | None) -> str:
    """A step in words: `up to Team leader, usually after 1-3 years as Quality analyst`."""
    if step.kind == "back":
        return f"back to {step.role.name}, which often comes before {before}" if before else f"back to {step.role.name}"
    if step.years is None:
        anew = "begin anew as" if before else "enter as"
        return f"{anew} {step.role.name}"
    since = f" as {before}" if before else ""
    return f"{step.kind} to {step.role.name}, usually after {words.years(step.years)}{since}"


def step_block(report: Report, pathway: Pathway, n: int) -> Block:
    """Everything about a step of a way; n counts from 1."""
    return Block(step_title(pathway, n), facts_of(report, pathway.steps[n - 1], served(pathway, n)))


def served(pathway: Pathway, n: int) -> float:
    """Years that one has worked at least when step n of a way begins; n counts from 1."""
    return math.fsum(step.years[0] for step in pathway.steps[:n] if step.years is not None)


def in_short(report: Report, pathway: Pathway) -> list[str]:
    """A way in a line a step: the move, the largest gaps, the gates that are not met yet."""
    return [_in_short(report, step, served(pathway, n)) for n, step in enumerate(pathway.steps, 1)]


def _in_short(report: Report, step: PathwayStep, served: float) -> str:
    grow = f"to grow: {_brief_gaps(report.catalogue, step)}"
    return "; ".join([f"{move(step, None)}: {grow}", *_open_gates(report, step, served)])


def next_block(report: Report, step: PathwayStep, n: int) -> Block:
    """A next step, the best one whole and others in short; n counts from 1, the best."""
    today = report.catalogue.roles[report.about.works_as].name if report.about.works_as else None
    served = step.years[0] if step.years else 0.0
    if n == 1:
        return Block(f"The best: {move(step, today)}", facts_of(report, step, served))
    return Block(f"Or: {move(step, today)}", brief_facts(report, step, served))


def facts_of(report: Report, step: PathwayStep, served: float) -> tuple[Facts, ...]:
    """What a step asks for and how one is judged there; labels without lines are left out.

    Args:
        report: the result that it belongs to.
        step: the step.
        served: years that the steps so far usually take at least.
    """
    role = step.role
    every = (
        Facts("To grow", gap_lines(report.catalogue, step)),
        Facts("Gates", check_lines(step.gates, (report.about.years or 0.0) + served)),
        Facts("Conditions", check_lines(step.conditions)),
        Facts("Judged by", tuple(kpi_line(kpi) for kpi in role.kpis)),
        Facts("It helps", tuple(f"{one.name} ({one.note})" if one.note else one.name for one in role.certificates)),
        Facts("This month", (role.this_month,) if role.this_month else ()),
    )
    return tuple(facts for facts in every if facts.lines)


def brief_facts(report: Report, step: PathwayStep, served: float) -> tuple[Facts, ...]:
    """The same in a few lines: what is in the way, the largest gaps, what one is judged by, certificates."""
    role = step.role
    every = (
        Facts("To grow", (_brief_gaps(report.catalogue, step),)),
        Facts("Gates", _open_gates(report, step, served)),
        Facts("Judged by", (", ".join(kpi.name for kpi in role.kpis),) if role.kpis else ()),
        Facts("It helps", (", ".join(one.name for one in role.certificates),) if role.certificates else ()),
    )
    return tuple(facts for facts in every if facts.lines)


def _open_gates(report: Report, step: PathwayStep, served: float) -> tuple[str, ...]:
    lines = check_lines(step.gates, (report.about.years or 0.0) + served)
    return tuple(line for line in lines if not line.startswith("met:"))


def gap_lines(catalogue: Catalogue, step: PathwayStep, most: int = MOST_STEPS) -> tuple[str, ...]:
    """The largest gaps of a step, a line each, then how many more there are and what is not known."""
    lines = [_gap_line(catalogue, gap) for gap in _shown(step, most)]
    more = sum(whole(gap.gap) > 0 for gap in step.gaps) - len(lines)
    if more > 0:
        lines.append(f"and {more} smaller {'gap' if more == 1 else 'gaps'}")
    if not lines:
        lines.append("nothing that the answers show")
    if step.unknown:
        named = ", ".join(catalogue.skills[skill].name for skill in step.unknown)
        lines.append(f"not known, no answer: {named}")
    return tuple(lines)


def _gap_line(catalogue: Catalogue, gap: SkillGap) -> str:
    name, level = catalogue.skills[gap.skill].name, whole(gap.level)
    score = whole(gap.score or 0.0)
    return f"{name}: {score} to {level}, {level - score} points"


def _brief_gaps(catalogue: Catalogue, step: PathwayStep) -> str:
    named = [f"{catalogue.skills[gap.skill].name} {_points(gap)}" for gap in _shown(step, 3)]
    return ", ".join(named) or "nothing that the answers show"


def _points(gap: SkillGap) -> str:
    return f"+{whole(gap.level) - whole(gap.score or 0.0)}"


def _shown(step: PathwayStep, most: int) -> list[SkillGap]:
    return [gap for gap in step.gaps if whole(gap.level) > whole(gap.score or 0.0)][:most]


def check_lines(checks: Sequence[Check], years: float = 0.0) -> tuple[str, ...]:
    """Gates or conditions, what is in the way first.

    Args:
        checks: as things stand today.
        years: of such work that the person has once the step comes; experience that they cover is no obstacle.
    """
    stated = [(_state(check, years), words.gate(check)) for check in checks]
    order = ("not met", "to check", "comes on the way", "met")
    return tuple(f"{state}: {what}" for each in order for state, what in stated if state == each)


def _state(check: Check, years: float) -> str:
    covered = check.name == "experience" and isinstance(check.needs, int | float) and check.needs <= years
    return "comes on the way" if covered and check.state != "met" else STATES[check.state]


def kpi_line(kpi: Kpi) -> str:
    """A measure with its typical target, who says so, when, and how sure that is."""
    return f"{kpi.name}: {kpi.target} ({kpi.source}, {kpi.year}; confidence: {kpi.confidence})"

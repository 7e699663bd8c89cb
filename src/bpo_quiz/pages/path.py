"""The ways to a role, step by step, or the next step; and what a result says of its way and of what to do next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from bpo_quiz.document import (
    Bullets,
    Detail,
    Document,
    Entries,
    Entry,
    Figure,
    Heading,
    Ladder,
    Paragraph,
    Rung,
    Section,
    Tree,
)
from bpo_quiz.guidance.gaps import MOST_STEPS
from bpo_quiz.guidance.gates import gate, years
from bpo_quiz.guidance.standing import in_the_way
from bpo_quiz.pages.phrases import SILENT, ordered, stated
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import counted, listed, plural, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Kpi, Role
    from bpo_quiz.document import Block
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.guidance.plan import Plan
    from bpo_quiz.guidance.standing import Hurdle
    from bpo_quiz.results.result import Report, RoleStanding
    from bpo_quiz.results.route import Route

MOST_BRIEF = 3
"""Gaps that are named where a step is told in short."""

_BEST_AT = {
    "shortest": "the shortest",
    "smallest gap": "the one with the least to learn",
    "line of sight": "in line of sight",
}
_YEARS_EXPLAINED = (
    "Years are usual years in the role before; time that you have already spent there counts. The shortest way has the "
    "fewest years, where each move counts a year more."
)
_SIGHT_EXPLAINED = (
    "In line of sight: every step goes to a role of the same career path, or up from the role before, to work that you "
    "can usually see from where you are."
)
_POINTS_EXPLAINED = (
    "Points: how far your level (0-100) lies under what the role asks; earlier steps are taken as done. The points to "
    "learn of a whole way weigh each skill by its importance."
)
_NO_WAY_ON = "The catalogue knows no usual move from your role today; ask people who had it where they went."
_NO_WAY = "The catalogue knows no usual way to this role; ask people who have it how they came there."
_NOT_TRUSTED = "Your answers say too little to trust the points below; the steps, gates and years hold all the same."
_NOTHING_TO_GROW = "nothing that the answers show"
_FROM_TODAY = {"enter": "apply", "up": "apply", "across": "apply, a move across", "down": "apply, a step down"}
"""What one does first, where one applies for a role as things stand."""


def page(route: Route, chosen: int = 1, facts: tuple[tuple[str, str], ...] = ()) -> Document:
    """All that `path` tells.

    Args:
        route: the ways to a role, or the next steps.
        chosen: the way that is told in full, counted from 1.
        facts: (label, value) of the session that it is about.
    """
    return Document(_title(route), tuple(_sections(route, chosen)), facts=facts)


def _title(route: Route) -> str:
    if route.goal is None:
        return "Your next step" if route.report.about.works_as else "Where you could begin"
    count = len(route.pathways)
    return f"{count} ways to {route.goal.name}" if count > 1 else f"The way to {route.goal.name}"


def _sections(route: Route, chosen: int) -> Iterator[Section]:
    yield Section("in-short", "", tuple(Paragraph(line) for line in _introduction(route)))
    if not route.pathways and not route.next_steps:
        return
    yield Section("tree", "", (_tree(route),))
    several = len(route.pathways) > 1
    for n, pathway in enumerate(route.pathways, 1):
        title = f"Way {n}, " if several else ""
        told: Block = _whole(route.report, pathway) if n == chosen else Bullets(tuple(_in_short(route.report, pathway)))
        how = "step by step" if n == chosen else "in short"
        yield Section(f"way-{n}", sentence(f"{title}{how}"), (told,))
    if route.next_steps:
        entries = tuple(_next(route.report, step, n) for n, step in enumerate(route.next_steps, 1))
        yield Section("next", "", (Entries(entries),))
    basis: list[Block] = [
        Paragraph(line, "small") for line in _basis(route.report.catalogue, several=bool(route.pathways))
    ]
    if several and route.goal is not None:
        other = 2 if chosen == 1 else 1
        basis.append(Paragraph(f"Another way whole: bpo-quiz path {route.goal.id} --way {other}", "hint"))
    yield Section("basis", "", tuple(basis))


def _introduction(route: Route) -> list[str]:
    """The sentences below the title."""
    report = route.report
    if route.reason in SILENT and not route.next_steps:
        sentence, helps = SILENT[str(route.reason)]
        return [sentence, *helps, "The way to one role can be shown all the same: bpo-quiz path ROLE."]
    if route.reason == "today's role" and route.goal is not None:
        return [f"{route.goal.name} is your role today. {_from_here(route) or _NO_WAY_ON}"]
    if route.reason is not None:
        return [_NO_WAY_ON if route.reason == "no move leads on" else _NO_WAY]
    if route.goal is None:
        return [_from_here(route)]
    lines = [_way_line(pathway, n, len(route.pathways)) for n, pathway in enumerate(route.pathways, 1)]
    return lines if report.silence is None else [*lines, _NOT_TRUSTED]


def _from_here(route: Route) -> str:
    report = route.report
    if not route.next_steps or report.goal is None:
        return ""
    first, goal = route.next_steps[0].role, report.goal.role
    leads = "" if first == goal else f"; it is on the way to {goal.name}"
    return f"Your next step could be {first.name}{leads}."


def _way_line(pathway: Pathway, n: int, count: int) -> str:
    """One way in a line: how many steps, how long, and what it is best at."""
    steps = counted(len(pathway.steps), "step")
    long = f", usually {years(pathway.years)} in all" if pathway.years[1] else ""
    best = listed(_BEST_AT[one] for one in pathway.best_at)
    told = f" Of the known ways it is {best}." if best else ""
    if count == 1:
        return f"{steps}{long}.{told}"
    return f"Way {n}: {steps}{long}, {whole(pathway.gap)} points to learn.{told}"


def _basis(catalogue: Catalogue, several: bool) -> Iterator[str]:
    """What years, points and line of sight mean, and where the years come from."""
    yield _YEARS_EXPLAINED
    if catalogue.years_basis:
        yield catalogue.years_basis
    yield _POINTS_EXPLAINED
    if several:
        yield _SIGHT_EXPLAINED
    yield "Targets are typical and vary by client."


# --- the tree ---


def _tree(route: Route) -> Tree:
    """All ways of a route in one tree, or the next steps; what ways share stands once."""
    if route.pathways:
        numbered = [(pathway.steps, n) for n, pathway in enumerate(route.pathways, 1)]
        return Tree(_root(route.report), _merged(numbered, 0, several=len(numbered) > 1))
    labels = [_label(step) for step in route.next_steps]
    return Tree(_root(route.report), tuple(Tree(one) for one in labels))


def _merged(ways: Sequence[tuple[tuple[PathwayStep, ...], int]], depth: int, *, several: bool) -> tuple[Tree, ...]:
    by_role: dict[str, list[tuple[tuple[PathwayStep, ...], int]]] = {}
    for steps, n in ways:
        if depth < len(steps):
            by_role.setdefault(steps[depth].role.id, []).append((steps, n))
    branches = []
    for group in by_role.values():
        steps, n = group[0]
        end = f" - way {n}" if several and depth == len(steps) - 1 else ""
        branches.append(Tree(f"{_label(steps[depth])}{end}", _merged(group, depth + 1, several=several)))
    return tuple(branches)


def _root(report: Report) -> str:
    today = report.about.works_as
    return f"{report.catalogue.roles[today].name} (today)" if today else f"From outside {report.catalogue.trade}"


def _label(step: PathwayStep) -> str:
    return f"{step.role.name}, {_FROM_TODAY[step.kind] if step.years is None else f'after {years(step.years)}'}"


def _later(catalogue: Catalogue, role: Role) -> Iterator[str]:
    """What a role may lead up to."""
    for edge in role.leads_to:
        yield f"later perhaps {catalogue.roles[edge.role].name}, after {years(edge.years)}"


# --- the steps ---


def _whole(report: Report, pathway: Pathway) -> Entries:
    """A way with everything that each step asks for, and how one is judged there."""
    return Entries(tuple(_step(report, pathway, n) for n in range(1, len(pathway.steps) + 1)), numbered=True)


def _step(report: Report, pathway: Pathway, n: int) -> Entry:
    step = pathway.steps[n - 1]
    before = pathway.steps[n - 2].role if n > 1 else pathway.start
    return Entry(sentence(_move(step, before)), _details(report, step, _served(pathway, n)))


def _next(report: Report, step: PathwayStep, n: int) -> Entry:
    """A next step, the best one whole and others in short; n counts from 1, the best."""
    today = report.catalogue.roles[report.about.works_as] if report.about.works_as else None
    served = step.years[0] if step.years else 0.0
    if n == 1:
        return Entry(f"First: {_move(step, today)}", _details(report, step, served))
    return Entry(f"Or: {_move(step, today)}", _brief_details(report, step, served))


def _move(step: PathwayStep, before: Role | None) -> str:
    """A step in words: `up to Team leader, usually after 1-3 years as Quality analyst`."""
    if step.years is None:
        return f"{_FROM_TODAY[step.kind].replace('apply', f'apply for {step.role.name}')}"
    since = f" as {before.name}" if before else ""
    return f"{step.kind} to {step.role.name}, usually after {years(step.years)}{since}"


def _served(pathway: Pathway, n: int) -> float:
    """Years that one has worked at least when step n of a way begins; n counts from 1."""
    return math.fsum(step.years[0] for step in pathway.steps[:n] if step.years is not None)


def _in_short(report: Report, pathway: Pathway) -> Iterator[str]:
    """A way in a line a step: the move, the largest gaps, the gates that are not met yet."""
    for _n, step in enumerate(pathway.steps, 1):
        open_gates = _lacks(report, step)
        grow = f"{_move(step, None)}: to grow: {_brief_gaps(report.catalogue, step)}"
        yield sentence("; ".join([grow, *open_gates]))


def _details(report: Report, step: PathwayStep, served: float) -> tuple[Detail, ...]:
    """What a step asks for and how one is judged there; `served`: years that the steps so far take at least."""
    role = step.role
    every = (
        Detail("To grow", tuple(_gaps(report.catalogue, step))),
        Detail("Gates", _hurdle_lines(step, served, is_gate=True)),
        Detail("Conditions", _hurdle_lines(step, served, is_gate=False)),
        Detail("Judged by", tuple(map(_kpi, role.kpis))),
        Detail("It helps", tuple(f"{one.name} ({one.note})" if one.note else one.name for one in role.certificates)),
        Detail("This month", (role.this_month,) if role.this_month else ()),
    )
    return tuple(one for one in every if one.lines)


def _brief_details(report: Report, step: PathwayStep, served: float) -> tuple[Detail, ...]:
    """The same in a few lines: the largest gaps, what is in the way, what one is judged by, certificates."""
    role = step.role
    every = (
        Detail("To grow", (_brief_gaps(report.catalogue, step),)),
        Detail("In the way", _lacks(report, step)),
        Detail("Judged by", (", ".join(one.name for one in role.kpis),) if role.kpis else ()),
        Detail("It helps", (", ".join(one.name for one in role.certificates),) if role.certificates else ()),
    )
    return tuple(one for one in every if one.lines)


def _kpi(kpi: Kpi) -> str:
    """A measure with its typical target, who says so, when, and how sure that is."""
    return f"{kpi.name}: {kpi.target} ({kpi.source}, {kpi.year}; confidence: {kpi.confidence})"


def _gaps(catalogue: Catalogue, step: PathwayStep) -> Iterator[str]:
    """The largest gaps of a step, a line each, then how many more there are and what is not known."""
    shown = [(name, now, level) for name, now, level in _levels(catalogue, step) if level > now]
    for name, now, level in shown[:MOST_STEPS]:
        yield f"{name}: {now} to {level}, {level - now} points"
    more = len(shown) - MOST_STEPS
    if more > 0:
        yield f"and {more} smaller {plural(more, 'gap')}"
    if not shown:
        yield _NOTHING_TO_GROW
    if step.unknown:
        yield f"not known, no answer: {', '.join(catalogue.skills[skill].name for skill in step.unknown)}"


def _brief_gaps(catalogue: Catalogue, step: PathwayStep) -> str:
    named = [f"{name} +{level - now}" for name, now, level in _levels(catalogue, step) if level > now]
    return ", ".join(named[:MOST_BRIEF]) or _NOTHING_TO_GROW


def _levels(catalogue: Catalogue, step: PathwayStep) -> Iterator[tuple[str, int, int]]:
    """(skill, where the person is, what is asked), as whole points."""
    for gap in step.gaps:
        yield catalogue.skills[gap.skill].name, whole(gap.score or 0.0), whole(gap.level)


def _hurdle_lines(step: PathwayStep, served: float, *, is_gate: bool) -> tuple[str, ...]:
    """Gates or conditions as things stand today, what is in the way first; `served`: years that the way takes first."""
    found = ordered(one for one in step.outlook.hurdles if one.is_gate == is_gate)
    return tuple(f"{_said(one, served)}: {gate(one.check)}" for one in found)


def _said(hurdle: Hurdle, served: float) -> str:
    """How a gate or condition stands; years that the way itself takes are no obstacle."""
    check = hurdle.check
    if check.name == "experience" and isinstance(check.needs, int | float):
        if check.state == "met":
            return "you already have these"
        if check.needs <= served:
            return "comes on the way"
    return stated(hurdle).text


def _lacks(report: Report, step: PathwayStep) -> tuple[str, ...]:
    """What is in the way of a step today, gaps left out: they are told."""
    gates = step.outlook._replace(short_of=None, is_unready=False)
    return in_the_way(report.catalogue, gates)


# --- what a result says ---


def way(report: Report, standing: RoleStanding) -> Section:
    """The way to the role step by step, drawn and told, and other ways in short; for paper."""
    title = f"The way to {standing.role.name}"
    if not report.pathways:
        return Section("way", title, (Paragraph(_NO_WAY),))
    first, *others = report.pathways
    blocks: list[Block] = [
        Paragraph(_way_line(first, 1, 1)),
        Figure(title, Ladder(tuple(_rungs(report, first)))),
        _whole(report, first),
    ]
    if standing.role.leads_to:
        blocks.append(Bullets(tuple(map(sentence, _later(report.catalogue, standing.role)))))
    if others:
        entries = [
            Entry(_way_line(one, n, 2), tuple(Detail("", (line,)) for line in _in_short(report, one)))
            for n, one in enumerate(others, 2)
        ]
        blocks += [Heading("Other ways"), Entries(tuple(entries))]
    blocks.append(Paragraph(" ".join(_basis(report.catalogue, several=bool(others))), "small"))
    return Section("way", title, tuple(blocks))


def _rungs(report: Report, pathway: Pathway) -> Iterator[Rung]:
    goal = pathway.steps[-1]
    if pathway.start is not None:
        yield Rung("start", pathway.start.name, "your role today")
    for step in pathway.steps:
        place: Literal["goal", "step"] = "goal" if step is goal else "step"
        when = _FROM_TODAY[step.kind] if step.years is None else f"{step.kind}, usually after {years(step.years)}"
        yield Rung(place, step.role.name, when)
    for edge in goal.role.leads_to:
        yield Rung("later", report.catalogue.roles[edge.role].name, f"later perhaps, after {years(edge.years)}")


def way_in_short(report: Report, standing: RoleStanding) -> Section:
    """The same for a screen: a tree, and a few lines a step."""
    title = f"The way to {standing.role.name}"
    if not report.pathways:
        return Section("way", title, (Paragraph(_NO_WAY),))
    first = report.pathways[0]
    branches = tuple(Tree(line, dim=True) for line in _later(report.catalogue, standing.role))
    for step in reversed(first.steps):
        branches = (Tree(_label(step), branches),)
    steps = [
        Entry(step.role.name, _brief_details(report, step, _served(first, n))) for n, step in enumerate(first.steps, 1)
    ]
    others = ", and other ways" if len(report.pathways) > 1 else ""
    blocks: list[Block] = [Tree(_root(report), branches), Entries(tuple(steps))]
    if report.catalogue.years_basis:
        blocks.append(Paragraph(report.catalogue.years_basis, "small"))
    blocks.append(Paragraph(f"Each step in full{others}: bpo-quiz path {standing.role.id}", "small"))
    return Section("way", title, tuple(blocks))


def plan(catalogue: Catalogue, made: Plan, most_how: int | None = None) -> Iterator[Section]:
    """What to do next, examples to have ready, questions for a talk; what is empty is left out.

    Args:
        catalogue: that the plan was made with.
        made: the plan.
        most_how: how many ways to do a step are listed; None: all.
    """
    if made.steps:
        yield Section("next", "What to do next", (Entries(tuple(_plan_steps(made, most_how)), numbered=True),))
    if made.evidence_prompts:
        said = Paragraph("You rated these high. One true example of each says more than the number.")
        lines = [f"{catalogue.skills[one.skill].name}: {one.question}" for one in made.evidence_prompts]
        yield Section("examples", "Examples to have ready", (said, Bullets(tuple(lines))))
    if made.talk_questions:
        yield Section("talk", "Questions for a talk", (Bullets(made.talk_questions),))


def _plan_steps(made: Plan, most_how: int | None) -> Iterator[Entry]:
    """How long is said once where several steps say the same."""
    said: set[str] = set()
    for step in made.steps:
        long = () if step.how_long in said else (step.how_long,)
        said.add(step.how_long)
        every = (Detail("How", step.how[:most_how]), Detail("How long", long), Detail("To show", (step.evidence,)))
        yield Entry(step.what, tuple(one for one in every if one.lines))

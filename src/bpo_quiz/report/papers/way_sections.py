"""The sections of a result about the first new role: why it stands there, the way to it, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bpo_quiz.document import Bullets, Detail, Entries, Entry, Figure, Heading, Ladder, Paragraph, Rung, Section
from bpo_quiz.report import words
from bpo_quiz.report.way import plan_words, step_words, way_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.document import Block
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.report.way.step_words import Facts
    from bpo_quiz.results.result import Report, RoleStanding


def way(report: Report, standing: RoleStanding) -> Section:
    """The way to the role step by step, drawn and told, and other ways in short."""
    title = f"The way to {standing.role.name}"
    if not report.pathways:
        return Section("way", title, (Paragraph(way_words.NO_WAY),))
    first, *others = report.pathways
    blocks: list[Block] = [
        Paragraph(way_words.way_line(first, 1, 1)),
        Figure(title, Ladder(tuple(_rungs(report, first)))),
        Entries(tuple(_step(report, first, n) for n in range(1, len(first.steps) + 1)), numbered=True),
    ]
    later = [_sentence(line) for line in way_words.later(report.catalogue, standing.role)]
    if later:
        blocks.append(Bullets(tuple(later)))
    if others:
        blocks += [Heading("Other ways"), Entries(tuple(_other(report, one, n) for n, one in enumerate(others, 2)))]
    basis = way_words.basis_lines(report.catalogue, several=bool(others))
    blocks.append(Paragraph(" ".join(basis), "small"))
    return Section("way", title, tuple(blocks))


def _rungs(report: Report, pathway: Pathway) -> Iterator[Rung]:
    goal = pathway.steps[-1]
    if pathway.start is not None:
        yield Rung("start", pathway.start.name, "your role today")
    for step in pathway.steps:
        place: Literal["goal", "step"] = "goal" if step is goal else "step"
        yield Rung(place, step.role.name, _when(step) + ("; fits you best" if step is goal else ""))
    for edge in goal.role.leads_to:
        yield Rung("later", report.catalogue.roles[edge.role].name, f"later perhaps, after {words.years(edge.years)}")


def _when(step: PathwayStep) -> str:
    return "start here" if step.years is None else f"{step.kind}, usually after {words.years(step.years)}"


def _step(report: Report, pathway: Pathway, n: int) -> Entry:
    block = step_words.step_block(report, pathway, n)
    return Entry(_sentence(block.title.removeprefix(f"Step {n}: ")), tuple(_details(block.facts)))


def _other(report: Report, pathway: Pathway, n: int) -> Entry:
    steps = step_words.in_short(report, pathway)
    return Entry(way_words.way_line(pathway, n, 2), tuple(Detail("", (_sentence(step),)) for step in steps))


def _details(facts: Sequence[Facts]) -> Iterator[Detail]:
    for one in facts:
        yield Detail(one.label, one.lines)


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]


def plan(report: Report) -> Iterator[Section]:
    """What to do next, examples to have ready, questions for a talk; what is empty is left out."""
    made = report.plan
    if made.steps:
        entries = tuple(
            Entry(
                block.title.removeprefix(f"{n}. "),
                tuple(_details(block.facts)),
            )
            for n, block in enumerate(plan_words.step_blocks(made), 1)
        )
        yield Section("next", plan_words.TITLE, (Entries(entries, numbered=True),))
    if made.evidence_prompts:
        lines = Bullets(tuple(plan_words.evidence_lines(report.catalogue, made)))
        yield Section("examples", plan_words.EVIDENCE_TITLE, (Paragraph(plan_words.EVIDENCE_EXPLAINED), lines))
    if made.talk_questions:
        yield Section("talk", plan_words.TALK_TITLE, (Bullets(made.talk_questions),))

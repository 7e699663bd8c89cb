"""A result as CSV for a spreadsheet: one number a row, not rounded, so that it can be filtered and pivoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.guidance.gates import gate
from bpo_quiz.pages.phrases import on_top
from bpo_quiz.records.text import csv_text
from bpo_quiz.wording import note_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.records.text import Cell
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report, RoleStanding

COLUMNS = ("section", "rank", "id", "name", "measure", "value")
"""`value` is a number wherever the measure is one, and empty where it is not known."""

Row = tuple["Cell", ...]


def result_csv(report: Report, occasion: Occasion, *, counsellor: bool, with_name: bool) -> str:
    """The whole result; the counsellor's has the alias and the notes."""
    return csv_text(
        [
            COLUMNS,
            *_session(report, occasion, with_name=counsellor or with_name),
            *_flags(report),
            *_paths(report),
            *(row for one in report.roles for row in _role(one)),
            *_profile(report),
            *_readiness(report),
            *_way(report),
            *_plan(report),
            *(_notes(occasion) if counsellor else ()),
        ]
    )


def _session(report: Report, occasion: Occasion, with_name: bool) -> Iterator[Row]:
    catalogue = report.catalogue
    facts: tuple[tuple[str, Cell], ...] = (
        ("client", occasion.alias if with_name else None),
        ("code", occasion.code),
        ("date", None if occasion.date is None else occasion.date[:10]),
        ("form", report.form),
        ("answered", report.answered),
        ("asked", report.asked),
        ("catalogue_name", catalogue.name),
        ("catalogue_version", catalogue.version),
        ("catalogue_sha256", catalogue.sha256),
        ("silence", report.silence),
        ("summary", " ".join(on_top(report))),
    )
    yield from (("session", None, None, None, measure, value) for measure, value in facts)


def _flags(report: Report) -> Iterator[Row]:
    for flag in report.flags:
        yield ("flag", None, None, flag.rule, "value", flag.value)
        yield ("flag", None, None, flag.rule, "limit", flag.limit)


def _paths(report: Report) -> Iterator[Row]:
    for row in report.paths:
        start: Row = ("path", row.rank, row.path, report.catalogue.paths[row.path].name)
        yield (*start, "p_first", row.p_first)
        yield (*start, "total", row.best.fit.total)
        yield (*start, "match", row.best.fit.match)
        yield (*start, "readiness", row.best.fit.readiness)
        yield (*start, "best_role", row.best.role.id)


def _role(one: RoleStanding) -> Iterator[Row]:
    start: Row = ("role", one.rank, one.role.id, one.role.name)
    fit = one.fit
    numbers: tuple[tuple[str, Cell], ...] = (
        ("p_first", one.p_first),
        ("p_top3", one.p_top3),
        ("total", fit.total),
        ("match", fit.match),
        ("interest", fit.interest),
        ("readiness", fit.readiness),
        ("known", fit.known),
        ("standing", one.outlook.state),
        ("about_equal", "yes" if one.about_equal else "no"),
    )
    yield from ((*start, measure, value) for measure, value in numbers)
    for hurdle in one.outlook.hurdles:
        kind = "gate" if hurdle.is_gate else "condition"
        yield (*start, f"{kind}, {hurdle.often}: {gate(hurdle.check)}", hurdle.check.state)


def _profile(report: Report) -> Iterator[Row]:
    for skill in report.profile.skills:
        start: Row = ("skill", None, skill.skill, report.catalogue.skills[skill.skill].name)
        yield (*start, "score", skill.score)
        yield (*start, "se", skill.se)
        yield (*start, "answered", skill.answered)
    for liked in report.profile.interests:
        start = ("interest", None, liked.interest, report.catalogue.interests[liked.interest].name)
        yield (*start, "score", liked.score)
        yield (*start, "answered", liked.answered)


def _readiness(report: Report) -> Iterator[Row]:
    """For the role that is spoken of first: what Readiness is made of, and what Match lost, skill by skill."""
    if report.goal is None:
        return
    fit, skills = report.goal.fit, report.catalogue.skills
    for share in fit.shares:
        start: Row = ("goal", None, share.skill, skills[share.skill].name)
        yield (*start, "level", share.level)
        yield (*start, "readiness_points", share.had)
        yield (*start, "missing_points", share.missing)
    for cost in fit.costs:
        yield ("goal", None, cost.skill, skills[cost.skill].name, "match_cost", cost.points)
    yield ("goal", None, None, None, "level_cost", fit.level_cost)


def _way(report: Report) -> Iterator[Row]:
    """The steps of the first way, and what each asks beyond what the person has."""
    for n, step in enumerate(report.pathways[0].steps if report.pathways else (), 1):
        start: Row = ("way", n, step.role.id, step.role.name)
        yield (*start, "kind", step.kind)
        yield (*start, "years_from", step.years[0] if step.years else None)
        yield (*start, "years_to", step.years[1] if step.years else None)
        for gap in step.gaps:
            gap_start: Row = ("way_gap", n, gap.skill, report.catalogue.skills[gap.skill].name)
            yield (*gap_start, "score", gap.score)
            yield (*gap_start, "level", gap.level)


def _plan(report: Report) -> Iterator[Row]:
    for n, step in enumerate(report.plan.steps, 1):
        start: Row = ("next", n, step.skill, step.what)
        yield from ((*start, "how", how) for how in step.how)
        yield (*start, "how_long", step.how_long)
        yield (*start, "evidence", step.evidence)
    for n, prompt in enumerate(report.plan.evidence_prompts, 1):
        yield ("example", n, prompt.skill, report.catalogue.skills[prompt.skill].name, "question", prompt.question)
    for n, question in enumerate(report.plan.talk_questions, 1):
        yield ("talk", n, None, None, "question", question)


def _notes(occasion: Occasion) -> Iterator[Row]:
    for note in occasion.notes:
        about = "about this session" if note.is_about_session else "about the client"
        yield ("note", None, None, about, note.written[:10], " ".join(note_lines(note.text)))

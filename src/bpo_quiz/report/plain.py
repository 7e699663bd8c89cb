"""A result as plain lines: no boxes, no bars, one fact after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.report import words
from bpo_quiz.report.way import way_plain, way_words
from bpo_quiz.results.points import PointRow, readiness_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.results.result import Report, RoleStanding


def result(report: Report, top: int) -> Iterator[str]:
    """The lines of a result; empty lines part the sections. `top`: how many roles are listed."""
    for line in _lines(report, top):
        yield clean(line)


def _lines(report: Report, top: int) -> Iterator[str]:
    yield "Your result."
    yield words.headline(report)
    if report.silence is not None or report.headline is None:
        yield f"Answered: {report.answered} of {report.asked}."
        yield from words.SILENT[report.silence or "too few answers"][1]
    else:
        if report.certainty.word == "open":
            yield from words.open_page(report)
        yield from words.flags(report)
        yield ""
        yield f"Career paths, {len(report.paths)}, best first."
        yield from paths(report)
        yield ""
        yield f"Roles, the first {min(top, len(report.roles))} of {len(report.roles)}."
        yield from roles(report, top)
        yield f"{words.NUMBERS_EXPLAINED} {words.ORDER[report.form]}"
        yield words.REACH_EXPLAINED
        yield ""
        yield f"Strengths and gaps for {report.headline.role.name}."
        yield from strengths_and_gaps(report.catalogue, report.headline)
        yield from _way(report, report.headline)
    yield ""
    yield words.NOT_A_VERDICT


def paths(report: Report) -> Iterator[str]:
    """The career paths, one line each."""
    for row in report.paths:
        name = report.catalogue.paths[row.path].name
        entry = f" Enter by: {row.entry.name}." if row.entry else ""
        chance = f"Chance to be best: {words.chance(row.p_first)}."
        best = f"Best role: {row.best.role.name}."
        yield f"{row.rank or 'Not ranked'}. {name}. {chance} {_numbers(row.best)} {best}{entry}"


def _numbers(standing: RoleStanding) -> str:
    fit = standing.fit
    if fit.total is None or fit.match is None or fit.readiness is None:
        return "Too few answers."
    return f"Total {whole(fit.total)}. Match {whole(fit.match)}. Readiness {whole(fit.readiness)}."


def roles(report: Report, top: int) -> Iterator[str]:
    """The first roles, each with what is not met or to check on lines of their own."""
    shared = len(report.certainty.about_equal) > 1
    for one in report.roles[:top]:
        today = " Your role today." if one.is_today else f" Reach: {words.REACH[one.reach]}."
        equal = " About equal at the top." if one.about_equal and shared else ""
        chance = f"Chance to be first: {words.chance(one.p_first)}."
        yield f"{one.rank or 'Not ranked'}. {one.role.name}. {chance}{equal} {_numbers(one)}{today}"
        for state, what in words.checks(one):
            if state != "met":
                yield f"   {state}: {what}."


def strengths_and_gaps(catalogue: Catalogue, standing: RoleStanding) -> Iterator[str]:
    """What Readiness is made of, and what is missing."""
    points = readiness_points(standing.fit)
    had, missing = points.readiness, 100 - points.readiness
    yield f"Readiness {had} of 100, {words.band(standing.fit.readiness or 0)}.{_MADE_OF if had else ''}"
    yield from _point_lines(catalogue, points.strengths, points.other_had)
    yield f"Missing to 100: {missing}.{_MADE_OF if missing else ''}"
    yield from _point_lines(catalogue, points.gaps, points.other_missing)


_MADE_OF = " It is made of:"


def _point_lines(catalogue: Catalogue, rows: Iterable[PointRow], other: int) -> Iterator[str]:
    yield from (_point_line(catalogue, row) for row in rows)
    if other:
        yield f"   All other skills: {other} points."


def _point_line(catalogue: Catalogue, row: PointRow) -> str:
    name = catalogue.skills[row.skill].name
    return f"   {name}: {row.points} points. You {whole(row.score)}, the role asks {whole(row.level)}."


def _way(report: Report, standing: RoleStanding) -> Iterator[str]:
    yield ""
    yield f"The way to {standing.role.name}."
    if not report.pathways:
        yield way_words.NO_WAY
    for pathway in report.pathways[:1]:
        yield from way_plain.way(report, pathway, brief=True)
    yield from (f"{line}." for line in way_words.later(report.catalogue, standing.role))
    yield from way_words.result_basis(report)
    yield from way_plain.plan(report.catalogue, report.plan)

"""An explanation as plain lines: one fact after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.report import words
from bpo_quiz.report.why import why_words
from bpo_quiz.report.why.why_points import interest_points, lead_points, match_points, total_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.explain import Against, Explanation


def page(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """The lines of an explanation; empty lines part the sections."""
    for line in _lines(catalogue, explanation):
        yield clean(line)


def _lines(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    yield f"{why_words.title(explanation)}."
    yield why_words.paragraph(catalogue, explanation)
    if not why_words.is_explained(explanation):
        yield from why_words.helps(explanation)
        return
    yield from _section("Where the 100 points of Match are", match(catalogue, explanation))
    yield why_words.KINDS_EXPLAINED
    yield from _section("From Match to Total", total(explanation))
    if explanation.interests:
        yield from _section("Interests", interests(catalogue, explanation))
        yield why_words.INTERESTS_EXPLAINED
    if explanation.against is not None:
        yield from _section(why_words.beside(explanation.against), beside(catalogue, explanation, explanation.against))
    yield from _section("Gates and conditions", gates(explanation))
    yield ""
    yield f"{why_words.ONE_STEP}."
    for answer, steps in why_words.moves(catalogue, explanation):
        yield answer
        yield from (f"   {step}" for step in steps)
    if explanation.still_open:
        yield from _section(why_words.STILL_OPEN, iter(why_words.still_open(catalogue, explanation)))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield f"{title}."
    yield from lines


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def match(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """Match and what takes from it."""
    shown = match_points(explanation)
    yield f"   Match: {_points(shown.match)}."
    for cost, count in zip(shown.costs, shown.points, strict=True):
        sides = f"You {whole(cost.score)}, the role asks {whole(cost.level)}."
        yield f"   {catalogue.skills[cost.skill].name}, {why_words.kind(cost)}: {_points(count)}. {sides}"
    if shown.other_count:
        yield f"   All other skills ({shown.other_count}): {_points(shown.other)}."
    yield f"   General level: {_points(shown.level)}; {why_words.level_line(explanation)}."


def total(explanation: Explanation) -> Iterator[str]:
    """How Total is put together."""
    shown, fit = total_points(explanation), explanation.fit
    share = whole(100 * explanation.interest_weight)
    yield f"   Match {whole(fit.match or 0)} at {100 - share} %: {_points(shown.from_match)}."
    if fit.interest is not None:
        yield f"   Interest {whole(fit.interest)} at {share} %: {_points(shown.from_interest)}."
    yield f"   Total: {_points(shown.total)}."


def interests(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """Interest and what takes from it."""
    interest, points = interest_points(explanation)
    yield f"   Interest: {_points(interest)}."
    for cost, count in zip(explanation.interests, points, strict=True):
        name = catalogue.interests[cost.interest].name
        sides = f"You {whole(cost.score)}, the role offers {whole(cost.level)}."
        yield f"   {name}, {why_words.interest_kind(cost, count)}: {_points(count)}. {sides}"


def beside(catalogue: Catalogue, explanation: Explanation, against: Against) -> Iterator[str]:
    """What speaks for the role and what against it, beside its rival."""
    shown = lead_points(explanation, against)
    yield "   In points of Total."
    for side, parts in (("For it", shown.for_it), ("Against it", shown.against_it)):
        for part, count in parts:
            yield f"   {side}: {why_words.part_name(catalogue, part)}, {why_words.signed(count)}."
    yield f"   All else: {why_words.signed(shown.other)}."
    yield f"   Together: {why_words.signed(shown.lead)}."


def gates(explanation: Explanation) -> Iterator[str]:
    """What stands beside the role."""
    every = words.ordered((*explanation.gates, *explanation.conditions))
    yield from (f"   {state}: {what}." for state, what in every)
    if not every:
        yield "   None."

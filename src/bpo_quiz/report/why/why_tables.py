"""An explanation as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import words
from bpo_quiz.report.pieces import Fitting, bullets, heading, nested, number, table, text
from bpo_quiz.report.why import why_plain, why_words
from bpo_quiz.report.why.why_points import interest_points, lead_points, match_points, total_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.explain import Against, Explanation

_STYLES = {"not met": "red", "to check": "yellow", "met": "green"}


def page(catalogue: Catalogue, explanation: Explanation) -> Iterator[RenderableType]:
    """The paragraph first, then the points, the answers and what is still open."""
    yield heading(why_words.title(explanation))
    yield text(why_words.paragraph(catalogue, explanation))
    if not why_words.is_explained(explanation):
        yield from bullets(why_words.helps(explanation))
        return
    yield from _match(catalogue, explanation)
    yield from _total(explanation)
    if explanation.interests:
        yield from _interests(catalogue, explanation)
    if explanation.against is not None:
        yield from _beside(catalogue, explanation, explanation.against)
    yield heading("Gates and conditions")
    every = words.ordered((*explanation.gates, *explanation.conditions))
    yield from (text(f"{state}: {what}", _STYLES[state]) for state, what in every)
    if not every:
        yield text("None.")
    yield heading(why_words.ONE_STEP)
    yield nested(why_words.moves(catalogue, explanation))
    if explanation.still_open:
        yield heading(why_words.STILL_OPEN)
        yield from bullets(why_words.still_open(catalogue, explanation))


def _match(catalogue: Catalogue, explanation: Explanation) -> Iterator[RenderableType]:
    shown = match_points(explanation)
    yield heading("Where the 100 points of Match are")
    grid = table(("", "whole"), ("You", "right"), ("Role asks", "right"), ("For you", "whole"), ("Points", "right"))
    grid.add_row(text("Match", "bold"), "", "", "", text(str(shown.match), "bold"))
    for cost, count in zip(shown.costs, shown.points, strict=True):
        name = text(catalogue.skills[cost.skill].name)
        grid.add_row(name, number(cost.score), number(cost.level), why_words.kind(cost), str(count))
    if shown.other_count:
        grid.add_row(f"all other skills ({shown.other_count})", "", "", "", str(shown.other))
    grid.add_row("general level", "", "", "", str(shown.level), end_section=True)
    grid.add_row("together", "", "", "", "100")
    yield Fitting(grid, list(why_plain.match(catalogue, explanation)))
    yield text(f"{why_words.KINDS_EXPLAINED} General level: {why_words.level_line(explanation)}.", "dim")


def _total(explanation: Explanation) -> Iterator[RenderableType]:
    shown, fit = total_points(explanation), explanation.fit
    share = whole(100 * explanation.interest_weight)
    yield heading("From Match to Total")
    grid = table(("", "whole"), ("Of 100", "right"), ("Weight", "right"), ("Points", "right"))
    grid.add_row("Match", number(fit.match), f"{100 - share} %", str(shown.from_match))
    if fit.interest is not None:
        grid.add_row("Interest", number(fit.interest), f"{share} %", str(shown.from_interest), end_section=True)
    grid.add_row(text("Total", "bold"), "", "", text(str(shown.total), "bold"))
    yield Fitting(grid, list(why_plain.total(explanation)))


def _interests(catalogue: Catalogue, explanation: Explanation) -> Iterator[RenderableType]:
    interest, points = interest_points(explanation)
    yield heading("Interests")
    grid = table(("", "whole"), ("You", "right"), ("Role offers", "right"), ("For you", "whole"), ("Points", "right"))
    grid.add_row(text("Interest", "bold"), "", "", "", text(str(interest), "bold"))
    for cost, count in zip(explanation.interests, points, strict=True):
        name = text(catalogue.interests[cost.interest].name)
        grid.add_row(name, number(cost.score), number(cost.level), why_words.interest_kind(cost, count), str(count))
    yield Fitting(grid, list(why_plain.interests(catalogue, explanation)))
    yield text(why_words.INTERESTS_EXPLAINED, "dim")


def _beside(catalogue: Catalogue, explanation: Explanation, against: Against) -> Iterator[RenderableType]:
    shown = lead_points(explanation, against)
    yield heading(why_words.beside(against))
    grid = table(("", "whole"), ("", "whole"), ("Points of Total", "right"))
    for side, parts in (("for it", shown.for_it), ("against it", shown.against_it)):
        for part, count in parts:
            grid.add_row(side, text(why_words.part_name(catalogue, part)), why_words.signed(count))
    grid.add_row("", "all else", why_words.signed(shown.other), end_section=True)
    grid.add_row("", text("together", "bold"), text(why_words.signed(shown.lead), "bold"))
    yield Fitting(grid, list(why_plain.beside(catalogue, explanation, against)))

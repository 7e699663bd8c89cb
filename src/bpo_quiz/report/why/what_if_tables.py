"""A what-if as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.pieces import Fitting, bullets, heading, number, table, text
from bpo_quiz.report.why import what_if_plain, what_if_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Moved, WhatIf


def what_if(catalogue: Catalogue, found: WhatIf, top: int) -> Iterator[RenderableType]:
    """The ranking with other levels, beside the places of now."""
    yield heading(what_if_words.what_if_title(catalogue, found))
    silence = what_if_words.silence(found)
    if silence is not None:
        yield text(silence[0], "bold yellow")
        yield from bullets(silence[1])
        return
    yield text(what_if_words.what_if_paragraph(found, top))
    yield heading(f"Roles, the first {top} then or now")
    grid = table(
        ("Then", "right"), ("Now", "right"), ("Role", "whole"), ("Total", "right"), ("Match", "right"),
        ("Ready", "right"), ("Gates not met", "left"),
    )  # fmt: skip
    for one in what_if_words.listed(found, top):
        grid.add_row(*_cells(one))
    yield Fitting(grid, list(what_if_plain.roles(found, top)))
    yield text(what_if_words.NUMBERS, "dim")


def _cells(moved: Moved) -> list[RenderableType]:
    before, after = moved.before, moved.after
    return [
        number(moved.rank_after),
        number(moved.rank_before),
        text(f"{moved.role.name} (today)" if moved.is_today else moved.role.name),
        what_if_words.changed_number(before.total, after.total),
        what_if_words.changed_number(before.match, after.match),
        what_if_words.changed_number(before.readiness, after.readiness),
        text(what_if_words.closed_gates(moved), "red"),
    ]


def reach(catalogue: Catalogue, found: Sequence[LeastRaises], form: str, code: str | None) -> Iterator[RenderableType]:
    """What it would take, goal by goal."""
    yield heading(what_if_words.reach_title(found[0].after.role))
    for one in found:
        yield heading(what_if_words.goal_title(one))
        yield text(what_if_words.goal_sentences(catalogue, one))
        if one.raises:
            yield Fitting(_raises(catalogue, one), list(what_if_plain.raises(catalogue, one)))
        yield from (text(line) for line in what_if_words.goal_end(one, code))
    yield text("")
    yield from (text(line) for line in what_if_words.reach_end(found, form))


def _raises(catalogue: Catalogue, found: LeastRaises) -> Table:
    grid = table(("Skill", "whole"), ("Now", "right"), ("To", "right"), ("Points", "right"), ("Role asks", "right"))
    counts = what_if_words.shown_points(found)
    for one, count in zip(found.raises, counts, strict=True):
        name = text(catalogue.skills[one.skill].name)
        grid.add_row(name, number(one.score), number(one.level), f"{count:+d}", number(one.asked))
    grid.add_section()
    grid.add_row("together", "", "", f"{sum(counts):+d}", "")
    return grid

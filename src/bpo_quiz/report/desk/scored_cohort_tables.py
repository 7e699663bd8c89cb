"""A scored cohort as Rich renderables, 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.desk.cohort_tables import kind_rows, signs_table
from bpo_quiz.report.desk.small_counts import FEWEST
from bpo_quiz.report.pieces import heading, table, text
from bpo_quiz.scoring.rounding import add_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bpo_quiz.report.desk.scored_cohort import ScoredCohort

TOO_FEW = f"There are fewer than {FEWEST} sheets that can be read, so nothing is shown."
_EXPLAINED = (
    f"Each sheet counts as one person. Counts under {FEWEST} are never shown: small ones are put together, with others "
    "where needed, so that none can be worked out. A scored file does not hold skill scores, what people told about "
    "themselves, or how sure an order is; so strengths, gaps and reach cannot be shown here. Only sheets with times "
    "can be told to be too fast."
)


def scored_cohort(found: ScoredCohort) -> Iterator[RenderableType]:
    """The whole cohort."""
    if found.paths is None or found.people is None:
        yield text(TOO_FEW)
        return
    yield heading(f"Everyone: {found.people} people")
    grid = table(("Career path first", "left"), ("People", "right"), ("%", "right"))
    rows = list(kind_rows(found.paths, found.path_names))
    for (label, count), percent in zip(rows, add_up([100 * n / found.people for _, n in rows], 100), strict=True):
        grid.add_row(text(label), str(count), str(percent))
    yield grid
    yield from signs_table(found.signs)
    for why, people in found.unread.items():
        if people is not None:
            yield text(f"Not counted in, because the answers cannot be read ({why}): {people}.")
    yield text(_EXPLAINED, "dim")

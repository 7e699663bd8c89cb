"""Kept sessions as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.tables import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bpo_quiz.store.records import SessionRow


def session_list(rows: Sequence[SessionRow]) -> Iterator[RenderableType]:
    """The sessions, as they come."""
    if not rows:
        yield text("No session was found. bpo-quiz start begins one.")
        return
    grid = table(
        ("Code", "left"), ("Client", "left"), ("Tag", "left"), ("Began (UTC)", "left"), ("Form", "left"),
        ("Answered", "right"), ("State", "left"),
    )  # fmt: skip
    for row in rows:
        grid.add_row(
            text(row.code), text(row.client or "-"), text(row.tag or "-"), text(row.started[:16].replace("T", " ")),
            text(row.form), text("-" if row.answered is None else str(row.answered)), text(_state(row)),
        )  # fmt: skip
    yield grid


def _state(row: SessionRow) -> str:
    if row.is_damaged:
        return "damaged"
    return "finished" if row.finished else "can go on"

"""Kept sessions as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.report.pieces import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType


def session_list(rows: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """The sessions, as they come: records with the keys that `list --format json` has."""
    if not rows:
        yield text("No session was found. bpo-quiz start begins one.")
        return
    grid = table(
        ("Code", "left"), ("Client", "left"), ("Tag", "left"), ("Began (UTC)", "left"), ("Form", "left"),
        ("Answered", "right"), ("State", "left"),
    )  # fmt: skip
    for row in rows:
        grid.add_row(
            text(row["code"]), text(row["client"] or "-"), text(row["tag"] or "-"),
            text(row["started"][:16].replace("T", " ")), text(row["form"]),
            text("-" if row["answered"] is None else str(row["answered"])), text(_state(row)),
        )  # fmt: skip
    yield grid


def _state(row: Mapping[str, Any]) -> str:
    if row["answered"] is None:
        return "damaged"
    return "finished" if row["finished"] else "can go on"

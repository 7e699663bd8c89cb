"""What the doctor found as Rich renderables, 80 columns: the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bpo_quiz.report.pieces import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

_STYLES = {"broken": "bold red", "look at this": "yellow", "fine": "green"}


class Line(Protocol):
    """A finding."""

    @property
    def what(self) -> str:
        """The thing that was looked at."""

    @property
    def state(self) -> str:
        """`fine`, `look at this` or `broken`."""

    @property
    def found(self) -> str:
        """What is there."""

    @property
    def remedy(self) -> str:
        """What to do; empty where all is fine."""


def diagnosis(findings: Sequence[Line]) -> Iterator[RenderableType]:
    """All findings, those that need somebody first."""
    grid = table(("State", "left"), ("What", "left"), ("Found, and what to do", "left"))
    order = list(_STYLES)
    for one in sorted(findings, key=lambda finding: order.index(finding.state)):
        words = f"{one.found}. To do: {one.remedy}" if one.remedy else one.found
        grid.add_row(text(one.state, _STYLES[one.state]), text(one.what), text(words))
    yield grid
    yield text(_summary(findings), "bold")


def _summary(findings: Sequence[Line]) -> str:
    broken, look = (sum(one.state == state for one in findings) for state in ("broken", "look at this"))
    if broken:
        return f"Broken: {broken}. Worth a look: {look}."
    return f"Nothing is broken. Worth a look: {look}." if look else "All is fine."

"""What the charts show; levels are 0-100."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Bar(NamedTuple):
    """One bar.

    Attributes:
        name: what it is about. shown: its numbers in short. told: its numbers in words, for who cannot see the bar.
        level: how long it is; None where it is not known.
        outer: how long its paler part is, if any.
        mark: where a line crosses it, if any.
        error: how far the level may be off either way, points, if that is to be shown.
    """

    name: str
    shown: str
    told: str
    level: float | None
    outer: float | None = None
    mark: float | None = None
    error: float | None = None


class BarGroup(NamedTuple):
    """Bars that belong together; a title may be empty."""

    title: str
    bars: tuple[Bar, ...]


class BarChart(NamedTuple):
    """Groups of bars; what is None is not used, and needs no key."""

    groups: tuple[BarGroup, ...]
    level_means: str
    outer_means: str | None = None
    mark_means: str | None = None
    error_means: str | None = None


Place = Literal["start", "step", "goal", "later"]


class Rung(NamedTuple):
    """One role on a way, and what is said of it."""

    place: Place
    name: str
    note: str


class Ladder(NamedTuple):
    """A way from role to role, first to last; `later` rungs all follow the last other one."""

    rungs: tuple[Rung, ...]

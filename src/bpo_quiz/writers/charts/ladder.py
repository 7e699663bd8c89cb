"""A way from role to role, drawn from top to bottom; what it may lead on to branches off at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.writers.charts.svg import (
    ACCENT,
    FONT_SIZE,
    INK,
    LINE,
    PAPER,
    Frame,
    Picture,
    broken,
    element,
    picture,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.document import Ladder, Rung

_SPINE = 11  # pixels, as all numbers here: where the line runs
_BRANCH = 24  # how far to the right a later rung stands
_TEXT = 21  # from a dot to its words
_NAME = FONT_SIZE + 2
_BETWEEN = 14
_RADIUS = {"start": 6.0, "step": 6.0, "goal": 8.0, "later": 5.0}


def pictures(ladder: Ladder, caption: str, name: str, frame: Frame) -> list[Picture]:
    """One drawing."""
    lines: list[str] = []
    rungs: list[str] = []
    y, before = 0.0, None
    for rung in ladder.rungs:
        centre = y + 11
        if before is not None:
            lines += _link(rung, before, centre)
        drawn, high = _rung(rung, y, centre, frame)
        rungs += drawn
        y, before = y + high, centre
    told = ". ".join(f"{rung.name}: {rung.note}" for rung in ladder.rungs) + "."
    return [picture(caption, told, name, frame, max(0.0, y - _BETWEEN + 4), iter([*lines, *rungs]))]


def _rung(rung: Rung, y: float, centre: float, frame: Frame) -> tuple[list[str], float]:
    """A dot and its words from `y` on, and how high they are."""
    x = _across(rung)
    wide = frame.narrowest - x - _TEXT
    parts = list(_dot(rung, x, centre))
    high = 0.0
    for line in broken(rung.name, wide / 1.08, _NAME):
        weight = "400" if rung.place == "later" else "600"
        parts.append(words(line, x + _TEXT, y + high + 16, font_size=_NAME, font_weight=weight))
        high += LINE + 2
    for line in broken(rung.note, wide):
        parts.append(words(line, x + _TEXT, y + high + 12, "muted"))
        high += LINE
    return parts, high + _BETWEEN


def _across(rung: Rung) -> float:
    return _SPINE + _BRANCH if rung.place == "later" else _SPINE


def _dot(rung: Rung, x: float, y: float) -> Iterator[str]:
    hollow = rung.place in ("start", "later")
    yield element(
        "circle", cx=x, cy=y, r=_RADIUS[rung.place], class_="hollow" if hollow else "accent",
        fill=PAPER if hollow else ACCENT, stroke=INK if hollow else ACCENT, stroke_width=2,
    )  # fmt: skip
    if rung.place == "goal":
        yield element("circle", cx=x, cy=y, r=3, class_="dot", fill=PAPER)


def _link(rung: Rung, before: float, centre: float) -> Iterator[str]:
    """From the rung before down to this one; a broken line, and across, to a later one."""
    later = rung.place == "later"
    yield _line(_SPINE, _SPINE, before, centre, dashed=later)
    if later:
        yield _line(_SPINE, _across(rung), centre, centre, dashed=True)


def _line(left: float, right: float, top: float, bottom: float, *, dashed: bool) -> str:
    style: dict[str, str | float] = {"stroke_dasharray": "3 4"} if dashed else {}
    return element("line", x1=left, x2=right, y1=top, y2=bottom, class_="error", stroke=INK, stroke_width=2, **style)

"""Charts as SVG pictures: bars in rows, and ways from role to role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import BarChart
from bpo_quiz.writers.svg import (
    ACCENT,
    FONT_SIZE,
    INK,
    LINE,
    PALE,
    PAPER,
    TRACK,
    Frame,
    Picture,
    broken,
    element,
    picture,
    width_of,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.document import Bar, BarGroup, Figure, Ladder, Rung

_BAR = 9  # pixels, as all numbers here
_AFTER = 9
_SWATCH = 34


def pictures(figure: Figure, name: str, frame: Frame) -> list[Picture]:
    """The drawings of a figure, a key first where there is one; `name` is unique on its page."""
    if isinstance(figure.chart, BarChart):
        return _bars(figure.chart, figure.caption, name, frame)
    return [_ladder(figure.chart, figure.caption, name, frame)]


# --- bars: a name and its numbers, and the bar below them, so that it fits a phone as well as a page ---


def _bars(chart: BarChart, caption: str, name: str, frame: Frame) -> list[Picture]:
    """The key, and one drawing a group."""
    drawn = [_key(chart, caption, f"{name}-key", frame)]
    for n, group in enumerate(chart.groups, 1):
        drawn.append(_group(group, group.title or caption, f"{name}-{n}", frame))
    return drawn


def _group(group: BarGroup, title: str, name: str, frame: Frame) -> Picture:
    parts: list[str] = []
    y = 0.0
    if group.title:
        for line in broken(group.title, frame.narrowest):
            parts.append(words(line, 0, y + LINE - 5, "muted", font_weight="600"))
            y += LINE
        y += 4
    for bar in group.bars:
        drawn, high = _row(bar, y, frame)
        parts += drawn
        y += high
    told = " ".join(f"{bar.name}: {bar.told}." for bar in group.bars)
    return picture(title, told, name, frame, y - _AFTER + 5, iter(parts))


def _row(bar: Bar, y: float, frame: Frame) -> tuple[list[str], float]:
    """One bar with its words from `y` on, and how high that is."""
    lines = broken(bar.name, frame.narrowest - width_of(bar.shown) - 12)
    parts = [words(line, 0, y + LINE * n + 13) for n, line in enumerate(lines)]
    parts.append(words(bar.shown, frame.right, y + 13, "muted", text_anchor="end"))
    top = y + LINE * len(lines) + 2
    parts += _bar(bar, top, frame)
    return parts, LINE * len(lines) + 2 + _BAR + _AFTER


def _bar(bar: Bar, top: float, frame: Frame) -> Iterator[str]:
    yield _box(100, top, frame, "track", TRACK)
    if bar.outer is not None:
        yield _box(bar.outer, top, frame, "pale", PALE)
    if bar.level is not None:
        yield _box(bar.level, top, frame, "accent", ACCENT)
    if bar.level is not None and bar.error is not None:
        yield from _whisker(bar.level, bar.error, top + _BAR / 2, frame)
    if bar.mark is not None:
        yield from _mark(bar.mark, top, frame)


def _mark(level: float, top: float, frame: Frame) -> Iterator[str]:
    """A line across the bar, with room around it so that it shows on any colour."""
    yield _rule(level, level, top - 3, top + _BAR + 3, frame, "halo", 6, PAPER)
    yield _rule(level, level, top - 3, top + _BAR + 3, frame, "mark", 3)


def _box(level: float, top: float, frame: Frame, kind: str, fill: str) -> str:
    return element("rect", x=frame.at(0), y=top, width=frame.long(level), height=_BAR, rx=2, class_=kind, fill=fill)


def _whisker(level: float, error: float, y: float, frame: Frame) -> Iterator[str]:
    low, high = max(0.0, level - error), min(100.0, level + error)
    yield _rule(low, high, y, y, frame, "error", 1.5)
    for end in (low, high):
        yield _rule(end, end, y - 3, y + 3, frame, "error", 1.5)


def _rule(
    start: float, end: float, top: float, bottom: float, frame: Frame, kind: str, wide: float, stroke: str = INK
) -> str:
    return element(
        "line", x1=frame.at(start), x2=frame.at(end), y1=top, y2=bottom, class_=kind, stroke=stroke, stroke_width=wide
    )


def _key(chart: BarChart, caption: str, name: str, frame: Frame) -> Picture:
    """What the shapes mean, one line each."""
    meanings = (
        ("level", chart.level_means),
        ("outer", chart.outer_means),
        ("mark", chart.mark_means),
        ("error", chart.error_means),
    )
    parts: list[str] = []
    told = [means for _, means in meanings if means is not None]
    y = 0.0
    for shape, means in meanings:
        if means is None:
            continue
        parts += _swatch(shape, y + 4)
        for line in broken(means, frame.narrowest - _SWATCH - 10):
            parts.append(words(line, _SWATCH + 10, y + 13, "muted"))
            y += LINE
    return picture(f"Key to: {caption}", ". ".join(told) + ".", name, frame, y + 4, iter(parts))


def _swatch(shape: str, top: float) -> Iterator[str]:
    scale = Frame(_SWATCH, _SWATCH)
    if shape == "mark":
        yield from _mark(50, top, scale)
    elif shape == "error":
        yield from _whisker(50, 45, top + _BAR / 2, scale)
    else:
        yield _box(100, top, scale, *(("accent", ACCENT) if shape == "level" else ("pale", PALE)))


# --- a ladder: drawn from top to bottom; what it may lead on to branches off at its end ---

_SPINE = 11  # where the line runs
_BRANCH = 24  # how far to the right a later rung stands
_TEXT = 21  # from a dot to its words
_NAME = FONT_SIZE + 2
_BETWEEN = 14
_RADIUS = {"start": 6.0, "step": 6.0, "goal": 8.0, "later": 5.0}


def _ladder(ladder: Ladder, caption: str, name: str, frame: Frame) -> Picture:
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
    return picture(caption, told, name, frame, max(0.0, y - _BETWEEN + 4), iter([*lines, *rungs]))


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
    yield _spine(_SPINE, _SPINE, before, centre, dashed=later)
    if later:
        yield _spine(_SPINE, _across(rung), centre, centre, dashed=True)


def _spine(left: float, right: float, top: float, bottom: float, *, dashed: bool) -> str:
    style: dict[str, str | float] = {"stroke_dasharray": "3 4"} if dashed else {}
    return element("line", x1=left, x2=right, y1=top, y2=bottom, class_="error", stroke=INK, stroke_width=2, **style)

"""The little SVG that the charts need. Foreign text is escaped here and nowhere else.

Colours stand in the elements, so that a picture can be on its own; a page may set others for the classes.
"""

from __future__ import annotations

import math
import unicodedata
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

INK, MUTED, ACCENT, PALE, TRACK, PAPER = "#1d2730", "#51606e", "#0b6a70", "#a5d3d4", "#e2e7eb", "#ffffff"
FONT_SIZE, LINE = 13, 17
"""Pixels."""

FONTS = "Libertinus Serif, system-ui, sans-serif"
_LONGEST = 200  # characters of a name in a picture
_NARROW, _WIDE = frozenset("fijltrI.,:;'|!()[]-· "), frozenset("mwMW@%&—")


class Picture(NamedTuple):
    """A drawing: its SVG, the same in words, and how high it is, pixels."""

    svg: str
    title: str
    words: str
    height: float


class Frame(NamedTuple):
    """How wide a picture is drawn.

    Attributes:
        width: pixels; None: as wide as the page that it stands in, whatever that is.
        narrowest: pixels for which lines are broken.
        background: whether it brings its own white, for places that may be dark.
    """

    width: int | None
    narrowest: int
    background: bool = False

    def at(self, level: float) -> str:
        """Where a level, 0-100, lies from left to right."""
        return f"{level:.4g}%" if self.width is None else f"{_EDGE + level * (self.width - 2 * _EDGE) / 100:.5g}"

    def long(self, level: float) -> str:
        """How long a bar of a level, 0-100, is."""
        return f"{level:.4g}%" if self.width is None else f"{level * (self.width - 2 * _EDGE) / 100:.5g}"

    @property
    def right(self) -> str:
        """The right edge."""
        return "100%" if self.width is None else str(self.width)


_EDGE = 2  # pixels left free on both sides, for the marks at 0 and 100

FLUID = Frame(None, 320)
"""For a page of any width, from a phone on."""


def element(name: str, *content: str, **attributes: str | float) -> str:
    """An element; `content` is SVG, values of attributes are escaped; `stroke_width` becomes `stroke-width`."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{told}>{''.join(content)}</{name}>" if content else f"<{name}{told}/>"


def words(content: str, x: str | float, y: float, kind: str = "ink", **attributes: str | float) -> str:
    """A line of text."""
    fill = {"ink": INK, "muted": MUTED}[kind]
    return element("text", escape(content), x=x, y=y, class_=kind, fill=fill, **attributes)


def picture(title: str, told: str, name: str, frame: Frame, height: float, parts: Iterator[str]) -> Picture:
    """The whole drawing; `name` is unique on its page."""
    size: dict[str, str | float] = {"width": frame.right, "height": height}
    if frame.width is not None:
        size["viewBox"] = f"0 0 {frame.width} {height}"
    svg = element(
        "svg",
        element("title", escape(title), id=f"{name}-title"),
        element("desc", escape(told), id=f"{name}-desc"),
        *([element("rect", width="100%", height="100%", fill=PAPER)] if frame.background else []),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        overflow="visible",
        font_family=FONTS,
        font_size=FONT_SIZE,
        **size,
    )
    return Picture(svg, title, told, height)


def broken(content: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """The text in lines that are not wider than so many pixels in any usual font; at least one line.

    More than 200 characters are cut, and it shows: what is drawn stands in full in the words or the table next to it.
    """
    if len(content) > _LONGEST:
        content = content[:_LONGEST] + "..."
    lines, line = [], ""
    for word in _words(content, width, size):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _words(content: str, width: float, size: float) -> Iterator[str]:
    """Words, and pieces of those that are wider than a line."""
    for word in content.split():
        piece = ""
        for character in word:
            if piece and width_of(piece + character, size) > width and not unicodedata.combining(character):
                yield piece
                piece = ""
            piece += character
        yield piece


def width_of(content: str, size: float = FONT_SIZE) -> float:
    """Pixels that a line needs at most, in a font of the usual widths."""
    return size * math.fsum(map(_em, content))


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in _NARROW:
        return 0.38
    return 0.95 if character in _WIDE else 0.74 if character.isupper() else 0.6

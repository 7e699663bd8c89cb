"""Breaks text into lines by the cells that it takes on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells, broken at spaces; a longer word is cut."""
    from prompt_toolkit.utils import get_cwidth

    line = ""
    for word in _words(text, width, get_cwidth):
        joined = f"{line} {word}" if line else word
        if line and get_cwidth(joined) > width:
            yield line
            joined = word
        line = joined
    if line:
        yield line


def _words(text: str, width: int, cells: Callable[[str], int]) -> Iterator[str]:
    for word in text.split():
        rest = word
        while cells(rest) > width:
            cut = next(n for n in range(len(rest), 0, -1) if n == 1 or cells(rest[:n]) <= width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def pack(hints: Sequence[str], width: int) -> Iterator[str]:
    """Short hints on as few lines of `width` cells as they fit on, none broken."""
    line = ""
    for hint in hints:
        joined = f"{line}   {hint}" if line else hint
        if line and len(joined) > width:
            yield line
            joined = hint
        line = joined
    yield line

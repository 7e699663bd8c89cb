"""Breaks text into lines by the cells that it takes on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells, broken at spaces; a longer word is cut."""
    from prompt_toolkit.utils import get_cwidth

    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if get_cwidth(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        while get_cwidth(word) > width:
            cut = _longest_start(word, width, get_cwidth)
            yield word[:cut]
            word = word[cut:]
        line = word
    if line:
        yield line


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


def _longest_start(word: str, width: int, cells: object) -> int:
    count = 1
    while cells(word[: count + 1]) <= width:  # type: ignore[operator]  # prompt_toolkit's get_cwidth
        count += 1
    return count

"""Text that Markdown shows as it is written: no markup, no link, no HTML, no table cell ends in it."""

from __future__ import annotations

import re

from bpo_quiz.clean import clean

_INSIDE = re.compile(r"[\\`*_\[\]<>|&~$@]|(?<=\w):(?=//|\w)|\.(?=[^\W\d_]{2})|#(?=#*$)")
"""Signs that mean something inside a line: emphasis, code, links, HTML, entities, cells, formulas, addresses; and the
signs that would close a heading."""

_AT_START = re.compile(r"^([#+=\-]|:(?=-))|^(\d+)(?=[.)])")
"""Signs that make a line a heading, a list or a rule, or what stands above it a table."""


def escape(text: str, *, inside: bool = False) -> str:
    """The text so that every Markdown engine shows exactly it; it stays on one line.

    Args:
        text: anything; it is cleaned here.
        inside: whether something stands before it on its line, so that it begins no heading, list or rule.
    """
    line = _INSIDE.sub(r"\\\g<0>", clean(text).strip())
    return line if inside else _AT_START.sub(lambda start: f"\\{start[1]}" if start[1] else f"{start[2]}\\", line)

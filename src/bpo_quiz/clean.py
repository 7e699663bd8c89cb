"""One function that makes text from people and files harmless before anyone sees it."""

from __future__ import annotations

import unicodedata

# Control, format (bidirectional marks, zero-width), surrogate, private-use, unassigned; line and paragraph separators.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ZERO_WIDTH_JOINER = "\u200d"  # joins emoji; it moves nothing


def clean(text: str, limit: int | None = None) -> str:
    r"""Return the text with every character that could steer a terminal made visible, as in `\x1b`.

    Args:
        text: anything.
        limit: most characters to keep, before escaping; the cut is marked with `...`.
    """
    if limit is not None and len(text) > limit:
        text = text[:limit] + "..."
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character == _ZERO_WIDTH_JOINER or unicodedata.category(character) not in _UNSAFE:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

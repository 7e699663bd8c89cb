"""Text from people and files as Markdown that shows it as it is."""

from __future__ import annotations

import re

from bpo_quiz.clean import clean

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~&$]")
_FIRST_SIGN = re.compile(r"^[#+=-]")
_FIRST_NUMBER = re.compile(r"^(\d+)([.)])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\b(www)\.")
"""Some renderers turn bare addresses into links; an entity in place of the sign stops that."""


def escape(content: str) -> str:
    """The text on one line, harmless: it opens no element, link, row, list or heading in any place of a line."""
    line = " ".join(clean(content).split())
    line = _SIGNS.sub(r"\\\g<0>", line)
    line = _FIRST_SIGN.sub(r"\\\g<0>", line)
    line = _FIRST_NUMBER.sub(r"\1\\\2", line)
    return _ADDRESS.sub(lambda found: f"{found[1]}&#58;" if found[1] else f"{found[2]}&#46;", line)

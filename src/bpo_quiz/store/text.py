"""What people name things: short, visible, and comparable however it was typed."""

from __future__ import annotations

import unicodedata

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError

LONGEST_NAME = 60
LONGEST_NOTE = 10_000
_JOINER = "\u200d"  # the one invisible character that `clean` leaves


def name(text: str, what: str) -> str:
    """A name as it is kept: one line of 1 to 60 characters, with nothing invisible in it.

    Args:
        text: what was typed.
        what: what it names, for the message, such as `alias`.

    Raises:
        UsageError: empty, too long, or no Unicode text.
    """
    kept = clean(" ".join(_unicode(text, what).split()))
    if not fold(kept):
        raise UsageError(f"{what}: is empty; give 1 to {LONGEST_NAME} characters")
    if len(kept) > LONGEST_NAME:
        raise UsageError(f"{what}: has {len(kept)} characters; give 1 to {LONGEST_NAME}")
    return kept


def long_text(text: str, what: str) -> str:
    """A text as it is kept: up to 10,000 characters, lines and all.

    Raises:
        UsageError: empty, too long, or no Unicode text.
    """
    kept = _unicode(text, what).strip()
    if not kept:
        raise UsageError(f"{what}: is empty; write something, or leave it out")
    if len(kept) > LONGEST_NOTE:
        raise UsageError(f"{what}: has {len(kept):,} characters; shorten it to {LONGEST_NOTE:,}")
    return kept


def fold(text: str) -> str:
    """The text as it is compared: without case, width and other ways to write the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace(_JOINER, "")


def _unicode(text: str, what: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{what}: {clean(text, 40)} is not Unicode text; type it again") from None
    return text

"""What people call things: aliases and tags, comparable however they were typed, and codes of sessions.

A code is short enough to say on the phone, and a slip of the tongue is noticed: five characters by chance and a check
character, of an alphabet of 31 without look-alikes. 31 is prime, so the weighted sum notices every single wrong
character and every two that changed places.
"""

from __future__ import annotations

import os
import re
import unicodedata

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError

LONGEST_NAME = 60
LONGEST_NOTE = 10_000
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
_BASE = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_JOINER = "\u200d"  # the one invisible character that `clean` leaves; `fold` takes it away
_UNSEEN = frozenset(
    ord(first) + n
    for first, many in {
        "\u034f": 1,  # combining grapheme joiner
        "\u115f": 2,  # fillers for Hangul, as the next two
        "\u3164": 1,
        "\uffa0": 1,
        "\u17b4": 2,  # inherent vowels of Khmer
        "\u180b": 5,  # variation selectors of Mongolian, as the next two of all scripts
        "\ufe00": 16,
        "\U000e0100": 240,
        "\u2800": 1,  # Braille without a dot
        "\U0001d159": 1,  # a note without a head
        "\U00016fe4": 1,  # filler for Khitan
    }.items()
    for n in range(many)
)
"""Signs that are letters or marks to Unicode, and show nothing: with them two aliases would look the same."""


def name(text: str, what: str) -> str:
    """A new name as it is kept: one line of 1 to 60 characters, with nothing invisible in it.

    Args:
        text: what was typed.
        what: what it names, for the message, such as `alias`.

    Raises:
        UsageError: empty, too long, no Unicode text, or with a sign that nobody can see.
    """
    kept = typed(text, what)
    unseen = next((one for one in kept if ord(one) in _UNSEEN), None)
    if unseen is not None:
        sign = f"U+{ord(unseen):04X} ({unicodedata.name(unseen, 'without a name')})"
        raise UsageError(f"{what}: has {sign}, a sign that nobody can see; leave it out")
    return kept


def is_kept_name(kept: object, folded: object) -> bool:
    """Whether `name` and `fold` can have made this; what a newer Unicode has is given credit."""
    if not isinstance(kept, str) or not isinstance(folded, str) or not 0 < len(kept) <= LONGEST_NAME:
        return False
    kinds = {unicodedata.category(one) for one in kept if one != _JOINER}
    return not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"} and ("Cn" in kinds or (len(folded) > 0 and folded == fold(kept)))


def typed(text: str, what: str) -> str:
    """A name as it is looked for, which may be one that was kept when more signs were allowed.

    Raises:
        UsageError: no name can be so.
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


def loose(text: str) -> str:
    """What is left of a name where only letters and digits count: `K-17`, `K17` and `k 17` are alike."""
    return "".join(one for one in fold(text) if one.isalnum())


def looks_like_a_name(alias: str) -> bool:
    """Whether an alias seems to be a person's real name or address, which it should keep from others."""
    words = alias.split()
    is_name = len(words) > 1 and all(word[:1].isupper() and word.replace("-", "").isalpha() for word in words)
    return is_name or re.search(r"\S@\S+\.", alias) is not None


def _unicode(text: str, what: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{what}: {clean(text, 40)} is not Unicode text; type it again") from None
    return text


def new_code() -> str:
    """A code by chance, shown as `ABC-DEF`."""
    number = int.from_bytes(os.urandom(8))
    values = [number // _BASE**place % _BASE for place in range(LENGTH - 1)]
    return _shown("".join(ALPHABET[value] for value in (*values, _check(values))))


def read_code(text: str) -> str:
    """The code that a person typed, as `ABC-DEF`; case, spaces and hyphens do not matter.

    Raises:
        UsageError: it cannot be a code, because of its length, its characters or its check character.
    """
    kept = [one for one in unicodedata.normalize("NFKC", text[:200]).upper() if not _is_between(one)]
    values = [_VALUES.get(one, -1) for one in kept]
    if len(kept) != LENGTH or -1 in values:
        raise UsageError(f"{clean(text, 40)}: is not a session code; one looks like {_shown('K7MP3D')}")
    if _check(values[:-1]) != values[-1]:
        raise UsageError(f"{clean(text, 40)}: is not a session code; one of its characters must be a slip")
    return _shown("".join(kept))


def _check(values: list[int]) -> int:
    """The value that makes the weighted sum a multiple of 31; the check character's own weight is 30, that is -1."""
    return sum(weight * value for weight, value in enumerate(values, 1)) % _BASE


def _shown(characters: str) -> str:
    return f"{characters[:3]}-{characters[3:]}"


def _is_between(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Pd"

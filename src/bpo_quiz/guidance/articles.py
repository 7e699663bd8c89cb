"""`a` or `an` before a name, by how its first word sounds."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SPELLED = 4
"""A word in capitals of up to so many letters is said letter by letter, as HR is; a longer one is read as a word."""

_VOWEL_NAMED = frozenset("AEFHILMNORSX")
"""Letters whose own names begin with a vowel: "an HR associate", but "a UX designer"."""

_LIKE_YOU = re.compile(r"uni(?!n|m)|us[aeiu]|ut[ei]|eu|ew|ubi|once\b|one\b")
"""Words that begin with a vowel letter and a consonant sound: user, unit, European, one."""

_SILENT_H = re.compile(r"hour|hono|honest|heir")
_VOWEL_NUMBER = re.compile(r"8|11(?!\d)|18(?!\d)")
_HAS_ONE = re.compile(r"(a|an|the)\s", re.IGNORECASE)


def with_article(name: str) -> str:
    """`a Trainer`, `an Accountant`, `an HR manager`; a name that brings an article of its own stays as it is."""
    if _HAS_ONE.match(name):
        return name
    return f"{'an' if _begins_with_a_vowel_sound(name) else 'a'} {name}"


def _begins_with_a_vowel_sound(name: str) -> bool:
    letters = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    found = re.match(r"\W*(\w[^\W\d_]*)", letters)
    if found is None:
        return False
    word = found[1]
    if word.isupper() and len(word) <= LONGEST_SPELLED:
        return word[0] in _VOWEL_NAMED
    said = word.casefold()
    if said[0].isdigit():
        return _VOWEL_NUMBER.match(letters.lstrip()) is not None
    return _SILENT_H.match(said) is not None or (said[0] in "aeiou" and _LIKE_YOU.match(said) is None)

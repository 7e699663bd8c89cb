"""'Did you mean': the nearest known name to one that was mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 200  # nobody mistypes more than that, and comparing grows with length


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like the word, or None when none is close."""
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word[:_LONGEST].casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A ready suffix, ` (did you mean "skills"?)`, or nothing."""
    name = nearest(word, known)
    return f' (did you mean "{name}"?)' if name is not None else ""

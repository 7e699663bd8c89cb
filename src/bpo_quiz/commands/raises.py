"""The words of `what-if`: `SKILL=LEVEL` is another level of a skill, a word without `=` a session's code."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bpo_quiz.catalogue.find import find_skill
from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue

LIKE = "another level looks like SKILL=75 or SKILL=+10"
_LEVEL = re.compile(r"([+-]?)([0-9]{1,6}(?:\.[0-9]{1,6})?)")
_FULL = 100.0


def sorted_out(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The levels, and the session's code if there is one.

    Raises:
        UsageError: more than one word could be the code.
    """
    levels = [word for word in words if "=" in word]
    codes = [word for word in words if "=" not in word]
    if len(codes) > 1:
        shown = " and ".join(f'"{clean(word, 40)}"' for word in codes[:2])
        raise UsageError(f"what-if: {shown} have no =; give at most one session code, {LIKE}")
    return levels, codes[0] if codes else None


def read_levels(catalogue: Catalogue, words: Sequence[str], now: Mapping[str, float]) -> dict[str, float]:
    """Skill id -> level, 0-100.

    Args:
        catalogue: the skills.
        words: `SKILL=75`, `SKILL=+10`, `SKILL=-10`.
        now: known levels, which `+10` adds to.

    Raises:
        UsageError: no such skill, no level, a level out of range, or a skill twice.
    """
    levels: dict[str, float] = {}
    for word in words:
        name, _, text = word.rpartition("=")
        skill = find_skill(catalogue, name)
        if skill.id in levels:
            raise UsageError(f"{clean(word, 60)}: {clean(skill.name)} stands there twice; give one level for it")
        levels[skill.id] = _level(text, now.get(skill.id), clean(word, 60))
    return levels


def _level(text: str, now: float | None, word: str) -> float:
    found = _LEVEL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UsageError(f"{word}: give a level from 0 to 100, or +10 for 10 more")
    sign, number = found[1], float(found[2])
    if not sign:
        if number > _FULL:
            raise UsageError(f"{word}: a level goes up to 100; give 0 to 100")
        return number
    if now is None:
        raise UsageError(f"{word}: there is no answer yet that this could be added to; give a level, 0 to 100")
    level = now + number if sign == "+" else now - number
    if not 0 <= level <= _FULL:
        raise UsageError(f"{word}: it is at {whole(now)} now, and a level goes from 0 to 100; give less")
    return level

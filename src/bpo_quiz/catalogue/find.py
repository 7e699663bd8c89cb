"""Finds a role, a skill or a page of the guide by id, name or title, whole or in part; else suggests the nearest."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Metric, Topic
    from bpo_quiz.catalogue.model import Catalogue, Role, Skill

_LONGEST = 200
"""Characters; nobody mistypes more than that, and comparing grows with length."""

_FEW = 5
"""So many names are listed where a part of a name could mean several."""


def find_role(catalogue: Catalogue, word: str) -> Role:
    """The role of an id, a name, or another title; a part will do where only one role has it.

    Raises:
        UsageError: there is none, it suggests the nearest; or there are several, it names them.
    """
    return catalogue.roles[_find(_role_titles(catalogue), word, "role", "bpo-quiz roles")]


def find_roles(catalogue: Catalogue, words: Sequence[str]) -> list[Role]:
    """The roles that words name: all of them together one role where that is found, else a role each.

    Raises:
        UsageError: as `find_role`.
    """
    together = " ".join(words)
    if len(words) > 1 and len(_matches(_role_titles(catalogue), together)) == 1:
        return [find_role(catalogue, together)]
    return [find_role(catalogue, word) for word in words]


def _role_titles(catalogue: Catalogue) -> dict[str, str]:
    titles = {role.id: role.id for role in catalogue.roles.values()}
    for role in catalogue.roles.values():
        titles |= dict.fromkeys((role.name, *role.also), role.id)
    return titles


def find_skill(catalogue: Catalogue, word: str) -> Skill:
    """The skill of an id or a name.

    Raises:
        UsageError: there is none; it suggests the nearest, or tells that the word is an interest.
    """
    titles = {skill.id: skill.id for skill in catalogue.skills.values()}
    titles |= {skill.name: skill.id for skill in catalogue.skills.values()}
    if folded(word) not in map(folded, titles):
        _refuse_interest(catalogue, word)
    return catalogue.skills[_find(titles, word, "skill", "bpo-quiz skills")]


def _refuse_interest(catalogue: Catalogue, word: str) -> None:
    for interest in catalogue.interests.values():
        if folded(word) in (folded(interest.id), folded(interest.name)):
            name = clean(interest.name, 60)
            none = f'"{name}" is an interest, no skill: it has no card and no level'
            raise UsageError(f"{none}; bpo-quiz skills tells what it means")


def find_page(guide: Guide, word: str) -> Topic | Metric:
    """The topic, or else the measure, of an id, a title, or another title.

    Raises:
        UsageError: there is none; it suggests the nearest.
    """
    titles = {identity: identity for identity in (*guide.topics, *guide.metrics)}
    for topic in guide.topics.values():
        titles |= dict.fromkeys((topic.title, *topic.also), topic.id)
    for metric in guide.metrics.values():
        titles |= dict.fromkeys((metric.name, *metric.also), metric.id)
    found = _find(titles, word, "topic", "bpo-quiz guide")
    return guide.topics[found] if found in guide.topics else guide.metrics[found]


def _find(titles: Mapping[str, str], word: str, what: str, where: str) -> str:
    found = _matches(titles, word)
    if len(found) == 1:
        return next(iter(found))
    said = f'"{clean(word, 60)}"'
    if 1 < len(found) <= _FEW:
        raise UsageError(f"{said} could be {listed(map(_quoted, found.values()), 'or')}; say which")
    if found:
        raise UsageError(f"{said} is a part of {len(found)} names; {where} lists them all")
    hint = did_you_mean(word, titles) or f"; {where} lists them all"
    raise UsageError(f"{said} is no {what} of this catalogue{hint}")


def _matches(titles: Mapping[str, str], word: str) -> dict[str, str]:
    """Id -> a title of it that the word is, whole; else the titles with a word that begins like each of the words."""
    parts = folded(word).split()
    for title, identity in titles.items():  # ids come first, so that a title cannot hide one
        if folded(title).split() == parts:
            return {identity: title}
    found: dict[str, str] = {}
    for title, identity in titles.items():
        words = folded(title).split()
        if parts and all(any(one.startswith(part) for one in words) for part in parts):
            found.setdefault(identity, title)
    return found


def _quoted(title: str) -> str:
    return f'"{clean(title, 60)}"'


def folded(title: str) -> str:
    """A title as people compare titles: without regard to capitals, width, hyphens or underscores."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().replace("_", " ").replace("-", " ").split())


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

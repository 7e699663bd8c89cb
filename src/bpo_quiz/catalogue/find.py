"""Finds a role, a career path, a skill or a page of the guide by its names, or a part; or suggests the nearest."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.errors import UsageError
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bpo_quiz.catalogue.guide_model import Guide, Metric, Topic
    from bpo_quiz.catalogue.model import Catalogue, Path, Role, Skill

_LONGEST = 200
"""Characters; nobody mistypes more than that, and comparing grows with length."""

_FEW = 5
"""So many names are listed where a part of a name could mean several."""


def find_role(catalogue: Catalogue, word: str) -> Role:
    """The role of an id, a name, or another title; a part will do where only one role has it.

    Raises:
        UsageError: there is none, it suggests the nearest; or there are several, it names them.
    """
    return catalogue.roles[_find(catalogue, "role", word)]


def find_roles(catalogue: Catalogue, words: Sequence[str]) -> list[Role]:
    """The roles that words name: all of them together one role where that is found, else a role each.

    Raises:
        UsageError: as `find_role`.
    """
    together = " ".join(words)
    if len(words) > 1 and len(_matches(_role_titles(catalogue), together)) == 1:
        return [find_role(catalogue, together)]
    return [find_role(catalogue, word) for word in words]


def find_path(catalogue: Catalogue, word: str) -> Path:
    """The career path of an id, a name, or another name; a part will do where only one has it.

    Raises:
        UsageError: as `find_role`.
    """
    return catalogue.paths[_find(catalogue, "career path", word)]


def path_for(catalogue: Catalogue, words: Sequence[str]) -> Path | None:
    """The career path that words name where roles are asked for: it is called so, or has that part and no role has."""
    together, titles = " ".join(words), _path_titles(catalogue)
    roles, paths = _matches(_role_titles(catalogue), together), _matches(titles, together)
    if len(paths) != 1 or _is_whole(roles, together) or (roles and not _is_whole(paths, together)):
        return None
    return catalogue.paths[next(iter(paths))]


def find_skill(catalogue: Catalogue, word: str) -> Skill:
    """The skill of an id or a name.

    Raises:
        UsageError: there is none; it suggests the nearest, or tells that the word is an interest.
    """
    if folded(word) not in map(folded, _skill_titles(catalogue)):
        _refuse_interest(catalogue, word)
    return catalogue.skills[_find(catalogue, "skill", word)]


def _refuse_interest(catalogue: Catalogue, word: str) -> None:
    for interest in catalogue.interests.values():
        if folded(word) in (folded(interest.id), folded(interest.name)):
            name = clean(interest.name, 60)
            none = f'"{name}" is an interest, no skill: it has no card and no level'
            raise UsageError(f"{none}; bpo-quiz skills tells what it means")


def find_page(catalogue: Catalogue, guide: Guide, word: str) -> Topic | Metric:
    """The topic, or else the measure, of an id, a title, or another title.

    Raises:
        UsageError: there is none; it suggests the nearest.
    """
    titles = {identity: identity for identity in (*guide.topics, *guide.metrics)}
    for topic in guide.topics.values():
        titles |= dict.fromkeys((topic.title, *topic.also), topic.id)
    for metric in guide.metrics.values():
        titles |= dict.fromkeys((metric.name, *metric.also), metric.id)
    found = _find(catalogue, "topic", word, titles)
    return guide.topics[found] if found in guide.topics else guide.metrics[found]


def _role_titles(catalogue: Catalogue) -> dict[str, str]:
    return _titles((role.id, (role.name, *role.also)) for role in catalogue.roles.values())


def _path_titles(catalogue: Catalogue) -> dict[str, str]:
    return _titles((path.id, (path.name, *path.also)) for path in catalogue.paths.values())


def _skill_titles(catalogue: Catalogue) -> dict[str, str]:
    return _titles((skill.id, (skill.name,)) for skill in catalogue.skills.values())


def _titles(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Title -> id; ids come first, so that a title cannot hide one."""
    every = dict(named)
    titles = {identity: identity for identity in every}
    for identity, names in every.items():
        titles |= dict.fromkeys(names, identity)
    return titles


_COMMANDS = {"role": "roles", "career path": "paths", "skill": "skills", "topic": "guide"}
_OF_CATALOGUE = {"role": _role_titles, "career path": _path_titles, "skill": _skill_titles}
"""Titles of each kind of thing that a catalogue names."""


def _find(catalogue: Catalogue, kind: str, word: str, titles: Mapping[str, str] | None = None) -> str:
    """The id of a thing of some kind; `titles`: of what is no part of the catalogue."""
    titles = _OF_CATALOGUE[kind](catalogue) if titles is None else titles
    found, where = _matches(titles, word), f"bpo-quiz {_COMMANDS[kind]}"
    if len(found) == 1:
        return next(iter(found))
    said = f'"{clean(word, 60)}"'
    if 1 < len(found) <= _FEW:
        raise UsageError(f"{said} could be {listed(map(_quoted, found.values()), 'or')}; say which")
    if found:
        raise UsageError(f"{said} is a part of {len(found)} names; {where} lists them all")
    _refuse_other_kinds(catalogue, kind, word)
    hint = did_you_mean(word, titles) or f"; {where} lists them all"
    raise UsageError(f"{said} is no {kind} of this catalogue{hint}")


def _refuse_other_kinds(catalogue: Catalogue, kind: str, word: str) -> None:
    """Tell where a word leads that names something of another kind."""
    for other, titles_of in _OF_CATALOGUE.items():
        titles = titles_of(catalogue)
        found = list(_matches(titles, word))
        if len(found) == 1:
            name = next((title for title, of in titles.items() if of == found[0] != title), found[0])
            shown = f"bpo-quiz {_COMMANDS[other]} {found[0]} shows it"
            raise UsageError(f"{_quoted(name)} is a {other}, no {kind}; {shown}")


def _matches(titles: Mapping[str, str], word: str) -> dict[str, str]:
    """Id -> a title of it that the word is, whole; else the titles with a word that begins like each of the words."""
    parts = folded(word).split()
    for title, identity in titles.items():
        if folded(title).split() == parts:
            return {identity: title}
    found: dict[str, str] = {}
    for title, identity in titles.items():
        words = folded(title).split()
        if parts and all(any(one.startswith(part) for one in words) for part in parts):
            found.setdefault(identity, title)
    return found


def _is_whole(found: Mapping[str, str], word: str) -> bool:
    return folded(word) in map(folded, found.values())


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
    return suggested(nearest(word, known))


def suggested(name: str | None) -> str:
    """The same for a name that was found already."""
    return f' (did you mean "{name}"?)' if name is not None else ""

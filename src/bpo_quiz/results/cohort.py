"""What a group of people looks like, without names, from stored sessions or from a scored file."""

from __future__ import annotations

import math
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from bpo_quiz.guidance.standing import Openness
from bpo_quiz.results.small_counts import FEWEST, Kinds, Share, kinds, share
from bpo_quiz.scoring.answer_quality import NO_SPREAD
from bpo_quiz.scoring.certainty import Word
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LOWEST_MEAN, HIGHEST_MEAN = 10, 90
"""Means beyond these are shown as these: nearer to the ends a mean tells of single people."""

STANDINGS = tuple(one for one in get_args(Openness) if one not in ("today", "not_known"))
"""How a first role that is new can stand. A kind that nobody can be in would not hide anybody."""

WORDS: tuple[str, ...] = get_args(Word)
SIGNS: Mapping[str, str] = {
    "long run": "long run",
    "pairs disagree": "pairs disagree",
    "median time": "too fast",
    "fast answers": "too fast",
}
"""Rule of a flag -> what is counted. Whoever has the fast median has the fast answers too, so both are one."""

UNREAD = TOO_FEW, ALL_ALIKE = ("too few answers", "all alike")
By = Literal["month", "tag"]


class Person(NamedTuple):
    """What one person's result adds.

    Attributes:
        group: the month or tag they are in; None without one.
        unread: why the answers cannot be read as a profile; the rest then is empty.
        path: career path that came first. standing: of the first role that is new to the person.
        word: how sure it is that this role is on its path.
        signs: that the answers may not describe the person.
        scores: skill id -> 0-100, known ones. gaps: ids of the largest gaps for that role.
    """

    group: str | None
    unread: str | None
    path: str = ""
    standing: str = ""
    word: str = ""
    signs: frozenset[str] = frozenset()
    scores: Mapping[str, float] = MappingProxyType({})
    gaps: frozenset[str] = frozenset()


class SkillLine(NamedTuple):
    """A skill in a group.

    Attributes:
        mean: of the scores, whole, 10-90 (10: or less, 90: or more); None when fewer than 5 people have one.
        gap: how many have it among their five largest gaps.
    """

    skill: str
    name: str
    mean: int | None
    gap: Share


class Group(NamedTuple):
    """At least 5 people.

    Attributes:
        name: month or tag; None for everyone, for those without a tag, or for the rest.
        is_rest: whether these are the groups that are too small to be shown alone.
        paths, standings, words: how the people divide; a scored file tells only the paths.
        signs: sign -> how many have it.
        skills: in the order of their means, highest first; none of a scored file.
    """

    name: str | None
    is_rest: bool
    people: int
    paths: Kinds
    signs: Mapping[str, Share]
    standings: Kinds | None = None
    words: Kinds | None = None
    skills: tuple[SkillLine, ...] = ()


class Cohort(NamedTuple):
    """Everything that is shown.

    Attributes:
        people: whose answers can be read, one session or sheet each; None when fewer than 5.
        unread: why not -> how many could not be read; None when fewer than 5.
        groups: empty when there are too few people.
        path_names: path id -> name.
    """

    people: int | None
    unread: Mapping[str, int | None]
    groups: tuple[Group, ...]
    path_names: Mapping[str, str]
    by: By | None = None
    tag: str | None = None
    since: str | None = None


class Names(NamedTuple):
    """Every career path and skill that anyone's catalogue has: id -> name."""

    paths: Mapping[str, str]
    skills: Mapping[str, str]


def summarise(
    people: Iterable[Person], names: Names, by: By | None = None, tag: str | None = None, since: str | None = None
) -> Cohort:
    """Count, and keep back what could point to a few people.

    Args:
        people: one a client.
        names: of all paths and skills that there could be.
        by: what `Person.group` is.
        tag: that all have, for the record; None: any.
        since: month from which sessions count, for the record.
    """
    every = list(people)
    read = [one for one in every if one.unread is None]
    unread = Counter(one.unread for one in every if one.unread is not None)
    groups = _groups(read, names, by) if len(read) >= FEWEST else ()
    return _shown(len(read), unread, groups, names.paths)._replace(by=by, tag=tag, since=since)


def _shown(people: int, unread: Mapping[str, int], groups: Iterable[Group], path_names: Mapping[str, str]) -> Cohort:
    return Cohort(
        people=people if people >= FEWEST else None,
        unread={why: unread[why] if unread[why] >= FEWEST else None for why in UNREAD},
        groups=tuple(groups),
        path_names=path_names,
    )


def _groups(people: Sequence[Person], names: Names, by: By | None) -> Iterable[Group]:
    """Groups as the people's, largest enough to be shown; the others as one."""
    if by is None:
        yield _group(None, False, people, names)
        return
    labels = {_label(one): one.group for one in people}
    divided = kinds(Counter(_label(one) for one in people))
    for label in sorted(divided.shown):
        yield _group(labels[label], False, [one for one in people if _label(one) == label], names)
    if divided.rest:
        yield _group(None, True, [one for one in people if _label(one) not in divided.shown], names)


def _label(one: Person) -> str:
    """A group as a text that sorts; those without one come last."""
    return "1" if one.group is None else f"0{one.group}"


def _group(name: str | None, is_rest: bool, people: Sequence[Person], names: Names) -> Group:
    signs = Counter(sign for one in people for sign in one.signs)
    return Group(
        name=name,
        is_rest=is_rest,
        people=len(people),
        paths=kinds(_counts(names.paths, (one.path for one in people))),
        standings=kinds(_counts(STANDINGS, (one.standing for one in people))),
        words=kinds(_counts(WORDS, (one.word for one in people))),
        signs=_shares(signs, len(people)),
        skills=_skills(people, names),
    )


def _shares(signs: Mapping[str, int], people: int) -> dict[str, Share]:
    return {sign: share(signs[sign], people) for sign in dict.fromkeys(SIGNS.values())}


def _counts(known: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    return {**dict.fromkeys(known, 0), **Counter(found)}


def _skills(people: Sequence[Person], names: Names) -> tuple[SkillLine, ...]:
    gaps = Counter(skill for one in people for skill in one.gaps)
    lines = [
        SkillLine(skill, name, _mean([one.scores[skill] for one in people if skill in one.scores]),
                  share(gaps[skill], len(people)))
        for skill, name in names.skills.items()
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-1 if line.mean is None else -line.mean, line.skill)))


def _mean(scores: Sequence[float]) -> int | None:
    if len(scores) < FEWEST:
        return None
    return min(HIGHEST_MEAN, max(LOWEST_MEAN, whole(math.fsum(scores) / len(scores))))


class ScoredSheet(NamedTuple):
    """What a group needs of a sheet: the path of its first role (None: it has none), and its flags.

    Among the flags may be why a sheet cannot be read, in the words of `UNREAD`.
    """

    path: str | None
    flags: frozenset[str]

    @property
    def unread(self) -> str | None:
        """Why it cannot be read; None when it can. Files of earlier versions rank sheets that are all alike."""
        if ALL_ALIKE in self.flags or (self.path is not None and NO_SPREAD in self.flags):
            return ALL_ALIKE
        return TOO_FEW if self.path is None else None


def summarise_scored(sheets: Iterable[ScoredSheet], path_names: Mapping[str, str]) -> Cohort:
    """Count, and keep back what could point to a few people; holds nothing of a sheet but counts.

    Args:
        sheets: one a person.
        path_names: of all career paths that there could be.
    """
    paths: Counter[str] = Counter(dict.fromkeys(path_names, 0))
    unread: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for one in sheets:
        why = one.unread
        if why is not None or one.path is None:
            unread[why or TOO_FEW] += 1
            continue
        paths[one.path] += 1
        signs.update({SIGNS[flag] for flag in one.flags if flag in SIGNS})
    people = paths.total()
    enough = people >= FEWEST
    groups = [Group(None, False, people, kinds(paths), _shares(signs, people))] if enough else []
    return _shown(people, unread, groups, path_names)

"""What a scored file says of a group: how often a path came first, and which flags. Computes, never renders."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.report.desk.cohort import SIGNS, UNREAD
from bpo_quiz.report.desk.small_counts import FEWEST, Kinds, Share, kinds, share
from bpo_quiz.scoring.answer_quality import NO_SPREAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOO_FEW, ALL_ALIKE = UNREAD


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


class ScoredCohort(NamedTuple):
    """Everything that is shown.

    Attributes:
        people: sheets that can be read, one person each; None when fewer than 5.
        unread: why not -> how many cannot; None when fewer than 5.
        paths: how the people divide; None when there are too few.
        signs: sign that answers may not describe the person -> how many have it.
        path_names: path id -> name.
    """

    people: int | None
    unread: Mapping[str, int | None]
    paths: Kinds | None
    signs: Mapping[str, Share]
    path_names: Mapping[str, str]


def summarise(sheets: Iterable[ScoredSheet], path_names: Mapping[str, str]) -> ScoredCohort:
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
    return ScoredCohort(
        people=people if enough else None,
        unread={why: unread[why] if unread[why] >= FEWEST else None for why in UNREAD},
        paths=kinds(paths) if enough else None,
        signs={sign: share(signs[sign], people) for sign in dict.fromkeys(SIGNS.values())} if enough else {},
        path_names=path_names,
    )

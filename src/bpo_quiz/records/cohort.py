"""A cohort as data, from the store (`bpo-quiz/cohort@1`) or from a scored file: JSON, and CSV with one number a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.records.text import csv_text
from bpo_quiz.results.small_counts import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.records.text import Cell
    from bpo_quiz.results.cohort import Cohort, Group
    from bpo_quiz.results.small_counts import Kinds, Share

COHORT_FORMAT = "bpo-quiz/cohort@2"
SCORED_FORMAT = "bpo-quiz/scored-cohort@1"

COLUMNS = ("group", "is_rest", "part", "id", "name", "people", "word", "mean")
"""`people` is empty where `word` is not `exact`."""

Row = tuple["Cell", ...]


def cohort_record(cohort: Cohort) -> dict[str, Any]:
    """The whole cohort."""
    return {
        "format": COHORT_FORMAT,
        "fewest": FEWEST,
        **picked(cohort, "by tag since people unread"),
        "groups": [_group(group, cohort.path_names) for group in cohort.groups],
    }


def _group(group: Group, path_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "group": group.name,
        **picked(group, "is_rest people"),
        "paths": _paths(group.paths.shown, path_names),
        "other_paths": group.paths.rest,
        **_kinds("standing", group.standings),
        **_kinds("path_word", group.words),
        "flags": _flags(group.signs),
        **picked(group, "skills"),
    }


def _kinds(part: str, kinds: Kinds | None) -> dict[str, Any]:
    return {} if kinds is None else {part: dict(kinds.shown), f"other_{part}": kinds.rest}


def scored_record(cohort: Cohort) -> dict[str, Any]:
    """The whole cohort of a scored file."""
    group = cohort.groups[0] if cohort.groups else None
    return {
        "format": SCORED_FORMAT,
        "fewest": FEWEST,
        **picked(cohort, "people unread"),
        "paths": _paths(group.paths.shown, cohort.path_names) if group else [],
        "other_paths": group.paths.rest if group else 0,
        "flags": _flags(group.signs) if group else {},
    }


def _paths(shown: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"path": path, "name": names[path], "people": people} for path, people in shown.items()]


def _flags(signs: Mapping[str, Share]) -> dict[str, Any]:
    return {sign: as_dict(number) for sign, number in signs.items()}


def cohort_csv(cohort: Cohort) -> str:
    """The whole cohort; only the line of titles where there are too few people."""
    groups = (row for group in cohort.groups for row in _group_rows(group, cohort.path_names))
    return csv_text([COLUMNS, *_unread(cohort.unread), *groups])


def _unread(unread: Mapping[str, int | None]) -> Iterator[Row]:
    """Sheets that cannot be read."""
    for why, people in unread.items():
        if people is not None:
            yield (None, None, "unread", why, None, people, "exact", None)


def _group_rows(group: Group, path_names: Mapping[str, str]) -> Iterator[Row]:
    start: Row = (group.name, "yes" if group.is_rest else "no")
    yield (*start, "people", None, None, group.people, "exact", None)
    for part, kinds in (("path", group.paths), ("standing", group.standings), ("path_word", group.words)):
        if kinds is None:
            continue
        for kind, people in kinds.shown.items():
            yield (*start, part, kind, path_names[kind] if part == "path" else None, people, "exact", None)
        if kinds.rest:
            yield (*start, part, None, "all others", kinds.rest, "exact", None)
    for sign, number in group.signs.items():
        yield (*start, "flag", sign, None, number.people, number.word, None)
    for line in group.skills:
        yield (*start, "skill_mean", line.skill, line.name, None, None, line.mean)
        yield (*start, "skill_gap", line.skill, line.name, line.gap.people, line.gap.word, None)

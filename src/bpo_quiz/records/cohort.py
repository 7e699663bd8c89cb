"""A cohort as data, from the store (`bpo-quiz/cohort@1`) or from a scored file: JSON, and CSV with one number a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.records.text import csv_text
from bpo_quiz.results.small_counts import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.records.text import Cell
    from bpo_quiz.results.cohort import Cohort, Group, ScoredCohort
    from bpo_quiz.results.small_counts import Kinds, Share

COHORT_FORMAT = "bpo-quiz/cohort@1"
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
        "reach": dict(group.reach.shown),
        "other_reach": group.reach.rest,
        "certainty": dict(group.words.shown),
        "other_certainty": group.words.rest,
        "flags": _flags(group.signs),
        "skills": [as_dict(line) for line in group.skills],
    }


def scored_record(cohort: ScoredCohort) -> dict[str, Any]:
    """The whole cohort of a scored file."""
    return {
        "format": SCORED_FORMAT,
        "fewest": FEWEST,
        **picked(cohort, "people unread"),
        "paths": [] if cohort.paths is None else _paths(cohort.paths.shown, cohort.path_names),
        "other_paths": 0 if cohort.paths is None else cohort.paths.rest,
        "flags": _flags(cohort.signs),
    }


def _paths(shown: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"path": path, "name": names[path], "people": people} for path, people in shown.items()]


def _flags(signs: Mapping[str, Share]) -> dict[str, Any]:
    return {sign: as_dict(number) for sign, number in signs.items()}


def cohort_csv(cohort: Cohort) -> str:
    """The whole cohort; only the line of titles where there are too few people."""
    return csv_text(
        [COLUMNS, *_unread(cohort.unread), *(row for group in cohort.groups for row in _group_rows(group, cohort))]
    )


def scored_csv(cohort: ScoredCohort) -> str:
    """The columns of a cohort's CSV; only the line of titles where there are too few people."""
    rows: list[Sequence[Cell]] = list(_unread(cohort.unread))
    if cohort.paths is not None:
        start = (None, "no")
        rows.append((*start, "people", None, None, cohort.people, "exact", None))
        rows += [(*start, *row, None) for row in _kinds("path", cohort.paths, cohort.path_names)]
        rows += [(*start, "flag", sign, None, *_share(number), None) for sign, number in cohort.signs.items()]
    return csv_text([COLUMNS, *rows])


def _unread(unread: Mapping[str, int | None]) -> Iterator[Row]:
    """Sheets that cannot be read."""
    for why, people in unread.items():
        if people is not None:
            yield (None, None, "unread", why, None, people, "exact", None)


def _group_rows(group: Group, cohort: Cohort) -> Iterator[Row]:
    start: Row = (group.name, "yes" if group.is_rest else "no")
    yield (*start, "people", None, None, group.people, "exact", None)
    for part, kinds in (("path", group.paths), ("reach", group.reach), ("certainty", group.words)):
        names = cohort.path_names if part == "path" else {}
        yield from ((*start, *row) for row in _kinds(part, kinds, names))
    for sign, number in group.signs.items():
        yield (*start, "flag", sign, None, *_share(number), None)
    for line in group.skills:
        yield (*start, "skill_mean", line.skill, line.name, None, None, line.mean)
        yield (*start, "skill_gap", line.skill, line.name, *_share(line.gap), None)


def _kinds(part: str, kinds: Kinds, names: Mapping[str, str]) -> Iterator[Row]:
    """A row a kind, and one for all others; from `part` on."""
    for kind, people in kinds.shown.items():
        yield (part, kind, names.get(kind), people, "exact", None)
    if kinds.rest:
        yield (part, None, "all others", kinds.rest, "exact", None)


def _share(number: Share) -> Row:
    """`people` and `word` of a count."""
    return (number.people, number.word)

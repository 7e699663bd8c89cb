"""A cohort as CSV, one number a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.csv_cells import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.report.csv_cells import Cell
    from bpo_quiz.report.desk.cohort import Cohort, Group
    from bpo_quiz.report.desk.small_counts import Kinds, Share

COLUMNS = ("group", "is_rest", "part", "id", "name", "people", "word", "mean")
"""`people` is empty where `word` is not `exact`."""

Row = tuple["Cell", ...]


def csv_of(cohort: Cohort) -> str:
    """The whole cohort; only the line of titles where there are too few people."""
    return csv_text(
        [COLUMNS, *unread_rows(cohort.unread), *(row for group in cohort.groups for row in _group(group, cohort))]
    )


def unread_rows(unread: Mapping[str, int | None]) -> Iterator[Row]:
    """Sheets that cannot be read."""
    for why, people in unread.items():
        if people is not None:
            yield (None, None, "unread", why, None, people, "exact", None)


def _group(group: Group, cohort: Cohort) -> Iterator[Row]:
    start: Row = (group.name, "yes" if group.is_rest else "no")
    yield (*start, "people", None, None, group.people, "exact", None)
    for part, kinds in (("path", group.paths), ("reach", group.reach), ("certainty", group.words)):
        names = cohort.path_names if part == "path" else {}
        yield from ((*start, *row) for row in kinds_rows(part, kinds, names))
    for sign, number in group.signs.items():
        yield (*start, "flag", sign, None, *share_cells(number), None)
    for line in group.skills:
        yield (*start, "skill_mean", line.skill, line.name, None, None, line.mean)
        yield (*start, "skill_gap", line.skill, line.name, *share_cells(line.gap), None)


def kinds_rows(part: str, kinds: Kinds, names: Mapping[str, str]) -> Iterator[Row]:
    """A row a kind, and one for all others; from `part` on."""
    for kind, people in kinds.shown.items():
        yield (part, kind, names.get(kind), people, "exact", None)
    if kinds.rest:
        yield (part, None, "all others", kinds.rest, "exact", None)


def share_cells(number: Share) -> Row:
    """`people` and `word` of a count."""
    return (number.people, number.word)

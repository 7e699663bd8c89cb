"""The questionnaire as an empty sheet, one column a question, and what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, HIGHEST_VALUE, NO_ROLE, SHIFTS, SITES
from bpo_quiz.report.csv_cells import csv_text
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.report.csv_cells import Cell

ID = "id"


def empty_sheet(catalogue: Catalogue) -> str:
    """The head of a sheet with one row a person: `id`, `about.` columns, the items in the order of the full form."""
    return csv_text([_columns(catalogue)])


def legend(catalogue: Catalogue) -> str:
    """What each column of the sheet asks, and which values it takes."""
    head = ["column", "question", "takes", *map(str, range(HIGHEST_VALUE + 1))]
    return csv_text([head, *_legend(catalogue)])


def _columns(catalogue: Catalogue) -> list[str]:
    about = (f"about.{key}" for key in About._fields)
    return [ID, *about, *(item.id for item in full_order(catalogue))]


def _legend(catalogue: Catalogue) -> Iterator[list[Cell]]:
    empty: list[Cell] = [None] * (HIGHEST_VALUE + 1)
    yield [ID, "Who it is", "an alias or a number; no name", *empty]
    for key, (question, takes) in _about(catalogue).items():
        yield [f"about.{key}", question, takes, *empty]
    for item in full_order(catalogue):
        yield [item.id, item.prompt, "0 to 4; empty: had not had the chance", *item.options]


def _about(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """What every column about the person asks and takes; all may be empty."""
    return {
        "current_role": ("Today's role", _one_of((NO_ROLE, *catalogue.roles))),
        "years": ("Years of work in jobs like these", "0 to 70"),
        "english": ("Level of English", _one_of(ENGLISH_LEVELS)),
        "education": ("Highest education finished", _one_of(EDUCATION_LEVELS)),
        "shifts": ("Shifts that they could work", _some_of(SHIFTS)),
        "channel": ("Contact that they would be glad to have", _some_of(CHANNELS)),
        "site": ("Where they could work", _some_of(SITES)),
        "targets": ("Whether a personal sales or collection target is all right", "true or false"),
        "licences": ("Certificates that they hold", "texts with semicolons between"),
        "typing": ("Typing speed in words a minute", "0 to 300"),
    }


def _one_of(words: Iterable[str]) -> str:
    return f"one of: {' '.join(words)}"


def _some_of(words: Iterable[str]) -> str:
    return f"with spaces between: {' '.join(words)}"

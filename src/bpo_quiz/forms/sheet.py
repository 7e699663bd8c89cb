"""The questionnaire as an empty sheet, one column a question, and what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers.model import CODED_ID, facts
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.records.text import csv_text
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.records.text import Cell

_ASKED = {
    "current_role": "Today's role",
    "years": "Years of work, in any job",
    "fields": "Career paths in which these years were worked",
    "english": "Level of English",
    "languages": "Languages beside English that they could work in",
    "education": "Highest education finished",
    "shifts": "Shifts that they could work",
    "channel": "Contact that they would be glad to have",
    "site": "Where they could work",
    "targets": "Whether a personal sales or collection target is all right",
    "licences": "Certificates that they hold",
    "typing": "Typing speed in words a minute",
}
_TAKEN = {
    "word": "one of: {known}",
    "words": "none, or with spaces between: {known}",
    "languages": "none, or with spaces between, such as es:C1 fr:B2; levels: {known}",
    "number": "0 to {most}",
    "flag": "true or false",
    "texts": "texts with semicolons between",
}


def empty_sheet(catalogue: Catalogue) -> str:
    """The head of a sheet with one row a person: its id, `about.` columns, the items in the order of the full form."""
    return csv_text([[column for column, *_ in _columns(catalogue)]])


def legend(catalogue: Catalogue) -> str:
    """What each column of the sheet asks, and which values it takes."""
    head = ["column", "question", "takes", *map(str, range(HIGHEST_VALUE + 1))]
    return csv_text([head, *_columns(catalogue)])


def _columns(catalogue: Catalogue) -> Iterator[list[Cell]]:
    """Each column with what it asks, what it takes, and what its values mean; all but the first may be empty."""
    empty: list[Cell] = [None] * (HIGHEST_VALUE + 1)
    yield [CODED_ID, "Who it is", "an alias or a number; no name", *empty]
    for key, fact in facts(catalogue.roles, catalogue.paths).items():
        takes = _TAKEN[fact.kind].format(known=" ".join(fact.known), most=fact.most)
        yield [f"about.{key}", _ASKED[key], takes, *empty]
    for item in full_order(catalogue):
        yield [item.id, item.prompt, "0 to 4; empty: had not had the chance", *item.options]

"""The blank questionnaire as one record, from which the page, the paper and the sheet are made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bpo_quiz.answers.answer_file import FORMAT
from bpo_quiz.clean import clean
from bpo_quiz.sitting import paper
from bpo_quiz.sitting.about_form import all_questions
from bpo_quiz.store.desk_file import version
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.sitting.about_form import Choice, Question


def blank_form(catalogue: Catalogue, consent: tuple[str, ...] = ()) -> dict[str, Any]:
    """Everything that a questionnaire says; every text is clean, and none is markup of any kind.

    `consent`: the lines that whoever fills it in agrees to.

    A `value` is JSON as answer files hold it. Items stand in rows, since paper is keyed in by rows.
    """
    rows = paper.rows(catalogue)
    return {
        "format": FORMAT,
        "name": clean(catalogue.name),
        "version": clean(catalogue.version),
        "sha256": catalogue.sha256,
        "trade": clean(catalogue.trade),
        "consent": [clean(line) for line in consent],
        "consent_version": version(consent),
        "questions": len(catalogue.items()),
        "length": _length(catalogue),
        "about": [_question(question) for question in all_questions(catalogue)],
        "rows": [
            [_item(item, n) for n, item in enumerate(row, 1 + index * paper.ITEMS_A_ROW)]
            for index, row in enumerate(rows)
        ],
    }


def _length(catalogue: Catalogue) -> str:
    items = len(catalogue.items())
    return f"{items} questions, about {counted(catalogue.minutes(items), 'minute')}, after a few about you."


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "label": paper.label(question),
        "prompt": clean(question.prompt),
        "help": clean(question.help),
        "several": question.several,
        "part_of": question.part_of,
        "asked": {key: [json.dumps(value) for value in values] for key, values in question.asked},
        "only": clean(question.only),
        "choices": _choices(question.choices),
    }


def _choices(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [
        {"n": n, "label": clean(choice.label), "value": json.dumps(choice.value)} for n, choice in enumerate(choices, 1)
    ]


def _item(item: Item, number: int) -> dict[str, Any]:
    return {
        "n": number,
        "id": item.id,
        "prompt": clean(item.prompt),
        "help": clean(item.help),
        "options": [clean(option) for option in item.options],
    }

"""Twenty people in words, and what a counsellor would tell them. Their answers were written before any was scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # noqa: TID253 - a test may be slow to import

from bpo_quiz.answers.answer_file import from_record
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue

HERE = Path(__file__).parent
NAMES = sorted(file.stem for file in HERE.glob("*.yaml"))


def person(name: str) -> dict[str, Any]:
    record = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(record, dict)
    return record


def answers_of(record: dict[str, Any], catalogue: Catalogue) -> Answers:
    prefixed = {f"interest-{key}": values for key, values in record["interests"].items()}
    given = {
        f"{key}-{n}": value
        for key, values in {**record["skills"], **prefixed}.items()
        for n, value in enumerate(values, 1)
    }
    answers = {"format": "bpo-quiz/answers@1", "answers": given, "about": record["about"]}
    return from_record(answers, catalogue, record["name"])


def test_there_are_twenty_people() -> None:
    assert len(NAMES) == 20


@pytest.mark.parametrize("name", NAMES)
def test_every_person_meets_every_item(name: str, catalogue: Catalogue) -> None:
    assert set(answers_of(person(name), catalogue).responses) == {item.id for item in catalogue.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_first_path_is_one_that_a_counsellor_would_name(name: str, catalogue: Catalogue) -> None:
    record = person(name)
    paths = build(catalogue, answers_of(record, catalogue)).paths
    came = ", ".join(f"{row.path} {row.best.fit.total:.1f} by {row.best.role.id}" for row in paths[:4])
    assert paths[0].path in record["expect"]["paths"], f"{record['name']}: came {came}"


@pytest.mark.parametrize("name", NAMES)
def test_a_role_that_a_counsellor_would_name_is_among_the_first_three(name: str, catalogue: Catalogue) -> None:
    record = person(name)
    roles = build(catalogue, answers_of(record, catalogue)).roles
    came = ", ".join(f"{one.role.id} {one.fit.total:.1f}" for one in roles[:6])
    assert {one.role.id for one in roles[:3]} & set(record["expect"]["roles"]), f"{record['name']}: came {came}"

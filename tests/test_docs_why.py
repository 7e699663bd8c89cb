"""Keeps what docs/formats.md says of `why` and `what-if` true."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, get_args

import pytest
from docs_reader import as_json, blocks, described, keys_of, nulls_of, page, section, words_in_code

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.guidance.explain import PartKind, Sureness, explain
from bpo_quiz.guidance.least_raises import GOALS, Outcome, least_raises
from bpo_quiz.guidance.what_if import what_if
from bpo_quiz.records.why import (
    REACH_FORMAT,
    WHAT_IF_FORMAT,
    WHY_FORMAT,
    reach_record,
    what_if_record,
    why_record,
)

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

WHY, WHAT_IF, REACH = (section(page("formats.md"), heading) for heading in ("Why", "What-if", "Reach a role"))


@pytest.fixture(scope="module")
def printed(catalogue: Catalogue) -> dict[str, list[Any]]:
    """What the commands print for a sheet with one answer missing, and for one with a single answer."""
    dice = random.Random(5)
    uneven: Responses = {item.id: dice.randrange(5) for item in catalogue.items()} | {"teamwork-1": None}
    about = About(english="B1", shifts=("day", "evening"))
    found: dict[str, list[Any]] = {WHY: [], WHAT_IF: [], REACH: []}
    sheets: tuple[Responses, ...] = (uneven, {"coaching-1": 3})
    for told in sheets:
        answers = Answers(told, about)
        goals = [least_raises(catalogue, answers, "trainer", goal) for goal in GOALS]
        found[WHY].append(as_json(why_record(catalogue, explain(catalogue, answers, "trainer"))))
        changed = what_if(catalogue, answers, {"coaching": 75.0, "empathy": 50.0})
        found[WHAT_IF].append(as_json(what_if_record(catalogue, changed)))
        found[REACH].append(as_json(reach_record(catalogue, goals, "full")))
    return found


@pytest.mark.parametrize("text", [WHY, WHAT_IF, REACH], ids=["why", "what-if", "reach"])
def test_every_key_is_described_and_shown(printed: dict[str, list[Any]], text: str) -> None:
    every = set().union(*map(keys_of, printed[text]))
    (example,) = blocks(text, "json")
    assert set(described(text)) == every
    assert keys_of(json.loads(example)) == every


@pytest.mark.parametrize("text", [WHY, WHAT_IF, REACH], ids=["why", "what-if", "reach"])
def test_null_stands_only_where_it_is_described(printed: dict[str, list[Any]], text: str) -> None:
    described_null = {key for key, row in described(text).items() if "`null`" in row.split(" | ")[0]}
    assert set().union(*map(nulls_of, printed[text])) <= described_null


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (WHY, "format", (WHY_FORMAT,)),
        (WHY, "against.sure", get_args(Sureness)),
        (WHY, "against.parts[].kind", get_args(PartKind)),
        (WHAT_IF, "format", (WHAT_IF_FORMAT,)),
        (REACH, "format", (REACH_FORMAT,)),
        (REACH, "goals[].goal", GOALS),
        (REACH, "goals[].outcome", get_args(Outcome)),
    ],
)
def test_the_words_are_all_described(text: str, key: str, words: tuple[str, ...]) -> None:
    assert tuple(words_in_code(described(text)[key].split(" | ")[0])) == words

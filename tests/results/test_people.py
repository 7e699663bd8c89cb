"""What a cohort counts of a person, against their whole report."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.desk import CATALOGUE as SMALL
from strategies import abouts, at_times, catalogues
from whole_reports import person_of, somebody

from bpo_quiz.catalogue.load import load
from bpo_quiz.results.people import People
from bpo_quiz.scoring.many import Chances

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpo_quiz.answers.model import About, Answers
    from bpo_quiz.catalogue.model import Catalogue


def everybody(catalogue: Catalogue, number: int, seed: int = 1) -> list[tuple[Answers, str]]:
    """People of all kinds, each with a group."""
    dice = random.Random(seed)
    return [(somebody(catalogue, dice), f"2026-0{dice.randrange(1, 4)}") for _ in range(number)]


def alike(answers: Answers, value: int) -> Answers:
    return answers._replace(responses=dict.fromkeys(answers.responses, value))


@at_times
@given(catalogues().flatmap(lambda one: st.tuples(st.just(one), abouts(one))), st.integers(), st.booleans())
def test_a_person_is_what_the_whole_report_says(case: tuple[Catalogue, About], seed: int, quickly: bool) -> None:
    catalogue, about = case
    people, dice = People(catalogue, Chances(catalogue) if quickly else None), random.Random(seed)
    for answers in [somebody(catalogue, dice, about) for _ in range(3)]:
        assert people.person(answers, "A") == person_of(catalogue, answers, "A")


@pytest.mark.parametrize(
    ("of_catalogue", "number", "part"), [(lambda: SMALL, 120, "standing"), (load, 16, "word")], ids=["small", "shipped"]
)
def test_so_it_is_for_many_of_one_catalogue(of_catalogue: Callable[[], Catalogue], number: int, part: str) -> None:
    catalogue = of_catalogue()
    people, quick = People(catalogue), People(catalogue, Chances(catalogue))
    every = everybody(catalogue, number)
    every += [(alike(answers, n % 5), group) for n, (answers, group) in enumerate(every[: number // 10])]
    wanted = [person_of(catalogue, *one) for one in every]
    assert [people.person(*one) for one in every] == wanted
    assert [quick.person(*one) for one in every] == wanted
    assert {one.unread for one in wanted} == {None, "too few answers", "all alike"}
    read = [one for one in wanted if one.unread is None]
    assert len({getattr(one, part) for one in read}) > 1
    assert any(one.signs for one in read)

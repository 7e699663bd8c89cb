"""What a cohort counts of a person, against their whole report."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store.desk import CATALOGUE as SMALL
from strategies import a_catalogue, a_role, abouts, at_times, cases, catalogues, report_of
from whole_reports import person_of, somebody

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.results.cohort import REACHES, WORDS
from bpo_quiz.results.people import People
from bpo_quiz.scoring.many import Chances

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
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
    people, dice = People(catalogue, Chances(catalogue).word if quickly else None), random.Random(seed)
    for answers in [somebody(catalogue, dice, about) for _ in range(3)]:
        assert people.person(answers, "A") == person_of(catalogue, answers, "A")


def test_so_it_is_for_many_of_the_small_catalogue() -> None:
    people, quick = People(SMALL), People(SMALL, Chances(SMALL).word)
    every = everybody(SMALL, 120)
    every += [(alike(answers, n % 5), group) for n, (answers, group) in enumerate(every[:12])]
    wanted = [person_of(SMALL, *one) for one in every]
    assert [people.person(*one) for one in every] == wanted
    assert [quick.person(*one) for one in every] == wanted
    assert {one.unread for one in wanted} == {None, "too few answers", "all alike"}
    read = [one for one in wanted if one.unread is None]
    assert {one.reach for one in read} == set(REACHES)


@pytest.mark.parametrize("form", ["full", "quick"])
def test_so_it_is_for_some_of_the_shipped_catalogue(catalogue: Catalogue, form: str) -> None:
    people, quick = People(catalogue), People(catalogue, Chances(catalogue).word)
    every = [(answers._replace(form=form), group) for answers, group in everybody(catalogue, 12, 7)]
    every.append((alike(every[0][0], 3), "2026-01"))
    wanted = [person_of(catalogue, *one) for one in every]
    assert [people.person(*one) for one in every] == wanted
    assert [quick.person(*one) for one in every] == wanted
    assert len({one.word for one in wanted} & set(WORDS)) > 1
    assert len({sign for one in wanted for sign in one.signs}) > 1


@at_times
@given(cases())
def test_a_persons_gaps_are_the_five_largest_for_the_first_role_that_is_new(case: tuple[Catalogue, Responses]) -> None:
    catalogue, responses = case
    report, one = report_of(*case), People(catalogue).person(Answers(responses, About()), "A")
    assert one.unread == report.silence
    if report.silence is not None or report.headline is None:
        assert not one.gaps
        return
    missing = {share.skill: share.missing for share in report.headline.fit.shares}
    assert len(one.gaps) <= 5
    assert all(missing[gap] >= 0.5 for gap in one.gaps)
    others = [points for skill, points in missing.items() if skill not in one.gaps and points >= 0.5]
    assert len(one.gaps) == 5 or not others
    assert not one.gaps or not others or max(others) <= min(missing[gap] for gap in one.gaps)


def test_a_role_beyond_one_that_experience_opens_is_near_here_too() -> None:
    like = {"one": (5.0, 100.0), "two": (1.0, 0.0)}
    catalogue = a_catalogue(
        a_role("agent", {"one": (1, 20), "two": (5, 90)}, leads_to=["lead"]),
        a_role("lead", {"one": (5, 70), "two": (1, 20)}, rung=3, gates=Gates(experience=2), leads_to=["manager"]),
        a_role("manager", like, rung=4, gates=Gates(experience=20)),
    )
    answers = Answers({"one-1": 4, "one-2": 4, "two-1": 0, "two-2": 0}, About(years=8))
    assert People(catalogue).person(answers, None) == person_of(catalogue, answers, None)
    assert People(catalogue).person(answers, None).reach == "next"
    assert People(catalogue).person(answers._replace(about=About(years=1)), None).reach == "later"

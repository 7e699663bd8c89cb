"""Chances, against a plain count of the same draws with the Totals of the definition."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, answers_by_turns, at_times, cases, often

from bpo_quiz.scoring.certainty import DRAWS, SEED, STILL_UNKNOWN, Belief, Certainty, certainty, drawn, word, word_for
from bpo_quiz.scoring.match import fit
from bpo_quiz.scoring.posterior import normals
from bpo_quiz.scoring.profile import error_of, score
from bpo_quiz.scoring.totals import NEAR, Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.certainty import Draw
    from bpo_quiz.scoring.profile import Profile

    Case = tuple[Catalogue, Responses]


def exact(catalogue: Catalogue, profile: Profile) -> Totals:
    return Totals(catalogue, profile.levels(), profile.interest_levels())


def counted(totals: Totals, draws: Iterable[Draw], today: str | None) -> Certainty:
    first, top = dict.fromkeys(totals.roles, 0), dict.fromkeys(totals.roles, 0)
    new = {role: 0 for role in totals.roles if role != today}
    for levels, liked in draws:
        ordered = [
            role
            for _, role in sorted(
                (-one, role) for one, role in zip(totals.of(levels, liked), totals.roles, strict=True)
            )
        ]
        first[ordered[0]] += 1
        for role in ordered[:3]:
            top[role] += 1
        for role in [role for role in ordered if role != today][:1]:
            new[role] += 1
    return Certainty(*({role: times / DRAWS for role, times in counts.items()} for counts in (first, top, new)))


def plainly(catalogue: Catalogue, responses: Responses, today: str | None) -> Certainty:
    """As docs/method.md has it, with the random numbers of Python's own library."""
    profile = score(catalogue, responses)
    skills = [(one.score, STILL_UNKNOWN * error_of(one.answered)) for one in profile.skills if one.score is not None]
    liked = [(one.score, STILL_UNKNOWN * error_of(one.answered)) for one in profile.interests if one.score is not None]
    gauss = random.Random(SEED).gauss
    draws = (([gauss(*one) for one in skills], [gauss(*one) for one in liked]) for _ in range(DRAWS))
    return counted(exact(catalogue, profile), draws, today)


@given(st.integers(), st.integers(0, 3))
def test_the_normal_numbers_are_those_of_pythons_library(seed: int, before: int) -> None:
    dice, ours = random.Random(seed), random.Random(seed)
    assert [dice.random() for _ in range(before)] == [ours.random() for _ in range(before)]
    assert list(islice(normals(ours), 51)) == [dice.gauss(0.0, 1.0) for _ in range(51)]


@often
@given(cases(), st.integers(), st.sampled_from([10.0, 40.0, 120.0]))
def test_totals_are_those_of_the_definition(case: Case, seed: int, spread: float) -> None:
    catalogue, responses = case
    totals, dice = exact(catalogue, score(catalogue, responses)), random.Random(seed)
    levels = {skill: dice.gauss(50, spread) for skill in totals.skills}
    liked = {interest: dice.gauss(50, spread) for interest in totals.interests}
    found = totals.of(list(levels.values()), list(liked.values()))
    share = catalogue.settings.interest_weight
    fits = [fit(role, levels, liked, share) for role in catalogue.roles.values()]
    assert dict(zip(totals.roles, found, strict=True)) == {
        one.role: pytest.approx(one.total, abs=NEAR / 100) for one in fits if one.total is not None
    }


@pytest.mark.parametrize("apart", [0.0, 1e-9, 0.01])
def test_of_equal_roles_the_earlier_id_is_first(apart: float) -> None:
    roles = [
        a_role(name, {"one": (5, 40 + more), "two": (3, 60)}) for name, more in (("b", 0), ("a", apart), ("c", 30))
    ]
    totals = Totals(a_catalogue(*roles), ["one", "two"], [])
    for levels in ([30.0, 60.0], [60.0, 60.0], [40.0, 40.0]):
        found = totals.of(levels, [])
        wanted = sorted(zip([-one for one in found], totals.roles, strict=True))
        assert totals.first(found, 2) == [role for _, role in wanted][:2]


@at_times
@given(cases(), st.booleans())
def test_chances_are_a_count_of_draws(case: Case, in_trade: bool) -> None:
    catalogue, responses = case
    profile, today = score(catalogue, responses), min(catalogue.roles) if in_trade else None
    if not exact(catalogue, profile).roles:
        assert certainty(catalogue, profile, today) == Certainty({}, {}, {})
        return
    assert certainty(catalogue, profile, today) == plainly(catalogue, responses, today)


def test_so_they_are_with_the_shipped_catalogue(catalogue: Catalogue) -> None:
    for start in range(3):
        responses = answers_by_turns(catalogue, start)
        assert certainty(catalogue, score(catalogue, responses)) == plainly(catalogue, responses, None)


@at_times
@given(cases())
def test_chances_by_belief_are_a_count_of_draws(case: Case) -> None:
    catalogue, responses = case
    belief, totals = Belief(catalogue), Totals(catalogue, catalogue.skills, catalogue.interests)
    people = belief.prior.given(responses).draws(DRAWS, SEED)
    skills = len(catalogue.skills)
    today = min(catalogue.roles)
    assert belief.certainty(responses, today) == counted(
        totals, ((one[:skills], one[skills:]) for one in people), today
    )


def test_one_seed_for_all_so_that_an_answer_moves_chances_by_what_it_means(catalogue: Catalogue) -> None:
    responses = answers_by_turns(catalogue)
    profile = score(catalogue, responses)
    other = score(catalogue, {**responses, next(iter(responses)): 4})
    moved = [
        (one - level, then - now)
        for (one, *_), (then, *_), level, now in zip(
            (draw[0] for draw in drawn(profile)),
            (draw[0] for draw in drawn(other)),
            [next(iter(profile.levels().values()))] * DRAWS,
            [next(iter(other.levels().values()))] * DRAWS,
            strict=True,
        )
    ]
    assert all(before == pytest.approx(after) for before, after in moved)


@at_times
@given(cases(), st.data())
def test_the_word_alone_is_the_word_of_all_draws(case: Case, data: st.DataObject) -> None:
    catalogue, responses = case
    profile = score(catalogue, responses)
    chosen = data.draw(st.sampled_from(sorted(catalogue.roles)))
    found = word_for(exact(catalogue, profile), drawn(profile), lambda firsts: firsts[:1] == [chosen])
    assert found == word(certainty(catalogue, profile).p_first.get(chosen, 0.0))


def test_the_word_alone_takes_no_more_draws_than_decide_it(catalogue: Catalogue) -> None:
    profile = score(catalogue, answers_by_turns(catalogue))
    totals, draws = exact(catalogue, profile), drawn(profile)
    assert word_for(totals, draws, lambda _: False) == "none"
    assert sum(1 for _ in draws) == DRAWS // 2 - 1

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from strategies import a_catalogue, a_role, a_skill, an_interest, an_item, cases, often

from bpo_quiz.scoring.profile import score

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Item

THREE = [an_item("one", 1), an_item("one", 2, turned=True), an_item("one", 3)]
SMALL = a_catalogue(
    a_role("a"), a_role("b"), skills=[a_skill("one", THREE), a_skill("two")], interests=[an_interest("fun")]
)


def plain_mean(items: tuple[Item, ...], responses: Responses) -> float | None:
    given = [(4 - value if item.reversed else value) for item in items if (value := responses.get(item.id)) is not None]
    return 25 * sum(given) / len(given) if given else None


def test_a_score_is_25_times_the_mean_and_reversed_items_are_flipped() -> None:
    assert score(SMALL, {"one-1": 4, "one-2": 0, "one-3": 1}).levels() == {"one": 75}


def test_a_skill_without_an_answer_is_unknown_and_not_zero() -> None:
    profile = score(SMALL, {"one-1": 0, "two-1": None})
    assert profile.levels() == {"one": 0}
    assert (profile.skills[1].score, profile.skills[1].se, profile.skills[1].answered) == (None, None, 0)


@pytest.mark.parametrize(("answered", "se"), [(1, 18.5), (2, 13.1), (3, 10.7)])
def test_the_standard_error_shrinks_with_every_answer(answered: int, se: float) -> None:
    skill = score(SMALL, {item.id: 2 for item in THREE[:answered]}).skills[0]
    assert skill.se == pytest.approx(se, abs=0.05)
    assert skill.answered == answered


def test_an_unanswered_interest_is_unknown_and_not_zero() -> None:
    assert score(SMALL, {"one-1": 2}).interest_levels() == {}
    assert score(SMALL, {"interest-fun-1": 0, "interest-fun-2": 1}).interest_levels() == {"fun": 12.5}


def test_answers_to_items_of_another_catalogue_change_nothing() -> None:
    assert score(SMALL, {"one-1": 3, "nine-1": 4}) == score(SMALL, {"one-1": 3})


@often
@given(cases())
def test_s03_scores_are_those_of_the_method(case: tuple[Catalogue, Responses]) -> None:
    catalogue, responses = case
    profile = score(catalogue, responses)
    assert [one.skill for one in profile.skills] == list(catalogue.skills)
    for one in profile.skills:
        mean = plain_mean(catalogue.skills[one.skill].items, responses)
        assert one.score == (None if mean is None else pytest.approx(mean, abs=1e-9))
        assert one.se == (math.sqrt((17**2 + 25**2 / 12) / one.answered) if one.answered else None)
    for liked in profile.interests:
        mean = plain_mean(catalogue.interests[liked.interest].items, responses)
        assert liked.score == (None if mean is None else pytest.approx(mean, abs=1e-9))


@often
@given(cases())
def test_s03_the_order_of_answers_and_items_is_free(case: tuple[Catalogue, Responses]) -> None:
    catalogue, responses = case
    turned = {key: skill._replace(items=skill.items[::-1]) for key, skill in catalogue.skills.items()}
    backwards = dict(reversed(responses.items()))
    assert score(catalogue._replace(skills=turned), backwards) == score(catalogue, responses)

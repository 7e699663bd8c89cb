from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from strategies import (
    a_catalogue,
    a_role,
    answers_by_turns,
    at_times,
    cases,
)

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.guidance.explain import Explanation, explain
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.answer_moves import Swing
    from bpo_quiz.scoring.match import Fit

Case = tuple["Catalogue", "Responses"]


def why(catalogue: Catalogue, responses: Responses, role: str) -> Explanation:
    return explain(catalogue, Answers(responses, About()), role)


def ranked(catalogue: Catalogue, responses: Responses) -> list[Fit]:
    return [one for one in rank(fit_all(catalogue, score(catalogue, responses))) if one.total is not None]


def every(case: Case) -> list[Explanation]:
    return [why(*case, role) for role in case[0].roles]


def same(number: float) -> object:
    return pytest.approx(number, abs=1e-9)


def uneven(catalogue: Catalogue, seed: int, answered: float = 1.0) -> Responses:
    """Somebody's answers, by chance, some left out."""
    dice = random.Random(seed)
    return {item.id: dice.randrange(5) if dice.random() < answered else None for item in catalogue.items()}


def all_parts_add_up(one: Explanation) -> None:
    fit = one.fit
    if fit.match is None or fit.total is None:
        return
    assert fit.match + math.fsum(cost.points for cost in fit.costs) + fit.level_cost == same(100)
    interest = fit.interest if fit.interest is not None else 100.0
    assert interest + math.fsum(cost.points for cost in one.interests) == same(100)
    share = one.interest_weight
    assert fit.total == same((1 - share) * fit.match + share * interest)
    if one.against is not None:
        assert math.fsum(part.points for part in one.against.parts) == same(one.against.lead)


@pytest.mark.parametrize(("seed", "answered"), [(0, 1.0), (1, 0.9)])
def test_s03_every_role_of_the_shipped_catalogue_adds_up(catalogue: Catalogue, seed: int, answered: float) -> None:
    responses = uneven(catalogue, seed, answered)
    explained = [why(catalogue, responses, role) for role in catalogue.roles]
    assert sum(one.rank is not None for one in explained) >= 30
    for one in explained:
        all_parts_add_up(one)


@at_times
@given(cases())
def test_s03_every_role_of_any_catalogue_adds_up(case: Case) -> None:
    for one in every(case):
        all_parts_add_up(one)


@at_times
@given(cases())
def test_places_are_those_of_total_and_the_rival_is_the_first_other_role(case: Case) -> None:
    order = [one.role for one in ranked(*case)]
    for one in every(case):
        assert one.ranked == len(order)
        assert one.rank == (order.index(one.role.id) + 1 if one.role.id in order else None)
        others = [role for role in order if role != one.role.id]
        expected = others[0] if others and one.rank is not None else None
        assert (one.against.rival.id if one.against else None) == expected


def scored_again(case: Case, one: Explanation, item: str, value: int) -> tuple[float, float, int]:
    """Total, lead and place with another answer, by the ranking itself."""
    fits = ranked(case[0], {**case[1], item: value})
    totals = {fit.role: fit.total or 0.0 for fit in fits}
    rival = totals[one.against.rival.id] if one.against else 0.0
    return totals[one.role.id], totals[one.role.id] - rival, [fit.role for fit in fits].index(one.role.id) + 1


@at_times
@given(cases())
def test_s03_a_step_is_what_scoring_again_gives(case: Case) -> None:
    for one in every(case)[:3]:
        lead = one.against.lead if one.against else one.fit.total or 0.0
        steps: list[tuple[str, Swing]] = []
        for move in one.moves:
            for value, step in ((move.value - 1, move.lower), (move.value + 1, move.higher)):
                assert (step is None) == (value not in range(5))
                if step is not None:
                    assert step.value == value
                    steps.append((move.item.id, step))
        for question in one.still_open:
            steps += [(question.item.id, question.worst), (question.item.id, question.best)]
        for item, step in steps[:20]:
            total, now, place = scored_again(case, one, item, step.value)
            assert (step.total, step.lead, step.rank) == (same(total), same(now - lead), place)


@at_times
@given(cases())
def test_every_answer_and_every_open_question_is_named_once_the_largest_first(case: Case) -> None:
    catalogue, responses = case
    given = {item.id for item in catalogue.items() if responses.get(item.id) is not None}
    for one in every(case):
        if one.rank is None:
            assert (one.moves, one.still_open, one.against) == ((), (), None)
            continue
        assert {move.item.id for move in one.moves} == given
        assert {question.item.id for question in one.still_open} == {i.id for i in catalogue.items()} - given
        for sizes in ([move.size for move in one.moves], [question.size for question in one.still_open]):
            assert sizes == [pytest.approx(size, abs=1e-8) for size in sorted(sizes, reverse=True)]


def test_s02_a_role_with_too_few_answers_names_the_fewest_skills_that_would_do() -> None:
    role = a_role("a", {"one": (0, 50), "two": (5, 50), "three": (3, 50), "four": (0, 50)})
    catalogue = a_catalogue(role, a_role("b", {"one": (5, 50), "two": (0, 9), "three": (0, 9), "four": (0, 9)}))
    alone = why(catalogue, {"one-1": 2}, "a")  # 1 of 12 is known; 7.2 are needed
    assert (alone.rank, alone.match_rank, alone.elevation, alone.enough) == (None, None, None, ("two", "three"))
    both = why(catalogue, {"one-1": 2, "two-1": 3, "three-2": 1}, "a")
    assert (both.rank, both.enough) == (2, ())


@at_times
@given(cases())
def test_s02_with_those_skills_answered_a_role_gets_a_match(case: Case) -> None:
    for one in every(case):
        told = {item.id: 2 for skill in one.enough for item in case[0].skills[skill].items}
        assert why(case[0], {**case[1], **told}, one.role.id).rank is not None


def test_what_stands_beside_a_role_is_told(catalogue: Catalogue) -> None:
    about = About(current_role="trainer", english="A2")
    one = explain(catalogue, Answers(answers_by_turns(catalogue), about, "quick"), "trainer")
    assert (one.is_today, one.form, one.all_alike) == (True, "quick", False)
    assert [each.check.state for each in one.hurdles if each.check.name == "english"] == ["not met"]
    alike = explain(catalogue, Answers({item.id: 3 for item in catalogue.items()}, about), "quality_manager")
    assert (alike.is_today, alike.all_alike) == (False, True)


def test_the_lead_is_sure_only_beyond_its_error(catalogue: Catalogue) -> None:
    responses = answers_by_turns(catalogue)
    order = [one.role for one in ranked(catalogue, responses)]
    near, far = (why(catalogue, responses, order[place]).against for place in (1, -1))
    assert near is not None
    assert far is not None
    assert (near.sureness, far.sureness) == ("within error", "clearly ahead")
    assert near._replace(lead=1.5 * near.error).sureness == "ahead"


def test_an_explanation_takes_a_moment_only(catalogue: Catalogue) -> None:
    sheets = [answers_by_turns(catalogue), uneven(catalogue, 3, 0.75)]
    start = time.process_time()
    for responses in sheets:
        why(catalogue, responses, ranked(catalogue, responses)[0].role)
    assert (time.process_time() - start) / len(sheets) < 0.3

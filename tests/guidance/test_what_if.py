from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, answers_by_turns, at_times, cases

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.guidance.what_if import WhatIf, what_if
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Case = tuple["Catalogue", "Responses"]


def changed(case: Case, levels: dict[str, float]) -> WhatIf:
    return what_if(case[0], Answers(case[1], About()), levels)


@at_times
@given(cases(), st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_s03_a_raise_never_lowers_a_readiness_and_never_moves_an_interest(case: Case, shares: list[float]) -> None:
    now = score(*case).levels()
    raised = {skill: level + (100 - level) * share for (skill, level), share in zip(now.items(), shares, strict=False)}
    for one in changed(case, raised).roles:
        assert (one.before.readiness is None) == (one.after.readiness is None)
        assert (one.after.readiness or 0) >= (one.before.readiness or 0) - 1e-9
        assert one.after.interest == one.before.interest


@at_times
@given(cases())
def test_without_a_change_both_rankings_are_the_one_of_the_answers(case: Case) -> None:
    found = changed(case, {}).roles
    assert [one.after for one in found] == [one.before for one in found] == rank(fit_all(case[0], score(*case)))
    assert all(one.rank_before == one.rank_after for one in found)


def test_both_rankings_are_those_of_answers_with_these_levels(catalogue: Catalogue) -> None:
    responses = answers_by_turns(catalogue)
    then = {**responses, "coaching-1": 4, "coaching-2": 4}
    found = changed((catalogue, responses), {"coaching": 100.0}).roles
    assert [one.after for one in found] == rank(fit_all(catalogue, score(catalogue, then)))
    before = [one.role for one in rank(fit_all(catalogue, score(catalogue, responses)))]
    assert [one.rank_before for one in found] == [before.index(one.role.id) + 1 for one in found]


def test_a_level_for_a_skill_without_an_answer_makes_it_known() -> None:
    catalogue = a_catalogue(a_role("a"), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    found = changed((catalogue, {"one-1": 2}), {"two": 50})
    assert [(one.skill, one.before, one.after) for one in found.changes] == [("two", None, 50)]
    assert {one.role.id: (one.rank_before, one.rank_after) for one in found.roles} == {"a": (1, 1), "b": (None, 2)}


def test_a_raise_opens_no_gate() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1", typing=40)), a_role("b"))
    answers = Answers({"one-1": 1, "two-1": 1}, About(english="B1", current_role="b"))
    found = {one.role.id: one for one in what_if(catalogue, answers, {"one": 100, "two": 100}).roles}
    assert [gate.name for gate in found["a"].stands.unmet] == ["english"]
    assert (found["b"].stands.unmet, found["a"].is_today, found["b"].is_today) == ((), False, True)


def test_another_fact_opens_a_gate_and_moves_no_number() -> None:
    catalogue = a_catalogue(a_role("a", gates=Gates(english="C1")), a_role("b"))
    answers = Answers({"one-1": 1, "one-2": 1, "two-1": 1, "two-2": 1}, About(english="B1", current_role="b"))
    found = what_if(catalogue, answers, {}, answers.about._replace(english="C1"))
    (moved,) = (one for one in found.roles if one.role.id == "a")
    assert (moved.stood.state, moved.stands.state, found.facts) == ("not_yet", "open", ("english",))
    assert moved.before == moved.after


@pytest.mark.parametrize(("told", "form"), [(3, "full"), (3, "quick")])
def test_what_the_words_need_is_passed_on(told: int, form: str) -> None:
    catalogue = a_catalogue(a_role("a"), a_role("b"))
    answers = Answers({item.id: told for item in catalogue.items()}, About(), form)
    found = what_if(catalogue, answers, {"one": 100})
    assert (found.form, found.all_alike) == (form, True)

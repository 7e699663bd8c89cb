"""Scoring many people, with numpy and by exact sums, against the definitions."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    a_catalogue,
    a_role,
    a_skill,
    an_item,
    answers_by_turns,
    at_times,
    cases,
    catalogues,
    often,
    responses,
)

from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.certainty import certainty
from bpo_quiz.scoring.exact import FirstStandings, WholeNumbers
from bpo_quiz.scoring.many import RULES, Arrays, Chances, Ranked, SheetScorer, order
from bpo_quiz.scoring.match import fit, fit_all
from bpo_quiz.scoring.profile import INCOMPLETE, score
from bpo_quiz.scoring.ranking import Standing, rank, standings
from bpo_quiz.scoring.rounding import written
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

    Case = tuple[Catalogue, Responses]
    Scored = tuple[list[Standing], Sequence[str]]


def groups() -> st.SearchStrategy[tuple[Catalogue, list[Responses]]]:
    """A catalogue, and the answers of some people: all, many, some or none; also all alike."""
    return catalogues().flatmap(
        lambda one: st.tuples(st.just(one), st.lists(responses(one) | all_alike(one), min_size=1, max_size=6))
    )


def all_alike(catalogue: Catalogue) -> st.SearchStrategy[Responses]:
    return st.integers(0, 4).map(lambda value: {item.id: item.keyed(value) for item in catalogue.items()})


def with_twins(catalogue: Catalogue) -> Catalogue:
    roles = [role._replace(id=f"{prefix}_{role.id}") for prefix in "bac" for role in catalogue.roles.values()]
    return catalogue._replace(roles={role.id: role for role in roles})


def matrix(catalogue: Catalogue, people: Sequence[Responses]) -> NDArray[np.int64]:
    rows = [[-1 if (value := one.get(item.id)) is None else value for item in catalogue.items()] for one in people]
    return np.array(rows)


def in_python(scorer: SheetScorer, found: Ranked, sheet: int) -> Scored:
    places = range(int((found.role[sheet] >= 0).sum()))
    numbers = [[float(column[sheet, place]) for column in found[1:5]] for place in places]
    told = [
        Standing(scorer.roles[role], total, match, readiness, None if np.isnan(interest) else interest)
        for role, (total, match, readiness, interest) in zip(found.role[sheet].tolist(), numbers, strict=False)
    ]
    return told, [rule for bit, rule in enumerate(RULES) if found.rules[sheet] >> bit & 1]


def check(catalogue: Catalogue, people: Sequence[Responses], top: int = 4) -> list[Scored]:
    """What the definitions say of each; both other ways must say so too, and the same as each other to the bit."""
    scorer, first, asked = (
        SheetScorer(catalogue, full_order(catalogue), top),
        FirstStandings(catalogue),
        full_order(catalogue),
    )
    ranked = scorer(matrix(catalogue, people))
    found: list[Scored] = []
    for sheet, given_ in enumerate(people):
        profile = score(catalogue, given_)
        wanted = standings(rank(fit_all(catalogue, profile)), top)
        fired: list[str] = [flag.rule for flag in flags(catalogue, asked, given_)]
        fired += [] if profile.is_whole else [INCOMPLETE]
        exact = first(profile, top)
        assert in_python(scorer, ranked, sheet) == (exact, fired)
        assert [one.role for one in exact] == [one.role for one in wanted]
        numbers = ([number for one in told for number in one[1:]] for told in (exact, wanted))
        assert next(numbers) == pytest.approx(next(numbers), abs=1e-11)
        found.append((wanted, fired))
    return found


@often
@given(groups(), st.sampled_from((1, 4, 99)), st.booleans())
def test_both_score_as_the_definitions_do(group: tuple[Catalogue, list[Responses]], top: int, twins: bool) -> None:
    catalogue, people = group
    check(with_twins(catalogue) if twins else catalogue, people, top)


def test_equal_totals_are_ordered_by_readiness() -> None:
    """Both roles ask for nothing of interest and lie as far from the person; one is met, the other is not."""
    roles = a_role("a", {"one": (5, 75), "two": (5, 75)}), a_role("b", {"one": (5, 25), "two": (5, 25)})
    ((found, _),) = check(a_catalogue(*roles), [{f"{skill}-{n}": 2 for skill in ("one", "two") for n in (1, 2)}])
    assert [one.role for one in found] == ["b", "a"]


@pytest.mark.parametrize("importance", [1, 2, 3])
def test_at_60_percent_of_the_weight_known_the_definition_decides(importance: float) -> None:
    roles = a_role("a", {"one": (importance, 50), "two": (1, 50)}), a_role("b", {"one": (9, 9), "two": (1, 5)})
    check(a_catalogue(*roles), [{"one-1": 2, "one-2": 3}])


@pytest.mark.parametrize("people", [[(0, ""), (4, ""), (1, "one-1"), (3, "one")]])
@pytest.mark.parametrize(("importance", "is_exact"), [(4.7373, True), (10 / 3, False)])
@pytest.mark.parametrize("level", [0.0, 100.0, 2**0.5])
def test_numbers_of_many_digits(importance: float, is_exact: bool, level: float, people: list[tuple[int, str]]) -> None:
    """Everybody has nothing of what is asked for in full, or everything of what is not; also with answers missing."""
    roles = a_role("a", {"one": (importance, level), "two": (4, level)}), a_role("b")
    catalogue = a_catalogue(*roles)
    assert WholeNumbers(catalogue).is_exact == (is_exact and level != 2**0.5)
    check(
        catalogue,
        [{item.id: n for item in catalogue.items() if not out or not item.id.startswith(out)} for n, out in people],
    )


def test_a_role_that_asks_for_nothing_is_ready() -> None:
    catalogue = a_catalogue(a_role("a", {"one": (5, 0), "two": (1, 0)}), a_role("b"))
    ((found, _),) = check(catalogue, [{item.id: 1 for item in catalogue.items()}])
    assert {one.role: one.readiness for one in found}["a"] == 100.0


def test_skills_with_many_items() -> None:
    skills = [a_skill("one", [an_item("one", n) for n in range(9)]), a_skill("two", [an_item("two", 0)])]
    catalogue = a_catalogue(a_role("a"), a_role("b", {"one": (1, 20), "two": (3, 90)}), skills=skills)
    items = list(enumerate(catalogue.items()))
    check(catalogue, [{item.id: (n * k + n) % 5 for k, item in items if (n + k) % 4} for n in range(400)])


def test_the_shipped_catalogue(catalogue: Catalogue) -> None:
    items = list(enumerate(catalogue.items()))
    check(catalogue, [answers_by_turns(catalogue, start) for start in range(5)])
    check(catalogue, [{item.id: (n * 7 + k * k) % 5 for k, item in items if (k + n) % 9} for n in range(20)])


def test_flags_at_their_limits(catalogue: Catalogue) -> None:
    """Sheets around each limit: runs of 8 to 12, spreads from nothing to much, pairs that agree or not."""
    asked, items = list(enumerate(full_order(catalogue))), list(enumerate(catalogue.items()))
    people: list[Responses] = []
    people += ({item.id: 2 if n < run else n % 5 for n, item in asked} for run in range(8, 13))
    people += ({item.id: 3 if n % step else 2 for n, item in asked} for step in range(1, 30))
    people += ({item.id: 2 * (n < low) for n, item in items[:20]} for low in range(11))
    people += ({item.id: (n // 2 + n % 2 * (k if n // 2 % 3 else 0)) % 5 for n, item in items} for k in range(5))
    found = check(catalogue, people)
    for rule in RULES:
        assert {rule in fired for _, fired in found} == {True, False}


def test_a_scorer_can_be_pickled(catalogue: Catalogue) -> None:
    scorer = SheetScorer(catalogue, full_order(catalogue), 3)
    values = matrix(catalogue, [answers_by_turns(catalogue, start) for start in range(5)])
    again = pickle.loads(pickle.dumps(scorer))  # noqa: S301
    for one, other in zip(scorer(values), again(values), strict=True):
        np.testing.assert_array_equal(one, other)
    assert again.items == tuple(item.id for item in catalogue.items())


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.zeros(64), np.full((1, 64), 5), np.full((1, 64), -2)])
def test_values_of_another_shape_or_range_are_refused(catalogue: Catalogue, values: NDArray[np.int64]) -> None:
    with pytest.raises(ValueError, match="values: should be"):
        SheetScorer(catalogue, full_order(catalogue))(values)


def test_no_sheets_at_all(catalogue: Catalogue) -> None:
    found = SheetScorer(catalogue, full_order(catalogue))(np.zeros((0, 64), dtype=np.int8))
    assert (found.role.shape, found.rules.shape) == ((0, 5), (0,))


@at_times
@given(cases(), st.booleans(), st.data())
def test_chances_are_those_of_the_definition(case: Case, twins: bool, data: st.DataObject) -> None:
    catalogue = with_twins(case[0]) if twins else case[0]
    profile = score(catalogue, case[1])
    today = data.draw(st.none() | st.sampled_from(sorted(catalogue.roles)))
    assert Chances(catalogue)(profile, today) == certainty(catalogue, profile, today)


@often
@given(catalogues(), st.integers(0, 2**32))
def test_total_of_levels_is_that_of_the_definition_and_so_is_the_order(catalogue: Catalogue, seed: int) -> None:
    """Anything from 0 to 100, the ends among them."""
    arrays, skills = Arrays(catalogue), len(catalogue.skills)
    levels = np.clip(np.random.default_rng(seed).uniform(-20, 120, (5, skills + len(catalogue.interests))), 0, 100)
    before = levels.copy()
    totals = arrays.total(levels)
    for of_person, found, places in zip(levels.tolist(), totals, order(totals, len(arrays.roles)), strict=True):
        known = dict(zip(catalogue.skills, of_person, strict=False))
        liked = dict(zip(catalogue.interests, of_person[skills:], strict=True))
        share = catalogue.settings.interest_weight
        fits = {role.id: fit(role, known, liked, share) for role in catalogue.roles.values()}
        assert found == pytest.approx([fits[role].total for role in arrays.roles], abs=1e-9)
        if np.diff(np.sort(found)).min() > 1e-6:
            assert [arrays.roles[n] for n in places] == [one.role for one in rank(fits.values())]
    assert (levels == before).all()


def test_of_equal_roles_the_earlier_id_comes_first() -> None:
    arrays = Arrays(a_catalogue(a_role("b"), a_role("a"), a_role("c", {"one": (5, 0), "two": (1, 100)})))
    assert [arrays.roles[n] for n in order(arrays.total(np.array([[75.0, 25.0]])), 3)[0]] == ["a", "b", "c"]


@given(st.floats(0, 100))
def test_a_written_number_is_within_a_billionth(number: float) -> None:
    assert abs(float(written(number)) - number) < 1e-9
    assert len(written(number).partition(".")[2]) == 9

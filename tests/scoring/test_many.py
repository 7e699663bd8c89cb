"""Scoring many sheets, with numpy and without, against the definitions."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, a_skill, an_item, answers_by_turns, at_times, cases, catalogues, responses

from bpo_quiz.scoring.answer_quality import flags
from bpo_quiz.scoring.batch import BatchScorer, Ranked
from bpo_quiz.scoring.batch_chances import BatchChances
from bpo_quiz.scoring.batch_rules import RULES
from bpo_quiz.scoring.certainty import certainty
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.scoring.role_table import RoleTable, Standing, first_standings, written
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.answer_quality import Rule

    Case = tuple[Catalogue, Responses]
    Values = NDArray[np.int64]

TOP = 4


class Scored(NamedTuple):
    """The first roles, best first, and the rules of answer quality that fired."""

    standings: Sequence[Standing]
    rules: Sequence[Rule]


def groups() -> st.SearchStrategy[tuple[Catalogue, list[Responses]]]:
    """A catalogue, and the answers of some people: all, many, some or none; also all alike."""
    people = st.lists(st.sampled_from(range(12)), min_size=1, max_size=6)
    return (
        catalogues()
        .flatmap(
            lambda one: st.tuples(st.just(one), people.flatmap(lambda kinds: st.tuples(*(some(one, n) for n in kinds))))
        )
        .map(lambda pair: (pair[0], list(pair[1])))
    )


def some(catalogue: Catalogue, kind: int) -> st.SearchStrategy[Responses]:
    if kind < 8:
        return responses(catalogue)
    return st.just({item.id: item.keyed(kind - 8) for item in catalogue.items()})


def matrix(catalogue: Catalogue, people: Sequence[Responses]) -> Values:
    rows = [[-1 if (value := one.get(item.id)) is None else value for item in catalogue.items()] for one in people]
    return np.array(rows)


def plainly(catalogue: Catalogue, people: Sequence[Responses], top: int = TOP) -> list[Scored]:
    table, order = RoleTable.of(catalogue), full_order(catalogue)
    return [
        Scored(first_standings(catalogue, table, one, top), [flag.rule for flag in flags(catalogue, order, one)])
        for one in people
    ]


def standing(scorer: BatchScorer, found: Ranked, sheet: int, place: int) -> Standing:
    total, match, readiness, interest = (float(column[sheet, place]) for column in found[1:5])
    role = scorer.roles[int(found.role[sheet, place])]
    return Standing(role, total, match, readiness, None if np.isnan(interest) else interest)


def quickly(catalogue: Catalogue, people: Sequence[Responses], top: int = TOP) -> list[Scored]:
    scorer = BatchScorer(catalogue, full_order(catalogue), top)
    found = scorer(matrix(catalogue, people))
    scored = []
    for sheet in range(len(people)):
        places = range(int((found.role[sheet] >= 0).sum()))
        standings = [standing(scorer, found, sheet, place) for place in places]
        scored.append(Scored(standings, [rule for bit, rule in enumerate(RULES) if found.rules[sheet] >> bit & 1]))
    return scored


def defined(catalogue: Catalogue, given_: Responses, top: int = TOP) -> Scored:
    ranked = rank(fit_all(catalogue, score(catalogue, given_)))[:top]
    standings = [
        Standing(one.role, one.total, one.match, one.readiness, one.interest)
        for one in ranked
        if one.total is not None and one.match is not None and one.readiness is not None
    ]
    return Scored(standings, [flag.rule for flag in flags(catalogue, full_order(catalogue), given_)])


def numbers(scored: Scored) -> list[float | None]:
    return [number for one in scored.standings for number in one[1:]]


def assert_same(found: Scored, wanted: Scored) -> None:
    assert [one.role for one in found.standings] == [one.role for one in wanted.standings]
    assert numbers(found) == pytest.approx(numbers(wanted), abs=1e-10)
    assert found.rules == wanted.rules


@at_times
@given(groups())
def test_both_score_as_the_definitions_do(group: tuple[Catalogue, list[Responses]]) -> None:
    catalogue, people = group
    for one, plain, quick in zip(people, plainly(*group), quickly(*group), strict=True):
        assert_same(plain, defined(catalogue, one))
        assert quick == plain, "to the bit"


@at_times
@given(cases())
def test_all_roles_can_be_wanted_and_more(case: Case) -> None:
    catalogue, given_ = case
    for top in (1, len(catalogue.roles), 99):
        (plain,), (quick,) = plainly(catalogue, [given_], top), quickly(catalogue, [given_], top)
        assert_same(plain, defined(catalogue, given_, top))
        assert quick == plain


@at_times
@given(cases())
def test_roles_that_are_equal_come_in_the_order_of_their_ids(case: Case) -> None:
    catalogue, given_ = case
    twins = {f"{prefix}_{role.id}": role._replace(id=f"{prefix}_{role.id}")
             for prefix in ("b", "a", "c") for role in catalogue.roles.values()}  # fmt: skip
    crowded = catalogue._replace(roles=twins)
    (plain,), (quick,) = plainly(crowded, [given_]), quickly(crowded, [given_])
    assert_same(plain, defined(crowded, given_))
    assert_same(quick, defined(crowded, given_))


def test_equal_totals_are_ordered_by_readiness() -> None:
    """Both roles ask for nothing of interest and lie as far from the person; one is met, the other is not."""
    catalogue = a_catalogue(
        a_role("a", {"one": (5, 75), "two": (5, 75)}), a_role("b", {"one": (5, 25), "two": (5, 25)})
    )
    given_: Responses = {item.id: 2 for item in catalogue.items()}
    assert [one.role for one in defined(catalogue, given_).standings] == ["b", "a"]
    for (found,) in (plainly(catalogue, [given_]), quickly(catalogue, [given_])):
        assert_same(found, defined(catalogue, given_))


@pytest.mark.parametrize("importance", [1, 2, 3])
def test_at_60_percent_of_the_weight_known_the_definition_decides(importance: float) -> None:
    catalogue = a_catalogue(
        a_role("a", {"one": (importance, 50), "two": (1, 50)}), a_role("b", {"one": (9, 9), "two": (1, 5)})
    )
    given_: Responses = {"one-1": 2, "one-2": 3}
    for (found,) in (plainly(catalogue, [given_]), quickly(catalogue, [given_])):
        assert_same(found, defined(catalogue, given_))


def test_levels_too_fine_to_be_summed_exactly_are_left_to_the_definition() -> None:
    fine = {"one": (10 / 3, 100 / 3), "two": (1.1, 2**0.5)}
    catalogue = a_catalogue(a_role("a", fine), a_role("b", {"one": (5, 75), "two": (1, 25)}))
    assert not RoleTable.of(catalogue).is_exact
    given_: Responses = {item.id: 1 for item in catalogue.items()}
    assert plainly(catalogue, [given_]) == quickly(catalogue, [given_]) == [defined(catalogue, given_)]


def test_a_role_that_asks_for_nothing_is_ready() -> None:
    catalogue = a_catalogue(a_role("a", {"one": (5, 0), "two": (1, 0)}), a_role("b"))
    given_: Responses = {item.id: 1 for item in catalogue.items()}
    for (found,) in (plainly(catalogue, [given_]), quickly(catalogue, [given_])):
        assert {one.role: one.readiness for one in found.standings}["a"] == 100.0


def test_skills_with_many_items() -> None:
    skills = [a_skill("one", [an_item("one", n) for n in range(9)]), a_skill("two", [an_item("two", 0)])]
    catalogue = a_catalogue(a_role("a"), a_role("b", {"one": (1, 20), "two": (3, 90)}), skills=skills)
    people: list[Responses] = [
        {item.id: (n * k + n) % 5 for k, item in enumerate(catalogue.items()) if (n + k) % 4} for n in range(400)
    ]
    for one, plain, quick in zip(people, plainly(catalogue, people), quickly(catalogue, people), strict=True):
        assert_same(plain, defined(catalogue, one))
        assert quick == plain


def test_the_shipped_catalogue(catalogue: Catalogue) -> None:
    people: list[Responses] = [answers_by_turns(catalogue, start) for start in range(5)]
    people += [
        {item.id: (n * 7 + k * k) % 5 for k, item in enumerate(catalogue.items()) if (k + n) % 9} for n in range(20)
    ]
    for one, plain, quick in zip(people, plainly(catalogue, people), quickly(catalogue, people), strict=True):
        assert_same(plain, defined(catalogue, one))
        assert quick == plain


def test_flags_at_their_limits_are_those_of_the_definition(catalogue: Catalogue) -> None:
    """Sheets around each limit: runs of 8 to 12, spreads and agreements from nothing to much."""
    order = full_order(catalogue)
    runs: list[Responses] = [{item.id: 2 if n < run else n % 5 for n, item in enumerate(order)} for run in range(8, 13)]
    spreads: list[Responses] = [
        {item.id: 3 if n % step else 2 for n, item in enumerate(order)} for step in range(1, 30)
    ]
    pairs: list[Responses] = [
        {item.id: (n // 2 + (n % 2) * (k if n // 2 % 3 else 0)) % 5 for n, item in enumerate(catalogue.items())}
        for k in range(5)
    ]
    people = [*runs, *spreads, *pairs]
    fired = set()
    for one, plain, quick in zip(people, plainly(catalogue, people), quickly(catalogue, people), strict=True):
        wanted = defined(catalogue, one).rules
        assert (plain.rules, quick.rules) == (wanted, wanted)
        fired |= {*wanted, f"not {len(wanted)}"}
    assert {*RULES, "not 0"} <= fired


def test_spreads_around_the_limit(catalogue: Catalogue) -> None:
    """20 answers, from all alike to two halves; the limit lies between two of them."""
    items, order = [item.id for item in catalogue.items()][:20], full_order(catalogue)
    people: list[Responses] = [{item: 2 * (n < low) for n, item in enumerate(items)} for low in range(11)]
    found = set()
    for one, plain, quick in zip(people, plainly(catalogue, people), quickly(catalogue, people), strict=True):
        assert plain.rules == quick.rules == [flag.rule for flag in flags(catalogue, order, one)]
        found.add("no spread" in plain.rules)
    assert found == {True, False}


def test_a_scorer_can_be_pickled(catalogue: Catalogue) -> None:
    scorer = BatchScorer(catalogue, full_order(catalogue), 3)
    values = matrix(catalogue, [answers_by_turns(catalogue, start) for start in range(5)])
    again = pickle.loads(pickle.dumps(scorer))  # noqa: S301
    for one, other in zip(scorer(values), again(values), strict=True):
        np.testing.assert_array_equal(one, other)
    assert again.items == tuple(item.id for item in catalogue.items())


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.zeros(64), np.full((1, 64), 5), np.full((1, 64), -2)])
def test_values_of_another_shape_or_range_are_refused(catalogue: Catalogue, values: Values) -> None:
    with pytest.raises(ValueError, match="values: should be"):
        BatchScorer(catalogue, full_order(catalogue))(values)


def test_no_sheets_at_all(catalogue: Catalogue) -> None:
    found = BatchScorer(catalogue, full_order(catalogue))(np.zeros((0, 64), dtype=np.int8))
    assert found.role.shape == (0, 5)
    assert found.rules.shape == (0,)


@at_times
@given(cases())
def test_chances_are_those_of_the_definition(case: Case) -> None:
    catalogue, given_ = case
    profile = score(catalogue, given_)
    assert BatchChances(catalogue)(profile, given_) == certainty(catalogue, profile, given_).p_first


@at_times
@given(cases(), st.data())
def test_the_word_is_that_of_the_definition(case: Case, data: st.DataObject) -> None:
    catalogue, given_ = case
    profile = score(catalogue, given_)
    known = sorted(certainty(catalogue, profile, given_).p_first)
    if known:
        leader = data.draw(st.sampled_from(known))
        wanted = certainty(catalogue, profile, given_, leader).word
        assert BatchChances(catalogue).word(profile, given_, leader) == wanted


@given(st.floats(0, 100))
def test_a_written_number_is_within_a_billionth(number: float) -> None:
    assert abs(float(written(number)) - number) < 1e-9
    assert len(written(number).partition(".")[2]) == 9

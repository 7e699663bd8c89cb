from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Catalogue, Item
from bpo_quiz.sitting.full_form import FullForm, full_order

SMALL = load(Path(__file__).parents[1] / "data" / "small")
ORDER = """
from bpo_quiz.catalogue.load import load
from bpo_quiz.sitting.full_form import full_order
print(*(item.id for item in full_order(load())))
"""


def with_items(counts: list[int]) -> Catalogue:
    skill = SMALL.skills["dough"]
    skills = {
        f"s{n}": skill._replace(
            id=f"s{n}",
            items=tuple(Item(f"s{n}-{m}", f"s{n}", "Why?", "", skill.items[0].options) for m in range(count)),
        )
        for n, count in enumerate(counts)
    }
    return SMALL._replace(skills=skills, interests={})


def test_each_half_of_the_shipped_form_asks_about_every_skill_and_interest_once_shuffled(catalogue: Catalogue) -> None:
    order = full_order(catalogue)
    for half in (order[:32], order[32:]):
        assert len({item.measures for item in half}) == 32
    firsts = [item.measures for item in order[:32]]
    assert firsts != [*catalogue.skills, *catalogue.interests]
    assert set(firsts[:10]) & set(catalogue.interests)


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_order_is_the_same_for_everybody(catalogue: Catalogue, seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ORDER],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == [item.id for item in full_order(catalogue)]


def test_the_order_does_not_depend_on_where_a_skill_stands_in_the_file(catalogue: Catalogue) -> None:
    turned = catalogue._replace(skills=dict(reversed(list(catalogue.skills.items()))))
    assert full_order(turned) == full_order(catalogue)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12))
@example([3, 1, 1])
@example([12, 11])
@example([5])
def test_neighbours_share_a_skill_only_where_one_skill_outweighs_all_others(counts: list[int]) -> None:
    catalogue = with_items(counts)
    order = full_order(catalogue)
    assert sorted(order) == sorted(catalogue.items())
    neighbours = sum(one.measures == other.measures for one, other in pairwise(order))
    assert neighbours == max(0, max(counts) - (sum(counts) - max(counts)) - 1)


def test_the_full_form_goes_on_with_the_first_item_that_was_not_asked() -> None:
    form = FullForm(SMALL)
    order = full_order(SMALL)
    assert form.next_item([], {}) == order[0]
    assert form.next_item(order[:3], {}) == order[3]
    assert form.next_item([order[1]], {}) == order[0]
    assert form.next_item(order, {}) is None
    assert (form.name, len(form.items)) == ("full", 12)
    assert {form.expected(asked) for asked in range(13)} == {12}

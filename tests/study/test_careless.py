from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bpo_quiz.scoring.many import Arrays
from bpo_quiz.study.careless import KINDS, SLOW_RANDOM, Kind, catch_careless, catch_honest
from bpo_quiz.study.worlds import WORLDS, World, draw_people

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

SHEETS = 200
BY_ID = {kind.id: kind for kind in KINDS}
HURRIED_ONLY = {"random_fast", "extremes_fast"}
"""Kinds that the answers alone give away no better than random ones at the pace of reading."""


def sheet(kind: str, seed: int = 1) -> list[int]:
    return [int(value) for value in BY_ID[kind].values(64, np.random.default_rng(seed))]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.id != SLOW_RANDOM], ids=lambda kind: kind.id)
def test_a_careless_sheet_is_flagged(catalogue: Catalogue, kind: Kind) -> None:
    assert catch_careless(catalogue, kind, SHEETS, np.random.default_rng(1)).flagged.mean() >= 0.95


def test_random_answers_at_the_pace_of_reading_are_mostly_flagged(catalogue: Catalogue) -> None:
    caught = catch_careless(catalogue, BY_ID[SLOW_RANDOM], 1000, np.random.default_rng(1))
    assert caught.flagged.mean() >= 0.75
    assert caught.by_answers.mean() == pytest.approx(caught.flagged.mean(), abs=0.02)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.id)
def test_honest_people_are_hardly_ever_flagged(catalogue: Catalogue, world: World) -> None:
    arrays, dice = Arrays(catalogue), np.random.default_rng(2)
    caught = catch_honest(catalogue, arrays, draw_people(arrays, world, SHEETS, dice), dice)
    assert caught.flagged.mean() <= 0.03


def test_a_clock_only_adds_to_what_is_flagged(catalogue: Catalogue) -> None:
    for kind in KINDS:
        caught = catch_careless(catalogue, kind, 50, np.random.default_rng(3))
        assert (caught.by_answers <= caught.flagged).all()
        if kind.id in HURRIED_ONLY:
            assert caught.by_answers.mean() < caught.flagged.mean()


def test_the_rules_that_fired_are_counted(catalogue: Catalogue) -> None:
    caught = catch_careless(catalogue, BY_ID["same"], 20, np.random.default_rng(1))
    assert caught.rules["long run"] == 1
    assert caught.rules["no spread"] == 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_sheet_has_an_option_for_every_item(kind: Kind) -> None:
    for seed in range(20):
        values = sheet(kind.id, seed)
        assert len(values) == 64
        assert set(values) <= {0, 1, 2, 3, 4}


def test_each_kind_answers_in_its_way() -> None:
    assert len(set(sheet("same"))) == 1
    assert 1 < len(set(sheet("slips"))) <= 3
    assert {abs(one - other) for one, other in zip(sheet("zigzag"), sheet("zigzag")[1:], strict=False)} == {1}
    runs = [len(list(run)) for _, run in groupby(sheet("long_runs"))]
    assert all(8 <= run <= 16 for run in runs[:-1])
    assert set(sheet("random_fast")) == {0, 1, 2, 3, 4}
    assert sheet("middle").count(2) > 40
    assert set(sheet("extremes_fast")) == {0, 4}


def test_the_same_seed_gives_the_same_sheets() -> None:
    for kind in KINDS:
        assert sheet(kind.id, 5) == sheet(kind.id, 5)
    assert sheet("random_slow", 5) != sheet("random_slow", 6)

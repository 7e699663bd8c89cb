from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from strategies import a_catalogue, a_role, a_skill, an_interest, an_item

from bpo_quiz.scoring.many import Arrays, order
from bpo_quiz.study.optimum import Grid, chances
from bpo_quiz.study.recovery import among, chosen, full_order_of
from bpo_quiz.study.worlds import WORLDS, People, World, draw_people

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.scoring.many import Floats

ids = pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.id)


def toy() -> Catalogue:
    """Two roles near the middle, two skills of one item each."""
    skills = [a_skill(name, [an_item(name, 1)]) for name in ("one", "two")]
    return a_catalogue(
        a_role("a", {"one": (5, 60), "two": (2, 40)}), a_role("b", {"one": (3, 45), "two": (4, 55)}), skills=skills
    )


def far_from_the_middle() -> Catalogue:
    """Two roles, one with more of everything, so that stretch and leniency matter; two skills and an interest."""
    skills = [a_skill(name, [an_item(name, 1)]) for name in ("one", "two")]
    return a_catalogue(
        a_role("a", {"one": (5, 90), "two": (5, 10)}, interests={"liking": 70}),
        a_role("b", {"one": (4, 70), "two": (2, 30)}, interests={"liking": 40}),
        skills=skills,
        interests=[an_interest("liking", [an_item("liking", 1, interest=True)])],
    )


def everybody_who_answers(arrays: Arrays, world: World) -> People:
    """One person for every way to answer."""
    items = len(arrays.items)
    values = np.array(list(itertools.product(range(5), repeat=items)), dtype=np.int8)
    return People(world, np.zeros(len(values), dtype=np.int64), np.zeros((len(values), 0)), values)


def share_below(limit: float, level: float, spread: float) -> float:
    return 0.5 * math.erfc((level - limit) / spread / math.sqrt(2))


def of_answer(value: int, level: float, spread: float) -> float:
    """Chance of an answer when what is reported is normal around a level."""
    limits = (-math.inf, 12.5, 37.5, 62.5, 87.5, math.inf)
    return share_below(limits[value + 1], level, spread) - share_below(limits[value], level, spread)


def test_with_two_roles_and_even_noise_it_is_the_closed_form() -> None:
    arrays = Arrays(toy())
    people = everybody_who_answers(arrays, WORLDS[0])
    spread = math.hypot(18, 17)
    found = chances(arrays, people, Grid(step=0.5))
    for values, chance in zip(people.values.tolist(), found, strict=True):
        of_role = [
            math.prod(of_answer(value, level, spread) for value, level in zip(values, levels, strict=True))
            for levels in arrays.levels.tolist()
        ]
        assert chance[0] == pytest.approx(
            of_role[0] / sum(of_role), abs=0.004
        )  # only the limits 0 and 100 are left out


@ids
def test_it_is_the_share_of_each_origin_among_those_who_answer_alike(world: World) -> None:
    arrays = Arrays(far_from_the_middle())
    many = draw_people(arrays, world, 400_000, np.random.default_rng(4))
    people = everybody_who_answers(arrays, world)
    cell = many.values.astype(np.int64) @ [25, 5, 1]
    counts = np.bincount(cell, minlength=125)
    share = np.bincount(cell, weights=many.origin == 0, minlength=125) / np.maximum(counts, 1)
    stated = chances(arrays, people)[:, 0]
    error = np.sqrt(stated * (1 - stated) / np.maximum(counts, 1))
    often = counts > 200
    assert often.sum() > 50
    assert (np.abs(share - stated)[often] < 4.5 * error[often] + 0.002).all()


def test_it_uses_what_all_skills_share() -> None:
    arrays = Arrays(toy())
    without = WORLDS[3]._replace(has_style=False)
    found = [chances(arrays, everybody_who_answers(arrays, world)) for world in (WORLDS[3], without, WORLDS[4])]
    assert np.abs(found[0] - found[1]).max() > 0.02
    assert np.abs(found[0] - found[2]).max() > 0.02


@ids
def test_a_finer_grid_finds_the_same(catalogue: Catalogue, world: World) -> None:
    arrays = Arrays(catalogue)
    people = draw_people(arrays, world, 15, np.random.default_rng(5))
    usual, finer = chances(arrays, people), chances(arrays, people, Grid(1.0, 4.0, 0.12))
    assert np.abs(usual - finer).max() < 0.02
    assert usual.max(axis=1).mean() == pytest.approx(finer.max(axis=1).mean(), abs=0.002)


Drawn = tuple[Arrays, People, "Floats"]


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: world.id)
def drawn(catalogue: Catalogue, request: pytest.FixtureRequest) -> Drawn:
    """People of each world, and the chances of their roles of origin."""
    arrays = Arrays(catalogue)
    people = draw_people(arrays, request.param, 600, np.random.default_rng(6))
    return arrays, people, chances(arrays, people)


def test_no_other_procedure_beats_it_beyond_chance(drawn: Drawn) -> None:
    arrays, people, chance = drawn
    origin = people.origin[:, None]
    scores, known = arrays.scores(people.values.T)
    gaps = arrays.points(people.values)[:, None, : len(arrays.of_skills)] - arrays.levels
    weights = (arrays.importances + 1) / (arrays.importances + 1).sum(axis=1, keepdims=True)
    by_match, euclidean = arrays.fits(scores, known).match, -(weights * gaps**2).sum(axis=2)
    for ranked in (full_order_of(arrays, people), order(by_match, 3), order(euclidean, 3)):
        for places in (1, 3):
            ahead = among(ranked[:, :places], origin) - among(order(chance, places), origin)
            assert ahead.mean() < 2 * ahead.std() / len(ahead) ** 0.5
            assert (chosen(chance, ranked[:, :places]) <= chosen(chance, order(chance, places)) + 1e-12).all()


def test_it_is_right_as_often_as_it_says(drawn: Drawn) -> None:
    _, people, chance = drawn
    for places in (1, 3):
        best = order(chance, places)
        stated = chosen(chance, best)
        surprise = among(best, people.origin[:, None]) - stated
        assert abs(surprise.sum()) < 3 * (stated * (1 - stated)).sum() ** 0.5 + 1e-3 * len(stated)


def test_chances_add_up_to_one(drawn: Drawn) -> None:
    _, _, chance = drawn
    assert chance.sum(axis=1) == pytest.approx(1, abs=1e-9)

"""The quick form against what the method says, written again in plain arrays, and what it asks of people."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from strategies import at_times, cases, catalogues

from bpo_quiz.catalogue.load import load
from bpo_quiz.scoring.certainty import SEED, Belief
from bpo_quiz.scoring.match import FEWEST_KNOWN, fit, known_share
from bpo_quiz.scoring.posterior import Prior
from bpo_quiz.scoring.totals import Totals
from bpo_quiz.sitting.quick_form import FEWEST_ITEMS, STOP_DRAWS, QuickForm, most_items

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Item

    Case = tuple[Catalogue, Responses]
    Floats = NDArray[np.float64]

SMALL = load(Path(__file__).parents[1] / "data" / "small")
NEVER, AT_ONCE = -1.0, 1e9
ERROR = 17**2 + 25**2 / 12
LEVELS = np.arange(-250.0, 350.0, 0.25)


def stopping_at(catalogue: Catalogue, regret: float, quick_items: int = 1000) -> Catalogue:
    return catalogue._replace(settings=catalogue.settings._replace(quick_stop=regret, quick_items=quick_items))


def sit(catalogue: Catalogue, seed: int = 1) -> tuple[list[Item], Responses]:
    """What the form asks of somebody who answers by chance."""
    form, dice = QuickForm(catalogue), random.Random(seed)
    asked: list[Item] = []
    answers: Responses = {}
    while (item := form.next_item(asked, answers)) is not None:
        asked.append(item)
        answers[item.id] = dice.randrange(5)
    return asked, answers


def bell(at: Floats | float, mean: Floats | float, variance: float) -> Floats:
    return np.asarray(np.exp(-((at - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance))


def plain_posterior(catalogue: Catalogue, answers: Responses) -> tuple[list[float], list[float]]:
    """Mean and variance of every level, by adding up over all levels that there could be."""
    measures = {skill.id: skill.items for skill in catalogue.skills.values()}
    measures |= {interest.id: interest.items for interest in catalogue.interests.values()}
    likely, firsts, seconds = [], [], []
    for role in (None, *catalogue.roles.values()):
        for shift, chance in zip((-14, -5, 4, 13), (0.15, 0.35, 0.35, 0.15), strict=True):
            weight = chance * (0.2 if role is None else 0.8 / len(catalogue.roles))
            first, second = [], []
            for measure, items in measures.items():
                mean, spread = 50.0, 22.0
                if role is not None and measure in role.skills:
                    asked = role.skills[measure]
                    share = asked.importance / 5
                    mean, spread = share * asked.level + (1 - share) * 50, 22 - 10 * share
                elif role is not None:
                    mean, spread = role.interests[measure], 18.0
                density = bell(LEVELS, mean + shift / 2, spread**2)
                for item in items:
                    if (value := answers.get(item.id)) is not None:
                        density *= bell(25 * item.keyed(value), LEVELS + shift / 2, ERROR)
                weight *= density.sum() * 1000
                first.append((density * LEVELS).sum() / density.sum())
                second.append((density * LEVELS**2).sum() / density.sum())
            likely.append(weight)
            firsts.append(first)
            seconds.append(second)
    chances = np.array(likely) / np.sum(likely)
    mean_of = chances @ np.array(firsts)
    return mean_of.tolist(), (chances @ np.array(seconds) - mean_of**2).tolist()


@at_times
@given(cases())
def test_the_posterior_is_bayes_rule(case: Case) -> None:
    mean, variance = Prior(case[0]).given(case[1]).moments()
    plain_mean, plain_variance = plain_posterior(*case)
    assert mean == pytest.approx(plain_mean, abs=0.01)
    assert variance == pytest.approx(plain_variance, abs=0.5)


@at_times
@given(cases())
def test_expected_information_is_that_of_the_method(case: Case) -> None:
    catalogue, form = case[0], QuickForm(case[0])
    means, variances = map(np.array, Prior(catalogue).given(case[1]).moments())
    totals, skills = Totals(catalogue, catalogue.skills, catalogue.interests), len(catalogue.skills)

    def total(levels: Floats) -> Floats:
        return np.array(totals.of(levels[:skills].tolist(), levels[skills:].tolist()))

    levels = dict(zip(catalogue.skills, means.tolist(), strict=False))
    liked = dict(zip(catalogue.interests, means[skills:].tolist(), strict=True))
    fits = [fit(role, levels, liked, 0.25) for role in catalogue.roles.values()]
    assume(all((one.match or 0) > 1 and (one.interest is None or one.interest > 1) for one in fits))  # 0 is flat
    steps = np.eye(len(means)) * 0.01
    slopes = np.array([(total(means + step) - total(means - step)) / 0.02 for step in steps])  # [measure, role]
    leader = total(means).argmax()
    rivals = np.arange(len(catalogue.roles)) != leader
    squares = (slopes[:, [leader]] - slopes[:, rivals]) ** 2
    behind, spread = total(means)[leader] - total(means)[rivals], variances @ squares
    assume(spread.min() > 1e-6)
    close = np.exp(-(behind**2) / (2 * spread)) / np.sqrt(spread)
    removed = variances - 1 / (1 / variances + 1 / ERROR)
    found = form._information(means.tolist(), variances.tolist())
    assert list(found.values()) == pytest.approx((squares @ close * removed).tolist(), rel=1e-4, abs=1e-9)


@at_times
@given(cases())
def test_regret_is_what_the_best_of_each_draw_has_more_than_the_best_role(case: Case) -> None:
    catalogue, skills = case[0], len(case[0].skills)
    posterior = Prior(catalogue).given(case[1])
    of = Totals(catalogue, catalogue.skills, catalogue.interests).of
    totals = np.array([of(drawn[:skills], drawn[skills:]) for drawn in posterior.draws(STOP_DRAWS, SEED)])
    regret, leader = QuickForm(catalogue)._choice(posterior)
    assert regret == pytest.approx(totals.max(axis=1).mean() - totals.mean(axis=0).max(), abs=1e-9)
    wins = np.bincount(totals.argmax(axis=1), minlength=len(catalogue.roles))
    assert wins[list(catalogue.roles).index(leader.id)] == wins.max()


@at_times
@given(catalogues())
def test_two_neighbours_measure_the_same_only_where_nothing_else_is_left(catalogue: Catalogue) -> None:
    asked, _ = sit(stopping_at(catalogue, NEVER))
    assert sorted(item.id for item in asked) == sorted(item.id for item in catalogue.items())
    measured = [item.measures for item in asked]
    for n in range(1, len(measured)):
        assert measured[n] != measured[n - 1] or len(set(measured[n:])) == 1


def test_it_asks_on_only_until_enough_of_the_leader_is_known(catalogue: Catalogue) -> None:
    lengths = set()
    for seed in range(3):
        asked, answers = sit(stopping_at(catalogue, AT_ONCE), seed)
        lengths.add(len(asked))
        known = {item.measures for item in asked}
        first = max(Belief(catalogue).certainty(answers).p_first.items(), key=lambda chance: chance[1])[0]
        assert len(asked) > FEWEST_ITEMS or known_share(catalogue.roles[first].skills, known) >= FEWEST_KNOWN
    assert min(lengths) >= FEWEST_ITEMS
    assert max(lengths) > FEWEST_ITEMS


def test_a_catalogue_with_few_items_is_asked_whole() -> None:
    assert len(sit(stopping_at(SMALL, AT_ONCE))[0]) == len(SMALL.items())


def test_it_ends_however_much_the_answers_contradict_each_other(catalogue: Catalogue) -> None:
    few = stopping_at(catalogue, NEVER, quick_items=12)
    for seed in range(4):
        length = len(sit(few, seed)[0])
        assert most_items(few) - 1 <= length <= most_items(few) + 6  # more where the leader's Match was not yet known

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from strategies import at_times, catalogues

from bpo_quiz.catalogue.load import load
from bpo_quiz.scoring.certainty import Belief
from bpo_quiz.scoring.many import Arrays
from bpo_quiz.scoring.posterior import Prior
from bpo_quiz.sitting.quick_form import QuickForm
from bpo_quiz.study.shorter import BeliefOfMany, compare, form_of_many, sit, together
from bpo_quiz.study.worlds import WORLDS, People, draw_people

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.study.shorter import Shorter

SMALL = load(Path(__file__).parents[1] / "data" / "small")
NEVER = -1.0


def stopping_at(catalogue: Catalogue, regret: float) -> Catalogue:
    return catalogue._replace(settings=catalogue.settings._replace(quick_stop=regret, quick_items=1000))


def some_people(catalogue: Catalogue, count: int, world: int = 3) -> tuple[Arrays, People]:
    arrays = Arrays(catalogue)
    return arrays, draw_people(arrays, WORLDS[world], count, np.random.default_rng([8, world]))


@at_times
@given(catalogues())
def test_totals_of_drawn_people_are_those_of_the_quick_form(catalogue: Catalogue) -> None:
    drawn = Prior(catalogue).given({}).draws(20, 1)
    people = [list(levels) for levels in drawn]
    ours, real = BeliefOfMany(catalogue, Arrays(catalogue)), Belief(catalogue)
    assert np.array(ours.totals_of(people)) == pytest.approx(np.array(real.totals_of(people)), abs=1e-9)


def test_people_of_a_study_are_asked_what_the_quick_form_asks(catalogue: Catalogue) -> None:
    arrays, people = some_people(catalogue, 1)
    ours, real = form_of_many(catalogue, arrays), QuickForm(catalogue)
    given_ = sit(real, people.responses(arrays, 0))
    assert list(sit(ours, people.responses(arrays, 0)).items()) == list(given_.items())
    assert ours.belief.certainty(given_) == real.belief.certainty(given_)


def test_when_all_is_asked_hardly_anything_is_lost() -> None:
    arrays, people = some_people(SMALL, 40)
    found = compare(stopping_at(SMALL, NEVER), arrays, people)
    assert (found.asked == len(SMALL.items())).all()
    assert abs(found.lost_first.mean()) < 0.05
    assert (np.abs(found.lost_first) <= 1).all()


def of_some(catalogue: Catalogue) -> Shorter:
    return compare(catalogue, *some_people(catalogue, 10))


def test_a_quick_form_that_stops_too_early_loses_more(catalogue: Catalogue) -> None:
    usual, early = of_some(catalogue), of_some(stopping_at(catalogue, 1e9))
    assert early.asked.mean() < usual.asked.mean() - 8
    assert early.lost_first.mean() > usual.lost_first.mean() + 0.02


def test_parts_of_a_world_are_put_together() -> None:
    arrays, people = some_people(SMALL, 7)
    whole = compare(SMALL, arrays, people)
    (found,) = together([compare(SMALL, arrays, people.some(slice(start, start + 4))) for start in (0, 4)])
    assert found.world == whole.world
    for one, other in zip(found[1:], whole[1:], strict=True):
        assert one.tolist() == other.tolist()

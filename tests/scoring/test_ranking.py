from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, cases, often

from bpo_quiz.catalogue.load import load
from bpo_quiz.scoring.match import Fit, fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import Ranker, rank, rank_paths

if TYPE_CHECKING:
    from random import Random

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Program = Callable[..., subprocess.CompletedProcess[str]]


def a_fit(role: str, total: float | None, readiness: float | None = 50) -> Fit:
    return Fit(role, total, (), 0, None if total is None else readiness, (), None, total, 1)


FITS = st.builds(a_fit, st.text("abc", min_size=1), st.none() | st.sampled_from((70.0, 70.4, 71.0)), st.floats(0, 100))


def test_total_makes_the_order_and_unrounded() -> None:
    ranked = rank([a_fit("a", 70.1), a_fit("b", 70.4), a_fit("c", 69.9, 99)])
    assert [one.role for one in ranked] == ["b", "a", "c"]


def test_equal_totals_go_by_readiness_and_then_by_id() -> None:
    ranked = rank([a_fit("c", 70, 60), a_fit("b", 70, 50), a_fit("a", 70, 50)])
    assert [one.role for one in ranked] == ["c", "a", "b"]


def test_s02_roles_without_a_total_come_last() -> None:
    assert [one.role for one in rank([a_fit("a", None), a_fit("b", 0.0, 0)])] == ["b", "a"]


@often
@given(st.lists(FITS, unique_by=lambda one: one.role), st.randoms(use_true_random=False))
def test_s03_the_order_does_not_depend_on_where_one_starts(every: list[Fit], random: Random) -> None:
    mixed = [*every]
    random.shuffle(mixed)
    assert rank(mixed) == rank(every)


@often
@given(cases(), st.integers(1, 4))
def test_the_first_are_the_first_of_all_equals_included(case: tuple[Catalogue, Responses], places: int) -> None:
    catalogue = case[0]
    twins = {f"{prefix}_{role.id}": role._replace(id=f"{prefix}_{role.id}")
             for prefix in "bac" for role in catalogue.roles.values()}  # fmt: skip
    crowded, profile = catalogue._replace(roles=twins), score(*case)
    wanted = [one for one in rank(fit_all(crowded, profile)) if one.total is not None][:places]
    assert Ranker(crowded).first(profile, places) == wanted


def test_a_path_stands_as_high_as_its_best_role() -> None:
    catalogue = a_catalogue(a_role("a", path="north"), a_role("b", path="south"), a_role("c", path="north"))
    paths = rank_paths(catalogue, rank([a_fit("a", 10), a_fit("b", 50), a_fit("c", 90)]))
    assert [(one.path, one.best.role) for one in paths] == [("north", "c"), ("south", "b")]


@often
@given(cases())
def test_s03_every_path_with_a_role_is_ranked_once_by_its_best(case: tuple[Catalogue, Responses]) -> None:
    catalogue = case[0]
    ranked = rank(fit_all(catalogue, score(*case)))
    paths = rank_paths(catalogue, ranked)
    assert {one.path for one in paths} == {role.path for role in catalogue.roles.values()}
    for one in paths:
        assert one.best == next(fit for fit in ranked if catalogue.roles[fit.role].path == one.path)
    places = [ranked.index(one.best) for one in paths]
    assert places == sorted(places)


@pytest.fixture
def sheet(tmp_path: Path, catalogue: Catalogue) -> str:
    answers = {item.id: (7 * n + n // 5) % 5 for n, item in enumerate(catalogue.items())}
    about = {"years": 2, "english": "C1", "current_role": "team_lead", "shifts": ["night", "day"]}
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers, "about": about}))
    return str(file)


@pytest.mark.parametrize("way", [["--format", "json"], ["--plain"], []], ids=["json", "plain", "table"])
def test_s04_same_answers_give_the_same_bytes_under_another_hash_seed_zone_and_locale(
    bpo_quiz: Program, sheet: str, way: list[str]
) -> None:
    usual = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    other = {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "PYTHONIOENCODING": "utf-8"}
    one = bpo_quiz("start", "--answers", sheet, *way, env=usual)
    two = bpo_quiz("start", "--answers", sheet, *way, env=other)
    assert one.returncode == 0
    assert one.stdout
    assert (two.stdout, two.stderr) == (one.stdout, one.stderr)


def test_s04_the_order_of_the_answers_in_the_file_is_free(bpo_quiz: Program, sheet: str) -> None:
    record = json.loads(Path(sheet).read_text())
    backwards = {**record, "answers": dict(reversed(record["answers"].items()))}
    one = bpo_quiz("start", "--answers", sheet, "--format", "json")
    two = bpo_quiz("start", "--answers", "-", "--format", "json", input=json.dumps(backwards))
    assert two.stdout == one.stdout


STORED = Path(__file__).parents[1] / "data" / "small-result.json"


def test_s04_every_machine_gives_the_bytes_that_are_stored_here(bpo_quiz: Program, tmp_path: Path) -> None:
    """Made on Linux with Python 3.11; wherever the tests run, the same answers must give the same bytes."""
    small = STORED.with_name("small")
    answers = {item.id: (7 * n + n // 5) % 5 for n, item in enumerate(load(small).items())}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers, "about": {"years": 2}}))
    done = bpo_quiz("start", "--answers", str(file), "--data", str(small), "--format", "json")
    assert done.stdout == STORED.read_text(encoding="ascii")

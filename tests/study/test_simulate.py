from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bpo_quiz.catalogue.load import load
from bpo_quiz.extras import adding
from bpo_quiz.records.study import study_record
from bpo_quiz.study.simulate import study

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

SMALL = Path(__file__).parents[1] / "data" / "small"
ON_SMALL = ("--data", str(SMALL), "catalogue", "simulate", "--people", "30")

KEYS = {
    "format", "catalogue", "people_per_world", "quick_people_per_world", "seed", "goals", "worlds", "quick", "honest",
    "careless", "confused_pairs", "never_on_top", "roles",
}  # fmt: skip
GOALS = [
    (1, "top1_of_best_mean"), (1, "top1_of_best_worst"), (2, "top3_of_best_mean"), (2, "top3_of_best_worst"),
    (3, "true_first_mean"), (3, "true_first_worst"), (3, "true_top3_mean"), (3, "true_top3_worst"),
    (4, "p_first_bias"), (4, "p_first_error"),
    (5, "quick_saved"), (5, "quick_lost_top1"), (5, "quick_lost_top3"), (6, "alpha"),
    (8, "honest_flagged"), (8, "careless_caught"), (8, "slow_random_caught"),
    (9, "never_on_top"), (9, "largest_share"), (10, "same_after_rise"), (12, "twins"), (12, "near_twins"),
]  # fmt: skip


def record(run: Run, *words: str) -> dict[str, Any]:
    done = run(*ON_SMALL, "--format", "json", *words)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_the_record_of_a_study_has_its_keys(bpo_quiz: Run) -> None:
    found = record(bpo_quiz)
    assert found.keys() == KEYS
    assert found["format"] == "bpo-quiz/study@1"
    assert (found["people_per_world"], found["quick_people_per_world"], found["seed"]) == (30, 5, 1)
    assert [(goal["row"], goal["name"]) for goal in found["goals"]] == GOALS
    for goal in found["goals"]:
        assert goal.keys() == {
            "row", "name", "what", "at_least", "at_most", "reached", "margin", "unit", "met", "distance",
        }  # fmt: skip
        assert goal["met"] == (goal["distance"] == 0)
        assert (goal["at_least"] is None) != (goal["at_most"] is None)
    assert [world["world"] for world in found["worlds"]] == ["W1", "W2", "W3", "W4", "W5"]
    assert len(found["careless"]) == 8
    assert len(found["roles"]) == 4


def test_a_seed_gives_the_same_bytes_again_and_another_seed_other_people(bpo_quiz: Run) -> None:
    one, again, other = (bpo_quiz(*ON_SMALL, "--format", "json", "--seed", seed).stdout for seed in ("7", "7", "8"))
    assert one == again
    assert json.loads(one)["worlds"] != json.loads(other)["worlds"]


def test_two_processes_find_what_one_finds() -> None:
    small = load(SMALL)
    one, two = (study_record(study(small, people=20, processes=processes)) for processes in (1, 2))
    assert json.dumps(one) == json.dumps(two)


def test_more_people_are_the_same_study_in_blocks() -> None:
    found = study(load(SMALL), people=30, quick_people=25, processes=1)
    assert [(part.world, len(part.asked)) for part in found.shorter] == [(f"W{n}", 25) for n in range(1, 6)]
    assert all(len(one.first) == 30 for one in found.recoveries)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    study(load(SMALL), people=20, processes=1, done=lambda parts, of: told.append((parts, of)))
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]


def test_the_table_tells_goals_worlds_pairs_and_limits(bpo_quiz: Run) -> None:
    done = bpo_quiz(*ON_SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("met", "off", "+-", "W5", "hardest to tell apart", "Head baker", "at random, fast", "cannot show"):
        assert word in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "150 simulated people" in done.stdout


def test_a_catalogue_without_interests_can_be_studied() -> None:
    from strategies import a_catalogue, a_role

    two = a_catalogue(a_role("a"), a_role("b", {"one": (1, 25), "two": (5, 75)}))
    found = study_record(study(two, people=20, processes=1))
    assert all(np.isfinite(world["top1"]) for world in found["worlds"])


@pytest.mark.parametrize("people", ["19", "0", "-5", "many"])
def test_too_few_people_are_refused(bpo_quiz: Run, people: str) -> None:
    done = bpo_quiz("catalogue", "simulate", "--people", people)
    assert done.returncode == 2
    assert "--people" in done.stderr
    assert done.stdout == ""


def test_without_numpy_one_line_says_how_to_get_it(bpo_quiz: Run, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ImportError", encoding="utf-8")
    done = bpo_quiz(*ON_SMALL, env={"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert adding("numpy") in done.stderr


def test_no_other_command_imports_numpy() -> None:
    program = (
        "import sys; from bpo_quiz.commands.app import app; import bpo_quiz.study.lint; print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

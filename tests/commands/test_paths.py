from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]


def test_alone_it_lists_every_path_by_name_id_and_summary(catalogue: Catalogue, bpo_quiz: Run) -> None:
    run = bpo_quiz("paths")
    page = " ".join(run.stdout.split())
    assert (run.returncode, run.stderr) == (0, "")
    assert [path.id for path in catalogue.paths.values() if f"{path.name} {path.id} {path.summary}" not in page] == []


@pytest.mark.parametrize("form", ["table", "plain", "json", "md"])
def test_roles_leads_to_the_same_page_in_every_format(bpo_quiz: Run, form: str) -> None:
    asked, led = (
        bpo_quiz(*words, "--format", form) for words in (["paths", "administration"], ["roles", "back office"])
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == led.stdout
    assert "HR management" in asked.stdout


def test_every_growth_target_and_role_of_a_path_is_in_its_record(catalogue: Catalogue, bpo_quiz: Run) -> None:
    record = json.loads(bpo_quiz("paths", "technical_support", "--format", "json").stdout)
    path = catalogue.paths["technical_support"]
    assert record["growth"] == [target._asdict() for target in path.growth]
    rungs = [(role["rung"], role["role"]) for role in record["roles"]]
    assert {role for _, role in rungs} == {role.id for role in catalogue.roles.values() if role.path == path.id}
    assert [rung for rung, _ in rungs] == sorted(rung for rung, _ in rungs)
    for skill in record["skills"]:
        levels = [catalogue.roles[role].skills[skill["skill"]].level for _, role in rungs]
        assert skill["level"] == pytest.approx(sum(levels) / len(levels))


def test_a_mistyped_path_gets_a_suggestion_and_a_role_is_told_to_be_one(bpo_quiz: Run) -> None:
    mistyped, role = bpo_quiz("paths", "leadrship"), bpo_quiz("paths", "Trainer")
    assert mistyped.stderr == '"leadrship" is no career path of this catalogue (did you mean "Leadership"?)\n'
    assert role.stderr == '"Trainer" is a role, no career path; bpo-quiz roles trainer shows it\n'
    assert (mistyped.returncode, role.returncode, mistyped.stdout + role.stdout) == (2, 2, "")

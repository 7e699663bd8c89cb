from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_catalogue, a_role, abouts, answers_by_turns, at_times, cases, report_of

from bpo_quiz.answers.model import Answers
from bpo_quiz.catalogue.model import Gates
from bpo_quiz.records.cards import role_card, skill_card
from bpo_quiz.records.result import result_record
from bpo_quiz.records.text import json_text
from bpo_quiz.results.result import build
from bpo_quiz.scoring.match import FEWEST_KNOWN

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

KEYS = {
    "catalogue": {"name", "version", "sha256"},
    "profile": {"skill", "score", "se", "answered"},
    "interests": {"interest", "score"},
    "paths": {"path", "rank", "total", "match", "readiness", "p_first", "best_role"},
    "roles": {
        "role", "path", "rung", "rank", "standing", "ifs", "in_the_way", "step_down", "total", "match", "readiness",
        "interest", "p_first", "p_top3", "gates", "conditions", "costs", "level_cost", "missing",
    },
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    catalogue, responses = draw(cases())
    read = json.loads(json_text(result_record(build(catalogue, Answers(responses, draw(abouts(catalogue)))))))
    assert isinstance(read, dict)
    return read


@pytest.fixture
def record(catalogue: Catalogue) -> dict[str, Any]:
    read = json.loads(
        json_text(result_record(report_of(catalogue, answers_by_turns(catalogue), english="B1", years=2)))
    )
    assert isinstance(read, dict)
    return read


def test_the_result_names_its_format_and_has_the_promised_keys(record: dict[str, Any]) -> None:
    assert record["format"] == "bpo-quiz/result@2"
    assert KEYS["catalogue"] <= set(record["catalogue"])
    for part in ("profile", "interests", "paths", "roles"):
        assert record[part]
        assert all(KEYS[part] <= set(row) for row in record[part])


def test_the_parts_of_a_role_have_the_promised_keys(record: dict[str, Any]) -> None:
    first = record["roles"][0]
    assert all({"skill", "points", "score", "level", "importance"} <= set(cost) for cost in first["costs"])
    assert all({"skill", "points"} <= set(missing) for missing in first["missing"])
    every_gate = [gate for role in record["roles"] for gate in role["gates"]]
    assert every_gate
    assert all({"gate", "needs", "has", "state", "often"} <= set(gate) for gate in every_gate)


def test_the_result_covers_the_whole_catalogue(catalogue: Catalogue, record: dict[str, Any]) -> None:
    assert [row["skill"] for row in record["profile"]] == list(catalogue.skills)
    assert [row["interest"] for row in record["interests"]] == list(catalogue.interests)
    assert {row["path"] for row in record["paths"]} == set(catalogue.paths)
    assert {row["role"] for row in record["roles"]} == set(catalogue.roles)
    assert record["catalogue"]["sha256"] == catalogue.sha256


@at_times
@given(records())
def test_s03_match_costs_and_level_cost_in_the_file_make_100(record: dict[str, Any]) -> None:
    for role in record["roles"]:
        if role["match"] is not None:
            points = [cost["points"] for cost in role["costs"]]
            assert math.fsum([role["match"], *points, role["level_cost"]]) == pytest.approx(100, abs=1e-9)


@at_times
@given(records())
def test_s03_readiness_and_missing_in_the_file_make_100(record: dict[str, Any]) -> None:
    for role in record["roles"]:
        if role["readiness"] is not None:
            points = [missing["points"] for missing in role["missing"]]
            assert math.fsum([role["readiness"], *points]) == pytest.approx(100, abs=1e-9)


@at_times
@given(records())
def test_what_is_not_known_is_null_and_never_0(record: dict[str, Any]) -> None:
    for skill in record["profile"]:
        assert (skill["score"] is None, skill["se"] is None) == (skill["answered"] == 0,) * 2
    for role in record["roles"]:
        is_known = role["known"] >= FEWEST_KNOWN
        assert [role[key] is not None for key in ("total", "match", "readiness")] == [is_known] * 3
        assert role["standing"] != "not_known" if is_known else role["standing"] in ("not_known", "today")
        assert None not in (role["rank"], role["p_first"], role["p_top3"])


@at_times
@given(records())
def test_the_best_role_of_a_path_has_its_numbers(record: dict[str, Any]) -> None:
    by_id = {role["role"]: role for role in record["roles"]}
    for row in record["paths"]:
        best = by_id[row["best_role"]]
        assert best["path"] == row["path"]
        assert all(row[key] == best[key] for key in ("total", "match", "readiness"))


def test_gates_tell_what_is_needed_and_what_the_person_has() -> None:
    asked = Gates(english="B2", typing=40, usually=("typing",))
    catalogue = a_catalogue(a_role("a", gates=asked), a_role("b"))
    gates = result_record(report_of(catalogue, {}, english="B1"))["roles"][0]["gates"]
    assert gates == [
        {"gate": "english", "needs": "B2", "has": "B1", "state": "not met", "often": "always"},
        {"gate": "typing", "needs": 40, "has": None, "state": "unknown", "often": "usually"},
    ]


def test_a_role_card_has_the_promised_keys_and_values(catalogue: Catalogue) -> None:
    role = catalogue.roles["team_lead"]
    card = json.loads(json_text(role_card(role)))
    assert {"role", "name", "path", "rung", "onet", "skills", "interests", "gates", "conditions"} <= set(card)
    assert {"kpis", "certificates", "leads_to", "lateral", "sources"} <= set(card)
    assert {row["skill"]: (row["importance"], row["level"]) for row in card["skills"]} == {
        skill: (asked.importance, asked.level) for skill, asked in role.skills.items()
    }
    assert card["interests"] == dict(role.interests)


def test_a_skill_card_lists_every_role_most_asked_first(catalogue: Catalogue) -> None:
    card = json.loads(json_text(skill_card(catalogue, catalogue.skills["empathy"])))
    levels = [row["level"] for row in card["roles"]]
    assert levels == sorted(levels, reverse=True)
    assert {row["role"] for row in card["roles"]} == set(catalogue.roles)
    assert [len(item["options"]) for item in card["items"]] == [5, 5]

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_role, abouts, catalogues, often

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.guidance.gates import check_conditions, check_gates

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


@pytest.mark.parametrize(
    ("name", "needs", "told", "state"),
    [
        ("english", "B2", {"english": "B2"}, "met"),
        ("english", "B2", {"english": "C1"}, "met"),
        ("english", "B2", {"english": "B1"}, "not met"),
        ("english", "B2", {"education": "master"}, "unknown"),
        ("education", "bachelor", {"education": "master"}, "met"),
        ("education", "bachelor", {"education": "vocational"}, "not met"),
        ("education", "bachelor", {}, "unknown"),
        ("experience", 2, {"years": 2}, "met"),
        ("experience", 2, {"years": 1.5}, "not met"),
        ("experience", 2, {"years": 0}, "not met"),
        ("experience", 0, {"years": 0}, "met"),
        ("experience", 2, {}, "unknown"),
        ("typing", 40, {"typing": 40}, "met"),
        ("typing", 40, {"typing": 39.5}, "not met"),
        ("licence", "CPC", {"licences": ("cpc ",)}, "met"),
        ("licence", "CPC, CCS or CPC-A", {"licences": ("Notary", "CCS")}, "met"),
        ("licence", "CPC", {"licences": ("CPC-A",)}, "not met"),
        ("licence", "CPC", {"licences": ()}, "not met"),
        ("licence", "CPC", {}, "unknown"),
        ("shifts", ("night", "weekend"), {"shifts": ("day", "night", "weekend")}, "met"),
        ("shifts", ("night", "weekend"), {"shifts": ("night",)}, "not met"),
        ("shifts", ("night",), {"shifts": ()}, "not met"),
        ("shifts", ("night",), {}, "unknown"),
        ("channel", ("voice", "writing"), {"channel": ("writing",)}, "not met"),
        ("channel", ("voice",), {"channel": ("voice", "writing")}, "met"),
        ("site", ("office",), {"site": ("office", "home")}, "met"),
        ("site", ("office",), {"site": ("home",)}, "not met"),
        ("targets", True, {"targets": True}, "met"),
        ("targets", True, {"targets": False}, "not met"),
        ("targets", True, {}, "unknown"),
    ],
)
def test_a_gate_or_condition_is_met_or_not_or_unknown(name: str, needs: Any, told: dict[str, Any], state: str) -> None:
    asked: dict[str, Any] = {name: needs}
    if name in Gates._fields:
        (check,) = check_gates(a_role("a", gates=Gates(**asked)), About(**told))
    else:
        (check,) = check_conditions(a_role("a", conditions=Conditions(**asked)), About(**told))
    assert (check.name, check.needs, check.state) == (name, needs, state)


def test_work_offered_everywhere_asks_for_nothing() -> None:
    everywhere = a_role("a", conditions=Conditions(site=("office", "home")))
    assert check_conditions(everywhere, About(site=("home",))) == ()


def test_only_what_a_role_asks_for_is_listed() -> None:
    assert check_gates(a_role("a"), About(english="A1")) == ()
    assert check_conditions(a_role("a"), About(shifts=(), targets=False)) == ()


@often
@given(catalogues())
def test_who_tells_nothing_meets_only_unknowns(catalogue: Catalogue) -> None:
    for role in catalogue.roles.values():
        checks = (*check_gates(role, About()), *check_conditions(role, About()))
        assert {check.state for check in checks} <= {"unknown"}


@often
@given(catalogues(), st.data())
def test_what_was_told_is_never_unknown(catalogue: Catalogue, data: st.DataObject) -> None:
    about = data.draw(abouts(catalogue))
    for role in catalogue.roles.values():
        for check in (*check_gates(role, about), *check_conditions(role, about)):
            assert (check.state == "unknown") == (check.has is None)

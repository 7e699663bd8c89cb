from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_role, abouts, catalogues, often

from bpo_quiz.answers.model import About
from bpo_quiz.catalogue.model import Conditions, Gates
from bpo_quiz.guidance.gates import Check, check_conditions, check_gates, gate, years

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


# --- in words ---


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ((1, 3), "1-3 years"),
        ((1, 1), "1 year"),
        ((2, 2), "2 years"),
        ((0, 1), "up to 1 year"),
        ((0, 2), "up to 2 years"),
        ((0.5, 1.5), "0.5-1.5 years"),
    ],
)
def test_years_read_as_people_say_them(span: tuple[float, float], shown: str) -> None:
    assert years(span) == shown


@pytest.mark.parametrize(
    ("name", "needs", "shown"),
    [
        ("english", "B2", "English B2"),
        ("education", "bachelor", "a bachelor's degree"),
        ("experience", 1, "1 year of experience"),
        ("experience", 2.5, "2.5 years of experience"),
        ("licence", "CPC or CPC-A", "CPC or CPC-A"),
        ("typing", 40.0, "typing 40 words a minute"),
        ("shifts", ("night", "weekend"), "night and weekend shifts"),
        ("channel", ("voice", "writing"), "contact on the phone and in writing"),
        ("site", ("office",), "work in an office"),
        ("targets", True, "a personal sales or collection target"),
    ],
)
def test_a_gate_reads_as_what_is_asked(name: str, needs: Any, shown: str) -> None:
    assert gate(Check(name, needs, None, "unknown")) == shown


@pytest.mark.parametrize(
    ("name", "needs", "has", "state", "shown"),
    [
        ("shifts", ("evening", "night", "weekend"), ("evening", "night"), "not met", "weekend shifts"),
        ("shifts", ("evening", "night", "weekend"), ("night",), "not met", "evening and weekend shifts"),
        ("shifts", ("evening", "night"), (), "not met", "evening and night shifts"),
        ("shifts", ("evening", "night"), ("evening", "night"), "met", "evening and night shifts"),
        ("channel", ("voice", "writing"), ("writing",), "not met", "contact on the phone"),
        ("channel", ("voice", "writing"), ("voice", "writing"), "met", "contact on the phone and in writing"),
        ("site", ("office",), ("home",), "not met", "work in an office"),
        ("licence", "CPC or CPC-A", ("CCS",), "not met", "CPC or CPC-A"),
        ("targets", True, False, "not met", "a personal sales or collection target"),
    ],
)
def test_of_what_is_not_met_only_the_missing_part_is_named(
    name: str, needs: Any, has: Any, state: Any, shown: str
) -> None:
    assert gate(Check(name, needs, has, state)) == shown

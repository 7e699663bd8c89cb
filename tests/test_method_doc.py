"""Keeps docs/method.md and the described study record true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args

import pytest
from conftest import ROOT
from docs_reader import blocks, described, keys_of, page, section, words_in_code

from bpo_quiz.catalogue.load import load
from bpo_quiz.records.study import study_record
from bpo_quiz.scoring import answer_quality, certainty
from bpo_quiz.sitting import quick_form
from bpo_quiz.study.careless import KINDS
from bpo_quiz.study.goals import Unit
from bpo_quiz.study.simulate import study

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
PAGE = " ".join(METHOD.split())
TABLE = METHOD.partition("<!-- measured: begin")[2].partition("<!-- measured: end -->")[0]
STUDY = section(page("formats.md"), "Study")


def test_the_table_was_measured_on_the_shipped_catalogue(catalogue: Catalogue) -> None:
    named = f"{catalogue.name} {catalogue.version}, sha256 `{catalogue.sha256[:12]}`"
    assert named in TABLE, "run: python tools/measured_table.py"


def test_the_table_is_what_a_fresh_run_measures() -> None:
    words = [sys.executable, str(ROOT / "tools" / "measured_table.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_roles_of_judgement_alone_are_counted(catalogue: Catalogue) -> None:
    alone = sum(role.onet is None for role in catalogue.roles.values())
    assert f"{alone} of the {len(catalogue.roles)} roles have no O*NET occupation" in PAGE


def test_the_limits_of_answer_quality_are_the_ones_in_force() -> None:
    rules = section(METHOD, "Answer quality")
    assert set(get_args(answer_quality.Rule)) <= set(described(rules))
    assert f"one option position {answer_quality.LONGSTRING} times" in rules
    assert f"SD of all values < {answer_quality.LEAST_SPREAD:.2f}" in rules
    assert f"< {answer_quality.LEAST_AGREEMENT:.2f}; {answer_quality.FEWEST_PAIRS} skills".replace("0.", ".") in rules
    assert f"{answer_quality.MOST_FAST:.0%}".replace("%", " %") in rules
    assert f"median < {answer_quality.FAST:g} s" in rules


def test_the_settings_of_certainty_are_the_ones_in_force() -> None:
    text = section(METHOD, "Certainty")
    assert f"{certainty.DRAWS} profiles" in text
    assert f"({certainty.STILL_UNKNOWN} · SE_k)²" in text
    limits = [f"{limit:.2f}"[1:] for limit in (certainty.CLEAR, certainty.LIKELY, certainty.ONE_OF_SEVERAL)]
    assert re.findall(r"≥ (\.\d\d)", text) == limits


def test_the_settings_of_the_adaptive_form_are_the_ones_in_force(catalogue: Catalogue) -> None:
    text = " ".join(section(METHOD, "The adaptive form").split())
    assert f"From {quick_form.FEWEST_ITEMS} items on" in text
    assert f"{quick_form.STOP_DRAWS} people are drawn" in text
    assert f"({quick_form.stop_value(catalogue):g} as shipped; otherwise {quick_form.USUAL_STOP}" in text


def test_every_link_of_the_method_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", METHOD, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    for file, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", METHOD):
        assert not file or (ROOT / "docs" / file).exists(), file
        assert not anchor or anchor in anchors, anchor


# --- formats.md: the study record ---


@pytest.fixture(scope="module")
def record() -> Any:
    found = study(load(ROOT / "tests" / "data" / "small"), people=60, processes=1)
    return json.loads(json.dumps(study_record(found)))


def test_every_key_of_a_study_is_described_and_shown(record: Any) -> None:
    (example,) = blocks(STUDY, "json")
    assert set(described(STUDY)) == keys_of(record)
    assert keys_of(json.loads(example)) == keys_of(record)


def test_the_words_of_a_study_are_all_described() -> None:
    page = described(STUDY)
    assert tuple(words_in_code(page["goals[].unit"].split(" | ")[0])) == get_args(Unit)
    assert tuple(words_in_code(page["careless[].kind"].split(" | ")[0])) == tuple(kind.id for kind in KINDS)

"""Keeps docs/counsellors.md true: what it quotes is what the program says of the example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs_reader import section

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "counsellors.md").read_text(encoding="utf-8")


@pytest.fixture
def said(bpo_quiz: Run, tmp_path: Path) -> str:
    home = ("--home", str(tmp_path / "home"))
    first = bpo_quiz("start", "--answers", str(DOCS / "example-answers.json"), "--tag", "docs", *home)
    return " ".join((first.stdout + bpo_quiz("why", "team_lead", *home).stdout).split())


def test_what_is_quoted_is_what_the_program_says_of_the_example(said: str) -> None:
    example = section(PAGE, "A worked example")
    quoted = re.findall(r"^> (.+)$", example, re.MULTILINE)
    assert len(quoted) == 3
    assert all(line in said for line in quoted)
    assert "that you say you have: 88 of 100" in said
    assert "**Readiness is 88**" in example
    assert re.search(r"1 Quality analyst 60% ", said)
    assert "60 %" in section(PAGE, "What the numbers do not mean")
    assert re.search(r"2 Senior rep 15% ", said)


def test_the_pictures_that_are_shown_are_there() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", PAGE)
    assert len(shown) == 3
    assert all((DOCS / file).exists() for file in shown)

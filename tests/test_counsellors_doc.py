"""Keeps docs/counsellors.md true: what it quotes is what the program says of the example."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docs_reader import section
from store.desk import opened
from terminal.driver import Terminal

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.files import read_files
from bpo_quiz.catalogue.load import load
from bpo_quiz.store.sessions import Sessions

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


# --- Every command of the day, in its order ---

CONFIRMED = ("client forget", "client purge", "client take", "remove")
TYPED = {
    "client add K-17": ("Do you agree?", "y", 0),
    "start --client K-17": ("q quit", "q", 130),
    "start --client K-17 --quick": ("q quit", "q", 130),
    "start --client K-17 --enter": ("q quit", "q\r", 130),
    "resume --client K-17": ("K-17 · Question 2 of ", "q", 130),
    "client agree K-17 --by 2026-12-12": ("What does K-17 want to do?", "1", 0),
    "client note K-17": ("ends it:", "Tired.\r.\r", 0),
}
"""What a person at a terminal types, once something stands there, and the exit code; the others are run as they are."""


def commands() -> list[str]:
    """The lines of the day, up to the example, and those that stand in a sentence."""
    day = PAGE.partition("## A worked example")[0]
    return re.findall(r"(?:^ {4,}|`)bpo-quiz ([^`\n]+)", day, re.MULTILINE)


def prepare(place: Path, bpo_quiz: Run, line: str, *home: str) -> None:
    """What happened before a line of the day."""
    example = json.loads((DOCS / "example-answers.json").read_text(encoding="utf-8"))
    if line == "client show K-17":
        bpo_quiz("client", "agree", "K-17", "Coach one.", *home)
        bpo_quiz("client", "add", "Maria Santos", "--consent-given", *home)
        for n in range(5):
            one = {**example, "id": f"M-{n}" if n else "K-17"}
            one["answers"] = {**example["answers"], "communication-1": n}
            (place / (f"phones/{n}.json" if n else "FILE")).write_text(json.dumps(one), encoding="utf-8")
        given = str(DOCS / "example-answers.json")
        bpo_quiz("start", "--answers", given, "--client", "K-17", *home)
    elif line == "resume --client K-17":
        with opened(place / "home") as database:
            sessions = Sessions(database)
            code = sessions.start(load(), read_files(), "full", "K-17").code
            sessions.save_response(code, Response("communication-1", 3, 5.0, 0))


def test_every_command_of_the_day_does_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bpo_quiz: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("phones", "safe"):
        (tmp_path / folder).mkdir()
    failed = []
    for line in commands():
        home = ("--home", str(tmp_path / ("laptop" if "--restore" in line else "home")))
        prepare(tmp_path, bpo_quiz, line, *home)
        newest = re.findall(r"^(\w{3}-\w{3}) ", bpo_quiz("list", *home).stdout, re.MULTILINE)
        words = shlex.split(line.replace("/media/safe", "safe").replace("ROLE", "trainer"))
        words = [newest[0] if word == "ABC-DEF" else word for word in words]
        if line in TYPED:
            wanted, keys, expected = TYPED[line]
            terminal = Terminal(*words, *home)
            terminal.wait_for(wanted)
            terminal.pause(0.2)
            terminal.press(keys)
            code, said = terminal.end(), terminal.screen.text()
        else:
            done = bpo_quiz(*words, *home, *(["--yes"] if line.startswith(CONFIRMED) else []))
            code, said, expected = done.returncode, done.stderr, 0
        if code != expected:
            failed.append((line, code, said))
    assert not failed, "\n".join(map(str, failed))

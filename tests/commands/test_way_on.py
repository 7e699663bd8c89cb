"""After a result on a terminal: one page, a line of keys, a page for each key, and back."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from terminal.driver import BAKERY, CTRL_C, CTRL_D, ENTER, Terminal

from .desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .desk import Run

ESCAPE, RIGHT = "\x1b", "\x1b[C"
LINE, CARD = "8 all  ? q leave", "b back  2 why  3 way  4 what if  ? q leave"
EXAMPLE = Path(__file__).parents[2] / "docs" / "example-answers.json"
A_PERSON = {"CI": None, "PAGER": "cat"}
ENDS = {CTRL_C: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.fixture
def desk(bpo_quiz: Run, home: Path) -> Desk:
    return Desk(bpo_quiz, home)


@pytest.fixture
def kept(desk: Desk) -> str:
    """The code of a session that is finished."""
    desk.add("K-17")
    desk.done("start", "--answers", str(EXAMPLE), "--client", "K-17")
    (code,) = desk.stored()
    return code


def result(
    desk: Desk, *words: str, rows: int = 24, columns: int = 80, environment: Mapping[str, str] | None = None
) -> Terminal:
    everything = {**A_PERSON, **(environment or {})}
    return desk.terminal("result", *words, rows=rows, columns=columns, environment=everything)


def leave_well(terminal: Terminal, way: str | signal.Signals, code: int) -> None:
    terminal.leave(way)
    assert terminal.end() == code, terminal.screen.text()
    assert terminal.settings_after == terminal.settings_before
    assert "Traceback" not in terminal.sent


@pytest.mark.parametrize("way", ["q", CTRL_D, *ENDS])
def test_page_and_keys_stand_on_one_screen_until_the_person_leaves(
    desk: Desk, kept: str, way: str | signal.Signals
) -> None:
    terminal = result(desk)
    shown = terminal.wait_for(f"Your result  K-17  {kept}", "Career path", "Next step", LINE)
    assert re.search(r"^1  Quality and training +65% █+.? +Quality analyst +open", shown, re.MULTILINE)
    terminal.press(ESCAPE * 20)
    leave_well(terminal, way, ENDS.get(way, 0))


@pytest.mark.parametrize(
    ("key", "page", "back"),
    [
        ("1", "Roles, best first.", ESCAPE),
        ("2", "Why Quality analyst stands where it stands", ""),
        ("3", "to Quality analyst", ""),
        ("4", "Nothing here is kept", "b"),
        ("5", "Questions for a talk", ""),
        ("6", "1 PDF  2 web page  3 Markdown  4 counsellor's PDF", "b"),
        ("7", "Your answers: ", ENTER),
        ("8", "Roles, the first 10 of 50", ""),
    ],
)
def test_each_key_shows_its_page_and_one_is_back_at_the_line(
    desk: Desk, kept: str, key: str, page: str, back: str
) -> None:
    terminal = result(desk, rows=200)
    terminal.wait_for(LINE)
    terminal.pause(0.4)
    terminal.press(key)
    terminal.wait_for(page)
    terminal.press(back)
    terminal.wait_until(lambda shown: shown.rstrip().endswith(LINE), LINE)
    leave_well(terminal, "q", 0)
    assert desk.stored()[kept].finished


@pytest.mark.parametrize("way", ENDS)
@pytest.mark.parametrize("key", ["1", "4", "7"])
def test_every_page_can_be_left_in_every_way(desk: Desk, kept: str, key: str, way: str | signal.Signals) -> None:
    terminal = result(desk)
    terminal.wait_for(LINE)
    terminal.pause(0.4)
    terminal.press(key)
    terminal.wait_for({"1": "Roles, best first.", "4": "Nothing here is kept", "7": "Your answers: "}[key])
    leave_well(terminal, way, ENDS[way])
    assert desk.stored()[kept].finished


def test_from_the_list_one_finds_a_role_by_typing_and_comes_to_its_card_and_why(desk: Desk, kept: str) -> None:
    terminal = result(desk, rows=100)
    terminal.wait_for(LINE)
    terminal.pause(0.4)
    for key, then in (
        ("1", "Scores samples"),
        ("moder", "Content moderator"),
        (ENTER, CARD),
        ("2", "Why Content moderator"),
    ):
        terminal.press(key)
        terminal.wait_for(then)
    terminal.wait_until(lambda shown: shown.rstrip().endswith(CARD), CARD)
    for key, then in (("b", "Roles, best first."), (ESCAPE, LINE)):
        terminal.press(key)
        terminal.wait_for(then)
    leave_well(terminal, "q", 0)


def test_what_if_opens_a_role_and_keeps_nothing(desk: Desk, kept: str) -> None:
    before = desk.stored()[kept]
    terminal = result(desk)
    terminal.wait_for(LINE)
    terminal.pause(0.4)
    terminal.press("4")
    terminal.wait_for("> English", "Ready Today")
    terminal.press(RIGHT)
    terminal.wait_for("C1 *", "+open")
    terminal.press("r")
    terminal.wait_until(lambda shown: "+open" not in shown)
    terminal.press("b")
    terminal.wait_for(LINE)
    leave_well(terminal, "q", 0)
    assert desk.stored()[kept] == before


def test_a_file_is_written_beside_those_that_are_there(desk: Desk, kept: str, tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        terminal = result(desk, rows=60)
    finally:
        os.chdir(here)
    terminal.wait_for(LINE)
    terminal.pause(0.4)
    for ending in (".md", "-1.md"):
        terminal.press("6")
        terminal.wait_for("3 Markdown")
        terminal.press("3")
        terminal.wait_for(f"{ending}.", LINE)
    leave_well(terminal, "q", 0)
    assert len(list(tmp_path.glob("career-result-*.md"))) == 2


@pytest.mark.parametrize(
    ("words", "environment"), [((), {"CI": "1"}), (("--print",), {}), (("--format", "plain"), {"ACCESSIBLE": "1"})]
)
def test_without_a_person_who_wants_keys_the_whole_result_is_printed(
    desk: Desk, kept: str, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    terminal = result(desk, *words, rows=300, environment=environment)
    assert terminal.end() == 0
    shown = terminal.screen.text()
    assert "What this is not: a test" in shown
    assert not any(one in shown for one in (LINE, "What next?"))


@pytest.mark.parametrize(
    ("words", "environment"), [(("--plain",), {}), ((), {"ACCESSIBLE": "1"}), ((), {"TERM": "dumb"})]
)
def test_in_plain_lines_a_number_chooses_and_no_word_is_broken(
    desk: Desk, kept: str, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    terminal = result(desk, *words, rows=400, columns=40, environment=environment)
    for keys, then in (("", "What this is not"), ("2", "Why Quality analyst"), ("9", "Please type one of")):
        terminal.press(f"{keys}\r" if keys else "")
        terminal.hear(then)
        terminal.hear("Number (q leaves): ")
    assert "\x1b" not in terminal.sent
    assert [line for line in terminal.sent.replace("\r", "").split("\n") if len(line) > 40 and "/" not in line] == []
    leave_well(terminal, "q\r", 0)


def test_a_sitting_is_finished_and_free_before_its_page_and_a_held_enter_opens_nothing(desk: Desk) -> None:
    terminal = desk.terminal("start", "--data", str(BAKERY), environment=A_PERSON)
    terminal.skip_about()
    terminal.answer(1, "425142")
    terminal.wait_for("6 answered, 0 skipped")
    for _ in range(3):
        terminal.press(ENTER)
        terminal.pause(0.05)
    shown = terminal.wait_for("Your result", "Career path", LINE)
    assert "best first" not in shown
    (session,) = desk.stored().values()
    assert session.finished
    with desk.opened() as (_, sessions):
        sessions.hold(session.code)
    leave_well(terminal, "q", 0)
    assert f"Kept on this computer as {session.code}" in terminal.screen.text()


def test_after_a_hand_over_nothing_of_the_result_is_left_to_scroll_back_to(desk: Desk) -> None:
    desk.add("K-17")
    terminal = desk.terminal(
        "start", "--data", str(BAKERY), "--client", "K-17", "--hand-over", environment=A_PERSON, rows=40
    )
    terminal.skip_about()
    terminal.answer(1, "425142")
    terminal.wait_for("6 answered, 0 skipped")
    terminal.press(ENTER)
    assert "Seller" not in terminal.wait_for("That was all, and it is kept. Enter shows the result.")
    terminal.press(ENTER)
    terminal.wait_for("Seller", LINE)
    leave_well(terminal, "q", 0)
    (code,) = desk.stored()
    assert terminal.screen.text() == f"Kept with K-17 as {code}."
    assert terminal.sent.count("\x1b[3J") == 3
    desk.refused(2, "start", "--hand-over", "--answers", str(EXAMPLE))

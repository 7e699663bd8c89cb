"""What is different where plain lines ask."""

from __future__ import annotations

import json
import re
import signal
import sys
import unicodedata
from typing import TYPE_CHECKING

import pexpect
import pytest
from effort import times

from .driver import ABOUT, BAKERY, PROMPT, Terminal, item_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue


def assert_is_plain(text: str) -> None:
    """No escapes, no boxes, no bars: nothing that a screen reader would spell out."""
    assert "\x1b" not in text
    assert not [char for char in text if 0x2500 <= ord(char) <= 0x259F]
    assert not [char for char in text if unicodedata.category(char) in ("So", "Co", "Cn")]
    assert not re.search(r"[-=_|+#.]{4,}", text)


def test_t12_plain_lines_have_no_boxes_and_one_question_a_block(catalogue: Catalogue) -> None:
    terminal = Terminal("start", plain=True, columns=200)
    terminal.skip_about()
    terminal.answer(1, "2")
    block = terminal.at("Question 2 of 64, about 7 minutes left.")
    lines = [line for line in block.splitlines() if line]
    item = item_on(block, catalogue)
    assert lines[-7] == item.prompt
    assert lines[-6:-1] == [f"{n}. {option}" for n, option in enumerate(item.options, 1)]
    terminal.quit()
    assert_is_plain(terminal.sent)


BAD = ["", "0", "6", "-1", "1.5", "five", "1 2", "½", "\x1b[A", "\x1b[200~1", "9" * 10, "1" * 10_240, "\x01", "é", "12"]


def refuse(terminal: Terminal, bad: Iterable[str], with_words: str) -> None:
    for line in bad:
        terminal.hear(PROMPT)
        terminal.type(line)
        terminal.hear(with_words)
    terminal.hear(PROMPT)


def test_t10_bad_lines_are_asked_again_with_the_range() -> None:
    terminal = Terminal("start", "--data", str(BAKERY), plain=True)
    terminal.hear("Do you work in")
    refuse(terminal, BAD, "Please type 1 to 3, or b, s, ? or q.")
    terminal.type("s")
    for start in ABOUT[1:6]:
        terminal.reply(start, "s")
    terminal.hear("Which shifts")
    several = "Please type numbers with spaces between, 0 none of these, or b, s, ? or q."
    refuse(terminal, ("", "00", "0 1", "1 5", "1 two", "1;2"), several)
    terminal.type("0")
    for start in ABOUT[7:]:
        terminal.reply(start, "s")
    terminal.hear("Question 1 of 6")
    refuse(terminal, BAD, "Please type a number from 1 to 5, or b, s, ? or q.")
    terminal.quit()
    assert "Question 2" not in terminal.sent


def test_t10_spaces_capitals_and_digits_of_any_script_count(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    terminal = Terminal("start", "--data", str(BAKERY), "--format", "json", plain=True, output=result)
    terminal.skip_about()
    terminal.answer(1, (" 3 ", "\uff13", "\u0663", "\t3", "3", "S"))
    terminal.at_review()
    terminal.type("")
    assert terminal.end() == 0
    record = json.loads(result.read_text(encoding="utf-8"))
    assert record["answered"] == 5
    assert {row["score"] for row in record["profile"]} == {50}


@pytest.mark.parametrize("paste", ["3\r" * 60, "\x1b[200~" + "3\r" * 60 + "\x1b[201~\r", "3" * 20 + "\r"])
def test_t10_a_paste_answers_at_most_the_question_that_is_seen(paste: str) -> None:
    terminal = Terminal("start", plain=True)
    terminal.skip_about()
    terminal.at("Question 1 of ")
    terminal.press(paste)
    terminal.at("Question 2 of " if paste == "3\r" * 60 else "Please type a number")
    terminal.pause(0.2)
    terminal.quit()
    assert "Question 3" not in terminal.sent


ASKING = """
import sys
from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.errors import Interrupted
from bpo_quiz.terminal.lines import ask
try:
    with telling_who_leaves(str):
        ask("go: ")
except Interrupted as left:
    sys.exit(left.exit_code)
"""


def test_t03_a_signal_in_the_moment_a_question_appears_is_heard() -> None:
    """It used to be missed about once in 150 times, and the question then waited for a key."""
    for _ in range(times(12, 1000)):
        child: pexpect.spawn[str] = pexpect.spawn(sys.executable, ["-c", ASKING], encoding="utf-8", timeout=10)
        child.expect_exact("go: ")
        child.kill(signal.SIGTERM)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 143

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_quiz.sitting.paper import check_digit, digit_of, rows, value_of
from bpo_quiz.terminal.keying import read_row

from .driver import BAKERY, CTRL_C, CTRL_D, Terminal, score_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    from .driver import Run

ABOUT = (
    ("A1. Do you work in", "1"),
    ("A3. How many years", "4"),
    ("A4. In which of these kinds", "42"),
    ("A5. What is the highest", "0"),
    ("A6. How well do you", "5"),
    ("A7. Which languages", "13 6"),
    ("A7. How well do you speak and understand French", "3"),
    ("A7. How well do you speak and understand Spanish", "5"),
    ("A8. How many words", "3"),
    ("A9. Which shifts", "31"),
    ("A10. Which contact", "-"),
    ("A11. Where could you", "2"),
    ("A12. Would you work to", "s"),
)
TOLD = {
    "current_role": "none",
    "years": 2,
    "fields": ["customer_service", "back_office"],
    "english": "C1",
    "languages": {"fr": "B1", "es": "C1"},
    "typing": 40,
    "shifts": ["day", "night"],
    "site": ["home"],
}


def digits_of(row: int) -> list[int]:
    """What stands on the paper in a row of six, counted from 1."""
    return [(3 * n + row * row + n // 2) % 6 for n in range(6)]


def line_of(digits: Sequence[int]) -> str:
    """A row as one keys it, with its check digit."""
    return "".join(map(str, digits)) + str(check_digit(digits))


def key_about(terminal: Terminal, checks: str = "y") -> None:
    for wanted, line in ABOUT:
        terminal.reply(wanted, line)
    terminal.reply("Are the check boxes", checks)


def on_paper(catalogue: Catalogue) -> dict[str, int | None]:
    """Item id -> value, as `digits_of` has them."""
    return {
        item.id: value_of(digit)
        for n, row in enumerate(rows(catalogue), 1)
        for item, digit in zip(row, digits_of(n), strict=False)
    }


def test_a_keyed_form_gives_the_same_bytes_as_its_answer_file(
    tmp_path: Path, catalogue: Catalogue, bpo_quiz: Run
) -> None:
    result = tmp_path / "result.json"
    terminal = Terminal("start", "--enter", "--format", "json", output=result)
    key_about(terminal)
    keyed = [line_of(digits_of(n)[: len(row)]) for n, row in enumerate(rows(catalogue), 1)]
    wrong = keyed[1][:-1] + str((int(keyed[1][-1]) + 1) % 10)
    steps: dict[int, tuple[tuple[str, str], ...]] = {
        2: (("Row 2 of 11: questions 7 to 12.", wrong), ("The check digit does not fit", keyed[1])),
        3: (("Row 3 of 11", "5555550"), ("Row 4 of 11", "b"), ("far: 5 5 5 5 5 5. Enter keeps it.", keyed[2])),
        5: (("Row 5 of 11", keyed[4][:-1]), ("The same row once more", keyed[4])),
        7: (("Row 7 of 11", "1111116"),),
    }
    for row, line in enumerate(keyed, 1):
        for wanted, typed in steps.get(row, ((f"Row {row} of 11", " ".join(line)),)):
            terminal.reply(wanted, typed)
    page = " ".join(terminal.hear("not ticked:").split())
    assert "A7. Which languages beside English could you work in? French; Spanish" in page
    assert "Row 2, questions 7 to 12: " + " ".join(map(str, digits_of(2))) in page
    terminal.reply("Enter for the result", "7")
    terminal.reply("Row 7 of 11", line_of(digits_of(7)))
    terminal.reply("Row 7, questions 37 to 42: " + " ".join(map(str, digits_of(7))), "")
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    assert result.read_text(encoding="utf-8") == score_file(bpo_quiz, on_paper(catalogue), TOLD)
    assert terminal.sent.isascii()


def test_t01_a_form_that_was_left_goes_on_at_the_next_row(tmp_path: Path, catalogue: Catalogue, bpo_quiz: Run) -> None:
    terminal = Terminal("start", "--enter", "--tag", "paper")
    key_about(terminal)
    for row in (1, 2):
        terminal.reply(f"Row {row} of 11", line_of(digits_of(row)))
    terminal.at("Row 3 of 11")
    terminal.press(CTRL_C)
    terminal.left_well()
    words = re.findall(r"Saved\. Go on with: bpo-quiz (resume \S+ --enter)", terminal.sent)[0].split()
    result = tmp_path / "result.json"
    terminal = Terminal(*words, "--format", "json", output=result)
    terminal.reply("Are the check boxes", "y")
    for row in range(3, 12):
        terminal.reply(f"Row {row} of 11", line_of(digits_of(row)[: 4 if row == 11 else 6]))
    terminal.reply("Enter for the result", "")
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    expected = score_file(bpo_quiz, on_paper(catalogue), TOLD)
    assert result.read_text(encoding="utf-8") == expected
    assert bpo_quiz("result", words[1], "--format", "json").stdout == expected
    (session,) = json.loads(bpo_quiz("list", "--search", "paper", "--format", "json").stdout)["sessions"]
    assert session["code"] == words[1]


SMALL = ("--data", str(BAKERY))


@pytest.mark.parametrize("place", ["A6", "check", "row", "once more", "review"])
def test_t01_t02_t03_leaving_says_one_line_and_restores_the_terminal(place: str) -> None:
    ways: dict[str | signal.Signals, int] = {"q": 130, CTRL_C: 130, CTRL_D: 130, signal.SIGTERM: 143}
    terminals = [Terminal("start", "--enter", *SMALL) for _ in ways]
    for (way, code), terminal in zip(ways.items(), terminals, strict=True):
        go_to(terminal, place)
        terminal.leave(way)
        assert terminal.left_well(code).startswith(f"Saved. Go on with: bpo-quiz --data {BAKERY} resume")


def go_to(terminal: Terminal, place: str) -> None:
    """To a prompt of the bakery's form, whose only row has six items."""
    for n in (1, 3, *range(5, 13)):
        terminal.at(f"A{n}. ")
        if place == f"A{n}":
            return
        terminal.type("1" if n > 1 else "0")
    steps = {"check": ("Are the check",), "row": ("Are the check", "y", "Row 1 of 1")}
    steps["once more"] = ("Are the check", "n", "Row 1 of 1", "123450", "The same row once more")
    steps["review"] = (*steps["row"], "1234505", "Enter for the result")
    for n, step in enumerate(steps[place]):
        (terminal.type if n % 2 else terminal.at)(step)


def test_t10_bad_rows_are_asked_again_with_what_is_due() -> None:
    terminal = Terminal("start", "--enter", "--no-save", *SMALL)
    go_to(terminal, "row")
    due = "Please type 6 digits and the check digit"
    for bad in ("", "12345", "12345055", "1234567", "x", "1e5", "\x1b[A", "\x1b[200~1", "1" * 10_240, "é", "½23450"):
        terminal.type(bad)
        terminal.at(due)
    terminal.quit()


def test_a_row_without_a_check_digit_counts_when_it_was_keyed_twice_and_agrees(tmp_path: Path, bpo_quiz: Run) -> None:
    result = tmp_path / "result.json"
    terminal = Terminal("start", "--enter", "--no-save", *SMALL, "--format", "json", output=result)
    for n in (1, 3, *range(5, 13)):
        terminal.reply(f"A{n}. ", "0")
    terminal.reply("Are the check boxes", "n")
    terminal.reply("6 digits (b back", "1234505")
    terminal.reply("Please type 6 digits; this was 7 digits.", "123450")
    terminal.reply("once more", "132450")
    terminal.reply("Question 2 was 2, then 3.\r\nQuestion 3 was 3, then 2.\r\n", "123450")
    terminal.reply("once more", "12345")
    terminal.reply("Please type 6 digits; this was 5 digits.", "123450")
    terminal.reply("once more", "b")
    terminal.reply("6 digits (b back", "\uff11\u0662345-")
    terminal.reply("once more", "12 34 50")
    terminal.reply("5 of 6 answered; not ticked: 6.", "")
    assert terminal.end() == 0
    record = json.loads(result.read_text(encoding="utf-8"))
    assert record["answered"] == 5
    assert "Nothing was kept" in terminal.sent
    assert "no session" in bpo_quiz("list").stdout + bpo_quiz("list").stderr


@pytest.mark.parametrize("paste", ["1234505\r" * 12, "1234505\r1234505\r\r\r"])
def test_t10_t13_a_paste_keys_at_most_the_row_that_is_seen(paste: str) -> None:
    terminal = Terminal("start", "--enter")
    terminal.press("1\r1\r1\r")
    key_about(terminal)
    terminal.at("Row 1 of 11")
    terminal.press(paste)
    terminal.at("Row 2 of 11")
    terminal.pause(0.2)
    terminal.quit()
    assert "Row 3" not in terminal.sent


def test_t11_back_goes_from_the_rows_to_the_questions_about_the_person_and_on_again() -> None:
    terminal = Terminal("start", "--enter", "--no-save")
    key_about(terminal)
    terminal.reply("Row 1 of 11", "b")
    terminal.reply("A12. ", "b")
    terminal.reply("A11. ", "?")
    terminal.reply("2. At home", "9")
    terminal.reply("Please type all that are ticked, or 0, b, ? or q.", "12")
    terminal.reply("A12. ", "3")
    terminal.reply("Please type 1 to 2, or 0, b, ? or q.", "1")
    terminal.at("Row 1 of 11")
    terminal.quit()


def test_only_answers_in_the_order_of_the_paper_can_go_on_as_rows() -> None:
    terminal = Terminal("start", "--quick", "--tag", "short", plain=True)
    terminal.skip_about()
    terminal.answer(1, "4")
    terminal.at("Question 2 of ")
    terminal.quit()
    terminal = Terminal("resume", "--enter")
    terminal.hear("these answers have another order than the paper; go on without --enter")
    assert terminal.end() == 2


ROW = st.lists(st.integers(0, 5), min_size=1, max_size=6)


@given(ROW, st.text(max_size=12), st.booleans())
def test_t10_no_line_becomes_a_row_but_digits_that_fit(row: list[int], line: str, checked: bool) -> None:
    keyed = read_row(line_of(row), len(row), checked=True)
    assert keyed == (*row, check_digit(row))
    found = read_row(line, len(row), checked=checked)
    if isinstance(found, tuple):
        assert len(found) in (len(row), len(row) + checked)
        assert all(0 <= one <= 5 for one in found[: len(row)])
        assert len(found) == len(row) or found[-1] == check_digit(found[:-1])
        assert digit_of(value_of(found[0])) == found[0]

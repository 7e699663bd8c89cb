from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from .driver import (
    ABOUT,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    Plan,
    Terminal,
    answer,
    assert_left_well,
    item_on,
    profile_of,
    score_file,
    scored,
    skip_about,
    write_small_trade,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    from .driver import Run

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


def tell_about(terminal: Terminal) -> None:
    for start, keys in (
        ("Do you work in", "2"),
        ("Which of these", "1"),
        ("How many years", "4"),
        ("What is the highest", DOWN + DOWN + DOWN + ENTER),
        ("How well do you", "4"),
        ("Which shifts", " " + DOWN + " " + ENTER),
        ("Which contact", "s"),
        ("Where could you", "b"),  # back once, and on again
        ("Which contact", "s"),
        ("Where could you", " " + ENTER),
        ("Would you work to", "1"),
    ):
        terminal.wait_for(f" {start}")
        terminal.press(keys)


TOLD = {
    "current_role": "customer_service_rep",
    "years": 2,
    "education": "bachelor",
    "english": "B2",
    "shifts": ["day", "evening"],
    "site": ["office"],
    "targets": True,
}


def take_with_keys(terminal: Terminal, catalogue: Catalogue) -> Plan:
    plan = Plan()
    first, second = plan.corrected
    tell_about(terminal)
    for number in range(1, len(catalogue.items()) + 1):
        plan.seen[number] = item_on(terminal.wait_for(f" Question {number} of ", "q quit"), catalogue)
        if number == second + 1:
            answer(terminal, number, "b")
            answer(terminal, second, "b")
            terminal.wait_for(f" Question {first} of ", "(your answer)")
            answer(terminal, first, plan.key(first))
            answer(terminal, second, plan.key(second))
            terminal.wait_for(f" Question {number} of ")
        if number == plan.helped:
            terminal.press("?")
            terminal.wait_for(plan.seen[number].help[:40])
        if number == plan.by_arrows:
            terminal.press(DOWN * (int(plan.key(number)) - 1) + ENTER)
        else:
            answer(terminal, number, plan.first_key(number))
    review_with_keys(terminal, plan)
    return plan


def review_with_keys(terminal: Terminal, plan: Plan) -> None:
    terminal.wait_for("Your answers: 63 answered, 1 skipped", re.compile("» Show my result"))
    terminal.press(DOWN * plan.reviewed)
    terminal.wait_for(re.compile(rf"» +{plan.reviewed}\. "))
    terminal.press(ENTER)
    terminal.wait_for(f" Question {plan.reviewed} of ", "(your answer)")
    terminal.press(plan.key(plan.reviewed))
    terminal.wait_for(re.compile(rf"» +{plan.reviewed}\. .*\| {plan.key(plan.reviewed)} "))
    terminal.press("s")  # skips a question, and must not end the sitting
    terminal.press("r")


def test_the_whole_quiz_with_keys_ends_in_a_ranked_table_on_the_terminal(catalogue: Catalogue) -> None:
    terminal = Terminal("start", rows=150)
    take_with_keys(terminal, catalogue)
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    shown = terminal.screen.text()
    table = shown[shown.index("Roles, the first 10 of 38") : shown.index("Match: is the pattern")]
    rows = re.findall(r"^ *(\d+) +(\S.*?)  +(\d+) +(\d+) +(\d+) +(now|next|later|today) ", table, re.MULTILINE)
    assert [int(row[0]) for row in rows] == list(range(1, 11))
    totals = [int(row[2]) for row in rows]
    assert totals == sorted(totals, reverse=True)
    assert "What this is not" in shown


def test_back_skip_and_review_are_what_is_scored(catalogue: Catalogue, bpo_quiz: Run, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    terminal = Terminal("start", "--format", "json", output=result)
    plan = take_with_keys(terminal, catalogue)
    assert terminal.end() == 0
    record = json.loads(result.read_text(encoding="utf-8"))
    same = score_file(bpo_quiz, plan.final, TOLD)
    assert len(plan.final) == 64
    assert {key: record[key] for key in ("paths", "roles")} == {key: same[key] for key in ("paths", "roles")}
    assert scored(record) == pytest.approx(profile_of(catalogue, plan.final))
    assert record["answered"] == 63


def test_t05_a_result_in_a_file_has_no_prompt_in_it(tmp_path: Path) -> None:
    folder = write_small_trade(tmp_path / "bakery")
    result = tmp_path / "result.txt"
    terminal = Terminal("start", "--data", str(folder), output=result)
    skip_about(terminal)
    for number in range(1, 7):
        answer(terminal, number, str(number % 5 + 1))
    terminal.wait_for("» Show my result")
    terminal.press(ENTER)
    assert terminal.end() == 0
    written = result.read_text(encoding="utf-8")
    assert written.lstrip().startswith("Your result")
    assert "\x1b" not in written
    assert "Question 1 of" not in written
    assert "q quit" not in written


def test_a_catalogue_of_another_trade_can_be_taken_with_keys(tmp_path: Path) -> None:
    folder = write_small_trade(tmp_path / "bakery")
    terminal = Terminal("start", "--data", str(folder), rows=100)
    terminal.wait_for(
        "Bakery careers", "6 questions", "Do you work in baking today?", "2  Yes: At the oven", "3  Yes: In the shop"
    )
    skip_about(terminal)
    for number in range(1, 7):
        shown = terminal.wait_for(f" Question {number} of 6")
        match = re.search(r"How far does your (\w+) go", shown)
        assert match
        terminal.press({"kneading": "4", "planning": "2", "selling": "5"}[match[1]])
    terminal.wait_for("6 answered, 0 skipped")
    terminal.press(ENTER)
    assert terminal.end() == 0
    shown = terminal.screen.text()
    assert re.search(r"^ *1 +Baker +\d+", shown, re.MULTILINE) or re.search(r"^ *1 +Seller +\d+", shown, re.MULTILINE)
    assert "Head Baker" in shown


# Leaving


@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["screens", "plain"])
def test_t01_ctrl_c_between_welcome_and_first_prompt_says_one_line_too(words: tuple[str, ...]) -> None:
    terminal = Terminal("start", *words)
    terminal.hear("a career quiz")
    terminal.press(CTRL_C)
    assert_left_well(terminal)


def go_to(terminal: Terminal, place: str) -> None:
    if place == "about":
        terminal.wait_for(" Do you work in")
        return
    skip_about(terminal)
    last = {"question 1": 1, "question 20": 20, "last": 6, "review": 7}[place]
    for number in range(1, last):
        answer(terminal, number, str(number % 5 + 1))
    terminal.wait_for("Your answers: " if place == "review" else f" Question {last} of ")


@pytest.mark.parametrize("place", ["about", "question 1", "question 20", "last", "review"])
def test_t01_t02_leaving_says_one_line_and_restores_the_terminal(place: str, tmp_path: Path) -> None:
    small = ("--data", str(write_small_trade(tmp_path / "bakery"))) if place in ("last", "review") else ()
    terminals = {key: Terminal("start", *small) for key in ("q", CTRL_C, CTRL_D)}
    for key, terminal in terminals.items():
        go_to(terminal, place)
        terminal.press(key)
        assert_left_well(terminal)
        assert terminal.sent.rindex("\x1b[?25h") > terminal.sent.rindex("\x1b[?25l"), "the cursor is hidden"
        assert terminal.sent.rindex("\x1b[?2004l") > terminal.sent.rindex("\x1b[?2004h"), "pastes are bracketed"
        assert terminal.sent.count("\x1b[?1049h") == terminal.sent.count("\x1b[?1049l")


def test_t11_back_before_the_first_question_leads_to_the_last_about_you() -> None:
    terminal = Terminal("start")
    skip_about(terminal)
    answer(terminal, 1, "b")
    terminal.wait_for(" Would you work to")
    terminal.press("b")
    terminal.wait_for(" Where could you")
    terminal.press("q")
    assert terminal.end() == 130


def test_t11_back_on_the_review_leads_to_the_last_question(tmp_path: Path) -> None:
    terminal = Terminal("start", "--data", str(write_small_trade(tmp_path / "bakery")))
    go_to(terminal, "review")
    terminal.press("b")
    terminal.wait_for(" Question 6 of 6", "(your answer)")
    terminal.press("q")
    assert terminal.end() == 130


def test_the_welcome_of_a_short_quiz_says_one_minute(tmp_path: Path) -> None:
    terminal = Terminal("start", "--data", str(write_small_trade(tmp_path / "bakery")))
    terminal.wait_for("6 questions, about 1 minute, after a few about you")
    terminal.press("\x03")
    assert terminal.end() == 130


def test_no_answer_stays_on_the_terminal_after_the_review(tmp_path: Path) -> None:
    terminal = Terminal("start", "--data", str(write_small_trade(tmp_path / "bakery")))
    go_to(terminal, "review")
    terminal.press("\r")
    assert terminal.end() == 0
    opened, closed = "\x1b[?1049h", "\x1b[?1049l"  # the alternate screen, which leaves nothing behind
    before_review, rest = terminal.sent.split("Your answers:", 1)
    assert before_review.rfind(opened) > before_review.rfind(closed)
    assert closed in rest[: rest.index("Your result")]


# Pastes and keys that come too early


def test_t10_a_raw_paste_of_20_digits_answers_one_question_only(catalogue: Catalogue) -> None:
    terminal = Terminal("start")
    skip_about(terminal)
    answer(terminal, 1, "3" * 20)
    item = item_on(terminal.wait_for(" Question 2 of ", "q quit"), catalogue)
    terminal.press("?")
    terminal.wait_for(" Question 2 of ", item.help[:40])
    terminal.press("b")
    terminal.wait_for(" Question 1 of ", re.compile(r"> 3 "))
    terminal.press("q")
    assert terminal.end() == 130


def test_t10_a_bracketed_paste_of_60_lines_answers_nothing() -> None:
    terminal = Terminal("start")
    skip_about(terminal)
    answer(terminal, 1, "\x1b[200~" + "1\n" * 60 + "\x1b[201~")
    terminal.wait_for(" Question 1 of ", "That was a paste")
    terminal.press("q")
    assert terminal.end() == 130


def test_the_welcome_stays_in_sight_while_the_questions_about_the_person_change() -> None:
    terminal = Terminal("start")
    terminal.wait_for("Nothing you say leaves", "About you, 1 of 8", "1-8 answer")
    terminal.press("2")
    shown = terminal.wait_for("About you, 2 of 9", "Which of these is nearest to your job today?", "1-6 answer")
    assert "Nothing you say leaves" in shown
    assert "Do you work in" not in shown
    terminal.press("q")
    assert terminal.end() == 130


def test_t10_a_raw_paste_at_about_you_answers_one_question_only() -> None:
    terminal = Terminal("start")
    terminal.wait_for(" Do you work in")
    terminal.press("1" * 20)
    terminal.wait_for(" How many years")
    terminal.press("q")
    assert terminal.end() == 130
    assert "What is the highest" not in terminal.sent


def test_t10_a_bracketed_paste_at_about_you_leaves_the_question_readable() -> None:
    terminal = Terminal("start")
    terminal.wait_for(" Do you work in", "8  Yes: Insight and improvement")
    terminal.press("\x1b[200~" + "7\n" * 60 + "\x1b[201~" + DOWN)
    shown = terminal.wait_for("> 2  Yes: Customer service")
    assert " Do you work in BPO today?" in shown
    assert "\n7\n" not in shown
    terminal.press("q")
    assert terminal.end() == 130


def test_t13_keys_typed_before_the_first_prompt_answer_nothing() -> None:
    terminal = Terminal("start")
    terminal.press("21")
    terminal.wait_for(" Do you work in")
    terminal.press("s")
    terminal.wait_for(" How many years")
    terminal.press("q")
    assert terminal.end() == 130
    assert "Which of these" not in terminal.sent


def test_t13_keys_typed_before_the_first_question_answer_nothing(catalogue: Catalogue) -> None:
    terminal = Terminal("start")
    for start in ABOUT[:-1]:
        terminal.wait_for(f" {start}")
        terminal.press("s")
    terminal.wait_for(f" {ABOUT[-1]}")
    terminal.press("s44")
    item = item_on(terminal.wait_for(" Question 1 of ", "q quit"), catalogue)
    terminal.press("?")
    terminal.wait_for(" Question 1 of ", item.help[:40])
    terminal.press("q")
    assert terminal.end() == 130


# Sizes


@pytest.mark.parametrize("columns", [40, 80, 300])
def test_t08_question_and_options_are_whole_from_40_columns_on(columns: int, catalogue: Catalogue) -> None:
    terminal = Terminal("start", columns=columns, rows=30, environment={"COLUMNS": str(columns)})
    skip_about(terminal)
    for number in range(1, 6):
        shown = terminal.wait_for(f" Question {number} of ", "q quit")
        item = item_on(shown, catalogue)
        words = shown.replace("░", " ").split()
        for text in (item.prompt, *item.options):
            assert has_run(words, text.split()), f"{text!r} is not whole on:\n{shown}"
        assert all(len(line) <= columns for line in shown.splitlines())
        terminal.press("3")
    terminal.wait_for(" Question 6 of ")
    terminal.press("q")
    assert terminal.end() == 130


def has_run(words: list[str], run: list[str]) -> bool:
    return any(words[n : n + len(run)] == run for n in range(len(words)))


def test_t08_tiny_windows_lose_no_answer_and_never_crash(tmp_path: Path) -> None:
    words = ("start", "--data", str(write_small_trade(tmp_path / "bakery")), "--format", "json")
    sizes = [(1, 30), (10, 30), (20, 4), (80, 1)]
    results = {size: tmp_path / f"{size[0]}x{size[1]}.json" for size in sizes}
    terminals = [
        Terminal(*words, columns=size[0], rows=size[1], output=file, environment={"COLUMNS": str(size[0])})
        for size, file in results.items()
    ]
    for key in ("s" * len(ABOUT), "345122", "r"):
        for one in key:
            wait_until_drawn(terminals)
            for terminal in terminals:
                terminal.press(one)
    assert [terminal.end() for terminal in terminals] == [0] * len(sizes)
    records = [json.loads(file.read_text(encoding="utf-8")) for file in results.values()]
    assert {record["answered"] for record in records} == {6}
    assert len({json.dumps(record["profile"]) for record in records}) == 1


def wait_until_drawn(terminals: list[Terminal]) -> None:
    """In a window too small to read a question has been drawn when something came, and then nothing for a while."""
    for terminal in terminals:
        terminal.wait_until(lambda _, terminal=terminal: len(terminal.sent) > terminal.heard)  # type: ignore[misc]
    while any(len(terminal.sent) > terminal.heard for terminal in terminals):
        for terminal in terminals:
            terminal.heard = len(terminal.sent)
        for terminal in terminals:
            terminal.pause(0.5 / len(terminals))  # longer than a prompt is silent between going and the next coming


def test_t08_in_a_low_window_the_arrows_bring_every_option_onto_the_screen(catalogue: Catalogue) -> None:
    terminal = Terminal("start", rows=9)
    skip_about(terminal)
    item = item_on(terminal.wait_for(" Question 1 of ", "\n > 1 "), catalogue)
    terminal.press(DOWN * 4)
    shown = terminal.wait_until(lambda shown: "\n > 1 " not in shown)
    terminal.press("q")
    assert terminal.end() == 130
    assert item.options[-1][:40] in shown


def test_t08_a_resize_at_a_question_draws_it_anew(catalogue: Catalogue) -> None:
    terminal = Terminal("start", columns=120)
    skip_about(terminal)
    prompt = item_on(terminal.wait_for(" Question 1 of ", "q quit"), catalogue).prompt.split()
    for columns in (40, 80, 41):
        terminal.resize(columns, 30)
        shown = terminal.wait_for(" Question 1 of ", "q quit")
        assert has_run(shown.split(), prompt)
    answer(terminal, 1, "2")
    terminal.wait_for(" Question 2 of ")
    terminal.press("q")
    assert terminal.end() == 130


# Colours and characters


COLOURS: list[tuple[tuple[str, ...], dict[str, str | None], bool]] = [
    ((), {}, True),
    ((), {"NO_COLOR": "1"}, False),
    ((), {"NO_COLOR": ""}, True),
    ((), {"TERM": None}, True),
    (("--no-color",), {}, False),
    (("--no-color",), {"FORCE_COLOR": "1"}, False),
]


def test_t07_screens_have_colour_only_where_it_is_wanted(tmp_path: Path) -> None:
    small = ("--data", str(write_small_trade(tmp_path / "bakery")))
    terminals = [Terminal("start", *small, *words, environment=environment) for words, environment, _ in COLOURS]
    for terminal, (*case, coloured) in zip(terminals, COLOURS, strict=True):
        skip_about(terminal)
        about = len(terminal.sent)
        terminal.wait_for(" Question 1 of ", "q quit")
        assert bool(COLOUR.search(terminal.sent, 0, about)) == coloured, case
        assert bool(COLOUR.search(terminal.sent, about)) == coloured, case
        terminal.press("q")
        assert terminal.end() == 130


def test_t07_a_dumb_terminal_gets_no_escapes() -> None:
    terminal = Terminal("start", environment={"TERM": "dumb"})
    terminal.wait_for("Do you work in", "8")
    terminal.press(CTRL_C)
    assert terminal.end() == 130
    assert "\x1b" not in terminal.sent


def test_t09_where_the_encoding_has_no_circles_plain_lines_ask() -> None:
    terminal = Terminal("start", environment={"PYTHONIOENCODING": "ascii"})
    terminal.wait_for("Do you work in", "Your answer")
    terminal.press("q\r")
    assert terminal.end() == 130

"""A person at a real terminal, who answers on screens or in plain lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.load import load

from .driver import (
    ABOUT,
    BAKERY,
    CTRL_C,
    DOWN,
    ENTER,
    MODES,
    Plan,
    Terminal,
    item_on,
    score_file,
)
from .test_plain import assert_is_plain

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.catalogue.model import Catalogue

    from .driver import Run

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
SMALL = ("--data", str(BAKERY))

PICK = {"1": " " + ENTER, "2": DOWN + " " + ENTER}
"""The keys that mark one choice of several."""

TELLING: tuple[tuple[str, str, str], ...] = (
    ("Do you work in", "2", "2"),
    ("Which of these", "1", "1"),
    ("How many years", "4", "4"),
    ("What is the highest", DOWN + DOWN + DOWN + ENTER, "4"),
    ("How well do you", "4", "4"),
    ("Which languages", "6" + ENTER, "6"),
    ("How well do you speak and understand French", "?", "?"),
    ("The six levels", "3", "3"),
    ("How many words", "2", "2"),
    ("Which shifts", " " + DOWN + " " + ENTER, "2, 1"),
    ("Which contact", "s", "s"),
    ("Where could you", "b", "b"),  # back once, and on again
    ("Which contact", "s", "s"),
    ("Where could you", " " + ENTER, "1"),
    ("Would you work to", "1", "1"),
)
"""What is asked about the person, with the keys and the line that tell `TOLD`."""
TOLD = {
    "current_role": "customer_service_rep",
    "years": 2,
    "education": "bachelor",
    "english": "B2",
    "languages": {"fr": "B1"},
    "typing": 30,
    "shifts": ["day", "evening"],
    "site": ["office"],
    "targets": True,
}


def take(terminal: Terminal, catalogue: Catalogue) -> Plan:
    """The whole quiz."""
    plan, linear = Plan(), terminal.linear
    first, second = plan.corrected
    for start, keys, line in TELLING:
        terminal.reply(start, line if linear else keys)
    for number in range(1, len(catalogue.items()) + 1):
        item = plan.seen[number] = item_on(terminal.at(f"Question {number} of "), catalogue)
        if number == second + 1:
            terminal.type("b")
            terminal.reply(f"Question {second} of ", "b")
            before = terminal.at(f"Question {first} of ")
            assert ("Your answer so far: " if linear else "(your answer)") in before
            terminal.type(plan.key(first))
            terminal.reply(f"Question {second} of ", plan.key(second))
            terminal.at(f"Question {number} of ")
        if number == plan.helped:
            terminal.type("?")
            terminal.at(item.help[:40])
        by_arrows = number == plan.by_arrows and not linear
        terminal.type(DOWN * (int(plan.key(number)) - 1) + ENTER if by_arrows else plan.first_key(number))
    key = plan.key(plan.reviewed)
    if linear:
        skipped = f" {plan.skipped}. {plan.seen[plan.skipped].prompt} Skipped."
        assert skipped in " ".join(terminal.at_review().split())
        terminal.type(str(plan.reviewed))
        terminal.reply(f"Question {plan.reviewed} of ", key)
        terminal.reply(f"Your answer: {key}, ", "")
        return plan
    terminal.wait_for("Your answers: 63 answered, 1 skipped", re.compile("» Show my result"))
    terminal.press(str(plan.reviewed))
    terminal.wait_for(re.compile(rf"» +{plan.reviewed}\. "))
    terminal.press(ENTER)
    terminal.at(f"Question {plan.reviewed} of ", "(your answer)")
    terminal.press(key)
    terminal.wait_for(re.compile(rf"» +{plan.reviewed}\. .*\| {key} "))
    terminal.press("s")  # skips a question, and must not end the sitting
    terminal.press("r")
    return plan


@MODES
@pytest.mark.parametrize(("key", "state"), [("2", "met"), ("1", "not met"), ("s", "unknown")])
def test_certificates_are_asked_for_after_the_items_where_they_matter(
    tmp_path: Path, plain: bool, key: str, state: str
) -> None:
    result, folder = tmp_path / "result.json", BAKERY.parent / "small"
    terminal = Terminal("start", "--data", str(folder), "--format", "json", plain=plain, output=result)
    shop = load(folder)
    for start in ABOUT:
        if start != "How many words":  # no role of this catalogue asks for a speed
            terminal.reply(start, "s")
    for number in range(1, len(shop.items()) + 1):
        item = item_on(terminal.at(f"Question {number} of "), shop)
        terminal.type("1" if item.id.startswith("serving") else "5")
    terminal.at_review()
    terminal.type("" if terminal.linear else "r")
    terminal.reply("Which of these certificates do you hold", key if terminal.linear or key == "s" else PICK[key])
    assert terminal.end() == 0
    record = json.loads(result.read_text(encoding="utf-8"))
    (baker,) = (role for role in record["roles"] if role["role"] == "head_baker")
    assert [gate["state"] for gate in baker["gates"] if gate["gate"] == "licence"] == [state]


@MODES
def test_what_was_answered_skipped_and_corrected_is_what_is_ranked(
    catalogue: Catalogue, bpo_quiz: Run, plain: bool
) -> None:
    terminal = Terminal("start", plain=plain, rows=220)
    plan = take(terminal, catalogue)
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    shown = terminal.screen.text()
    table = shown[shown.index("Roles, the first 10 of 50") : shown.index("What this is not")]
    if plain:
        table = table.replace("\n", "")  # the window ends a line anywhere
    row = (
        r": place =?(\d+),.*?Total (\d+),"
        if plain
        else r"^ *=?(\d+) +\S.*?  +(\d+) +\d+ +\d+ +(?:open|not yet|you said no|later|your role|-) "
    )
    ranks, totals = zip(*re.findall(row, table, re.MULTILINE), strict=True)
    assert [int(rank) for rank in ranks] == list(range(1, 11))
    assert sorted(map(int, totals), reverse=True) == list(map(int, totals))
    if plain:
        assert_is_plain(terminal.sent)
    record = json.loads(bpo_quiz("result", "--format", "json").stdout)
    same = json.loads(score_file(bpo_quiz, plan.final, TOLD))
    assert (len(plan.final), record["answered"]) == (64, 63)
    assert all(record[key] == same[key] for key in ("profile", "interests", "paths", "roles"))


def test_t05_a_result_in_a_file_has_no_prompt_in_it(tmp_path: Path) -> None:
    result = tmp_path / "result.txt"
    terminal = Terminal("start", *SMALL, output=result)
    terminal.skip_about()
    terminal.answer(1, "234512")
    terminal.wait_for("» Show my result")
    terminal.press(ENTER)
    assert terminal.end() == 0
    written = result.read_text(encoding="utf-8")
    assert written.lstrip().startswith("Your result")
    assert not any(part in written for part in ("\x1b", "Question 1 of", "q quit"))


def test_a_catalogue_of_another_trade_can_be_taken_with_keys() -> None:
    terminal = Terminal("start", *SMALL, rows=100)
    terminal.wait_for(
        "Bakery careers", "6 questions, about 1 minute, after a few about you", "Do you work in baking today?",
        "2  Yes: At the oven", "3  Yes: In the shop",
    )  # fmt: skip
    terminal.skip_about()
    for number in range(1, 7):
        (skill,) = re.findall(r"How far does your (\w+) go", terminal.at(f"Question {number} of 6"))
        terminal.press({"kneading": "4", "planning": "2", "selling": "5"}[skill])
    terminal.wait_for("6 answered, 0 skipped")
    terminal.press(ENTER)
    assert terminal.end() == 0
    assert re.search(r"^ *1 +(Baker|Seller) +\d+", terminal.screen.text(), re.MULTILINE)
    opened, closed = "\x1b[?1049h", "\x1b[?1049l"  # the alternate screen, which leaves no answer behind
    before_review, rest = terminal.sent.split("Your answers:", 1)
    assert before_review.rfind(opened) > before_review.rfind(closed)
    assert closed in rest[: rest.index("Your result")]


# Leaving, and going back


@MODES
def test_t01_ctrl_c_between_welcome_and_first_prompt_says_one_line_too(plain: bool) -> None:
    terminal = Terminal("start", plain=plain)
    terminal.hear("a career quiz")
    terminal.press(CTRL_C)
    terminal.left_well()


@MODES
def test_t11_back_as_far_as_one_likes_also_from_the_review(plain: bool) -> None:
    terminal = Terminal("start", *SMALL, plain=plain)
    terminal.skip_about()
    terminal.answer(1, "444444")
    terminal.at_review()
    terminal.type("b")
    for number in range(6, 0, -1):
        shown = terminal.reply(f"Question {number} of ", "b")
        assert ("Your answer so far: 4" if plain else "(your answer)") in shown
    for start in reversed(ABOUT):
        terminal.reply(start, "b")
    terminal.at(ABOUT[0])
    terminal.quit()


# Pastes and keys that come too early


@pytest.mark.parametrize("place", ["item", "about"])
def test_t10_a_raw_paste_of_20_digits_answers_one_question_only(catalogue: Catalogue, place: str) -> None:
    terminal = Terminal("start")
    if place == "about":
        terminal.reply(ABOUT[0], "1" * 20)
        terminal.at(ABOUT[1])
    else:
        terminal.skip_about()
        terminal.answer(1, ["3" * 20])
        item = item_on(terminal.at("Question 2 of "), catalogue)
        terminal.press("?")
        terminal.at("Question 2 of ", item.help[:40])
        terminal.press("b")
        terminal.wait_for(" Question 1 of ", re.compile(r"> 3 "))
    terminal.quit()
    assert ABOUT[2] not in terminal.sent or place == "item"


def test_t10_a_bracketed_paste_answers_nothing_and_leaves_the_question_readable() -> None:
    terminal = Terminal("start")
    terminal.at(ABOUT[0], "8  Yes: Insight and improvement")
    terminal.press("\x1b[200~" + "7\n" * 60 + "\x1b[201~" + DOWN)
    shown = terminal.wait_for("> 2  Yes: Customer service")
    assert " Do you work in BPO today?" in shown
    assert "\n7\n" not in shown
    terminal.skip_about()
    terminal.reply("Question 1 of ", "\x1b[200~" + "1\n" * 60 + "\x1b[201~")
    terminal.at("Question 1 of ", "That was a paste")
    terminal.quit()


def test_the_welcome_says_what_the_trade_is_and_stays_in_sight_while_the_questions_about_the_person_change() -> None:
    terminal = Terminal("start", rows=24)
    whole = ("BPO careers: a career quiz", "BPO, business process outsourcing, is when", "Nothing you say leaves")
    terminal.wait_for(*whole, "At every question", "About you, 1 of 10", "1-8 answer")
    terminal.press("2")
    shown = terminal.wait_for("About you, 2 of 11", "Which of these is nearest to your job today?", "1-7 answer")
    assert "Nothing you say leaves" in shown
    assert "Do you work in" not in shown
    terminal.quit()


@MODES
def test_t13_keys_typed_before_the_first_prompt_answer_nothing(plain: bool) -> None:
    terminal = Terminal("start", plain=plain)
    terminal.press("2\r1\r" if plain else "21")
    terminal.reply("Do you work in", "s")
    terminal.at("How many years")
    terminal.quit()
    assert "Which of these" not in terminal.sent


def test_t13_keys_typed_before_the_first_question_answer_nothing(catalogue: Catalogue) -> None:
    terminal = Terminal("start")
    for start in ABOUT[:-1]:
        terminal.reply(start, "s")
    terminal.reply(ABOUT[-1], "s44")
    item = item_on(terminal.at("Question 1 of "), catalogue)
    terminal.press("?")
    terminal.at("Question 1 of ", item.help[:40])
    terminal.quit()


# Sizes


@pytest.mark.parametrize("columns", [40, 80, 300])
def test_t08_question_and_options_are_whole_from_40_columns_on(columns: int, catalogue: Catalogue) -> None:
    terminal = Terminal("start", columns=columns, environment={"COLUMNS": str(columns)})
    terminal.skip_about()
    for number in range(1, 6):
        shown = terminal.at(f"Question {number} of ")
        item = item_on(shown, catalogue)
        words = shown.replace("░", " ").split()
        for text in (item.prompt, *item.options):
            assert has_run(words, text.split()), f"{text!r} is not whole on:\n{shown}"
        assert all(len(line) <= columns for line in shown.splitlines())
        terminal.press("3")
    terminal.at("Question 6 of ")
    terminal.press("q")
    assert terminal.end() == 130


def has_run(words: list[str], run: list[str]) -> bool:
    return any(words[n : n + len(run)] == run for n in range(len(words)))


def test_t08_tiny_windows_lose_no_answer_and_never_crash(tmp_path: Path) -> None:
    sizes = [(1, 30), (10, 30), (20, 4), (80, 1)]
    results = {size: tmp_path / f"{size[0]}x{size[1]}.json" for size in sizes}
    terminals = [
        Terminal(
            "start", *SMALL, "--format", "json",
            columns=columns, rows=rows, output=file, environment={"COLUMNS": str(columns)},
        )
        for (columns, rows), file in results.items()
    ]  # fmt: skip
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
    for start in ABOUT:
        terminal.wait_for(f" {start}")
        terminal.press("s")
    item = item_on(terminal.wait_for(" Question 1 of ", "\n > 1 "), catalogue)
    terminal.press(DOWN * 4)
    shown = terminal.wait_until(lambda shown: "\n > 1 " not in shown)
    terminal.quit()
    assert item.options[-1][:40] in shown


def test_t08_a_resize_at_a_question_draws_it_anew(catalogue: Catalogue) -> None:
    terminal = Terminal("start", columns=120)
    terminal.skip_about()
    prompt = item_on(terminal.at("Question 1 of "), catalogue).prompt.split()
    for columns in (40, 80, 41, 80):
        terminal.resize(columns, 30)
        assert has_run(terminal.at("Question 1 of ").split(), prompt)
    terminal.answer(1, "2")
    terminal.at("Question 2 of ")
    terminal.quit()


# Colours and characters


def test_t14_a_terminal_that_tells_no_position_gets_no_warning(bpo_quiz: Run) -> None:
    assert bpo_quiz("client", "add", "Ana", "--consent-given").returncode == 0
    terminals = [Terminal("start"), Terminal("client", "forget", "Ana")]
    for terminal, first in zip(terminals, (ABOUT[0], "y or n"), strict=True):
        terminal.tells_position = False
        terminal.wait_for(first)
    for terminal in terminals:
        terminal.pause(2.3)  # prompt_toolkit waits two seconds for a position
        terminal.leave("q")
        assert terminal.end() == 130
        assert "\x1b[6n" in terminal.sent
        assert "WARNING" not in terminal.sent


COLOURS: list[tuple[tuple[str, ...], dict[str, str | None], bool]] = [
    ((), {}, True),
    ((), {"NO_COLOR": "1"}, False),
    ((), {"NO_COLOR": ""}, True),
    ((), {"TERM": None}, True),
    (("--no-color",), {}, False),
    (("--no-color",), {"FORCE_COLOR": "1"}, False),
]


def test_t07_screens_have_colour_only_where_it_is_wanted() -> None:
    terminals = [Terminal("start", *SMALL, *words, environment=environment) for words, environment, _ in COLOURS]
    for terminal, (*case, coloured) in zip(terminals, COLOURS, strict=True):
        terminal.skip_about()
        about = len(terminal.sent)
        terminal.at("Question 1 of ")
        assert bool(COLOUR.search(terminal.sent, 0, about)) == coloured, case
        assert bool(COLOUR.search(terminal.sent, about)) == coloured, case
        terminal.quit()


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}], ids=str)
def test_t07_t09_where_no_screen_can_be_drawn_plain_lines_ask(environment: dict[str, str | None]) -> None:
    terminal = Terminal("start", environment=environment)
    terminal.wait_for("Do you work in", "8", "Your answer")
    terminal.press("q\r")
    terminal.left_well()
    assert_is_plain(terminal.sent)

"""A counsellor's day: whose session it is, what waits, and the forms of many people at once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from store.desk import ITEMS, SMALL, answer, begin, chance, opened

from .desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from .desk import Run


@pytest.fixture
def desk(bpo_quiz: Run, home: Path) -> Desk:
    return Desk(bpo_quiz, home, "--data", str(SMALL))


def left(desk: Desk, alias: str | None, answers: int = 3) -> str:
    with opened(desk.home) as database:
        code = begin(database, alias)
        for number in range(answers):
            answer(database, code, number)
    return code


# --- whose session ---


def test_resume_says_whose_session_goes_on_and_each_question_does(desk: Desk) -> None:
    desk.add("K-17")
    code = left(desk, "K-17")
    for words in ((), ("--client", "k-17"), (code,)):
        terminal = desk.terminal("resume", *words)
        shown = terminal.wait_for(" K-17 · Question 4 of ", "q quit")
        terminal.press("b")
        terminal.wait_for(" K-17 · Question 3 of ")
        terminal.quit()
        assert bool(words) or f"Going on with {code}, of K-17." in terminal.sent, shown


def test_resume_lists_or_asks_where_several_people_have_left(desk: Desk) -> None:
    desk.add("K-17", "K-18")
    codes = {alias: left(desk, alias, n) for n, alias in enumerate(("K-17", "K-18", None), 1)}
    terminal = desk.terminal("resume")
    shown = terminal.wait_for("Whose session goes on?", "3. ")
    rows = re.findall(r"(\d)\. (\w{3}-\w{3}), of ([\w -]+), begun", shown)
    assert [(code, whose) for _, code, whose in rows] == [
        (codes[None], "no client"), (codes["K-18"], "K-18"), (codes["K-17"], "K-17"),
    ]  # fmt: skip
    terminal.press("2")
    terminal.at("K-18 · Question 3 of ")
    terminal.quit()
    said = desk.refused(2, "resume")
    assert all(f"{code}, of {alias or 'no client'}" in said for alias, code in codes.items())
    assert "asking needs a terminal" in desk.refused(2, "resume", "--client", "K-18")


@pytest.mark.parametrize("plain", [False, True], ids=["screens", "plain"])
def test_start_asks_where_the_client_has_left_a_session(desk: Desk, plain: bool) -> None:
    desk.add("K-17")
    terminal = desk.terminal("start", "--client", "k17")
    terminal.wait_for("Is K-17 meant?", "q quit)")
    terminal.press("y")
    terminal.at("K-17 · ")  # asked once
    terminal.quit()
    code = left(desk, "K-17")
    for key, question in (("1", "K-17 · Question 4 of "), ("2", "K-17 · ")):
        terminal = desk.terminal(
            "start", "--client", "k-17", plain=plain, environment={"TERM": "dumb"} if plain else {}
        )
        terminal.linear = plain
        terminal.wait_for(f"K-17 has left session {code}, begun", "at question 4", "q quit)")
        terminal.type(key)
        terminal.at(question)
        terminal.leave("q")
        assert terminal.end() == 130
    assert list(desk.stored()) == [code]


def test_a_plain_result_says_whose_it_is(desk: Desk) -> None:
    desk.add("K-17")
    code = left(desk, "K-17", len(ITEMS))
    with desk.opened() as (_, sessions):
        sessions.finish(code)
    for words, is_said in (((), True), (("--client", "K-17"), False), ((code,), False)):
        assert (f"The latest result: {code}, of K-17." in desk("result", *words).stderr) is is_said


# --- what waits ---


def test_the_desk_shows_first_what_needs_the_counsellor(desk: Desk) -> None:
    assert desk.record("desk") == {"format": "bpo-quiz/desk@1", "waiting": [], "more": 0, "seen": [], "clients": 0}
    desk.add("K-17", "K-18", "K 19")
    code = left(desk, "K-18")
    desk.done("client", "agree", "K-17", "Some day.")
    desk.done("client", "agree", "K-17", "Long over.", "--by", "2026-01-05", "--next", "2099-01-05")
    desk.done("client", "agree", "K 19", "Done.")
    desk.done("client", "agreed", "K 19", "1", "--done")
    found = desk.record("desk")
    assert [(one["kind"], one["client"], one["what"]) for one in found["waiting"]] == [
        ("overdue", "K-17", "Long over."), ("left", "K-18", code), ("agreed", "K-17", "Some day."),
        ("talk", "K-17", ""),
    ]  # fmt: skip
    assert {one["alias"] for one in found["seen"]} == {"K-17", "K-18", "K 19"}
    assert desk.record("desk", "--limit", "1")["more"] == 3
    shown = desk.done("desk", "--plain")
    assert all(one["command"] in shown for one in found["waiting"])
    desk.done(*found["waiting"][0]["command"].split())
    assert desk.record("desk")["waiting"][0]["kind"] == "left"


# --- many forms at once ---


def sheet(seed: int, **more: Any) -> str:
    luck = chance(seed)
    answers = {item: luck.randrange(5) for item in ITEMS}
    return json.dumps({"format": "bpo-quiz/answers@1", **more, "answers": answers})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files as phones send them: by name, by field, twice, broken, of another catalogue, of two aliases."""
    place = tmp_path / "phones"
    place.mkdir()
    for name, text in {
        "bpo-quiz-answers-k-17": sheet(1),
        "bpo-quiz-answers-k-18 (1)": sheet(2),
        "download": sheet(3, id="K-19"),
        "e": sheet(3, id="K-20"),
        "f": sheet(5, catalogue="0" * 64),
        "g": "{",
        "bpo-quiz-answers-k-21": sheet(7, id="K-22"),
        "h": sheet(8, id="K18"),
        "i": sheet(9, id="K-19"),
    }.items():
        (place / f"{name}.json").write_text(text, encoding="utf-8")
    rows = [["id", *ITEMS], ["K-31", *"01234" * 3], ["K-32", *"0123x" * 3]]
    (place / "z.csv").write_text("\n".join(",".join(row[: 1 + len(ITEMS)]) for row in rows), encoding="utf-8")
    return place


def test_forms_of_a_group_are_taken_with_one_command_and_what_is_doubtful_is_not(desk: Desk, folder: Path) -> None:
    desk.add("K-17", "K-18")
    told = desk("client", "take", str(folder), "--consent-given")
    assert (told.returncode, list(desk.stored())) == (2, [])
    assert "bpo-quiz-answers-k-17.json" in told.stdout
    assert "--yes" in told.stderr
    done = desk("client", "take", str(folder), "--tag", "May", "--consent-given", "--yes", "--format", "json")
    assert done.returncode == 3
    faults = {one["file"]: one["fault"] for one in json.loads(done.stdout)["sheets"]}
    for file, words in {
        "bpo-quiz-answers-k-17": "", "bpo-quiz-answers-k-18 (1)": "", "download": "",
        "e": "the same answers as download.json", "f": "another catalogue", "g": "is not JSON",
        "bpo-quiz-answers-k-21": "its name says k-21", "h": "K-18 looks like it",
        "i": "",
    }.items():  # fmt: skip
        assert words in faults[f"{file}.json"] if words else not faults[f"{file}.json"], file
    assert [bool(fault) for file, fault in faults.items() if file.startswith("z.csv")] == [False, True]
    kept = desk.stored().values()
    assert {(one.client, one.tag, one.finished is not None) for one in kept} == {
        (alias, "May", True) for alias in ("K-17", "K-18", "K-19", "K-31")
    }
    assert "on paper" in desk.record("client", "show", "K-19")["consent"]["words"]
    again = json.loads(desk("client", "take", str(folder), "--yes", "--format", "json").stdout)["sheets"]
    assert all(one["code"] is None for one in again)
    assert len(desk.stored()) == 5


def test_only_a_yes_at_a_terminal_takes_forms(desk: Desk, folder: Path) -> None:
    desk.add("K-17", "K-18")
    for key, kept in (("n", 0), ("y", 2)):
        terminal = desk.terminal("client", "take", str(folder), rows=60)
        terminal.wait_for("Keep 2 sheets of 11?", "--consent-given it is added")
        terminal.press(key)
        assert terminal.end() == (3 if kept else 2)
        assert len(desk.stored()) == kept


def test_a_page_that_was_made_for_a_client_gives_back_their_alias(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "form.html"
    desk.done("form", "--client", "K-17 <b>", "-o", str(page))
    assert 'data-client="K-17 &lt;b&gt;"' in page.read_text()
    desk.refused(2, "form", "--client", "K-17", "-o", str(tmp_path / "form.pdf"))

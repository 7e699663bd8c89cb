from __future__ import annotations

import html
import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from store.desk import CATALOGUE as SMALL
from store.desk import FILES as SMALL_FILES
from store.desk import back_up, opened
from terminal.driver import CTRL_C, CTRL_D, ENTER

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.files import read_files
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import Mark, about_session

from .desk import STEERING, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

    from .desk import Run

ALIASES = {
    "u01": ["[bold]", "[/]", "[/b]", "[link=http://e]x", "[TODO]", ":bomb:", "back\\"],
    "u02": [
        "\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://e\x1b\\x", "\x9b31m", "a\rb\x08",
        "\u202ertl\u2066", "a\u2028b",
    ],
    "u03": ["山田太郎", "e\u0301a", "👩\u200d💻 dev", "שלום", "x" * 60],
    "u04": ["../../etc/x", "/abs", "C:\\x", "CON", "nul.txt", "a/b", ".", "..", "dot."],
    "u07": ["%s %d %(x)s", "{0.__class__}", "${HOME}", "{{7*7}}", "$(id)", "`id`", "%%"],
}  # fmt: skip


@pytest.fixture
def desk(bpo_quiz: Run, home: Path) -> Desk:
    """A desk where all is about `bpo-quiz client`."""
    return Desk(bpo_quiz, home, "client")


def sit(
    desk: Desk,
    alias: str,
    responses: Responses,
    catalogue: Catalogue,
    files: tuple[bytes, bytes] | None = None,
    *,
    finished: bool = True,
) -> str:
    """Keep a session of a client; `files`: of another catalogue than the shipped one."""
    with opened(desk.home) as database, database.change():
        sessions = Sessions(database)
        code = sessions.start(catalogue, files or read_files(), "full", alias).code
        for position, (item, value) in enumerate(responses.items()):
            sessions.save_response(code, Response(item, value, 6.0, position))
        if finished:
            sessions.finish(code)
    return code


def a_sheet(catalogue: Catalogue, **values: int) -> Responses:
    """Answers that say something; `skill=value` for all items of a skill."""
    sheet: Responses = {item.id: (7 * n + n // 5) % 5 for n, item in enumerate(catalogue.items())}
    for skill, value in values.items():
        sheet.update({item.id: value for item in catalogue.skills[skill].items})
    return sheet


@pytest.fixture
def two_sittings(desk: Desk, catalogue: Catalogue) -> tuple[str, str]:
    """Ana came twice: empathy from 25 to 100, patience by one answer, all else the same."""
    desk.add("Ana")
    then = a_sheet(catalogue, empathy=1, patience=2)
    now = {**a_sheet(catalogue, empathy=4, patience=2), catalogue.skills["patience"].items[0].id: 3}
    return sit(desk, "Ana", then, catalogue), sit(desk, "Ana", now, catalogue)


# --- add ---


def test_t04_without_a_terminal_consent_is_never_assumed(desk: Desk) -> None:
    assert "--consent-given" in desk.refused(2, "add", "Ana", input="y\n")
    assert not desk.home.exists()


def test_consent_on_paper_is_stored_with_the_words_that_the_form_has_and_their_time(
    desk: Desk, bpo_quiz: Run, tmp_path: Path
) -> None:
    desk.home.mkdir()
    (desk.home / "desk.yaml").write_text("organisation: Harbour\ncontact: Ms Reyes\nperiod: 2y\n", encoding="utf-8")
    page = tmp_path / "form.html"
    Desk(bpo_quiz, desk.home).done("form", "-o", str(page))
    desk.done("add", "Ana", "--consent-given")
    consent = desk.record("show", "Ana")["consent"]
    first, *words = consent["words"].splitlines()
    version = re.fullmatch(r"Agreed to on paper, as the counsellor stated on .+ 20\d\d, text ([0-9a-f]{8}):", first)
    assert version
    assert f"Text {version[1]}" in page.read_text()
    assert all(html.escape(line) in page.read_text() for line in words)
    for part in ("counsellor of Harbour", "2 years after", "Ms Reyes"):
        assert part in consent["words"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", consent["given"])
    desk.done("add", "Ben", "--consent-given", "--own-words")
    assert "not in the words of this program" in desk.record("show", "Ben")["consent"]["words"]
    desk.refused(2, "add", "Cleo", "--own-words")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("organization: X\n", 'desk.yaml:1: organization: not a known key (did you mean "organisation"?)'),
        ("contact: X\nperiod: 2w\n", "desk.yaml:2: period: is no period; write one like 24m, 2y or 90d"),
        ("hand_over: yes\n", "desk.yaml:1: hand_over: should be true or false"),
    ],
)
def test_what_is_wrong_with_the_settings_is_told_with_line_and_remedy(
    desk: Desk, bpo_quiz: Run, content: str, said: str
) -> None:
    whole, file = Desk(bpo_quiz, desk.home), desk.home / "desk.yaml"
    whole.done("desk", "--settings")
    whole.refused(2, "desk", "--settings")
    desk.add("Ana")
    whole.done("desk")
    file.write_text(content, encoding="utf-8")
    assert said in whole.refused(3, "desk")
    assert said in desk.refused(3, "add", "Ben", "--consent-given")


def test_a_client_agrees_once_at_the_terminal(desk: Desk) -> None:
    terminal = desk.terminal("add", "Ana")
    shown = " ".join(terminal.wait_for("Do you agree?").split())
    for part in ("your alias", "how long each took", "notes", "only on the computer", "as a file", "withdraw"):
        assert part in shown
    terminal.press("y")
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    assert " ".join(desk.record("show", "Ana")["consent"]["words"].split()) in shown


@pytest.mark.parametrize("keys", ["n", ENTER, "\x1b[200~yyy\ny\n\x1b[201~"], ids=["n", "Enter", "a paste"])
def test_t10_without_a_yes_nothing_is_kept(desk: Desk, keys: str) -> None:
    terminal = desk.terminal("add", "Ana")
    terminal.wait_for("Do you agree?", "q quit)")
    terminal.press(keys)
    if len(keys) > 1:
        terminal.pause(0.3)
        terminal.press("n")
    assert terminal.end() == 0
    assert "nothing was kept" in terminal.screen.text()
    desk.refused(5, "show", "Ana")


LEAVING = {CTRL_C: 130, CTRL_D: 130, "q": 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("way", LEAVING, ids=lambda way: getattr(way, "name", repr(way)))
def test_f03_t01_t02_t03_leaving_the_consent_keeps_nothing_and_the_terminal_as_it_was(
    desk: Desk, way: str | signal.Signals, term: str
) -> None:
    terminal = desk.terminal("add", "Ana", environment={"TERM": term})
    terminal.linear = term == "dumb"
    terminal.wait_for("Do you agree?", "q quit)")
    terminal.pause(0.2)  # until its handlers stand
    terminal.leave(way)
    assert terminal.left_well(LEAVING[way]) == "Stopped. Nothing was kept."
    desk.refused(5, "show", "Ana")


# --- note, without a shell's history ---


@pytest.mark.parametrize("end", [".\r", "\x04"], ids=["a point", "Ctrl-D"])
def test_a_note_is_typed_or_pasted_whole_and_nothing_of_it_reaches_the_shell(desk: Desk, end: str) -> None:
    desk.add("Ana")
    terminal = desk.terminal("note", "ana", from_shell=True)
    terminal.wait_for("The note about Ana; Ctrl-D or a line that is only a point ends it:")
    terminal.press("Agreed: coaching.\r\rNext time: %s {0} [/b].\r" + end + "touch x\r")
    terminal.wait_for("Noted about Ana.")
    terminal.pause(0.3)
    assert "touch" not in terminal.sent.partition("Noted about")[2]
    (note,) = desk.record("show", "Ana")["notes"]
    assert note["text"] == "Agreed: coaching.\n\nNext time: %s {0} [/b]."


def test_a_note_can_be_piped_in(desk: Desk) -> None:
    desk.add("Ana")
    desk.done("note", "Ana", input="From a file.\n\nTwo parts.\n")
    assert desk.record("show", "Ana")["notes"][0]["text"] == "From a file.\n\nTwo parts."
    for given in ("", " \n"):
        desk.refused(2, "note", "Ana", input=given)


@pytest.mark.parametrize("way", [CTRL_C, CTRL_D, signal.SIGTERM, signal.SIGHUP], ids=repr)
@pytest.mark.parametrize("typed", ["", "half a note\r"], ids=["at once", "half way"])
def test_f03_t01_t02_leaving_a_note_keeps_nothing_that_was_not_ended(
    desk: Desk, way: str | signal.Signals, typed: str
) -> None:
    desk.add("Ana")
    terminal = desk.terminal("note", "Ana")
    terminal.wait_for("only a point ends it:")
    terminal.press(typed)
    terminal.pause(0.2)
    terminal.leave(way)
    ended = way == CTRL_D and bool(typed)
    assert terminal.end() == (0 if ended else LEAVING[way])
    assert terminal.settings_after == terminal.settings_before
    assert [note["text"] for note in desk.record("show", "Ana")["notes"]] == (["half a note"] if ended else [])


def test_an_alias_is_taken_however_it_is_typed(desk: Desk) -> None:
    desk.add("Ana")
    desk.refused(2, "add", "\uff21\uff4e\uff41", "--consent-given")
    terminal = desk.terminal("add", "ana")
    assert terminal.end() == 2
    assert "agree" not in terminal.sent


# --- texts ---


@pytest.mark.parametrize("case", ALIASES)
def test_u01_u02_u03_u04_u07_any_alias_comes_back_and_steers_nothing(desk: Desk, case: str) -> None:
    first, *others = ALIASES[case]
    done = desk("add", "--consent-given", "--", first)
    assert done.returncode == 0
    desk.add(*others)
    kept = [client["alias"] for client in desk.record("list")["clients"]]
    assert len(kept) == len(ALIASES[case])
    (found,) = desk.record("list", f"--search={first}", "--limit=1")["clients"]
    assert found["alias"] in desk.done("show", "--", first)
    assert not any(map(STEERING.search, (done.stdout, done.stderr, *kept)))


def test_u04_an_export_stays_in_its_folder_under_a_name_of_its_own(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    aliases = ["../../etc/x", "etc x", "CON", "山田太郎"]
    desk.add(*aliases)
    for alias in aliases:
        desk.done("export", "-o", str(folder), "--", alias)
    files = list(folder.iterdir())
    assert {json.loads(file.read_text())["alias"] for file in files} == set(aliases)
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}-[0-9a-f]{6}\.json", file.name) for file in files)
    desk.refused(2, "export", "-o", str(folder), "--", "CON")


def test_u02_u07_a_note_is_exported_as_it_was(desk: Desk) -> None:
    desk.add("Ana")
    text = "\n".join(alias for aliases in ALIASES.values() for alias in aliases)
    desk.done("note", "Ana", "--", text)
    assert json.loads(desk.done("export", "Ana"))["notes"][0]["text"] == text


def test_u03_too_long_or_empty_is_refused_in_one_line(desk: Desk) -> None:
    desk.add("Ana")
    for words in (
        ("add", "x" * 10_000, "--consent-given"), ("add", " \u200d", "--consent-given"),
        ("note", "Ana", "x" * 10_001), ("show", "x" * 10_000),
    ):  # fmt: skip
        assert len(desk.refused(2, *words)) < 200
    desk.done("note", "Ana", "x" * 10_000)
    assert "x" * 70 in desk.done("show", "Ana")


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes only there")
def test_u03_surrogates_in_an_argument_are_a_usage_error(desk: Desk) -> None:
    desk.add("Ana")
    program = [sys.executable, "-m", "bpo_quiz", *desk.words]
    for words in ((b"add", b"A\xffna", b"--consent-given"), (b"note", b"Ana", b"\xff"), (b"forget", b"\xff", b"--yes")):
        done = subprocess.run([*map(os.fsencode, program), *words], input=b"", capture_output=True, check=False)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_u03_wide_letters_keep_the_columns_in_line(desk: Desk) -> None:
    desk.add("Ana", "山田太郎")
    lines = [line.rstrip() for line in desk.done("list").splitlines() if re.search(r"\d{4}-", line)]
    assert len(lines) == 2
    assert len({cell_len(line) for line in lines}) == 1


# --- list, show, note ---


def test_a_desk_without_clients_is_no_fault(desk: Desk) -> None:
    assert desk.record("list") == {"clients": [], "more": False}
    assert desk.done("list")
    assert not desk.home.exists()


def test_the_list_searches_and_says_when_there_are_more(desk: Desk) -> None:
    desk.add("mariam", "ben", "Ana Maria")
    for search, found in (("MARIA", ["Ana Maria", "mariam"]), ("", ["Ana Maria", "ben", "mariam"]), ("%", [])):
        assert [client["alias"] for client in desk.record("list", "--search", search)["clients"]] == found
    cut = desk.record("list", "--limit", "2")
    assert (len(cut["clients"]), cut["more"]) == (2, True)
    assert "There are more" in desk.done("list", "--limit", "2")
    assert "There are more" not in desk.done("list", "--limit", "3")


def test_an_unknown_client_is_one_line_and_5(desk: Desk) -> None:
    desk.add("Ben")
    for command, *rest in (("show",), ("note", "text"), ("compare",), ("export",), ("forget", "--yes")):
        assert "Ana: there is no such client" in desk.refused(5, command, "Ana", *rest)


def test_show_recomputes_each_session_and_keeps_notes_apart(
    desk: Desk, bpo_quiz: Run, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    sit(desk, "Ana", {item.id: 3 for item in catalogue.items()}, catalogue)
    last = sit(desk, "Ana", {}, catalogue, finished=False)
    desk.done("note", "Ana", "Try coaching.", "--session", two_sittings[0].lower())
    card = desk.record("show", "Ana")
    exported = json.loads(desk.done("export", "Ana"))["sessions"][0]["answers"]
    again = Desk(bpo_quiz, desk.home).record("start", "--no-save", "--answers", "-", input=json.dumps(exported))
    first, _, alike, empty = card["sessions"]
    assert (first["code"], first["answered"], first["form"]) == (two_sittings[0], len(catalogue.items()), "full")
    assert (first["first_path"], first["first_role"]) == (again["paths"][0]["path"], again["roles"][0]["role"])
    assert (alike["silence"], alike["first_role"]) == ("all alike", None)
    assert (empty["code"], empty["finished"], empty["answered"]) == (last, None, 0)
    assert [(note["session"], note["text"]) for note in card["notes"]] == [(two_sittings[0], "Try coaching.")]
    assert f"First role {catalogue.roles[first['first_role']].name}." in desk.done("show", "Ana", "--plain")


def test_a_note_about_another_clients_session_is_refused(desk: Desk, two_sittings: tuple[str, str]) -> None:
    desk.add("Ben")
    desk.refused(5, "note", "Ben", "text", "--session", two_sittings[0])
    desk.refused(2, "note", "Ben", "text", "--session", "no code")
    assert desk.record("show", "Ben")["notes"] == []


# --- compare ---


def test_compare_tells_moved_skills_from_those_that_stayed(
    desk: Desk, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    found = desk.record("compare", "Ana")
    assert (found["then"]["code"], found["now"]["code"]) == two_sittings
    changes = {one["skill"]: one for one in found["skills"]}
    empathy, patience = changes.pop("empathy"), changes["patience"]
    assert (empathy["then"], empathy["now"], empathy["change"]) == (25, 100, "clearly up")
    assert patience["difference"] == 12.5
    assert {one["change"] for one in changes.values()} == {"about the same"}
    assert [role["rank_now"] for role in found["roles"]] == list(range(1, len(catalogue.roles) + 1))
    assert len(found["paths"]) == len(catalogue.paths)


@pytest.mark.usefixtures("two_sittings")
def test_compare_and_show_tell_what_was_agreed_and_only_show_the_notes(desk: Desk, tmp_path: Path) -> None:
    desk.done("agree", "Ana", "Coach \x07 one.", "--by", "2026-12-12", "--next", "2026-12-20")
    desk.done("agreed", "Ana", "1", "--not-yet")
    desk.done("note", "Ana", "Quietly: \x07.\nTired.")
    file = tmp_path / "for-ana.md"
    desk.done("compare", "Ana", "-o", str(file))
    shown, compared, paper = desk.done("show", "Ana"), desk.done("compare", "Ana"), file.read_text()
    for page in (shown, compared, paper):
        said = " ".join(page.replace("\\\\", "\\").split())
        assert "What we agreed" in said
        assert "Coach \\x07 one, by 12 December 2026: not yet, told on" in said
        assert "We talk again on 20 December 2026." in said
    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[lines.index("    Quietly: \\x07.") + 1] == "    Tired."
    assert "Quietly" not in compared + paper + json.dumps(desk.record("compare", "Ana"))
    assert ("Ana" in compared, "Ana" in paper) == (True, False)


# --- agree, agreed, roles ---


def test_five_agreements_are_open_at_most_and_each_is_told_of_by_its_number(desk: Desk) -> None:
    desk.add("Ana")
    for n in range(5):
        record = desk.record("agree", "ana", f"Thing {n}")
    assert "tell what became of one" in desk.refused(2, "agree", "Ana", "One more")
    for n, how in ((1, ("--done",)), (2, ("--changed", "Other")), (3, ("--not-yet",)), (4, ("--remove",))):
        record = desk.record("agreed", "Ana", str(n), *how)
    told = [(one["text"], one["state"], one["told"] is None) for one in record["talk"]["agreements"]]
    assert told == [
        ("Thing 0", "done", False), ("Other", "changed", False), ("Thing 2", "not yet", False),
        ("Thing 4", "open", True),
    ]  # fmt: skip
    desk.refused(5, "agreed", "Ana", "9", "--done")
    for words in (("agreed", "Ana", "1"), ("agreed", "Ana", "1", "--done", "--not-yet"), ("agree", "Ana", "x" * 501)):
        desk.refused(2, *words)
    for option in ("--by", "--next"):
        assert "write one like" in desk.refused(2, "agree", "Ana", "x", option, "3.12.2026")
    assert json.loads(desk.done("export", "Ana"))["talk"] == record["talk"]


def test_an_agreement_is_taken_from_the_plan_with_one_key(desk: Desk, two_sittings: tuple[str, str]) -> None:
    terminal = desk.terminal("agree", "ana", "--by", "2026-12-12")
    shown = terminal.wait_for("What does Ana want to do?", "1. ", "own words")
    terminal.press("1")
    assert terminal.end() == 0
    (one,) = desk.record("show", "Ana")["talk"]["agreements"]
    assert one["text"][:30] in shown
    terminal = desk.terminal("agree", "Ana")
    last = re.findall(r"(\d)\. Something else", terminal.wait_for("own words"))
    terminal.press(last[0])
    terminal.wait_for("What Ana wants to do")
    terminal.press("Learn to bake.\r\x04")
    assert terminal.end() == 0
    assert [one["text"] for one in desk.record("show", "Ana")["talk"]["agreements"]][1:] == ["Learn to bake."]


def test_the_shortlist_stands_on_the_paper_and_moves_no_role(
    desk: Desk, bpo_quiz: Run, two_sittings: tuple[str, str]
) -> None:
    whole = Desk(bpo_quiz, desk.home)
    before = whole.record("result", two_sittings[1])["roles"]
    words = ("--keep", "trainer,Quality analyst", "--not-for-me", "team_lead", "--why", "No people.")
    record = desk.record("roles", "Ana", *words)
    assert {mark["role"]: mark["keep"] for mark in record["talk"]["roles"]} == {
        "trainer": True, "quality_analyst": True, "team_lead": False,
    }  # fmt: skip
    paper = " ".join(whole.done("result", two_sittings[1], "--format", "md").split())
    assert "Roles to look at more closely: Trainer; Quality analyst." in paper
    assert "Not for me: Team leader (No people)." in paper
    assert whole.record("result", two_sittings[1])["roles"] == before
    assert desk.record("roles", "Ana", "--clear")["talk"]["roles"] == []
    desk.refused(2, "roles", "Ana", "--keep", "no such role")


# --- mending ---


def traces_after(desk: Desk, secret: str, *words: str) -> str:
    """What a call says that must leave nothing of a word in any file."""
    back_up(desk.home)
    assert len(desk.holding(secret)) > 1
    done = desk.done(*words)
    assert desk.holding(secret) == []
    return done


def test_f19_a_name_that_was_typed_by_mistake_is_gone_from_every_file(
    desk: Desk, two_sittings: tuple[str, str]
) -> None:
    desk.add("Zebedee Quark", "Ben")
    desk.done("agree", "Zebedee Quark", "Bake.")
    said = traces_after(desk, "zebedee quark", "rename", "zebedee QUARK", "K-17")
    assert "Zebedee Quark is now K-17" in said
    assert len(desk.record("show", "K-17")["talk"]["agreements"]) == 1
    assert "already" in desk.refused(2, "rename", "K-17", "ben")
    desk.done("rename", "K-17", "k-17")
    assert [one["alias"] for one in desk.record("list")["clients"]] == ["Ana", "Ben", "k-17"]


def test_f19_a_note_or_an_agreement_that_is_mended_is_gone_from_every_file(desk: Desk) -> None:
    desk.add("Ana")
    for text in ("first", "wrong-zz", "third"):
        desk.done("note", "Ana", text)
    traces_after(desk, "wrong-zz", "note", "Ana", "right-zz", "--edit", "2")
    assert [one["text"] for one in desk.record("show", "Ana")["notes"]] == ["first", "right-zz", "third"]
    traces_after(desk, "right-zz", "note", "Ana", "--remove", "2")
    assert [one["text"] for one in desk.record("show", "Ana")["notes"]] == ["first", "third"]
    desk.done("agree", "Ana", "slip-zz")
    traces_after(desk, "slip-zz", "agreed", "Ana", "1", "--remove")
    for refused, words in ((5, ("--remove", "3")), (5, ("x", "--edit", "0")), (2, ("x", "--remove", "1"))):
        desk.refused(refused, "note", "Ana", *words)


def test_a_session_is_moved_with_its_notes_and_marks(
    desk: Desk, bpo_quiz: Run, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    desk.add("Ben")
    with opened(desk.home) as database:
        nobodys = Sessions(database).start(catalogue, read_files(), "full").code
        about_session(database, nobodys).mark({"trainer": Mark(True, "")})
    desk.done("note", "Ana", "About it.", "--session", two_sittings[0])
    whole = Desk(bpo_quiz, desk.home)
    whole.done("move", two_sittings[0], "ben")
    record = whole.record("move", nobodys.lower(), "Ben")
    assert record == {"code": nobodys, "was": None, "client": "Ben"}
    ben = desk.record("show", "Ben")
    assert [one["code"] for one in ben["sessions"]] == [two_sittings[0], nobodys]
    assert [one["text"] for one in ben["notes"]] == ["About it."]
    assert [one["role"] for one in ben["talk"]["roles"]] == ["trainer"]
    assert desk.record("show", "Ana")["notes"] == []


def test_the_answers_of_a_session_are_an_answer_file(
    desk: Desk, bpo_quiz: Run, tmp_path: Path, two_sittings: tuple[str, str]
) -> None:
    whole, file = Desk(bpo_quiz, desk.home), tmp_path / "answers.json"
    whole.done("result", two_sittings[0], "--format", "answers", "-o", str(file))
    again = whole.record("start", "--answers", str(file))
    assert again == whole.record("result", two_sittings[0])
    assert "Ana" not in file.read_text()


def test_an_alias_that_looks_like_another_is_asked_about(desk: Desk) -> None:
    desk.add("K-17")
    assert "k 17: there is no such client, but K-17 looks like it" in desk.refused(2, "show", "k 17")
    assert "K17: looks like K-17" in desk.refused(2, "add", "K17", "--consent-given")
    for key, code in (("n", 2), ("y", 0)):
        terminal = desk.terminal("show", "k17")
        terminal.wait_for("Is K-17 meant?", "q quit")
        terminal.press(key)
        assert terminal.end() == code
    terminal = desk.terminal("add", "k17", "--consent-given")
    terminal.wait_for("Are they two people?", "q quit")
    terminal.press("y")
    assert terminal.end() == 0
    desk.done("show", "k17")
    for alias in ("Maria Santos", "maria@example.com"):
        assert "looks like a name" in desk("add", alias, "--consent-given").stderr


def test_compare_takes_the_two_latest_that_are_finished_or_the_two_that_are_named(
    desk: Desk, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    first, second = two_sittings
    third = sit(desk, "Ana", a_sheet(catalogue), catalogue)
    unfinished = sit(desk, "Ana", {}, catalogue, finished=False)
    for named, wanted in (
        ((), (second, third)),
        ((third, second.lower().replace("-", "")), (second, third)),
        ((unfinished, first), (first, unfinished)),
    ):
        found = desk.record("compare", "Ana", *named)
        assert (found["then"]["code"], found["now"]["code"]) == wanted


def test_compare_needs_two_sessions_of_this_client(
    desk: Desk, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    desk.add("Ben")
    assert "no finished session" in desk.refused(5, "compare", "Ben")
    code = sit(desk, "Ben", {}, catalogue)
    assert "1 finished session" in desk.refused(5, "compare", "Ben")
    first, _ = two_sittings
    for refused, codes in ((5, (first, code)), (2, (first,)), (2, (first, first))):
        desk.refused(refused, "compare", "Ana", *codes)


def test_p12_each_session_is_seen_with_its_own_catalogue_and_what_both_have_is_compared(desk: Desk) -> None:
    desk.add("Ana")
    roles, skills = SMALL_FILES
    changed = (roles, skills.replace(b"prompt: ", b"prompt: Now ", 1))
    later = parse_files(*changed)
    sit(desk, "Ana", a_sheet(SMALL), SMALL, SMALL_FILES)
    sit(desk, "Ana", a_sheet(later), later, changed)
    found = desk.record("compare", "Ana")
    assert found["same_catalogue"] is False
    assert [found[side]["catalogue"]["sha256"] for side in ("then", "now")] == [SMALL.sha256, later.sha256]
    assert [one["same_items"] for one in found["skills"]].count(False) == 1


# --- export ---


def test_export_holds_everything_and_is_the_same_in_a_file(
    desk: Desk, tmp_path: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    desk.done("note", "Ana", "Try coaching.", "--session", two_sittings[1])
    file = tmp_path / "ana.json"
    assert desk.done("export", "Ana", "-o", str(file)) == ""
    whole = json.loads(file.read_text())
    assert whole == json.loads(desk.done("export", "ana"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert (whole["format"], whole["alias"]) == ("bpo-quiz/client@1", "Ana")
    assert whole["consent"]["words"] == "Agreed."
    assert [(note["text"], note["session"]) for note in whole["notes"]] == [("Try coaching.", two_sittings[1])]
    assert all(session["finished"] for session in whole["sessions"])
    assert [session["code"] for session in whole["sessions"]] == list(two_sittings)
    assert whole["sessions"][0]["answers"]["answers"] == a_sheet(catalogue, empathy=1, patience=2)


@pytest.mark.parametrize("ending", ["html", "md", "pdf"])
def test_what_a_client_can_read_of_themselves_is_all_that_is_kept(
    desk: Desk, tmp_path: Path, catalogue: Catalogue, two_sittings: tuple[str, str], ending: str
) -> None:
    desk.done("note", "Ana", "Try coaching.")
    desk.done("agree", "Ana", "Bake.")
    desk.done("export", "Ana", "-o", str(tmp_path / f"ana.{ending}"))
    if ending == "pdf":
        assert (tmp_path / "ana.pdf").read_bytes().startswith(b"%PDF")
        return
    page = " ".join(html.unescape((tmp_path / f"ana.{ending}").read_text()).split())
    record = json.loads(desk.done("export", "Ana"))
    texts = [record["alias"], record["consent"]["words"], "Try coaching.", "Bake", *two_sittings]
    for item in catalogue.items():
        texts += [item.prompt, item.options[record["sessions"][0]["answers"]["answers"][item.id]]]
    assert [text for text in texts if text not in page.replace("\\", "")] == []


def test_u04_export_never_replaces_a_file_unasked(desk: Desk, tmp_path: Path) -> None:
    desk.add("Ana")
    file = tmp_path / "ana.json"
    file.write_text("mine")
    desk.refused(2, "export", "Ana", "-o", str(file))
    assert file.read_text() == "mine"
    desk.done("export", "Ana", "-o", str(file), "--force")
    assert json.loads(file.read_text())["alias"] == "Ana"
    for nowhere in (tmp_path / "no" / "x.json", tmp_path / ("x" * 300) / "y"):
        desk.refused(4, "export", "Ana", "-o", str(nowhere))

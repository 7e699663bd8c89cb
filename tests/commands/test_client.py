from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output
from store.desk import CATALOGUE as SMALL
from store.desk import FILES as SMALL_FILES
from store.desk import back_up, one_transaction
from terminal.driver import CTRL_C, CTRL_D, ENTER, Terminal

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.files import read_files
from bpo_quiz.commands.client import read_months
from bpo_quiz.errors import UsageError
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.database import open_database
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

Done = subprocess.CompletedProcess[str]
Desk = Callable[..., Done]

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
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
def home(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def desk(bpo_quiz: Desk, home: Path) -> Desk:
    """Run `bpo-quiz client ...` at a desk of the test's own."""

    def run(*words: str, **rest: Any) -> Done:
        done = bpo_quiz("--home", str(home), "client", *words, **rest)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


def added(home: Path, *aliases: str) -> None:
    """Clients who are there already; what `client add` itself does has tests of its own."""
    with stored(home) as (clients, _):
        for alias in aliases:
            clients.add(alias, "Agreed.")


def record(done: Done) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextlib.contextmanager
def stored(home: Path) -> Iterator[tuple[Clients, Sessions]]:
    with contextlib.closing(open_database(home)) as database:
        yield Clients(database), Sessions(database)


def sit(
    home: Path,
    alias: str,
    responses: Responses,
    catalogue: Catalogue,
    files: tuple[bytes, bytes],
    *,
    finished: bool = True,
) -> str:
    with contextlib.closing(open_database(home)) as database:
        sessions = Sessions(database)
        with one_transaction(database):
            code = sessions.start(catalogue, files, "full", alias).code
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
def two_sittings(desk: Desk, home: Path, catalogue: Catalogue) -> tuple[str, str]:
    """Ana came twice: empathy from 25 to 100, patience by one answer, all else the same."""
    added(home, "Ana")
    then = a_sheet(catalogue, empathy=1, patience=2)
    now = {**a_sheet(catalogue, empathy=4, patience=2), catalogue.skills["patience"].items[0].id: 3}
    files = read_files()
    return sit(home, "Ana", then, catalogue, files), sit(home, "Ana", now, catalogue, files)


# --- add ---


def test_t04_without_a_terminal_consent_is_never_assumed(desk: Desk, home: Path) -> None:
    done = desk("add", "Ana", input="y\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--consent-given" in done.stderr
    assert not home.exists()


def test_consent_on_paper_is_stored_with_its_words_and_time(desk: Desk) -> None:
    assert desk("add", "Ana", "--consent-given").returncode == 0
    consent = record(desk("show", "Ana", "--format", "json"))["consent"]
    assert consent["words"].startswith("Agreed to on paper")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", consent["given"])


def test_a_client_agrees_once_at_the_terminal(desk: Desk, home: Path) -> None:
    terminal = Terminal("--home", str(home), "client", "add", "Ana")
    shown = " ".join(terminal.wait_for("Do you agree?").split())
    for part in ("your alias", "answers", "notes", "only on this computer", "as a file", "removed"):
        assert part in shown
    terminal.press("y")
    assert terminal.end() == 0
    assert terminal.settings_after == terminal.settings_before
    words = " ".join(record(desk("show", "Ana", "--format", "json"))["consent"]["words"].split())
    assert words in shown


@pytest.mark.parametrize("key", ["n", ENTER])
def test_without_a_yes_nothing_is_kept(desk: Desk, home: Path, key: str) -> None:
    terminal = Terminal("--home", str(home), "client", "add", "Ana")
    terminal.wait_for("Do you agree?")
    terminal.press(key)
    assert terminal.end() == 0
    assert "nothing was kept" in terminal.screen.text()
    assert desk("show", "Ana").returncode == 5


LEAVING = {CTRL_C: 130, CTRL_D: 130, "q": 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("way", LEAVING, ids=lambda way: getattr(way, "name", repr(way)))
def test_f03_t01_t02_t03_leaving_the_consent_keeps_nothing_and_the_terminal_as_it_was(
    desk: Desk, home: Path, way: str | signal.Signals, term: str
) -> None:
    terminal = Terminal("--home", str(home), "client", "add", "Ana", environment={"TERM": term})
    terminal.wait_for("Do you agree?", "q quit)")
    leave(terminal, f"{way}\r" if way == "q" and term == "dumb" else way)
    assert terminal.end() == LEAVING[way]
    assert terminal.settings_after == terminal.settings_before
    assert terminal.sent.rfind("\x1b[?25h") >= terminal.sent.rfind("\x1b[?25l"), "the cursor is hidden"
    assert terminal.screen.text().splitlines()[-1] == "Stopped. Nothing was kept."
    assert desk("show", "Ana").returncode == 5


def leave(terminal: Terminal, way: str | signal.Signals) -> None:
    if isinstance(way, signal.Signals):
        terminal.pause(0.2)  # until its handlers stand
        terminal.child.kill(way)
    else:
        terminal.press(way)


# --- note, without a shell's history ---


def test_a_note_is_typed_over_lines_and_ends_with_an_empty_one(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    terminal = Terminal("--home", str(home), "client", "note", "ana")
    terminal.wait_for("The note about Ana; an empty line ends it:")
    terminal.press("Agreed: coaching.\rNext time: %s {0} [/b].\r\r")
    assert terminal.end() == 0
    (note,) = record(desk("show", "Ana", "--format", "json"))["notes"]
    assert note["text"] == "Agreed: coaching.\nNext time: %s {0} [/b]."


def test_a_note_can_be_piped_in(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    assert desk("note", "Ana", input="From a file.\n\nTwo parts.\n").returncode == 0
    assert record(desk("show", "Ana", "--format", "json"))["notes"][0]["text"] == "From a file.\n\nTwo parts."
    for given in ("", " \n"):
        assert desk("note", "Ana", input=given).returncode == 2
    assert desk("note", "Ben", input="text").returncode == 5


@pytest.mark.parametrize("way", [CTRL_C, CTRL_D, signal.SIGTERM, signal.SIGHUP], ids=repr)
@pytest.mark.parametrize("typed", ["", "half a note\r"], ids=["at once", "half way"])
def test_f03_t01_t02_leaving_a_note_keeps_nothing_that_was_not_ended(
    desk: Desk, home: Path, way: str | signal.Signals, typed: str
) -> None:
    added(home, "Ana")
    terminal = Terminal("--home", str(home), "client", "note", "Ana")
    terminal.wait_for("an empty line ends it:")
    terminal.press(typed)
    terminal.pause(0.2)
    leave(terminal, way)
    ended = way == CTRL_D and bool(typed)
    assert terminal.end() == (0 if ended else LEAVING[way])
    assert terminal.settings_after == terminal.settings_before
    notes = record(desk("show", "Ana", "--format", "json"))["notes"]
    assert [note["text"] for note in notes] == (["half a note"] if ended else [])


def test_t10_a_paste_is_no_consent(desk: Desk, home: Path) -> None:
    terminal = Terminal("--home", str(home), "client", "add", "Ana")
    terminal.wait_for("Do you agree?", "q quit)")
    terminal.press("\x1b[200~yyy\ny\n\x1b[201~")
    terminal.pause(0.3)
    terminal.press("n")
    assert terminal.end() == 0
    assert desk("show", "Ana").returncode == 5


def test_an_alias_is_taken_however_it_is_typed(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    for again in ("ANA", "\uff21\uff4e\uff41", " Ana "):
        done = desk("add", again, "--consent-given")
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    terminal = Terminal("--home", str(home), "client", "add", "ana")
    assert terminal.end() == 2
    assert "agree" not in terminal.sent


# --- texts ---


@pytest.mark.parametrize("case", ALIASES)
def test_u01_u02_u03_u04_u07_any_alias_comes_back_and_steers_nothing(desk: Desk, home: Path, case: str) -> None:
    first, *others = ALIASES[case]
    done = desk("add", "--consent-given", "--", first)
    assert done.returncode == 0
    assert not STEERING.search(done.stdout + done.stderr)
    added(home, *others)
    kept = [client["alias"] for client in record(desk("list", "--format", "json"))["clients"]]
    assert len(kept) == len(ALIASES[case])
    assert not any(map(STEERING.search, kept))
    (found,) = record(desk("list", f"--search={first}", "--limit=1", "--format", "json"))["clients"]
    assert found["alias"] in desk("show", "--", first).stdout


def test_u04_an_export_stays_in_its_folder_under_a_name_of_its_own(desk: Desk, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    aliases = ["../../etc/x", "etc x", "CON", "山田太郎"]
    added(home, *aliases)
    for alias in aliases:
        assert desk("export", "-o", str(folder), "--", alias).returncode == 0
    files = list(folder.iterdir())
    assert {json.loads(file.read_text())["alias"] for file in files} == set(aliases)
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}-[0-9a-f]{6}\.json", file.name) for file in files)
    assert desk("export", "-o", str(folder), "--", "CON").returncode == 2


def test_u02_u07_a_note_is_exported_as_it_was(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    text = "\n".join(alias for aliases in ALIASES.values() for alias in aliases)
    assert desk("note", "Ana", "--", text).returncode == 0
    assert record(desk("export", "Ana"))["notes"][0]["text"] == text


def test_u03_too_long_or_empty_is_refused_in_one_line(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    for words in (
        ("add", "x" * 10_000, "--consent-given"), ("add", "", "--consent-given"), ("add", " \u200d", "--consent-given"),
        ("note", "Ana", "x" * 10_001), ("note", "Ana", "  "), ("show", "x" * 10_000),
    ):  # fmt: skip
        done = desk(*words)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert len(done.stderr) < 200
    assert desk("note", "Ana", "x" * 10_000).returncode == 0
    assert "x" * 70 in desk("show", "Ana").stdout


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes only there")
def test_u03_surrogates_in_an_argument_are_a_usage_error(home: Path) -> None:
    added(home, "Ana")
    program = [os.fsencode(sys.executable), b"-m", b"bpo_quiz", b"--home", os.fsencode(home), b"client"]
    for words in (
        (b"add", b"A\xffna", b"--consent-given"), (b"show", b"A\xffna"), (b"note", b"Ana", b"\xff"),
        (b"note", b"Ana", b"x", b"--session", b"\xff"), (b"forget", b"\xff", b"--yes"),
        (b"purge", b"--older-than", b"\xff"),
    ):  # fmt: skip
        done = subprocess.run([*program, *words], input=b"", capture_output=True, check=False)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_u03_wide_letters_keep_the_columns_in_line(desk: Desk, home: Path) -> None:
    added(home, "Ana", "山田太郎")
    lines = [line.rstrip() for line in desk("list").stdout.splitlines() if re.search(r"\d{4}-", line)]
    assert len(lines) == 2
    assert len({cell_len(line) for line in lines}) == 1


# --- list, show, note ---


def test_a_desk_without_clients_is_no_fault(desk: Desk, home: Path) -> None:
    assert record(desk("list", "--format", "json")) == {"clients": [], "more": False}
    assert desk("list").returncode == 0
    assert not home.exists()


def test_the_list_searches_and_says_when_there_are_more(desk: Desk, home: Path) -> None:
    added(home, "Ana Maria", "Ben", "mariam")
    found = record(desk("list", "--search", "MARIA", "--format", "json"))
    assert [client["alias"] for client in found["clients"]] == ["Ana Maria", "mariam"]
    cut = record(desk("list", "--limit", "2", "--format", "json"))
    assert (len(cut["clients"]), cut["more"]) == (2, True)
    assert "There are more" in desk("list", "--limit", "2").stdout
    assert "There are more" not in desk("list", "--limit", "3").stdout


@pytest.mark.parametrize("words", [("show",), ("note", "text"), ("compare",), ("export",), ("forget", "--yes")])
def test_an_unknown_client_is_one_line_and_5(desk: Desk, home: Path, words: tuple[str, ...]) -> None:
    added(home, "Ben")
    command, *rest = words
    done = desk(command, "Ana", *rest)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (5, "", 1)
    assert "Ana: there is no such client" in done.stderr


def test_show_recomputes_each_session_and_keeps_notes_apart(
    desk: Desk, bpo_quiz: Desk, home: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    sit(home, "Ana", {item.id: 3 for item in catalogue.items()}, catalogue, read_files())
    third = sit(home, "Ana", {}, catalogue, read_files(), finished=False)
    assert desk("note", "Ana", "Try coaching.", "--session", two_sittings[0].lower()).returncode == 0
    card = record(desk("show", "Ana", "--format", "json"))
    sheet = {"format": "bpo-quiz/answers@1", "answers": a_sheet(catalogue, empathy=1, patience=2)}
    result = record(bpo_quiz("start", "--no-save", "--answers", "-", "--format", "json", input=json.dumps(sheet)))
    first, _, alike, empty = card["sessions"]
    assert (first["code"], first["answered"], first["form"]) == (two_sittings[0], len(catalogue.items()), "full")
    assert (first["first_path"], first["first_role"]) == (result["paths"][0]["path"], result["roles"][0]["role"])
    assert (alike["silence"], alike["first_role"]) == ("all alike", None)
    assert (empty["code"], empty["finished"], empty["answered"]) == (third, None, 0)
    assert [(note["session"], note["text"]) for note in card["notes"]] == [(two_sittings[0], "Try coaching.")]
    page = desk("show", "Ana", "--plain").stdout
    assert f"First role {catalogue.roles[first['first_role']].name}." in page
    assert "For the counsellor. No result" in page


def test_a_note_about_another_clients_session_is_refused(desk: Desk, home: Path, two_sittings: tuple[str, str]) -> None:
    added(home, "Ben")
    assert desk("note", "Ben", "text", "--session", two_sittings[0]).returncode == 5
    assert desk("note", "Ben", "text", "--session", "no code").returncode == 2
    assert record(desk("show", "Ben", "--format", "json"))["notes"] == []


# --- compare ---


def test_compare_tells_moved_skills_from_those_that_stayed(
    desk: Desk, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    found = record(desk("compare", "Ana", "--format", "json"))
    assert (found["then"]["code"], found["now"]["code"]) == two_sittings
    changes = {one["skill"]: one for one in found["skills"]}
    assert (changes["empathy"]["then"], changes["empathy"]["now"]) == (25, 100)
    assert changes["empathy"]["change"] == "clearly up"
    assert changes["patience"]["difference"] == 12.5
    assert changes["patience"]["change"] == "about the same"
    assert {one["change"] for name, one in changes.items() if name != "empathy"} == {"about the same"}
    ranks = [role["rank_now"] for role in found["roles"]]
    assert ranks == list(range(1, len(catalogue.roles) + 1))
    assert any(role["rank_then"] != role["rank_now"] for role in found["roles"])
    assert len(found["paths"]) == len(catalogue.paths)


@pytest.mark.parametrize(("ending", "begins"), [("md", b"# Ana"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")])
@pytest.mark.usefixtures("two_sittings")
def test_a_comparison_is_written_as_the_ending_says(desk: Desk, tmp_path: Path, ending: str, begins: bytes) -> None:
    assert desk("compare", "Ana", "-o", str(tmp_path / f"ana.{ending}")).returncode == 0
    assert begins in (tmp_path / f"ana.{ending}").read_bytes()


def test_a_note_of_several_lines_is_one_point(desk: Desk, two_sittings: tuple[str, str]) -> None:
    assert desk("note", "Ana", "--session", two_sittings[0], "Agreed: coaching.\nNext \x07: a talk.").returncode == 0
    for command in ("show", "compare"):
        lines = [line.rstrip() for line in desk(command, "Ana").stdout.splitlines()]
        start = lines.index("    Agreed: coaching.")
        assert lines[start + 1] == "    Next \\x07: a talk."


def test_compare_takes_the_first_and_the_latest_finished_or_the_two_that_are_named(
    desk: Desk, home: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    first, second = two_sittings
    third = sit(home, "Ana", a_sheet(catalogue), catalogue, read_files())
    open_one = sit(home, "Ana", {}, catalogue, read_files(), finished=False)

    def compared(*codes: str) -> tuple[str, str]:
        found = record(desk("compare", "Ana", *codes, "--format", "json"))
        return found["then"]["code"], found["now"]["code"]

    assert compared() == (first, third)
    assert compared(third, second.lower().replace("-", "")) == (second, third)
    assert compared(open_one, first) == (first, open_one)
    assert f"{open_one} is not finished." in desk("compare", "Ana", first, open_one).stdout


def test_compare_needs_two_sessions_of_this_client(
    desk: Desk, home: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    added(home, "Ben")
    none = desk("compare", "Ben")
    code = sit(home, "Ben", {}, catalogue, read_files())
    one = desk("compare", "Ben")
    for done, many in ((none, "no finished session"), (one, "1 finished session")):
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (5, "", 1)
        assert many in done.stderr
    assert desk("compare", "Ana", two_sittings[0], code).returncode == 5
    assert desk("compare", "Ana", two_sittings[0]).returncode == 2
    assert desk("compare", "Ana", two_sittings[0], two_sittings[0]).returncode == 2


def test_p12_each_session_is_seen_with_its_own_catalogue_and_what_both_have_is_compared(desk: Desk, home: Path) -> None:
    added(home, "Ana")
    roles, skills = SMALL_FILES
    from bpo_quiz.catalogue.load import parse_files

    changed = (roles, skills.replace(b"prompt: ", b"prompt: Now: ", 1).replace(b"prompt: Now: ", b"prompt: Now ", 1))
    later = parse_files(*changed)
    assert later.sha256 != SMALL.sha256
    sit(home, "Ana", a_sheet(SMALL), SMALL, SMALL_FILES)
    sit(home, "Ana", a_sheet(later), later, changed)
    found = record(desk("compare", "Ana", "--format", "json"))
    assert found["same_catalogue"] is False
    assert [found[side]["catalogue"]["sha256"] for side in ("then", "now")] == [SMALL.sha256, later.sha256]
    assert [one["same_items"] for one in found["skills"]].count(False) == 1
    assert "The catalogue has changed in between" in desk("compare", "Ana").stdout


# --- export, forget, purge ---


def test_export_holds_everything_and_is_the_same_in_a_file(
    desk: Desk, tmp_path: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:
    assert desk("note", "Ana", "Try coaching.").returncode == 0
    file = tmp_path / "ana.json"
    assert desk("export", "Ana", "-o", str(file)).stdout == ""
    assert json.loads(file.read_text()) == record(desk("export", "ana"))
    assert file.stat().st_mode & 0o777 == 0o600
    whole = json.loads(file.read_text())
    assert whole["notes"][0]["text"] == "Try coaching."
    assert [session["code"] for session in whole["sessions"]] == list(two_sittings)
    assert whole["sessions"][0]["answers"]["answers"] == a_sheet(catalogue, empathy=1, patience=2)


def test_an_exported_session_can_be_scored_again(desk: Desk, bpo_quiz: Desk, two_sittings: tuple[str, str]) -> None:
    exported = record(desk("export", "Ana"))["sessions"][0]["answers"]
    again = record(bpo_quiz("start", "--no-save", "--answers", "-", "--format", "json", input=json.dumps(exported)))
    card = record(desk("show", "Ana", "--format", "json"))
    assert again["roles"][0]["role"] == card["sessions"][0]["first_role"]


def test_u04_export_never_replaces_a_file_unasked(desk: Desk, home: Path, tmp_path: Path) -> None:
    added(home, "Ana")
    file = tmp_path / "ana.json"
    file.write_text("mine")
    assert desk("export", "Ana", "-o", str(file)).returncode == 2
    assert file.read_text() == "mine"
    assert desk("export", "Ana", "-o", str(file), "--force").returncode == 0
    assert json.loads(file.read_text())["alias"] == "Ana"
    assert desk("export", "Ana", "-o", str(tmp_path / "no" / "x.json")).returncode == 4
    assert desk("export", "Ana", "-o", str(tmp_path / ("x" * 300) / "y")).returncode == 4


def holding(home: Path, *texts: str) -> list[str]:
    """Files whose bytes hold any of the texts, in UTF-8 or UTF-16, whatever their case."""
    wanted = [text.lower().encode(form) for text in texts for form in ("utf-8", "utf-16-le")]
    files = [file for file in home.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if any(one in file.read_bytes().lower() for one in wanted)]


def test_f19_forget_leaves_neither_alias_nor_notes_in_any_file(
    desk: Desk, home: Path, catalogue: Catalogue, two_sittings: tuple[str, str]
) -> None:

    added(home, "Zebedee-Quark")
    code = sit(home, "Zebedee-Quark", a_sheet(catalogue), catalogue, read_files())
    assert desk("note", "Zebedee-Quark", "wants-nightshift-zz").returncode == 0
    back_up(home)
    assert len(holding(home, "zebedee-quark")) == 2
    assert len(holding(home, "wants-nightshift-zz")) == 2
    done = desk("forget", "zebedee-QUARK", "--yes")
    assert done.returncode == 0
    assert "1 session, 1 note" in done.stderr
    assert "Removed: 1 client, 1 session, 1 note." in done.stdout
    assert "What may remain" in done.stdout
    assert holding(home, "zebedee-quark", "wants-nightshift-zz", code) == []
    assert desk("show", "Zebedee-Quark").returncode == 5
    assert len(record(desk("show", "Ana", "--format", "json"))["sessions"]) == 2


@pytest.mark.parametrize("words", [("forget", "Ana"), ("purge", "--older-than", "12m")])
def test_nothing_is_removed_where_nobody_can_be_asked(desk: Desk, home: Path, words: tuple[str, ...]) -> None:
    added(home, "Ana")
    done = desk(*words, input="y\n")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "--yes" in done.stderr
    assert desk("show", "Ana").returncode == 0


@pytest.mark.parametrize(("key", "code", "left"), [("y", 0, 5), ("n", 0, 0), (ENTER, 0, 0), (CTRL_C, 130, 0)])
def test_forget_asks_and_only_a_yes_removes(desk: Desk, home: Path, key: str, code: int, left: int) -> None:
    added(home, "Ana")
    terminal = Terminal("--home", str(home), "client", "forget", "ana")
    terminal.wait_for("This removes Ana for good: 0 sessions, 0 notes.", "Forget Ana?", "q quit)")
    terminal.press(key)
    assert terminal.end() == code
    assert terminal.settings_after == terminal.settings_before
    assert ("Nothing was removed." in terminal.screen.text()) == (left == 0)
    assert desk("show", "Ana").returncode == left


def grow_old(home: Path, alias: str) -> None:
    """Make a client of two years ago, as the store would have written it then."""
    from bpo_quiz.store import records
    from bpo_quiz.store.clients import months_before

    now, long_ago = records.now, months_before(records.now(), 24)
    records.now = lambda: long_ago
    try:
        with stored(home) as (clients, _):
            clients.add(alias, "Yes.")
    finally:
        records.now = now


def test_purge_shows_who_is_due_and_removes_only_these(desk: Desk, home: Path) -> None:
    grow_old(home, "Old One")
    added(home, "Ana")
    assert "Nobody is due" in desk("purge", "--older-than", "25m", "--yes").stdout
    terminal = Terminal("--home", str(home), "client", "purge", "--older-than", "12m")
    shown = terminal.wait_for("Old One: added", "Forget 1 client?", "q quit)")
    assert "Ana" not in shown
    terminal.press("n")
    assert terminal.end() == 0
    assert desk("show", "Old One").returncode == 0
    done = desk("purge", "--older-than", "12m", "--yes")
    assert "Old One" in done.stderr
    assert "Removed: 1 client, 0 sessions, 0 notes." in done.stdout
    assert [one["alias"] for one in record(desk("list", "--format", "json"))["clients"]] == ["Ana"]


@pytest.mark.parametrize(
    "span", ["2y", "30d", "12", "m", "0m", "-1m", "1.5m", "12M", "\u0661\u0662m", "99999m", "", "12m\n"]
)
def test_purge_takes_whole_months_only(span: str) -> None:
    with pytest.raises(UsageError, match="such as 6m, 12m or 24m"):
        read_months(span)
    assert read_months("12m") == 12


def test_another_span_removes_nobody(desk: Desk, home: Path) -> None:
    grow_old(home, "Old One")
    for span in ("2y", "30d"):
        done = desk("purge", f"--older-than={span}", "--yes")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert desk("show", "Old One").returncode == 0

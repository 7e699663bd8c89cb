"""`result` as a person calls it: every format, into files and not into files."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store.desk import CATALOGUE, CONSENT, FILES, ITEMS, SMALL, opened

from bpo_quiz.answers.model import Response
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORMATS = ("table", "json", "md", "html", "pdf", "csv")
TO_SCREEN = ("table", "json", "md", "csv")
SOME = ("table", "md")
ANSWERS = (4, 3, 0, 1, 2, 4)


class Kept:
    """A home with one finished session of a client, and two notes."""

    def __init__(self, home: Path, run: Run) -> None:
        self.home = home
        self._run = run
        with opened(home) as database, database.change():
            Clients(database).add("Ana M.", CONSENT)
            sessions = Sessions(database)
            self.code = sessions.start(CATALOGUE, FILES, "full", "Ana M.", "course").code
            for position, item in enumerate(ITEMS):
                sessions.save_response(self.code, Response(item, ANSWERS[position % len(ANSWERS)], 5.0, position))
            sessions.finish(self.code)
            Clients(database).note("Ana M.", "Would like regular hours.", self.code)
            other = sessions.start(CATALOGUE, FILES, "full", "Ana M.", None).code
            Clients(database).note("Ana M.", "About another session.", other)

    def result(self, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
        return self._run("--home", str(self.home), "result", *words, **more)


@pytest.fixture
def kept(tmp_path: Path, bpo_quiz: Run) -> Kept:
    return Kept(tmp_path / "home", bpo_quiz)


def test_every_format_is_written_to_a_file_that_only_its_owner_reads(kept: Kept, tmp_path: Path) -> None:
    for form in FORMATS:
        file = tmp_path / f"result.{form}"
        done = kept.result("--format", form, "-o", str(file))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert str(file) in done.stderr.replace("\n", "")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(file.read_bytes()) > 1000
    assert (tmp_path / "result.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "result.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_pages_need_a_file(kept: Kept, form: str) -> None:
    done = kept.result("--format", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [f"--format {form}: is for a file; add -o FILE"]


@pytest.mark.parametrize("ending", ["json", "md", "html", "pdf", "csv", "htm", "PDF", "txt"])
def test_without_a_format_the_ending_of_the_file_says_how_it_is_written(
    kept: Kept, tmp_path: Path, ending: str
) -> None:
    by_ending, by_format = tmp_path / f"a.{ending}", tmp_path / "b"
    form = {"htm": "html", "txt": "table"}.get(ending, ending.lower())
    assert kept.result("-o", str(by_ending)).returncode == 0
    assert kept.result("--format", form, "-o", str(by_format)).returncode == 0
    assert by_ending.read_bytes() == by_format.read_bytes()


def test_a_format_that_is_given_wins_and_another_ending_is_refused(kept: Kept, tmp_path: Path) -> None:
    assert kept.result("--format", "csv", "-o", str(tmp_path / "r.pdf")).returncode == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"section,")
    assert kept.result("-o", str(tmp_path / "plain")).returncode == 0
    assert (tmp_path / "plain").read_text() == kept.result().stdout
    done = kept.result("-o", str(tmp_path / "r.docx"))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert ".docx" in done.stderr
    assert ".pdf" in done.stderr
    assert not (tmp_path / "r.docx").exists()


def test_the_same_session_gives_the_same_bytes_on_another_day_in_another_place(kept: Kept, tmp_path: Path) -> None:
    for form in ("html", "pdf"):
        for name, env in (("one", {}), ("two", {"TZ": "Asia/Manila", "LC_ALL": "C", "PYTHONHASHSEED": "7"})):
            done = kept.result("--format", form, "-o", str(tmp_path / name), "--force", "--counsellor", env=env)
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), form


def test_u04_in_a_folder_the_file_is_named_after_the_session_and_replaces_none(kept: Kept, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    code = kept.code.replace("-", "").lower()
    for _ in range(2):
        done = kept.result("--format", "md", "-o", str(folder))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert kept.result("--format", "md", "-o", str(folder), "--counsellor").returncode == 0
    assert kept.result("--format", "md", "-o", str(folder), "--force").returncode == 0
    names = {file.name for file in folder.iterdir()}
    assert names == {f"career-result-{code}.md", f"career-result-counsellor-{code}.md"}


@pytest.mark.parametrize("form", ["md", "table", "plain"])
def test_only_the_counsellor_sees_alias_and_notes(kept: Kept, form: str) -> None:
    words = ("--plain",) if form == "plain" else ("--format", form)
    client, counsellor = kept.result(*words), kept.result(*words, "--counsellor")
    for secret in ("Would like regular hours.", *(["Ana M."] if form == "md" else [])):
        assert secret not in client.stdout
        assert secret in counsellor.stdout
    assert "About another session." not in counsellor.stdout
    assert "Ana M." in kept.result(*words, "--name").stdout or form != "md"


def test_a_note_of_several_lines_is_one_cell_and_one_text_for_programs(kept: Kept) -> None:
    lines = ("Would like an early shift.", "", "- not on Fridays \x07", "Next: a talk.")
    with opened(kept.home) as database:
        Clients(database).note("Ana M.", "\n".join(lines), kept.code)
    rows = list(csv.reader(io.StringIO(kept.result("--counsellor", "--format", "csv").stdout)))
    assert "Would like an early shift. - not on Fridays \\x07 Next: a talk." in [row[-1] for row in rows]
    told = json.loads(kept.result("--counsellor", "--format", "json").stdout)["counsellor"]["notes"]
    assert told[-1]["text"].split("\n") == list(lines)


def test_json_for_the_counsellor_has_more_and_changes_nothing(kept: Kept) -> None:
    client = json.loads(kept.result("--format", "json").stdout)
    counsellor = json.loads(kept.result("--format", "json", "--counsellor").stdout)
    more = counsellor.pop("counsellor")
    assert counsellor == client
    assert (more["session"], more["client"], more["tag"]) == (kept.code, "Ana M.", "course")
    assert [note["text"] for note in more["notes"]] == ["Would like regular hours."]


def test_another_catalogue_is_named_on_the_paper(kept: Kept, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("roles.yaml", "skills.yaml"):
        (other / name).write_text((SMALL / name).read_text().replace("name: Bakehouse", "name: Bakery"))
    done = kept.result("--format", "md", "--data", str(other))
    assert "Bakery" in done.stdout
    assert "Scored again: with another catalogue" in done.stdout
    assert "Scored again" not in kept.result("--format", "md").stdout


@pytest.mark.parametrize("quick", [True, False])
def test_start_writes_markdown_as_soon_as_the_result_is_there(bpo_quiz: Run, quick: bool) -> None:
    record = {
        "format": "bpo-quiz/answers@1",
        "form": "quick" if quick else "full",
        "answers": {item: ANSWERS[n % len(ANSWERS)] for n, item in enumerate(ITEMS)},
    }
    done = bpo_quiz("start", "--answers", "-", "--format", "md", "--data", str(SMALL), input=json.dumps(record))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Career result\n")
    assert "Date" not in done.stdout


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
from bpo_quiz.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of file sizes to set")
@pytest.mark.parametrize("form", ["html", "pdf", "csv"])
def test_f05_a_report_that_does_not_fit_on_the_disk_leaves_no_half_file(kept: Kept, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    words = ("--home", str(kept.home), "result", "--format", form, "-o", str(folder / "result"))
    done = subprocess.run([sys.executable, "-c", LIMITED, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr
    assert "no space" in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--format", "docx"), 2),
        (("--format", "pdf", "--paper", "a5", "-o", "x"), 2),
        (("--force",), 2),
        (("--format", "md", "-o", "missing/folder/x.md"), 4),
        (("ZZZ-ZZZ", "--format", "md"), 2),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kept.result(*words)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()

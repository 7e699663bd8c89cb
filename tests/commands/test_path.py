from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from strategies import answers_by_turns
from typer.testing import CliRunner

from bpo_quiz.catalogue.load import load
from bpo_quiz.commands.app import app
from bpo_quiz.store.names import read_code

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SHIPPED = load()


class Desk:
    """A home with some sessions in it, and the program."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(app, [*words, "--home", str(self.home)], input=given)

    def keep(self, today: str | None, *more: str, start: int = 0) -> str:
        """Keep a session of somebody; returns its code."""
        sheet = {
            "format": "bpo-quiz/answers@1",
            "answers": answers_by_turns(SHIPPED, start),
            "about": {"current_role": today},
        }
        done = self.run("start", "--answers", "-", "--tag", "t", "--format", "json", *more, given=json.dumps(sheet))
        assert done.exit_code == 0, done.stderr
        return read_code(done.stderr.split("Kept on this computer as ")[1][:7])

    def path(self, *words: str) -> dict[str, object]:
        done = self.run("path", *words, "--format", "json")
        assert done.exit_code == 0, done.stderr
        record: dict[str, object] = json.loads(done.stdout)
        return record


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with one session, only to be read."""
    desk = Desk(tmp_path_factory.mktemp("kept"))
    desk.keep("senior_rep")
    return desk


def test_path_is_about_the_latest_session_or_that_of_a_code(desk: Desk) -> None:
    earlier = desk.keep("trainer")
    later = desk.keep("team_lead", start=1)
    assert desk.path()["today"] == "team_lead"
    assert desk.path(earlier)["today"] == "trainer"
    assert desk.path(later.lower().replace("-", ""))["today"] == "team_lead"
    to_a_role = desk.path("Operations manager", earlier)
    assert (to_a_role["today"], to_a_role["goal"]) == ("trainer", "operations_manager")
    assert desk.path("operations_manager")["goal"] == "operations_manager"


def test_a_role_wins_over_a_code(desk: Desk, tmp_path: Path) -> None:
    """A role of this catalogue is called as the code of a session."""
    code = desk.keep(None)
    folder = tmp_path / "other"
    folder.mkdir()
    for name, text in hotel_with_a_role_called(code).items():
        (folder / name).write_text(text, encoding="utf-8")
    record = json.loads(desk.run("path", code, "--format", "json", "--data", str(folder)).stdout)
    assert record["goal"] == "duty_manager"
    assert desk.path(code)["goal"] is None


def hotel_with_a_role_called(title: str) -> dict[str, str]:
    from test_catalogue_doc import small_files

    files = small_files()
    files["roles.yaml"] = files["roles.yaml"].replace("name: Duty manager", f'name: "{title}"')
    return files


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("operations_manger",), 2, 'did you mean "operations_manager"?); it is no session code either'),
        (("Team leader", "nonsense"), 2, "nonsense: is not a session code"),
        (("team_lead", "222-22A"), 2, "one of its characters must be a slip"),
        (("team_lead", "222-237"), 5, "222-237"),
        (("222-237",), 5, "222-237"),
        (("team_lead", "--way", "9"), 2, "--way 9: there is no such way"),
        (("site_director", "--way", "0"), 2, "--way"),
        (("\x1b[31mred",), 2, "\\x1b[31mred"),
    ],
)
def test_u02_what_cannot_be_is_one_line_with_the_remedy(
    kept: Desk, words: tuple[str, ...], code: int, said: str
) -> None:
    done = kept.run("path", *words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in " ".join(done.stderr.split())
    assert "\x1b[31m" not in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_session_there_is_no_way_yet(desk: Desk) -> None:
    for words in ((), ("team_lead",), ("222-237",)):
        done = desk.run("path", *words)
        assert done.exit_code == 5
        assert len(done.stderr.splitlines()) == 1


def test_another_catalogue_sees_the_same_answers(desk: Desk, tmp_path: Path) -> None:
    desk.keep(None)
    folder = tmp_path / "hotel"
    folder.mkdir()
    for name, text in hotel_with_a_role_called("Duty manager").items():
        (folder / name).write_text(text, encoding="utf-8")
    done = desk.run("path", "Duty manager", "--data", str(folder), "--plain")
    assert done.exit_code == 0
    assert "Enter as Receptionist" in done.stdout
    assert desk.run("path", "team_lead", "--data", str(folder)).exit_code == 2


@pytest.mark.parametrize("more", [(), ("--plain",), ("--format", "json")])
def test_s04_path_shows_the_same_bytes_again_and_changes_nothing(kept: Desk, more: tuple[str, ...]) -> None:
    store = sorted((file, file.read_bytes()) for file in kept.home.rglob("*") if file.is_file())
    first, second = (kept.run("path", "site_director", *more).stdout for _ in range(2))
    assert first == second != ""
    assert sorted((file, file.read_bytes()) for file in kept.home.rglob("*") if file.is_file()) == store


def test_a_session_kept_before_catalogues_named_a_source_of_years_is_still_read(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "hotel"
    folder.mkdir()
    for name, text in hotel_with_a_role_called("Duty manager").items():
        assert "years_basis" not in text
        assert "evidence" not in text
        (folder / name).write_text(text, encoding="utf-8")
    answers = {"hosting-1": 2, "hosting-2": 1, "tidiness-1": 4, "tidiness-2": 3, "planning-1": 1}
    sheet = json.dumps({"format": "bpo-quiz/answers@1", "answers": answers})
    assert desk.run("start", "--answers", "-", "--tag", "t", "--data", str(folder), given=sheet).exit_code == 0
    record = desk.path("duty_manager")
    assert record["years_basis"] == ""
    assert desk.run("result", "--plain").exit_code == 0

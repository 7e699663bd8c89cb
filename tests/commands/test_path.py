from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from strategies import answers_by_turns
from test_catalogue_doc import small_files

from bpo_quiz.catalogue.load import load
from bpo_quiz.store.names import read_code

from .desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from .desk import Run

SHIPPED = load()


class PathDesk(Desk):
    def keep(self, today: str | None, start: int = 0) -> str:
        """Keep a session of somebody; returns its code."""
        answers = {"answers": answers_by_turns(SHIPPED, start), "about": {"current_role": today}}
        sheet = json.dumps({"format": "bpo-quiz/answers@1", **answers})
        done = self("start", "--answers", "-", "--tag", "t", "--format", "json", input=sheet)
        return read_code(done.stderr.split("Kept on this computer as ")[1][:7])

    def path(self, *words: str) -> Any:
        return self.record("path", *words)


@pytest.fixture
def desk(here: Run, home: Path) -> PathDesk:
    return PathDesk(here, home)


def hotel(folder: Path, title: str = "Duty manager") -> str:
    """The small catalogue of the page about catalogues, with such a title for one of its roles; its folder."""
    folder.mkdir()
    for name, text in small_files().items():
        renamed = text.replace("name: Duty manager", f'name: "{title}"')
        (folder / name).write_text(renamed, encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, here: Run) -> PathDesk:
    """A desk with one session, only to be read."""
    desk = PathDesk(here, tmp_path_factory.mktemp("kept"))
    desk.keep("senior_rep")
    return desk


def test_path_is_about_the_latest_session_or_that_of_a_code(desk: PathDesk) -> None:
    earlier = desk.keep("trainer")
    later = desk.keep("team_lead", start=1)
    assert desk.path()["today"] == "team_lead"
    assert desk.path(earlier)["today"] == "trainer"
    assert desk.path(later.lower().replace("-", ""))["today"] == "team_lead"
    to_a_role = desk.path("Operations manager", earlier)
    assert (to_a_role["today"], to_a_role["goal"]) == ("trainer", "operations_manager")
    assert desk.path("operations_manager")["goal"] == "operations_manager"


def test_a_role_wins_over_a_code(desk: PathDesk, tmp_path: Path) -> None:
    """A role of this catalogue is called as the code of a session."""
    code = desk.keep(None)
    assert desk.path(code, "--data", hotel(tmp_path / "other", code))["goal"] == "duty_manager"
    assert desk.path(code)["goal"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("operations_manger",), 2, 'did you mean "operations_manager"?); it is no session code either'),
        (("Team leader", "nonsense"), 2, "nonsense: is not a session code"),
        (("team_lead", "222-22A"), 2, "one of its characters must be a slip"),
        (("team_lead", "222-237"), 5, "222-237"),
        (("222-237",), 5, "222-237"),
        (("team_lead", "--way", "9"), 2, "--way 9: there is no such way"),
        (("\x1b[31mred",), 2, "\\x1b[31mred"),
    ],
)
def test_u02_what_cannot_be_is_one_line_with_the_remedy(
    kept: PathDesk, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in kept.refused(code, "path", *words)


def test_ways_count_from_1(kept: PathDesk) -> None:
    assert kept("path", "site_director", "--way", "0").returncode == 2


def test_another_catalogue_sees_the_same_answers(desk: PathDesk, tmp_path: Path) -> None:
    desk.keep(None)
    data = hotel(tmp_path / "hotel")
    assert "Apply for Receptionist" in desk.done("path", "Duty manager", "--data", data, "--plain")
    desk.refused(2, "path", "team_lead", "--data", data)


def test_a_session_of_a_catalogue_that_names_no_source_of_years_is_read(desk: PathDesk, tmp_path: Path) -> None:
    data = hotel(tmp_path / "hotel")
    assert not any(word in text for text in small_files().values() for word in ("years_basis", "evidence"))
    answers = {"hosting-1": 2, "hosting-2": 1, "tidiness-1": 4, "tidiness-2": 3, "planning-1": 1}
    sheet = json.dumps({"format": "bpo-quiz/answers@1", "answers": answers})
    desk.done("start", "--answers", "-", "--tag", "t", "--data", data, input=sheet)
    assert desk.path("duty_manager")["years_basis"] == ""
    assert desk.done("result", "--plain")

"""`why` and `what-if` as people call them, with a store of their own."""

from __future__ import annotations

import json
import math
import random
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from store.desk import opened

from bpo_quiz.answers.model import About, Answers, Response
from bpo_quiz.catalogue.files import read_files
from bpo_quiz.catalogue.load import parse_files
from bpo_quiz.document import cleaned
from bpo_quiz.guidance.explain import explain
from bpo_quiz.pages import why
from bpo_quiz.records.why import why_record
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.writers.plain import plain

from .desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.answers.model import Responses

    from .desk import Run

FILES = read_files(None)
CATALOGUE = parse_files(*FILES)
ABOUT = About(current_role="team_lead", english="B1")


def sheet(seed: int = 5) -> Responses:
    dice = random.Random(seed)
    return {item.id: dice.randrange(5) for item in CATALOGUE.items()}


def keep(home: Path, responses: Responses, form: str = "full", *, finished: bool = True) -> str:
    with opened(home) as database, database.change():
        sessions = Sessions(database)
        code = sessions.start(CATALOGUE, FILES, form).code
        sessions.save_about(code, ABOUT)
        for place, (item, value) in enumerate(responses.items()):
            sessions.save_response(code, Response(item, value, 5.0, place))
        if finished:
            sessions.finish(code)
    return code


class Kept(NamedTuple):
    """A store with a quick and, later, a full session, and their codes."""

    desk: Desk
    quick: str
    full: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, here: Run) -> Kept:
    home = tmp_path_factory.mktemp("desk") / "home"
    quick = keep(home, {**sheet(9), "coaching-1": None}, "quick")
    return Kept(Desk(here, home), quick, keep(home, sheet()))


def test_a_role_is_explained_from_the_latest_session(kept: Kept) -> None:
    expected = explain(CATALOGUE, Answers(sheet(), ABOUT), "trainer")
    for words in (("why", "Trainer"), ("why", "trainer", kept.full.lower().replace("-", ""))):
        title, session, which, *lines = kept.desk.done(*words, "--plain").splitlines()
        assert session.startswith(f"Session: {kept.full}, ")
        assert which == "Catalogue: BPO careers 1.0."
        assert [title, *lines] == list(plain(cleaned(why.page(CATALOGUE, expected))))
    assert kept.desk.record("why", "trainer") == json.loads(json.dumps(why_record(CATALOGUE, expected)))


def test_another_catalogue_explains_the_answers_that_it_knows(kept: Kept, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "roles.yaml").write_bytes(FILES[0].replace(b"name: BPO careers", b"name: Other careers"))
    (other / "skills.yaml").write_bytes(FILES[1])
    for words in (("why", "trainer"), ("what-if", "coaching=50")):
        assert kept.desk.record("--data", str(other), *words)["catalogue"]["name"] == "Other careers"


def test_a_session_that_is_not_finished_is_used_and_called_so(here: Run, home: Path) -> None:
    desk = Desk(here, home)
    code = keep(home, sheet(), finished=False)
    done = desk("why", "trainer", code)
    assert done.returncode == 0
    assert f"{code} is not finished yet" in done.stderr
    desk.refused(5, "why", "trainer")


BAD = {
    ("why", "trayner"): 'did you mean "Trainer"?',
    ("why", "trainer", "nonsense"): "nonsense: is not a session code",
    ("why", "trainer", "222-223"): "is not a session code",
    ("what-if",): "SKILL=75",
    ("what-if", "coaching"): "SKILL=75",
    ("what-if", "coaching", "75"): "have no =",
    ("what-if", "coaching=75", "teamwork"): "another level looks like SKILL=75",
    ("what-if", "couching=75"): 'did you mean "Coaching"?',
    ("what-if", "=75"): "is no skill",
    ("what-if", "coaching="): "give a level from 0 to 100",
    ("what-if", "coaching=lots"): "give a level from 0 to 100",
    ("what-if", "coaching=nan"): "give a level from 0 to 100",
    ("what-if", "coaching=1e1"): "give a level from 0 to 100",
    ("what-if", "coaching=++1"): "give a level from 0 to 100",
    ("what-if", "coaching=101"): "goes up to 100",
    ("what-if", "coaching=+101"): "goes from 0 to 100",
    ("what-if", "coaching=-101"): "goes from 0 to 100",
    ("what-if", "coaching=60", "Coaching=70"): "stands there twice",
    ("what-if", "--goal", "first"): "SKILL=75",
    ("what-if", "coaching=60", "--goal", "first"): "add --reach ROLE",
    ("what-if", "--reach", "trainer", "coaching=60"): "leave out --reach",
    ("what-if", "--reach", "trayner"): 'did you mean "Trainer"?',
    ("what-if", "\x1b[31m=75"): "\\x1b[31m",
    ("what-if", "coaching=\x1b[31m"): "\\x1b[31m",
    ("what-if", "[bold]a[/]", "{0}"): '"[bold]a[/]" and "{0}"',
}


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_u02_a_wrong_word_is_told_in_one_line(kept: Kept, words: tuple[str, ...]) -> None:
    assert BAD[words] in kept.desk.refused(2, *words)


def test_a_raise_without_an_answer_to_add_to_is_told(here: Run, home: Path) -> None:
    desk = Desk(here, home)
    keep(home, {**sheet(), "coaching-1": None, "coaching-2": None})
    assert "no answer yet" in desk.refused(2, "what-if", "coaching=+10")
    (change,) = desk.record("what-if", "coaching=60")["changes"]
    assert change == {"skill": "coaching", "before": None, "after": 60}


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("data_analysis=75", 75),
        ("Data analysis= 75.5 ", 75.5),
        ("DATA-ANALYSIS=\uff17\uff15", 75),
        ("data_analysis=0", 0),
        ("data_analysis=+5", None),
        ("data_analysis=-5", None),
    ],
)
def test_levels_are_read_as_people_type_them(kept: Kept, word: str, level: float | None) -> None:
    (change,) = kept.desk.record("what-if", word)["changes"]
    asked = change["before"] + float(word.partition("=")[2]) if level is None else level
    assert (change["skill"], change["after"]) == ("data_analysis", asked)


def test_how_many_roles_are_listed_can_be_chosen(kept: Kept) -> None:
    def listed(*words: str) -> int:
        page = kept.desk.done("what-if", "coaching=60", "--plain", *words)
        return len(re.findall(r" Readiness \d", page))

    assert listed("--top", "50") == 50
    assert 3 <= listed("--top", "3") < listed() < 50


def test_what_is_found_to_reach_a_role_does_so_when_it_is_asked(kept: Kept) -> None:
    found = kept.desk.record("what-if", "--reach", "trainer")
    assert [goal["goal"] for goal in found["goals"]] == ["ready", "first"]
    for goal in found["goals"]:
        assert goal["outcome"] == "found"
        levels = [f"{one['skill']}={one['level']}" for one in goal["raises"]]
        (then,) = (one for one in kept.desk.record("what-if", *levels)["roles"] if one["role"] == "trainer")
        assert {key: then[key] for key in ("before", "after", "rank_before", "rank_after")} == {
            key: goal[key] for key in ("before", "after", "rank_before", "rank_after")
        }
    ready, first = found["goals"]
    assert ready["after"]["readiness"] >= 90 > ready["before"]["readiness"]
    assert first["rank_after"] == 1 < first["rank_before"]


@pytest.mark.parametrize(("goal", "shown"), [("ready", ["Ready"]), ("first", ["First"]), ("both", ["Ready", "First"])])
def test_a_goal_can_be_chosen(kept: Kept, goal: str, shown: list[str]) -> None:
    page = kept.desk.done("what-if", "--reach", "site director", "--goal", goal, "--plain")
    assert [name for name in ("Ready", "First") if f"\n{name}" in page] == shown


def test_s03_the_points_of_the_json_add_up(kept: Kept) -> None:
    found = kept.desk.record("why", "accountant")
    costs = math.fsum(one["points"] for one in found["costs"])
    assert found["match"] + costs + found["level_cost"] == pytest.approx(100, abs=1e-9)
    parts = math.fsum(one["points"] for one in found["against"]["parts"])
    assert parts == pytest.approx(found["against"]["lead"], abs=1e-9)

"""`catalogue`: what is said of questions, and of people nothing; a catalogue of another trade, from its template."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store.desk import CATALOGUE, CONSENT, FILES, ITEMS, SMALL, opened

from bpo_quiz.answers.model import Response
from bpo_quiz.catalogue.files import template_folder
from bpo_quiz.catalogue.load import load
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions

from .desk import Desk

if TYPE_CHECKING:
    from .desk import Run

NAME = "Marguerite"


@pytest.fixture
def desk(here: Run, home: Path) -> Desk:
    return Desk(here, home, "--data", str(SMALL), "catalogue")


def value(item: str, person: int) -> int | None:
    """Everybody as high everywhere; but see `test_each_kind_of_question_gets_its_verdict`."""
    level = person % 5
    match item:
        case "dough-2":
            return 4 - level
        case "ovens-1" | "ovens-2":
            return min(level, 3)
        case "serving-1" | "serving-2":
            return 1 if level < 4 else person % 2 * 4
        case "planning-1":
            return level if person % 2 else None
        case "planning-2":
            return person * 7 // 3 % 5
    return level


def row(name: str, person: int) -> str:
    answers = [
        CATALOGUE.items()[n].keyed(v) if (v := value(item, person)) is not None else "" for n, item in enumerate(ITEMS)
    ]
    return ",".join([name, *map(str, answers)])


def sheets(folder: Path, people: int, *more: str) -> str:
    lines = [",".join(["id", *ITEMS]), *(row(f"{NAME}-{n}", n) for n in range(people)), *more]
    (folder / "sheets.csv").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "sheets.csv")


def verdicts(record: Any) -> dict[str, list[str]]:
    return {item["item"]: item["verdicts"] for scale in record["scales"] for item in scale["items"]}


def test_each_kind_of_question_gets_its_verdict(desk: Desk, tmp_path: Path) -> None:
    found = desk.record("items", sheets(tmp_path, 100))
    assert {item: told for item, told in verdicts(found).items() if told != ["works"]} == {
        "dough-1": ["against"],
        "dough-2": ["against"],
        "ovens-1": ["unused"],
        "ovens-2": ["unused"],
        "serving-1": ["crowded", "unused"],
        "serving-2": ["crowded", "unused"],
        "planning-1": ["apart", "no chance"],
        "planning-2": ["apart"],
    }
    scales = {scale["id"]: scale for scale in found["scales"]}
    assert scales["making"]["figures"]["alpha"] == pytest.approx(1)
    assert scales["planning"]["figures"]["complete"] == 50
    (ovens, _) = scales["ovens"]["items"]
    assert (ovens["counts"], ovens["hidden"], ovens["unused"]) == ({"1": 20, "2": 20, "3": 20, "4": 40}, 0, ["5"])
    shown = desk.done("items", sheets(tmp_path, 100), "--plain")
    assert "Nobody takes option 5" in shown
    assert NAME not in shown


@pytest.mark.parametrize(("people", "told"), [(29, "From 30 people on"), (30, "A first look"), (200, "say it firmly")])
def test_how_much_is_said_depends_on_how_many_there_are(people: int, told: str, desk: Desk, tmp_path: Path) -> None:
    shown = desk.done("items", sheets(tmp_path, people), "--plain")
    assert told in shown
    assert ("dough-1" in shown) == (people >= 30)


def test_no_count_of_a_few_people_is_shown(desk: Desk, tmp_path: Path) -> None:
    """One of 31 took the last option of ovens: that count, and another that would tell it, is put together."""
    other = row("x", 0).split(",")
    other[1 + ITEMS.index("ovens-1")] = "4"
    scales = desk.record("items", sheets(tmp_path, 30, ",".join(other)))["scales"]
    (ovens,) = (item for scale in scales for item in scale["items"] if item["item"] == "ovens-1")
    assert (ovens["counts"], ovens["hidden"]) == ({"4": 12}, 19)


def test_no_line_is_lost_and_nobody_counts_twice(desk: Desk, tmp_path: Path) -> None:
    file = sheets(tmp_path, 40, row(f"{NAME}-3", 5), "short,1,2")
    done = desk("items", file, "--format", "json")
    assert done.returncode == 3
    assert '"people": 40' in done.stdout
    assert f"{file}:43: has 3 cells" in done.stderr
    assert "1 line could not be used, all others are counted" in done.stderr
    assert "1 sheet with an id that comes again" in " ".join(done.stderr.split())


def test_the_sessions_kept_here_are_counted_by_person(desk: Desk) -> None:
    with opened(desk.home) as database, database.change():
        clients, sessions = Clients(database), Sessions(database)
        for n in range(30):
            clients.add(f"{NAME}-{n}", CONSENT)
            for form in ("quick", "full") if n else ("quick",):
                code = sessions.start(CATALOGUE, FILES, form, f"{NAME}-{n}", "spring" if n % 2 else None).code
                for position, item in enumerate(ITEMS):
                    sessions.save_response(code, Response(item, value(item, n), 4.0, position))
                sessions.finish(code)
    found = desk.record("items")
    assert (found["people"], found["quick"], found["scales"]) == (29, 1, [])
    assert desk.record("items", "--tag", "SPRING")["people"] == 15
    assert "name files, or a tag" in desk.refused(2, "items", "sheets.csv", "--tag", "spring")


# --- another trade ---

OF_BPO = re.compile(r"\bBPO\b|outsourc|(call|contact) cent(er|re)|\bagents?\b", re.IGNORECASE)


@pytest.fixture
def shop(desk: Desk, tmp_path: Path) -> Desk:
    """A desk of the catalogue that `catalogue new` writes."""
    folder = tmp_path / "my shop"
    told = desk("new", str(folder)).stderr
    assert f"catalogue check --data '{folder}'" in " ".join(told.split())
    return Desk(desk._run, desk.home, "--data", str(folder))


def test_the_template_passes_its_check_and_is_never_written_over(shop: Desk) -> None:
    assert shop.done("catalogue", "check").endswith("0 errors, 0 warnings\n")
    (folder,) = (Path(shop.words[n + 1]) for n, word in enumerate(shop.words) if word == "--data")
    (folder / "roles.yaml").write_text("mine")
    (folder / "skills.yaml").unlink()
    assert "roles.yaml: is there already" in shop("catalogue", "new", str(folder)).stderr
    assert (folder / "roles.yaml").read_text() == "mine"
    assert not (folder / "skills.yaml").exists()


def test_at_a_terminal_the_trade_is_asked(desk: Desk, tmp_path: Path) -> None:
    terminal = desk.terminal("new", str(tmp_path / "mine"))
    terminal.wait_for("Which trade")
    terminal.press('bakeries "at" home\r')
    assert terminal.end() == 0
    found = load(tmp_path / "mine")
    assert (found.trade, found.name) == ('bakeries "at" home', 'Jobs in bakeries "at" home')


def test_another_trade_has_everything_and_no_word_of_this_one(shop: Desk, tmp_path: Path) -> None:
    from pypdf import PdfReader

    answers = {item.id: n * n % 5 for n, item in enumerate(load(template_folder()).items())}
    (tmp_path / "sheet.json").write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers}))
    lines = [
        f"start --answers {tmp_path}/sheet.json --tag x", "result", "why shop_manager", "path shop_manager", "path",
        "roles", "roles mechanic", "skills fixing", "paths selling", "form --format csv --legend", "guide --all",
        "catalogue simulate --people 20", "what-if --reach stock_keeper",
    ]  # fmt: skip
    texts = [shop.done(*line.split()) for line in lines]
    for page in (["result"], ["form"], ["path", "shop_manager"]):
        for ending in ("pdf", "html"):
            shop.done(*page, "-o", str(tmp_path / f"{page[0]}.{ending}"))
        texts.append("\n".join(one.extract_text() for one in PdfReader(tmp_path / f"{page[0]}.pdf").pages))
        texts.append((tmp_path / f"{page[0]}.html").read_text(encoding="utf-8"))
    assert all("ixing" in text or "echanic" in text or "hop" in text for text in texts)
    ours = re.compile("bpo-quiz")
    assert [found[0] for text in texts for found in OF_BPO.finditer(ours.sub("", text))] == []


def test_hints_lead_into_the_same_catalogue(shop: Desk) -> None:
    for words in (["guide", "the_week"], ["guide"], ["roles"], ["paths"], ["paths", "selling"]):
        shown = " ".join(shop.done(*words).split())
        assert re.search(r"bpo-quiz --data '[^']*my shop' (roles|paths|guide)", shown), words
        assert not re.search("bpo-quiz (roles|paths|guide|skills)", shown)


def test_two_catalogues_differ_in_what_was_changed(shop: Desk, tmp_path: Path) -> None:
    other = shutil.copytree(template_folder(), tmp_path / "other")
    changes = {
        "roles.yaml": [
            ("fixing: {importance: 5, level: 70}", "fixing: {importance: 5, level: 0}"),
            ("rung: 4", "rung: 5"),
        ],
        "skills.yaml": [("Something with a loose screw", "A screw"), ("  people:\n", "  folk:\n")],
    }
    for name, pairs in changes.items():
        text = (other / name).read_text()
        for one, new in pairs:
            assert one in text
            text = text.replace(one, new)
        (other / name).write_text(text)
    roles = (other / "roles.yaml").read_text()
    (other / "roles.yaml").write_text(re.sub(r"(interests: \{.*)people:", r"\1folk:", roles))
    words = ("catalogue", "diff", str(template_folder()), str(other))
    found = shop.record(*words)
    changed = {one["where"]: (one["before"], one["after"]) for one in found["changes"]}
    assert changed["roles.mechanic.skills.fixing.level"] == (70, 0)
    assert changed["roles.shop_manager.rung"] == (4, 5)
    assert changed["interests.people"][1] is None
    assert changed["interests.folk"][0] is None
    assert found["items"] == ["fixing-1"]
    assert "roles.mechanic.skills.fixing.level: was 70, is 0" in shop.done(*words, "--plain")
    assert "They say the same" in shop.done("catalogue", "diff", *2 * [str(template_folder())], "--plain")


# --- what experts say ---


def rated(shop: Desk, folder: Path, rater: str, levels: str, role: str = "mechanic", sign: str = ",") -> str:
    """A sheet that somebody filled in with a spreadsheet of their own: levels of the skills in order, `-` for none."""
    empty = folder / f"{role}.csv"
    shop.done("catalogue", "rate", "--sheet", role, "-o", str(empty), "--force")
    with empty.open(encoding="utf-8", newline="") as stream:
        rows = [[*row, *[""] * (11 - len(row))] for row in csv.reader(stream)]
    left = levels.split()
    for row in rows:
        if row[0] == "skill":
            level = left.pop(0)
            row[3:5] = ["" if level == "-" else "3", "" if level == "-" else level]
    rows[2][5], rows[-1][5] = rater, f"{rater}: work outdoors too"
    file = folder / f"{rater}-{role}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=sign).writerows(rows)
    return str(file)


def test_experts_are_held_against_each_other_and_the_catalogue_against_them(shop: Desk, tmp_path: Path) -> None:
    """The catalogue has 70 35 45 20; a median of 75 for the second skill is more than a level from it."""
    files = [
        rated(shop, tmp_path, "ann", "75 75 50 25"),
        rated(shop, tmp_path, "bo", "75 100 25 25", sign=";"),
        rated(shop, tmp_path, "cy", "100 75 50 -", sign="\t"),
        rated(shop, tmp_path, "di", "0 25 100 100"),
    ]
    (role,) = shop.record("catalogue", "rate", *files)["roles"]
    assert (role["raters"], role["apart"]) == (["ann", "bo", "cy", "di"], ["di"])
    levels = {one["skill"]: one for one in role["skills"] if one["part"] == "level"}
    assert [skill for skill, one in levels.items() if one["is_off"]] == ["advising"]
    assert (levels["advising"]["median"], levels["advising"]["low"], levels["advising"]["catalogue"]) == (75, 25, 35)
    assert (levels["leading"]["raters"], levels["leading"]["median"]) == (3, 25)
    assert ["ann", "What else is wrong or missing on the card?", "ann: work outdoors too"] in role["remarks"]
    shown = shop.done("catalogue", "rate", *files, "--plain")
    assert "Advising customers: level, 4 raters, median 75, range 25-100, catalogue 35, look here" in shown
    two_roles = [*files[:2], *(rated(shop, tmp_path, who, "75 50 50 75", "workshop_lead") for who in ("ann", "bo"))]
    fixing = shop.record("catalogue", "rate", *two_roles)["skills"][0]
    assert (fixing["of"], fixing["things"], fixing["raters"], fixing["icc"]["one"]) == ("fixing", 2, 2, None)


def test_a_sheet_that_cannot_be_used_is_told_with_its_line(shop: Desk, tmp_path: Path) -> None:
    good = rated(shop, tmp_path, "ann", "75 75 50 25")
    text = Path(good).read_text(encoding="utf-8")
    faults = {
        ",3,75,": (",3,70,", ":4: level: should be 0, 25, 50, 75, 100 or empty"),
        "skill,stock": ("skill,stok", ':6: "stok" is no skill of this catalogue'),
        '",,,ann': ('",,,', 'in the remark of its line "rater" an alias'),
        "about,": ("id,", ":1: is no rating sheet"),
    }
    for old, (new, told) in faults.items():
        (tmp_path / "bad.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
        assert told in shop.refused(3, "catalogue", "rate", str(tmp_path / "bad.csv"))
    assert "ann has rated mechanic already" in shop.refused(3, "catalogue", "rate", good, good)
    assert "rates no skill" in shop.refused(3, "catalogue", "rate", rated(shop, tmp_path, "bo", "- - - -"))
    assert "name filled-in sheets" in shop.refused(2, "catalogue", "rate")

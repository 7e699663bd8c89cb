"""Keeps docs/formats.md and docs/desk-formats.md true: every record is one that the program printed."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shlex
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import pytest
from docs_reader import (
    Told,
    blocks,
    everywhere,
    fits,
    is_in_a_part,
    page,
    parts,
    rows,
    section,
    table,
    told,
    values_of,
    words_in_code,
)
from store.desk import CATALOGUE, CONSENT, FILES, ITEMS, SMALL, opened, store_of
from typer.testing import CliRunner

from bpo_quiz.answers.answer_file import from_record
from bpo_quiz.answers.model import FORMS, Response
from bpo_quiz.catalogue.guide_model import LINK_KINDS
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import OFTEN, Conditions, Gates
from bpo_quiz.commands.app import app
from bpo_quiz.guidance.explain import PartKind, Sureness
from bpo_quiz.guidance.gates import State
from bpo_quiz.guidance.least_raises import GOALS, Outcome
from bpo_quiz.guidance.pathway import BestAt, MoveKind, NoWay
from bpo_quiz.guidance.plan import StepKind
from bpo_quiz.guidance.standing import Openness
from bpo_quiz.guidance.statements import RoleWord
from bpo_quiz.records.result_csv import COLUMNS
from bpo_quiz.results import desk, doctor, small_counts
from bpo_quiz.results.clients import Change
from bpo_quiz.results.cohort import SIGNS, STANDINGS, UNREAD, By
from bpo_quiz.results.evidence import Verdict
from bpo_quiz.results.result import Silence
from bpo_quiz.scoring.answer_quality import Rule
from bpo_quiz.scoring.certainty import Word
from bpo_quiz.sitting.full_form import full_order
from bpo_quiz.store import checksums, diagnosis, soundness, talks
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.sessions import Sessions
from bpo_quiz.store.talks import Mark, with_client
from bpo_quiz.study.careless import KINDS
from bpo_quiz.study.goals import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bpo_quiz.store.connection import Database

    Records = Callable[[str], list[Any]]

# --- What is printed ---

SHIPPED = [item.id for item in load().items()]
UNEVEN = {item: n * n % 5 for n, item in enumerate(SHIPPED)}
UNDECIDED = {item: (n * 3 + 1) % 5 for n, item in enumerate(SHIPPED)}
OUTSIDER = {"english": "B1", "shifts": ["day"], "licences": ["CPC-A"], "typing": 45}
SHEETS: tuple[dict[str, Any], ...] = (
    {"answers": {**UNEVEN, "teamwork-1": None}, "about": OUTSIDER, "times": dict.fromkeys(SHIPPED, 1.5)},
    {"answers": dict.fromkeys(SHIPPED, 2), "about": {"current_role": "project_manager"}},
    {"answers": {"communication-1": 3, "communication-2": None}},
    {"answers": UNDECIDED, "about": {"current_role": "none", "english": "A1"}},
)
"""One that says something and was answered too fast, one with all answers alike, one with too few, and one that points
to no single career path, to whom nothing is open."""

COURSE = "+course"
"""A spreadsheet would take it for a formula."""


class Places(NamedTuple):
    """Where the program keeps things: sessions of people without a counsellor, a desk, and a folder for files."""

    quiz: Path
    desk: Path
    files: Path


def run(home: Path, *words: str, code: int = 0, given: str = "") -> str:
    done = CliRunner().invoke(app, ["--home", str(home), *words], input=given)
    assert done.exit_code == code, done.output
    return done.stdout


def record(home: Path, *words: str, code: int = 0) -> Any:
    return json.loads(run(home, *words, "--format", "json", code=code))


def codes(home: Path) -> list[str]:
    """The sessions, oldest first."""
    return [session["code"] for session in reversed(record(home, "list", "--limit", "100")["sessions"])]


def sit(database: Database, values: Iterable[int], client: str | None = None, tag: str | None = None) -> str:
    sessions = Sessions(database)
    code = sessions.start(CATALOGUE, FILES, "full", client, tag).code
    for position, (item, value) in enumerate(zip(ITEMS, values, strict=False)):
        sessions.save_response(code, Response(item, value, 5.0, position))
    return code


def fill(home: Path) -> None:
    """Ana came three times, and left once; a course of fourteen, six others, and five who answered all alike."""
    values = [n * n % 5 for n in range(len(ITEMS))]
    with opened(home) as database, database.change():
        clients, finish = Clients(database), Sessions(database).finish
        clients.add("Ana", CONSENT)
        clients.add("Zoe", CONSENT)
        finish(sit(database, [4 - value for value in values], "Ana", COURSE))
        clients.note("Ana", "Tired on Sundays.")
        with_client(database, "Ana").agree("Bake two loaves.", "2026-01-05")
        with_client(database, "Ana").mark({"head_baker": Mark(keep=True, why="")})
        sit(database, values[:1], "Ana")
        finish(sit(database, values, "Ana"))
        clients.note("Ana", "She did.", Sessions(database).latest(finished=True))
        for number in range(20):
            finish(sit(database, values, tag=COURSE if number < 14 else None))
        for _ in range(2):
            sit(database, values[:1])
        for _ in range(5):
            finish(sit(database, [2] * len(ITEMS)))


def of_each_sheet(at: Places, *words: str) -> list[Any]:
    return [record(at.quiz, *words, code) for code in codes(at.quiz)]


def for_the_counsellor(at: Places) -> list[Any]:
    first, *_, last = codes(at.desk)
    return [record(at.desk, "result", code, "--counsellor")["counsellor"] for code in (first, last)]


def comparisons(at: Places) -> list[Any]:
    first, left, last = codes(at.desk)[:3]
    return [record(at.desk, *command("Comparison"), *two) for two in ((), (first, left), (left, last))]


def taken(at: Places) -> list[Any]:
    """Ana sends the same answers twice."""
    values = {"format": "bpo-quiz/answers@1", "id": "Ana", "answers": dict.fromkeys(SHIPPED, 1)}
    folder, home = at.files / "phones", at.files / "group"
    folder.mkdir(exist_ok=True)
    run(home, "client", "add", "Ana", "--consent-given")
    for name in ("one", "two"):
        (folder / f"{name}.json").write_text(json.dumps(values))
    return [json.loads(run(home, "client", "take", str(folder), "--yes", "--format", "json", code=3))]


def cohorts(at: Places) -> list[Any]:
    return [record(at.desk, *command("Cohort"), "--since", "2020-01"), record(at.desk, "cohort", "--tag", "none")]


def scored(at: Places, *options: str) -> str:
    """Forty sheets that say something, and one that says nothing."""
    items = [item.id for item in full_order(load())]
    people = (",".join([f"p{n}", *(str((n * k + k // 3) % 5) for k in range(len(items)))]) for n in range(40))
    file = at.files / "sheets.csv"
    file.write_text("\n".join([f"id,{','.join(items)}", *people, "nobody" + "," * len(items)]))
    return run(at.quiz, "score", str(file), *options)


def scored_cohort(at: Places) -> list[Any]:
    file = str(at.files / "results.csv")
    scored(at, "-o", file, "--force")
    return [record(at.desk, "cohort", "--from", file)]


def backup(at: Places) -> Any:
    return record(at.desk, "doctor", "--backup", str(at.files / "copy.db"), "--force")


def with_half_a_store(at: Places) -> Path:
    home = at.files / "broken"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    content = store_of(at.desk).read_bytes()
    store_of(home).write_bytes(content[: len(content) // 2])
    return home


def restored(home: Path, at: Places) -> list[Any]:
    """Twice: the second time there is something to keep a backup of."""
    return [record(home, "doctor", "--restore", backup(at)["backup"], "--force") for _ in range(2)]


def doctors(at: Places) -> list[Any]:
    broken = with_half_a_store(at)
    found = [record(broken, "doctor", code=4), record(at.files / "no", "--data", str(at.files), "doctor", code=3)]
    restored(broken, at)
    return [*found, record(broken, "doctor")]


def items(at: Places) -> list[Any]:
    """Forty people with times, who had no chance of one question; and one person."""
    found, file = [], at.files / "sheets.jsonl"
    for people in (40, 1):
        sheets = (
            {
                "format": "bpo-quiz/answers@1",
                "id": str(n),
                "answers": {item: None if item == "making-1" else (n + k) % 5 for k, item in enumerate(ITEMS)},
                "times": {"dough-1": 6.5},
            }
            for n in range(people)
        )
        file.write_text("\n".join(map(json.dumps, sheets)))
        found.append(record(at.desk, "--data", str(SMALL), "catalogue", "items", str(file)))
    return found


def rated(at: Places) -> list[Any]:
    """Three rate two roles: one of them far from the others, and all of them alike in importance."""
    files = []
    for rater, levels in {"ann": (100, 0), "bo": (75, 25), "cy": (0, 100)}.items():
        for role in ("head_baker", "shop_manager"):
            skills = "\n".join(f"skill,{one},,3,{level}" for one, level in zip(("dough", "ovens"), levels, strict=True))
            files.append(at.files / f"{rater}-{role}.csv")
            head = f"about,id,what,importance,level,remark\nrole,{role}\nrater,,,,,{rater}"
            files[-1].write_text(f"{head}\n{skills}\ncard,,x,,,y")
    return [record(at.desk, "--data", str(SMALL), "catalogue", "rate", *map(str, files))]


def catalogue_changes(at: Places) -> list[Any]:
    """A level, other titles that are gone, and a text that is new."""
    other = shutil.copytree(SMALL, at.files / "other", dirs_exist_ok=True)
    text = (other / "roles.yaml").read_text().replace("    also: [Bakery helper]\n", "    ai: New.\n")
    (other / "roles.yaml").write_text(text.replace("level: 100}", "level: 90}"))
    return [record(at.desk, "catalogue", "diff", str(SMALL), str(other))]


PRINTED: dict[str, Callable[[Places], list[Any]]] = {
    "Scored sheets": lambda at: [json.loads(line) for line in scored(at, "--format", "jsonl").splitlines()],
    "Result": lambda at: of_each_sheet(at, "result"),
    "Result for the counsellor": for_the_counsellor,
    "Why": lambda at: of_each_sheet(at, *command("Why")),
    "What-if": lambda at: of_each_sheet(at, *command("What-if")),
    "Reach a role": lambda at: of_each_sheet(at, *command("Reach a role")),
    "Path": lambda at: [record(at.quiz, *command("Path"), codes(at.quiz)[0]), *of_each_sheet(at, "path")],
    "Role card": lambda at: [record(at.quiz, *command("Role card")), *record(at.quiz, "roles", *load().roles)["roles"]],
    "Career path": lambda at: [
        record(at.quiz, *command("Career path")),
        *(record(at.quiz, "paths", one) for one in load().paths),
    ],
    "Guide pages": lambda at: [record(at.quiz, "guide", *page) for page in (["--all"], ["aht"])],
    "Study": lambda at: [record(at.desk, "--data", str(SMALL), "catalogue", "simulate", "--people", "60")],
    "Items": items,
    "Ratings": rated,
    "Catalogue changes": catalogue_changes,
    "Client export": lambda at: [json.loads(run(at.desk, "client", "export", "Ana"))],
    "Comparison": comparisons,
    "Agreed": lambda at: [
        record(at.desk, *command("Agreed")),
        record(at.desk, "client", "agreed", "Ana", "1", "--done"),
    ],
    "Moved": lambda at: [record(at.desk, "move", codes(at.desk)[n], "Ana") for n in (-6, 0)],
    "Taken": taken,
    "Session list": lambda at: [record(at.desk, "list", "--limit", "100")],
    "Cohort": cohorts,
    "Cohort of scored sheets": scored_cohort,
    "Doctor": doctors,
    "Backup": lambda at: [backup(at)],
    "Restore": lambda at: restored(with_half_a_store(at), at),
}
"""What the program prints for a section, if that is not just what the command prints that the section names."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    at = Places(*(tmp_path_factory.mktemp(name) / "home" for name in Places._fields))
    at.files.mkdir()
    fill(at.desk)
    for sheet in SHEETS:
        given = json.dumps({"format": "bpo-quiz/answers@1", **sheet})
        run(at.quiz, "start", "--answers", "-", "--tag", "docs", given=given)
    return at


@pytest.fixture(scope="module")
def records(places: Places) -> Records:
    """Heading -> records that the program printed."""

    @cache
    def printed(heading: str) -> list[Any]:
        special = PRINTED.get(heading)
        return special(places) if special else [record(places.desk, *command(heading))]

    return printed


def command(heading: str) -> list[str]:
    """The words of the first command that a section names, without `--format json`."""
    text = next(text for text in map(page, ("formats.md", "desk-formats.md")) if f"\n## {heading}\n" in text)
    line = next(words for words in words_in_code(section(text, heading)) if words.startswith("bpo-quiz "))
    return shlex.split(line.removesuffix(" --format json"))[1:]


# --- What is said of it ---

HEADINGS = {
    "formats.md": (
        "Scored sheets", "Result", "Result for the counsellor", "Why", "What-if", "Reach a role", "Path", "Role card",
        "Role list", "Career path", "Career path list", "Skill card", "Skill list", "Guide list", "Guide pages",
        "Study", "Items", "Ratings", "Catalogue changes",
    ),
    "desk-formats.md": (
        "Client list", "Client card", "Client export", "Comparison", "Agreed", "Renamed", "Moved", "Noted", "Taken",
        "Desk page", "Session list", "Cohort",
        "Cohort of scored sheets", "Doctor", "Backup", "Restore",
    ),
}  # fmt: skip
PAGE_OF = {heading: name for name, headings in HEADINGS.items() for heading in headings}
EVERY = pytest.mark.parametrize("heading", PAGE_OF)


def of_its_role(step: str) -> list[tuple[str, ...]]:
    kept = ("kpis", "certificates", "this_month")
    return [(f"{step}.{key}", "catalogue.md", "roles.yaml", f"roles.ROLE.{key}") for key in kept]


AS_IN: dict[str, list[tuple[str, ...]]] = {
    "Result": of_its_role("pathways[].steps[]"),
    "Path": [
        ("pathways", "formats.md", "Result", "pathways"),
        ("next_steps[].", "formats.md", "Result", "pathways[].steps[]."),
        *of_its_role("pathways[].steps[]"),
        *of_its_role("next_steps[]"),
    ],
    "Role card": [("", "catalogue.md", "roles.yaml", "roles.ROLE.")],
    "Role list": [("roles[].", "catalogue.md", "roles.yaml", "roles.ROLE.")],
    "Career path": [
        ("", "catalogue.md", "roles.yaml", "paths.PATH."),
        ("roles[].", "catalogue.md", "roles.yaml", "roles.ROLE."),
    ],
    "Career path list": [("paths[].", "catalogue.md", "roles.yaml", "paths.PATH.")],
    "Skill card": [
        ("", "catalogue.md", "skills.yaml", "skills.SKILL."),
        ("items[].", "catalogue.md", "skills.yaml", "skills.SKILL.items.ITEM."),
    ],
    "Skill list": [("skills[].", "catalogue.md", "skills.yaml", "skills.SKILL.")],
    "Guide list": [
        ("topics[].", "catalogue.md", "guide.yaml", "topics.TOPIC."),
        ("metrics[].", "catalogue.md", "guide.yaml", "metrics.METRIC."),
    ],
    "Guide pages": [
        ("topics[].", "catalogue.md", "guide.yaml", "topics.TOPIC."),
        ("metrics[].", "catalogue.md", "guide.yaml", "metrics.METRIC."),
        ("sources[].", "catalogue.md", "guide.yaml", "sources.SOURCE."),
    ],
    "Cohort of scored sheets": [("", "desk-formats.md", "Cohort", ""), ("", "desk-formats.md", "Cohort", "groups[].")],
}
"""Heading -> keys that are said to mean what those of another section mean: what they begin with here, and there."""


NEVER_HERE = {"Cohort": {"groups[].skills[].mean"}, "Doctor": {"free_bytes"}}
"""Keys that can be `null`, and are not in any of the records that are printed here."""


def text_of(heading: str) -> str:
    return section(page(PAGE_OF[heading]), heading)


@cache
def own(heading: str) -> dict[str, Told]:
    return table(text_of(heading))


@cache
def described(heading: str) -> dict[str, Told]:
    """The rows of a section, and those that it refers to."""
    found = {}
    for here, name, there, start in AS_IN.get(heading, []):
        rows = table(section(page(name), there)).items()
        found.update({here + key.removeprefix(start): said for key, said in rows if key.startswith(start)})
    return found | own(heading)


def example(heading: str) -> Any:
    (text,) = blocks(text_of(heading), "json")
    return without_answers(json.loads(text))


def without_answers(record: Any) -> Any:
    """The record without the answer files of an export, which have a section of their own."""
    if isinstance(record, dict) and record.get("format") == "bpo-quiz/client@1":
        return {**record, "sessions": [{**one, "answers": {}} for one in record["sessions"]]}
    return record


def values(heading: str, found: list[Any]) -> list[tuple[str, Any]]:
    return [pair for one in found for pair in values_of(without_answers(one), described(heading))]


def keys(heading: str, found: list[Any]) -> set[str]:
    return {key for key, _ in values(heading, found)}


@EVERY
def test_a_record_has_the_keys_and_values_that_are_described_and_shown(records: Records, heading: str) -> None:
    of, found = described(heading), records(heading)
    as_elsewhere = of.keys() - own(heading).keys()
    every, shown = keys(heading, found), keys(heading, [example(heading)])
    holding = {key for key in every if any(row.startswith((f"{key}.", f"{key}[")) for row in of)}
    assert {key for key in every - holding if told(of, key) is None} == set(), "not described"
    assert own(heading).keys() - every == set(), "described, and not printed"
    assert shown - every == set(), "shown, and not printed"
    to_show = keys(heading, found[:1]) if heading in AS_IN else every
    empty = tuple(f"{key}[]" for key, value in values(heading, [example(heading)]) if value == [] and heading in AS_IN)
    unseen = {key for key in to_show - shown if not key.startswith(empty)}
    assert {key for key in unseen if not is_in_a_part(of, key)} == set(), "not shown"
    for key, value in values(heading, [*found, example(heading)]):
        said = told(of, key)
        if said and not (key in as_elsewhere and is_left_out_or_holds(value, said)):
            assert fits(value, said.value), (key, value, said.value)


def is_left_out_or_holds(value: Any, said: Told) -> bool:
    """Whether a key of a catalogue has another value in a record: `null` for none, keys for ids."""
    return isinstance(value, list | dict) or (value is None and said.value.endswith("optional"))


@EVERY
def test_null_comes_where_it_is_described(records: Records, heading: str) -> None:
    found = {key for key, value in values(heading, records(heading)) if value is None}
    promised = {key for key, said in own(heading).items() if "`null`" in said.value}
    assert promised - found == NEVER_HERE.get(heading, set())


def test_nothing_is_described_in_vain(records: Records) -> None:
    """Whatever stands in a shared part, or for all records, is printed and shown somewhere."""
    shown = {told(described(one), key) for one in PAGE_OF for key in keys(one, [example(one)])}
    shared = {*everywhere().values(), *(said for part in parts().values() for said in part.values())}
    assert shared - shown == set()


WORDS = [
    ("Result", "form", FORMS),
    ("Result", "silence", get_args(Silence)),
    ("Result", "advice.path_word", get_args(Word)),
    ("Result", "advice.role_word", get_args(RoleWord)),
    ("Result", "flags[].rule", get_args(Rule)),
    ("Result", "roles[].standing", get_args(Openness)),
    ("Result", "roles[].gates[].often", OFTEN),
    ("Result", "roles[].gates[].gate", [one for one in Gates._fields if one not in ("experience_in", "usually")]),
    ("Result", "roles[].gates[].state", get_args(State)),
    ("Result", "roles[].conditions[].condition", [one for one in Conditions._fields if one != "hours"]),
    ("Result", "roles[].conditions[].state", get_args(State)),
    ("Result", "pathways[].best_at", get_args(BestAt)),
    ("Result", "pathways[].steps[].kind", get_args(MoveKind)),
    ("Result", "plan.steps[].kind", get_args(StepKind)),
    ("Path", "reason", (*get_args(NoWay), *get_args(Silence))),
    ("Why", "against.sure", get_args(Sureness)),
    ("Why", "against.parts[].kind", get_args(PartKind)),
    ("Reach a role", "goals[].goal", GOALS),
    ("Reach a role", "goals[].outcome", get_args(Outcome)),
    ("Guide pages", "topics[].actions[].links[].kind", LINK_KINDS),
    ("Study", "goals[].unit", get_args(Unit)),
    ("Study", "careless[].kind", tuple(kind.id for kind in KINDS)),
    ("Comparison", "skills[].change", get_args(Change)),
    ("Cohort", "by", get_args(By)),
    ("Cohort", "groups[].skills[].gap.word", get_args(small_counts.Word)),
    ("Doctor", "places[].what", get_args(diagnosis.Kind)),
    ("Doctor", "findings[].what", get_args(doctor.What)),
    ("Doctor", "findings[].state", get_args(doctor.Judgement)),
    ("Doctor", "store.state", tuple(state.name for state in soundness.State)),
    ("Doctor", "store.records[].kind", get_args(checksums.Kind)),
    ("Desk page", "waiting[].kind", get_args(desk.Kind)),
    ("Agreed", "talk.agreements[].state", get_args(talks.State)),
]


@pytest.mark.parametrize(("heading", "key", "words"), WORDS)
def test_all_words_that_can_stand_there_are_described(heading: str, key: str, words: tuple[str, ...]) -> None:
    said = told(described(heading), key)
    assert said
    assert [word for word in words_in_code(said.value) if word != "null"] == list(words)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("unread.REASON", UNREAD),
        ("groups[].standing.STANDING", STANDINGS),
        ("groups[].path_word.WORD", get_args(Word)),
        ("groups[].flags.SIGN", tuple(dict.fromkeys(SIGNS.values()))),
    ],
)
def test_all_keys_that_are_words_are_described(key: str, words: tuple[str, ...]) -> None:
    assert [word for word in words_in_code(own("Cohort")[key].meaning) if word != "null"] == list(words)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Result", get_args(Rule)),
        ("Result", get_args(BestAt)),
        ("Result", get_args(Openness)),
        ("Items", get_args(Verdict)),
        ("Comparison", get_args(Change)),
        ("Cohort", get_args(small_counts.Word)),
        ("Doctor", get_args(doctor.Judgement)),
        ("Doctor", [state.name for state in soundness.State]),
    ],
)
def test_every_word_is_explained(heading: str, words: Iterable[str]) -> None:
    text = re.sub(r"^\|.*$", "", text_of(heading), flags=re.MULTILINE)
    assert set(words) <= set(words_in_code(text))


# --- What is said besides ---


def test_every_silence_comes_when_it_should(records: Records) -> None:
    assert [result["silence"] for result in records("Result")] == [None, "all alike", "too few answers", None]


def test_the_described_sums_hold(records: Records) -> None:
    share = load().settings.interest_weight
    assert f"({share:g} as shipped)" in text_of("Result")
    for result in records("Result")[:2]:
        for kind in ("roles", "paths"):
            assert math.fsum(one["p_first"] or 0 for one in result[kind]) == pytest.approx(1, abs=1e-9)
        for role in result["roles"]:
            costs, missing = (math.fsum(one["points"] for one in role[key]) for key in ("costs", "missing"))
            assert role["match"] + costs + role["level_cost"] == pytest.approx(100, abs=1e-9)
            assert role["readiness"] + missing == pytest.approx(100, abs=1e-9)
            assert role["total"] == pytest.approx((1 - share) * role["match"] + share * role["interest"], abs=1e-9)


def test_several_roles_are_printed_as_described(places: Places) -> None:
    (line,) = re.findall(r"`bpo-quiz (roles \w+ \w+) --format json`", text_of("Role card"))
    (key, cards), *others = record(places.quiz, *line.split()).items()
    assert (key, others, [card["role"] for card in cards]) == ("roles", [], line.split()[1:])


def test_only_the_described_records_tell_of_aliases_and_notes(records: Records, places: Places) -> None:
    order = (
        "Client list", "Client card", "Client export", "Comparison", "Agreed", "Desk page", "Session list", "Cohort",
        "Doctor", "Backup",
    )  # fmt: skip
    texts = [json.dumps(records(heading)) for heading in order]
    cells = list(rows(section(page("desk-formats.md"), "Who is in it")))
    assert [cell[1] == "yes" for cell in cells] == ["Ana" in text for text in texts]
    assert [cell[3].startswith("**yes**") for cell in cells] == ["Sundays" in text for text in texts]
    result = run(places.desk, "result", codes(places.desk)[0], "--format", "json")
    assert "Ana" not in result
    assert "Sundays" not in result


def test_the_answers_in_an_export_can_be_scored(records: Records) -> None:
    (shown,) = blocks(text_of("Client export"), "json")
    assert len(from_record(json.loads(shown)["sessions"][0]["answers"], load(), "the example").responses) == 2
    for session in records("Client export")[0]["sessions"]:
        assert from_record(session["answers"], CATALOGUE, "the export").responses


def test_a_record_of_too_few_people_is_as_described(records: Records) -> None:
    few = records("Cohort")[1]
    assert (few["tag"], few["people"], few["groups"]) == ("none", None, [])


def test_without_a_store_the_exit_codes_are_the_described_ones(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    (told_of,) = re.findall(r"Where nothing was ever kept, (.*?)\.", page("desk-formats.md"), re.DOTALL)
    empty, *others = words_in_code(told_of)
    assert record(nowhere, *empty.split())["clients"] == []
    for words in others:
        run(nowhere, *words.split(), *(["Ana"] if "client" in words else []), code=5)


def test_the_csv_of_a_result_has_the_sections_and_measures_that_are_described(places: Places) -> None:
    described = list(rows(section(page("formats.md"), "Result as CSV")))
    columns = [name for row in described for name in words_in_code(row[0])][: len(COLUMNS)]
    assert tuple(columns) == COLUMNS
    measures = {words_in_code(name)[0]: words_in_code(what) for name, what in described[-13:]}
    texts = [run(places.quiz, "result", code, "--counsellor", "--format", "csv") for code in codes(places.quiz)]
    texts.append(run(places.desk, "result", "--client", "Ana", "--counsellor", "--format", "csv"))
    came = [row for text in texts for row in lines(text)]
    assert {row["section"] for row in came} == set(measures)
    for row in came:
        measure = re.sub(rf", ({'|'.join(OFTEN)}): .*", ", OFTEN: WHAT", row["measure"], flags=re.DOTALL)
        assert row["section"] == "note" or measure in measures[row["section"]], row


def test_the_csv_of_a_cohort_has_the_columns_and_words_that_are_described(places: Places) -> None:
    found = lines(run(places.desk, "cohort", "--by", "tag", "--format", "csv"))
    text = section(page("desk-formats.md"), "Cohort as CSV")
    shown, of = lines(blocks(text, "csv")[0]), table(text)
    assert list(found[0]) == list(shown[0]) == list(of)
    assert {row["group"] for row in found} == {f"'{COURSE}", ""}
    for row in (*found, *shown):
        for column, value in row.items():
            assert value == "" or fits(int(value) if value.isdigit() else value, of[column].value), (column, value)
        assert bool(row["people"]) == (row["word"] == "exact")
        assert bool(row["mean"]) == (row["part"] == "skill_mean")
    for some in (found, shown):
        assert list(dict.fromkeys(row["part"] for row in some)) == words_in_code(of["part"].value)


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))

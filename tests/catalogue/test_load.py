from __future__ import annotations

import json
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import a_role, often

from bpo_quiz.catalogue.files import fingerprint
from bpo_quiz.catalogue.load import load, parse_files
from bpo_quiz.catalogue.model import (
    Certificate,
    Conditions,
    Edge,
    Gates,
    GrowthTarget,
    Kpi,
    Preview,
    Requirement,
    Settings,
)
from bpo_quiz.catalogue.read import find_circle
from bpo_quiz.errors import CatalogueError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from bpo_quiz.catalogue.model import Catalogue

    Program = Callable[..., subprocess.CompletedProcess[str]]

SMALL = Path(__file__).parents[1] / "data" / "small"
GOOD = [(SMALL / name).read_text(encoding="utf-8") for name in ("roles.yaml", "skills.yaml")]
NOBODY = 65534

LONG_SKILLS = """\
format: bpo-quiz/skills@1
groups: {g: g}
skills: {a: {name: a, group: g, meaning: m, items: {a-1: {prompt: q, options: [a, b, c, d, e]}}}}
"""


def changed(*changes: tuple[str, str]) -> list[str]:
    """The texts of the small catalogue's files; of each change the first place becomes something else."""
    texts = list(GOOD)
    for old, new in changes:
        which = 0 if old in texts[0] else 1
        assert old in texts[which]
        texts[which] = texts[which].replace(old, new, 1)
    return texts


def read(texts: list[str]) -> Catalogue:
    roles, skills = (text.encode() for text in texts)
    return parse_files(roles, skills)


def with_changes(*changes: tuple[str, str]) -> Catalogue:
    return read(changed(*changes))


def told(function: Callable[[], object]) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        function()
    return str(caught.value).splitlines()


def faults(*changes: tuple[str, str]) -> list[str]:
    return told(lambda: with_changes(*changes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "mine"))


def write(folder: Path, *changes: tuple[str, str]) -> None:
    for name, text in zip(("roles.yaml", "skills.yaml"), changed(*changes), strict=True):
        (folder / name).write_text(text, encoding="utf-8")


def test_what_the_files_say_is_what_the_records_hold() -> None:
    small = load(SMALL)
    assert (small.name, small.version, small.trade) == ("Corner bakery", "1.0", "baking")
    assert small.settings == Settings(interest_weight=0.25, seconds_per_item=6.5)
    assert list(small.roles) == ["baker_assistant", "head_baker", "shop_assistant", "shop_manager"]
    assert list(small.skills) == ["dough", "ovens", "serving", "planning"]
    assert small.paths["shop"].growth == (GrowthTarget("Shop manager", "shop_manager"),)
    assert small.groups == {"craft": "At the bench", "people": "At the counter"}


def test_a_role_holds_everything_that_its_author_wrote() -> None:
    roles = load(SMALL).roles
    assistant = roles["baker_assistant"]
    assert (assistant.name, assistant.also, assistant.path) == ("Baker's assistant", ("Bakery helper",), "bakehouse")
    assert assistant.skills["ovens"] == Requirement(importance=3, level=50)
    assert assistant.interests == {"making": 100, "helping": 25}
    assert (assistant.rung, assistant.is_entry, roles["head_baker"].is_entry) == (1, True, False)
    assert (assistant.leads_to, assistant.lateral) == ((Edge("head_baker", (3, 6)),), (Edge("shop_assistant", (0, 1)),))
    assert roles["head_baker"].gates == Gates(education="vocational", experience=3, licence="Master craftsman")
    assert roles["shop_assistant"].conditions == Conditions({"weekend": "usually"}, {"voice": "always"}, ("office",))
    assert roles["shop_assistant"].kpis == (Kpi("Bread left over", "under 5 %", "the baker", 2025, "low"),)
    assert roles["shop_manager"].certificates == (Certificate("Food hygiene", "one day"),)


CONDITIONS = "conditions: {shifts: [night], site: [office]}"
GATES = "gates: {education: basic}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("shifts: [evening, night]", Conditions(shifts={"evening": "usually", "night": "usually"})),
        ("channel: [voice]", Conditions(channel={"voice": "always"})),
        ("channel: [writing, voice]", Conditions(channel={"writing": "usually", "voice": "usually"})),
        ("targets: true", Conditions(targets="always")),
        ("targets: false", Conditions()),
        ("targets: usually", Conditions(targets="usually")),
        ("shifts: {night: sometimes, evening: always}", Conditions(shifts={"night": "sometimes", "evening": "always"})),
        (
            "channel: {voice: sometimes, writing: always}",
            Conditions(channel={"voice": "sometimes", "writing": "always"}),
        ),
        ("hours: {part_time: usually}", Conditions(hours={"part_time": "usually"})),
        ("hours: [part_time]", Conditions(hours={"part_time": "sometimes"})),
    ],
)
def test_a_condition_says_how_often_and_a_list_means_the_usual(written: str, read: Conditions) -> None:
    small = with_changes((CONDITIONS, f"conditions: {{{written}}}"))
    assert small.roles["baker_assistant"].conditions == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("english: {level: B1, often: usually}", Gates(english="B1", usually=("english",))),
        ("education: {level: basic, often: always}, typing: 30", Gates(education="basic", typing=30)),
        ("language: C1", Gates(language="C1")),
        (
            "experience: {level: 2, often: usually}, experience_in: [shop]",
            Gates(experience=2, experience_in=("shop",), usually=("experience",)),
        ),
    ],
)
def test_a_gate_may_be_one_that_some_do_without_and_say_which_experience_counts(written: str, read: Gates) -> None:
    assert with_changes((GATES, f"gates: {{{written}}}")).roles["baker_assistant"].gates == read


def test_a_language_may_help() -> None:
    assert load(SMALL).roles["baker_assistant"].languages == ""
    assert with_changes((GATES, "languages: plus")).roles["baker_assistant"].languages == "plus"


def test_what_an_author_leaves_out_is_empty_and_not_guessed() -> None:
    manager = load(SMALL).roles["shop_manager"]
    assert (manager.also, manager.onet, manager.basis, manager.sources, manager.kpis) == ((), None, "", (), ())
    assert manager.preview == Preview("", (), ())
    assert manager.conditions == Conditions()
    assert (manager.leads_to, manager.lateral) == ((), ())


def test_where_the_years_come_from_and_a_question_for_an_example_may_be_told() -> None:
    small = load(SMALL)
    assert (small.years_basis, small.skills["dough"].evidence) == ("", "")
    told = with_changes(
        ("  trade: baking\n", "  trade: baking\n  years_basis: The baker says so.\n"),
        ("    group: craft\n", "    group: craft\n    evidence: Which loaf made you proud?\n"),
    )
    assert (told.years_basis, told.skills["dough"].evidence) == ("The baker says so.", "Which loaf made you proud?")
    assert (told.roles, told.skills["ovens"]) == (small.roles, small.skills["ovens"])


def test_items_come_in_the_order_of_the_file_skills_first() -> None:
    items = load(SMALL).items()
    assert [item.id for item in items][:3] == ["dough-1", "dough-2", "ovens-1"]
    assert [item.id for item in items][-1] == "helping-2"
    assert items[0].measures == "dough"
    assert items[0].options == ("Never", "Once", "A few times", "Most weeks", "Most days")


def test_minutes_follow_the_seconds_per_item_and_are_never_0() -> None:
    slow = with_changes(("interest_weight: 0.25", "seconds_per_item: 60"))
    assert slow.settings.interest_weight == 0.25
    assert (slow.minutes(12), slow.minutes(1), load(SMALL).minutes(1)) == (12, 1, 1)


def test_a_catalogue_without_interests_is_good_when_no_role_names_any() -> None:
    roles = "".join(line for line in GOOD[0].splitlines(keepends=True) if not line.startswith("    interests:"))
    skills = GOOD[1].split("interests:")[0]
    assert read([roles, skills]).interests == {}
    assert len([fault for fault in told(lambda: read([GOOD[0], skills])) if "not a known key" in fault]) == 8


def test_the_fingerprint_changes_with_any_byte_and_with_what_stands_in_which_file() -> None:
    sha256 = load(SMALL).sha256
    assert with_changes(("Runs the shop.", "Runs the shop!")).sha256 != sha256
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")
    assert len(sha256) == 64


def test_another_trade_runs_through_the_whole_program_without_code(bpo_quiz: Program, tmp_path: Path) -> None:
    answers = {item.id: 4 if item.measures in ("serving", "helping") else 1 for item in load(SMALL).items()}
    sheet = tmp_path / "answers.json"
    sheet.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers}))
    run = bpo_quiz("start", "--data", str(SMALL), "--answers", str(sheet), "--format", "json")
    result = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (0, "")
    assert result["catalogue"]["name"] == "Corner bakery"
    assert result["roles"][0]["role"] == "shop_assistant"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Runs the shop.", "x" * 1_000_000,
         "roles.yaml:76: roles.shop_manager.summary: is longer than 1000 characters"),
        ("prompt: What is the hardest", f"prompt: {'Why ' * 1_250}",
         "skills.yaml:17: skills.dough.items.dough-2.prompt: is longer than 1000 characters"),
    ],
)  # fmt: skip
def test_p13_what_is_too_long_is_refused_with_its_line(old: str, new: str, fault: str) -> None:
    assert faults((old, new)) == [fault]


def test_p03_p14_100_000_unknown_keys_are_refused_and_a_long_one_is_cut() -> None:
    lines = told(lambda: read(["".join(f"k{n}: 1\n" for n in range(100_000)), GOOD[1]]))
    assert "roles.yaml:1: k0: not a known key" in lines
    assert lines[0] == 'roles.yaml: the key "catalogue" is missing'
    assert lines[-1].startswith("and 99504 more")
    (line,) = (line for line in told(lambda: read(["k" * 900 + ": 1\n", GOOD[1]])) if "not a known key" in line)
    assert line.count("k") <= 80 + len("known key")


@pytest.mark.parametrize(
    "title", ["Head baker", "HEAD BAKER", "\uff28ead baker", "Head-baker", "Head_Baker", "head_baker"]
)
def test_p04_a_title_of_two_roles_is_refused_however_it_is_written(title: str) -> None:
    assert faults(("also: [Counter assistant]", f"also: [{title}]")) == [
        f'roles.yaml:55: roles.shop_assistant: the title "{title}" is also that of roles.head_baker, line 42'
    ]


@pytest.mark.parametrize(
    "name", ["Head_Baker", "Head baker", "1st_baker", "_baker", "bäcker", "no/where", "a" * 65, "~"]
)
def test_p04_an_id_is_plain_lower_case_so_that_no_two_look_alike(name: str) -> None:
    rule = f"roles.yaml:72: roles.{name}: role ids are lower-case letters, digits and _ or -, such as team_lead"
    assert rule in faults(("  shop_manager:", f"  {name}:"))


def test_p07_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    found = with_changes(
        ("name: Baker's assistant", "name: no"),
        ("also: [Bakery helper]", "also: [on, 12:30, 010, 1_000, 2024-05-01, .5, y]"),
        ('version: "1.0"', "version: 1.10"),
    )
    assert found.version == "1.10"
    assert found.roles["baker_assistant"].name == "no"
    assert found.roles["baker_assistant"].also == ("on", "12:30", "010", "1_000", "2024-05-01", ".5", "y")


@pytest.mark.parametrize("value", ["~", "null", "", '""', "'  '", "[]", "{}"])
def test_p07_nothing_where_text_is_due_is_refused(value: str) -> None:
    (fault,) = faults(("name: Head baker", f"name: {value}"))
    assert fault.startswith("roles.yaml:43: roles.head_baker.name: ")


@pytest.mark.parametrize(
    "value",
    [
        "NaN", ".nan", ".inf", "-1", "101", "1e308", '"80"', "true", "null", "0x10", "50 %", "5.", ".5", "+5",
        "1" * 400, "\uff15\uff10",
    ],
)  # fmt: skip
def test_p08_a_level_that_is_no_number_from_0_to_100_is_refused_with_its_place(value: str) -> None:
    (fault,) = faults(("level: 100}", f"level: {value}}}"))
    assert fault.startswith("roles.yaml:50: roles.head_baker.skills.ovens.level: should be a number from 0 to 100")


@pytest.mark.parametrize(("value", "level"), [("0", 0), ("100", 100), ("62.5", 62.5), ("100.0", 100)])
def test_p08_a_level_at_the_edge_of_its_range_is_read(value: str, level: float) -> None:
    assert with_changes(("level: 100}", f"level: {value}}}")).roles["head_baker"].skills["ovens"].level == level


@pytest.mark.parametrize(
    "key", ["skills:", "interests:", "groups:", "  dough:", "  planning:", "  making:", "  craft:", "roles:", "paths:"]
)
def test_p15_a_slip_in_what_others_refer_to_is_told_where_it_is_and_not_what_follows(key: str) -> None:
    name, (roles, skills) = "skills.yaml", GOOD
    slip = key[:-2] + "x" + key[-2:]
    if key in ("roles:", "paths:"):
        name, roles = "roles.yaml", roles.replace(f"\n{key}\n", f"\n{slip}\n")
    else:
        skills = skills.replace(f"\n{key}", f"\n{slip}")
    lines = told(lambda: read([roles, skills]))
    assert len(lines) <= (3 if key == "  craft:" else 2)
    assert all(line.startswith(name) for line in lines)
    assert any(slip.strip(" :") in line for line in lines)


def long_ladder(steps: int, closed: bool = False) -> str:
    rest = "path: p, rung: 1, summary: s, skills: {a: {importance: 1, level: 1}}"
    head = 'format: bpo-quiz/roles@1\ncatalogue: {name: a, version: "1"}\npaths: {p: {name: p, summary: s}}\nroles:\n'
    ways = [f", leads_to: [{{role: r{n + 1}, years: [0, 0]}}]" for n in range(steps)]
    ways.append(", leads_to: [{role: r0, years: [0, 0]}]" if closed else "")
    return head + "".join(f"  r{n}: {{name: r{n}, {rest}{way}}}\n" for n, way in enumerate(ways))


def test_p10_a_ladder_of_thousands_of_steps_is_read_and_a_circle_of_them_told_with_its_middle_left_out() -> None:
    assert len(read([long_ladder(3_000), LONG_SKILLS]).roles) == 3_001
    chain = "r0 > r1 > r2 > r3 > r4 > r5 > r6 > r7 > r8 > r9 > r10 > ... > r0"
    assert told(lambda: read([long_ladder(3_000, closed=True), LONG_SKILLS])) == [
        f"roles.yaml:5: roles.r0.leads_to: goes in a circle: {chain}"
    ]


@often
@given(st.lists(st.sets(st.integers(0, 5)), min_size=6, max_size=6))
def test_p10_a_circle_is_found_where_there_is_one_and_told_from_its_first_role(targets: list[set[int]]) -> None:
    roles = {f"r{n}": [f"r{target}" for target in sorted(leads_to)] for n, leads_to in enumerate(targets)}
    circle = find_circle([a_role(role, leads_to=leads_to) for role, leads_to in roles.items()])
    if circle:
        assert all(after in roles[before] for before, after in pairwise(circle))
        assert circle[0] == circle[-1] == min(circle)
        assert len(set(circle)) == len(circle) - 1
        return
    while ends := {role for role, leads_to in roles.items() if not set(leads_to) & set(roles)}:
        roles = {role: leads_to for role, leads_to in roles.items() if role not in ends}
    assert roles == {}


def test_p10_two_ways_to_one_role_and_a_ring_of_moves_across_are_no_circle() -> None:
    up = "      - {role: shop_manager, years: [2, 4]}\n"
    more = "      - {role: head_baker, years: [3, 6]}\n    lateral:\n      - {role: baker_assistant, years: [0, 1]}\n"
    assert len(with_changes((up, up + more)).roles["shop_assistant"].leads_to) == 2


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the computer may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        for file in SMALL.iterdir():
            (Path(name) / file.name).write_bytes(file.read_bytes())
        yield Path(name)


def test_p14_a_link_to_a_file_that_one_may_not_read_says_so(open_folder: Path) -> None:
    secret = open_folder / "secret"
    secret.write_text("root:$6$hash\n")
    secret.chmod(0)
    (open_folder / "roles.yaml").unlink()
    (open_folder / "roles.yaml").symlink_to(secret)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)  # root may read everything
    try:
        lines = told(lambda: load(open_folder))
    finally:
        os.seteuid(was)
    assert lines == [f"roles.yaml: Permission denied ({open_folder / 'roles.yaml'})"]


@pytest.mark.parametrize(
    "line", ["root:hunter2:19000:0:99999:7", "token: hunter2", "- hunter2", "hunter2: [", "{hunter2"]
)
def test_p14_a_link_to_a_foreign_file_shows_none_of_its_values(folder: Path, line: str) -> None:
    (folder / "secret").write_text(f"{line}\n")
    (folder / "roles.yaml").unlink()
    (folder / "roles.yaml").symlink_to(folder / "secret")
    lines = told(lambda: load(folder))
    assert lines[0].startswith("roles.yaml")
    assert "hunter2" not in "".join(lines)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails while it is read")
def test_p14_a_file_that_fails_while_it_is_read_is_one_fault(folder: Path) -> None:
    (folder / "roles.yaml").unlink()
    (folder / "roles.yaml").symlink_to("/proc/self/mem")
    assert told(lambda: load(folder)) == [f"roles.yaml: Input/output error ({folder / 'roles.yaml'})"]

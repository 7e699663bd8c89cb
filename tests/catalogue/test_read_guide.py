from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.guide_model import Bullets, Link, Paragraph, facts_of, links_of, plain_text
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_guide import GUIDE_FILE, load_guide, parse_guide
from bpo_quiz.errors import CatalogueError

if TYPE_CHECKING:
    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue

BAKERY = Path(__file__).parents[1] / "data" / "small"
GOOD = """\
format: bpo-quiz/guide@1
guide:
  title: The bakery guide
  summary: Bread.
sources:
  old_baker:
    by: An old baker
    title: talk over the oven
    year: 1999
metrics:
  crumbs:
    name: Crumbs
    meaning: What falls down.
    formula: crumbs / loaves
    example: 8 / 4 = 2
    typical: {text: two, source: old_baker, confidence: low}
    misleads: Sweepers look good.
topics:
  morning:
    title: The morning
    summary: Early.
    sections:
      - heading: Before dawn
        parts:
          - text: The [[role:baker_assistant]] and [[skill:ovens|hot things]].
          - steps: [Heat, "Wait for [[topic:noon]]"]
          - fact: {text: Yeast sleeps at 4 degrees., source: old_baker, confidence: medium}
          - metric: crumbs
  noon:
    title: Noon
    also: [Midday]
    summary: Late.
    sections:
      - heading: Rest
        parts:
          - list: ["Sweep the [[metric:crumbs]]"]
    actions: ["Go back to [[topic:morning]]"]
"""


@pytest.fixture
def bakery() -> Catalogue:
    return load(BAKERY)


def read(text: str, bakery: Catalogue) -> Guide:
    return parse_guide(text.encode(), bakery)


def faults(text: str, bakery: Catalogue) -> list[str]:
    with pytest.raises(CatalogueError) as error:
        read(text, bakery)
    return str(error.value).splitlines()


def test_a_guide_is_read_whole(bakery: Catalogue) -> None:
    guide = read(GOOD, bakery)
    morning = guide.topics["morning"]
    text, steps, fact, metric = morning.parts()
    assert isinstance(text, Paragraph)
    assert text.prose[1] == Link("role", "baker_assistant", "Baker's assistant", "Baker's assistant")
    assert plain_text(text.prose) == "The Baker's assistant and hot things."
    assert isinstance(steps, Bullets)
    assert steps.numbered
    assert metric is guide.metrics["crumbs"]
    assert facts_of(morning) == (fact, guide.metrics["crumbs"].typical)


def test_a_page_leads_to_each_thing_once_and_never_to_itself(bakery: Catalogue) -> None:
    guide = read(GOOD.replace("[[topic:noon]]", "[[topic:noon]], [[topic:noon]], [[topic:morning]]"), bakery)
    assert [link.id for link in links_of(guide.topics["morning"])] == ["baker_assistant", "ovens", "noon"]
    assert [link.name for link in links_of(guide.topics["noon"])] == ["Crumbs", "The morning"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[[role:baker_assistant]]", "[[role:baker_asistant]]",
         ('guide.yaml:25: topics.morning.sections[1].parts[1].text: "baker_asistant" is not a role '
         '(did you mean "baker_assistant"?)')),
        ("[[skill:ovens|hot things]]", "[[skil:ovens]]",
         ('guide.yaml:25: topics.morning.sections[1].parts[1].text: "[[skil:ovens]]" is no link; write [[KIND:id]] or '
         "[[KIND:id|words]] (KIND: role, skill, topic, metric)")),
        ("|hot things]]", "|]]",
         ('guide.yaml:25: topics.morning.sections[1].parts[1].text: "[[skill:ovens|]]" is no link; write [[KIND:id]] '
         "or [[KIND:id|words]] (KIND: role, skill, topic, metric)")),
        ("hot things]]", "hot things",
         "guide.yaml:25: topics.morning.sections[1].parts[1].text: has [[ or ]] alone; a link is [[role:team_lead]]"),
        ("- metric: crumbs", "- metric: crums",
         'guide.yaml:28: topics.morning.sections[1].parts[4].metric: "crums" is not a metric (did you mean "crumbs"?)'),
        ("- metric: crumbs", "- metrics: crumbs",
         'guide.yaml:28: topics.morning.sections[1].parts[4].metrics: not a known key (did you mean "metric"?)'),
        ("- metric: crumbs", "- {metric: crumbs, text: two}",
         "guide.yaml:28: topics.morning.sections[1].parts[4]: a part is one of: text, list, steps, fact, metric"),
        ("degrees., source: old_baker", "degrees., source: old_bakr",
         ('guide.yaml:27: topics.morning.sections[1].parts[3].fact.source: "old_bakr" is not a source of this guide '
         '(did you mean "old_baker"?)')),
        ("confidence: medium", "confidence: sure",
         ('guide.yaml:27: topics.morning.sections[1].parts[3].fact.confidence: "sure" is not a confidence '
         "(one of: high, medium, low)")),
        (", confidence: medium", "",
         'guide.yaml:27: topics.morning.sections[1].parts[3].fact: the key "confidence" is missing'),
        ("year: 1999", "year: soon",
         'guide.yaml:9: sources.old_baker.year: should be a number from 1950 to 2100, not "soon"'),
        ("    year: 1999", "    year: 1999\n    url: javascript:alert(1)",
         "guide.yaml:10: sources.old_baker.url: should be an address that begins with https://"),
        ("    name: Crumbs", "    name: Crumbs\n    kpis: [Loaves burned]",
         'guide.yaml:13: metrics.crumbs.kpis[1]: "Loaves burned" is not a measure of roles.yaml'),
        ("also: [Midday]", "also: [THE_MORNING]",
         'guide.yaml:29: topics.noon: the title "THE_MORNING" is also that of topics.morning, line 19'),
        ("also: [Midday]", "also: [Crumbs]",
         'guide.yaml:11: metrics.crumbs: the title "Crumbs" is also that of topics.noon, line 29'),
        ("  noon:\n", "  crumbs:\n", '"crumbs" is also the id of a metric; choose another id'),
        ("bpo-quiz/guide@1", "bpo-quiz/guide@2", "guide.yaml:1: format: "),
        ("  title: The bakery guide\n", "", 'guide.yaml:2: guide: the key "title" is missing'),
        ("        parts:\n          - list", "        part:\n          - list", 'the key "parts" is missing'),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_what_to_do(old: str, new: str, expected: str, bakery: Catalogue) -> None:
    assert GOOD.count(old) == 1
    found = faults(GOOD.replace(old, new), bakery)
    assert any(expected in fault for fault in found), found


def test_all_faults_are_told_at_once(bakery: Catalogue) -> None:
    text = GOOD.replace("year: 1999", "year: 1").replace("[[topic:noon]]", "[[topic:nine]]").replace("Bread.", '""')
    assert [fault.split(":")[1] for fault in faults(text, bakery)] == ["4", "9", "26"]


def test_a_measure_of_the_roles_is_explained_by_one_metric_only(bakery: Catalogue) -> None:
    (kpi, *_) = (kpi.name for role in bakery.roles.values() for kpi in role.kpis)
    twice = GOOD.replace("    name: Crumbs", f"    name: Crumbs\n    kpis: ['{kpi}']")
    other = "  dust:\n    name: Dust\n" + twice.split("    name: Crumbs\n")[1].split("topics:")[0]
    found = faults(twice.replace("topics:\n", f"{other}topics:\n"), bakery)
    assert found == [f'guide.yaml:21: metrics.dust.kpis[1]: "{kpi}" is already explained by crumbs']


@pytest.mark.parametrize("text", ["topics: &a {}", "- a list", "format: [", "x: !!python/name:os.system y", "\x00"])
def test_p02_p05_what_yaml_can_do_beyond_plain_trees_is_refused(text: str, bakery: Catalogue) -> None:
    assert faults(text, bakery)[0].startswith("guide.yaml")


def test_a_folder_without_a_guide_has_none(tmp_path: Path, bakery: Catalogue) -> None:
    assert load_guide(bakery, BAKERY) is None
    assert load_guide(bakery, tmp_path) is None


def test_p14_a_link_to_nowhere_and_a_folder_are_no_guides(tmp_path: Path, bakery: Catalogue) -> None:
    (tmp_path / GUIDE_FILE).symlink_to(tmp_path / "gone")
    with pytest.raises(CatalogueError, match="No such file"):
        load_guide(bakery, tmp_path)
    (tmp_path / GUIDE_FILE).unlink()
    (tmp_path / GUIDE_FILE).mkdir()
    with pytest.raises(CatalogueError, match="is not a file"):
        load_guide(bakery, tmp_path)

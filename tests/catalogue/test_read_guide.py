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
GOOD = (BAKERY.parent / "small-guide.yaml").read_text(encoding="utf-8")


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

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_guide import GUIDE_FILE, load_guide

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

BAKERY = Path(__file__).parents[1] / "data" / "small"


@pytest.fixture(scope="module")
def guide(catalogue: Catalogue) -> Guide:
    found = load_guide(catalogue)
    assert found is not None
    return found


def test_alone_it_lists_every_topic_and_every_measure(guide: Guide, bpo_quiz: Run) -> None:
    run = bpo_quiz("guide")
    page = " ".join(run.stdout.split())
    assert (run.returncode, run.stderr) == (0, "")
    for topic in guide.topics.values():
        assert f"{topic.title} {topic.id} {topic.summary}" in page
    assert all(metric in page for metric in guide.metrics)


@pytest.mark.parametrize("word", ["AI and the work", "artificial-intelligence", "CHATBOTS"])
def test_a_topic_is_found_by_its_id_its_title_and_other_titles(word: str, bpo_quiz: Run) -> None:
    run = bpo_quiz("guide", *word.split())
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().startswith("AI and the work")
    assert "bpo-quiz roles data_processor" in run.stdout


def test_a_measure_is_found_by_its_short_form(bpo_quiz: Run) -> None:
    assert bpo_quiz("guide", "FCR").stdout.strip().startswith("First contact resolution (FCR)")


def test_a_mistyped_topic_gets_a_suggestion(bpo_quiz: Run) -> None:
    run = bpo_quiz("guide", "certifcates")
    assert run.stderr == '"certifcates" is no topic of this catalogue (did you mean "certificates"?)\n'
    assert (run.returncode, run.stdout) == (2, "")
    assert "bpo-quiz guide lists them all" in bpo_quiz("guide", "xyzzy").stderr


def test_all_shows_every_topic_once_and_every_source_once(guide: Guide, bpo_quiz: Run) -> None:
    lines = [line.strip() for line in bpo_quiz("guide", "--all").stdout.splitlines()]
    for topic in guide.topics.values():
        assert lines.count(topic.title) == 1
    assert lines.count("Sources") == 1
    assert bpo_quiz("guide", "ai", "--all").returncode == 2


def test_json_holds_the_whole_guide(guide: Guide, bpo_quiz: Run) -> None:
    record = json.loads(bpo_quiz("guide", "--all", "--format", "json").stdout)
    assert [topic["topic"] for topic in record["topics"]] == list(guide.topics)
    assert {metric["metric"] for metric in record["metrics"]} == set(guide.metrics)
    assert [source["source"] for source in record["sources"]] == list(guide.sources)


def test_a_catalogue_without_a_guide_says_so(bpo_quiz: Run) -> None:
    run = bpo_quiz("guide", "--data", str(BAKERY))
    assert run.stderr == "this catalogue has no guide (no guide.yaml); without --data you read the shipped one\n"
    assert (run.returncode, run.stdout) == (2, "")


def test_a_bad_guide_is_told_by_the_check_and_the_guide_and_hinders_nobody_else(tmp_path: Path, bpo_quiz: Run) -> None:
    shutil.copytree(BAKERY, tmp_path / "bakery")
    (tmp_path / "bakery" / GUIDE_FILE).write_text(
        "format: bpo-quiz/guide@1\nguide: {title: A, summary: B}\nsources: {}\n"
    )
    data = ("--data", str(tmp_path / "bakery"))
    expected = 'guide.yaml: the key "topics" is missing\n'
    for words in (["catalogue", "check"], ["guide"]):
        run = bpo_quiz(*words, *data)
        assert (run.returncode, run.stdout, run.stderr) == (3, "", expected)
    for words in (["roles"], ["start", "--answers", "-"]):
        assert bpo_quiz(*words, *data, input='{"format": "bpo-quiz/answers@1", "answers": {}}').returncode == 0
    assert load(tmp_path / "bakery").sha256 == load(BAKERY).sha256

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from bpo_quiz.catalogue.read_guide import GUIDE_FILE, load_guide

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue

    Run = Callable[..., subprocess.CompletedProcess[str]]

BAKERY = Path(__file__).parents[1] / "data" / "small"
HOSTILE = r"[bold]x[/] [/] \e[31m \u202e \x9b {0} %s ${HOME} {{7*7}} <img src=x> [a](javascript:b) | `c` www.d.e # f"
SHOWN = r"[bold]x[/] [/] \x1b[31m \u202e \x9b {0} %s ${HOME} {{7*7}} <img src=x> [a](javascript:b) | `c` www.d.e # f"


@pytest.fixture(scope="module")
def guide(catalogue: Catalogue) -> Guide:
    found = load_guide(catalogue)
    assert found is not None
    return found


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A bakery whose guide says the same hostile text everywhere."""
    folder = tmp_path / "bakery"
    shutil.copytree(BAKERY, folder)
    text = json.dumps(HOSTILE).replace("\\\\", "\\")
    (folder / GUIDE_FILE).write_text(f"""\
format: bpo-quiz/guide@1
guide: {{title: {text}, summary: {text}}}
sources:
  x: {{by: {text}, title: {text}, year: 2000}}
metrics:
  m:
    name: {text}
    meaning: {text}
    formula: {text}
    example: {text}
    typical: {{text: {text}, source: x, confidence: low}}
    misleads: {text}
topics:
  t:
    title: One {text}
    summary: {text}
    sections:
      - heading: {text}
        parts: [{{text: {text}}}, {{list: [{text}]}}, {{steps: [{text}]}}, {{metric: m}}]
    actions: [{text}]
  u:
    title: Two
    summary: {text}
    sections: [{{heading: {text}, parts: [{{fact: {{text: {text}, source: x, confidence: low}}}}]}}]
""")
    return folder


def test_alone_it_lists_every_topic_and_every_measure(guide: Guide, bpo_quiz: Run) -> None:
    run = bpo_quiz("guide")
    page = " ".join(run.stdout.split())
    assert (run.returncode, run.stderr) == (0, "")
    for topic in guide.topics.values():
        assert f"{topic.id} {topic.title}. {topic.summary}" in page
    assert all(metric in page for metric in guide.metrics)


@pytest.mark.parametrize("word", ["AI and the work", "artificial-intelligence", "CHATBOTS"])
def test_a_topic_is_found_by_its_id_its_title_and_other_titles(word: str, bpo_quiz: Run) -> None:
    run = bpo_quiz("guide", *word.split())
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().startswith("AI and the work")
    assert "bpo-quiz roles data_processor" in run.stdout


def test_a_measure_is_found_by_its_short_form_and_leads_to_its_topic(bpo_quiz: Run) -> None:
    page = bpo_quiz("guide", "FCR").stdout
    assert page.strip().startswith("First contact resolution (FCR)")
    assert "148 / 200 = 74 %" in " ".join(page.split())
    assert "bpo-quiz guide measures_contact" in page
    assert "Customer satisfaction" not in page


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


def test_t09_an_ascii_terminal_gets_ascii(bpo_quiz: Run) -> None:
    page = bpo_quiz("guide", "ai", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert page.isascii()
    assert "?" not in re.sub(r"\w\?", "", page)
    assert " | With an AI helper" in page


def test_plain_lines_have_no_signs_at_the_side_and_no_escapes(bpo_quiz: Run) -> None:
    page = bpo_quiz("guide", "--all", "--plain", env={"FORCE_COLOR": "1"}).stdout
    assert page.isascii()
    assert "\x1b" not in page
    assert "\n\n\n" not in page
    assert "Source: Gartner, 2026; confidence medium." in page


def test_markdown_has_the_outline_of_the_guide(guide: Guide, bpo_quiz: Run) -> None:
    tokens = MarkdownIt().parse(bpo_quiz("guide", "--all", "--format", "md").stdout)
    outline = [(token.tag, tokens[n + 1].content) for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert [text for tag, text in outline if tag == "h1"] == [guide.title]
    assert [text for tag, text in outline if tag == "h2"] == [topic.title for topic in guide.topics.values()]
    assert [text for tag, text in outline if tag == "h4"].count("Average handle time (AHT)") == 1


def test_json_holds_the_whole_guide(guide: Guide, bpo_quiz: Run) -> None:
    record = json.loads(bpo_quiz("guide", "--all", "--format", "json").stdout)
    assert [topic["topic"] for topic in record["topics"]] == list(guide.topics)
    assert {metric["metric"] for metric in record["metrics"]} == set(guide.metrics)
    assert [source["source"] for source in record["sources"]] == list(guide.sources)


@pytest.mark.parametrize("form", [[], ["--plain"]], ids=["table", "plain"])
def test_u01_u02_u07_hostile_text_is_shown_as_it_is(form: list[str], hostile: Path, bpo_quiz: Run) -> None:
    for words in (["guide"], ["guide", "--all"]):
        run = bpo_quiz(*words, *form, "--data", str(hostile), env={"FORCE_COLOR": ""})
        assert run.returncode == 0, run.stderr
        assert "\x1b" not in run.stdout
        assert all(character.isprintable() for character in run.stdout.replace("\n", ""))
        assert re.sub(r"\s+", "", SHOWN) in re.sub(r"[\s│]+", "", run.stdout)


def test_u06_hostile_text_makes_no_markdown(hostile: Path, bpo_quiz: Run) -> None:
    text = bpo_quiz("guide", "--all", "--format", "md", "--data", str(hostile)).stdout
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    kinds = {token.type for token in tokens} | {kid.type for token in tokens for kid in token.children or ()}
    assert not kinds & {
        "link_open",
        "image",
        "html_block",
        "html_inline",
        "table_open",
        "code_inline",
        "em_open",
        "fence",
    }
    said = ["".join(kid.content for kid in token.children or ()) for token in tokens if token.type == "inline"]
    assert sum(SHOWN in one for one in said) >= 15


def test_u02_json_keeps_hostile_text_escaped(hostile: Path, bpo_quiz: Run) -> None:
    run = bpo_quiz("guide", "m", "--format", "json", "--data", str(hostile))
    assert run.stdout.isascii()
    assert json.loads(run.stdout)["metrics"][0]["formula"] == SHOWN.replace("\\x1b", "\x1b").replace(
        "\\u202e", "\u202e"
    ).replace("\\x9b", "\x9b")


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


def test_a_guide_changes_no_fingerprint(hostile: Path) -> None:
    from bpo_quiz.catalogue.load import load

    assert load(hostile).sha256 == load(BAKERY).sha256

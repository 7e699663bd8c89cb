from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.clean import clean
from bpo_quiz.document import Bar, BarChart, BarGroup, Figure, Ladder, Rung
from bpo_quiz.writers.charts import pictures
from bpo_quiz.writers.svg import FLUID, Frame, broken, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXED = Frame(300, 280)
SVG = "{http://www.w3.org/2000/svg}"
BARS = BarChart(
    (
        BarGroup("", (Bar("One", "50 / 75", "you 50, the role asks 75", 50.0, 60.0, 75.0, 13.0),)),
        BarGroup("More", (Bar("Two", "?", "you not known", None),)),
    ),
    "level", "outer", "mark", "error",
)  # fmt: skip
LADDER = Ladder(
    (
        Rung("start", "Rep", "today"),
        Rung("step", "Lead", "after 1 year"),
        Rung("goal", "Boss", "best"),
        Rung("later", "Top", "perhaps"),
    )
)


def trees(figure: Figure, frame: Frame = FIXED) -> Iterator[ElementTree.Element]:
    for one in pictures(figure, "x", frame):
        yield ElementTree.fromstring(one.svg)  # noqa: S314 - our own


@pytest.mark.parametrize("chart", [BARS, LADDER], ids=["bars", "ladder"])
@pytest.mark.parametrize("frame", [FIXED, FLUID, FIXED._replace(background=True)], ids=["fixed", "fluid", "alone"])
def test_a_chart_tells_in_words_what_it_shows(chart: BarChart | Ladder, frame: Frame) -> None:
    drawn = list(trees(Figure("Caption", chart), frame))
    told = " ".join(tree.findtext(f"{SVG}desc") or "" for tree in drawn)
    shown = " ".join(text for tree in drawn for element in tree.iter(f"{SVG}text") for text in element.itertext())
    wanted = ["you 50, the role asks 75", "level", "error"] if chart is BARS else ["Lead: after 1 year", "Top: perhaps"]
    assert all(one in told for one in wanted)
    assert all(name in shown for name in (("One", "Two", "More") if chart is BARS else ("Rep", "Lead", "Boss", "Top")))
    for tree in drawn:
        title, words = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
        assert title is not None
        assert words is not None
        assert tree.get("role") == "img"
        assert tree.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"


def test_bars_are_as_long_as_their_levels() -> None:
    _, first, second = trees(Figure("", BARS), Frame(204, 200))
    widths = [float(box.get("width") or 0) for box in first.iter(f"{SVG}rect")]
    assert widths == [200, 120, 100]
    assert len(list(second.iter(f"{SVG}rect"))) == 1, "what is not known has no bar"


def test_only_what_is_used_has_a_key() -> None:
    (key, _) = pictures(Figure("", BarChart((BarGroup("", ()),), "level")), "x", FIXED)
    assert key.words == "level."


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=300))
def test_u03_words_of_any_length_and_script_stay_in_the_picture(text: str) -> None:
    name = clean(text)
    chart = BarChart((BarGroup(name, (Bar(name, "10 / 20", name, 10.0),)),), name)
    for figure in (Figure(name, chart), Figure(name, Ladder((Rung("start", name, name),)))):
        for tree in trees(figure):
            height = float(tree.get("height") or 0)
            for line in tree.iter(f"{SVG}text"):
                assert 0 < float(line.get("y") or -1) < height
                size = float(line.get("font-size") or 13)
                if line.get("text-anchor") != "end":
                    assert float(line.get("x") or 0) + width_of(line.text or "", size) <= 300


@given(st.text(max_size=180))
def test_breaking_lines_loses_nothing(text: str) -> None:
    assert "".join("".join(broken(text, 100)).split()) == "".join(text.split())


def test_what_is_cut_shows_that_it_is() -> None:
    assert "".join(broken("W" * 500, 100)).endswith("...")


def test_u06_a_name_is_never_markup() -> None:
    name = "<script>x</script>\"' &amp;"
    for tree in trees(Figure(name, BarChart((BarGroup(name, (Bar(name, name, name, 1.0),)),), name))):
        assert not list(tree.iter(f"{SVG}script"))
        assert name in "".join(tree.itertext())
    assert not re.search(r"<script", pictures(Figure(name, LADDER), "x", FIXED)[0].svg)

"""Markdown: what people wrote is shown as it is, by two engines that know nothing of each other."""

from __future__ import annotations

import base64
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import mistune
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pages.pages import foreign, small

from bpo_quiz.clean import clean
from bpo_quiz.writers.markdown import escape, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = (
    "| a | b |", "`code`", "``` fence", "[x](javascript:alert(1))", "![x](http://e)", "<img src=x onerror=alert(1)>",
    "# title", "- item", "+ item", "* item", "1. item", "1) item", "> quote", "***", "---", "===", "&lt;b&gt;",
    "**bold** _it_ ~~gone~~", "https://example.com", "www.example.com", "example.com", "me@example.com", "\\", "\\|",
    "<https://e.com>", "[x]: http://e", "[^1]", "a  ", "$x^2$", ":bomb:", "[bold]x[/]", "[link=http://e]x", "[TODO]",
    "%s {0.__class__} ${HOME} {{7*7}} {% raw %}", "<!-- x", "<![CDATA[x", "&#x41;", "a\\", "~~~", "    four",
)  # fmt: skip
ANYTHING = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from("ab1 .|`*_[]()<>!#&~\\-+=:/@$\"'\n{}%"), min_size=1, max_size=12),
    st.text(min_size=1, max_size=12),
)
PLUGINS = ["table", "url", "strikethrough", "task_lists", "footnotes"]
ENGINES: dict[str, Callable[[str], object]] = {
    "markdown-it": MarkdownIt("gfm-like", {"linkify": True}).render,
    "mistune": mistune.create_markdown(escape=False, plugins=PLUGINS),
}


class Read(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Read:
    reader = Read()
    reader.feed(page)
    reader.close()
    return reader


def page(inside: str, alone: str) -> str:
    """A text in eight places."""
    table = f"| a | b |\n| --- | --- |\n| {inside} | {inside} |"
    return f"# {inside}\n\n{alone}\n\n* {alone}\n\n> {alone}\n\n{table}\n\n**x {inside}**\n\n* **{inside}:** x\n"


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=80)
@given(text=ANYTHING)
def test_u06_an_escaped_text_is_shown_as_it_is_wherever_it_stands(engine: str, text: str) -> None:
    told = escape(text, inside=True)
    shown, usual = (read(str(ENGINES[engine](page(*one)))) for one in ((told, escape(text)), ("x", "x")))
    empty = not clean(text).strip()
    assert shown.elements == usual.elements or empty
    assert squeezed(shown.text).count(squeezed(clean(text))) >= 8 or empty


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", HOSTILE)
def test_u01_u06_u07_a_page_full_of_markup_has_the_elements_of_any_other(engine: str, text: str) -> None:
    shown, usual = (
        read(str(ENGINES[engine](markdown(foreign("result-for-counsellor", one))))) for one in (text, "xxx")
    )
    assert shown.elements == usual.elements
    assert squeezed(clean(text)) in squeezed(shown.text)


def test_the_way_is_a_picture_of_its_own_and_a_list() -> None:
    told = markdown(small("result-paper"))
    ((alt, data),) = re.findall(r"!\[(.*)\]\(data:image/svg\+xml;base64,(.*)\)", told)
    picture = ElementTree.fromstring(base64.b64decode(data))  # noqa: S314 - our own
    assert picture.tag.endswith("svg")
    for part in alt.split(". ")[1:]:
        assert part.split(":")[0] in told.split(data)[1]


def test_ordinary_text_stays_readable() -> None:
    for text in ("Quality analyst (today)", "1-3 years; fits you best", "+10", "e.g. 7.5 hours, 'late' shifts: yes"):
        assert escape(text, inside=True) == text

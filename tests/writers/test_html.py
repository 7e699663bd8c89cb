"""HTML: one file, no script, nothing from elsewhere, and foreign text is text."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from pages.pages import foreign, small

from bpo_quiz.clean import clean
from bpo_quiz.writers.html import html

VOID = {"meta", "wbr", "br", "rect", "line", "circle"}


class Page(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_u02_u03_any_text_is_shown_cleaned_and_nothing_else(text: str) -> None:
    page = html(foreign("result-for-counsellor", text))
    assert squeezed(clean(text)) in squeezed(Page(page).text)
    page.encode("utf-8")


def test_u06_nothing_is_fetched_and_nothing_runs() -> None:
    page = Page(html(small("result-for-counsellor")))
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.elements)
    assert not [one for one in page.attributes if one[1] in ("src", "srcset", "style") or one[1].startswith("on")]
    assert {value[0] for _, name, value in page.attributes if name == "href"} == {"#"}
    source = html(small("result-paper"))
    assert "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" in source
    assert not re.search(r"url\(|@import", source)


def test_every_link_leads_to_a_part_and_every_id_is_one() -> None:
    page = Page(html(small("result-for-counsellor")))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for _, name, value in page.attributes if name == "href"} <= set(ids)
    for _, name, value in page.attributes:
        if name == "aria-labelledby":
            assert set(value.split()) <= set(ids)


def test_a_title_of_more_than_one_line_stays_in_the_head() -> None:
    assert Page(html(small("result-paper"))).elements["title"] == 1 + html(small("result-paper")).count('role="img"')

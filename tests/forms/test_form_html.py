from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hostile import TEXTS, hostile_catalogue

from bpo_quiz.catalogue.load import load
from bpo_quiz.clean import clean
from bpo_quiz.forms.printed import form_html
from bpo_quiz.sitting.about_form import all_questions

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


class Page(HTMLParser):
    """Which elements a page has, with their attributes, and the text of all but style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


@pytest.fixture(scope="module")
def shipped() -> str:
    return form_html(load())


def test_the_page_asks_every_item_with_its_options_and_prefers_none(shipped: str, catalogue: Catalogue) -> None:
    page = Page(shipped)
    for item in catalogue.items():
        inputs = [attributes for _, attributes in page.elements if attributes.get("name") == f"item {item.id}"]
        assert [attributes["value"] for attributes in inputs] == ["0", "1", "2", "3", "4", "null"]
        for text in (item.prompt, item.help, *item.options):
            assert text in page.text
    assert not any("checked" in attributes for _, attributes in page.elements)
    assert page.count("fieldset") == page.count("legend") == 64 + len(all_questions(catalogue))


def test_only_the_page_s_own_script_may_run_and_nothing_may_be_fetched(shipped: str) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", shipped, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', shipped)
    assert len(policy) == 1
    assert policy[0].split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not re.search(r"https?:|//[a-z]|url\(|@import|\b(?:src|srcset|action|ping)=|fetch|XMLHttp", shipped)


def test_the_script_is_the_same_for_every_catalogue_and_the_page_for_the_same(
    shipped: str, catalogue: Catalogue
) -> None:
    def script(page: str) -> str:
        return page.rsplit("<script>", 1)[1]

    assert script(shipped) == script(form_html(hostile_catalogue()))
    assert form_html(catalogue) == shipped


def test_u01_u02_u06_u07_texts_of_a_catalogue_never_become_elements() -> None:
    catalogue = hostile_catalogue()
    text = form_html(catalogue)
    page = Page(text)
    calm = Page(form_html(load()))
    known = {(tag, name) for tag, attributes in calm.elements for name in attributes}
    assert {(tag, name) for tag, attributes in page.elements for name in attributes} <= known
    assert (page.count("script"), page.count("img"), page.count("b"), page.count("style")) == (1, 0, 0, 1)
    assert page.count("fieldset") == 4 + len(all_questions(catalogue))
    for foreign in TEXTS:
        assert clean(foreign) in page.text
    assert not any(character in text for character in "\x1b\x9b\x07\u202e\u2066\u2028")


def test_values_are_written_as_answer_files_have_them(shipped: str) -> None:
    told: dict[str, set[str]] = {}
    for _, attributes in Page(shipped).elements:
        if (attributes.get("name") or "").startswith("about "):
            told.setdefault(str(attributes["name"]).split()[1], set()).add(str(attributes["value"]))
    assert {json.loads(value) for value in told["targets"]} == {True, False, None}
    assert 0.5 in {json.loads(value) for value in told["years"]}
    assert {json.loads(value) for value in told["shifts"]} == {"day", "evening", "night", "weekend"}

"""The HTML report as a browser sees it: quiet, offline, good for everybody, on screens and on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Watch, needs_chromium, running
from pages.pages import foreign, shipped
from pypdf import PdfReader

from bpo_quiz.writers.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from bpo_quiz.document import Document

pytestmark = needs_chromium
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
CUT_OFF = """() => [...document.querySelectorAll("body *")]
    .filter(one => !one.closest(".hidden, .skip, thead") && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as found:
        yield found


class Opened:
    """A page that was opened, and all that it did that it should not."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, **look: Any) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900}, **look)
        self._watch = Watch(self.page, file)
        self.page.goto(file.as_uri())

    @property
    def complaints(self) -> list[str]:
        return self._watch.complaints


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return written(tmp_path, shipped("result-paper"))


def written(folder: Path, page: Document) -> Path:
    file = folder / "result.html"
    file.write_text(html(page), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("width", "scheme", "name"),
    [
        (390, "light", "result-paper"),
        (820, "dark", "path"),
        (1280, "light", "result-for-counsellor"),
        (390, "dark", "roles-side-by-side"),
    ],
)
def test_a_page_is_quiet_asks_for_nothing_fits_and_is_good_for_everybody(
    browser: Browser, tmp_path: Path, width: int, scheme: str, name: str
) -> None:
    file = written(tmp_path, shipped(name))
    opened = Opened(browser, file, width, color_scheme=scheme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate(CUT_OFF) == []
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra dev)")
    found = axe.Axe().run(opened.page)
    assert [one["id"] for one in found.response["violations"]] == []
    assert opened.complaints == []
    opened.page.close()


@pytest.mark.parametrize("paper", SIZES)
def test_printing_gives_whole_pages(browser: Browser, client: Path, paper: str) -> None:
    opened = Opened(browser, client, color_scheme="dark")
    pages = PdfReader(io.BytesIO(opened.page.pdf(format=paper, print_background=True))).pages
    assert 4 <= len(pages) <= 14
    for n, page in enumerate(pages, 1):
        assert tuple(map(round, page.mediabox[2:])) == pytest.approx(SIZES[paper], abs=2)
        text = page.extract_text()
        assert f"{n} / {len(pages)}" in text
        assert len(text) > 60, "no page is empty"
    opened.page.close()


def test_no_row_and_no_chart_is_torn_in_print(browser: Browser, client: Path) -> None:
    opened = Opened(browser, client)
    opened.page.emulate_media(media="print")
    for selector in ("tr", ".panel", ".facts", "figure.single"):
        rules = opened.page.eval_on_selector_all(selector, "all => all.map(one => getComputedStyle(one).breakInside)")
        assert set(rules) == {"avoid"}, selector
    assert opened.page.eval_on_selector("body", "one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert not opened.page.is_visible("nav")
    opened.page.close()


def test_the_keyboard_reaches_every_link_and_the_first_skips_to_the_result(browser: Browser, client: Path) -> None:
    page = Opened(browser, client).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    links = page.locator("nav a").count()
    page.locator("nav summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(links):
        assert page.evaluate("document.activeElement.tagName") == "A"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Tab")
    page.close()


@pytest.mark.parametrize(
    "text", ["W" * 400, "<script>window.ran = 1</script>", "\"><img src=x onerror='window.ran = 1'>"]
)
def test_u06_hostile_names_run_nothing_ask_for_nothing_and_fit(browser: Browser, tmp_path: Path, text: str) -> None:
    opened = Opened(browser, written(tmp_path, foreign("result-for-counsellor", text)), 390)
    assert opened.complaints == []
    assert opened.page.evaluate("window.ran") is None
    assert opened.page.evaluate(CUT_OFF) == []
    opened.page.close()

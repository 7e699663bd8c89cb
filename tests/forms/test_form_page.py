"""The page of `form` in a real browser, by keys alone."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Watch, needs_chromium, running
from hostile import hostile_catalogue

from bpo_quiz.answers.answer_file import read_answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.forms.printed import form_html
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

    from bpo_quiz.catalogue.model import Catalogue, Item

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = needs_chromium
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
TOLD = {
    "current_role": "none", "years": 2, "fields": ["customer_service", "back_office"], "english": "C1",
    "languages": {"fr": "B1"}, "typing": 40, "shifts": ["day", "night"], "site": ["home"], "targets": False,
}  # fmt: skip
TAB = "Tab"
TYPED = (
    ("where", "1"), ("years", "4"), ("fields", "24"), ("education", "0"), ("english", "5"), ("languages", "6"),
    ("languages.fr", "3"), ("typing", "3"), ("shifts", "13"), ("site", "2"), ("targets", "2"),
)  # fmt: skip
"""Questions, with the keys for `TOLD`: in a list of boxes a number marks one, and Tab goes on from there."""
LEFT_OUT, PASSED, BY_ARROWS = 20, 7, 10


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running() as browser:
        yield browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("form") / "form.html"
    file.write_text(form_html(load()), encoding="utf-8")
    return file


@contextlib.contextmanager
def opened(browser: Browser, file: Path, size: ViewportSize, **more: Any) -> Iterator[Page]:
    """The page in a window of its own, which must not complain."""
    with contextlib.closing(browser.new_context(viewport=size, **more)) as window:
        page = window.new_page()
        watch = Watch(page, file)
        page.goto(file.as_uri())
        yield page
        assert watch.complaints == []


def group(page: Page) -> str:
    """The question that has the focus: the id of an item, or the key of a question about the person."""
    found: str = page.evaluate(
        "() => { const at = document.activeElement.closest('fieldset');"
        " return at ? at.dataset.item || at.dataset.about : document.activeElement.id; }"
    )
    return found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, wanted: str, key: str = TAB) -> None:
    for _ in range(400):
        if group(page) == wanted:
            return
        press(page, key)
    raise AssertionError(f"{wanted} is never reached by {key}")


def value(number: int) -> int | None:
    """The answer to a question, 0-4; None: had not had the chance."""
    return None if number == PASSED else (3 * number + number // 5) % 5


def answer(page: Page, items: Sequence[Item], numbers: Iterable[int]) -> None:
    for number in numbers:
        assert group(page) == items[number - 1].id
        given = value(number)
        if number == LEFT_OUT:
            tab_to(page, items[number].id)
        elif number == BY_ARROWS:
            press(page, "Space", *["ArrowDown"] * (given or 0))
            tab_to(page, items[number].id)
        else:
            press(page, "0" if given is None else str(given + 1))


def violations(page: Page, within: str | None = None) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra dev)")
    found = axe.Axe().run(page, context=within).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_filled_in_by_keys_the_page_gives_a_file_that_scores_to_the_same_bytes(
    browser: Browser, file: Path, size: ViewportSize, catalogue: Catalogue, bpo_quiz: Run, tmp_path: Path
) -> None:
    items = full_order(catalogue)
    with opened(browser, file, size) as page:
        assert page.locator("input:checked").count() == 0
        for wanted, keys in TYPED:
            tab_to(page, wanted)
            press(page, *keys)
        answer(page, items, range(1, 33))
        page.reload()
        assert page.text_content("#count") == "31 of 64 answered"
        tab_to(page, items[32].id)
        answer(page, items, range(33, 65))
        assert group(page) == "save"
        tab_to(page, "alias", "Shift+Tab")
        page.keyboard.type("Ana-Maria /../2")
        press(page, "Shift+Tab")
        assert page.evaluate("document.activeElement.textContent") == f"{LEFT_OUT}: {items[LEFT_OUT - 1].prompt}"
        press(page, "Enter")
        assert group(page) == items[LEFT_OUT - 1].id
        press(page, str((value(LEFT_OUT) or 0) + 1))
        assert page.is_visible("#complete")
        assert page.text_content("#said") == "64 of 64 answered"
        tab_to(page, "save")
        with page.expect_download() as saving:
            press(page, "Enter")
        assert saving.value.suggested_filename == "bpo-quiz-answers-ana-maria-2.json"
        saved = tmp_path / "saved.json"
        saving.value.save_as(saved)
        assert page.input_value("#text") == saved.read_text(encoding="utf-8")
    answers = {item.id: value(number) for number, item in enumerate(items, 1)}
    assert read_answers(str(saved), catalogue).catalogue == catalogue.sha256
    by_hand = tmp_path / "by-hand.json"
    by_hand.write_text(json.dumps({"format": "bpo-quiz/answers@1", "answers": answers, "about": TOLD}), "utf-8")
    scored, expected = (bpo_quiz("start", "--answers", str(one), "--format", "json") for one in (saved, by_hand))
    assert (scored.returncode, scored.stdout) == (0, expected.stdout)


@pytest.mark.parametrize(
    ("size", "scheme", "whole"), [(PHONE, "light", True), (PHONE, "dark", False), (DESKTOP, "light", False)]
)
def test_u01_u02_u06_no_one_is_kept_out_and_texts_stay_texts(
    browser: Browser, file: Path, tmp_path: Path, size: ViewportSize, scheme: str, whole: bool
) -> None:
    if not whole:  # a form of four items has everything that one of 64 has, and is looked through sooner
        file = tmp_path / "small.html"
        file.write_text(form_html(hostile_catalogue()), encoding="utf-8")
    with opened(browser, file, size, color_scheme=scheme) as page:
        tab_to(page, "where")
        press(page, "2", "1", "2")
        page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.locator("img, b, main script").count() == 0
        assert violations(page) == []
        page.evaluate("document.getElementById('clear').focus()")
        press(page, "Enter")
        assert page.is_visible("#sure")
        assert violations(page, "#sure") == []


def test_clearing_asks_first_and_leaves_nothing_behind(browser: Browser, file: Path) -> None:
    with opened(browser, file, PHONE) as page:
        tab_to(page, "where")
        press(page, "1", "2")
        tab_to(page, "clear")
        press(page, "Enter", "Enter")  # the first button of the question keeps them
        assert page.locator("input:checked").count() == 2
        press(page, "Enter", TAB, "Enter")
        assert page.locator("input:checked").count() == 0
        assert page.text_content("#said") == "All answers are cleared."
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert page.locator("input:checked").count() == 0


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, file: Path) -> None:
    with opened(browser, file, PHONE) as page:
        assert page.is_hidden("#forgetful")
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
        page.reload()
        assert page.is_visible("#forgetful")
        tab_to(page, "where")
        press(page, "1")
        assert page.locator("input:checked").count() == 1


def test_without_javascript_the_page_says_what_to_do(browser: Browser, file: Path) -> None:
    with opened(browser, file, PHONE, java_script_enabled=False) as page:
        assert page.is_visible("#asleep")
        assert page.is_hidden("#form")
    with opened(browser, file, PHONE) as page:
        assert page.is_hidden("#asleep")
        assert page.is_visible("#form")


def test_answers_to_one_catalogue_do_not_stand_in_the_form_of_another(
    browser: Browser, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.html"
    other.write_text(form_html(hostile_catalogue()), encoding="utf-8")
    with contextlib.closing(browser.new_context()) as window:
        page = window.new_page()
        page.goto(file.as_uri())
        tab_to(page, "where")
        press(page, "1")
        page.goto(other.as_uri())
        assert page.locator("input:checked").count() == 0
        page.goto(file.as_uri())
        assert page.locator("input:checked").count() == 1

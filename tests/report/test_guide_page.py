from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from rich.console import Console  # noqa: TID253 - what is tested is Rich output

from bpo_quiz.as_dict import fields_of
from bpo_quiz.catalogue.read_guide import load_guide
from bpo_quiz.report.guide import guide_markdown, guide_page, guide_plain

if TYPE_CHECKING:
    from bpo_quiz.catalogue.guide_model import Guide, Metric, Topic
    from bpo_quiz.catalogue.model import Catalogue


@pytest.fixture(scope="module")
def guide(catalogue: Catalogue) -> Guide:
    found = load_guide(catalogue)
    assert found is not None
    return found


def drawn(guide: Guide, chosen: list[Topic | Metric], width: int) -> str:
    page = io.StringIO()
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in guide_page.pages(guide, chosen):
        console.print(part)
    return page.getvalue()


def words_before_the_sources(page: str) -> set[str]:
    """Addresses may be longer than a line; nothing else is."""
    return set(re.findall(r"\w+", page.split("\nSources")[0]))


@pytest.mark.parametrize("width", [40, 60, 80, 96])
def test_t08_every_line_fits_no_word_is_broken_and_no_line_is_too_long_to_read_well(width: int, guide: Guide) -> None:
    selections: list[list[Topic | Metric]] = [[], [guide.metrics["aht"]], list(guide.topics.values())]
    for chosen in selections:
        page = drawn(guide, chosen, width)
        assert max(map(len, page.splitlines())) <= min(width, guide_page.WIDEST)
        plain = "\n".join(guide_plain.pages(guide, chosen))
        assert words_before_the_sources(page) == words_before_the_sources(plain.replace(" Source: ", " "))


@pytest.mark.parametrize("form", ["table", "plain", "md"])
def test_no_word_of_the_guide_is_lost(form: str, guide: Guide) -> None:
    every: list[Topic | Metric] = list(guide.topics.values())
    if form == "table":
        page = drawn(guide, every, 80)
    elif form == "plain":
        page = "\n".join(guide_plain.pages(guide, every))
    else:
        page = guide_markdown.pages(guide, every).replace("\\", "")
    page = re.sub(r"[\s│>]+", " ", page)
    for text in set().union(*map(pieces, every)):
        assert " ".join(text.split()) in page, text


def pieces(page: object) -> set[str]:
    """Every text of a record, however deep, but ids and kinds."""
    if isinstance(page, str):
        return {page}
    if not isinstance(page, tuple):
        return set()
    hidden = {"id", "kind", "source", "confidence", "name", "also", "kpis", "numbered"}
    shown = [getattr(page, name) for name in fields_of(page) if name not in hidden] if fields_of(page) else page
    return set().union(*map(pieces, shown))


def test_an_empty_line_parts_what_does_not_belong_together(guide: Guide) -> None:
    page = [line.rstrip() for line in drawn(guide, [guide.topics["measures_contact"]], 80).splitlines()]
    assert page[0] == ""
    assert page[1] == "Measures of calls and chats"
    assert page[page.index("How fast") - 1] == ""
    assert page[page.index("How fast") + 1 : page.index("How fast") + 3] == ["", "Service level"]
    assert not any(one == two == "" for one, two in pairwise(page))


def test_many_links_are_told_by_kind_and_few_one_by_one(guide: Guide) -> None:
    many = "\n".join(guide_plain.pages(guide, [guide.topics["career_paths"]]))
    few = "\n".join(guide_plain.pages(guide, [guide.topics["ai"]]))
    assert "Roles (bpo-quiz roles ID): customer_service_rep, sales_rep," in many
    assert "Topics (bpo-quiz guide ID): leadership, certificates" in many
    assert "Service delivery manager: bpo-quiz roles service_delivery_manager" in few

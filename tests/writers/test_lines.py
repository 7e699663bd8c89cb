"""What several lines, and labels, are in each format."""

from __future__ import annotations

import pytest
from pages.pages import on_screen

from bpo_quiz.document import Detail, Document, Entries, Entry, Section
from bpo_quiz.writers.html import html
from bpo_quiz.writers.markdown import markdown
from bpo_quiz.writers.plain import plain

LINES = ("Would like an early shift.", "- not on Fridays", "Next: a talk.")
WRITERS = {"screen": on_screen, "plain": lambda page: "\n".join(plain(page)), "md": markdown, "html": html}


def shown(writer: str, *details: Detail) -> str:
    page = Document("Page", (Section("x", "", (Entries((Entry("Note", details),)),)),))
    return "\n".join(line.rstrip() for line in WRITERS[writer](page).splitlines())


@pytest.mark.parametrize(
    ("writer", "joint"), [("screen", "\n    "), ("plain", "\n   "), ("md", "\\\n    "), ("html", "<br>")]
)
def test_lines_without_a_label_are_one_text(writer: str, joint: str) -> None:
    lines = [line.replace("- not", "\\- not") if writer == "md" else line for line in LINES]
    assert joint.join(lines) in shown(writer, Detail("", LINES))


@pytest.mark.parametrize(
    ("writer", "list_"),
    [
        ("screen", "Gates       one\n            two"),
        ("plain", "   Gates: one\n   Gates: two"),
        ("md", "* Gates:\n    * one\n    * two"),
        ("html", "<ul><li>one</li><li>two</li></ul>"),
    ],
)
def test_lines_under_a_label_are_a_list(writer: str, list_: str) -> None:
    assert list_ in shown(writer, Detail("Gates", ("one", "two")))

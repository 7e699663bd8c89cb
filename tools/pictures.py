"""Draws the pictures of the README and the docs from the current program: `python tools/pictures.py`.

The example person is docs/example-answers.json, and comes back once. `--check` only says whether the pictures are
current; a page of paper counts as current when what it was made from has not changed.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from bpo_quiz.answers.answer_file import read_answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.commands.afterwards import EVERY_KEY
from bpo_quiz.document import cleaned
from bpo_quiz.pages import desk, first_page, result
from bpo_quiz.results.clients import SessionLine, compare
from bpo_quiz.results.occasion import Occasion
from bpo_quiz.results.result import build
from bpo_quiz.store.talks import Agreement, Talk
from bpo_quiz.terminal.key_line import hints
from bpo_quiz.writers.pdf import as_data
from bpo_quiz.writers.screen import screen
from bpo_quiz.writers.typst import TEMPLATES

if TYPE_CHECKING:
    from bpo_quiz.document import Document

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = str(DOCS / "example-answers.json")
PICTURES = DOCS / "pictures"
DOTS_AN_INCH = 90
PAGES = {"paper-first": 0, "paper-way": 3}
"""Picture -> page of the client's PDF."""

MADE_FROM = PICTURES / "paper.sha256"

FIRST, SECOND = "2026-05-04T09:30:00+00:00", "2026-11-09T14:00:00+00:00"
AGREED = "By June: score a recorded call with Sam on ten points and compare; take the free spreadsheet course."
GROWN = {"data_management": 2, "compliance": 1}
"""Skill -> steps that the example person has gone up by the second session."""

# Rich's template names a web font; a picture here loads nothing from anywhere.
_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)

catalogue = load()
answers = read_answers(EXAMPLE, catalogue)


def drawn(page: Document, title: str, below: str = "") -> str:
    """A page on an 80-column terminal as a picture; `below`: what stands under it."""
    console = Console(
        record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    for part in screen(cleaned(page)):
        console.print(part)
    if below:
        console.print(f"\n{below}", style="italic", highlight=False)
    return console.export_svg(title=title, code_format=_SVG, unique_id="bpo-quiz") + "\n"


def result_svg() -> str:
    """The first page of the example person, with its keys."""
    page = first_page.page(build(catalogue, answers), Occasion("ZE3-V5Q", alias="Ana"))
    return drawn(page, "bpo-quiz start", "  ".join(hints(EVERY_KEY, "")))


def compare_svg() -> str:
    """The example person before and after half a year."""
    responses = dict(answers.responses)
    for skill, steps in GROWN.items():
        for item in catalogue.skills[skill].items:
            value = responses[item.id]
            responses[item.id] = None if value is None else min(4, value + steps)
    reports = build(catalogue, answers), build(catalogue, answers._replace(responses=responses))
    then = SessionLine("ZE3-V5Q", FIRST, FIRST, None, reports[0])
    now = SessionLine("WG3-MVE", SECOND, SECOND, None, reports[1])
    talk = Talk((Agreement(FIRST, AGREED),))
    return drawn(desk.comparison(compare("Ana", then, now, talk)), "bpo-quiz client compare Ana")


def paper_pages() -> dict[Path, bytes]:
    """Pages of the PDF that the example person gets; none when they are current."""
    occasion = Occasion(code="ZE3-V5Q", date=FIRST, alias="Ana")
    page = result.paper(build(catalogue, answers), answers, occasion, top=10, with_name=False)
    data = json.dumps({"paper": "a4", **as_data(cleaned(page)), "unshown": False})
    mark = hashlib.sha256(data.encode() + (TEMPLATES / "page.typ").read_bytes()).hexdigest() + "\n"
    if MADE_FROM.exists() and MADE_FROM.read_text(encoding="ascii") == mark:
        return {}
    pages = typst.compile(
        TEMPLATES / "page.typ",
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="png",
        ppi=90,
    )
    return {
        MADE_FROM: mark.encode(),
        **{PICTURES / f"{name}.png": bytes(pages[number]) for name, number in PAGES.items()},
    }


def main() -> int:
    """Draw, or check; 1 when a picture is out of date."""
    terminals = {"result": result_svg(), "compare": compare_svg()}
    current = {PICTURES / f"{name}.svg": svg.encode() for name, svg in terminals.items()} | paper_pages()
    old = [file for file, content in current.items() if not file.exists() or file.read_bytes() != content]
    if "--check" in sys.argv:
        for file in old:
            sys.stderr.write(f"{file.name} is out of date; run: python tools/pictures.py\n")
        return int(bool(old))
    for file in old:
        file.write_bytes(current[file])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Every page in every format: nothing steers, nothing is lost, everything fits. Pages are named in `pages.py`."""

from __future__ import annotations

import io
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from rich.cells import cell_len  # noqa: TID253 - what is tested is Rich output

from bpo_quiz.as_dict import fields_of
from bpo_quiz.clean import clean
from bpo_quiz.document import Document, Figure, Paragraph, Table
from bpo_quiz.writers.html import html
from bpo_quiz.writers.markdown import markdown
from bpo_quiz.writers.pdf import pdf
from bpo_quiz.writers.plain import plain
from pages.pages import PAGES, foreign, on_screen, shipped, small

if TYPE_CHECKING:
    from snapshots import Snapshots

HOSTILE = (
    "[bold]x[/] [link=http://e]y[/] :bomb: \x1b[31m\u202e \x9b {0} %s {{7*7}}",
    "<script>x</script>\"><img src=x onerror='y'> &lt;b&gt; </style><!-- javascript:x",
    "# *a* _b_ `c` | [d](javascript:e) #strong[f] $g$ @h <i> \\ ``` ~",
)
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")


class Browser(HTMLParser):
    """What a browser makes of a page: elements, names of attributes, and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(source.partition("<body>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += tag not in ("wbr", "text")  # how many depends on how long a text is
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def on_paper(page: Document) -> str:
    """The text of a PDF without what stands on every sheet."""
    sheets = PdfReader(io.BytesIO(pdf(page, "a4"))).pages
    every = (squeezed(page.running or page.title), squeezed(page.footer) or "\0")
    text = ""
    for n, sheet in enumerate(sheets, 1):
        shown = squeezed(sheet.extract_text()).removesuffix(f"{n}/{len(sheets)}").removesuffix(every[1])
        text += shown.removeprefix(every[0]) if n > 1 else shown
    return text


WRITERS = {
    "screen": lambda page: on_screen(page, 1000),
    "plain": lambda page: "\n".join(plain(page)),
    "md": markdown,
    "html": lambda page: Browser(html(page)).text,
    "pdf": on_paper,
}
every_page = pytest.mark.parametrize("name", PAGES)
every_writer = pytest.mark.parametrize("writer", WRITERS)


def squeezed(text: str) -> str:
    """Without the spaces, breaks and backslashes that writers put in."""
    return re.sub(r"[\s\u200b\\]", "", text)


def texts(part: Any, writer: str) -> list[str]:
    """What is read of a part of a document; what a figure shows stands beside it, and has tests of its own."""
    match part:
        case str():
            return [part]
        case Figure():
            return []
        case Paragraph(_, "hint") if writer not in ("screen", "plain"):
            return []
        case Table(is_twin=True) if writer == "pdf":
            return []
        case Table():
            told = writer == "plain" or (writer == "pdf" and len(part.columns) > 12)
            titles = [] if told else [column.title for column in part.columns]
            return [*titles, *texts(part.rows, writer)]
        case tuple():
            hidden = {"id", "tone", "told", "to", "running", "footer"}
            names = fields_of(part)
            below = [getattr(part, name) for name in names if name not in hidden] if names else part
            return [text for one in below for text in texts(one, writer)]
    return []


@every_page
@every_writer
def test_every_word_of_a_page_is_in_every_format(name: str, writer: str) -> None:
    page = small(name)
    shown = squeezed(WRITERS[writer](page))
    told = texts(page, writer)
    assert len(told) > 3
    assert [text for text in told if squeezed(text) not in shown] == []


@every_page
@pytest.mark.parametrize("text", HOSTILE)
def test_u01_u02_u06_u07_hostile_text_steers_nothing_and_is_shown_as_it_is(name: str, text: str) -> None:
    page, usual = foreign(name, text), foreign(name, "x")
    for writer, write in WRITERS.items():
        shown = write(page)
        assert not STEERING.search(shown), writer
        assert squeezed(clean(text)) in squeezed(shown), writer
    hostile, harmless = Browser(html(page)), Browser(html(usual))
    assert (hostile.elements, hostile.attributes) == (harmless.elements, harmless.attributes)


@every_page
@pytest.mark.parametrize("width", [40, 60, 80, 96])
def test_t08_a_page_fits_every_window_without_breaking_a_word(name: str, width: int) -> None:
    page = shipped(name)
    lines = on_screen(page, width).splitlines()
    assert max(map(cell_len, lines)) <= width
    known = {*on_screen(page, 1000).split(), *" ".join(plain(page)).split()}
    shown = {word for word in " ".join(lines).split() if any(map(str.isalnum, word))}
    wider = " ".join(word for word in known if len(word) > width or "://" in word)
    assert [word for word in shown - known if word not in wider] == []


@every_page
def test_t09_a_page_needs_no_colour_and_no_sign_beyond_ascii(name: str) -> None:
    shown = on_screen(shipped(name), 80, "ascii")
    assert shown.isascii()
    assert "\x1b" not in shown


@every_page
def test_a_page_reads_as_it_was_looked_at(name: str, snapshots: Snapshots) -> None:
    snapshots.check(f"{name}.md", markdown(small(name)))

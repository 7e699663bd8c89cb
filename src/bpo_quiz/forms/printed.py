"""The questionnaire from templates: one page that works offline and on a phone, or paper."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from bpo_quiz.forms.blank_form import blank_form

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.writers.typst import Tell

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Sizes by the names that people use, with Typst's."""


def form_html(catalogue: Catalogue, consent: tuple[str, ...] = (), alias: str = "") -> str:
    """The page; with an alias its answer file says whose it is.

    Only its own script may run: the policy in its head names the script's hash, and forbids every request.

    The script is the same for every catalogue; it reads what it needs from the page's elements.
    """
    import jinja2
    from markupsafe import Markup

    script = _part("form.js")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("form.html.j2").render(
        form=blank_form(catalogue, consent),
        alias=alias,
        script=Markup(script),  # noqa: S704 - files of this program
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
        style=Markup(_part("form.css")),  # noqa: S704
    )


def form_pdf(catalogue: Catalogue, paper: str = "a4", consent: tuple[str, ...] = (), tell: Tell | None = None) -> bytes:
    """The questionnaire as a PDF, with a strip for keying in below each row of items; `tell`: as for `typst.compile`.

    Raises:
        UsageError: the typst package is not installed.
    """
    from bpo_quiz.writers import typst

    return typst.compile(TEMPLATES / "form.typ", {**blank_form(catalogue, consent), "paper": PAPERS[paper]}, tell)


def _part(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")

"""The questionnaire as one page that works offline and on a phone."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2  # noqa: TID253 - this module is imported only when a page is written
from markupsafe import Markup

from bpo_quiz.report.form.blank_form import blank_form

TEMPLATES = Path(__file__).parent.parent / "templates"

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue


def form_html(catalogue: Catalogue) -> str:
    """The page. Only its own script may run: the policy in its head names the script's hash, and forbids every request.

    The script is the same for every catalogue; it reads what it needs from the page's elements.
    """
    script = _part("form.js")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template("form.html.j2")
    return page.render(
        form=blank_form(catalogue),
        script=Markup(script),  # noqa: S704 - files of this program
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
        style=Markup(_part("form.css")),  # noqa: S704
    )


def _part(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")

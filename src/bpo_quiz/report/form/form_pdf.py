"""The questionnaire on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.form.blank_form import blank_form
from bpo_quiz.report.form.form_html import TEMPLATES
from bpo_quiz.writers import typst as typst_pdf

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Sizes by the names that people use, with Typst's."""


def form_pdf(catalogue: Catalogue, paper: str = "a4") -> bytes:
    """The questionnaire as a PDF, with a strip for keying in below each row of items.

    Raises:
        UsageError: the typst package is not installed.
    """
    return typst_pdf.compile(TEMPLATES / "form.typ", {**blank_form(catalogue), "paper": PAPERS[paper]})

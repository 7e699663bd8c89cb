"""The questionnaire on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import typst_pdf
from bpo_quiz.report.form.blank_form import blank_form

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Sizes by the names that people use, with Typst's."""


def form_pdf(catalogue: Catalogue, paper: str = "a4") -> bytes:
    """The questionnaire as a PDF, with a strip for keying in below each row of items.

    Raises:
        UsageError: the typst package is not installed.
    """
    return typst_pdf.compile("form.typ", {**blank_form(catalogue), "paper": PAPERS[paper]})

"""Data for programs, from what a page computes and never from a document; here, what several records hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import picked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.gates import Check


def catalogue_of(catalogue: Catalogue) -> dict[str, Any]:
    """Which catalogue a record was made with."""
    return picked(catalogue, "name version sha256")


def checks(kind: str, every: Iterable[Check]) -> list[dict[str, Any]]:
    """Gates or conditions."""
    return [{kind: one.name, **picked(one, "needs has state")} for one in every]

"""What several records hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.gates import Check


def catalogue_of(catalogue: Catalogue) -> dict[str, Any]:
    """Which catalogue a record was made with."""
    return {"name": catalogue.name, "version": catalogue.version, "sha256": catalogue.sha256}


def check(kind: str, one: Check) -> dict[str, Any]:
    """A gate or a condition."""
    return {kind: one.name, "needs": one.needs, "has": one.has, "state": one.state}

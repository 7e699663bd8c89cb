"""Data for programs, from what a page computes and never from a document; here, what several records hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import picked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.standing import Hurdle


def catalogue_of(catalogue: Catalogue) -> dict[str, Any]:
    """Which catalogue a record was made with."""
    return picked(catalogue, "name version sha256")


def gates_and_conditions(hurdles: Iterable[Hurdle]) -> dict[str, Any]:
    """Gates, and conditions, each with how often it is so."""
    every = tuple(hurdles)
    return {
        key: [
            {kind: one.check.name, **picked(one.check, "needs has state"), "often": one.often}
            for one in every
            if one.is_gate == (kind == "gate")
        ]
        for key, kind in (("gates", "gate"), ("conditions", "condition"))
    }

"""The stable JSON record of what the doctor found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.store.migrations import NEWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpo_quiz.results.doctor import Finding
    from bpo_quiz.store.diagnosis import Diagnosis

FORMAT = "bpo-quiz/doctor@1"


def doctor(of: Diagnosis, findings: Sequence[Finding]) -> dict[str, Any]:
    """The record, with what each finding says."""
    store = as_dict(of.soundness)
    return {
        "format": FORMAT,
        "sound": all(one.state != "broken" for one in findings),
        **picked(of, "places backup left_behind set_aside synced_by free_bytes"),
        "findings": [as_dict(one) for one in findings],
        "store": {
            **{key: value for key, value in store.items() if key != "indexed"},
            "index": of.soundness.indexed,
            "state": of.soundness.state.name if of.soundness.state else None,
        },
        "schema_known": NEWEST,
    }

"""How hard the tests try: a little in the test run, as hard as docs/reliability.md says with BPO_QUIZ_THOROUGH=1."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("BPO_QUIZ_THOROUGH") == "1"


def times(usually: int, thoroughly: int) -> int:
    """How often something is tried."""
    return thoroughly if THOROUGH else usually

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from effort import times

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = Path(__file__).with_name("killing.py")
ROUNDS = times(50, 1000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for systems that have it")
def test_f01_no_confirmed_answer_is_lost_when_the_writer_is_killed_at_random_moments(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), str(ROUNDS), "1"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for name in ("rounds", "saved", "lost"):
        record_property(f"kill_{name}", found[name])
    assert found["rounds"] == ROUNDS
    assert (found["lost"], found["damaged"], found["left_behind"]) == (0, 0, 0)
    assert found["saved"] > ROUNDS
    assert found["killed_while_saving"] > 0

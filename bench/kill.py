"""Kills a process that saves answers, 1,000 times at random moments, and counts what was lost: `kill.py [ROUNDS]`.

The rounds are those of `tests/store/killing.py`. Exit code 1 when anything confirmed was lost or damaged.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "tests" / "store" / "killing.py"
WORDS = {
    "rounds": "processes killed with SIGKILL",
    "killed_while_opening": "  while they opened the store",
    "killed_while_saving": "  while they saved an answer",
    "saved": "answers confirmed",
    "kept_though_not_confirmed": "answers kept that were not confirmed yet",
    "lost": "confirmed answers or sessions lost",
    "damaged": "records damaged",
    "left_behind": "files left behind after the next start",
}


def main() -> int:
    """Run and print; 1 when something was lost."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed, start = secrets.randbelow(2**32), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, str(SCRIPT), folder, str(rounds), str(seed)]
        done = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own script
    found = json.loads(done.stdout)
    for key, words in WORDS.items():
        sys.stdout.write(f"{found[key]:>8,}  {words}\n")
    sys.stdout.write(f"seed {seed}, {time.perf_counter() - start:.0f} s\n")
    return int(bool(found["lost"] or found["damaged"] or found["left_behind"]))


if __name__ == "__main__":
    raise SystemExit(main())

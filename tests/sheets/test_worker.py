"""A helper process, whose program can end at any moment."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys

import pytest

from bpo_quiz.catalogue.load import load
from bpo_quiz.sheets.blocks import Block
from bpo_quiz.sheets.csv_lines import read_header
from bpo_quiz.sheets.engine import Job, Outcome

CATALOGUE = load()
COLUMNS = read_header(b"id,communication-1", CATALOGUE, "sheets.csv")
JOB = pickle.dumps((Job(CATALOGUE, COLUMNS, 1, False, False), False))
BLOCK = pickle.dumps(Block(b"p1,3\n" * 2_000, 2))


@pytest.mark.parametrize("words", [b"", JOB[:1000], JOB, JOB + BLOCK[:5], JOB + BLOCK[:5000], JOB + BLOCK])
def test_it_ends_quietly_when_its_program_is_gone(words: bytes) -> None:
    """Also in the middle of what it was being told."""
    worker = [sys.executable, "-P", "-m", "bpo_quiz.sheets.worker"]
    done = subprocess.run(worker, input=words, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if words == JOB + BLOCK:
        outcome = pickle.load(io.BytesIO(done.stdout))  # noqa: S301 - our own process
        assert isinstance(outcome, Outcome)
        assert outcome.sheets == 2_000
    else:
        assert done.stdout == b""

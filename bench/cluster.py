"""Scores sheets on a local Dask cluster with `BatchScorer`, and compares with one process: `cluster.py [SHEETS]`.

Needs the extras `cohort` and `bench`. Exit code 1 when the two differ.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded, here and in the workers

import numpy as np
from dask.distributed import Client, LocalCluster

from bpo_quiz.catalogue.load import load
from bpo_quiz.scoring.batch import BatchScorer
from bpo_quiz.sitting.form import full_order

PART = 50_000


def main() -> int:
    """Score here and there, and compare."""
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    catalogue = load()
    scorer = BatchScorer(catalogue, full_order(catalogue), top=5)
    chance = np.random.default_rng(1)
    values = chance.integers(-1, 5, (sheets, len(scorer.items)), dtype=np.int8)
    start = time.perf_counter()
    here = scorer(values)
    alone = time.perf_counter() - start
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        parts = client.scatter([values[n : n + PART] for n in range(0, sheets, PART)])
        start = time.perf_counter()
        there = client.gather(client.map(scorer, parts))
        apart = time.perf_counter() - start
    same = all(
        np.array_equal(column, np.concatenate(pieces), equal_nan=column.dtype.kind == "f")
        for column, pieces in zip(here, zip(*there, strict=True), strict=True)
    )
    sys.stdout.write(
        f"{sheets:,} sheets, some answers missing: one process {alone:.1f} s, a cluster of two {apart:.1f} s\n"
    )
    sys.stdout.write("the same to the bit\n" if same else "NOT the same\n")
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main())

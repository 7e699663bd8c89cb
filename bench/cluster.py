"""Scores sheets with `SheetScorer` on a local Dask cluster: `cluster.py [SHEETS]`.

What it comes to is compared with one process, to the bit. Needs the extras `cohort` and `bench`. Exit code 1 when
something differs.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded, here and in the workers

import numpy as np
from dask.distributed import Client, LocalCluster

from bpo_quiz.catalogue.load import load
from bpo_quiz.scoring.many import SheetScorer
from bpo_quiz.sitting.full_form import full_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bpo_quiz.scoring.many import Ranked

PART = 50_000


def by_dask(scorer: SheetScorer, values: NDArray[np.int8], here: Ranked) -> tuple[float, bool]:
    """Seconds that two Dask workers took, and whether they come to the bits of one process."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        parts = client.scatter([values[n : n + PART] for n in range(0, len(values), PART)])
        start = time.perf_counter()
        there = client.gather(client.map(scorer, parts))
        took = time.perf_counter() - start
    same = all(
        np.array_equal(column, np.concatenate(pieces), equal_nan=column.dtype.kind == "f")
        for column, pieces in zip(here, zip(*there, strict=True), strict=True)
    )
    return took, same


def main() -> int:
    """Score here and there, and compare."""
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    catalogue = load()
    scorer = SheetScorer(catalogue, full_order(catalogue), top=5)
    chance = np.random.default_rng(1)
    values = chance.integers(-1, 5, (sheets, len(scorer.items)), dtype=np.int8)
    start = time.perf_counter()
    here = scorer(values)
    sys.stdout.write(f"{sheets:,} sheets, some answers missing: one process {time.perf_counter() - start:.1f} s\n")
    took, is_same = by_dask(scorer, values, here)
    sys.stdout.write(f"Dask, two workers: {took:.1f} s, {'the same to the bit' if is_same else 'NOT the same'}\n")
    return int(not is_same)


if __name__ == "__main__":
    raise SystemExit(main())

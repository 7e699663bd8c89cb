"""Scores sheets with Spark on this computer, by the example of docs/cohort.md, for `cluster.py`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

    from bpo_quiz.scoring.batch import BatchScorer, Ranked

MEMORY = "1g"
"""What Spark's own process may use."""

MOST = 100_000
"""Sheets whose table and results fit in it with room to spare; four times as many were not done in seven minutes."""


def missing() -> str | None:
    """What Spark needs and is not here."""
    if any(importlib.util.find_spec(name) is None for name in ("pyspark", "pandas", "pyarrow")):
        return "pyspark is not installed (pip install 'pyspark[sql]>=4' 'pandas<3', 500 MB)"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "it needs Java 17 or newer"
    return None


def compared(scorer: BatchScorer, values: NDArray[np.int8], here: Ranked) -> tuple[float, bool]:
    """Seconds that Spark took, and whether it comes to the bits of one process."""
    session = _session()
    try:
        sheets = session.createDataFrame(_table(scorer, values))
        start = time.perf_counter()
        found = _scored(scorer, sheets).toPandas()
        return time.perf_counter() - start, _is_same(found, here)
    finally:
        session.stop()


def _session() -> SparkSession:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else it looks for a python3, which may have no bpo-quiz
    settings = {
        "spark.driver.memory": MEMORY,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _table(scorer: BatchScorer, values: NDArray[np.int8]) -> pd.DataFrame:
    """Small whole numbers, and nulls where an answer is missing."""
    import pandas as pd

    columns = {
        item: pd.arrays.IntegerArray(np.maximum(column, 0), column < 0)
        for item, column in zip(scorer.items, values.T, strict=True)
    }
    return pd.DataFrame({"id": [f"p{n}" for n in range(len(values))], **columns})


def _scored(scorer: BatchScorer, sheets: DataFrame) -> DataFrame:
    import pandas as pd

    def score(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for part in parts:
            ranked = scorer(part[list(scorer.items)].fillna(-1).to_numpy("int8"))
            for place in range(ranked.role.shape[1]):
                role = ranked.role[:, place]
                rows = pd.DataFrame({"id": part["id"], "rank": place + 1, "row": role, "total": ranked.total[:, place]})
                yield rows[(role >= 0) & (ranked.rules & 2 == 0)]

    return sheets.mapInPandas(score, "id string, rank int, row int, total double")


def _is_same(found: pd.DataFrame, here: Ranked) -> bool:
    sheet, place = np.nonzero(here.role >= 0)
    wanted = (sheet, place + 1, here.role[sheet, place], here.total[sheet, place].view(np.int64))
    numbers = (found["id"].str[1:].astype(np.int64), found["rank"], found["row"], found["total"])
    columns = [np.asarray(column) for column in numbers]
    order = np.lexsort((columns[1], columns[0]))
    columns[3] = columns[3].view(np.int64)
    return all(np.array_equal(column[order], one) for column, one in zip(columns, wanted, strict=True))

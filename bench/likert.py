"""The statistics of `catalogue items` and `catalogue rate`, held to published figures or tried on any table.

    python bench/likert.py TABLE.csv [COLUMN | -COLUMN]...    one scale; - turns a column round
    python bench/likert.py FOLDER                             published figures: published.json, bfi.csv, attitude.csv

A table has a line of titles; an empty cell is no answer. Published figures are reproduced to the digits that they have.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from figures import Figure, printed

from bpo_quiz.study.statistics import agreement, analyse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def answers(file: Path, keys: Sequence[str] = ()) -> np.ndarray[Any, Any]:
    """[person, column], those turned round that a key begins with -; all columns without any."""
    with file.open(encoding="utf-8", newline="") as stream:
        titles, *rows = csv.reader(stream)
    table = np.array([[float(cell) if cell not in ("", "NA") else np.nan for cell in row] for row in rows])
    keys = keys or titles
    signs = np.array([-1 if key.startswith("-") else 1 for key in keys])
    chosen = table[:, [titles.index(key.removeprefix("-")) for key in keys]] * signs
    turned = np.where(signs < 0, np.nanmax(-chosen, axis=0) + np.nanmin(-chosen, axis=0), 0.0)
    return chosen + turned


def with_medians(table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The table with each empty cell as the median of its column, as some published figures have it."""
    return np.where(np.isnan(table), np.nanmedian(table, axis=0), table)


def equal(what: str, published: float, found: float | None, digits: int) -> Figure:
    """A figure that should be the published one, to its digits; half a unit more for what was rounded twice."""
    is_met = found is not None and abs(found - published) <= 0.5 * 10**-digits + 1e-9
    return Figure(what, f"{published:.{digits}f}", f"{found:.{digits + 1}f}", is_met)


def all_equal(what: str, published: Iterable[float], found: Iterable[float | None], digits: int) -> Iterator[Figure]:
    """The same for several."""
    for n, (one, other) in enumerate(zip(published, found, strict=True), 1):
        yield equal(f"{what}, item {n}", one, other, digits)


def of_folder(folder: Path) -> Iterator[Figure]:
    """Every published figure that these statistics have."""
    published = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    recomputed = json.loads((folder / "bfi_item_analysis_recomputed.json").read_text(encoding="utf-8"))
    bfi, attitude = published["bfi"], published["attitude"]
    for scale, keys in bfi["keys"].items():
        table, told = answers(folder / "bfi.csv", keys), recomputed[scale]
        found, items = analyse(table.tolist())
        imputed = analyse(with_medians(table).tolist())[0].alpha
        yield equal(
            f"bfi {scale}: alpha, medians imputed", bfi["recomputed_here_median_imputed_alpha"][scale], imputed, 4
        )
        yield equal(f"bfi {scale}: alpha, pairwise", told["alpha_pairwise"], found.alpha, 3)
        for key in ("item_rest", "alpha_if_dropped", "mean", "sd"):
            wanted = [item[key] for item in told["items"]]
            yield from all_equal(f"bfi {scale}: {key}", wanted, [getattr(item, key) for item in items], 3)
        wanted = [item["n"] for item in told["items"]]
        yield from all_equal(f"bfi {scale}: n", wanted, [item.answered for item in items], 0)
    columns = list(attitude["item_rest"])
    found, items = analyse(answers(folder / "attitude.csv", columns).tolist())
    yield equal("attitude: alpha", attitude["alpha"], found.alpha, 2)
    low, high = attitude["duhachek95"]
    yield equal("attitude: lower end", low, found.low, 2)
    yield equal("attitude: upper end", high, found.high, 2)
    for key in ("item_rest", "alpha_if_dropped"):
        yield from all_equal(f"attitude: {key}", attitude[key].values(), [getattr(one, key) for one in items], 2)
    trap = attitude["polarity_trap"]
    turned = [f"-{name}" if name in trap["reversed_by_mistake"] else name for name in columns]
    found, items = analyse(answers(folder / "attitude.csv", turned).tolist())
    yield equal("attitude, two items turned round: alpha", trap["alpha"], found.alpha, 2)
    wrong = [item.item_rest for item, name in zip(items, turned, strict=True) if name.startswith("-")]
    yield from all_equal("the same: item_rest", trap["item_rest"].values(), wrong, 2)
    ratings = published["icc_shrout_fleiss_1979"]
    agreed = agreement(ratings["ratings_6_targets_x_4_judges"])
    yield equal("four judges: ICC(2,1)", ratings["ICC(2,1)"], agreed.one, 2)
    yield equal("four judges: ICC(2,k)", ratings["ICC(2,k)"], agreed.mean, 2)


def of_table(file: Path, keys: Sequence[str]) -> int:
    """Print what is found about one table."""
    found, items = analyse(answers(file, keys).tolist())
    print(found, *items, sep="\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    place = Path(sys.argv[1])
    sys.exit(printed(of_folder(place)) if place.is_dir() else of_table(place, sys.argv[2:]))

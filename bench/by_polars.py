"""The job of `score` for the streaming engine of Polars: complete sheets, no flags: `by_polars.py IN OUT`."""

from __future__ import annotations

import sys
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from bpo_quiz.catalogue.load import load

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Role

TOP = 5
CATALOGUE = load()
ROLES = [CATALOGUE.roles[role] for role in sorted(CATALOGUE.roles)]


def total(parts: list[pl.Expr]) -> pl.Expr:
    """The sum of some columns."""
    return reduce(add, parts)


def match(role: Role) -> pl.Expr:
    """Match by its expanded sums; squares of scores are columns of their own."""
    whole = sum(one.importance + 1 for one in role.skills.values())
    rows = [(skill, (one.importance + 1) / whole, one.level) for skill, one in role.skills.items()]
    off = sum(weight * level for _, weight, level in rows) - total(
        [pl.col(skill) * weight for skill, weight, _ in rows]
    )
    square = total(
        [pl.col(f"{skill}²") * weight - pl.col(skill) * (2 * weight * level) for skill, weight, level in rows]
    )
    square += sum(weight * level**2 for _, weight, level in rows)
    return (100 - (square - 0.75 * off * off) / 25).clip(lower_bound=0)


def readiness(role: Role) -> pl.Expr:
    """Readiness, of every role: which ones will be first is not known yet."""
    asked = sum((one.importance + 1) * one.level for one in role.skills.values())
    met = [pl.col(skill).clip(upper_bound=one.level) * (one.importance + 1) for skill, one in role.skills.items()]
    return total(met) * (100 / asked)


def interest(role: Role) -> pl.Expr:
    """Interest."""
    gaps = [level - pl.col(one) for one, level in role.interests.items()]
    mean = total(gaps) / len(gaps)
    return (100 - (total([gap**2 for gap in gaps]) / len(gaps) - mean**2) / 25).clip(lower_bound=0)


def main() -> None:
    """From file to file."""
    measures = (*CATALOGUE.skills.values(), *CATALOGUE.interests.values())
    scores = [total([pl.col(item.id) for item in one.items]).cast(pl.Float64) * 12.5 for one in measures]
    share = CATALOGUE.settings.interest_weight
    types = {"id": pl.String, **{item.id: pl.UInt8 for item in CATALOGUE.items()}}
    lazy = pl.scan_csv(sys.argv[1], schema=types).select(
        "id", *(score.alias(one.id) for score, one in zip(scores, measures, strict=True))
    )
    lazy = lazy.with_columns((pl.col(skill) * pl.col(skill)).alias(f"{skill}²") for skill in CATALOGUE.skills)
    lazy = lazy.select(
        "id",
        *(match(role).alias(f"match {role.id}") for role in ROLES),
        *(readiness(role).alias(f"readiness {role.id}") for role in ROLES),
        *(interest(role).alias(f"interest {role.id}") for role in ROLES),
    ).with_columns(
        ((1 - share) * pl.col(f"match {role.id}") + share * pl.col(f"interest {role.id}")).alias(f"total {role.id}")
        for role in ROLES
    )
    lazy = lazy.select(
        "id",
        *(pl.concat_list(f"{one} {role.id}" for role in ROLES).alias(one)
          for one in ("total", "match", "readiness", "interest")),
    ).with_columns(row=pl.col("total").list.eval(pl.element().arg_sort(descending=True).head(TOP)))  # fmt: skip
    lazy = lazy.select(
        "id", "row", *(pl.col(one).list.gather("row") for one in ("total", "match", "readiness", "interest")),
        rank=pl.lit([1, 2, 3, 4, 5]),
    ).explode("row", "total", "match", "readiness", "interest", "rank")  # fmt: skip
    roles = pl.Series([role.id for role in ROLES])
    paths = pl.Series([role.path for role in ROLES])
    lazy.select(
        "id",
        "rank",
        pl.col("row").replace_strict(range(len(ROLES)), roles).alias("role"),
        pl.col("row").replace_strict(range(len(ROLES)), paths).alias("path"),
        "total",
        "match",
        "readiness",
        "interest",
    ).sink_csv(sys.argv[2], float_precision=9, engine="streaming")


if __name__ == "__main__":
    main()

"""Measures the shipped catalogue and writes the table into the docs: `python tools/measured_table.py`.

It runs the study of `bpo-quiz catalogue simulate` and rewrites what stands between the two markers in docs/method.md
and CHANGELOG.md. `--people` and `--seed` are those of the study.

`--check whole` runs it again and only says whether both pages are current. `--check few` says so in seconds: beside the
table its checksum is stored, and what the same arithmetic found for a few people. Whoever changes the table, or the
arithmetic, without measuring anew is told.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.scoring.certainty import Belief
from bpo_quiz.study.goals import goals, worlds
from bpo_quiz.study.simulate import study
from bpo_quiz.study.worlds import WORLDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.study.goals import Goal
    from bpo_quiz.study.simulate import Study

ROOT = Path(__file__).parents[1]
METHOD, CHANGELOG = ROOT / "docs" / "method.md", ROOT / "CHANGELOG.md"
BEGIN = "<!-- measured: begin; tools/measured_table.py writes this -->\n"
END = "<!-- measured: end -->\n"
PEOPLE, SEED = 600, 1
STORED = ROOT / "tests" / "data" / "measured-few.json"
FEW, FEW_QUICK = 30, 2
"""People of the quick check, in each of five worlds, and those of them who also take the quick form."""

ALIKE = 1e-5
"""By which numbers differ between processors, at most; one person, or one draw, makes more."""

SHA_DIGITS = 12


def what_was_run(found: Study) -> Iterator[str]:
    """The catalogue, the people, the seed, and what the quick form asked."""
    catalogue = found.catalogue
    items = float(np.concatenate([part.asked for part in found.shorter]).mean())
    minutes = items * catalogue.settings.seconds_per_item / 60
    yield f"* Catalogue: {catalogue.name} {catalogue.version}, sha256 `{catalogue.sha256[:SHA_DIGITS]}`."
    yield (
        f"* People: {found.people:,} in each of five worlds, {found.quick_people:,} of them also with the quick form; "
        f"{found.people:,} careless sheets of each kind. Seed: {found.seed}."
    )
    yield f"* The quick form asked {items:.1f} of {len(catalogue.items())} items on average: {minutes:.1f} minutes."
    yield f"* The same study: `bpo-quiz catalogue simulate --people {found.people} --seed {found.seed}`."


def goal_lines(found: Study) -> Iterator[str]:
    """The table of goals."""
    yield "| | Goal | at | reached | ± | |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for goal in goals(found):
        limit = f"≥ {value(goal, goal.at_least)}" if goal.at_least is not None else f"≤ {value(goal, goal.at_most)}"
        state = "met" if goal.is_met else f"{value(goal, goal.distance)} off"
        reached, margin = value(goal, goal.reached), value(goal, goal.margin)
        yield f"| {goal.row} | {goal.what} | {limit} | {reached} | {margin} | {state} |"


def value(goal: Goal, number: float | None) -> str:
    """A number in the unit of the goal; empty for none."""
    if number is None:
        return ""
    if goal.unit == "share":
        return f"{100 * number:.1f} %"
    return f"{number:.0f}" if goal.unit == "count" else f"{number:.2f}"


def world_lines(found: Study) -> Iterator[str]:
    """How often a person's role is found in each world, in per cent."""
    yield "| World: a person is | top | best | first 3 | best | true top | true first 3 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    what = {world.id: world.what for world in WORLDS}
    for row in worlds(found):
        shares = (row.top1, row.best_top1, row.top3, row.best_top3, row.true_first, row.true_top3)
        yield f"| {row.world}: {what[row.world]} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |"


def pages(found: Study) -> Iterator[tuple[Path, str]]:
    """Each page as it should be. A changelog without markers has no table to keep current."""
    run, table = "\n".join(what_was_run(found)), "\n".join(goal_lines(found))
    yield METHOD, put(METHOD.read_text(encoding="utf-8"), "\n\n".join([run, table, "\n".join(world_lines(found))]))
    changes = CHANGELOG.read_text(encoding="utf-8")
    if BEGIN in changes:
        yield CHANGELOG, put(changes, f"{run}\n\n{table}")


def put(page: str, block: str) -> str:
    """The page with this block between its markers."""
    before, old, after = parts(page)
    if not old:
        raise SystemExit("the markers of the table are missing")
    return f"{before}{BEGIN}\n{block}\n\n{END}{after}"


def parts(page: str) -> tuple[str, str, str]:
    """What stands before, between and after the markers of a page; all before, where it has none."""
    before, _, rest = page.partition(BEGIN)
    block, _, after = rest.partition(END)
    return before, block.strip("\n"), after


def few(catalogue: Catalogue) -> list[float]:
    """What a study of a few people finds: goals with their margins, shares of worlds, items that each was asked.

    And the Totals that are expected of somebody after some answers, where the least change of what is believed shows.
    """
    found = study(catalogue, FEW, SEED, FEW_QUICK, processes=1)
    numbers = [number for goal in goals(found) for number in (goal.reached, goal.margin or 0.0)]
    numbers += [share for row in worlds(found) for share in row[1:]]
    numbers += [asked for part in found.shorter for asked in part.asked.tolist()]
    answers = {item.id: n % (HIGHEST_VALUE + 1) for n, item in enumerate(catalogue.items()[::3])}
    return [*numbers, *Belief(catalogue).expected(answers).values()]


def checksum(page: str) -> str:
    """Of the table on a page."""
    return hashlib.sha256(parts(page)[1].encode()).hexdigest()


def is_as_stored(catalogue: Catalogue) -> bool:
    """Whether the table is the one that was measured, also in the changelog, and a few people give what they gave."""
    method, changes = (page.read_text(encoding="utf-8") for page in (METHOD, CHANGELOG))
    stored = json.loads(STORED.read_text(encoding="ascii"))
    if stored["table"] != checksum(method) or not parts(method)[1].startswith(parts(changes)[1]):
        return False
    found, wanted = few(catalogue), stored["few"]
    alike = (math.isclose(one, other, abs_tol=ALIKE) for one, other in zip(found, wanted, strict=False))
    return len(found) == len(wanted) and all(alike)


def main() -> int:
    """Write, or check; 1 when a page is out of date."""
    words = argparse.ArgumentParser(description="Measure the shipped catalogue; write the table into the docs.")
    words.add_argument("--people", type=int, default=PEOPLE, help="how many, in each of five worlds (600)")
    words.add_argument("--seed", type=int, default=SEED, help="of the random numbers (1)")
    words.add_argument(
        "--check", choices=("few", "whole"), help="write nothing; only say whether the pages are current"
    )
    told, catalogue = words.parse_args(), load()
    if told.check == "few":
        is_current = is_as_stored(catalogue)
    else:
        written = dict(pages(study(catalogue, told.people, told.seed)))
        is_current = all(page.read_text(encoding="utf-8") == text for page, text in written.items())
    if told.check:
        sys.stderr.write("" if is_current else "the table is out of date; run: python tools/measured_table.py\n")
        return 0 if is_current else 1
    for page, text in written.items():
        page.write_text(text, encoding="utf-8")
    stored = {"table": checksum(written[METHOD]), "few": [round(number, 9) for number in few(catalogue)]}
    STORED.write_text(json.dumps(stored) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

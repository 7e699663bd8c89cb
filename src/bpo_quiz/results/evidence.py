"""What real answers say of the questions; about no single person's answers."""

from __future__ import annotations

import math
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.results.small_counts import FEWEST, Kinds, kinds
from bpo_quiz.study.statistics import analyse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Interest, Item, Skill
    from bpo_quiz.study.statistics import ItemFigures, ScaleFigures

FEWEST_TO_SAY, FEWEST_TO_BE_FIRM = 30, 200
"""People from which anything is said of an item, and from which it is said firmly."""

_CROWDED = 0.6
_MANY_WITHOUT_A_CHANCE = 0.25
_LOW_ITEM_REST = 0.2
_AGAINST = -0.1
_CLEARLY_BETTER = 0.02

Verdict = Literal["too few", "works", "against", "apart", "better without", "crowded", "unused", "no chance"]


class ItemLine(NamedTuple):
    """An item with real people.

    Attributes:
        counts: option number, `1` the first one -> people, where they can be shown; `hidden`: in all others together.
        unused: numbers of options that nobody took.
        seconds: median time that it took; None where fewer than 5 people were timed.
    """

    item: str
    prompt: str
    verdicts: tuple[Verdict, ...]
    figures: ItemFigures
    counts: Mapping[str, int]
    hidden: int
    unused: tuple[str, ...]
    seconds: float | None


class ScaleLine(NamedTuple):
    """A skill or an interest."""

    id: str
    name: str
    figures: ScaleFigures
    items: tuple[ItemLine, ...]


class ItemStudy(NamedTuple):
    """All items. `people` counts those with the full form; `quick`: left out, since each was asked other items."""

    catalogue: Catalogue
    people: int
    quick: int
    scales: tuple[ScaleLine, ...]


def study_items(catalogue: Catalogue, everybody: Iterable[Answers]) -> ItemStudy:
    """What the items do; none where there are too few people."""
    sheets = list(everybody)
    full = [sheet for sheet in sheets if sheet.form == "full"]
    measured: list[Skill | Interest] = [*catalogue.skills.values(), *catalogue.interests.values()]
    measured = measured if len(full) >= FEWEST_TO_SAY else []
    return ItemStudy(catalogue, len(full), len(sheets) - len(full), tuple(_scale(one, full) for one in measured))


def _scale(of: Skill | Interest, sheets: Sequence[Answers]) -> ScaleLine:
    found, figures = analyse([[_keyed(item, sheet) for item in of.items] for sheet in sheets])
    lines = zip(of.items, figures, strict=True)
    return ScaleLine(of.id, of.name, found, tuple(_line(item, one, found.alpha, sheets) for item, one in lines))


def _keyed(item: Item, sheet: Answers) -> float:
    value = sheet.responses.get(item.id)
    return math.nan if value is None else item.keyed(value)


def _line(item: Item, found: ItemFigures, alpha: float | None, sheets: Sequence[Answers]) -> ItemLine:
    given = Counter(sheet.responses.get(item.id) for sheet in sheets)
    options = {str(value + 1): given[value] for value in range(HIGHEST_VALUE + 1)}
    taken = {option: people for option, people in options.items() if people}
    shown = kinds(taken) if found.answered >= FEWEST else Kinds({}, found.answered)
    seconds = [sheet.times[item.id] for sheet in sheets if item.id in sheet.times]
    return ItemLine(
        item.id,
        item.prompt,
        tuple(_verdicts(found, alpha, options.values())) or ("works",),
        found,
        counts={option: people for option, people in taken.items() if option in shown.shown},
        hidden=shown.rest,
        unused=tuple(option for option in options if option not in taken),
        seconds=median(seconds) if len(seconds) >= FEWEST else None,
    )


def _verdicts(found: ItemFigures, alpha: float | None, options: Collection[int]) -> Iterator[Verdict]:
    if found.answered < FEWEST_TO_SAY:
        yield "too few"
        return
    if found.item_rest is not None and found.item_rest < _LOW_ITEM_REST:
        yield "against" if found.item_rest < _AGAINST else "apart"
    without = found.alpha_if_dropped
    if alpha is not None and without is not None and without > alpha + _CLEARLY_BETTER:
        yield "better without"
    if max(options) >= _CROWDED * found.answered:
        yield "crowded"
    if not all(options):
        yield "unused"
    if found.missing >= _MANY_WITHOUT_A_CHANCE * (found.answered + found.missing):
        yield "no chance"

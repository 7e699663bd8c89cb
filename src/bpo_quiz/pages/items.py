"""What the questions of a catalogue do with real people: a verdict each, and the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.document import Column, Detail, Document, Entries, Entry, Paragraph, Row, Section, Table
from bpo_quiz.results.evidence import FEWEST_TO_BE_FIRM, FEWEST_TO_SAY
from bpo_quiz.wording import counted, listed, plural, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpo_quiz.document import Block
    from bpo_quiz.results.evidence import ItemLine, ItemStudy, ScaleLine, Verdict

TOO_FEW = f"From {FEWEST_TO_SAY} people on, something can be said of the questions."
_EXPECT = (
    "Alpha says how well the items of a skill go together, 0 to 1; in brackets its 95 % interval. Any two items of a "
    "published scale reach .52 to .66 (medians of 5 and of 27 scales), so .50 to .70 is usual for two, and more items "
    "raise it. Rest: how well an item goes with the others of its skill, -1 to 1; below .20 is weak. Counts under 5 "
    "are put together. Two such pages that differ by a few people can tell of them; give away one only."
)
_SAID: dict[Verdict, str] = {
    "too few": f"fewer than {FEWEST_TO_SAY} answers; too few to say",
    "works": "works",
    "against": "runs against {others}: are its options in the wrong order, or is it reversed?",
    "apart": "does not go with {others}: does it ask something else?",
    "better without": "the skill is measured better without it",
    "crowded": "most take one option, so it tells few people apart: move the options apart",
    "unused": "nobody takes {unused}: word {them} so that somebody would",
    "no chance": "many have had no chance to show it: ask for something that more people do",
}
_COLUMNS = (
    Column("Item", "name"), Column("n", "number", "{} answers"), Column("none", "number", "{} without"),
    Column("mean", "number", "mean {}"), Column("SD", "number", "SD {}"), Column("rest", "number", "rest {}"),
    Column("alpha w/o", "number", "alpha without it {}"), Column("options, %", "name", "options in order {} %"),
    Column("s", "number", "{} seconds"),
)  # fmt: skip


def page(study: ItemStudy) -> Document:
    """Every skill and interest with its items."""
    catalogue = study.catalogue
    if not study.scales:
        told = f"{counted(study.people, 'person', 'people')} took the full form. {TOO_FEW}"
        return Document(_title(study), (Section("few", "", (Paragraph(told),)),))
    firm = (
        "Enough people to say it firmly."
        if study.people >= FEWEST_TO_BE_FIRM
        else f"A first look: from {FEWEST_TO_BE_FIRM} people on it can be said firmly."
    )
    quick = f" {counted(study.quick, 'person', 'people')} with the quick form left out: each was asked other questions."
    return Document(
        _title(study),
        (
            Section("lead", "", (Paragraph(f"{firm}{quick if study.quick else ''}", "lead"),)),
            Section("verdicts", "Questions to look at", tuple(_verdicts(study.scales))),
            *(Section(f"scale-{one.id}", one.name, tuple(_scale(one))) for one in study.scales),
            Section("how", "How to read this", (Paragraph(_EXPECT, "small"),)),
        ),
        facts=(("Catalogue", f"{catalogue.name} {catalogue.version} {catalogue.sha256[:12]}"),),
    )


def _title(study: ItemStudy) -> str:
    return (
        f"{study.catalogue.name} {study.catalogue.version}: questions, with {counted(study.people, 'person', 'people')}"
    )


def _verdicts(scales: Iterable[ScaleLine]) -> Iterator[Block]:
    """What is to be said of each item, those that work counted."""
    items = [(item, len(scale.items)) for scale in scales for item in scale.items]
    odd = [(item, count) for item, count in items if item.verdicts != ("works",)]
    if odd:
        yield Entries(tuple(_entry(item, count) for item, count in odd))
    yield Paragraph(f"Of {counted(len(items), 'question')}, {len(items) - len(odd)} work.")


def _entry(item: ItemLine, items: int) -> Entry:
    others = "its twin" if items == 2 else "the other items"
    unused = f"{plural(len(item.unused), 'option')} {listed(item.unused)}"
    words = {"others": others, "unused": unused, "them": plural(len(item.unused), "it", "them")}
    lines = tuple(sentence(_SAID[one].format(**words)) for one in item.verdicts)
    return Entry(f"{item.item}: {item.prompt}", (Detail("", lines),))


def _scale(scale: ScaleLine) -> Iterator[Block]:
    found = scale.figures
    if found.alpha is not None:
        between = "" if found.low is None else f" ({_number(found.low)} to {_number(found.high)})"
        more = "" if found.one_more is None else f"; one more item would make it {_number(found.one_more)}"
        yield Paragraph(f"Alpha {_number(found.alpha)}{between}{more}; {found.complete:,} answered all its items.")
    yield Table("", _COLUMNS, tuple(map(_row, scale.items)))


def _row(item: ItemLine) -> Row:
    answered, missing, *numbers = item.figures
    options = " ".join(_share(item, str(n)) for n in range(1, HIGHEST_VALUE + 2))
    seconds = "" if item.seconds is None else f"{item.seconds:.0f}"
    return Row((item.item, f"{answered:,}", f"{missing:,}", *map(_number, numbers), options, seconds))


def _share(item: ItemLine, option: str) -> str:
    if option in item.unused:
        return "0"
    return f"{100 * item.counts[option] / item.figures.answered:.0f}" if option in item.counts else "?"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"

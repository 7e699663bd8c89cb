"""Measures the questions on people who were described in words: `python tools/described_people.py [--write]`.

`tools/readers/people.yaml` describes people, with the career paths and roles that a counsellor called right for each,
written without knowing questions or profiles. `tools/readers/sheets.csv` holds how readers answered every question for
them, from the texts alone: a line a sheet. The readers were language models that played the person; that is no pilot
with people and does not replace one. `--write` puts the table into docs/method.md.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from bpo_quiz.answers.answer_file import from_record
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.results.result import build
from bpo_quiz.sitting.quick_form import QuickForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.results.result import Report

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "readers"
METHOD = ROOT / "docs" / "method.md"
BEGIN = "<!-- described people: begin; tools/described_people.py writes this -->\n"
END = "<!-- described people: end -->\n"
STEP = 100 / HIGHEST_VALUE


class Person(NamedTuple):
    """What a counsellor called right for somebody; `about` as in an answers file."""

    about: dict[str, object]
    paths: tuple[str, ...]
    roles: tuple[str, ...]


class Sheet(NamedTuple):
    """One reader's answers for one person, and what the full and the quick form make of them."""

    person: str
    reader: str
    answers: Answers
    full: Report
    quick: Report

    @property
    def path(self) -> str:
        """The first path of the full form."""
        return self.full.paths[0].path

    @property
    def roles(self) -> tuple[str, ...]:
        """The first three roles of the full form."""
        return tuple(one.role.id for one in self.full.roles[:3])


class Line(NamedTuple):
    """One line of the table; shares in per cent."""

    what: str
    found: float
    goal: str
    is_met: bool | None


def people() -> dict[str, Person]:
    """The described people by id."""
    records = yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8"))
    return {one["id"]: Person(one["about"], tuple(one["right_paths"]), tuple(one["right_roles"])) for one in records}


def answers(catalogue: Catalogue, known: dict[str, Person]) -> Iterator[tuple[str, str, Answers]]:
    """Person, reader and answers of every sheet."""
    with (FOLDER / "sheets.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            person, reader = row.pop("person"), row.pop("reader")
            given = {item: int(value) if value else None for item, value in row.items()}
            record = {"format": "bpo-quiz/answers@1", "answers": given, "about": known[person].about}
            yield person, reader, from_record(record, catalogue, f"{person} by {reader}")


def sheets(catalogue: Catalogue, known: dict[str, Person]) -> Iterator[Sheet]:
    """Every sheet, scored in both forms."""
    form = QuickForm(catalogue)
    for person, reader, given in answers(catalogue, known):
        quick = given._replace(form="quick", responses=_sit(form, given))
        yield Sheet(person, reader, given, build(catalogue, given), build(catalogue, quick))


def _sit(form: QuickForm, answers: Answers) -> dict[str, int | None]:
    asked: list[Item] = []
    given: dict[str, int | None] = {}
    while (item := form.next_item(asked, given)) is not None:
        asked.append(item)
        given[item.id] = answers.responses[item.id]
    return given


def lines(catalogue: Catalogue, found: Sequence[Sheet], known: dict[str, Person]) -> Iterator[Line]:
    """The table, in the order in which it is told."""
    pairs = [pair for pair in combinations(found, 2) if pair[0].person == pair[1].person]
    yield _share("another reader of the same person: same path first", (a.path == b.path for a, b in pairs), 80)
    yield _share("same role first", (a.roles[0] == b.roles[0] for a, b in pairs), 70)
    either = ((a.roles[0], b.roles) for one, other in pairs for a, b in ((one, other), (other, one)))
    yield _share("the one's role among the other's three", (role in roles for role, roles in either), 93)
    yield _share(
        "a path that a counsellor called right comes first", (one.path in known[one.person].paths for one in found), 85
    )
    named = (not set(one.roles).isdisjoint(known[one.person].roles) for one in found)
    yield _share("a role that a counsellor named is among the first three", named)
    spreads = dict(_spreads(catalogue, pairs))
    yield _at_most("spread between readers of an item, 0-100: mean", statistics.fmean(spreads.values()), None)
    for item in sorted(spreads, key=lambda item: -spreads[item])[:3]:
        yield _at_most(f"the most: {item}", spreads[item], 13)
    alphas = dict(_alphas(catalogue, found))
    yield Line("alpha of two items of a skill over the sheets: median", statistics.median(alphas.values()), "", None)
    for skill in sorted(alphas, key=lambda skill: alphas[skill])[:3]:
        yield Line(f"the least: {skill}", alphas[skill], "≥ .70", alphas[skill] >= 0.70)
    counts = [one.quick.answered for one in found]
    yield _at_most("questions of the quick form: mean", statistics.fmean(counts), 38)
    yield _at_most("the most", max(counts), None)
    yield _share(
        "its first role among the full form's three", (one.quick.roles[0].role.id in one.roles for one in found), 97
    )
    yield _share("its first path is the full form's", (one.quick.paths[0].path == one.path for one in found), 75)


def _share(what: str, hits: Iterable[bool], goal: float | None = None) -> Line:
    counted = list(hits)
    share = 100 * sum(counted) / len(counted)
    return Line(f"{what}, %", share, "" if goal is None else f"≥ {goal:g}", None if goal is None else share >= goal)


def _at_most(what: str, found: float, goal: float | None) -> Line:
    return Line(what, found, "" if goal is None else f"≤ {goal:g}", None if goal is None else found <= goal)


def _spreads(catalogue: Catalogue, pairs: Sequence[tuple[Sheet, Sheet]]) -> Iterator[tuple[str, float]]:
    """Item id -> standard deviation of one reader around another's answer, points of 100."""
    for item in catalogue.items():
        both = [(a.answers.responses[item.id], b.answers.responses[item.id]) for a, b in pairs]
        squares = [(one - other) ** 2 / 2 for one, other in both if one is not None and other is not None]
        if squares:
            yield item.id, STEP * statistics.fmean(squares) ** 0.5


def _alphas(catalogue: Catalogue, found: Sequence[Sheet]) -> Iterator[tuple[str, float]]:
    """Skill id -> Cronbach's alpha of its items over the sheets that answer all of them."""
    for skill in catalogue.skills.values():
        rows = [[one.answers.responses[item.id] for item in skill.items] for one in found]
        whole = [[float(value) for value in row if value is not None] for row in rows if None not in row]
        total = statistics.variance([sum(row) for row in whole])
        parts = sum(statistics.variance(column) for column in zip(*whole, strict=True))
        count = len(skill.items)
        yield skill.id, count / (count - 1) * (1 - parts / total)


def wrong_leaders(found: Sequence[Sheet], known: dict[str, Person]) -> dict[str, int]:
    """Role id -> sheets that it leads though its path is not one that a counsellor called right."""
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        if one.path not in known[one.person].paths:
            counts[one.roles[0]] += 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def table(catalogue: Catalogue) -> str:
    """The table in Markdown."""
    known = people()
    found = list(sheets(catalogue, known))
    readers = len({one.reader for one in found})
    head = f"{len(found)} sheets: {len(known)} described people, answered by {readers} readers.\n"
    text = [head, "| | found | goal | |", "| --- | --- | --- | --- |"]
    state = {None: "", True: "met", False: "not met"}
    text += [
        f"| {one.what} | {one.found:.2f} | {one.goal} | {state[one.is_met]} |" for one in lines(catalogue, found, known)
    ]
    leaders = ", ".join(f"{role} ({count})" for role, count in wrong_leaders(found, known).items())
    return "\n".join([*text, "", f"Roles that led where no path called right came first: {leaders or 'none'}.", ""])


def main() -> int:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/method.md")
    found = table(load(None))
    if not parser.parse_args().write:
        sys.stdout.write(found)
        return 0
    page = METHOD.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    METHOD.write_text(f"{before}{BEGIN}{found}{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

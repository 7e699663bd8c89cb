"""Measures what the advice claims: `python tools/advice_table.py [--write]`; some minutes.

How often its words are true, and the same when somebody answers a little differently; how often nothing is open; how
often it says something false. `--write` puts the table into docs/method.md. Simulated people come from the study's five
worlds; written ones are the personas of the tests, and the sheets of `described_people.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import CHANNELS, HIGHEST_VALUE, NO_ROLE, SHIFTS, SITES
from bpo_quiz.guidance.gates import licence_choices
from bpo_quiz.results.result import build
from bpo_quiz.scoring.certainty import CLEARLY, Belief
from bpo_quiz.scoring.many import Arrays, Chances, order
from bpo_quiz.scoring.match import fit_all
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.ranking import rank
from bpo_quiz.sitting.full_form import full_order
from bpo_quiz.study.worlds import WORLDS, draw_people

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]

import described_people  # noqa: E402 - beside this file
from guidance.checks import false_statements  # noqa: E402 - of the tests, as the next two
from personas.test_personas import NAMES, answers_of, person  # noqa: E402
from strategies import a_person  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.certainty import Certainty

METHOD = ROOT / "docs" / "method.md"
BEGIN, END = "<!-- advice: begin; tools/advice_table.py writes this -->\n", "<!-- advice: end -->\n"
SEED, A_WORLD, SOME, RANDOM = 1, 100, 150, 1000
"""Simulated people a world; those with a whole result, or with few answers; people of random catalogues."""

RETESTED, FEW = 0.3, 20
"""Share of answers that move by one option at a retest; answers of an incomplete sheet."""

BINS = ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.6, 0.7), (0.5, 0.6))


class Somebody(NamedTuple):
    """One sheet; the role drawn from, and the one that error-free levels have first, where they are known."""

    answers: Answers
    origin: str = ""
    true: str = ""


class Claim(NamedTuple):
    """The first new role and its path, with the chances that are stated."""

    role: str
    path: str
    p_role: float
    p_path: float


Pair = tuple[tuple[str, str], Claim, Claim]
"""The true role and its path, what is claimed, and what is claimed at a retest."""


def simulated(catalogue: Catalogue) -> Iterator[Somebody]:
    """People of the five worlds, in turn, who work outside the trade."""
    arrays = Arrays(catalogue)
    worlds = [draw_people(arrays, world, A_WORLD, np.random.default_rng([SEED, n])) for n, world in enumerate(WORLDS)]
    best = [order(arrays.total(people.levels), 1)[:, 0] for people in worlds]
    for n in range(A_WORLD):
        for people, first in zip(worlds, best, strict=True):
            answers = Answers(people.responses(arrays, n), About(current_role=NO_ROLE))
            yield Somebody(answers, arrays.roles[people.origin[n]], arrays.roles[first[n]])


def written(catalogue: Catalogue) -> list[Somebody]:
    """The personas, and what readers answered for described people."""
    sheets = (one for _, _, one in described_people.answers(catalogue, described_people.people()))
    return [Somebody(one) for one in (*(answers_of(person(name), catalogue) for name in NAMES), *sheets)]


def again(responses: Responses, items: Iterable[str], dice: random.Random) -> Responses:
    """The same with one option more or less at these items."""
    moved = {}
    for item in items:
        if (value := responses[item]) is not None:
            moved[item] = value + (1 if value == 0 else -1 if value == HIGHEST_VALUE else dice.choice((-1, 1)))
    return {**responses, **moved}


def claim(catalogue: Catalogue, sure: Certainty, first: str) -> Claim:
    """What is stated of the first role and its path."""
    path = catalogue.roles[first].path
    on_path = math.fsum(chance for role, chance in sure.p_new.items() if catalogue.roles[role].path == path)
    return Claim(first, path, sure.p_new[first], on_path)


def claimed(catalogue: Catalogue, people: Iterable[Somebody], dice: random.Random) -> Iterator[Pair]:
    """Whole sheets, as they are and at a retest."""
    chances = Chances(catalogue)
    for one in people:
        claims, given, today = [], one.answers.responses, one.answers.about.works_as
        for responses in (given, again(given, [item for item in given if dice.random() < RETESTED], dice)):
            profile = score(catalogue, responses)
            first = next(fit.role for fit in rank(fit_all(catalogue, profile)) if fit.role != today)
            claims.append(claim(catalogue, chances(profile, today), first))
        yield (one.true, catalogue.roles[one.true].path if one.true else ""), claims[0], claims[1]


def whole_sheets(catalogue: Catalogue, dice: random.Random) -> Iterator[str]:
    """How often the claims of whole sheets are true, and the same at a retest."""
    groups = [list(claimed(catalogue, people, dice)) for people in (simulated(catalogue), written(catalogue))]
    yield f"{len(groups[0])} simulated people / {len(groups[1])} written sheets.\n"
    yield "| stated | paths | true | same at retest | roles | true | same at retest |"
    yield f"|{' --- |' * 7}"
    for low, high in BINS:
        cells = [cell for what in ("path", "role") for cell in _cells(groups, what, low, high)]
        yield f"| {low:.2f}-{min(high, 1):.2f} | {' | '.join(cells)} |"
    yield "\n| | found |\n| --- | --- |"


def _cells(groups: Sequence[Sequence[Pair]], what: str, low: float, high: float) -> Iterator[str]:
    """How many state such a chance for a path or a role, for how many it is true, and for how many the same again."""
    n = Claim._fields.index(what)
    some = [[one for one in group if low <= one[1][n + 2] < high] for group in groups]
    yield " / ".join(str(len(group)) for group in some)
    yield share(true[n] == one[n] for true, one, _ in some[0])
    yield " / ".join(share(one[n] == other[n] for _, one, other in group) for group in some)


def share(hits: Iterable[bool]) -> str:
    """In per cent; a dash for nobody."""
    counted = list(hits)
    return f"{100 * fmean(counted):.0f} %" if counted else "-"


def few_answers(catalogue: Catalogue, _: random.Random) -> Iterator[str]:
    """What is believed of people after few answers."""
    belief, asked, found = Belief(catalogue), full_order(catalogue)[:FEW], []
    for one in islice(simulated(catalogue), SOME):
        sure = belief.certainty({item.id: one.answers.responses[item.id] for item in asked})
        found.append((one.true, claim(catalogue, sure, max(sure.p_new, key=sure.p_new.__getitem__))))
    likely = [catalogue.roles[true].path == one.path for true, one in found if one.p_path >= CLEARLY]
    yield f"| {FEW} answers: a path has .90 or more; then it is true | {len(likely)} of {SOME}; {share(likely)} |"
    right, stated = share(true == one.role for true, one in found), fmean(one.p_role for _, one in found)
    yield f"| {FEW} answers: the first role is the true one; stated | {right}; {100 * stated:.0f} % |"


def meets(role: Role) -> About:
    """Somebody from outside who meets exactly the gates of a role, and refuses nothing."""
    has = role.gates
    languages, licences = {"es": has.language} if has.language else {}, licence_choices(has.licence or "")[:1]
    told = About(NO_ROLE, has.experience or 0, (role.path,), has.english, languages, has.education or "basic")
    return told._replace(
        shifts=SHIFTS, channel=CHANNELS, site=SITES, targets=True, licences=licences, typing=has.typing or 0
    )


def named(report: Report) -> tuple[str, ...]:
    """What a result names as open: the role spoken of first where it is, then other doors; at most three."""
    if report.advice is None or report.goal is None:
        return ()
    first = [report.goal.role.id] if report.goal.outlook.is_startable else []
    return tuple(dict.fromkeys([*first, *report.advice.doors.roles]))[:3]


def entry_roles(catalogue: Catalogue, _: random.Random) -> Iterator[str]:
    """Whether people of entry roles find them among the doors."""
    people = [(role, one) for one in simulated(catalogue) if (role := catalogue.roles[one.origin]).is_entry]
    doors = [(role.id, named(build(catalogue, one.answers._replace(about=meets(role))))) for role, one in people]
    found = f"{share(role in roles for role, roles in doors)}; {share((role,) == roles[:1] for role, roles in doors)}"
    yield f"| {len(doors)} people of an entry role who meet its gates: it is a door; the first one | {found} |"


def one_answer(catalogue: Catalogue, dice: random.Random) -> Iterator[str]:
    """What results say of people with a written person's facts, and what one answer changes."""
    facts, spoken = [one.answers.about for one in written(catalogue)], []
    for one in islice(simulated(catalogue), SOME):
        told = Answers(one.answers.responses, dice.choice(facts))
        other = told._replace(responses=again(told.responses, [dice.choice(list(told.responses))], dice))
        spoken.append((build(catalogue, told), build(catalogue, other)))
    said = [(a.advice, b.advice, named(a), named(b)) for a, b in spoken if a.advice and b.advice]
    path, role = share(a.path_word == "clearly" for a, *_ in said), share(a.role_word == "clearly" for a, *_ in said)
    yield f"| {len(said)} people with a written person's facts: *clearly* for the path; the role | {path}; {role} |"
    yield f"| nothing is open | {share(not a.doors.roles for a, *_ in said)} |"
    words = share((a.path, a.path_word, a.role_word) != (b.path, b.path_word, b.role_word) for a, b, *_ in said)
    yield f"| one answer moves by one: the path, its word or the role's changes | {words} |"
    roles, firsts = share(a.role != b.role for a, b, *_ in said), share(one[:1] != other[:1] for *_, one, other in said)
    three = share(set(one) != set(other) for *_, one, other in said)
    yield f"| the role spoken of first; the first door; the three doors | {roles}; {firsts}; {three} |"
    yield f"| any word | {share(a.lines != b.lines for a, b, *_ in said)} |"


def false_ones(_: Catalogue, __: random.Random) -> Iterator[str]:
    """False statements about people of random catalogues."""
    wrong = sum(bool(list(false_statements(build(*a_person(seed))))) for seed in range(RANDOM))
    yield f"| random people, each with a random catalogue: something false is said | {wrong} of {RANDOM:,} |"


PARTS = (whole_sheets, few_answers, entry_roles, one_answer, false_ones)


def measured(number: int) -> str:
    """One part, by itself."""
    return "\n".join(PARTS[number](load(), random.Random(SEED)))  # noqa: S311 - a simulation, not a secret


def what_counts(catalogue: Catalogue) -> str:
    """A checksum of all that the table depends on: texts of cards do not matter to it."""
    roles = [
        (one.id, one.path, one.rung, one.skills, one.interests, one.gates, one.conditions, one.leads_to, one.lateral)
        for one in catalogue.roles.values()
    ]
    items = [(item.id, item.reversed) for item in catalogue.items()]
    return hashlib.sha256(repr((roles, items, catalogue.settings)).encode()).hexdigest()[:12]


def table() -> str:
    """The tables in Markdown, with two processes."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        parts = list(pool.map(measured, range(len(PARTS))))
    return "\n".join([f"Measured with profiles, gates and moves `{what_counts(load())}`:", *parts, ""])


def main() -> int:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/method.md")
    is_written = parser.parse_args().write
    found = table()
    if is_written:
        before, _, rest = METHOD.read_text(encoding="utf-8").partition(BEGIN)
        METHOD.write_text(f"{before}{BEGIN}\n{found}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    else:
        sys.stdout.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

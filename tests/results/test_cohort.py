from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpo_quiz.document import Table, cell_text
from bpo_quiz.guidance.standing import Openness
from bpo_quiz.pages.cohort import TOO_FEW, cohort
from bpo_quiz.records.cohort import cohort_csv, cohort_record
from bpo_quiz.results.cohort import SIGNS, STANDINGS, WORDS, Cohort, Names, Person, summarise
from bpo_quiz.results.small_counts import FEWEST, Kinds, kinds, share
from bpo_quiz.writers.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SMALL = range(1, FEWEST)
NAMES = Names(
    {f"path_{n}": f"Path {n}" for n in range(4)},
    {f"skill_{n}": f"Skill {n}" for n in range(3)},
)


def ways_to_divide(people: int, among: int) -> Iterator[tuple[int, ...]]:
    if among == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *others) for others in ways_to_divide(people - first, among - 1))


def seen(counts: Mapping[str, int]) -> tuple[Any, ...]:
    """All that a reader sees."""
    divided = kinds(counts)
    return tuple(sorted(divided.shown.items())), divided.rest


@pytest.mark.parametrize(("among", "most"), [(1, 20), (2, 30), (3, 26), (4, 18), (5, 14)])
def test_who_knows_the_rule_and_goes_through_all_possible_counts_finds_no_small_one(among: int, most: int) -> None:
    for people in range(FEWEST, most + 1):
        possible = defaultdict(list)
        for counts in ways_to_divide(people, among):
            possible[seen({str(n): count for n, count in enumerate(counts)})].append(counts)
        for picture, every in possible.items():
            for kind in range(among):
                could_be = {counts[kind] for counts in every}
                assert len(could_be) > 1 or could_be.isdisjoint(SMALL), (picture, kind, could_be)


def stays_open(kind: str, counts: Mapping[str, int]) -> bool:
    """Whether the reader would see the same, were this count another one."""
    for other in set(counts) - {kind}:
        for people in range(-counts[kind], counts[other] + 1):
            one = {**counts, kind: counts[kind] + people, other: counts[other] - people}
            if people and seen(one) == seen(counts):
                return True
    return any(seen(one) == seen(counts) for one in with_others_in_one_kind(kind, counts))


def with_others_in_one_kind(kind: str, counts: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """What is shown as it is, another small count of this kind, and all others who are hidden in one more."""
    hidden = set(counts) - set(kinds(counts).shown)
    pool = sum(counts[one] for one in hidden)
    for other in hidden - {kind}:
        for people in set(SMALL) - {counts[kind]}:
            yield {**counts, **dict.fromkeys(hidden, 0), kind: people, other: pool - people}


def check_kinds(divided: Kinds, counts: Mapping[str, int]) -> None:
    assert all(people >= FEWEST and people == counts[kind] for kind, people in divided.shown.items())
    assert divided.rest == 0 or divided.rest >= FEWEST
    assert sum(divided.shown.values()) + divided.rest == sum(counts.values())
    assert all(stays_open(kind, counts) for kind, count in counts.items() if count in SMALL)


@example([4, 4, 4, 4])  # only (13, 1, 1, 1) and its like look the same
@given(st.lists(st.integers(0, 60), min_size=1, max_size=12).filter(lambda counts: sum(counts) >= FEWEST))
@settings(max_examples=400)
def test_a_small_count_is_never_shown_and_stays_open(counts: list[int]) -> None:
    named = {str(n): count for n, count in enumerate(counts)}
    check_kinds(kinds(named), named)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 20, "b": 7, "c": 2}, Kinds({"a": 20}, 9)),  # a single small count takes another with it
        ({"a": 20, "b": 7, "c": 2, "d": 3}, Kinds({"a": 20, "b": 7}, 5)),
        ({"a": 5, "b": 20, "c": 0}, Kinds({"b": 20, "a": 5}, 0)),
    ],
)
def test_small_counts_are_hidden_together_or_with_the_next_larger(counts: dict[str, int], shown: Kinds) -> None:
    assert kinds(counts) == shown


@given(st.integers(FEWEST, 60), st.data())
def test_neither_a_share_nor_what_is_left_of_it_is_small(everyone: int, data: st.DataObject) -> None:
    people = data.draw(st.integers(0, everyone))
    told = share(people, everyone)
    if told.people is not None:
        assert told.people == people
        assert people >= FEWEST
        assert everyone - people >= FEWEST
    alike = [n for n in range(everyone + 1) if share(n, everyone) == told]
    assert told.people is not None or len(alike) >= FEWEST


def people_of(groups: st.SearchStrategy[str | None], most: int = 60) -> st.SearchStrategy[list[Person]]:
    level = st.integers(0, 8).map(lambda steps: steps * 12.5)
    one = st.builds(
        Person,
        group=groups,
        unread=st.sampled_from([None, None, None, "too few answers", "all alike"]),
        path=st.sampled_from(sorted(NAMES.paths)),
        standing=st.sampled_from(STANDINGS),
        word=st.sampled_from(WORDS),
        signs=st.frozensets(st.sampled_from(sorted(set(SIGNS.values())))),
        scores=st.dictionaries(st.sampled_from(sorted(NAMES.skills)), level),
        gaps=st.frozensets(st.sampled_from(sorted(NAMES.skills))),
    )
    return st.lists(one, max_size=most)


def numbers_of_people(record: Any) -> Iterator[int]:
    """Every number in a record that counts people."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key not in ("mean", "fewest"):
                yield from numbers_of_people(value)
    elif isinstance(record, list | tuple):
        for value in record:
            yield from numbers_of_people(value)
    elif isinstance(record, int) and not isinstance(record, bool):
        yield record


def members(read: list[Person], found: Cohort) -> Iterator[list[Person]]:
    """The people of each group, as only the one who counted them knows."""
    alone = {group.name for group in found.groups if not group.is_rest}
    for group in found.groups:
        if found.by is None:
            yield read
        elif group.is_rest:
            yield [one for one in read if one.group not in alone]
        else:
            yield [one for one in read if one.group == group.name]


@given(people_of(st.sampled_from(["2026-09", "2026-10", "2026-11", None])), st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_number_of_a_cohort_lets_one_work_out_a_small_count(people: list[Person], divide: bool) -> None:
    found = summarise(people, NAMES, by="tag" if divide else None)
    read = [one for one in people if one.unread is None]
    assert all(number == 0 or number >= FEWEST for number in numbers_of_people(cohort_record(found)))
    assert (found.people is None) == (len(read) < FEWEST)
    assert found.people == (len(read) if found.groups else None)
    assert sum(group.people for group in found.groups) == (found.people or 0)
    if found.groups and divide:
        sizes = Counter(str(one.group) for one in read)
        assert all(stays_open(label, sizes) for label, size in sizes.items() if size in SMALL and len(sizes) > 1)
    for group, inside in zip(found.groups, members(read, found), strict=True):
        assert group.people == len(inside) >= FEWEST
        check_kinds(group.paths, {**dict.fromkeys(NAMES.paths, 0), **Counter(one.path for one in inside)})
        assert group.standings
        assert group.words
        check_kinds(group.standings, {**dict.fromkeys(STANDINGS, 0), **Counter(one.standing for one in inside)})
        check_kinds(group.words, {**dict.fromkeys(WORDS, 0), **Counter(one.word for one in inside)})
        for line in group.skills:
            has = sum(line.skill in one.gaps for one in inside)
            assert line.gap == share(has, len(inside))
            assert line.mean is None or 10 <= line.mean <= 90


@given(people_of(st.sampled_from(["2026-09", "2026-10", None])), st.sampled_from(["tag", None]))
@settings(max_examples=60, deadline=None)
def test_page_and_csv_tell_no_number_that_the_record_does_not_tell(people: list[Person], by: Any) -> None:
    found = summarise(people, NAMES, by=by)
    told = set(numbers_of_people(cohort_record(found)))
    rows = list(csv.DictReader(io.StringIO(cohort_csv(found))))
    assert {int(row["people"]) for row in rows if row["people"]} <= told
    assert all(row["people"] == "" for row in rows if row["word"] != "exact")
    document = cohort(found)
    page = "\n".join(plain(document))
    assert (TOO_FEW in page) == (not found.groups)
    for table in (block for section in document.sections for block in section.blocks if isinstance(block, Table)):
        if table.columns[-1].title == "%":
            assert sum(int(cell_text(row.cells[-1])) for row in table.rows) == 100
    assert {int(number) for number in re.findall(r": (\d+)[ ,.]", page)} <= told | set(range(10, 91))  # or a mean


def same(number: int, **changes: Any) -> list[Person]:
    usual: dict[str, Any] = {
        "group": None,
        "unread": None,
        "path": "path_0",
        "standing": "open",
        "word": "clearly",
        "signs": frozenset(),
        "scores": {"skill_0": 50.0},
        "gaps": frozenset({"skill_1"}),
    }
    return [Person(**{**usual, **changes})] * number


def test_under_five_people_nothing_is_counted() -> None:
    found = summarise(same(4) + same(3, unread="all alike"), NAMES)
    assert found.people is None
    assert found.groups == ()
    assert found.unread == {"too few answers": None, "all alike": None}


def test_sheets_that_cannot_be_read_are_counted_apart_when_they_are_enough() -> None:
    found = summarise(same(6) + same(5, unread="all alike") + same(4, unread="too few answers"), NAMES)
    assert found.people == 6
    assert found.unread == {"too few answers": None, "all alike": 5}


def test_small_groups_become_one_and_are_not_named() -> None:
    people = same(8, group="A") + same(6, group="B") + same(3, group="C") + same(3, group=None)
    found = summarise(people, NAMES, by="tag")
    assert [(group.name, group.is_rest, group.people) for group in found.groups] == [
        ("A", False, 8),
        ("B", False, 6),
        (None, True, 6),
    ]
    assert '"C"' not in str(cohort_record(found)).replace("'", '"')


def test_a_kind_that_nobody_can_be_in_hides_nobody() -> None:
    """Four kinds with four people each: were 16 told beside the fifth, each could be worked out."""
    people = [one for n, standing in enumerate(STANDINGS) for one in same(5 if n == 0 else 4, standing=standing)]
    assert summarise(people, NAMES).groups[0].standings == Kinds({}, len(people))
    assert set(get_args(Openness)) - set(STANDINGS) == {"today", "not_known"}


def test_a_group_without_a_tag_comes_last_and_is_no_rest() -> None:
    found = summarise(same(5, group=None) + same(5, group="A"), NAMES, by="tag")
    assert [(group.name, group.is_rest) for group in found.groups] == [("A", False), (None, False)]


def test_skills_come_by_their_means_and_gaps_by_how_often_they_are_one() -> None:
    people = same(6, scores={"skill_0": 25.0, "skill_1": 75.0}, gaps=frozenset({"skill_0"}))
    people += same(6, scores={"skill_0": 50.0, "skill_1": 75.0}, gaps=frozenset())
    (group,) = summarise(people, NAMES).groups
    assert [(line.skill, line.mean, line.gap.people) for line in group.skills] == [
        ("skill_1", 75, None),
        ("skill_0", 38, 6),
        ("skill_2", None, None),
    ]


def test_a_mean_near_the_end_does_not_tell_of_a_single_person() -> None:
    people = same(4, scores={"skill_0": 100.0}) + same(1, scores={"skill_0": 87.5})
    assert summarise(people, NAMES).groups[0].skills[0].mean == 90


def test_both_rules_about_speed_are_one_sign() -> None:
    assert SIGNS["median time"] == SIGNS["fast answers"]

from __future__ import annotations

import contextlib
import functools
import math
from typing import TYPE_CHECKING

import pytest
from effort import times as tries
from hypothesis import given, settings
from hypothesis import strategies as st

from bpo_quiz.answers.model import LONGEST_TIME, About, Response
from bpo_quiz.errors import NoSuchRecord, UsageError
from bpo_quiz.store import records
from bpo_quiz.store.clients import Clients
from bpo_quiz.store.names import read_code
from bpo_quiz.store.removal import remove_session
from bpo_quiz.store.sessions import Sessions

from .desk import CATALOGUE, CONSENT, FILES, ITEMS, answer, begin, bulk, opened, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from bpo_quiz.store.connection import Database


def test_a_session_comes_back_as_it_was_saved(home: Path) -> None:
    told = About(current_role="none", years=2.5, shifts=("day", "night"), channel=(), targets=False, typing=40)
    with opened(home) as database:
        sessions = Sessions(database)
        Clients(database).add("Ana María", CONSENT)
        begun = sessions.start(CATALOGUE, FILES, "quick", "ana maría", " Spring  2026 ")
        for position, (item, value) in enumerate([(ITEMS[3], 4), (ITEMS[0], None), (ITEMS[5], 0)]):
            sessions.save_response(begun.code, Response(item, value, 2.5, position))
        sessions.save_about(begun.code, told)
    with opened(home, read_only=True) as database:
        found = Sessions(database).get(begun.code)
    assert (found.code, found.sequence, found.form) == (begun.code, begun.sequence, "quick")
    assert (found.client, found.tag, found.about) == ("Ana María", "Spring 2026", told)
    assert list(found.responses.items()) == [(ITEMS[3], 4), (ITEMS[0], None), (ITEMS[5], 0)]
    assert found.times == dict.fromkeys((ITEMS[3], ITEMS[0], ITEMS[5]), 2.5)
    assert found.catalogue_sha256 == CATALOGUE.sha256
    assert (found.finished, found.answers.responses) == (None, found.responses)
    assert found.started.endswith("+00:00")
    assert read_code(found.code) == found.code


def test_an_answer_that_is_changed_keeps_its_place(database: Database) -> None:
    code = begin(database)
    for number in (0, 1, 2, 0):
        answer(database, code, number, None if number == 1 else 4 - number)
    assert list(Sessions(database).get(code).responses.items()) == [(ITEMS[0], 4), (ITEMS[1], None), (ITEMS[2], 2)]


def test_a_time_that_is_not_told_leaves_what_was_stored(database: Database) -> None:
    code, sessions = begin(database), Sessions(database)
    sessions.save_response(code, Response(ITEMS[0], 1, 7.0, 0))
    sessions.save_response(code, Response(ITEMS[0], 2, None, 0))
    sessions.save_response(code, Response(ITEMS[1], 2, None, 1))
    assert sessions.get(code).times == {ITEMS[0]: 7.0}


@pytest.mark.parametrize(
    ("seconds", "kept"), [(-3600.0, 0.0), (0.5, 0.5), (1e9, LONGEST_TIME), (math.inf, LONGEST_TIME), (math.nan, 0.0)]
)
def test_f20_seconds_are_kept_within_0_and_120(database: Database, seconds: float, kept: float) -> None:
    code = begin(database)
    Sessions(database).save_response(code, Response(ITEMS[0], 1, seconds, 0))
    assert Sessions(database).get(code).times == {ITEMS[0]: kept}


def test_f20_order_goes_by_number_whatever_the_clock_says(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = []
    for moment in ("2026-05-01T10:00:00", "2026-05-01T07:00:00", "2036-05-01T07:00:00", "1970-01-01T00:00:00"):
        monkeypatch.setattr(records, "now", lambda moment=moment: f"{moment}+00:00")
        codes.append(begin(database))
    sessions = Sessions(database)
    assert [row.code for row in sessions.list()] == codes[::-1]
    assert [session.code for session in sessions.each()] == codes
    assert sessions.latest() == codes[-1]


def test_f20_times_are_utc_with_offset_in_any_time_zone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = []
    for zone in ("UTC", "Asia/Manila", "America/Bogota"):
        monkeypatch.setenv("TZ", zone)
        moments.append(records.now()[:13] + records.now()[-6:])
    assert len(set(moments)) <= 2  # the hour may change while this runs
    assert all(moment.endswith("+00:00") for moment in moments)


def test_the_latest_session_is_the_one_that_was_changed_last(database: Database) -> None:
    sessions = Sessions(database)
    assert sessions.latest() is None
    first, second, third = (begin(database) for _ in range(3))
    answer(database, first, 0)
    assert sessions.latest() == first
    sessions.finish(first)
    assert (sessions.latest(), sessions.latest(finished=True)) == (third, first)
    sessions.finish(second)
    sessions.reopen(first)
    assert (sessions.latest(), sessions.latest(finished=True)) == (first, second)
    assert sessions.get(first).finished is None


def test_a_session_can_go_on_with_another_form(database: Database) -> None:
    code, sessions = begin(database), Sessions(database)
    sessions.change_form(code, "quick")
    assert sessions.get(code).form == "quick"


def test_a_deleted_session_is_gone_and_its_number_is_not_used_again(database: Database) -> None:
    sessions, (first, second) = Sessions(database), (begin(database), begin(database))
    answer(database, second, 0)
    remove_session(database, second)
    with pytest.raises(NoSuchRecord):
        sessions.get(second)
    third = sessions.start(CATALOGUE, FILES, "full")
    assert third.sequence == 3
    assert [row.code for row in sessions.list()] == [third.code, first]


def test_what_is_not_there_is_said_with_exit_code_5(database: Database) -> None:
    sessions, code = Sessions(database), "K7M-P3D"
    begin(database)
    remove = functools.partial(remove_session, database)
    for use in (sessions.get, sessions.finish, sessions.reopen, sessions.hold, sessions.row, remove):
        with pytest.raises(NoSuchRecord, match="K7M-P3D") as caught:
            use(code)
        assert caught.value.exit_code == 5
    with pytest.raises(NoSuchRecord):
        answer(database, code, 0)
    with pytest.raises(NoSuchRecord, match="Nobody"):
        begin(database, "Nobody")
    with pytest.raises(NoSuchRecord):
        sessions.frozen_catalogue("0" * 64)
    assert sessions.count() == 1


def test_p12_the_catalogue_of_a_session_is_kept_byte_for_byte_and_once(database: Database) -> None:
    for _ in range(3):
        begin(database)
    assert Sessions(database).frozen_catalogue(CATALOGUE.sha256) == FILES
    assert database.row("SELECT count(*) FROM catalogues") == (1,)


def test_p12_a_catalogue_is_kept_as_long_as_a_session_has_it(database: Database) -> None:
    sessions, codes = Sessions(database), [begin(database) for _ in range(2)]
    remove_session(database, codes[0])
    assert sessions.frozen_catalogue(CATALOGUE.sha256) == FILES
    remove_session(database, codes[1])
    assert database.row("SELECT count(*) FROM catalogues") == (0,)


def test_files_that_are_not_the_catalogues_are_a_mistake_of_the_caller(database: Database) -> None:
    with pytest.raises(ValueError, match="not the catalogue"):
        Sessions(database).start(CATALOGUE, (FILES[1], FILES[0]), "full")


def test_u03_a_tag_that_is_no_short_text_is_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="tag"):
        begin(database, tag="half \ud800")


def test_a_list_shows_the_newest_first_and_how_far_they_got(database: Database) -> None:
    codes = [begin(database, tag=f"Group {n}") for n in range(5)]
    for number in range(3):
        answer(database, codes[2], number, None if number == 1 else 2)
    Sessions(database).finish(codes[2])
    rows = Sessions(database).list(limit=3)
    assert [row.code for row in rows] == [codes[4], codes[3], codes[2]]
    assert [row.answered for row in rows] == [0, 0, 2]
    assert [row.finished is not None for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ana", 2),
        ("MARÍA", 1),
        ("maria", 0),
        ("spring", 2),
        ("\uff33\uff30\uff32\uff29\uff2e\uff27", 2),
        ("%", 0),
        ("a_a", 0),
        ("", 3),
        ("x' OR 1", 0),
    ],
)
def test_search_finds_words_in_alias_and_tag(database: Database, search: str, found: int) -> None:
    for alias, tag in (("Ana", "Spring"), ("Ana María", "Autumn"), ("Ben", "spring 2")):
        Clients(database).add(alias, CONSENT)
        begin(database, alias, tag)
    assert len(Sessions(database).list(search=search)) == found


def test_search_finds_a_code_however_it_is_typed(database: Database) -> None:
    codes = [begin(database) for _ in range(3)]
    for typed in (codes[1], codes[1].lower(), codes[1].replace("-", "")):
        assert [row.code for row in Sessions(database).list(search=typed)] == [codes[1]]


def steps_of(database: Database, statement: str, *values: object) -> str:
    return " ".join(str(row[3]) for row in database.rows(f"EXPLAIN QUERY PLAN {statement}", *values))


def test_s07_5_000_sessions_are_listed_and_searched(home: Path) -> None:
    with opened(home) as database:
        codes = bulk(database, 5000, clients=50)
        sessions = Sessions(database)
        assert [row.code for row in sessions.list()] == codes[:-21:-1]
        assert [row.code for row in sessions.list(search="ana 49", limit=2)] == [codes[-1], codes[-51]]
        assert [row.code for row in sessions.list(client="Ana 3", limit=1)] == [codes[4953]]
        assert sessions.get(codes[2500]).sequence == 2501
        assert len(Clients(database).list("ana", limit=100)) == 50
        assert sum(1 for _ in sessions.each()) == 5000


def test_s07_a_session_is_found_by_an_index(database: Database) -> None:
    for condition in (
        "sessions WHERE code = 'x'",
        "sessions WHERE client = 1",
        "clients WHERE folded = 'x'",
        "notes WHERE client = 1",
    ):
        assert "SEARCH" in steps_of(database, f"SELECT 1 FROM {condition}")  # noqa: S608


def test_s07_a_session_with_many_revisions_is_no_larger_than_one_without(home: Path) -> None:
    with opened(home) as database:
        code = begin(database)
        for number in range(len(ITEMS)):
            answer(database, code, number)
        before = store_of(home).stat().st_size
        for start in range(0, tries(2_000, 10_000), 1000):
            with database.change():
                for number in range(start, start + 1000):
                    answer(database, code, number, number % 5)
        assert store_of(home).stat().st_size == before
        assert len(Sessions(database).get(code).responses) == len(ITEMS)


values = st.one_of(st.none(), st.integers(0, 4))
times = st.one_of(st.none(), st.floats())


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(range(len(ITEMS))), values, times), max_size=20))
def test_any_answers_come_back(home: Path, given_answers: list[tuple[int, int | None, float | None]]) -> None:
    expected: dict[str, int | None] = {}
    with opened(home) as database:
        code = begin(database)
        for number, value, seconds in given_answers:
            Sessions(database).save_response(code, Response(ITEMS[number], value, seconds, number))
            expected[ITEMS[number]] = value
        found = Sessions(database).get(code)
    assert found.responses == expected
    assert list(found.responses) == sorted(found.responses, key=ITEMS.index)
    assert all(0 <= seconds <= LONGEST_TIME for seconds in found.times.values())


def test_nothing_of_a_refused_start_is_kept(database: Database) -> None:
    with pytest.raises(NoSuchRecord):
        begin(database, "Nobody")
    assert database.row("SELECT count(*) FROM catalogues") == (0,)


def test_a_change_inside_a_change_is_a_part_of_it(database: Database) -> None:
    with contextlib.suppress(ZeroDivisionError), database.change():
        Clients(database).add("Ana", CONSENT)
        raise ZeroDivisionError
    assert (Clients(database).count(), database.in_transaction) == (0, False)

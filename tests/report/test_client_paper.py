from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from papers import OCCASION, SMALL, Papers, answers_of
from strategies import FOREIGN

from bpo_quiz.clean import clean
from bpo_quiz.document import Bullets, Detail, Document, Entries, Entry, Section, Table, cleaned
from bpo_quiz.results import occasion as remarks
from bpo_quiz.results.occasion import Occasion
from bpo_quiz.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Block


def section(document: Document, wanted: str) -> Section:
    (found,) = (one for one in document.sections if one.id == wanted)
    return found


def tables_of(document: Document) -> Iterator[Table]:
    for one in document.sections:
        yield from (block for block in one.blocks if isinstance(block, Table))


def test_a_client_gets_no_notes_no_remarks_and_no_alias() -> None:
    handed_over = repr(Papers().document())
    assert "Ana M." not in handed_over
    assert "regular hours" not in handed_over
    assert "K7M-P3D" in handed_over
    kept = repr(Papers().document(counsellor=True))
    assert "Ana M." in kept
    assert "regular hours" in kept


def test_the_alias_stands_on_the_clients_paper_only_when_it_is_asked_for() -> None:
    document = Papers().document(with_name=True)
    assert dict(document.facts)["Client"] == "Ana M."
    assert "Ana M." in document.running


def test_the_counsellor_gets_all_that_the_client_gets() -> None:
    client = [one.id for one in Papers().document().sections]
    counsellor = [one.id for one in Papers().document(counsellor=True).sections]
    assert counsellor[: len(client)] == client
    assert counsellor[len(client) :] == ["notes", "told", "flags", "answers", "every-role"]


def test_every_row_has_a_cell_for_every_column(catalogue: Catalogue) -> None:
    papers = Papers(catalogue, answers_of(catalogue, "43012-4012"))
    for document in (papers.document(), papers.document(counsellor=True)):
        for table in tables_of(document):
            assert table.rows
            assert {len(row.cells) for row in table.rows} == {len(table.columns)}


def test_points_on_paper_add_up(catalogue: Catalogue) -> None:
    for values in ("430124", "01234", "2431"):
        (table,) = section(Papers(catalogue, answers_of(catalogue, values)).document(), "strengths").blocks[1:]
        assert isinstance(table, Table)
        total, parts = 0, 0
        for row in table.rows:
            points = abs(int(str(row.cells[-1])))
            if row.is_sum:
                assert points == parts
                total, parts = total + points, 0
            else:
                parts += points
        assert total == 100


def test_a_date_is_that_of_the_session_not_of_the_clock() -> None:
    assert dict(Papers().document().facts)["Date"] == "22 November 2026"
    assert "Date" not in dict(Papers(occasion=Occasion()).document().facts)
    assert day("2024-02-29T23:59:59Z") == "29 February 2024"


def test_an_unfinished_or_rescored_session_is_said_to_be_one() -> None:
    facts = dict(Papers(occasion=Occasion(date=OCCASION.date, is_finished=False, is_rescored=True)).document().facts)
    assert facts["Date"].endswith("not finished yet")
    assert "another catalogue" in facts["Scored again"]


def test_answers_far_apart_are_named_with_their_own_options(catalogue: Catalogue) -> None:
    responses = {item.id: 2 for item in catalogue.items()} | {"coaching-1": 4, "coaching-2": 1, "empathy-1": 0}
    (apart,) = remarks.far_apart(catalogue, responses)
    items = {item.id: item for item in catalogue.items()}
    assert (apart.skill, apart.steps) == ("coaching", 3)
    assert (apart.low.option, apart.high.option) == (items["coaching-2"].options[1], items["coaching-1"].options[4])


def test_reversed_items_are_turned_before_they_are_compared() -> None:
    for item in (one for one in SMALL.items() if one.reversed):
        other = next(one for one in SMALL.items() if one.measures == item.measures and not one.reversed)
        assert remarks.far_apart(SMALL, {item.id: 0, other.id: 4}) == ()
        assert remarks.far_apart(SMALL, {item.id: 4, other.id: 4})


def test_questions_without_an_answer_are_listed_skipped_or_unasked(catalogue: Catalogue) -> None:
    assert [item.id for item in remarks.unanswered(catalogue, {"coaching-1": 0, "coaching-2": None})] == [
        item.id for item in catalogue.items() if item.id != "coaching-1"
    ]


@pytest.mark.parametrize("where", ["a title", "a cell", "a list", "a detail"])
def test_u02_a_document_holds_no_text_that_steers(where: str) -> None:
    every: dict[str, tuple[Block, ...]] = {
        "a title": (),
        "a cell": (Bullets((FOREIGN,)),),
        "a list": (Entries((Entry(FOREIGN, ()),)),),
        "a detail": (Entries((Entry("", (Detail(FOREIGN, (FOREIGN,)),)),)),),
    }
    made = cleaned(Document(FOREIGN, (Section("x", FOREIGN, every[where]),), FOREIGN, ((FOREIGN, FOREIGN),)))
    assert FOREIGN not in _texts(made)
    assert clean(FOREIGN) in _texts(made)


def _texts(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for one in part for text in _texts(one)]
    return []

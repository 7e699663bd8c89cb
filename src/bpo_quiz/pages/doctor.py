"""What the doctor found, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Column, Document, Paragraph, Row, Section, Table, Toned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.document import Tone
    from bpo_quiz.results.doctor import Finding, Judgement

_TONES: Mapping[Judgement, Tone] = {"broken": "bad", "look at this": "warning", "fine": "good"}


def page(findings: Sequence[Finding]) -> Document:
    """All findings, those that need somebody first, and how many these are."""
    order = list(_TONES)
    columns = (Column("State", "name"), Column("What"), Column("Found, and what to do"))
    rows = tuple(_row(one) for one in sorted(findings, key=lambda one: order.index(one.state)))
    section = Section("findings", "", (Table("", columns, rows, names=1), Paragraph(_summary(findings), "lead")))
    return Document("Where everything lives, and whether it is sound", (section,))


def _row(of: Finding) -> Row:
    words = f"{of.found}. To do: {of.remedy}" if of.remedy else of.found
    return Row((Toned(of.state, _TONES[of.state]), of.what, words), told=f"{of.what}, {of.state}: {words}.")


def _summary(findings: Sequence[Finding]) -> str:
    broken, look = (sum(one.state == state for one in findings) for state in ("broken", "look at this"))
    if broken:
        return f"Broken: {broken}. Worth a look: {look}."
    return f"Nothing is broken. Worth a look: {look}." if look else "All is fine."

"""A what-if as plain lines: one fact after the other, good for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.clean import clean
from bpo_quiz.report.why import what_if_words
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.guidance.least_raises import LeastRaises
    from bpo_quiz.guidance.what_if import Moved, WhatIf


def what_if(catalogue: Catalogue, found: WhatIf, top: int) -> Iterator[str]:
    """The lines of a ranking with other levels; empty lines part the sections."""
    for line in _what_if(catalogue, found, top):
        yield clean(line)


def _what_if(catalogue: Catalogue, found: WhatIf, top: int) -> Iterator[str]:
    yield f"{what_if_words.what_if_title(catalogue, found)}."
    silence = what_if_words.silence(found)
    if silence is not None:
        yield silence[0]
        yield from silence[1]
        return
    yield what_if_words.what_if_paragraph(found, top)
    yield ""
    yield f"Roles, the first {top} then or now."
    yield from roles(found, top)


def roles(found: WhatIf, top: int) -> Iterator[str]:
    """Each role with its place, its numbers, and the gates in the way."""
    for one in what_if_words.listed(found, top):
        now = "without a place now" if one.rank_before is None else f"now {one.rank_before}"
        today = " Your role today." if one.is_today else ""
        yield f"{one.rank_after or 'Not ranked'}, {now}. {one.role.name}. {_numbers(one)}{today}"
        if one.closed:
            yield f"   not met: {what_if_words.closed_gates(one)}."


def _numbers(moved: Moved) -> str:
    pairs = (
        ("Total", moved.before.total, moved.after.total),
        ("Match", moved.before.match, moved.after.match),
        ("Readiness", moved.before.readiness, moved.after.readiness),
    )
    return " ".join(f"{name} {what_if_words.changed_number(old, new)}." for name, old, new in pairs)


def reach(catalogue: Catalogue, found: Sequence[LeastRaises], form: str, code: str | None) -> Iterator[str]:
    """The lines of what it would take, goal by goal."""
    for line in _reach(catalogue, found, form, code):
        yield clean(line)


def _reach(catalogue: Catalogue, found: Sequence[LeastRaises], form: str, code: str | None) -> Iterator[str]:
    yield f"{what_if_words.reach_title(found[0].after.role)}."
    for one in found:
        yield ""
        yield f"{what_if_words.goal_title(one)}."
        yield what_if_words.goal_sentences(catalogue, one)
        yield from raises(catalogue, one)
        yield from what_if_words.goal_end(one, code)
    yield ""
    yield from what_if_words.reach_end(found, form)


def raises(catalogue: Catalogue, found: LeastRaises) -> Iterator[str]:
    """Each skill that would have to rise."""
    for one, count in zip(found.raises, what_if_words.shown_points(found), strict=True):
        name = catalogue.skills[one.skill].name
        yield f"   {name}: from {whole(one.score)} to {whole(one.level)}, {count:+d}. The role asks {whole(one.asked)}."

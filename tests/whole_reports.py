"""What a cohort counts of a person, read off their whole report; and people of all kinds to try it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers.model import FORMS, About, Answers
from bpo_quiz.results.cohort import SIGNS, Person
from bpo_quiz.results.result import build

if TYPE_CHECKING:
    import random

    from bpo_quiz.catalogue.model import Catalogue


def person_of(catalogue: Catalogue, answers: Answers, group: str | None) -> Person:
    """Read off a whole report."""
    report = build(catalogue, answers)
    if report.silence is not None:
        return Person(group, report.silence)
    first = next(one for one in report.roles if not one.is_today)
    missing = [(-one.missing, one.skill) for one in first.fit.shares if one.missing >= 0.5]
    assert report.advice is not None
    return Person(
        group=group,
        unread=None,
        path=report.paths[0].path,
        standing=first.outlook.state,
        word=report.advice.path_word,
        signs=frozenset(SIGNS[flag.rule] for flag in report.flags if flag.rule != "no spread"),
        scores=report.profile.levels(),
        gaps=frozenset(skill for _, skill in sorted(missing)[:5]),
    )


def somebody(catalogue: Catalogue, dice: random.Random, about: About | None = None) -> Answers:
    """Who answers all, most, some or nothing, in their own way or always alike, at leisure or in haste."""
    items = list(catalogue.items())
    form = dice.choice(FORMS)
    if form == "quick":
        dice.shuffle(items)
    share, skipped = dice.choice((1.0, 0.8, 0.5, 0.1)), dice.choice((0.0, 0.0, 0.2))
    values = dice.choice(((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (1, 3, 4), (3,)))
    asked = [item.id for item in items if dice.random() < share]
    haste = dice.choice((1.0, 2.5, 8.0))
    return Answers(
        responses={item: None if dice.random() < skipped else dice.choice(values) for item in asked},
        about=about or About(current_role=dice.choice((None, *catalogue.roles)), english="B2", years=dice.randrange(9)),
        form=form,
        times={item: dice.uniform(0.5, 2) * haste for item in asked},
    )

"""The stable JSON records of studies: of simulated people, of real answers, of ratings. Shares are 0-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.as_dict import as_dict, picked
from bpo_quiz.records import catalogue_of
from bpo_quiz.records.text import csv_text
from bpo_quiz.study.goals import Goal, confused_pairs, goals, role_rows, worlds

if TYPE_CHECKING:
    from bpo_quiz.results.changes import Changes
    from bpo_quiz.results.evidence import ItemStudy
    from bpo_quiz.results.ratings import Ratings
    from bpo_quiz.study.careless import Caught
    from bpo_quiz.study.shorter import Shorter
    from bpo_quiz.study.simulate import Study

STUDY_FORMAT = "bpo-quiz/study@1"
CHANGES_FORMAT = "bpo-quiz/catalogue-changes@1"
RATINGS_FORMAT = "bpo-quiz/ratings@1"
ITEMS_FORMAT = "bpo-quiz/items@1"
PAIRS = 20
"""How many of the most confused pairs are told."""


def study_record(study: Study) -> dict[str, Any]:
    """A whole study of simulated people, `bpo-quiz/study@1`."""
    rows = role_rows(study)
    return {
        "format": STUDY_FORMAT,
        "catalogue": catalogue_of(study.catalogue),
        "people_per_world": study.people,
        "quick_people_per_world": study.quick_people,
        "seed": study.seed,
        "goals": list(map(_goal, goals(study))),
        "worlds": list(map(as_dict, worlds(study))),
        "quick": list(map(_shorter, study.shorter)),
        "honest": list(map(_caught, study.honest)),
        "careless": list(map(_caught, study.careless)),
        "confused_pairs": list(map(as_dict, confused_pairs(study)[:PAIRS])),
        "never_on_top": [row.role for row in rows if not row.wins],
        "roles": list(map(as_dict, rows)),
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {**as_dict(goal), "met": goal.is_met, "distance": goal.distance}


def _shorter(part: Shorter) -> dict[str, Any]:
    """Means over the people of a world; the `true` ones are about the role that no error would put on top."""
    return {
        "world": part.world,
        "people": len(part.asked),
        "asked": float(part.asked.mean()),
        "lost_top1": float(part.lost_first.mean()),
        "lost_top3": float(part.lost_top3.mean()),
        "lost_true_first": float(part.lost_true_first.mean()),
        "lost_true_top3": float(part.lost_true_top3.mean()),
    }


def _caught(part: Caught) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "flagged": float(part.flagged.mean()),
        "flagged_by_answers": float(part.by_answers.mean()),
        "rules": dict(part.rules),
    }


def items_record(study: ItemStudy) -> dict[str, Any]:
    """What the items of a catalogue do with real people, `bpo-quiz/items@1`."""
    return {"format": ITEMS_FORMAT, **as_dict(study), "catalogue": catalogue_of(study.catalogue)}


def changes_record(found: Changes) -> dict[str, Any]:
    """What differs between two catalogues, `bpo-quiz/catalogue-changes@1`."""
    both = {name: catalogue_of(one) for name, one in (("before", found.before), ("after", found.after))}
    return {"format": CHANGES_FORMAT, **both, **picked(found, "changes items")}


def ratings_record(found: Ratings) -> dict[str, Any]:
    """What experts say of roles, `bpo-quiz/ratings@1`."""
    return {"format": RATINGS_FORMAT, **as_dict(found), "catalogue": catalogue_of(found.catalogue)}


def ratings_csv(found: Ratings) -> str:
    """The same, a skill and what was rated of it a row."""
    rows: list[list[Any]] = [[one.role, *skill] for one in found.roles for skill in one.skills]
    return csv_text([["role", "skill", "part", "raters", "median", "low", "high", "catalogue", "is_off"], *rows])

"""Questions for a talk: where the answers are unsure, where something is in the way, and what nobody asked yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.articles import with_article
from bpo_quiz.guidance.gate_words import and_list, gate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.pathway import PathwayStep
    from bpo_quiz.scoring.answer_quality import Flag

MOST_NAMED = 3

_FLAGGED = {
    "long run": "Many answers in a row stand at the same place in the list. Which of them would you give again?",
    "no spread": "Nearly all your answers are alike. Which two of these skills do people come to you for?",
    "pairs disagree": "Two questions about one skill often got very different answers. What did you have in mind?",
    "median time": "Many answers came fast. Which questions would you like to read again?",
    "fast answers": "Many answers came fast. Which questions would you like to read again?",
}


class Standing(NamedTuple):
    """What a talk can be about.

    Attributes:
        goal: the role that fits best and is new to the person.
        today: the person's role today; None from outside the trade.
        first: the first step on the way to the goal; None where no way is known.
        gates: of the goal. conditions: of the goal.
        flags: signs that the answers may not describe the person.
        about_equal: ids of the roles that stand about equal at the top.
        deciding: ids of the skills that would decide between these.
        unknown: ids of skills that matter for the goal and have no answer.
        today_is_first: whether today's role stands on top.
    """

    goal: Role
    today: Role | None
    first: PathwayStep | None
    gates: Sequence[Check]
    conditions: Sequence[Check]
    flags: Sequence[Flag]
    about_equal: Sequence[str]
    deciding: Sequence[str]
    unknown: Sequence[str]
    today_is_first: bool


def talk_questions(catalogue: Catalogue, standing: Standing) -> tuple[str, ...]:
    """The questions, those that could change the result first."""
    return (
        *dict.fromkeys(_FLAGGED[flag.rule] for flag in standing.flags),
        *_about_equal(catalogue, standing),
        *_unknown(catalogue, standing),
        *_today(standing),
        *_conditions(standing),
        *_gates(standing),
        *_preview(standing.goal),
    )


def _about_equal(catalogue: Catalogue, standing: Standing) -> Iterator[str]:
    if len(standing.about_equal) < 2:
        return
    named = and_list([catalogue.roles[role].name for role in standing.about_equal[:MOST_NAMED]])
    yield f"{named} stand about equal. Whose ordinary day would you rather have, and why?"
    if standing.deciding:
        skills = and_list([catalogue.skills[skill].name for skill in standing.deciding])
        yield f"{skills}: what would somebody say who has seen you at it? That decides most between these roles."


def _unknown(catalogue: Catalogue, standing: Standing) -> Iterator[str]:
    if standing.unknown:
        skills = and_list([catalogue.skills[skill].name for skill in standing.unknown[:MOST_NAMED]])
        yield f"{skills}: nothing is known of it yet, and it matters for {standing.goal.name}. What could you tell?"


def _today(standing: Standing) -> Iterator[str]:
    if standing.today is None:
        return
    if standing.today_is_first:
        yield (
            f"Your role today, {standing.today.name}, comes first. What would have to change so that you would gladly "
            "stay, and what can only another role give you?"
        )
    else:
        today, goal = with_article(standing.today.name), with_article(standing.goal.name)
        yield f"What do you like about being {today} that you would miss as {goal}?"


def _conditions(standing: Standing) -> Iterator[str]:
    """Conditions of the first step, then those of the goal that it did not name already."""
    goal, first = (standing.goal, standing.conditions), standing.first
    named: set[tuple[str, object]] = set()
    for role, checks in ((first.role, first.conditions), goal) if first else (goal,):
        new = [check for check in checks if not set(_parts(check)) <= named]
        named.update(part for check in new for part in _parts(check))
        against = [gate(check) for check in new if check.state == "not met"]
        if against:
            means = f"{role.name} usually means {and_list(against)}, and you say that this does not suit you."
            yield f"{means} Is that firm, or would it depend?"
        not_told = [gate(check) for check in new if check.state == "unknown"]
        if not_told:
            yield f"{role.name} usually means {and_list(not_told)}. Would that suit you?"


def _parts(check: Check) -> Iterator[tuple[str, object]]:
    """What a condition asks for, one by one: each shift, each channel; where it is not met, each that is missing."""
    for one in check.in_question if isinstance(check.in_question, tuple) else (check.in_question,):
        yield check.name, one


def _gates(standing: Standing) -> Iterator[str]:
    """Gates that nothing was told about: of the first step, since it comes first, else of the goal."""
    first = standing.first
    for role, checks in ((first.role, first.gates) if first else (standing.goal, ()), (standing.goal, standing.gates)):
        asked = [gate(check) for check in checks if check.state == "unknown"]
        if asked:
            yield f"{role.name} usually asks for {and_list(asked)}. Do you have that, and how could you show it?"
            return


def _preview(goal: Role) -> Iterator[str]:
    if goal.preview.hard:
        being = with_article(goal.name)
        yield f'People say this is hard about being {being}: "{goal.preview.hard[0]}" How would that be for you?'

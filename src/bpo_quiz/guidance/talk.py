"""What to talk about: where the answers are unsure, what is in the way, what nobody asked yet, and good examples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.guidance.gaps import MATTERS
from bpo_quiz.guidance.gates import gate
from bpo_quiz.scoring.totals import Totals
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role, Skill
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.guidance.standing import Outlook
    from bpo_quiz.scoring.answer_quality import Flag
    from bpo_quiz.scoring.profile import Profile

MOST_NAMED = 3

HIGH = 75.0
"""Score, 0-100, from which a self-rating calls for an example."""

MOST_PROMPTS = 4

USUAL_ERROR = 13.0
"""Standard error, points, of a skill that has its usual two answers."""

_FLAGGED = {
    "long run": "Many answers in a row stand at the same place in the list. Which of them would you give again?",
    "no spread": "Nearly all your answers are alike. Which two of these skills do people come to you for?",
    "pairs disagree": "Two questions about one skill often got very different answers. What did you have in mind?",
    "median time": "Many answers came fast. Which questions would you like to read again?",
    "fast answers": "Many answers came fast. Which questions would you like to read again?",
}


class Subjects(NamedTuple):
    """What a talk can be about.

    Attributes:
        goal: the role that fits best and is new to the person.
        today: the person's role today; None from outside the trade.
        roles: the door that is named first, or the first step of the way, then the goal; each once, as they stand.
        fields: names of the career paths in which the person's years were worked.
        flags: signs that the answers may not describe the person.
        about_equal: ids of the roles that stand about equal at the top.
        deciding: ids of the skills that would decide between these.
        unknown: ids of skills that matter for the goal and have no answer.
        today_is_first: whether today's role stands on top.
    """

    goal: Role
    today: Role | None
    roles: Sequence[Outlook]
    fields: Sequence[str]
    flags: Sequence[Flag]
    about_equal: Sequence[str]
    deciding: Sequence[str]
    unknown: Sequence[str]
    today_is_first: bool


def talk_questions(catalogue: Catalogue, subjects: Subjects) -> tuple[str, ...]:
    """The questions, those that could change the result first."""
    return (
        *dict.fromkeys(_FLAGGED[flag.rule] for flag in subjects.flags),
        *_about_equal(catalogue, subjects),
        *_unknown(catalogue, subjects),
        *_today(subjects),
        *_fields(subjects),
        *_conditions(catalogue, subjects),
        *_gates(catalogue, subjects),
        *_preview(subjects.goal),
    )


def _about_equal(catalogue: Catalogue, subjects: Subjects) -> Iterator[str]:
    if len(subjects.about_equal) < 2:
        return
    named = listed([catalogue.roles[role].name for role in subjects.about_equal[:MOST_NAMED]])
    yield f"{named} stand about equal. Whose ordinary day would you rather have, and why?"
    if subjects.deciding:
        skills = listed([catalogue.skills[skill].name for skill in subjects.deciding])
        yield f"{skills}: what would somebody say who has seen you at it? That decides most between these roles."


def _unknown(catalogue: Catalogue, subjects: Subjects) -> Iterator[str]:
    if subjects.unknown:
        skills = listed([catalogue.skills[skill].name for skill in subjects.unknown[:MOST_NAMED]])
        yield f"{skills}: nothing is known of it yet, and it matters for {subjects.goal.name}. What could you tell?"


def _today(subjects: Subjects) -> Iterator[str]:
    if subjects.today is None:
        return
    if subjects.today_is_first:
        yield (
            f"Your role today, {subjects.today.name}, comes first. What would have to change so that you would gladly "
            "stay, and what can only another role give you?"
        )
    else:
        today, goal = subjects.today.name, subjects.goal.name
        yield f"What do you like about the role {today} that you would miss in the role {goal}?"


def _fields(subjects: Subjects) -> Iterator[str]:
    """Years are told once for all fields, and count in full for each."""
    if len(subjects.fields) > 1:
        yield f"How do your years of work divide between {listed(subjects.fields)}? Not all may count for an employer."


def _conditions(catalogue: Catalogue, subjects: Subjects) -> Iterator[str]:
    """What each role's work means and the person refused or did not tell; what one role named, the next does not."""
    named: set[tuple[str, object]] = set()
    for found in subjects.roles:
        name = catalogue.roles[found.role].name
        for often in ("usually", "sometimes"):
            conditions = [
                one.check
                for one in found.hurdles
                if not one.is_gate and (one.often == "sometimes") == (often == "sometimes")
            ]
            new = [check for check in conditions if not set(_parts(check)) <= named]
            named.update(part for check in new for part in _parts(check))
            if against := [gate(check) for check in new if check.state == "not met"]:
                means = f"{name} {often} means {listed(against)}, and you say that this does not suit you."
                yield f"{means} Is that firm, or would it depend?"
            if not_told := [gate(check) for check in new if check.state == "unknown"]:
                yield f"{name} {often} means {listed(not_told)}. Would that suit you?"


def _parts(check: Check) -> Iterator[tuple[str, object]]:
    """What a condition asks for, one by one: each shift, each channel; where it is not met, each that is missing."""
    for one in check.in_question if isinstance(check.in_question, tuple) else (check.in_question,):
        yield check.name, one


def _gates(catalogue: Catalogue, subjects: Subjects) -> Iterator[str]:
    """Gates of which nothing was told, of the first role that has one; and where a further language helps."""
    for found in subjects.roles:
        if asked := [gate(one.check) for one in found.hurdles if one.is_gate and one.check.state == "unknown"]:
            name = catalogue.roles[found.role].name
            yield f"{name} usually asks for {listed(asked)}. Do you have that, and how could you show it?"
            break
    if subjects.goal.languages:
        yield f"In the role {subjects.goal.name} a further language helps. Which could you work in, and how well?"


def _preview(goal: Role) -> Iterator[str]:
    if goal.preview.hard:
        hard = goal.preview.hard[0]
        yield f'People say this is hard about the role {goal.name}: "{hard}" How would that be for you?'


class EvidencePrompt(NamedTuple):
    """A question for one example of a skill: what happened, what the person did, what came of it."""

    skill: str
    question: str


def evidence_prompts(catalogue: Catalogue, role: Role, levels: Mapping[str, float]) -> tuple[EvidencePrompt, ...]:
    """Questions about skills that the person rated high and that matter for a role, the most important first.

    Args:
        catalogue: the skills and their questions.
        role: the role that the person would show them for.
        levels: known skill scores, 0-100.
    """
    high = [
        skill
        for skill, asked in role.skills.items()
        if levels.get(skill, 0.0) >= HIGH and asked.importance >= MATTERS and _question(catalogue.skills[skill])
    ]
    high.sort(key=lambda skill: (-role.skills[skill].importance, -levels[skill], -role.skills[skill].level, skill))
    return tuple(EvidencePrompt(skill, _question(catalogue.skills[skill])) for skill in high[:MOST_PROMPTS])


def _question(skill: Skill) -> str:
    """The skill's own question; else one made of what people do at its fourth level; else nothing."""
    if skill.evidence or not skill.levels:
        return skill.evidence
    return f'Which example shows this of you: "{skill.levels[3]}"? What happened, and what came of it?'


def deciding_skills(catalogue: Catalogue, profile: Profile, roles: Sequence[str], count: int = 2) -> tuple[str, ...]:
    """The skills whose error moves the first role against the others most, most first.

    Args:
        catalogue: the roles.
        profile: the scores.
        roles: ids of roles that stand about equal, the leader first; fewer than two decide nothing.
        count: how many skills to name.
    """
    known = [skill for skill in profile.skills if skill.score is not None]
    totals = Totals(catalogue, [skill.skill for skill in known], ())
    row = {role: n for n, role in enumerate(totals.roles)}
    if len(roles) < 2 or any(role not in row for role in roles):
        return ()
    slopes = totals.slopes([skill.score or 0.0 for skill in known], ())
    leader = slopes[row[roles[0]]]
    moved = {
        skill.skill: math.fsum(abs(leader[n] - slopes[row[role]][n]) for role in roles[1:]) * (skill.se or USUAL_ERROR)
        for n, skill in enumerate(known)
    }
    return tuple(sorted(moved, key=lambda skill: (-moved[skill], skill))[:count])

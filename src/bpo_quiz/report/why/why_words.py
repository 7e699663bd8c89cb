"""The sentences of an explanation, the same in every format. Returns text uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import words
from bpo_quiz.report.why.why_points import lead_points, match_points
from bpo_quiz.scoring.match import FEWEST_KNOWN
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer, Swing
    from bpo_quiz.guidance.explain import Against, Explanation, Part
    from bpo_quiz.guidance.gates import Check
    from bpo_quiz.scoring.match import InterestCost, SkillCost

MOST_NAMED = 3
"""Skills, answers and questions that are named at most."""

WEAKER, STRONGER = "weaker", "stronger"
KINDS_EXPLAINED = (
    "weaker: compared with the rest of you, you have less of it than the role's pattern asks; stronger: more than the "
    "role uses. Both take from Match, so a skill can cost points although you meet its level."
)
INTERESTS_EXPLAINED = (
    "Interests are compared by their pattern too: more or less of it than you want, beside your other interests."
)
ONE_STEP = "Answers that move it most, and what one step lower or higher would change"
STILL_OPEN = "Not answered, and could still move it"
BY_TOTAL_AFTER_QUICK = (
    "After the quick form a result is ordered by the chance to be first; the places here are those of Total, so they "
    "can differ."
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_SURE = {
    "within error": "That is within the error of your answers: another day it could be the other way round.",
    "ahead": (
        "That is more than the usual error of your answers, but not so much more that it is sure: another day it could "
        "still be the other way round."
    ),
    "clearly ahead": "That is clearly more than the error of your answers.",
}


def ordinal(place: int) -> str:
    """`1st`, `2nd`, `11th`, `22nd`."""
    return f"{place}{'th' if place // 10 % 10 == 1 else _ENDINGS.get(place % 10, 'th')}"


def points(number: float) -> str:
    """`3 points`, `1 point`, `less than 1 point`; the sign is left out."""
    shown = whole(abs(number))
    return "less than 1 point" if shown == 0 else f"{shown} point{'s' if shown > 1 else ''}"


def signed(number: int) -> str:
    """`+3`, `-3`, `0`."""
    return f"{number:+d}" if number else "0"


def level_line(explanation: Explanation) -> str:
    """How the person's general level lies beside the role's."""
    apart = whole(explanation.elevation or 0.0)
    if apart == 0:
        return "on the whole you have as much as it asks"
    return f"on the whole you have {points(apart)} {'less' if apart > 0 else 'more'} than it asks"


def title(explanation: Explanation) -> str:
    """What the page is about."""
    return f"Why {explanation.role.name} stands where it stands"


def beside(against: Against) -> str:
    """What a role is measured against."""
    return f"Beside {against.rival.name}"


def is_explained(explanation: Explanation) -> bool:
    """Whether there is a place that means something."""
    return explanation.rank is not None and not explanation.all_alike


def helps(explanation: Explanation) -> tuple[str, ...]:
    """What helps where there is no place to explain."""
    return words.SILENT["too few answers" if explanation.rank is None else "all alike"][1]


def paragraph(catalogue: Catalogue, explanation: Explanation) -> str:
    """The whole explanation in a few sentences."""
    return " ".join(_sentences(catalogue, explanation))


def _sentences(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    if explanation.rank is None:
        yield from _too_few(catalogue, explanation)
    elif not is_explained(explanation):
        yield words.SILENT["all alike"][0]
        yield f"So a place for {_name(explanation)} would be chance, and none is explained here."
    else:
        yield from _place(explanation, explanation.rank)
        yield from _beside_the_rival(catalogue, explanation)
        yield from _match(catalogue, explanation)
        yield _interests(explanation)
        yield _readiness(explanation)
        yield from _first_move(catalogue, explanation)
    yield from _gates(explanation)
    if explanation.form == "quick" and is_explained(explanation):
        yield BY_TOTAL_AFTER_QUICK


def _name(explanation: Explanation) -> str:
    return f"{explanation.role.name}, your role today," if explanation.is_today else explanation.role.name


def _too_few(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    known, needed = whole(100 * explanation.fit.known), whole(100 * FEWEST_KNOWN)
    yield f"There are too few answers to give {_name(explanation)} a place."
    yield f"They cover {min(known, needed - 1)} % of what it asks for, and a Match needs {needed} %."
    names = [catalogue.skills[skill].name for skill in explanation.enough]
    yield f"Answers about {words.and_list(names)} would be enough."


def _place(explanation: Explanation, rank: int) -> Iterator[str]:
    total = whole(explanation.fit.total or 0.0)
    yield f"{_name(explanation)} stands {ordinal(rank)} of {explanation.ranked} roles by Total, with {total} of 100."


def _beside_the_rival(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    against = explanation.against
    if against is None:
        return
    shown, rival = lead_points(explanation, against), against.rival.name
    is_first = explanation.rank == 1
    if shown.lead == 0:
        yield f"{rival}, the {'second' if is_first else 'first'}, has the same Total in whole points."
    elif is_first:
        yield f"It leads {rival}, the second, by {points(shown.lead)}."
    else:
        yield f"It is {points(shown.lead)} behind {rival}, the first."
    yield _SURE[against.sureness]
    speaking = shown.for_it if is_first else shown.against_it
    if speaking:
        how = "What speaks most for it" if is_first else "What costs it most"
        named = [_with_points(catalogue, part, count) for part, count in speaking[:MOST_NAMED]]
        yield f"{how}, compared with {rival}: {words.and_list(named)}."


def _with_points(catalogue: Catalogue, part: Part, count: int) -> str:
    if part.kind == "interest":
        return f"{catalogue.interests[part.id].name} (interest, {points(count)})"
    return f"{part_name(catalogue, part)} ({points(count)})"


def part_name(catalogue: Catalogue, part: Part) -> str:
    """What a part of a lead is about."""
    if part.kind == "level":
        return "the general level"
    return catalogue.skills[part.id].name if part.kind == "skill" else interest_name(catalogue, part.id)


def interest_name(catalogue: Catalogue, interest: str) -> str:
    """An interest, so that nobody takes it for a skill."""
    return f"{catalogue.interests[interest].name} (interest)"


def _match(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    shown = match_points(explanation)
    costs = [
        f"{catalogue.skills[cost.skill].name} ({points(count)}, {_for_you(cost)})"
        for cost, count in zip(shown.costs[:MOST_NAMED], shown.points, strict=False)
    ]
    if costs:
        yield f"Its Match is {shown.match} of 100; most is lost by {words.and_list(costs)}."
    else:
        yield f"Its Match is {shown.match} of 100; no single skill takes much from it."


def _for_you(cost: SkillCost) -> str:
    return "comparatively weak" if cost.difference > 0 else "comparatively strong"


def kind(cost: SkillCost) -> str:
    """`weaker` or `stronger`, both compared with the rest of the person."""
    return WEAKER if cost.difference > 0 else STRONGER


def interest_kind(cost: InterestCost, shown: int) -> str:
    """Whether the role offers more or less of an activity than the person's pattern asks."""
    if shown == 0:
        return "fits"
    return "more than you want" if cost.difference > 0 else "less than you want"


def _interests(explanation: Explanation) -> str:
    fit = explanation.fit
    if fit.interest is None:
        return "There are no answers about interests, so Total is Match."
    if explanation.interest_weight == 0:
        return "In this catalogue interests do not count, so Total is Match."
    lift = whole(fit.total or 0.0) - whole(fit.match or 0.0)
    effect = f"{'lift' if lift > 0 else 'lower'} it by {points(lift)}" if lift else "hardly change it"
    alone = ""
    if explanation.match_rank is not None and explanation.match_rank != explanation.rank:
        alone = f"; by Match alone it would stand {ordinal(explanation.match_rank)}"
    return f"Your interests {effect}{alone}."


def _readiness(explanation: Explanation) -> str:
    readiness = explanation.fit.readiness or 0.0
    return f"You say you have {whole(readiness)} of 100 of the level it asks for ({words.band(readiness)})."


def _first_move(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """The one answer that moves most, when it moves the place."""
    for move in explanation.moves[:1]:
        steps = [(step, way) for step, way in ((move.lower, "lower"), (move.higher, "higher")) if step is not None]
        step, way = max(steps, key=lambda pair: abs(pair[0].lead))
        if step.rank != explanation.rank:
            about = measured(catalogue, move.item)
            yield f"One answer about {about}, one step {way}, would put it {ordinal(step.rank)}."


def _gates(explanation: Explanation) -> Iterator[str]:
    every = (*explanation.gates, *explanation.conditions)
    closed = [words.gate(check) for check in every if check.state == "not met"]
    to_check = [words.gate(check) for check in every if check.state == "unknown"]
    if closed:
        yield f"Not met: {'; '.join(closed)}."
    if to_check:
        yield f"To check: {'; '.join(to_check)}."
    if closed or to_check:
        yield "That changes no number."
    elif every:
        yield "All that it asks for beside skills is met, as far as the catalogue knows."


def checks(gates: Iterable[Check]) -> str:
    """What gates ask for, in one line."""
    return "; ".join(words.gate(gate) for gate in gates)


def measured(catalogue: Catalogue, item: Item) -> str:
    """The skill or the interest that a question is about."""
    if item.measures in catalogue.skills:
        return catalogue.skills[item.measures].name
    return interest_name(catalogue, item.measures)


def moves(catalogue: Catalogue, explanation: Explanation) -> list[tuple[str, list[str]]]:
    """The answers that move the role most: each with what one step lower and one higher would change."""
    return [
        (
            f'{measured(catalogue, move.item)}: "{move.item.prompt}" You chose {_option(move.item, move.value)}.',
            [
                f"One step {way}, {_option(move.item, step.value)}: {_effect(explanation, step)}."
                for way, step in (("lower", move.lower), ("higher", move.higher))
                if step is not None
            ],
        )
        for move in _that_move(explanation.moves)
    ]


def _that_move(every: Sequence[AnswerMove]) -> Sequence[AnswerMove]:
    return [move for move in every if move.size > 0][:MOST_NAMED]


def _option(item: Item, value: int) -> str:
    return f'{value + 1} of {len(item.options)}, "{item.options[value]}"'


def _effect(explanation: Explanation, step: Swing) -> str:
    """What a step changes, such as `2 points further behind Trainer, 28th instead of 26th`."""
    against = explanation.against
    if against is None:
        moved = f"Total {'rises' if step.lead > 0 else 'falls'} by {points(step.lead)}"
    elif explanation.rank == 1:
        moved = f"leads {against.rival.name} by {points(step.lead)} {'more' if step.lead > 0 else 'less'}"
    else:
        moved = f"{points(step.lead)} {'nearer to' if step.lead > 0 else 'further behind'} {against.rival.name}"
    if step.rank == explanation.rank:
        return f"{moved}, still {ordinal(step.rank)}"
    return f"{moved}, {ordinal(step.rank)} instead of {ordinal(explanation.rank or 0)}"


def still_open(catalogue: Catalogue, explanation: Explanation) -> list[str]:
    """Questions without an answer that could move the role most, one line each."""
    now = explanation.rank or 0
    moving = [one for one in explanation.still_open if one.size > 0 or one.places != (now, now)]
    named = moving[:MOST_NAMED]
    lines = [_open(catalogue, question, now) for question in named]
    more = len(explanation.still_open) - len(named)
    if not named:
        lines.append(f"{more} question{'s have' if more > 1 else ' has'} no answer, but none could move it.")
    elif more:
        lines.append(f"{more} more question{'s have' if more > 1 else ' has'} no answer; they could move it less.")
    return lines


def _open(catalogue: Catalogue, question: OpenAnswer, now: int) -> str:
    first, last = question.places
    if first != last:
        span = f"{ordinal(first)} to {ordinal(last)}"
    elif first == now:
        span = f"still {ordinal(now)}, with any answer"
    else:
        span = f"{ordinal(first)} with any answer, {ordinal(now)} without one"
    apart = f"{points(question.size)} between the best and the worst answer for it"
    return f'{measured(catalogue, question.item)}: "{question.item.prompt}" {apart}; {span}.'

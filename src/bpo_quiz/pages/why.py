"""Why a role stands where it stands: points that add up, and the answers that moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Detail, Document, Entries, Entry, Heading, Paragraph, Row, Section, Table
from bpo_quiz.pages.phrases import BY_TOTAL_AFTER_QUICK, SILENT, band, hurdles_table, in_question, points, signed
from bpo_quiz.results.points import interest_points, lead_points, match_points, total_points
from bpo_quiz.scoring.match import FEWEST_KNOWN
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import counted, listed, ordinal, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue, Item
    from bpo_quiz.document import Block
    from bpo_quiz.guidance.answer_moves import AnswerMove, OpenAnswer, Swing
    from bpo_quiz.guidance.explain import Against, Explanation, Part
    from bpo_quiz.scoring.match import InterestCost, SkillCost

MOST_NAMED = 3
"""Skills, answers and questions that are named at most."""

_SURE = {
    "within error": "That is within the error of your answers: another day it could be the other way round.",
    "ahead": (
        "That is more than the usual error of your answers, but not so much more that it is sure: another day it could "
        "still be the other way round."
    ),
    "clearly ahead": "That is clearly more than the error of your answers.",
}
_KINDS_EXPLAINED = (
    "weaker: compared with the rest of you, you have less of it than the role's pattern asks; stronger: more than the "
    "role uses. Both take from Match, so a skill can cost points although you meet its level."
)
_INTERESTS_EXPLAINED = (
    "Interests are compared by their pattern too: more or less of it than you want, beside your other interests."
)

_NAME = Column("", "name")
_YOU = Column("You", "number", "you {}")
_FOR_YOU = Column("For you", "name", "{}")
_POINTS = Column("Points", "number", "{} point(s)")
_SKILLS = (_NAME, _YOU, Column("Role asks", "number", "the role asks {}"), _FOR_YOU, _POINTS)
_OFFERS = (_NAME, _YOU, Column("Role offers", "number", "the role offers {}"), _FOR_YOU, _POINTS)
_SHARES = (_NAME, Column("Of 100", "number", "{} of 100"), Column("Weight", "number", "at {}"), _POINTS)
_LEAD = (Column("", "name", "{}"), _NAME, Column("Points of Total", "number", "{} point(s) of Total"))
_TOGETHER = Row(("Together", "", "", "", "100"), is_sum=True)


def page(catalogue: Catalogue, explanation: Explanation, facts: tuple[tuple[str, str], ...] = ()) -> Document:
    """The whole page; `facts`: (label, value) of the session that it is about."""
    return Document(title=_title(explanation), sections=tuple(_sections(catalogue, explanation)), facts=facts)


def in_short(catalogue: Catalogue, explanation: Explanation) -> Section:
    """What a result says of its first new role: the sentences, and the answers that moved it most."""
    blocks: list[Block] = [Paragraph(" ".join(_sentences(catalogue, explanation)))]
    for _, title, answers in _answers(catalogue, explanation):
        blocks += [Heading(title), answers]
    return Section("why", _title(explanation), tuple(blocks))


def _title(explanation: Explanation) -> str:
    return f"Why {explanation.role.name} stands where it stands"


def _sections(catalogue: Catalogue, explanation: Explanation) -> Iterator[Section]:
    lead, *more = _sentences(catalogue, explanation)
    told = (Paragraph(lead, "lead"), Paragraph(" ".join(more)))
    if not _is_explained(explanation):
        helps = SILENT["too few answers" if explanation.rank is None else "all alike"][1]
        yield Section("place", "", (*told, Bullets(helps)))
        return
    yield Section("place", "", told)
    yield _match(catalogue, explanation)
    yield _total(explanation)
    if explanation.interests:
        yield _interests(catalogue, explanation)
    if explanation.against is not None:
        yield _beside(catalogue, explanation, explanation.against)
    asked = hurdles_table(explanation.hurdles) if explanation.hurdles else Paragraph("None.")
    yield Section("gates", "Gates and conditions", (asked,))
    for name, title, answers in _answers(catalogue, explanation):
        yield Section(name, title, (answers,))


def _is_explained(explanation: Explanation) -> bool:
    """Whether there is a place that means something."""
    return explanation.rank is not None and not explanation.all_alike


# --- in sentences ---


def _sentences(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """The whole explanation."""
    if explanation.rank is None:
        yield from _too_few(catalogue, explanation)
    elif explanation.all_alike:
        yield SILENT["all alike"][0]
        yield f"So a place for {_name(explanation)} would be chance, and none is explained here."
    else:
        total = whole(explanation.fit.total or 0.0)
        place = f"{ordinal(explanation.rank)} of {counted(explanation.ranked, 'role')}"
        yield f"{_name(explanation)} stands {place} by Total, with {total} of 100."
        if explanation.against is not None:
            yield from _lead(catalogue, explanation, explanation.against)
        yield _match_sentence(catalogue, explanation)
        yield _interest_sentence(explanation)
        readiness = explanation.fit.readiness or 0.0
        yield f"You say you have {whole(readiness)} of 100 of the level it asks for ({band(readiness)})."
        yield from _first_move(catalogue, explanation)
    yield from _gates(explanation)
    if explanation.form == "quick" and _is_explained(explanation):
        yield BY_TOTAL_AFTER_QUICK


def _name(explanation: Explanation) -> str:
    return f"{explanation.role.name}, your role today," if explanation.is_today else explanation.role.name


def _too_few(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    known, needed = whole(100 * explanation.fit.known), whole(100 * FEWEST_KNOWN)
    yield f"There are too few answers to give {_name(explanation)} a place."
    yield f"They cover {min(known, needed - 1)} % of what it asks for, and a Match needs {needed} %."
    yield f"Answers about {listed(catalogue.skills[skill].name for skill in explanation.enough)} would be enough."


def _lead(catalogue: Catalogue, explanation: Explanation, against: Against) -> Iterator[str]:
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
        named = listed(_with_points(catalogue, part, count) for part, count in speaking[:MOST_NAMED])
        yield f"{how}, compared with {rival}: {named}."


def _with_points(catalogue: Catalogue, part: Part, count: int) -> str:
    if part.kind == "interest":
        return f"{catalogue.interests[part.id].name} (interest, {points(count)})"
    return f"{_part_name(catalogue, part)} ({points(count)})"


def _part_name(catalogue: Catalogue, part: Part) -> str:
    return "the general level" if part.kind == "level" else _measured(catalogue, part.id)


def _measured(catalogue: Catalogue, measures: str) -> str:
    """The skill or the interest, which nobody should take for a skill."""
    skill = catalogue.skills.get(measures)
    return skill.name if skill else f"{catalogue.interests[measures].name} (interest)"


def _match_sentence(catalogue: Catalogue, explanation: Explanation) -> str:
    shown = match_points(explanation)
    costs = [
        f"{catalogue.skills[cost.skill].name} ({points(count)}, comparatively {_weak_or_strong(cost)})"
        for cost, count in shown.costs[:MOST_NAMED]
    ]
    lost = f"most is lost by {listed(costs)}" if costs else "no single skill takes much from it"
    return f"Its Match is {shown.match} of 100; {lost}."


def _weak_or_strong(cost: SkillCost) -> str:
    return "weak" if cost.difference > 0 else "strong"


def _interest_sentence(explanation: Explanation) -> str:
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


def _first_move(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """The one answer that moves most, when it moves the place."""
    for move in explanation.moves[:1]:
        steps = [(step, way) for step, way in ((move.lower, "lower"), (move.higher, "higher")) if step is not None]
        step, way = max(steps, key=lambda pair: abs(pair[0].lead))
        if step.rank != explanation.rank:
            about = _measured(catalogue, move.item.measures)
            yield f"One answer about {about}, one step {way}, would put it {ordinal(step.rank)}."


def _gates(explanation: Explanation) -> Iterator[str]:
    found = in_question(explanation.hurdles)
    yield from (f"{sentence(one.text)}." for one in found)
    if found:
        yield "That changes no number."
    elif explanation.hurdles:
        yield "All that it usually asks for beside skills is met, as far as the catalogue knows."


# --- in points ---


def _match(catalogue: Catalogue, explanation: Explanation) -> Section:
    shown = match_points(explanation)
    rows = [
        _compared(catalogue.skills[cost.skill].name, cost, f"{_weak_or_strong(cost)}er", count)
        for cost, count in shown.costs
    ]
    if shown.other_count:
        rows.append(_alone(f"All other skills ({shown.other_count})", shown.other))
    table = Table("", _SKILLS, (_alone("Match", shown.match), *rows, _alone("General level", shown.level), _TOGETHER))
    explained = Paragraph(f"{_KINDS_EXPLAINED} General level: {_level_line(explanation)}.", "small")
    return Section("match", "Where the 100 points of Match are", (table, explained))


def _alone(name: str, count: int) -> Row:
    """A row that compares nothing."""
    return Row((name, "", "", "", str(count)))


def _compared(name: str, cost: SkillCost | InterestCost, kind: str, count: int) -> Row:
    return Row((name, str(whole(cost.score)), str(whole(cost.level)), kind, str(count)))


def _level_line(explanation: Explanation) -> str:
    """How the person's general level lies beside the role's."""
    apart = whole(explanation.elevation or 0.0)
    if apart == 0:
        return "on the whole you have as much as it asks"
    return f"on the whole you have {points(apart)} {'less' if apart > 0 else 'more'} than it asks"


def _total(explanation: Explanation) -> Section:
    total, from_match, from_interest = total_points(explanation)
    fit, share = explanation.fit, whole(100 * explanation.interest_weight)
    rows = [Row(("Match", str(whole(fit.match or 0.0)), f"{100 - share} %", str(from_match)))]
    if fit.interest is not None:
        rows.append(Row(("Interest", str(whole(fit.interest)), f"{share} %", str(from_interest))))
    rows.append(Row(("Total", "", "", str(total)), is_sum=True))
    return Section("total", "From Match to Total", (Table("", _SHARES, tuple(rows)),))


def _interests(catalogue: Catalogue, explanation: Explanation) -> Section:
    interest, counts = interest_points(explanation)
    rows = []
    for cost, count in zip(explanation.interests, counts, strict=True):
        kind = f"{'more' if cost.difference > 0 else 'less'} than you want" if count else "fits"
        rows.append(_compared(catalogue.interests[cost.interest].name, cost, kind, count))
    table = Table("", _OFFERS, (_alone("Interest", interest), *rows, _TOGETHER))
    return Section("interests", "Interests", (table, Paragraph(_INTERESTS_EXPLAINED, "small")))


def _beside(catalogue: Catalogue, explanation: Explanation, against: Against) -> Section:
    shown = lead_points(explanation, against)
    rows = [
        Row((side, _part_name(catalogue, part), signed(count)))
        for side, parts in (("for it", shown.for_it), ("against it", shown.against_it))
        for part, count in parts
    ]
    rows += [Row(("", "All else", signed(shown.other))), Row(("", "Together", signed(shown.lead)), is_sum=True)]
    return Section("beside", f"Beside {against.rival.name}", (Table("", _LEAD, tuple(rows), names=1),))


# --- in answers ---


def _answers(catalogue: Catalogue, explanation: Explanation) -> Iterator[tuple[str, str, Block]]:
    """(id, title, list) of the answers that move the role most, and of questions without one that could."""
    moves = [move for move in explanation.moves if move.size > 0][:MOST_NAMED]
    if moves:
        title = "Answers that move it most, and what one step lower or higher would change"
        yield "answers", title, Entries(tuple(_move(catalogue, explanation, move) for move in moves))
    if explanation.still_open:
        open_ones = Bullets(tuple(_still_open(catalogue, explanation)))
        yield "open", "Not answered, and could still move it", open_ones


def _move(catalogue: Catalogue, explanation: Explanation, move: AnswerMove) -> Entry:
    asked = f'{_measured(catalogue, move.item.measures)}: "{move.item.prompt}"'
    steps = [(way, step) for way, step in (("lower", move.lower), ("higher", move.higher)) if step is not None]
    return Entry(
        f"{asked} You chose {_option(move.item, move.value)}.",
        tuple(
            Detail("", (f"One step {way}, {_option(move.item, step.value)}: {_effect(explanation, step)}.",))
            for way, step in steps
        ),
    )


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


def _still_open(catalogue: Catalogue, explanation: Explanation) -> Iterator[str]:
    """Questions without an answer that could move the role most, one line each."""
    now = explanation.rank or 0
    moving = [one for one in explanation.still_open if one.size > 0 or one.places != (now, now)][:MOST_NAMED]
    yield from (_open(catalogue, question, now) for question in moving)
    more = len(explanation.still_open) - len(moving)
    if not moving:
        yield f"{more} question{'s have' if more > 1 else ' has'} no answer, but none could move it."
    elif more:
        yield f"{more} more question{'s have' if more > 1 else ' has'} no answer; they could move it less."


def _open(catalogue: Catalogue, question: OpenAnswer, now: int) -> str:
    first, last = question.places
    if first != last:
        span = f"{ordinal(first)} to {ordinal(last)}"
    elif first == now:
        span = f"still {ordinal(now)}, with any answer"
    else:
        span = f"{ordinal(first)} with any answer, {ordinal(now)} without one"
    apart = f"{points(question.size)} between the best and the worst answer for it"
    return f'{_measured(catalogue, question.item.measures)}: "{question.item.prompt}" {apart}; {span}.'

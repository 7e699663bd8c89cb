"""What only the counsellor gets with a result: notes, what the client told, signs, single answers, every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Column, Detail, Document, Entries, Entry, Heading, Paragraph, Row, Section, Table
from bpo_quiz.pages import result
from bpo_quiz.pages.first_page import PLACE
from bpo_quiz.pages.phrases import chance, number
from bpo_quiz.pages.told import LABELS, in_words
from bpo_quiz.results.occasion import far_apart, unanswered
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.wording import day, note_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.document import Block
    from bpo_quiz.results.occasion import Apart, Occasion
    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.answer_quality import Flag

_TITLE = "Career result for the counsellor"
_NOTICE = "For the counsellor. It holds notes and remarks: hand over the client's version, not this one."
_FOOTER = "For the counsellor, not for handing over"
_EVERY_ROLE = (
    "First: chance to be first. Top 3: chance to be among the first three. Known: how much of what counts for the role "
    "was answered; under 60% it gets no Match."
)
_FLAGS = (
    "Five rules look for answers that may not describe the person. They never change a number. One sign: read the "
    "questions again together. Two or more: talk before you use the result."
)
_NO_FLAGS = "No rule found a sign that the answers may not describe the person."
_APART = (
    "Two answers about one skill that lie three or four steps apart. Both can be true; ask what is behind them, "
    "and read the skill's score with that in mind."
)
_NONE_APART = "No two answers about one skill lie three or more steps apart."
_NO_CLIENT = "This session belongs to no client, so there are no notes."
_NO_NOTES = "No notes were kept."
_UNASKED = {
    "full": "These questions were skipped. Skills without any answer are unknown; they do not count as 0.",
    "quick": "The quick form did not ask these, or they were skipped. They do not count as 0.",
}
_RULES = {
    "long run": ("Same option many times in a row", "answers"),
    "no spread": ("All answers nearly alike", "standard deviation"),
    "pairs disagree": ("Two answers about a skill disagree", "correlation"),
    "median time": ("Half of the answers came faster", "seconds"),
    "fast answers": ("Answers in under 2 seconds", "%"),
}


def paper(report: Report, answers: Answers, occasion: Occasion, *, top: int) -> Document:
    """What the client gets, with the errors of the scores, and what helps to prepare the talk."""
    return Document(
        title=_TITLE,
        sections=(
            *result.agreed_on(report, occasion),
            *_for_the_talk(report, occasion),
            *result.on_paper(report, answers, top),
            *_sections(report, answers),
        ),
        running=result.running(_TITLE, occasion, with_name=True),
        facts=tuple(result.facts(report, occasion, with_name=True)),
        notice=_NOTICE,
        footer=_FOOTER,
    )


def page(report: Report, answers: Answers, occasion: Occasion, *, top: int) -> Document:
    """What a screen shows: the client's page, and below it what only the counsellor gets."""
    above = result.page(report, top)
    talk = (*result.agreed_on(report, occasion), *_for_the_talk(report, occasion))
    return above._replace(sections=(*talk, *above.sections, *_sections(report, answers)))


def _for_the_talk(report: Report, occasion: Occasion) -> Iterator[Section]:
    """What a counsellor looks at first."""
    yield Section("notes", "Notes", (_notes(occasion),))
    yield Section("flags", "Signs to talk about", tuple(_signs(report)))


def _sections(report: Report, answers: Answers) -> Iterator[Section]:
    if report.answered:
        yield result.scores(report)
    told = Table("What the client told", (Column("Question"), Column("Answer")), tuple(map(Row, _told(report))))
    yield Section("told", "What the client told", (told,))
    yield Section("answers", "Single answers", tuple(_single_answers(report, answers.responses)))
    yield _every_role(report)


def _notes(occasion: Occasion) -> Block:
    """What the counsellor wrote, about this session first."""
    if occasion.alias is None:
        return Paragraph(_NO_CLIENT)
    if not occasion.notes:
        return Paragraph(_NO_NOTES)
    entries = [
        Entry(
            f"{day(note.written)}, {'about this session' if note.is_about_session else 'about the client'}",
            (Detail("", note_lines(note.text)),),
        )
        for note in sorted(occasion.notes, key=lambda note: not note.is_about_session)
    ]
    return Entries(tuple(entries))


def _told(report: Report) -> Iterator[tuple[str, str]]:
    """(what, answer) for all that the person was asked about themselves."""
    words = in_words(report.catalogue, report.about)
    yield from ((label[0].upper() + label[1:], words[key]) for key, label in LABELS.items())


def _signs(report: Report) -> Iterator[Block]:
    """The flags with their values and limits."""
    yield Paragraph(_FLAGS if report.flags else _NO_FLAGS)
    if report.flags:
        columns = (Column("Sign"), Column("Found", "number"), Column("Limit", "number"), Column("Unit"))
        yield Table("Signs that were found", columns, tuple(Row(_flag_cells(flag)) for flag in report.flags))


def _flag_cells(flag: Flag) -> tuple[str, str, str, str]:
    """A rule that fired: what it means, what was found, its limit, and their unit."""
    title, unit = _RULES[flag.rule]
    if unit == "%":
        return title, f"{whole(100 * flag.value)}", f"{whole(100 * flag.limit)} or more", unit
    if flag.rule == "long run":
        return title, f"{flag.value:.0f}", f"{flag.limit:.0f} or more", unit
    return title, f"{flag.value:.2f}", f"under {flag.limit:g}", unit


def _single_answers(report: Report, responses: Mapping[str, int | None]) -> Iterator[Block]:
    """Remarks about single answers."""
    apart = far_apart(report.catalogue, responses)
    yield Heading("Answers that lie far apart")
    yield Paragraph(_APART if apart else _NONE_APART)
    if apart:
        yield Entries(tuple(_apart(report, one) for one in apart))
    missing = unanswered(report.catalogue, responses)
    if missing:
        yield Heading(f"Questions without an answer: {len(missing)} of {report.asked}")
        yield Paragraph(_UNASKED[report.form])
        yield Bullets(tuple(f"{item.id}: {item.prompt}" for item in missing))


def _apart(report: Report, apart: Apart) -> Entry:
    name = report.catalogue.skills[apart.skill].name
    details = tuple(Detail(one.prompt, (one.option,)) for one in (apart.low, apart.high))
    return Entry(f"{name}: {apart.steps} steps apart", details)


def _every_role(report: Report) -> Section:
    """All roles with all their numbers."""
    numbers = ("First", "Top 3", "Total", "Match", "Interest", "Ready", "Known")
    columns = (
        PLACE, Column("Role"), Column("Career path"), *(Column(one, "number") for one in numbers),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                result.place(one.rank),
                one.role.name,
                report.catalogue.paths[one.role.path].name,
                chance(one.p_first),
                chance(one.p_top3),
                number(one.fit.total),
                number(one.fit.match),
                number(one.fit.interest),
                number(one.fit.readiness),
                f"{whole(100 * one.fit.known)}%",
            )
        )
        for one in report.roles
    )
    table = Table("Every role", columns, rows, names=1)
    return Section("every-role", f"All {len(rows)} roles", (table, Paragraph(_EVERY_ROLE, "small")))

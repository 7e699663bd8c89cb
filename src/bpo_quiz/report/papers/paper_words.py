"""The sentences that only a paper has; those of every result are in `words`. Uncleaned, as there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report import words
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from bpo_quiz.answers.model import About
    from bpo_quiz.results.result import Report
    from bpo_quiz.scoring.answer_quality import Flag

TITLE = "Career result"
COUNSELLOR_TITLE = "Career result for the counsellor"
COUNSELLOR_NOTICE = "For the counsellor. It holds notes and remarks: hand over the client's version, not this one."
COUNSELLOR_FOOTER = "For the counsellor, not for handing over"
PROFILE_MEANS = (
    "What you say you do, next to what {role} asks for. 50 is about what the average role of this trade asks. "
    "A score of yours has an error of about 13 points, so a gap of a few points says little."
)
BARE_PROFILE = "What you say you do, skill by skill. 50 is about what the average role of this trade asks."
READINESS_SUM = (
    "Readiness is the share of what {role} asks for that you say you have: {readiness} of 100 ({band}). The points "
    "below add up to it, and what is missing adds up to the rest."
)
CHANCES = "How likely each role is to come first, and to be among the first three, if your answers had no error."
EVERY_ROLE = (
    "First: chance to be first. Top 3: chance to be among the first three. Known: how much of what counts for the role "
    "was answered; under 60% it gets no Match."
)
ERRORS = (
    "± is the standard error of a score, in points: 13 with two answers, 18 with one. A difference of less than about "
    "25 points between two skills can be chance."
)
FLAGS = (
    "Five rules look for answers that may not describe the person. They never change a number. One sign: read the "
    "questions again together. Two or more: talk before you use the result."
)
NO_FLAGS = "No rule found a sign that the answers may not describe the person."
APART = (
    "Two answers about one skill that lie three or four steps apart. Both can be true; ask what is behind them, "
    "and read the skill's score with that in mind."
)
NONE_APART = "No two answers about one skill lie three or more steps apart."
NO_CLIENT = "This session belongs to no client, so there are no notes."
NO_NOTES = "No notes were kept."
UNASKED = {
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


def sureness(report: Report) -> str:
    """How sure the first place is, in words and in the chances of the role that stands there."""
    first = report.roles[0]
    return (
        f"How sure this is: {report.certainty.word}. If your answers had no error, {first.role.name} would come first "
        f"in {_about(first.p_first)} of cases, and among the first three in {_about(first.p_top3)}."
    )


def _about(share: float | None) -> str:
    said = words.chance(share)
    if said.startswith(("<", ">")):
        return {"<": "under ", ">": "over "}[said[0]] + said[1:]
    return f"about {said}"


def flag_cells(flag: Flag) -> tuple[str, str, str, str]:
    """A rule that fired: what it means, what was found, its limit, and their unit."""
    title, unit = _RULES[flag.rule]
    if unit == "%":
        return title, f"{whole(100 * flag.value)}", f"{whole(100 * flag.limit)} or more", unit
    if flag.rule == "long run":
        return title, f"{flag.value:.0f}", f"{flag.limit:.0f} or more", unit
    return title, f"{flag.value:.2f}", f"under {flag.limit:g}", unit


def about_lines(report: Report) -> list[tuple[str, str]]:
    """(what, answer) for all that the person was asked about themselves."""
    about = report.about
    return [
        ("Role today", _role_today(report)),
        ("Years in jobs like these", _told(None if about.years is None else f"{about.years:g}")),
        ("English", _told(about.english)),
        ("Education", _told(None if about.education is None else words.EDUCATION[about.education])),
        ("Shifts they could work", _list(about.shifts)),
        ("Contact they would be glad to have", _list(_named(about.channel, words.CHANNEL))),
        ("Where they could work", _list(_named(about.site, words.SITE))),
        ("A personal sales or collection target", _target(about)),
        ("Certificates", _list(about.licences)),
        ("Typing", _told(None if about.typing is None else f"{about.typing:g} words a minute")),
    ]


def _role_today(report: Report) -> str:
    about = report.about
    if about.works_as is not None:
        return report.catalogue.roles[about.works_as].name
    return "not told" if about.current_role is None else "works outside the trade"


def _told(answer: str | None) -> str:
    return "not told" if answer is None else answer


def _target(about: About) -> str:
    return {None: "not told", True: "would be fine", False: "rather not"}[about.targets]


def _named(values: tuple[str, ...] | None, names: dict[str, str]) -> tuple[str, ...] | None:
    return None if values is None else tuple(names[value] for value in values)


def _list(values: tuple[str, ...] | None) -> str:
    if values is None:
        return "not told"
    return words.and_list(values) if values else "none"

"""A result: the page of a screen, and the client's paper, which says more of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import (
    Bar,
    BarChart,
    BarGroup,
    Column,
    Detail,
    Document,
    Entries,
    Entry,
    Figure,
    Paragraph,
    Row,
    Section,
    Table,
    Toned,
)
from bpo_quiz.guidance.explain import explain
from bpo_quiz.pages import agreed, first_page, path, why
from bpo_quiz.pages.first_page import PLACE, Room
from bpo_quiz.pages.phrases import (
    TODAY,
    TODAY_EXPLAINED,
    band,
    chance,
    in_question,
    number,
    sureness,
)
from bpo_quiz.results.points import readiness_points
from bpo_quiz.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.document import Cell
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.points import PointRow
    from bpo_quiz.results.result import Report, RoleStanding
    from bpo_quiz.scoring.profile import SkillScore

MOST_HOW = 2
"""Ways to do a step that a screen lists; `bpo-quiz skills SKILL` has them all."""

_MOST_DRAWN, _MOST_IN_SHORT = 3, 4
_TITLE = "Career result"
_SHOWN_OF_HASH = 12
_SHOWN_OF_ALIAS = 60  # on every sheet of paper; the first has it whole

_NOT_A_VERDICT = (
    "What this is not: a test, or a verdict. It compares what you say you do with what typical roles ask for. "
    "What people say of their own skills agrees only loosely with what tests measure (a correlation of about .3), so "
    "take it as the start of a talk. It is not made for choosing people for jobs."
)
_NUMBERS_EXPLAINED = (
    "Match: is the pattern of your skills the pattern of the role? Ready: how much of the level that the role asks "
    "for do you say you have? Total: Match with your interests in it. First: the chance that the role would come first "
    "if your answers had no error; = stands about equal at the top."
)
_BY_TOTAL = "The order is that of Total."
_BY_CHANCE = "Much was not asked or answered, so the order is that of First, from people who would have answered alike."
_SURE = "How sure the order of the roles is"
_CHANCES = "How likely each role is to come first, and to be among the first three, if your answers had no error."
_READINESS_SUM = (
    "Readiness is the share of what {role} asks for that you say you have: {readiness} of 100 ({band}). The points "
    "below add up to it, and what is missing adds up to the rest."
)
_PROFILE_MEANS = (
    "What you say you do, next to what {role} asks for. 50 is about what the average role of this trade asks. "
    "A score of yours has an error of about 13 points, so a gap of a few points says little."
)
_BARE_PROFILE = "What you say you do, skill by skill. 50 is about what the average role of this trade asks."
_ERRORS = (
    "Error is the standard error of a score, in points: 13 with two answers, 18 with one. A difference of less than "
    "about 25 points between two skills can be chance."
)

_FIRST = Column("First", "number", "chance to be first {}")
_MATCH = Column("Match", "number")
_READY = Column("Ready", "number")
_YOU = Column("You", "number", "you {}")
_ASKS = Column("Role asks", "number", "the role asks {}")


def page(report: Report, top: int) -> Document:
    """The first page and all that follows it. `top`: how many roles are listed."""
    sections = list(first_page.sections(report, Room(), None))
    if report.goal is not None:
        sections += [
            _roles(report, top),
            _strengths_and_gaps(report, report.goal),
            path.way_in_short(report, report.goal),
            *path.plan(report.catalogue, report.plan, MOST_HOW),
        ]
    sections.append(Section("limits", "", (Paragraph(_NOT_A_VERDICT, "small"),)))
    return Document("Your result", tuple(sections))


def paper(report: Report, answers: Answers, occasion: Occasion, *, top: int, with_name: bool) -> Document:
    """What is handed over: no notes, no remarks, and the alias only where it is asked for."""
    return Document(
        title=_TITLE,
        running=running(_TITLE, occasion, with_name),
        facts=tuple(facts(report, occasion, with_name)),
        sections=(*on_paper(report, answers, top), *agreed_on(report, occasion)),
    )


def on_paper(report: Report, answers: Answers, top: int) -> Iterator[Section]:
    """The sections of the client's paper and of the counsellor's; without a ranking only those that need none."""
    yield from first_page.sections(report, Room(), None, heading="In short")
    if report.goal is not None:
        yield _at_a_glance(report, report.goal.role)
        yield _roles(report, top)
        yield _first_roles(report)
        yield why.in_short(report.catalogue, explain(report.catalogue, answers, report.goal.role.id))
        yield _strengths_and_gaps(report, report.goal)
        yield path.way(report, report.goal)
        yield from path.plan(report.catalogue, report.plan)
    yield _limits(report)
    if report.answered:
        yield profile(report)


def agreed_on(report: Report, occasion: Occasion) -> tuple[Section, ...]:
    """What was agreed, where anything was."""
    found = agreed.section(occasion.talk, report.catalogue) if occasion.talk else None
    return (found,) if found else ()


def running(title: str, occasion: Occasion, with_name: bool) -> str:
    """What stands on every sheet of paper."""
    alias = (occasion.alias or "")[:_SHOWN_OF_ALIAS]
    parts = (title, alias if with_name else None, occasion.code)
    return " · ".join(part for part in parts if part)


def facts(report: Report, occasion: Occasion, with_name: bool) -> Iterator[tuple[str, str]]:
    """What the paper is about, (label, value)."""
    catalogue = report.catalogue
    if with_name and occasion.alias is not None:
        yield "Client", occasion.alias
    if occasion.date is not None:
        yield "Date", day(occasion.date) + ("" if occasion.is_finished else ", not finished yet")
    if occasion.code is not None:
        yield "Session", occasion.code
    yield "Form", report.form
    yield "Answered", f"{report.answered} of {report.asked} questions"
    yield "Catalogue", f"{catalogue.name} {catalogue.version} ({catalogue.sha256[:_SHOWN_OF_HASH]})"
    if occasion.is_rescored:
        yield "Scored again", "with another catalogue than the one that was answered"


def _first_roles(report: Report) -> Section:
    """What the first three roles are, one good and one hard thing of each."""
    entries = tuple(Entry(one.role.name, tuple(_in_brief(one.role))) for one in report.roles[:3])
    return Section("first-roles", "What the first three roles are", (Entries(entries),))


def _in_brief(role: Role) -> Iterator[Detail]:
    yield Detail("", (role.summary,))
    for label, lines in (("Good", role.preview.good), ("Hard", role.preview.hard)):
        if lines:
            yield Detail(label, lines[:1])


def _roles(report: Report, top: int) -> Section:
    """The first roles: how sure their order is, their numbers, and what is in the way."""
    shown = report.roles[:top]
    title = f"Roles, the first {len(shown)} of {len(report.roles)}" if top < len(report.roles) else "Roles"
    return Section(
        "roles",
        title,
        (
            Paragraph(f"{_NUMBERS_EXPLAINED} {_BY_CHANCE if report.by_belief else _BY_TOTAL}", "small"),
            _role_table(report, shown),
            Paragraph(TODAY_EXPLAINED, "small"),
        ),
    )


def _at_a_glance(report: Report, role: Role) -> Section:
    """How sure the order is, and the skills that count most for the role that is spoken of first, drawn."""
    sure = Figure(_SURE, _chances(report.roles[:_MOST_DRAWN]), _CHANCES)
    known = [one for one in report.profile.skills if one.score is not None]
    known.sort(key=lambda one: -role.skills[one.skill].importance)  # stable: in the order of the catalogue within
    groups = []
    for title, has in (("You have what it asks for", True), ("You have less than it asks for", False)):
        of = [one for one in known if ((one.score or 0.0) >= role.skills[one.skill].level) == has]
        bars = tuple(_profile_bar(report, one, role) for one in of[:_MOST_IN_SHORT])
        groups += [BarGroup(title, bars)] if bars else []
    counts = Figure(f"What counts most for {role.name}", _profile_chart(tuple(groups), role))
    return Section("sure", _SURE, (Paragraph(sureness(report)), sure, counts))


def _chances(standings: tuple[RoleStanding, ...]) -> BarChart:
    bars = tuple(
        Bar(
            name=f"{place(one.rank)} {_with_today(one)}",
            shown=f"{chance(one.p_first)} / {chance(one.p_top3)}",
            told=f"first {chance(one.p_first)}, among the first three {chance(one.p_top3)}",
            level=None if one.p_first is None else 100 * one.p_first,
            outer=None if one.p_top3 is None else 100 * one.p_top3,
        )
        for one in standings
    )
    return BarChart(
        (BarGroup("", bars),), "chance to be first: the first number", "chance to be among the first three: the second"
    )


def _role_table(report: Report, standings: tuple[RoleStanding, ...]) -> Table:
    columns = (
        *(PLACE, Column("Role"), _FIRST, Column("Total", "number"), _MATCH, _READY),
        *(Column("Today", told="today {}"), Column("Gates and conditions", told="{}")),
    )
    rows = tuple(
        Row(
            (
                f"={place(one.rank)}" if one.about_equal else place(one.rank),
                one.role.name,
                chance(one.p_first),
                number(one.fit.total),
                number(one.fit.match),
                number(one.fit.readiness),
                TODAY[one.outlook.state],
                _asked(report, one),
            )
        )
        for one in standings
    )
    return Table("", columns, rows, names=1)


def _asked(report: Report, standing: RoleStanding) -> Cell:
    """What is in the way or in question of a role."""
    found, lines = standing.outlook, in_question(standing.outlook.hurdles)
    if found.short_of is not None:
        lines = (Toned(f"less {report.catalogue.skills[found.short_of].name} than it asks", "warning"), *lines)
    elif found.is_unready:
        lines = (Toned("less of its skills than it asks", "warning"), *lines)
    return lines or ("all met" if found.hurdles else "none")


def _strengths_and_gaps(report: Report, standing: RoleStanding) -> Section:
    """What Readiness is made of and what is missing, in points that add up to 100."""
    points, name = readiness_points(standing.fit), standing.role.name

    def rows(kind: str, sign: str, every: tuple[PointRow, ...], other: int) -> Iterator[Row]:
        for one in every:
            skill = report.catalogue.skills[one.skill].name
            yield Row((kind, skill, number(one.score), number(one.level), f"{sign}{one.points}"))
        if other:
            yield Row((kind, "All other skills", "", "", f"{sign}{other}"))

    every = (
        *rows("has", "+", points.strengths, points.other_had),
        Row(("", "Readiness", "", "", str(points.readiness)), is_sum=True),
        *rows("missing", "-", points.gaps, points.other_missing),
        Row(("", "Missing to 100", "", "", str(100 - points.readiness)), is_sum=True),
    )
    columns = (
        Column("", "name", "{}"), Column("Skill"), _YOU, _ASKS, Column("Points", "number", "{} point(s)"),
    )  # fmt: skip
    said = _READINESS_SUM.format(role=name, readiness=points.readiness, band=band(standing.fit.readiness or 0))
    title = f"Strengths and gaps for {name}"
    return Section("strengths", title, (Paragraph(said), Table(title, columns, every, names=1)))


def profile(report: Report) -> Section:
    """Every skill and interest, drawn next to the role that is spoken of first."""
    role = report.goal.role if report.goal else None
    said = _PROFILE_MEANS.format(role=role.name) if role else _BARE_PROFILE
    figure = Figure(
        "Your skills and interests next to the role", _profile_chart(tuple(_profile_groups(report, role)), role)
    )
    tables = (_skill_table(report, role, with_errors=False), _interest_table(report, role, with_errors=False))
    return Section("profile", "Your skills and interests", (Paragraph(said), figure, *tables))


def scores(report: Report) -> Section:
    """The same in numbers, with their errors."""
    role = report.goal.role if report.goal else None
    tables = (_skill_table(report, role, with_errors=True), _interest_table(report, role, with_errors=True))
    return Section("scores", "Every score, with its error", (Paragraph(_ERRORS), *tables))


def _profile_chart(groups: tuple[BarGroup, ...], role: Role | None) -> BarChart:
    return BarChart(
        groups=groups,
        level_means=f"what you say you do{': the first number' if role else ''}",
        mark_means=f"what {role.name} asks for: the second" if role else None,
    )


def _profile_groups(report: Report, role: Role | None) -> Iterator[BarGroup]:
    catalogue = report.catalogue
    for group, title in catalogue.groups.items():
        of = (one for one in report.profile.skills if catalogue.skills[one.skill].group == group)
        if bars := tuple(_profile_bar(report, one, role) for one in of):
            yield BarGroup(title, bars)
    liked = [
        _bar(catalogue.interests[one.interest].name, one.score, role.interests.get(one.interest) if role else None)
        for one in report.profile.interests
    ]
    if liked:
        yield BarGroup("What you like to do", tuple(liked))


def _profile_bar(report: Report, one: SkillScore, role: Role | None) -> Bar:
    return _bar(report.catalogue.skills[one.skill].name, one.score, role.skills[one.skill].level if role else None)


def _bar(name: str, score: float | None, level: float | None) -> Bar:
    you = "not known" if score is None else number(score)
    asks = "" if level is None else f" / {number(level)}"
    told = f"you {you}" + ("" if level is None else f", the role asks {number(level)}")
    return Bar(name, f"{'?' if score is None else you}{asks}", told, score, mark=level)


def _skill_table(report: Report, role: Role | None, *, with_errors: bool) -> Table:
    columns = [Column("Skill"), _YOU]
    if with_errors:
        columns += [Column("Error", "number", "error {}"), Column("Answers", "number")]
    if role:
        columns += [_ASKS, Column("Importance", "number")]
    rows = []
    for one in report.profile.skills:
        errors = (number(one.se), str(one.answered)) if with_errors else ()
        asked = role.skills[one.skill] if role else None
        asks = (number(asked.level), f"{asked.importance:g}") if asked else ()
        rows.append(Row((report.catalogue.skills[one.skill].name, number(one.score), *errors, *asks)))
    return Table("Skills", tuple(columns), tuple(rows), is_twin=not with_errors)


def _interest_table(report: Report, role: Role | None, *, with_errors: bool) -> Table:
    columns = [Column("What you like to do"), _YOU]
    if with_errors:
        columns.append(Column("Answers", "number"))
    if role:
        columns.append(Column("Role offers", "number", "the role offers {}"))
    rows = []
    for liked in report.profile.interests:
        answered = (str(liked.answered),) if with_errors else ()
        offers = (number(role.interests.get(liked.interest)),) if role else ()
        rows.append(Row((report.catalogue.interests[liked.interest].name, number(liked.score), *answered, *offers)))
    return Table("Interests", tuple(columns), tuple(rows), is_twin=not with_errors)


def _limits(report: Report) -> Section:
    """The limits, and what the result was made from."""
    catalogue = report.catalogue
    made = (
        f"Made with the catalogue {catalogue.name} {catalogue.version}, sha256 {catalogue.sha256}. "
        "The same answers and the same catalogue give the same result."
    )
    return Section("limits", "Please keep in mind", (Paragraph(_NOT_A_VERDICT), Paragraph(made, "small")))


def place(rank: int | None) -> str:
    """A rank, or a dash."""
    return "-" if rank is None else str(rank)


def _with_today(standing: RoleStanding) -> str:
    return f"{standing.role.name} (today)" if standing.is_today else standing.role.name

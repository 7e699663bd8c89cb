"""A result: the page of a screen, and the client's paper, which says more of the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bpo_quiz.document import (
    Bar,
    BarChart,
    BarGroup,
    Bullets,
    Column,
    Detail,
    Document,
    Entries,
    Entry,
    Figure,
    Level,
    Paragraph,
    Row,
    Section,
    Table,
    Toned,
)
from bpo_quiz.guidance.explain import explain
from bpo_quiz.pages import agreed, path, why
from bpo_quiz.pages.phrases import (
    SILENT,
    TODAY,
    TODAY_EXPLAINED,
    band,
    chance,
    flags,
    in_question,
    number,
    on_top,
    sureness,
)
from bpo_quiz.results.points import readiness_points
from bpo_quiz.wording import day, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.document import Block, Cell
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.points import PointRow
    from bpo_quiz.results.result import Report, RoleStanding

MOST_HOW = 2
"""Ways to do a step that a screen lists; `bpo-quiz skills SKILL` has them all."""

_STRONG, _ABOVE_OWN_MEAN = 63.0, 5.0
"""Points from which, and by which above the person's own mean, a skill or an interest is named as theirs."""

_MOST_STRONG, _MOST_LIKED = 4, 2
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
_TALK_ABOUT = "Talk about {} with someone who has seen you work: they decide most between these roles."
_ANSWER_MORE = "Answered: {} of {} questions; each one more helps."
_READ_A_DAY = "Read what a day is really like: bpo-quiz roles {}"
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

PLACE = Column("#", "number", "place {}")
_FIRST = Column("First", "number", "chance to be first {}")
_MATCH = Column("Match", "number")
_READY = Column("Ready", "number")
_YOU = Column("You", "number", "you {}")
_ASKS = Column("Role asks", "number", "the role asks {}")


def page(report: Report, top: int) -> Document:
    """What a screen shows. `top`: how many roles are listed."""
    sections = [_in_short(report, on_paper=False)]
    if report.goal is not None:
        sections += [
            *_ranking(report, top),
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
        sections=(*on_paper(report, answers, top, with_errors=False), *agreed_on(report, occasion)),
    )


def on_paper(report: Report, answers: Answers, top: int, *, with_errors: bool) -> Iterator[Section]:
    """The sections of the client's paper and of the counsellor's; without a ranking only those that need none."""
    yield _in_short(report, on_paper=True)
    if report.goal is not None:
        yield from _ranking(report, top)
        yield _first_roles(report)
        yield why.in_short(report.catalogue, explain(report.catalogue, answers, report.goal.role.id))
        yield _strengths_and_gaps(report, report.goal)
        yield path.way(report, report.goal)
        yield from path.plan(report.catalogue, report.plan)
    yield _limits(report)
    if report.answered:
        yield profile(report, with_errors=with_errors)


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


def _in_short(report: Report, *, on_paper: bool) -> Section:
    """The statements on top; before them what to mind, after them who the person is and what else helps."""
    blocks: list[Block] = []
    if report.goal is not None and (said := flags(report)):
        *signs, remedy = said
        blocks += [Bullets(tuple(signs)), Paragraph(remedy, "warning")]
    blocks += [Paragraph(line, "lead") for line in on_top(report)]
    if report.goal is None:
        blocks.append(Paragraph(f"Answered: {report.answered} of {report.asked} questions."))
        blocks.append(Bullets(SILENT[report.silence or "too few answers"][1]))
    else:
        blocks += [Paragraph(line) for line in (*hazards(report.goal.role), *who_one_is(report))]
        if on_paper:
            blocks.append(Paragraph(sureness(report)))
        if helps := tuple(_what_helps(report)):
            blocks.append(Bullets(helps))
    return Section("in-short", "In short" if on_paper else "", tuple(blocks))


def hazards(role: Role) -> Iterator[str]:
    """What one should know of a role before anything else: the hard that it always or usually means."""
    asked, often = role.conditions, ("always", "usually")
    if asked.targets in often:
        yield f"{role.name} {asked.targets} means a personal sales or collection target."
    if (night := asked.shifts.get("night")) in often:
        yield f"{role.name} {night} means night shifts."
    if role.hazard:
        yield role.hazard


def who_one_is(report: Report) -> Iterator[str]:
    """The person's own strong skills and interests: above the middle, and above their own mean."""
    catalogue = report.catalogue
    strong = _strongest({catalogue.skills[key].name: level for key, level in report.profile.levels().items()})
    liked = _strongest(
        {catalogue.interests[key].name: level for key, level in report.profile.interest_levels().items()}
    )
    if strong:
        yield f"Strong in: {', '.join(strong[:_MOST_STRONG])}."
    if liked:
        yield f"You like: {', '.join(liked[:_MOST_LIKED])}."


def _strongest(levels: Mapping[str, float]) -> list[str]:
    if not levels:
        return []
    least = max(_STRONG, math.fsum(levels.values()) / len(levels) + _ABOVE_OWN_MEAN)
    return sorted((name for name, level in levels.items() if level >= least), key=lambda name: -levels[name])


def _what_helps(report: Report) -> Iterator[str]:
    if report.by_belief and report.answered < report.asked:
        yield _ANSWER_MORE.format(report.answered, report.asked)
    if report.advice is None or len(report.advice.about_equal) < 2:
        return
    if report.deciding:
        yield _TALK_ABOUT.format(listed(report.catalogue.skills[skill].name for skill in report.deciding))
    yield _READ_A_DAY.format(" ".join(report.advice.about_equal[:3]))


def _first_roles(report: Report) -> Section:
    """What the first three roles are, one good and one hard thing of each."""
    entries = tuple(Entry(one.role.name, tuple(_in_brief(one.role))) for one in report.roles[:3])
    return Section("first-roles", "What the first three roles are", (Entries(entries),))


def _in_brief(role: Role) -> Iterator[Detail]:
    yield Detail("", (role.summary,))
    for label, lines in (("Good", role.preview.good), ("Hard", role.preview.hard)):
        if lines:
            yield Detail(label, lines[:1])


def _ranking(report: Report, top: int) -> Iterator[Section]:
    yield _career_paths(report)
    yield _roles(report, top)


def _career_paths(report: Report) -> Section:
    """Every career path in order."""
    columns = (
        PLACE,
        Column("Career path"),
        Column("Chance", "number", "chance {}"),
        Column("Best role", told="best role {}"),
        Column("Today", told="{}"),
    )
    rows = tuple(
        Row(
            (
                place(row.rank),
                report.catalogue.paths[row.path].name,
                Level(chance(row.p_first), 100 * (row.p_first or 0)),
                row.best.role.name,
                TODAY[row.best.outlook.state],
            )
        )
        for row in report.paths
    )
    return Section("paths", "Career paths", (Table("Career paths", columns, rows, names=1),))


def _roles(report: Report, top: int) -> Section:
    """The first roles: how sure their order is, their numbers, and what is in the way."""
    shown = report.roles[:top]
    title = f"Roles, the first {len(shown)} of {len(report.roles)}" if top < len(report.roles) else "Roles"
    return Section(
        "roles",
        title,
        (
            _role_table(report, shown),
            Paragraph(f"{_NUMBERS_EXPLAINED} {_BY_CHANCE if report.by_belief else _BY_TOTAL}", "small"),
            Paragraph(TODAY_EXPLAINED, "small"),
            Figure("How sure the order of the roles is", _chances(shown), _CHANCES),
        ),
    )


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
        lines = (Toned(f"less {report.catalogue.skills[found.short_of].name} than it asks", "bad"), *lines)
    elif found.is_unready:
        lines = (Toned("less of its skills than it asks", "bad"), *lines)
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


def profile(report: Report, *, with_errors: bool) -> Section:
    """Every skill and interest, next to what the role asks for that is spoken of first."""
    role = report.goal.role if report.goal else None
    said = _PROFILE_MEANS.format(role=role.name) if role else _BARE_PROFILE
    chart = BarChart(
        groups=tuple(_profile_groups(report, role, with_errors)),
        level_means=f"what you say you do{': the first number' if role else ''}",
        mark_means=f"what {role.name} asks for: the second" if role else None,
        error_means="standard error" if with_errors else None,
    )
    blocks: list[Block] = [Paragraph(said), Figure("Your skills and interests next to the role", chart)]
    if with_errors:
        blocks.append(Paragraph(_ERRORS, "small"))
    blocks += [_skill_table(report, role, with_errors), _interest_table(report, role, with_errors)]
    return Section("profile", "Your skills and interests", tuple(blocks))


def _profile_groups(report: Report, role: Role | None, with_errors: bool) -> Iterator[BarGroup]:
    catalogue = report.catalogue
    for group, title in catalogue.groups.items():
        bars = [
            _profile_bar(
                catalogue.skills[one.skill].name,
                one.score,
                role.skills[one.skill].level if role else None,
                one.se if with_errors else None,
            )
            for one in report.profile.skills
            if catalogue.skills[one.skill].group == group
        ]
        if bars:
            yield BarGroup(title, tuple(bars))
    liked = [
        _profile_bar(
            catalogue.interests[one.interest].name, one.score, role.interests.get(one.interest) if role else None, None
        )
        for one in report.profile.interests
    ]
    if liked:
        yield BarGroup("What you like to do", tuple(liked))


def _profile_bar(name: str, score: float | None, level: float | None, error: float | None) -> Bar:
    you = "not known" if score is None else number(score)
    asks = "" if level is None else f" / {number(level)}"
    told = f"you {you}" + ("" if level is None else f", the role asks {number(level)}")
    return Bar(name, f"{'?' if score is None else you}{asks}", told, score, mark=level, error=error)


def _skill_table(report: Report, role: Role | None, with_errors: bool) -> Table:
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


def _interest_table(report: Report, role: Role | None, with_errors: bool) -> Table:
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

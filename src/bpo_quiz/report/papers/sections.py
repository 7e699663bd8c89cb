"""The sections of a result that every reader gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bar, BarChart, BarGroup, Bullets, Column, Figure, Paragraph, Row, Section, Table
from bpo_quiz.report import words
from bpo_quiz.report.papers import paper_words
from bpo_quiz.results.points import readiness_points
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.document import Block, Cell
    from bpo_quiz.results.result import Report, RoleStanding


def in_short(report: Report) -> Section:
    """The sentence on top, how sure it is, and what that means."""
    blocks: list[Block] = [Paragraph(words.headline(report), "lead")]
    if report.silence is not None or report.headline is None:
        blocks.append(Paragraph(f"Answered: {report.answered} of {report.asked} questions."))
        blocks.append(Bullets(words.SILENT[report.silence or "too few answers"][1]))
    else:
        blocks.append(Paragraph(paper_words.sureness(report)))
        if report.certainty.word == "open":
            blocks.append(Bullets(tuple(words.open_page(report))))
    return Section("in-short", "In short", tuple(blocks))


def before_you_use_this(report: Report) -> Section | None:
    """Friendly words for signs of answers that may not describe the person; None without any."""
    said = words.flags(report)
    if not said or report.silence is not None:
        return None
    *signs, remedy = said
    return Section("before", "Before you use this", (Bullets(tuple(signs)), Paragraph(remedy, "warning")))


def career_paths(report: Report) -> Section:
    """Every career path in order."""
    columns = (
        Column("Place", "number"),
        Column("Career path"),
        Column("First", "number"),
        Column("Match", "number"),
        Column("Ready", "number"),
        Column("Best role"),
        Column("Enter by"),
    )
    rows = tuple(
        Row(
            (
                place(row.rank),
                report.catalogue.paths[row.path].name,
                words.chance(row.p_first),
                number(row.best.fit.match),
                number(row.best.fit.readiness),
                _with_today(row.best),
                row.entry.name if row.entry else "-",
            )
        )
        for row in report.paths
    )
    return Section("paths", "Career paths", (Table("Career paths", columns, rows, names=1),))


def roles(report: Report, top: int) -> Section:
    """The first roles: how sure their order is, their numbers, and what is in the way."""
    shown = report.roles[:top]
    title = f"Roles, the first {len(shown)} of {len(report.roles)}" if top < len(report.roles) else "Roles"
    return Section(
        "roles",
        title,
        (
            _role_table(report, shown),
            Paragraph(f"{words.NUMBERS_EXPLAINED} {words.ORDER[report.form]}", "small"),
            Paragraph(words.REACH_EXPLAINED, "small"),
            Figure("How sure the order of the roles is", _chances(shown), paper_words.CHANCES),
        ),
    )


def _chances(standings: tuple[RoleStanding, ...]) -> BarChart:
    bars = tuple(
        Bar(
            name=f"{place(one.rank)} {_with_today(one)}",
            shown=f"{words.chance(one.p_first)} / {words.chance(one.p_top3)}",
            told=f"first {words.chance(one.p_first)}, among the first three {words.chance(one.p_top3)}",
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
        Column("Place", "number"),
        Column("Role"),
        Column("First", "number"),
        Column("Total", "number"),
        Column("Match", "number"),
        Column("Ready", "number"),
        Column("Reach"),
        Column("Gates and conditions"),
    )
    equal = len(report.certainty.about_equal) > 1
    rows = tuple(
        Row(
            (
                f"={place(one.rank)}" if one.about_equal and equal else place(one.rank),
                one.role.name,
                words.chance(one.p_first),
                number(one.fit.total),
                number(one.fit.match),
                number(one.fit.readiness),
                "today" if one.is_today else words.REACH[one.reach],
                checks(one),
            )
        )
        for one in standings
    )
    return Table("The first roles", columns, rows, names=1)


def checks(standing: RoleStanding) -> Cell:
    """What is not met or to check, a line a state."""
    by_state: dict[str, list[str]] = {}
    for state, what in words.checks(standing):
        by_state.setdefault(state, []).append(what)
    lines = tuple(f"{state.capitalize()}: {'; '.join(what)}" for state, what in by_state.items() if state != "met")
    return lines or ("all met" if by_state else "none")


def strengths_and_gaps(report: Report, standing: RoleStanding) -> Section:
    """What Readiness is made of and what is missing, in points that add up to 100."""
    points = readiness_points(standing.fit)
    skills = report.catalogue.skills
    rows = [
        Row(("has", skills[row.skill].name, *_levels(row.score, row.level), f"+{row.points}"))
        for row in points.strengths
    ]
    if points.other_had:
        rows.append(Row(("has", "all other skills", "", "", f"+{points.other_had}")))
    rows.append(Row(("", "Readiness", "", "", str(points.readiness)), is_sum=True))
    rows += [
        Row(("missing", skills[row.skill].name, *_levels(row.score, row.level), f"-{row.points}"))
        for row in points.gaps
    ]
    if points.other_missing:
        rows.append(Row(("missing", "all other skills", "", "", f"-{points.other_missing}")))
    rows.append(Row(("", "Missing to 100", "", "", str(100 - points.readiness)), is_sum=True))
    name = standing.role.name
    said = paper_words.READINESS_SUM.format(
        role=name, readiness=points.readiness, band=words.band(standing.fit.readiness or 0)
    )
    columns = (
        Column(""),
        Column("Skill"),
        Column("You", "number"),
        Column("Role asks", "number"),
        Column("Points", "number"),
    )
    table = Table(f"Strengths and gaps for {name}", columns, tuple(rows), names=1)
    return Section("strengths", f"Strengths and gaps for {name}", (Paragraph(said), table))


def _levels(score: float, level: float) -> tuple[str, str]:
    return number(score), number(level)


def profile(report: Report, *, with_errors: bool) -> Section:
    """Every skill and interest, next to what the first new role asks for."""
    role = report.headline.role if report.headline else None
    said = paper_words.PROFILE_MEANS.format(role=role.name) if role else paper_words.BARE_PROFILE
    chart = BarChart(
        groups=tuple(_profile_groups(report, role, with_errors)),
        level_means=f"what you say you do{': the first number' if role else ''}",
        mark_means=f"what {role.name} asks for: the second" if role else None,
        error_means="standard error" if with_errors else None,
    )
    blocks: list[Block] = [Paragraph(said), Figure("Your skills and interests next to the role", chart)]
    if with_errors:
        blocks.append(Paragraph(paper_words.ERRORS, "small"))
    blocks += [_skill_table(report, role, with_errors), _interest_table(report, role, with_errors)]
    return Section("profile", "Your skills and interests", tuple(blocks))


def _profile_groups(report: Report, role: Role | None, with_errors: bool) -> Iterator[BarGroup]:
    catalogue = report.catalogue
    scores = {one.skill: one for one in report.profile.skills}
    for group, title in catalogue.groups.items():
        bars = [
            _profile_bar(
                skill.name,
                scores[skill.id].score,
                role.skills[skill.id].level if role else None,
                scores[skill.id].se if with_errors else None,
            )
            for skill in catalogue.skills.values()
            if skill.group == group
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
    columns = [Column("Skill"), Column("You", "number")]
    if with_errors:
        columns += [Column("±", "number"), Column("Answers", "number")]
    if role:
        columns += [Column("Role asks", "number"), Column("Importance", "number")]
    rows = []
    for one in report.profile.skills:
        errors = (number(one.se), str(one.answered)) if with_errors else ()
        asked = role.skills[one.skill] if role else None
        asks = (number(asked.level), f"{asked.importance:g}") if asked else ()
        rows.append(Row((report.catalogue.skills[one.skill].name, number(one.score), *errors, *asks)))
    return Table("Skills", tuple(columns), tuple(rows), is_twin=not with_errors)


def _interest_table(report: Report, role: Role | None, with_errors: bool) -> Table:
    columns = [Column("What you like to do"), Column("You", "number")]
    if with_errors:
        columns.append(Column("Answers", "number"))
    if role:
        columns.append(Column("Role offers", "number"))
    rows = []
    for liked in report.profile.interests:
        answered = (str(liked.answered),) if with_errors else ()
        offers = (number(role.interests.get(liked.interest)),) if role else ()
        rows.append(Row((report.catalogue.interests[liked.interest].name, number(liked.score), *answered, *offers)))
    return Table("Interests", tuple(columns), tuple(rows), is_twin=not with_errors)


def what_this_is_not(report: Report) -> Section:
    """The limits, and what the result was made from."""
    catalogue = report.catalogue
    made = (
        f"Made with the catalogue {catalogue.name} {catalogue.version}, sha256 {catalogue.sha256}. "
        "The same answers and the same catalogue give the same result."
    )
    return Section("limits", "Please keep in mind", (Paragraph(words.NOT_A_VERDICT), Paragraph(made, "small")))


def number(value: float | None) -> str:
    """A whole number, or a dash where nothing is known."""
    return "-" if value is None else str(whole(value))


def place(rank: int | None) -> str:
    """A rank, or a dash."""
    return "-" if rank is None else str(rank)


def _with_today(standing: RoleStanding) -> str:
    return f"{standing.role.name} (today)" if standing.is_today else standing.role.name

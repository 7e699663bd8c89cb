"""A group of people without names: from the store, or from a scored file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Column, Document, Heading, Level, Paragraph, Row, Section, Table
from bpo_quiz.pages.phrases import TODAY
from bpo_quiz.results.small_counts import FEWEST
from bpo_quiz.scoring.rounding import add_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bpo_quiz.results.cohort import Cohort, Group, SkillLine
    from bpo_quiz.results.small_counts import Kinds, Share

TOO_FEW = f"There are fewer than {FEWEST} finished sessions to count (one a client), so nothing is shown."
TOO_FEW_SHEETS = f"There are fewer than {FEWEST} sheets that can be read, so nothing is shown."
_HIDDEN = (
    f"Counts under {FEWEST} are never shown: small ones are put together, with others where needed, so that none can "
    "be worked out."
)
_EXPLAINED = (
    f"One session a client counts, the latest that is finished. {_HIDDEN} Comparing two such lists can still tell of "
    "single people; give away one only. Means are rounded; 90 stands for 90 or more, 10 for 10 or less."
)
_SCORED_EXPLAINED = (
    f"An id counts as one person, by the latest sheet. {_HIDDEN} A scored file does not hold skill scores, what "
    "people told about themselves, or how sure an order is; so strengths, gaps and what is open cannot be shown here. "
    "Only sheets with times can be told to be too fast."
)
_MOST_SKILLS = 5
_SHARE = {"few": f"under {FEWEST}", "most": f"all but under {FEWEST}", "too few people": "too few to say"}
_WORDS = {"clearly": "clearly", "most": "most of all", "none": "not to a single one"}
_PEOPLE = Column("People", "number", "{}")
_PERCENT = Column("%", "number", "{} %")
_SKILLS = (
    Column("Skill", "name"),
    Column("Mean", "number", "mean {}"),
    Column("Among a person's 5 largest gaps", "number", "among the 5 largest gaps of {}"),
)

Part = tuple[str, str, Table]
"""Its id, its title, and what it shows."""


def cohort(found: Cohort) -> Document:
    """Every group, one after the other."""
    return _document(found, TOO_FEW, _EXPLAINED)


def scored_cohort(found: Cohort) -> Document:
    """The whole cohort of a scored file."""
    return _document(found, TOO_FEW_SHEETS, _SCORED_EXPLAINED)


def _document(found: Cohort, too_few: str, explained: str) -> Document:
    facts = tuple((label, value) for label, value in (("Tag", found.tag), ("Since", found.since)) if value is not None)
    if not found.groups:
        return Document("Everyone", (Section("few", "", (Paragraph(too_few),)),), facts=facts)
    sections = [_section(n, group, found) for n, group in enumerate(found.groups, 1)]
    if found.by is None:
        sections = [Section(name, title, (table,)) for name, title, table in _parts(found.groups[0], found.path_names)]
    how = _how(found.unread, explained)
    return Document(f"Everyone: {found.people} people", (*sections, how), facts=facts)


def _how(unread: Mapping[str, int | None], explained: str) -> Section:
    """What is not counted in, and how to read the rest."""
    out = [
        Paragraph(f"Not counted in, because the answers cannot be read ({why}): {people}.")
        for why, people in unread.items()
        if people is not None
    ]
    return Section("how", "How to read this", (*out, Paragraph(explained, "small")))


def _section(number: int, group: Group, found: Cohort) -> Section:
    name = f"All other {found.by}s together" if group.is_rest else group.name or "No tag"
    blocks = [block for _, title, table in _parts(group, found.path_names) for block in (Heading(title), table)]
    return Section(f"group-{number}", f"{name}: {group.people} people", tuple(blocks))


def _parts(group: Group, path_names: Mapping[str, str]) -> Iterator[Part]:
    yield "paths", "Career path that comes first", _divided("Career path", group.paths, path_names)
    if group.standings is not None:
        yield "standing", "How the first new role stands today", _divided("Today", group.standings, TODAY)
    if group.words is not None:
        yield "sure", "How sure the career path is", _divided("The answers point to one", group.words, _WORDS)
    if group.skills:
        known = [line for line in group.skills if line.mean is not None]
        gaps = sorted(known[_MOST_SKILLS:] or known, key=_gap_first)
        yield "strengths", "Common strengths", _skills(known[:_MOST_SKILLS])
        yield "gaps", "Common gaps", _skills(gaps[:_MOST_SKILLS])
    rows = tuple(Row((sign, _number(number))) for sign, number in group.signs.items())
    yield "signs", "Signs that answers may not describe the person", Table("", (Column("Sign"), _PEOPLE), rows)


def _gap_first(line: SkillLine) -> tuple[int, int, int, str]:
    """Most often a gap first; where that is not shown, the lowest mean first."""
    return (line.gap.word != "most", -(line.gap.people or 0), line.mean or 0, line.skill)


def _divided(title: str, kinds: Kinds, names: Mapping[str, str]) -> Table:
    """How people divide, the small counts together."""
    counts = [(names.get(kind, kind), people) for kind, people in kinds.shown.items()]
    if kinds.rest:
        counts.append(("all others together" if counts else "too few each to be shown", kinds.rest))
    everyone = sum(people for _, people in counts)
    percents = add_up([100 * people / everyone for _, people in counts], 100)
    rows = (
        Row((label, str(people), Level(str(percent), percent)))
        for (label, people), percent in zip(counts, percents, strict=True)
    )
    return Table("", (Column(title), _PEOPLE, _PERCENT), tuple(rows))


def _skills(lines: Sequence[SkillLine]) -> Table:
    rows = (Row((line.name, Level(str(line.mean), line.mean or 0), _number(line.gap))) for line in lines)
    return Table("", _SKILLS, tuple(rows))


def _number(share: Share) -> str:
    return _SHARE[share.word] if share.people is None else str(share.people)

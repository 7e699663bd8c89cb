"""The records of a catalogue. Nothing here computes; everything is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HIGHEST_VALUE = 4
"""Response values run from 0 to this, lowest option first."""

NO_ROLE = "none"
"""Stands for a person who works outside the trade; no role may have this id."""

ENGLISH_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
EDUCATION_LEVELS = ("basic", "secondary", "vocational", "bachelor", "master")
SHIFTS = ("day", "evening", "night", "weekend")
CHANNELS = ("voice", "writing")
SITES = ("office", "home")
HOURS = ("part_time",)
OFTEN = ("always", "usually", "sometimes")
"""How often a condition is part of a role: of the job itself, in most places, in some."""

CONFIDENCES = ("high", "medium", "low")


class Item(NamedTuple):
    """One question.

    Attributes:
        id: such as `communication-1`.
        measures: id of the skill or the interest.
        prompt: the question's text.
        help: what it means, with examples.
        options: five wordings; position is value 0-4, lowest first (highest first when reverse-keyed).
        reversed: whether a high response means a low score.
    """

    id: str
    measures: str
    prompt: str
    help: str
    options: tuple[str, ...]
    reversed: bool = False

    def keyed(self, value: int) -> int:
        """The response value turned so that 4 is always the most; 0-4."""
        return HIGHEST_VALUE - value if self.reversed else value


class Skill(NamedTuple):
    """Something one can do more or less well.

    Attributes:
        group: id of the group it is shown in.
        grow: ways to get better at it.
        levels: what one does at level 0, 25, 50, 75 and 100.
        evidence: a question for one example of it, asked of those who rate themselves high; may be empty.
        road: what leads over time to work that turns on the skill; may be empty.
    """

    id: str
    name: str
    group: str
    meaning: str
    grow: tuple[str, ...]
    levels: tuple[str, ...]
    items: tuple[Item, ...]
    evidence: str = ""
    road: tuple[str, ...] = ()


class Interest(NamedTuple):
    """A kind of activity that one likes more or less (Holland's six)."""

    id: str
    name: str
    meaning: str
    items: tuple[Item, ...]


class GrowthTarget(NamedTuple):
    """Where a career path can lead: a title, and the role of the catalogue that stands for it."""

    title: str
    role: str


class Path(NamedTuple):
    """A career path: a family of roles.

    Attributes:
        growth: where it can lead.
        work: what people on it do, in a few sentences; may be empty.
        also: other names for it.
    """

    id: str
    name: str
    summary: str
    growth: tuple[GrowthTarget, ...]
    work: str = ""
    also: tuple[str, ...] = ()


class Requirement(NamedTuple):
    """What a role asks of one skill: importance 0-5, level 0-100."""

    importance: float
    level: float


class Preview(NamedTuple):
    """A realistic preview: an ordinary day, the good and the hard."""

    day: str
    good: tuple[str, ...]
    hard: tuple[str, ...]


class Gates(NamedTuple):
    """What one must have to be hired; None where it is not asked.

    Attributes:
        english: CEFR level, `A1`-`C2`.
        education: one of `EDUCATION_LEVELS`, ascending.
        experience: years of relevant work.
        licence: a certificate that one must hold.
        typing: words a minute.
        language: CEFR level, `A1`-`C2`, of one language beside English.
        experience_in: ids of the career paths whose work counts; empty: that of the role's own path, and of the paths
            from which one moves to it.
        usually: names of the gates that some employers do without.
    """

    english: str | None = None
    education: str | None = None
    experience: float | None = None
    licence: str | None = None
    typing: float | None = None
    language: str | None = None
    experience_in: tuple[str, ...] = ()
    usually: tuple[str, ...] = ()


NOTHING: Mapping[str, str] = {}  # a plain one, since a catalogue is pickled


class Conditions(NamedTuple):
    """How the work is done, and how often it is so: one of `OFTEN`.

    Attributes:
        shifts: those beyond office hours; empty: office hours.
        channel: contact that fills the day; empty: little contact with customers.
        site: where the work is offered; one of them is enough.
        targets: how often one has a personal sales or collection target; None: never.
        hours: `part_time`: how often part-time work is found.
    """

    shifts: Mapping[str, str] = NOTHING
    channel: Mapping[str, str] = NOTHING
    site: tuple[str, ...] = ()
    targets: str | None = None
    hours: Mapping[str, str] = NOTHING


class Kpi(NamedTuple):
    """A measure that one is judged by; targets are typical and vary by client."""

    name: str
    target: str
    source: str
    year: int
    confidence: str


class Certificate(NamedTuple):
    """A certificate that helps in a role."""

    name: str
    note: str


class Edge(NamedTuple):
    """A usual move to another role, and how long one usually stays before it (years, from-to)."""

    role: str
    years: tuple[float, float]


class Role(NamedTuple):
    """A job, with everything the quiz knows about it.

    Attributes:
        also: other titles for it.
        path: id of its career path.
        rung: 1 entry, 2 experienced, 3 lead or senior specialist, 4 manager, 5 senior manager.
        onet: O*NET code of the occupation that its levels come from; None where they are a judgement.
        basis: where the levels come from, in words.
        skills: skill id -> requirement, for every skill of the catalogue.
        interests: interest id -> level, 0-100.
        this_month: one thing to do this month towards the role.
        leads_to: moves up. lateral: moves across.
        languages: `plus` where a language beside English helps; else empty.
        ai: how AI changes the role, in a sentence; may be empty.
        hazard: what may harm one in it, in a sentence; may be empty.
    """

    id: str
    name: str
    also: tuple[str, ...]
    path: str
    rung: int
    onet: str | None
    basis: str
    summary: str
    preview: Preview
    skills: Mapping[str, Requirement]
    interests: Mapping[str, float]
    gates: Gates
    conditions: Conditions
    kpis: tuple[Kpi, ...]
    certificates: tuple[Certificate, ...]
    this_month: str
    leads_to: tuple[Edge, ...]
    lateral: tuple[Edge, ...]
    sources: tuple[str, ...]
    languages: str = ""
    ai: str = ""
    hazard: str = ""

    @property
    def is_entry(self) -> bool:
        """Whether one can start here without having worked in the trade."""
        return self.rung == 1


class Settings(NamedTuple):
    """What a catalogue's author can tune.

    Attributes:
        interest_weight: share of Total that interests make, 0-1.
        seconds_per_item: how long one question usually takes.
        quick_items: how many questions the quick form usually asks (measure it with `catalogue simulate`).
        quick_stop: points of expected regret at which the quick form stops, smaller asks more; None: the usual value,
            and half of it where two roles are near twins.
    """

    interest_weight: float = 0.25
    seconds_per_item: float = 6.5
    quick_items: int = 30
    quick_stop: float | None = None


class Catalogue(NamedTuple):
    """All that a quiz is made of. The mappings keep the order of the files.

    Attributes:
        sha256: of both files' bytes, so that a stored session can tell which catalogue it answered.
        years_basis: where the years of the moves come from, and how sure that is; may be empty.
        trade_means: what the trade is, in one sentence; may be empty.
    """

    name: str
    version: str
    sha256: str
    trade: str
    settings: Settings
    groups: Mapping[str, str]
    skills: Mapping[str, Skill]
    interests: Mapping[str, Interest]
    paths: Mapping[str, Path]
    roles: Mapping[str, Role]
    years_basis: str = ""
    trade_means: str = ""

    def items(self) -> tuple[Item, ...]:
        """Every item, skills first, in the order of the file."""
        of_skills = (item for skill in self.skills.values() for item in skill.items)
        of_interests = (item for interest in self.interests.values() for item in interest.items)
        return (*of_skills, *of_interests)

    def minutes(self, items: int) -> int:
        """Whole minutes that so many items usually take, at least 1."""
        return max(1, round(items * self.settings.seconds_per_item / 60))

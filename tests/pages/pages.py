"""Every page of the program, made of the same people and catalogues; `test_every_page.py` tries each in each format."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rich.console import Console  # noqa: TID253 - what is tested is Rich output

from bpo_quiz.answers.model import About, Answers
from bpo_quiz.as_dict import fields_of
from bpo_quiz.catalogue import guide_model, model
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.model import Certificate, Gates, Kpi, Preview
from bpo_quiz.catalogue.read_guide import load_guide
from bpo_quiz.document import Document, cleaned
from bpo_quiz.guidance.explain import explain
from bpo_quiz.guidance.least_raises import GOALS, least_raises
from bpo_quiz.guidance.what_if import what_if as changed
from bpo_quiz.pages import (
    changes,
    cohort,
    counsellor,
    desk,
    doctor,
    first_page,
    guide,
    items,
    path,
    paths,
    ratings,
    reach,
    result,
    roles,
    skills,
    study,
    what_if,
    why,
)
from bpo_quiz.results.changes import compare_catalogues
from bpo_quiz.results.clients import ClientCard, SessionLine, compare
from bpo_quiz.results.cohort import Names, Person, ScoredSheet, summarise, summarise_scored
from bpo_quiz.results.doctor import findings
from bpo_quiz.results.evidence import study_items
from bpo_quiz.results.occasion import Occasion, SessionNote
from bpo_quiz.results.paths import career_path
from bpo_quiz.results.ratings import Rating, study_ratings
from bpo_quiz.results.result import build
from bpo_quiz.results.route import route
from bpo_quiz.store import diagnosis
from bpo_quiz.store.clients import Client, Note
from bpo_quiz.store.diagnosis import Access, Backup, Diagnosis, Place
from bpo_quiz.store.migrations import NEWEST
from bpo_quiz.store.records import SessionRow
from bpo_quiz.store.soundness import Count, Soundness, State
from bpo_quiz.store.talks import Agreement, Mark, Talk
from bpo_quiz.study.simulate import Study
from bpo_quiz.study.simulate import study as simulated
from bpo_quiz.writers.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.store.checksums import Kind

SMALL = Path(__file__).parents[1] / "data" / "small"

_KEPT = frozenset(
    {"id", "group", "path", "measures", "onet", "role", "sha256", "conditions", "gates", "kind", "source"}
)
"""What nobody reads, and what stands for a word of ours."""


class Subject(NamedTuple):
    """What a page is made of.

    Attributes:
        answers: one person's. guide: the one beside the catalogue.
        typed: what a person wrote: an alias, a tag, a note.
    """

    catalogue: Catalogue
    answers: Answers
    guide: Guide
    typed: str = "Ana M."

    def role(self, place: int = 0) -> Role:
        """A role by its place in the catalogue."""
        return list(self.catalogue.roles.values())[place]


NOBODY = Answers({}, About())


def _why(one: Subject, role: Role, form: str) -> Document:
    return why.page(one.catalogue, explain(one.catalogue, one.answers._replace(form=form), role.id))


def _levels(one: Subject) -> dict[str, float]:
    return dict.fromkeys(list(one.catalogue.skills)[:2], 100.0)


def _reach(one: Subject) -> Document:
    found = [least_raises(one.catalogue, one.answers, one.role(1).id, goal) for goal in GOALS]
    return reach.page(one.catalogue, found, "quick", "K7M-P3D")


def _session(one: Subject, answers: Answers, code: str = "K7M-P3D", started: str = "2026-11-22T16:58") -> SessionLine:
    return SessionLine(code, started, f"{started}:03+00:00", one.typed, build(one.catalogue, answers))


def _note(one: Subject) -> Note:
    return Note("2026-11-22T17:20:00+00:00", one.typed, "K7M-P3D")


def _talk(one: Subject) -> Talk:
    """An agreement of each kind, a day, and marks of a role that there is and of one that is gone."""
    made = "2026-11-22T17:30:00+00:00"
    agreements = (
        Agreement(made, one.typed, "2026-12-12", "done", made), Agreement(made, "Ask for a day beside one."),
    )  # fmt: skip
    return Talk(agreements, "2027-05-04", {one.role(1).id: Mark(True, ""), "gone": Mark(False, one.typed)})


def _turned(answers: Answers) -> Answers:
    """Who shows most of what they showed least, and least of what they showed most."""
    responses = {item: None if value is None else 4 - value for item, value in answers.responses.items()}
    return answers._replace(responses=responses)


def _compared(one: Subject, now: Answers, now_catalogue: Catalogue | None = None) -> Document:
    later = one._replace(catalogue=now_catalogue or one.catalogue)
    then, after = _session(one, one.answers), _session(later, now, "AB2-CD3", "2027-05-04T09:30")
    return desk.comparison(compare(one.typed, then, after._replace(finished=None), _talk(one)), with_name=True)


def _other_catalogue(one: Subject) -> Document:
    """Without a role to which none leads, with other questions about the first skill, and by the quick form."""
    led_to = {edge.role for role in one.catalogue.roles.values() for edge in (*role.leads_to, *role.lateral)}
    gone = next(role for role in one.catalogue.roles if role not in led_to)
    roles = {key: role for key, role in one.catalogue.roles.items() if key != gone}
    skill, *others = one.catalogue.skills.values()
    skills = {each.id: each for each in (skill._replace(items=skill.items[:1]), *others)}
    changed_catalogue = one.catalogue._replace(roles=roles, skills=skills, sha256="1" * 64)
    known = {item.id for item in changed_catalogue.items()}
    kept = {item: value for item, value in one.answers.responses.items() if item in known}
    return _compared(one, _turned(Answers(kept, one.answers.about, "quick")), changed_catalogue)


def _client(one: Subject) -> Document:
    client = Client(
        one.typed, "2026-11-22T16:50:00+00:00", f"I agree.\n{one.typed}", "2026-11-22T16:51:00+00:00", 2, None
    )
    sessions = (_session(one, one.answers), _session(one, NOBODY, "AB2-CD3")._replace(finished=None))
    return desk.card(ClientCard(client, sessions, (_note(one),), _talk(one)))


def _clients(one: Subject) -> Document:
    client = Client(one.typed, "2026-11-22T16:50:00+00:00", "", "", 1, "2026-11-23T10:00:00+00:00")
    return desk.clients([client, client._replace(alias="B", latest=None)], more=True)


def _sessions(one: Subject) -> Document:
    row = SessionRow(1, "K7M-P3D", one.typed, "full", one.typed, "2026-11-22T16:58:03+00:00", "2026", 64)
    return desk.sessions([row, row._replace(client=None, tag=None, finished=None), row._replace(answered=None)])


def _cohort(one: Subject, by: Literal["tag"] | None) -> Document:
    """Two groups that are large enough and two that are not; the skills of each are known."""
    paths, skills = (list(part) for part in (one.catalogue.paths, one.catalogue.skills))
    scores = {skill: 100.0 * n / len(skills) for n, skill in enumerate(skills)}
    groups = [one.typed] * 16 + [None] * 12 + ["few"] * 3 + ["others"] * 3 + [None] * 5
    people = [
        Person(
            group=groups[n],
            unread=None if n < 34 else "all alike",
            path=paths[n % 2],
            standing=("open", "not_yet", "further_on")[n % 3],
            word="clearly",
            signs=frozenset({"long run"} if n % 2 else ()),
            scores=scores,
            gaps=frozenset(skills[: n % 4]),
        )
        for n in range(len(groups))
    ]
    names = ({each.id: each.name for each in part.values()} for part in (one.catalogue.paths, one.catalogue.skills))
    return cohort.cohort(summarise(people, Names(*names), by, one.typed, "2026-11"))


def _scored(one: Subject) -> Document:
    paths = {path.id: path.name for path in one.catalogue.paths.values()}
    sheets = [ScoredSheet(list(paths)[n % 2], frozenset({"long run"} if n < 9 else ())) for n in range(30)]
    return cohort.scored_cohort(summarise_scored([*sheets, *5 * [ScoredSheet(None, frozenset())]], paths))


@functools.cache
def _simulated() -> Study:
    return simulated(load(SMALL), people=20, processes=1)


def _study(one: Subject) -> Document:
    """Of the small catalogue, also where others are of the shipped one: that one takes minutes."""
    found = _simulated()
    return study.page(found._replace(catalogue=one.catalogue if len(one.catalogue.roles) < 9 else found.catalogue))


def _items(one: Subject) -> Document:
    """Two questions turned round, one that few had a chance to show, one that most answer alike."""
    questions = one.catalogue.items()

    def value(n: int, person: int) -> int | None:
        told = (person + n) % 4, 4 - person % 4, person % 5 or None, 2
        return told[n] if n < len(told) else (person * (n // 2)) % 5

    sheets = [
        Answers(
            {item.id: value(n, person) for n, item in enumerate(questions)},
            About(),
            "full" if person else "quick",
            {item.id: 5.0 + person % 9 for item in questions},
        )
        for person in range(41)
    ]
    return items.page(study_items(one.catalogue, sheets))


def _changes(one: Subject) -> Document:
    """A role is gone, another is renamed, and a question asks something else."""
    skill = next(iter(one.catalogue.skills.values()))
    items = tuple(item._replace(prompt=f"{item.prompt} {one.typed}") for item in skill.items)
    _, first, *others = one.catalogue.roles.values()
    roles = {role.id: role for role in (first._replace(name=one.typed, also=(one.typed,), rung=5), *others)}
    after = one.catalogue._replace(roles=roles, skills={**one.catalogue.skills, skill.id: skill._replace(items=items)})
    return changes.page(compare_catalogues(one.catalogue, after))


def _ratings(one: Subject) -> Document:
    """Three of two roles; one of them is far from the others, and the catalogue too."""

    def rating(rater: str, role: Role, n: int) -> Rating:
        importance = {skill: float((n + k) % 6) for k, skill in enumerate(one.catalogue.skills)}
        level = {skill: 25.0 * ((k + 4 * (n == 2)) % 5) for k, skill in enumerate(one.catalogue.skills)}
        return Rating(rater, role.id, {"importance": importance, "level": level}, (("Night shifts", one.typed),))

    roles = (one.role(), one.role(1))
    raters = enumerate((one.typed, "B", "C"))
    found = [rating(rater, role, n) for n, rater in raters for role in roles]
    return ratings.page(study_ratings(one.catalogue, found))


def _topic(one: Subject) -> Document:
    return guide.page(one.guide, list(one.guide.topics.values())[-1])


def _doctor(one: Subject) -> Document:
    """A store of somebody's with a damaged record, in a folder with every fault; the newest backup is damaged too."""
    home = Path("/d")
    older = tuple(home / "backups" / f"{n}-2026-11-0{n}.db" for n in (2, 1))
    kinds: tuple[Kind, ...] = ("client", "session", "note", "catalogue")
    found = Diagnosis(
        home=home,
        is_in_the_way=False,
        is_journal_alone=False,
        places=(Place("home", str(home), True, 4096, "0755"), Place("store", str(home / "x"), True, 99_999, "0600")),
        access=(Access(home, 0o755, 0o700, "open", 1000), Access(home / "x", 0o400, 0o600, "closed", 1000)),
        soundness=Soundness(
            is_there=True,
            state=State.good,
            schema=NEWEST,
            indexed=False,
            records=tuple(Count(kind, 3, int(kind == "client")) for kind in kinds),
            damaged=(f"client {one.typed}",),
            unfinished=True,
        ),
        backups=older,
        backup=Backup(str(older[1]), "2026-11-01", 20),
        is_backup_old=True,
        left_behind=(f"/d/{one.typed}",),
        set_aside=("/d/a", "/d/b"),
        synced_by="Dropbox",
        free_bytes=1024,
        catalogues=(diagnosis.Catalogue(home, one.catalogue.name, 0), diagnosis.Catalogue(home, "", 2)),
    )
    return doctor.page(findings(found))


def _path(one: Subject, goal: Role | None) -> Document:
    return path.page(route(build(one.catalogue, one.answers), goal))


def occasion(one: Subject) -> Occasion:
    """A session of theirs, with a note of two lines about it and one about the client."""
    notes = [SessionNote("2026-11-22T14:10:00Z", f"{one.typed}\nwrote this.", about) for about in (True, False)]
    return Occasion("K7M-P3D", "2026-11-22T14:00:00Z", one.typed, one.typed, notes=tuple(notes), talk=_talk(one))


def _result(one: Subject) -> Document:
    return result.page(build(one.catalogue, one.answers), 2)


def _first_path(one: Subject) -> model.Path:
    return next(iter(one.catalogue.paths.values()))


def _paper(one: Subject) -> Document:
    return result.paper(build(one.catalogue, one.answers), one.answers, occasion(one), top=2, with_name=True)


def _for_counsellor(one: Subject) -> Document:
    return counsellor.paper(build(one.catalogue, one.answers), one.answers, occasion(one), top=2)


PAGES: dict[str, Callable[[Subject], Document]] = {
    "first-page": lambda one: first_page.page(build(one.catalogue, one.answers), occasion(one)),
    "result": _result,
    "result-unknown": lambda one: _paper(one._replace(answers=NOBODY)),
    "result-paper": _paper,
    "result-for-counsellor": _for_counsellor,
    "path": lambda one: _path(one, one.role(-1)),
    "path-next": lambda one: _path(one, None),
    "path-unknown": lambda one: _path(one._replace(answers=NOBODY), one.role(-1)),
    "why": lambda one: _why(one, one.role(), "full"),
    "why-not": lambda one: _why(one, one.role(-1), "quick"),
    "why-unknown": lambda one: _why(one._replace(answers=NOBODY), one.role(), "full"),
    "what-if": lambda one: what_if.page(one.catalogue, changed(one.catalogue, one.answers, _levels(one)), 10),
    "what-if-unknown": lambda one: what_if.page(one.catalogue, changed(one.catalogue, NOBODY, _levels(one)), 10),
    "reach": _reach,
    "roles": lambda one: roles.all_roles(one.catalogue),
    "role": lambda one: roles.card(one.catalogue, one.role()),
    "roles-side-by-side": lambda one: roles.side_by_side(one.catalogue, [one.role(n) for n in range(3)]),
    "roles-many": lambda one: roles.side_by_side(one.catalogue, [one.role(n % 4) for n in range(14)]),
    "career-paths": lambda one: paths.all_paths(one.catalogue),
    "career-path": lambda one: paths.card(one.catalogue, career_path(one.catalogue, _first_path(one))),
    "skills": lambda one: skills.all_skills(one.catalogue),
    "skill": lambda one: skills.card(one.catalogue, next(iter(one.catalogue.skills.values()))),
    "guide": lambda one: guide.contents(one.guide),
    "guide-all": lambda one: guide.everything(one.guide),
    "guide-topic": _topic,
    "guide-measure": lambda one: guide.page(one.guide, next(iter(one.guide.metrics.values()))),
    "sessions": _sessions,
    "clients": _clients,
    "client": _client,
    "comparison": lambda one: _compared(one, _turned(one.answers)),
    "comparison-other-catalogue": _other_catalogue,
    "comparison-unknown": lambda one: _compared(one, NOBODY),
    "cohort": lambda one: _cohort(one, None),
    "cohort-by-tag": lambda one: _cohort(one, "tag"),
    "cohort-scored": _scored,
    "study": _study,
    "items": _items,
    "rating-sheet": lambda one: ratings.sheet(one.catalogue, one.role()),
    "ratings": _ratings,
    "changes": _changes,
    "changes-none": lambda one: changes.page(compare_catalogues(one.catalogue, one.catalogue)),
    "items-few": lambda one: items.page(study_items(one.catalogue, [one.answers])),
    "doctor": _doctor,
}
"""Name -> how the page is made."""


@functools.cache
def shipped(name: str) -> Document:
    """The page of somebody who skipped some questions of the shipped catalogue."""
    catalogue = load()
    return cleaned(PAGES[name](somebody(catalogue, load_guide(catalogue))))


@functools.cache
def small(name: str) -> Document:
    """The same of a small catalogue."""
    return cleaned(PAGES[name](somebody(load(SMALL))))


@functools.cache
def foreign(name: str, text: str) -> Document:
    """The same with every text that anybody wrote replaced by this one."""
    return cleaned(PAGES[name](somebody(foreign_catalogue(lambda: text), _replaced(_guide(), lambda: text), text)))


def foreign_catalogue(text: Callable[[], str]) -> Catalogue:
    """A small catalogue with such a text wherever an author writes one."""
    catalogue: Catalogue = _replaced(load(SMALL), text)
    strange = {
        role.id: role._replace(
            preview=Preview(text(), (text(), text()), (text(),)),
            gates=Gates(licence=text()),
            kpis=(Kpi(text(), text(), text(), 2020, "low"),),
            certificates=(Certificate(text(), text()),),
            this_month=text(),
            ai=text(),
            sources=(text(),),
        )
        for role in catalogue.roles.values()
    }
    paths_too = {path.id: path._replace(also=(text(),)) for path in catalogue.paths.values()}
    return catalogue._replace(roles=strange, paths=paths_too)


def _guide() -> Guide:
    """A small one, with a part of every kind."""
    source = guide_model.Source("x", "The guild", "How bread is sold", 2020, "https://example.org/bread")
    fact = guide_model.Fact(("Most sell by noon.",), "x", "medium")
    role = guide_model.Link("role", "head_baker", "Head baker", "head baker")
    topic = guide_model.Link("topic", "selling", "Selling", "selling")
    metric = guide_model.Metric(
        "waste", "Bread left over", ("BLO",), (), ("How much nobody buys; ask the ", role, "."), "left / baked",
        "2 of 40 loaves: 2 / 40 = 5 %.", fact, ("A sold-out shop may have baked too little.",),
    )  # fmt: skip
    parts = (
        guide_model.Paragraph(("Before ", topic, " comes baking, the work of the ", role, ".")),
        guide_model.Bullets((("Flour first.",), ("Then ", role, "s.")), numbered=True),
        guide_model.Bullets((("Salt",), ("Water",)), numbered=False),
        metric,
        metric._replace(id="speed", name="Loaves an hour", also=()),
        fact,
    )
    section = guide_model.Section("What it takes", parts)
    baking = guide_model.Topic(
        "baking", "Baking", (), "How bread is made.", (section,), (("Bake one. See ", topic, "."),)
    )
    words = guide_model.Section("Words", parts[:1])
    selling = guide_model.Topic("selling", "Selling", (), "How bread is sold.", (words,), ())
    return guide_model.Guide(
        title="The bakery guide",
        summary="All about bread.",
        sources={"x": source, "y": source._replace(id="y", title="Not cited")},
        metrics={"waste": metric},
        topics={"baking": baking, "selling": selling},
    )


def somebody(catalogue: Catalogue, guide: Guide | None = None, typed: str = "Ana M.") -> Subject:
    """Somebody who skipped some questions; without a guide one about bread."""
    values = (4, 3, 0, 1, 2, None, 4)
    given = {item.id: values[n % len(values)] for n, item in enumerate(catalogue.items())}
    return Subject(
        catalogue, Answers(given, About(english="B1", shifts=("day",), licences=(typed,))), guide or _guide(), typed
    )


def _replaced(part: Any, text: Callable[[], str]) -> Any:
    if names := fields_of(part):
        return part._replace(**{name: _replaced(getattr(part, name), text) for name in names if name not in _KEPT})
    if isinstance(part, dict):
        return {key: _replaced(value, text) for key, value in part.items()}
    if isinstance(part, tuple):
        return tuple(_replaced(one, text) for one in part)
    return text() if isinstance(part, str) else part


def drawn(parts: Iterable[RenderableType], width: int = 80, encoding: str = "utf-8") -> str:
    """What Rich renderables look like on a screen without colours."""
    page = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=page, width=width, color_system=None, legacy_windows=False, highlight=False)
    for part in parts:
        console.print(part)
    page.seek(0)
    return page.read()


def on_screen(page: Document, width: int = 80, encoding: str = "utf-8") -> str:
    """What a page looks like on a screen without colours."""
    return drawn(screen(page), width, encoding)

"""What if, live: raise and lower facts and skills by one step, and see at once what opens. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from prompt_toolkit.application import Application, get_app  # noqa: TID253 - imported only when somebody looks
from prompt_toolkit.key_binding import KeyBindings  # noqa: TID253
from prompt_toolkit.keys import Keys  # noqa: TID253
from prompt_toolkit.layout import FormattedTextControl, Layout, Window  # noqa: TID253

from bpo_quiz.clean import clean
from bpo_quiz.guidance.what_if import as_it_is, what_if
from bpo_quiz.pages.phrases import TODAY, number
from bpo_quiz.sitting.about_form import NONE, all_questions
from bpo_quiz.terminal.application import run, standard_error
from bpo_quiz.terminal.lines import packed, short, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.what_if import Moved, WhatIf

STEP = 12.5
"""Points by which a skill is raised or lowered."""

_UNKNOWN_FROM = 50.0 - STEP
"""Where a skill stands of which nothing is known: its first raise makes it average."""

_FACTS = {
    "english": "English",
    "shifts": "Shifts",
    "typing": "Typing",
    "years": "Years worked",
    "education": "Education",
    "channel": "Contact",
    "site": "Place",
    "targets": "Sales target",
}
_SIDE_BY_SIDE = 76  # columns from which the two lists stand beside each other
_LEFT = 33  # columns of the list of what can be changed, at most
_HINTS = ("left, right: less, more", "r all back", "b back")
_NOTHING_KEPT = "Nothing here is kept. Ready: how much of what a role asks for you would have."


class Lever(NamedTuple):
    """A fact or a skill: its key, what it is called, and, of a fact, the values that it can take, the least first."""

    key: str
    name: str
    values: tuple[Any, ...] | None = None
    takes_several: bool = False


class Levers:
    """What can be changed, and the ranking then.

    Args:
        catalogue: what was asked.
        answers: one person's.
        goal: the skills that this role misses most come first.
    """

    def __init__(self, catalogue: Catalogue, answers: Answers, goal: Role) -> None:
        self._catalogue = catalogue
        self._answers = answers
        self._as_it_is = as_it_is(catalogue, answers)
        self._now = self._as_it_is.profile.levels()
        self.all = (*_facts(catalogue), *self._skills(goal))
        self.reset()

    def _skills(self, goal: Role) -> list[Lever]:
        def missing(skill: str) -> float:
            asked = goal.skills[skill]
            return asked.importance * max(0.0, asked.level - self._now.get(skill, 0.0))

        names = {skill.id: skill.name for skill in self._catalogue.skills.values()}
        return [Lever(skill, names[skill]) for skill in sorted(names, key=lambda skill: -missing(skill))]

    def reset(self) -> None:
        """Everything as it is."""
        self._levels: dict[str, float] = {}
        self._about = self._answers.about
        self.found = self._rank()

    def step(self, lever: Lever, by: int) -> None:
        """One step less (-1) or more (1), as far as it goes."""
        if lever.values is None:
            level = self._levels.get(lever.key, self._now.get(lever.key, _UNKNOWN_FROM))
            self._levels[lever.key] = min(100.0, max(0.0, level + by * STEP))
        else:
            self._about = self._about._replace(**{lever.key: _next(lever, getattr(self._about, lever.key), by)})
        self.found = self._rank()

    def shown(self, lever: Lever) -> str:
        """Its value in short, with a mark where it is another than it is."""
        if lever.values is None:
            level = self._levels.get(lever.key, self._now.get(lever.key))
            is_changed = level != self._now.get(lever.key)
            return f"{'?' if level is None else number(level)}{' *' if is_changed else ''}"
        has, told = getattr(self._about, lever.key), getattr(self._answers.about, lever.key)
        return f"{_worded(has)}{' *' if has != told else ''}"

    def _rank(self) -> WhatIf:
        return what_if(self._catalogue, self._answers, self._levels, self._about, self._as_it_is)


def _facts(catalogue: Catalogue) -> Iterator[Lever]:
    questions = {question.key: question for question in all_questions(catalogue)}
    for key, name in _FACTS.items():
        if (question := questions.get(key)) is not None:
            values = [choice.value for choice in question.choices if choice.value not in (None, NONE)]
            yield Lever(key, name, tuple(sorted(values) if key == "targets" else values), question.several)


def _next(lever: Lever, has: Any, by: int) -> Any:
    values = lever.values or ()
    if lever.takes_several:
        taken = [value for value in values if value in (has or ())]
        left = [value for value in values if value not in taken]
        chosen = {*taken, *left[:1]} if by > 0 else {*taken[:-1]}
        return tuple(value for value in values if value in chosen)
    if has is None:
        return values[0 if by > 0 else -1]
    at = max(
        (n for n, value in enumerate(values) if value == has or (lever.key in ("typing", "years") and value <= has)),
        default=0,
    )
    return values[min(len(values) - 1, max(0, at + by))]


def _worded(value: Any) -> str:
    if value is None:
        return "not told"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return f"{value:g}" if isinstance(value, float | int) else str(value)


class LiveScreen:
    """Both lists on one screen."""

    def __init__(self, levers: Levers) -> None:
        self._levers = levers
        self._at = 0

    def run(self, no_color: bool) -> None:
        """Until the person goes back.

        Raises:
            Interrupted: Ctrl-C, or a signal.
        """
        text = FormattedTextControl(self._render, show_cursor=False)
        application: Application[None] = Application(
            layout=Layout(Window(text)), key_bindings=self._bindings(), full_screen=True, output=standard_error()
        )
        run(application, no_color, leaving=("c-c",))

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        last = len(self._levers.all) - 1
        for key, to in (
            ("up", lambda at: at - 1), ("down", lambda at: at + 1), ("k", lambda at: at - 1), ("j", lambda at: at + 1),
            ("pageup", lambda at: at - 10), ("pagedown", lambda at: at + 10),
            ("home", lambda _: 0), ("end", lambda _: last),
        ):  # fmt: skip
            keys.add(key, eager=True)(self._pointing(to, last))
        for key, by in (("left", -1), ("right", 1), ("-", -1), ("+", 1)):
            keys.add(key, eager=True)(self._stepping(by))
        keys.add("r", eager=True)(lambda event: self._levers.reset())
        for key in ("b", "q", "escape", "c-d"):
            keys.add(key, eager=True)(lambda event: None if event.app.is_done else event.app.exit())
        keys.add(Keys.BracketedPaste, eager=True)(lambda event: None)
        return keys

    def _pointing(self, to: Callable[[int], int], last: int) -> Callable[[KeyPressEvent], None]:
        def act(event: KeyPressEvent) -> None:
            self._at = min(last, max(0, to(self._at)))

        return act

    def _stepping(self, by: int) -> Callable[[KeyPressEvent], None]:
        return lambda event: self._levers.step(self._levers.all[self._at], by)

    # What is on screen

    def _render(self) -> StyleAndTextTuples:
        size = get_app().output.get_size()
        width = size.columns - 1
        foot = [*packed(_HINTS, width), *wrap(_NOTHING_KEPT, width)]
        rows = max(4, size.rows - len(foot) - 3)
        drawn: StyleAndTextTuples = [("class:prompt", short("What if", width)), ("", "\n\n")]
        if width >= _SIDE_BY_SIDE - 1:
            left = min(_LEFT, width // 2)
            roles = list(self._roles(rows, width - left - 2))
            for n, (style, line) in enumerate(self._changeable(rows, left)):
                drawn += [(style, line), ("", f"  {roles[n] if n < len(roles) else ''}\n")]
        else:
            below = max(1, rows // 2 - 1)
            drawn += [(style, f"{line}\n") for style, line in self._changeable(rows - below - 1, width)]
            drawn += [("", "\n"), *(("", f"{line}\n") for line in self._roles(below, width))]
        return [*drawn, ("class:keys", "\n".join(foot))]

    def _changeable(self, rows: int, width: int) -> Iterator[tuple[str, str]]:
        """As many rows as there is room for, around the one that is pointed at; `width` cells each."""
        levers = self._levers.all
        first = min(max(0, self._at - rows // 2), max(0, len(levers) - rows))
        for n in range(first, first + rows):
            if n >= len(levers):
                yield "", " " * width
                continue
            value = self._levers.shown(levers[n])
            sign = ">" if n == self._at else " "
            name = short(f"{sign} {clean(levers[n].name)}", max(8, width - len(value) - 1), pad=True)
            yield "class:pointed" if n == self._at else "", short(f"{name} {value}", width, pad=True)

    def _roles(self, rows: int, width: int) -> Iterator[str]:
        """The order then, with Readiness, and how each role stands then."""
        yield f"{short('Role', width - 19, pad=True)} {'Ready':>6} Today"
        for one in self._levers.found.roles[: rows - 1]:
            place = f"{one.rank_after or '-':>2} "
            yield f"{short(place + clean(one.role.name), width - 19, pad=True)} {_ready(one):>6} {_today(one)}"


def _ready(one: Moved) -> str:
    before, after = one.before.readiness, one.after.readiness
    change = 0 if before is None or after is None else int(number(after)) - int(number(before))
    return f"{number(after)}{f' {change:+d}' if change else ''}"


def _today(one: Moved) -> str:
    opens = one.stands.is_startable and not one.stood.is_startable
    return f"{'+' if opens else ''}{TODAY[one.stands.state]}"

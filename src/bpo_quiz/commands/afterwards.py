"""The way on from a result: the first page, then a line of keys; each key shows a page, and one is back at the line."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.commands import output
from bpo_quiz.commands.result_page import occasion_of, result_page
from bpo_quiz.commands.shared import options
from bpo_quiz.document import Document, cleaned
from bpo_quiz.errors import QuizError
from bpo_quiz.guidance.explain import explain
from bpo_quiz.guidance.standing import ifs, in_the_way
from bpo_quiz.pages import first_page, path, roles, why
from bpo_quiz.pages import result as result_pages
from bpo_quiz.pages.phrases import TODAY
from bpo_quiz.results.route import route
from bpo_quiz.terminal.key_line import BACK, LEAVE, Key, by_key, by_number, hints
from bpo_quiz.terminal.lines import ask, fitted, packed, say
from bpo_quiz.terminal.pager import paged
from bpo_quiz.terminal.streams import can_show_screens, console
from bpo_quiz.wording import as_called, listed, sentence
from bpo_quiz.writers.plain import plain as plain_lines
from bpo_quiz.writers.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import typer

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Role
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report, RoleStanding

EVERY_KEY = ROLES, WHY, WAY, WHAT_IF, PLAN, PAPER, ANSWERS, ALL = (
    Key("1", "roles", "All roles in order, each with what it is and what is in the way of it."),
    Key("2", "why", "Why the role named first stands where it stands; of another role: key 1, the role, key 2."),
    Key("3", "way", "The way to that role, step by step."),
    Key("4", "what if", "What would change if you had learned more, or told something else."),
    Key("5", "plan", "What to do next, examples to have ready, questions for a talk."),
    Key("6", "paper", "The result as a file: PDF, web page or Markdown."),
    Key("7", "answers", "Look over your answers, and change any."),
    Key("8", "all", "The whole result, with every number and what it means."),
)
_GO_BACK = Key(BACK, "back", "Back.")
_WITHOUT_RANKING = (ROLES, PAPER, ANSWERS, ALL)
_FILES: tuple[tuple[Key, output.Format, bool], ...] = (
    (Key("1", "PDF", "PDF, to print or to send."), "pdf", False),
    (Key("2", "web page", "A web page in one file."), "html", False),
    (Key("3", "Markdown", "Markdown, a text to go on with."), "md", False),
    (Key("4", "counsellor's PDF", "PDF for the counsellor, with notes and remarks."), "pdf", True),
)


class Seen(NamedTuple):
    """What was shown.

    Attributes:
        occasion: the session's; without a code where nothing was kept.
        change: lets the person look over the answers, and gives what comes of it; None: the session is not finished.
    """

    report: Report
    answers: Answers
    occasion: Occasion
    change: Callable[[], tuple[Report, Answers]] | None


def go_on(ctx: typer.Context, seen: Seen, *, plain: bool, top: int) -> None:
    """Show the first page, or in plain lines the whole result, and what the person chooses, until they leave.

    Args:
        ctx: the call.
        seen: what is shown.
        plain: whether the person wants lines.
        top: how many roles the whole result lists.

    Raises:
        Interrupted: Ctrl-C, or a signal.
    """
    _WayOn(ctx, seen, is_plain=plain or not can_show_screens(), top=top).run()


class _WayOn:
    def __init__(self, ctx: typer.Context, seen: Seen, *, is_plain: bool, top: int) -> None:
        self._ctx = ctx
        self._seen = seen
        self._is_plain = is_plain
        self._top = top
        self._no_color = options(ctx).no_color
        self._report = seen.report

    def run(self) -> None:
        acts = {
            ROLES: self._roles, WHY: self._why, WAY: self._way, WHAT_IF: self._what_if, PLAN: self._plan,
            PAPER: self._paper, ANSWERS: self._answers, ALL: self._all,
        }  # fmt: skip
        self._begin()
        settle = True  # Enter may be held down since the page before
        while (chosen := self._ask(self._keys(), settle=settle)) != LEAVE:
            settle = False
            next(act for key, act in acts.items() if key.key == chosen)()

    def _keys(self) -> list[Key]:
        keys = EVERY_KEY if self._report.goal else _WITHOUT_RANKING
        return [key for key in keys if key != ANSWERS or self._seen.change is not None]

    def _ask(self, keys: Sequence[Key], *, about: str = "", settle: bool = False) -> str:
        if self._is_plain:
            return by_number(keys)
        return by_key(keys, self._no_color, about=about, settle=settle)

    # What is shown

    def _begin(self) -> None:
        """The first page, as much of it as the window has rows for beside its keys."""
        if self._is_plain:
            self._all()
            return
        screen_of = console(self._no_color)
        size = shutil.get_terminal_size()
        rows = size.lines - len(list(packed(hints(self._keys(), ""), size.columns - 1, gap="  ")))
        text = ""
        for room in first_page.ROOMS:
            with screen_of.capture() as held:
                for part in screen(cleaned(first_page.page(self._report, self._seen.occasion, room))):
                    screen_of.print(part)
            text = held.get()
            if text.count("\n") <= rows:
                break
        sys.stdout.write(f"{text}\n" if text.count("\n") < rows else text)
        sys.stdout.flush()

    def _show(self, page: Document) -> None:
        if self._is_plain:
            sys.stdout.writelines(f"{line}\n" for line in fitted(plain_lines(cleaned(page, as_called))))
            sys.stdout.flush()
            return
        screen_of = console(self._no_color)
        with paged(screen_of):
            for part in screen(cleaned(page, as_called)):
                screen_of.print(part)

    # What a key does

    def _roles(self) -> None:
        """The list, and from it one card after the other, until the person goes back."""
        at = 0
        while (chosen := self._choose_role(at)) is not None:
            at = chosen
            role = self._report.roles[at].role
            self._show(roles.card(self._report.catalogue, role))
            self._at_card(role)

    def _at_card(self, role: Role) -> None:
        keys = (
            _GO_BACK,
            WHY._replace(means=f"Why {role.name} stands where it stands."),
            WAY._replace(means=f"The way to {role.name}, step by step."),
            WHAT_IF,
        )
        acts = {WHY.key: self._why, WAY.key: self._way, WHAT_IF.key: self._what_if}
        while (chosen := self._ask(keys, about=f"{role.name}:")) not in (BACK, LEAVE):
            acts[chosen](role)

    def _choose_role(self, at: int) -> int | None:
        rows = [(one.role.name, self._below(one)) for one in self._report.roles]
        if self._is_plain:
            keys = [Key(str(n), "", f"{name}. {below}") for n, (name, below) in enumerate(rows, 1)]
            chosen = by_number([*keys, _GO_BACK])
            return None if chosen in (BACK, LEAVE) else int(chosen) - 1
        from bpo_quiz.terminal.prompts import one_of

        numbered = [(f"{n:2}. {name}", below) for n, (name, below) in enumerate(rows, 1)]
        return one_of("Roles, best first.", numbered, at, self._no_color)

    def _below(self, one: RoleStanding) -> str:
        """How a role stands today, what it is, and what is in the way or in question."""
        catalogue, found = self._report.catalogue, one.outlook
        asks = [sentence("; ".join(ways)) + "." for ways in (in_the_way(catalogue, found),) if ways]
        if found.state == "open_if":
            asks = [f"Open if {listed(ifs(catalogue, found))}."]
        return " ".join([f"{sentence(TODAY[found.state])}.", one.role.summary, *asks])

    def _why(self, role: Role | None = None) -> None:
        catalogue, wanted = self._report.catalogue, role or self._goal()
        self._show(why.page(catalogue, explain(catalogue, self._seen.answers, wanted.id)))

    def _way(self, role: Role | None = None) -> None:
        self._show(path.page(route(self._report, role or self._goal())))

    def _goal(self) -> Role:
        if self._report.goal is None:
            raise AssertionError("without a ranking no key needs a role")
        return self._report.goal.role

    def _what_if(self, role: Role | None = None) -> None:
        catalogue, answers = self._report.catalogue, self._seen.answers
        if not self._is_plain:
            from bpo_quiz.terminal.live import Levers, LiveScreen

            LiveScreen(Levers(catalogue, answers, role or self._goal())).run(self._no_color)
            return
        from bpo_quiz.commands.what_if import read_changes
        from bpo_quiz.guidance.what_if import what_if
        from bpo_quiz.pages import what_if as what_if_page

        words = ask(
            "Such as coaching=75 or english=B2, several with spaces between (Enter goes back): ", q_answers=True
        ).split()
        if words and words != ["q"]:
            try:
                changed = what_if(catalogue, answers, *read_changes(catalogue, answers, words))
            except QuizError as error:
                say(str(error))
            else:
                self._show(what_if_page.page(catalogue, changed, self._top))

    def _plan(self) -> None:
        made = self._report.plan
        self._show(Document("Your plan", tuple(path.plan(self._report.catalogue, made))))

    def _all(self) -> None:
        self._show(result_pages.page(self._report, self._top))

    def _answers(self) -> None:
        if self._seen.change is None:
            raise AssertionError("answers to another catalogue have no key")
        before = self._report
        self._report, answers = self._seen.change()
        self._seen = self._seen._replace(answers=answers)
        self._begin()
        say(first_page.moved(before, self._report))

    # Paper

    def _paper(self) -> None:
        """Write a file into the folder one stands in, beside what is there."""
        files = [one for one in _FILES if self._seen.occasion.alias or not one[2]]
        chosen = self._ask([*(key for key, _, _ in files), _GO_BACK])
        for key, form, is_counsellors in files:
            if key.key == chosen:
                self._write(form, is_counsellors)

    def _write(self, form: output.Format, is_counsellors: bool) -> None:
        occasion = occasion_of(self._ctx, self._seen.occasion.code, self._report.catalogue)
        page = result_page(self._report, self._seen.answers, occasion, top=self._top, counsellor=is_counsellors)
        try:
            made = output.content(page, output.Output(form))
            names = (f"{page.name}{f'-{n}' if n else ''}.{form}" for n in count())
            file = next(Path.cwd() / name for name in names if not os.path.lexists(name))
            output.put(self._ctx, file, made, file.name, force=False)
        except QuizError as error:  # a package that is missing, a folder that is closed: one can choose again
            say(str(error), *(["A web page and Markdown need nothing more."] if form == "pdf" else []))

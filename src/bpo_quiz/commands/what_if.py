"""`bpo-quiz what-if`: the ranking with other levels of skills or other facts, and what it would take to reach a role.

`SKILL=LEVEL` is another level of a skill, `FACT=VALUE` something else told, a word without `=` a session's code.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_quiz.answers.answer_file import faults_of, kept
from bpo_quiz.answers.model import facts
from bpo_quiz.catalogue.find import find_role, find_skill
from bpo_quiz.clean import clean
from bpo_quiz.commands import completing, output
from bpo_quiz.commands.sessions import ClientsOption, as_asked, chosen_session, code_wanted
from bpo_quiz.commands.shared import the_store
from bpo_quiz.errors import UsageError
from bpo_quiz.guidance.least_raises import GOALS, least_raises
from bpo_quiz.guidance.what_if import what_if as rank_with
from bpo_quiz.records.why import reach_record, what_if_record
from bpo_quiz.scoring.profile import score
from bpo_quiz.scoring.rounding import whole
from bpo_quiz.sheets.read_csv import told_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bpo_quiz.answers.model import About, Answers, Fact
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Document
    from bpo_quiz.store.records import StoredSession

GoalChoice = Literal["ready", "first", "both"]

_LIKE = "another level looks like SKILL=75 or SKILL=+10"
_LEVEL = re.compile(r"([+-]?)([0-9]{1,6}(?:\.[0-9]{1,6})?)")
_FULL = 100.0


def what_if(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SKILL=LEVEL | FACT=VALUE]... [CODE]",
            help="coaching=75 or coaching=+10, english=B2, shifts=+night; the code left out: the latest finished one.",
            show_default=False,
        ),
    ] = None,
    client: ClientsOption = None,
    reach: Annotated[
        str | None,
        typer.Option(
            "--reach",
            metavar="ROLE",
            help="Find the smallest raises that reach this role.",
            autocompletion=completing.roles,
        ),
    ] = None,
    goal: Annotated[
        GoalChoice | None,
        typer.Option("--goal", help="What --reach is to find: ready, first by Total, or both.", show_default="both"),
    ] = None,
    form: output.HandedOption = None,
    plain: output.PlainOption = False,
    top: output.TopOption = 10,
    file: output.OutputOption = None,
    force: output.ForceOption = False,
    paper: output.PaperOption = "a4",
) -> None:
    """Show the ranking at other levels, or the raises that would do."""
    wanted = output.wanted("what-if", output.Handed, form, plain=plain, file=file, force=force, paper=paper)
    levels, code = _sorted_out(words or ())
    _refuse_contradictions(levels, reach, goal)
    with the_store(ctx, read_only=True) as database:
        code = code_wanted(database, code, client)
        try:
            session = chosen_session(database, code)
        except UsageError as error:
            raise UsageError(f"{error}; {_LIKE}") from None
        catalogue, answers = as_asked(ctx, database, session)
    if reach is None:
        page = _ranking(catalogue, answers, session, levels, top)
    else:
        page = _reach(catalogue, answers, session, reach, goal or "both")
    output.write(ctx, page, wanted)


def _refuse_contradictions(levels: Sequence[str], reach: str | None, goal: GoalChoice | None) -> None:
    if reach is None and not levels:
        raise UsageError("what-if: say what to set, as in SKILL=75, SKILL=+10 or english=C1, or --reach ROLE")
    if reach is not None and levels:
        raise UsageError("what-if: --reach looks for the levels itself; leave out what has an =, or leave out --reach")
    if reach is None and goal is not None:
        raise UsageError("what-if: --goal says what --reach is to find; add --reach ROLE, or leave out --goal")


def _ranking(
    catalogue: Catalogue, answers: Answers, session: StoredSession, words: Sequence[str], top: int
) -> output.Page:
    found = rank_with(catalogue, answers, *read_changes(catalogue, answers, words))

    def document() -> Document:
        from bpo_quiz.pages import what_if as pages
        from bpo_quiz.pages.phrases import session_facts

        return pages.page(catalogue, found, top, session_facts(catalogue, session))

    return output.Page("what-if", document, lambda: what_if_record(catalogue, found))


def read_changes(catalogue: Catalogue, answers: Answers, words: Sequence[str]) -> tuple[dict[str, float], About]:
    """What `SKILL=LEVEL` and `FACT=VALUE` say: skill id -> level, 0-100, and what would be told.

    Raises:
        UsageError: a word that cannot be so.
    """
    told = facts(catalogue.roles, catalogue.paths)
    of_facts = [word for word in words if word.rpartition("=")[0] in told]
    now = score(catalogue, answers.responses).levels()
    levels = _read_levels(catalogue, [word for word in words if word not in of_facts], now)
    return levels, _read_facts(told, of_facts, answers.about)


def _reach(catalogue: Catalogue, answers: Answers, session: StoredSession, role: str, goal: GoalChoice) -> output.Page:
    wanted = find_role(catalogue, role).id
    found = [least_raises(catalogue, answers, wanted, one) for one in GOALS if goal in ("both", one)]

    def document() -> Document:
        from bpo_quiz.pages import reach as pages
        from bpo_quiz.pages.phrases import session_facts

        return pages.page(catalogue, found, session.form, session.code, session_facts(catalogue, session))

    return output.Page(f"reach-{wanted}", document, lambda: reach_record(catalogue, found, answers.form))


def _sorted_out(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The levels, and the session's code if there is one.

    Raises:
        UsageError: more than one word could be the code.
    """
    levels = [word for word in words if "=" in word]
    codes = [word for word in words if "=" not in word]
    if len(codes) > 1:
        shown = " and ".join(f'"{clean(word, 40)}"' for word in codes[:2])
        raise UsageError(f"what-if: {shown} have no =; give at most one session code, {_LIKE}")
    return levels, codes[0] if codes else None


def _read_facts(told: Mapping[str, Fact], words: Sequence[str], about: About) -> About:
    """What would be told, from `english=B2`, `shifts=day,night`, `shifts=+night`, `languages=+es:C1`, `years=+1`.

    Raises:
        UsageError: a value that cannot be told.
    """
    for word in words:
        key, _, text = word.rpartition("=")
        fact, has = told[key], getattr(about, key)
        more, plain = text.startswith("+"), text.removeprefix("+").replace(",", " ")
        value = told_as(fact, plain.replace(" ", ";") if fact.kind == "texts" else plain)
        if more and isinstance(value, float):
            value += has or 0.0
        elif more and isinstance(value, list):
            value = [*(has or ()), *value]
        elif more and isinstance(value, dict):
            value = {**(has or {}), **value}
        if fault := next(faults_of(value, fact), None):
            raise UsageError(f"{clean(word, 60)}: {fault}")
        about = about._replace(**{key: kept(value, fact)})
    return about


def _read_levels(catalogue: Catalogue, words: Sequence[str], now: Mapping[str, float]) -> dict[str, float]:
    """Skill id -> level, 0-100.

    Args:
        catalogue: the skills.
        words: `SKILL=75`, `SKILL=+10`, `SKILL=-10`.
        now: known levels, which `+10` adds to.

    Raises:
        UsageError: no such skill, no level, a level out of range, or a skill twice.
    """
    levels: dict[str, float] = {}
    for word in words:
        name, _, text = word.rpartition("=")
        skill = find_skill(catalogue, name)
        if skill.id in levels:
            raise UsageError(f"{clean(word, 60)}: {clean(skill.name)} stands there twice; give one level for it")
        levels[skill.id] = _level(text, now.get(skill.id), clean(word, 60))
    return levels


def _level(text: str, now: float | None, word: str) -> float:
    found = _LEVEL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UsageError(f"{word}: give a level from 0 to 100, or +10 for 10 more")
    sign, number = found[1], float(found[2])
    if not sign:
        if number > _FULL:
            raise UsageError(f"{word}: a level goes up to 100; give 0 to 100")
        return number
    if now is None:
        raise UsageError(f"{word}: there is no answer yet that this could be added to; give a level, 0 to 100")
    level = now + number if sign == "+" else now - number
    if not 0 <= level <= _FULL:
        raise UsageError(f"{word}: it is at {whole(now)} now, and a level goes from 0 to 100; give less")
    return level

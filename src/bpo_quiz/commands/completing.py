"""What a shell offers at Tab: roles, paths, skills, topics, sessions, aliases; nothing where they cannot be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer  # noqa: TC002 - Typer reads the annotation

from bpo_quiz.clean import clean
from bpo_quiz.commands.shared import Options, the_catalogue, the_guide, the_store
from bpo_quiz.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Offer = tuple[str, str]
"""A word to complete to, and what it stands for."""

_MOST = 50
_SHORT = 40  # characters; Typer would break a longer line, and fish take the rest for one more offer
_WORD = re.compile(r"\w[\w .@+-]*")
"""What every shell takes for the word that it is: some put an offer on the command line as it stands."""

_TO_SHELLS = str.maketrans("'[]", "\u2019()", '\\$`"')
"""Takes from what a word stands for what zsh would run, and what Typer would take for markup."""


def _completion(of: Callable[[typer.Context], Iterable[Offer]]) -> Callable[[typer.Context, str], list[Offer]]:
    """What Typer asks: the offers of `of` that begin with what was typed."""

    def offered(ctx: typer.Context, incomplete: str) -> list[Offer]:
        told = ctx.find_root().params  # nothing has read the global options yet; they are texts here
        data, home = (Path(told[name]) if told.get(name) else None for name in ("data", "home"))
        ctx.obj = Options(data, home, no_color=True)
        try:
            found = list(of(ctx))
        except QuizError:
            return []
        fitting = [offer for offer in found if offer[0].startswith(incomplete) and _WORD.fullmatch(offer[0])]
        return [(word, clean(told).translate(_TO_SHELLS)[:_SHORT]) for word, told in fitting[:_MOST]]

    return offered


def _roles(ctx: typer.Context) -> Iterable[Offer]:
    return ((role.id, role.name) for role in the_catalogue(ctx).roles.values())


def _paths(ctx: typer.Context) -> Iterable[Offer]:
    return ((path.id, path.name) for path in the_catalogue(ctx).paths.values())


def _skills(ctx: typer.Context) -> Iterable[Offer]:
    return ((skill.id, skill.name) for skill in the_catalogue(ctx).skills.values())


def _topics(ctx: typer.Context) -> Iterable[Offer]:
    guide = the_guide(ctx, the_catalogue(ctx))
    return () if guide is None else ((topic.id, topic.title) for topic in guide.topics.values())


def _codes(ctx: typer.Context) -> Iterable[Offer]:
    from bpo_quiz.store.sessions import Sessions

    with the_store(ctx, read_only=True) as database:
        return [(row.code, row.client or row.tag or "") for row in Sessions(database).list(limit=_MOST)]


def _aliases(ctx: typer.Context) -> Iterable[Offer]:
    from bpo_quiz.store.clients import Clients

    with the_store(ctx, read_only=True) as database:
        return [(client.alias, "") for client in Clients(database).list(limit=Clients(database).count())]


roles, paths, skills, topics, codes, aliases = map(_completion, (_roles, _paths, _skills, _topics, _codes, _aliases))

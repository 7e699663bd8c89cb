"""What talks led to, as a part of other pages and as one of its own: agreements, the next talk, the shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import Bullets, Document, Paragraph, Section
from bpo_quiz.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.document import Block
    from bpo_quiz.store.talks import Agreement, Talk

TITLE = "What we agreed"
_ORDER_STAYS = "These marks change no order and no number above or on other pages."


def page(alias: str, talk: Talk, catalogue: Catalogue) -> Document:
    """All of it, as the counsellor sees it after a change."""
    return Document(alias, (section(talk, catalogue) or Section("agreed", TITLE, (Paragraph("Nothing yet."),)),))


def section(talk: Talk, catalogue: Catalogue | None) -> Section | None:
    """All of it for any page, also a client's; None where there is nothing."""
    blocks = tuple(_blocks(talk, catalogue))
    return Section("agreed", TITLE, blocks) if blocks else None


def _blocks(talk: Talk, catalogue: Catalogue | None) -> Iterator[Block]:
    if talk.agreements:
        yield Bullets(tuple(map(agreement, talk.agreements)), numbered=True)
    if talk.next is not None:
        yield Paragraph(f"We talk again on {day(talk.next)}.")
    for keeps, words in ((True, "Roles to look at more closely"), (False, "Not for me")):
        if shown := [_marked(role, why, catalogue) for role, (keep, why) in talk.roles.items() if keep is keeps]:
            yield Paragraph(f"{words}: {'; '.join(shown)}.")
    if talk.roles:
        yield Paragraph(_ORDER_STAYS, "small")


def agreement(one: Agreement) -> str:
    """An agreement, until when, and what became of it."""
    by = f", by {day(one.by)}" if one.by else ""
    told = f": {one.state}, told on {day(one.told)}" if one.told else ""
    return f"{one.text.rstrip('.')}{by}{told}."


def _marked(role: str, why: str, catalogue: Catalogue | None) -> str:
    name = catalogue.roles[role].name if catalogue and role in catalogue.roles else role
    return f"{name} ({why.rstrip('.')})" if why else name

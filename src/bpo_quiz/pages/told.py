"""What a person told about themselves, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.answers.model import LANGUAGES
from bpo_quiz.catalogue.model import NO_ROLE
from bpo_quiz.guidance.gates import CHANNEL, EDUCATION, SITE
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from bpo_quiz.answers.model import About
    from bpo_quiz.catalogue.model import Catalogue

LABELS = {
    "current_role": "role today",
    "years": "years of work, in any job",
    "fields": "kinds of work so far",
    "english": "English",
    "languages": "further languages",
    "education": "education",
    "shifts": "shifts that would do",
    "channel": "contact that would do",
    "site": "places that would do",
    "targets": "view of a personal target",
    "licences": "certificates",
    "typing": "typing",
}
"""Name of a fact -> what it is called, whoever tells it."""


def in_words(catalogue: Catalogue, about: About) -> dict[str, str]:
    """Name of each fact -> what was told of it; "not told" where nothing was."""
    words: dict[str, Callable[[Any], str]] = {
        "current_role": lambda role: "outside the trade" if role == NO_ROLE else catalogue.roles[role].name,
        "years": lambda years: f"{years:g}",
        "fields": lambda fields: _list(fields, {path.id: path.name for path in catalogue.paths.values()}),
        "languages": lambda known: _list(f"{LANGUAGES.get(code, code)} {level}" for code, level in known.items()),
        "education": EDUCATION.__getitem__,
        "shifts": _list,
        "channel": lambda channels: _list(channels, CHANNEL),
        "site": lambda sites: _list(sites, SITE),
        "targets": lambda fine: "would be fine" if fine else "rather not",
        "licences": _list,
        "typing": lambda speed: f"{speed:g} words a minute",
    }
    told = {key: getattr(about, key) for key in LABELS}
    return {key: "not told" if has is None else words.get(key, str)(has) for key, has in told.items()}


def _list(values: Iterable[str], names: Mapping[str, str] | None = None) -> str:
    shown = [names[value] if names else value for value in values]
    return listed(shown) if shown else "none"

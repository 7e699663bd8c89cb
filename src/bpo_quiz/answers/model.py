"""What one person answered: responses to items, and what they tell about themselves."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from bpo_quiz.catalogue.model import CHANNELS, EDUCATION_LEVELS, ENGLISH_LEVELS, NO_ROLE, SHIFTS, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bpo_quiz.catalogue.model import Catalogue

FORMS = ("full", "quick")

CODED_ID = "id (answers 0-4)"
"""How the first column of a sheet is called that says which numbers its answers have."""

LONGEST_TIME = 120.0
"""Seconds an item can count; more is a pause."""

LANGUAGES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "nl": "Dutch",
    "tl": "Filipino (Tagalog)",
    "fr": "French",
    "de": "German",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "es": "Spanish",
    "und": "Another language",
}
"""Languages to choose from, by their codes (ISO 639); an answer file may name any other by its code."""

Responses = dict[str, int | None]
"""Item id -> value 0-4, or None where the person had not had the chance."""


class Response(NamedTuple):
    """What a person answered to one item.

    Attributes:
        item: its id.
        value: 0-4; None: had not had the chance.
        seconds: that the item took, 0-120, all visits together; None where nobody looked at a clock.
        position: its index among the items in the order in which they were asked.
    """

    item: str
    value: int | None
    seconds: float | None
    position: int


class About(NamedTuple):
    """What a person tells about themselves beside the items; None means: not told.

    Attributes:
        current_role: id of today's role; `none` when the person works outside the trade.
        years: of work, in any job.
        fields: ids of the career paths in which these years were worked; empty: in none of them.
        english: CEFR level. education: one of `EDUCATION_LEVELS`.
        languages: those beside English that one could work in: code (`es`) -> CEFR level; empty: none.
        shifts: shifts that the person can work. channel: contact that they are glad to have all day.
        site: where they could work. targets: whether a personal sales target is all right.
        licences: certificates that they hold. typing: words a minute.
    """

    current_role: str | None = None
    years: float | None = None
    fields: tuple[str, ...] | None = None
    english: str | None = None
    languages: Mapping[str, str] | None = None
    education: str | None = None
    shifts: tuple[str, ...] | None = None
    channel: tuple[str, ...] | None = None
    site: tuple[str, ...] | None = None
    targets: bool | None = None
    licences: tuple[str, ...] | None = None
    typing: float | None = None

    @property
    def works_as(self) -> str | None:
        """Id of today's role, None where there is none or none was told."""
        return None if self.current_role == NO_ROLE else self.current_role


class Fact(NamedTuple):
    """What can be told under a key of `About`.

    Attributes:
        kind: one of the `known` words, some of them, one of them for each language, a number from 0 to `most`, true or
            false, or a few short texts.
    """

    kind: Literal["word", "words", "languages", "number", "flag", "texts"]
    known: tuple[str, ...] = ()
    most: int = 0


def facts(roles: Iterable[str], paths: Iterable[str]) -> dict[str, Fact]:
    """Every key of `About`, in its order; `roles`, `paths`: ids of those that there are."""
    return {
        "current_role": Fact("word", (NO_ROLE, *roles)),
        "years": Fact("number", most=70),
        "fields": Fact("words", tuple(paths)),
        "english": Fact("word", ENGLISH_LEVELS),
        "languages": Fact("languages", ENGLISH_LEVELS),
        "education": Fact("word", EDUCATION_LEVELS),
        "shifts": Fact("words", SHIFTS),
        "channel": Fact("words", CHANNELS),
        "site": Fact("words", SITES),
        "targets": Fact("flag"),
        "licences": Fact("texts"),
        "typing": Fact("number", most=300),
    }


class Answers(NamedTuple):
    """One person's answers.

    Attributes:
        responses: item id -> value 0-4, or None where the person had not had the chance; in the order of asking.
        about: what they told about themselves.
        form: the form that was asked, `full` or `quick`.
        times: item id -> seconds that it took, 0-120; empty where nobody looked at a clock.
        catalogue: SHA-256 of the catalogue that was asked; None: not told.
    """

    responses: Responses
    about: About
    form: str = "full"
    times: Mapping[str, float] = MappingProxyType({})
    catalogue: str | None = None

    def one_by_one(self) -> Iterator[Response]:
        """Each response by itself."""
        for position, (item, value) in enumerate(self.responses.items()):
            yield Response(item, value, self.times.get(item), position)

    def as_seen_by(self, catalogue: Catalogue) -> Answers:
        """The same for another catalogue: without what it does not ask for, and roles and paths it does not know."""
        known = {item.id for item in catalogue.items()}
        about = self.about
        if about.works_as not in (None, *catalogue.roles):
            about = about._replace(current_role=None)
        if about.fields is not None:
            about = about._replace(fields=tuple(path for path in about.fields if path in catalogue.paths))
        return self._replace(
            about=about,
            responses={item: value for item, value in self.responses.items() if item in known},
            times={item: seconds for item, seconds in self.times.items() if item in known},
        )

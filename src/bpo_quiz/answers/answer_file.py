"""The answers format, `bpo-quiz/answers@1`: reading and writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.model import FORMS, LONGEST_TIME, About, Answers
from bpo_quiz.catalogue.model import (
    CHANNELS,
    EDUCATION_LEVELS,
    ENGLISH_LEVELS,
    HIGHEST_VALUE,
    NO_ROLE,
    SHIFTS,
    SITES,
)
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.records import as_dict
from bpo_quiz.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from bpo_quiz.answers.model import Responses
    from bpo_quiz.catalogue.model import Catalogue

FORMAT = "bpo-quiz/answers@1"
_MOST_LICENCES = 50
_LONGEST_LICENCE = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


def to_record(answers: Answers) -> dict[str, Any]:
    """The answers as a JSON record; what was not told is left out."""
    about = {key: value for key, value in as_dict(answers.about).items() if value is not None}
    record = {"format": FORMAT, "form": answers.form, "answers": answers.responses, "about": about}
    if answers.catalogue is not None:
        record["catalogue"] = answers.catalogue
    return {**record, "times": dict(answers.times)} if answers.times else record


def read_answers(source: str, catalogue: Catalogue) -> Answers:
    """Read an answer file (`-`: standard input).

    Raises:
        InputError: one line with the first fault, and how many more there are.
    """
    name = strict_json.display_name(source)
    return from_record(strict_json.parse(strict_json.read_text(source), name), catalogue, name)


def from_record(record: Any, catalogue: Catalogue, name: str) -> Answers:
    """Check a parsed record against a catalogue.

    Raises:
        InputError: one line with the first fault, and how many more there are.
    """
    return AnswerReader(catalogue).from_record(record, name)


class AnswerReader:
    """Checks parsed records, one after the other, against one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._items = frozenset(item.id for item in catalogue.items())

    def from_record(self, record: Any, name: str) -> Answers:
        """Check a record.

        Raises:
            InputError: one line with the first fault, and how many more there are.
        """
        check = _Check(self._catalogue, self._items)
        answers = check.answers(record)
        if check.faults:
            more = len(check.faults) - 1
            raise InputError(f"{name}: {check.faults[0]}" + (f" (and {more} more)" if more else ""))
        return answers


def about_faults(told: Any, catalogue: Catalogue) -> list[str]:
    """What is wrong with a record of what a person told about themselves; nothing, mostly."""
    check = _Check(catalogue, frozenset())
    check.about(told)
    return check.faults


class _Check:
    """Collects faults while it reads."""

    def __init__(self, catalogue: Catalogue, items: Collection[str]) -> None:
        self.catalogue = catalogue
        self.items = items
        self.faults: list[str] = []

    def answers(self, record: Any) -> Answers:
        if not isinstance(record, dict) or record.get("format") != FORMAT:
            self.faults.append(f'is not an answer file; it should begin {{"format": "{FORMAT}", ...')
            return Answers({}, About())
        asked = self._asked(record.get("catalogue"))
        self._known_keys(record, ("format", "form", "catalogue", "answers", "about", "times"), "")
        form = record.get("form", "full")
        if form not in FORMS:
            self.faults.append(f"form: should be {' or '.join(FORMS)}, not {_shown(form)}")
        return Answers(
            responses=self._responses(record.get("answers")),
            about=self.about(record.get("about", {})),
            form=str(form),
            times=self._times(record.get("times", {})),
            catalogue=asked,
        )

    def _asked(self, given: Any) -> str | None:
        """The catalogue that was asked; told first when it is another, since much else looks wrong then."""
        if given is None or given == self.catalogue.sha256:
            return self.catalogue.sha256 if given else None
        if isinstance(given, str) and _SHA256.fullmatch(given):
            self.faults.append(
                f"catalogue: these questions were of another catalogue ({given[:12]}) than this one "
                f"({self.catalogue.sha256[:12]}); name that one with --data, or take this line out if they are the same"
            )
        else:
            self.faults.append(f"catalogue: should be 64 hexadecimal digits, not {_shown(given)}")
        return None

    def _known_keys(self, record: dict[str, Any], known: Collection[str], where: str) -> None:
        for key in record:
            if key not in known:
                self.faults.append(f"{where}{clean(key, 80)}: not a known key{did_you_mean(key, known)}")

    def _responses(self, given: Any) -> Responses:
        if not isinstance(given, dict):
            self.faults.append("answers: should be an object of item ids and values 0 to 4, or null")
            return {}
        items = self.items
        responses: Responses = {}
        for item, value in given.items():
            if item not in items:
                self.faults.append(f"answers.{clean(item, 80)}: no such item{did_you_mean(item, items)}")
            elif value is None or (_is_whole(value) and 0 <= value <= HIGHEST_VALUE):
                responses[item] = value
            else:
                self.faults.append(f"answers.{item}: should be a whole number 0 to 4, or null, not {_shown(value)}")
        return responses

    def _times(self, given: Any) -> dict[str, float]:
        if not isinstance(given, dict):
            self.faults.append("times: should be an object of item ids and seconds")
            return {}
        items = self.items
        for item, seconds in given.items():
            if item not in items:
                self.faults.append(f"times.{clean(item, 80)}: no such item{did_you_mean(item, items)}")
            elif not _is_number(seconds) or not 0 <= seconds <= LONGEST_TIME:
                self.faults.append(f"times.{item}: should be seconds, 0 to {LONGEST_TIME:g}, not {_shown(seconds)}")
        return given

    def about(self, given: Any) -> About:
        """What the person told."""
        if not isinstance(given, dict):
            self.faults.append("about: should be an object, such as {}")
            return About()
        told = {key: value for key, value in given.items() if value is not None}
        self._known_keys(given, About._fields, "about.")
        return About(
            current_role=self._word(told, "current_role", (*self.catalogue.roles, NO_ROLE)),
            years=self._number(told, "years", 70),
            english=self._word(told, "english", ENGLISH_LEVELS),
            education=self._word(told, "education", EDUCATION_LEVELS),
            shifts=self._words(told, "shifts", SHIFTS),
            channel=self._words(told, "channel", CHANNELS),
            site=self._words(told, "site", SITES),
            targets=self._flag(told, "targets"),
            licences=self._licences(told),
            typing=self._number(told, "typing", 300),
        )

    def _word(self, told: dict[str, Any], key: str, known: Collection[str]) -> str | None:
        word = told.get(key)
        if word is None:
            return None
        if isinstance(word, str) and word in known:
            return word
        hint = did_you_mean(word, known) if isinstance(word, str) else ""
        if not hint and len(known) <= 8:
            hint = f" (one of: {', '.join(known)})"
        self.faults.append(f"about.{key}: {_shown(word)} is not known{hint}")
        return None

    def _words(self, told: dict[str, Any], key: str, known: Collection[str]) -> tuple[str, ...] | None:
        words = told.get(key)
        if words is None:
            return None
        if not isinstance(words, list):
            self.faults.append(f"about.{key}: should be a list of {', '.join(known)}, not {_shown(words)}")
            return None
        for word in words:
            if not isinstance(word, str) or word not in known:
                self.faults.append(f"about.{key}: {_shown(word)} is not known (known: {', '.join(known)})")
        return tuple(word for word in known if word in words)

    def _number(self, told: dict[str, Any], key: str, most: int) -> float | None:
        number = told.get(key)
        if number is None:
            return None
        if _is_number(number) and 0 <= number <= most:
            return cast("float", number)
        self.faults.append(f"about.{key}: should be a number from 0 to {most}, not {_shown(number)}")
        return None

    def _flag(self, told: dict[str, Any], key: str) -> bool | None:
        flag = told.get(key)
        if flag is None or isinstance(flag, bool):
            return flag
        self.faults.append(f"about.{key}: should be true or false, not {_shown(flag)}")
        return None

    def _licences(self, told: dict[str, Any]) -> tuple[str, ...] | None:
        licences = told.get("licences")
        if licences is None:
            return None
        texts = isinstance(licences, list) and len(licences) <= _MOST_LICENCES
        if texts and all(isinstance(one, str) and 0 < len(one) <= _LONGEST_LICENCE for one in licences):
            return tuple(licences)
        self.faults.append("about.licences: should be a list of short texts")
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{clean(value, 40)}"'
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    words = {True: "true", False: "false", None: "null"}
    return words[value] if value is None or isinstance(value, bool) else clean(repr(value), 20)

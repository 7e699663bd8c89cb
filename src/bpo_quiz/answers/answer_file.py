"""The answers format, `bpo-quiz/answers@1`: reading and writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bpo_quiz.answers import strict_json
from bpo_quiz.answers.model import FORMS, LONGEST_TIME, About, Answers, facts
from bpo_quiz.as_dict import as_dict
from bpo_quiz.catalogue.find import did_you_mean
from bpo_quiz.catalogue.model import HIGHEST_VALUE
from bpo_quiz.clean import clean
from bpo_quiz.errors import InputError
from bpo_quiz.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bpo_quiz.answers.model import Fact, Responses
    from bpo_quiz.catalogue.model import Catalogue

FORMAT = "bpo-quiz/answers@1"
_MOST_TEXTS = 50
_LONGEST_TEXT = 200
_FEW_WORDS = 8  # which a message can list
_LANGUAGE = re.compile(r"[a-z]{2,3}")  # ISO 639
_SHEET = re.compile(r"\s*[^\n,;\t]*([,;\t][^\n]*){2}")
"""A first line with three cells or more."""

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
    name, text = strict_json.display_name(source), strict_json.read_text(source)
    if not text.strip():
        raise InputError(f"{name}: is empty; name a file that the form has saved")
    if text.lstrip()[0] not in "{[" and _SHEET.match(text):
        raise InputError(f"{name}: is a sheet, no answer file; bpo-quiz score FILE scores it")
    return from_record(strict_json.parse(text, name), catalogue, name)


def from_record(record: Any, catalogue: Catalogue, name: str) -> Answers:
    """Check a parsed record against a catalogue.

    Raises:
        InputError: one line with the first fault, and how many more there are.
    """
    return AnswerReader(catalogue).from_record(record, name)


class AnswerReader:
    """Checks parsed records, one after the other, against one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._sha256 = catalogue.sha256
        self._items = frozenset(item.id for item in catalogue.items())
        self._facts = facts(catalogue.roles, catalogue.paths)
        self._faults: list[str] = []

    def from_record(self, record: Any, name: str) -> Answers:
        """Check a record.

        Raises:
            InputError: one line with the first fault, and how many more there are.
        """
        self._faults = []
        answers = self._answers(record)
        if self._faults:
            more = len(self._faults) - 1
            raise InputError(f"{name}: {self._faults[0]}" + (f" (and {more} more)" if more else ""))
        return answers

    def about(self, told: Any) -> tuple[About, list[str]]:
        """What a person told about themselves, and what is wrong with it; nothing, mostly."""
        self._faults = []
        return self._about(told), self._faults

    def _answers(self, record: Any) -> Answers:
        if not isinstance(record, dict) or record.get("format") != FORMAT:
            self._faults.append(f'is not an answer file; it should begin {{"format": "{FORMAT}", ...')
            return Answers({}, About())
        asked = self._asked(record.get("catalogue"))
        self._known_keys(record, ("format", "id", "form", "catalogue", "answers", "about", "times"), "")
        form = record.get("form", "full")
        if form not in FORMS:
            self._faults.append(f"form: should be {listed(FORMS, 'or')}, not {_shown(form)}")
        return Answers(
            responses=self._responses(record.get("answers")),
            about=self._about(record.get("about", {})),
            form=str(form),
            times=self._times(record.get("times", {})),
            catalogue=asked,
        )

    def _asked(self, given: Any) -> str | None:
        """The catalogue that was asked; told first when it is another, since much else looks wrong then."""
        if given is None or given == self._sha256:
            return self._sha256 if given else None
        if isinstance(given, str) and _SHA256.fullmatch(given):
            self._faults.append(
                f"catalogue: these questions were of another catalogue ({given[:12]}) than this one "
                f"({self._sha256[:12]}); name that one with --data, or take this line out if they are the same"
            )
        else:
            self._faults.append(f"catalogue: should be 64 hexadecimal digits, not {_shown(given)}")
        return None

    def _known_keys(self, record: dict[str, Any], known: Collection[str], where: str) -> None:
        for key in record:
            if key not in known:
                self._faults.append(f"{where}{clean(key, 80)}: not a known key{did_you_mean(key, known)}")

    def _no_item(self, where: str, item: str) -> None:
        self._faults.append(f"{where}.{clean(item, 80)}: no such item{did_you_mean(item, self._items)}")

    def _responses(self, given: Any) -> Responses:
        if not isinstance(given, dict):
            self._faults.append("answers: should be an object of item ids and values 0 to 4, or null")
            return {}
        for item, value in given.items():
            if item not in self._items:
                self._no_item("answers", item)
            elif value is not None and not (_is_whole(value) and 0 <= value <= HIGHEST_VALUE):
                more = "; the first option is 0" if value == HIGHEST_VALUE + 1 else ""
                self._faults.append(
                    f"answers.{item}: should be a whole number 0 to 4, or null, not {_shown(value)}{more}"
                )
        return given

    def _times(self, given: Any) -> dict[str, float]:
        if not isinstance(given, dict):
            self._faults.append("times: should be an object of item ids and seconds")
            return {}
        for item, seconds in given.items():
            if item not in self._items:
                self._no_item("times", item)
            elif not (_is_number(seconds) and 0 <= seconds <= LONGEST_TIME):
                self._faults.append(f"times.{item}: should be seconds, 0 to {LONGEST_TIME:g}, not {_shown(seconds)}")
        return given

    def _about(self, given: Any) -> About:
        if not isinstance(given, dict):
            self._faults.append("about: should be an object, such as {}")
            return About()
        self._known_keys(given, self._facts, "about.")
        told: dict[str, Any] = {}
        for key, fact in self._facts.items():
            if (value := given.get(key)) is None:
                continue
            faults = [f"about.{key}: {fault}" for fault in faults_of(value, fact)]
            if faults:
                self._faults += faults
            else:
                told[key] = kept(value, fact)
        return About(**told)


def faults_of(value: Any, fact: Fact) -> Iterator[str]:
    """What is wrong with something that was told."""
    known = ", ".join(fact.known)
    match fact.kind:
        case "word" if not isinstance(value, str) or value not in fact.known:
            yield f"{_shown(value)} is not known{_hint(value, fact.known)}"
        case "words" if not isinstance(value, list):
            yield f"should be a list of {known}, not {_shown(value)}"
        case "words":
            strange = (word for word in value if not isinstance(word, str) or word not in fact.known)
            yield from (f"{_shown(word)} is not known (known: {known})" for word in strange)
        case "languages":
            yield from _language_faults(value, fact.known)
        case "number" if not _is_number(value) or not 0 <= value <= fact.most:
            yield f"should be a number from 0 to {fact.most}, not {_shown(value)}"
        case "flag" if not isinstance(value, bool):
            yield f"should be true or false, not {_shown(value)}"
        case "texts" if not isinstance(value, list) or len(value) > _MOST_TEXTS or not all(map(_is_short_text, value)):
            yield "should be a list of short texts"


def _language_faults(value: Any, levels: Collection[str]) -> Iterator[str]:
    if not isinstance(value, dict) or len(value) > _MOST_TEXTS:
        yield f'should be an object of languages and levels, such as {{"es": "C1"}}, not {_shown(value)}'
        return
    for code, level in value.items():
        if not _LANGUAGE.fullmatch(code) or code == "en":
            yield f'{_shown(code)} is not a code of a language beside English, such as "es"'
        elif not isinstance(level, str) or level not in levels:
            yield f"{code}: {_shown(level)} is not known{_hint(None, levels)}"


def kept(value: Any, fact: Fact) -> Any:
    """What was told as `About` has it: words once each, in their own order."""
    if fact.kind == "words":
        return tuple(word for word in fact.known if word in value)
    return tuple(value) if fact.kind == "texts" else value


def _hint(value: Any, known: Collection[str]) -> str:
    hint = did_you_mean(value, known) if isinstance(value, str) else ""
    return hint or (f" (one of: {', '.join(known)})" if len(known) <= _FEW_WORDS else "")


def _is_short_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_TEXT


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

"""The questions about the person, as data; each may be skipped. Most come before the items, one may come after them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.model import LANGUAGES, About
from bpo_quiz.as_dict import as_dict
from bpo_quiz.catalogue.model import NO_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue

WHERE = "where"
"""Key of the question which career path one works in; kept as part of today's role."""
TODAY = "current_role"
NONE = "none"
"""Value of the choice that none of several is so; it counts where it is the only one."""


class Choice(NamedTuple):
    """An answer to choose: its wording, and the value that is kept; None: one does not know."""

    label: str
    value: Any


class Question(NamedTuple):
    """One question.

    Attributes:
        key: a key of `About`, or `WHERE`; the level of a language is `languages.es`.
        help: a sentence or two that say why it is asked, or what counts.
        several: whether more than one choice can be taken.
        part_of: key of the question whose answer this one completes; empty: it stands by itself.
        asked: when it is asked, beside always: key of a question before it -> values, one of which was told.
        only: the same in words, for paper.
    """

    key: str
    prompt: str
    choices: tuple[Choice, ...]
    help: str
    several: bool = False
    part_of: str = ""
    asked: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    only: str = ""


_YEARS = (
    Choice("None yet", 0),
    Choice("Less than 1 year", 0.5),
    Choice("1 year", 1),
    Choice("2 years", 2),
    Choice("3 years", 3),
    Choice("4 years", 4),
    Choice("5 to 7 years", 5),
    Choice("8 years or more", 8),
)
_EDUCATION = (
    Choice("School, up to 10 years", "basic"),
    Choice("Secondary school, 12 years", "secondary"),
    Choice("Vocational certificate or diploma", "vocational"),
    Choice("Bachelor's degree", "bachelor"),
    Choice("Master's degree or more", "master"),
)
_LEVELS = (
    Choice("A1 - a few words and phrases", "A1"),
    Choice("A2 - simple talk about daily things", "A2"),
    Choice("B1 - I manage most daily situations", "B1"),
    Choice("B2 - I work and argue in it without strain", "B2"),
    Choice("C1 - fluent, also in difficult talks", "C1"),
    Choice("C2 - like an educated native speaker", "C2"),
)
_SHIFTS = (
    Choice("Day", "day"),
    Choice("Evening", "evening"),
    Choice("Night", "night"),
    Choice("Weekend", "weekend"),
)
_CHANNEL = (
    Choice("On the phone, most of the day", "voice"),
    Choice("In writing (chat, email), most of the day", "writing"),
)
_SITE = (Choice("In an office", "office"), Choice("At home", "home"))
_TARGETS = (Choice("Yes, that would be fine", True), Choice("No, rather not", False))
_LEVEL_HELP = "The six levels of the European framework (CEFR). If you are between two, take the lower one."


def all_questions(catalogue: Catalogue) -> tuple[Question, ...]:
    """Every question that somebody may be asked before the items, in their order."""
    where = _where(catalogue)
    return (
        where,
        *_jobs(catalogue, where.choices[1:]),
        Question(
            "years", "How many years have you worked, in any job?", _YEARS,
            "All paid work counts, in any trade, part time too. Some roles ask for years of work.",
        ),
        _fields(catalogue),
        Question(
            "education", "What is the highest education you have finished?", _EDUCATION,
            "Only what is finished counts. Employers often ask for it before they look at anything else.",
        ),
        Question(
            "english", "How well do you speak and understand English?", _LEVELS,
            f"Most roles ask for a level. {_LEVEL_HELP}",
        ),
        *_languages(),
        *_typing(catalogue),
        Question(
            "shifts", "Which shifts could you work?", _SHIFTS, several=True,
            help="Mark what you could do month after month. No role is hidden for its shifts; you are told of them.",
        ),
        Question(
            "channel", "Which contact would you be glad to have?", _CHANNEL, several=True,
            help="Mark both if both are fine. The phone is one call after another; writing, several chats at once.",
        ),
        Question(
            "site", "Where could you work?", _SITE, several=True,
            help="Work at home needs a quiet room and a steady line to the internet. Mark both if both are fine.",
        ),
        Question(
            "targets", "Would you work to a personal sales or collection target?", _TARGETS,
            "A number that you alone should reach each month, such as sales. Part of the pay often depends on it.",
        ),
    )  # fmt: skip


def _where(catalogue: Catalogue) -> Question:
    paths = tuple(
        Choice(f"Yes: {path.name}", path.id)
        for path in catalogue.paths.values()
        if any(role.path == path.id for role in catalogue.roles.values())
    )
    return Question(
        WHERE, f"Do you work in {catalogue.trade} today?", (Choice("No", NO_ROLE), *paths),
        "What you do today is where ways to other roles begin, and it is not suggested to you as new. A job of this "
        "kind counts at any company, also part time.",
    )  # fmt: skip


def _jobs(catalogue: Catalogue, paths: Iterable[Choice]) -> Iterator[Question]:
    for path in paths:
        roles = (role for role in catalogue.roles.values() if role.path == path.value)
        yield Question(
            TODAY, "Which of these is nearest to your job today?", tuple(Choice(role.name, role.id) for role in roles),
            "Your title may be another one: go by what you do most of the day.",
            part_of=WHERE, asked=((WHERE, (path.value,)),),
        )  # fmt: skip


def _fields(catalogue: Catalogue) -> Question:
    paths = (Choice(path.name, path.id) for path in catalogue.paths.values())
    return Question(
        "fields", "In which of these kinds of work?", (Choice("In none of them", NONE), *paths), several=True,
        help="Some roles ask for years in this kind of work. Mark all in which you have worked, at any company.",
        asked=((WHERE, (NO_ROLE,)), ("years", tuple(choice.value for choice in _YEARS if choice.value))),
        only=f"if you have worked, and do not work in {catalogue.trade} today",
    )  # fmt: skip


def _languages() -> Iterator[Question]:
    known = tuple(Choice(name, code) for code, name in LANGUAGES.items())
    yield Question(
        "languages", "Which languages beside English could you work in?", (Choice("None", NONE), *known), several=True,
        help="Your first language counts. Some roles are done in another language, and most cannot be had without it.",
    )  # fmt: skip
    for choice in known:
        name = "that other language" if choice.value == "und" else choice.label
        yield Question(
            f"languages.{choice.value}", f"How well do you speak and understand {name}?", _LEVELS, _LEVEL_HELP,
            part_of="languages", asked=(("languages", (choice.value,)),),
        )  # fmt: skip


def _typing(catalogue: Catalogue) -> Iterator[Question]:
    """Asked in bands between the speeds that roles ask for; what is kept is where a band begins."""
    asked = {role.gates.typing for role in catalogue.roles.values() if role.gates.typing is not None}
    speeds = sorted(int(speed) if speed == int(speed) else speed for speed in asked)
    if not speeds:
        return
    between = (
        Choice(f"{low:g} to {high - 1:g}" if high - low > 1 else f"{low:g}", low)
        for low, high in itertools.pairwise(speeds)
    )
    bands = (Choice(f"Fewer than {speeds[0]:g}", 0), *between, Choice(f"{speeds[-1]:g} or more", speeds[-1]))
    yield Question(
        "typing", "How many words a minute do you type?", (*bands, Choice("I do not know", None)),
        "Some roles ask for a speed. Type for one minute, with few mistakes, and count the words to find out.",
    )  # fmt: skip


def licence_question(names: Iterable[str]) -> Question:
    """The question that comes after the items where certificates matter; `names`: those to choose from."""
    return Question(
        "licences", "Which of these certificates do you hold?",
        (Choice("None of these", NONE), *(Choice(name, name) for name in names)), several=True,
        help="A role that may fit you asks for one of these. Mark what you hold, not what you are still learning for.",
    )  # fmt: skip


class AboutForm:
    """Walks through the questions; which of them are asked depends on what was told."""

    def __init__(self, catalogue: Catalogue, keep: Callable[[About, Sequence[str]], None] | None = None) -> None:
        """`keep` is called after each answer with what was told so far and the keys of the questions that are done."""
        self.catalogue = catalogue
        self._keep = keep
        self._all = all_questions(catalogue)
        self.told: dict[str, Any] = {}
        self.position = 0

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions as things stand."""
        return tuple(question for question in self._all if all(self._was_told(*one) for one in question.asked))

    def _was_told(self, key: str, values: tuple[Any, ...]) -> bool:
        told = self.told.get(key)
        return not set(values).isdisjoint(told if isinstance(told, tuple) else (told,))

    @property
    def question(self) -> Question | None:
        """The question on screen; None after the last."""
        questions = self.questions
        return questions[self.position] if self.position < len(questions) else None

    def tell(self, value: Any) -> None:
        """Keep an answer (None: skipped) to the question on screen, and move on."""
        question = self.question
        if question is None:
            raise ValueError(value)
        if question.key == WHERE and value != self.told.get(WHERE):
            self.told.pop(TODAY, None)
        self.told[question.key] = tuple(value) if question.several and value is not None else value
        self.position += 1
        if self._keep is not None:
            self._keep(self.about(), self.done)

    def choose(self, options: Iterable[int]) -> None:
        """Answer the question on screen with the choices of these indexes; where one is taken, the first of them."""
        question = self.questions[self.position]
        values = [question.choices[n].value for n in sorted(set(options))]
        self.tell([value for value in values if value != NONE] if question.several else values[0])

    def taken(self, question: Question) -> list[int]:
        """The indexes of the choices that were taken at a question so far."""
        if question.key not in self.told:
            return []
        told = self.told[question.key]
        values = (told or (NONE,)) if question.several and told is not None else (told,)
        return [n for n, choice in enumerate(question.choices) if choice.value in values]

    def worded(self, question: Question) -> str:
        """What was told so far, in the words of its choices."""
        taken = self.taken(question)
        return ", ".join(question.choices[n].label for n in taken) if taken else "skipped"

    @property
    def done(self) -> tuple[str, ...]:
        """Keys of the questions that were answered or skipped, and so were all parts of them."""
        asked = self.questions
        open_parts = {question.part_of for question in asked if question.key not in self.told}
        return tuple(one.key for one in asked if one.key in self.told and one.key not in open_parts)

    def back(self) -> None:
        """To the question before, if there is one."""
        self.position = max(0, self.position - 1)

    def go_to_last(self) -> None:
        """To the last question, for someone who comes back from the items."""
        self.position = len(self.questions) - 1

    def ask_also(self, question: Question) -> None:
        """Ask one more, after all others."""
        self._all = (*self._all, question)
        self.go_to_last()

    def take_up(self, about: About, done: Collection[str] | None) -> None:
        """Go on from what was told earlier, at the first question that is not done; None: after all of them."""
        self.told = {key: value for key, value in as_dict(about).items() if value is not None}
        if about.works_as is not None:
            self.told[WHERE] = self.catalogue.roles[about.works_as].path
        elif about.current_role is not None:
            self.told[WHERE] = NO_ROLE
            del self.told[TODAY]
        if about.languages is not None:
            self.told |= {"languages": tuple(about.languages)}
            self.told |= {f"languages.{code}": level for code, level in about.languages.items()}
        keys = [question.key for question in self.questions]
        left = [] if done is None else [n for n, key in enumerate(keys) if key not in done]
        self.position = left[0] if left else len(keys)

    def about(self) -> About:
        """What was told so far; of languages nothing as long as a level is not, since it may be the one asked for."""
        told = {key: value for key, value in self.told.items() if key in About._fields}
        if self.told.get(WHERE) == NO_ROLE:
            told[TODAY] = NO_ROLE
        if (codes := told.get("languages")) is not None:
            levels = {code: self.told.get(f"languages.{code}") for code in codes}
            told["languages"] = None if None in levels.values() else levels
        return About(**told)

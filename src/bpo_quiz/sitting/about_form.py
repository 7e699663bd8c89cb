"""The questions about the person that come before the items, as data; each may be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.answers.model import About
from bpo_quiz.as_dict import as_dict
from bpo_quiz.catalogue.model import NO_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bpo_quiz.catalogue.model import Catalogue

WHERE = "where"
"""Key of the question which career path one works in; kept as part of today's role."""
TODAY = "current_role"


class Choice(NamedTuple):
    """An answer to choose: its wording, and the value that is kept."""

    label: str
    value: Any


class Question(NamedTuple):
    """One question; `several`: more than one choice can be taken."""

    key: str
    prompt: str
    choices: tuple[Choice, ...]
    several: bool = False


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
_ENGLISH = (
    Choice("A1 - a few words and phrases", "A1"),
    Choice("A2 - simple talk about daily things", "A2"),
    Choice("B1 - I manage most daily situations", "B1"),
    Choice("B2 - I work and argue in English without strain", "B2"),
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


class AboutForm:
    """Walks through the questions; which role is asked depends on the career path that was named."""

    def __init__(self, catalogue: Catalogue, keep: Callable[[About, int], None] | None = None) -> None:
        """`keep` is called after each answer with what was told so far and how many questions are done."""
        self.catalogue = catalogue
        self._keep = keep
        self.told: dict[str, Any] = {}
        self.position = 0

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions as things stand."""
        trade = self.catalogue.trade
        paths = tuple(
            Choice(f"Yes: {path.name}", path.id)
            for path in self.catalogue.paths.values()
            if any(role.path == path.id for role in self.catalogue.roles.values())
        )
        first = Question(WHERE, f"Do you work in {trade} today?", (Choice("No", NO_ROLE), *paths))
        return (
            first,
            *self._role_question(),
            Question("years", "How many years have you worked in jobs like these?", _YEARS),
            Question("education", "What is the highest education you have finished?", _EDUCATION),
            Question("english", "How well do you speak and understand English?", _ENGLISH),
            Question("shifts", "Which shifts could you work?", _SHIFTS, several=True),
            Question("channel", "Which contact would you be glad to have?", _CHANNEL, several=True),
            Question("site", "Where could you work?", _SITE, several=True),
            Question("targets", "Would you work to a personal sales or collection target?", _TARGETS),
        )

    def _role_question(self) -> tuple[Question, ...]:
        where = self.told.get(WHERE)
        if where in (None, NO_ROLE):
            return ()
        roles = [role for role in self.catalogue.roles.values() if role.path == where]
        choices = tuple(Choice(role.name, role.id) for role in roles)
        return (Question(TODAY, "Which of these is nearest to your job today?", choices),)

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
            self._keep(self.about(), self.position)

    def choose(self, options: Iterable[int]) -> None:
        """Answer the question on screen with the choices of these indexes; where one is taken, the first of them."""
        values = [self.questions[self.position].choices[n].value for n in sorted(set(options))]
        self.tell(values if self.questions[self.position].several else values[0])

    def taken(self, question: Question) -> list[int]:
        """The indexes of the choices that were taken at a question so far."""
        told = self.told.get(question.key)
        values = (told or ()) if question.several else (told,)
        return [n for n, choice in enumerate(question.choices) if choice.value in values]

    def back(self) -> None:
        """To the question before, if there is one."""
        self.position = max(0, self.position - 1)

    def go_to_last(self) -> None:
        """To the last question, for someone who comes back from the items."""
        self.position = len(self.questions) - 1

    def take_up(self, about: About, done: int | None) -> None:
        """Go on from what was told earlier, after so many questions; None: after all of them."""
        self.told = {key: value for key, value in as_dict(about).items() if value is not None}
        if about.works_as is not None:
            self.told[WHERE] = self.catalogue.roles[about.works_as].path
        elif about.current_role is not None:
            self.told[WHERE] = NO_ROLE
            del self.told[TODAY]
        last = len(self.questions)
        self.position = last if done is None else min(done, last)

    def about(self) -> About:
        """What was told so far."""
        told = {key: value for key, value in self.told.items() if key in About._fields}
        if self.told.get(WHERE) == NO_ROLE:
            told[TODAY] = NO_ROLE
        return About(**told)

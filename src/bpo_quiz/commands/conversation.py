"""The whole conversation with one person: welcome, about you, the items, the review; back works across all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.commands.signals import telling_who_leaves
from bpo_quiz.terminal.lines import say
from bpo_quiz.terminal.streams import can_show_screens
from bpo_quiz.wording import counted

if TYPE_CHECKING:
    import contextlib

    from bpo_quiz.answers.model import Answers
    from bpo_quiz.catalogue.model import Catalogue
    from bpo_quiz.commands.keeping import Keeper
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Form, Sitting
    from bpo_quiz.store.records import StoredSession
    from bpo_quiz.terminal.asking import Asker


def new_form(catalogue: Catalogue, quick: bool) -> Form:
    """The form that was asked for."""
    if quick:
        from bpo_quiz.sitting.quick_form import QuickForm

        return QuickForm(catalogue)
    from bpo_quiz.sitting.full_form import FullForm

    return FullForm(catalogue)


def welcome(catalogue: Catalogue, form: Form) -> None:
    """Say what is coming before anything slow is loaded."""
    items = form.expected(0)
    length = f"{items} questions" if form.name == "full" else f"About {items} questions"
    minutes = counted(catalogue.minutes(items), "minute")
    say(
        "",
        f"{catalogue.name}: a career quiz",
        "",
        f"{length}, about {minutes}, after a few about you. Nothing you say leaves this computer.",
        "",
        "Answer as you would if someone asked you for an example. There are no right answers.",
        "",
        "At every question: a number answers, b goes back, s skips, q stops.",
        "",
    )


def welcome_to_keying(catalogue: Catalogue) -> None:
    """Say what is coming to whoever keys in a paper form."""
    say(
        "",
        f"{catalogue.name}: keying in a form from paper",
        "",
        "First what stands about the person, then the rows of digits: the number of the box that is ticked, 0 where "
        "none is. At every question b goes back and q stops.",
    )


def leaving_well(keeper: Keeper) -> contextlib.AbstractContextManager[None]:
    """Whoever leaves is told what was kept and how to go on."""
    return telling_who_leaves(keeper.farewell)


def ask_all(
    catalogue: Catalogue,
    form: Form,
    keeper: Keeper,
    *,
    plain: bool,
    no_color: bool,
    earlier: StoredSession | None = None,
) -> Answers:
    """Ask everything that is not yet answered; where the keeper says so, whoever keys in a paper form.

    Raises:
        Interrupted: the person left.
        StorageError: an answer could not be kept.
    """
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.sitting.about_form import AboutForm
    from bpo_quiz.sitting.sitting import Sitting

    about = AboutForm(catalogue, keep=keeper.about)
    sitting = Sitting(form, keep=keeper.response)
    if earlier is not None:
        about.take_up(earlier.about, None if earlier.responses else earlier.about_done)
        sitting.take_up(earlier.answers)
    _hold(_asker(catalogue, plain, no_color, keeper.entered), about, sitting, keeper)
    return Answers(sitting.responses, about.about(), sitting.form.name, sitting.times)


def _hold(asker: Asker, about: AboutForm, sitting: Sitting, keeper: Keeper) -> None:
    asker.about(about)
    while True:
        if not asker.items(sitting):
            about.go_to_last()
            asker.about(about)
            continue
        following = asker.review(sitting)
        if following == "result":
            return
        if following == "rest":
            full = new_form(about.catalogue, quick=False)
            keeper.form(full.name)
            sitting.ask_on_with(full)


def _asker(catalogue: Catalogue, plain: bool, no_color: bool, entered: bool) -> Asker:
    if entered:
        from bpo_quiz.terminal.keying import Keying

        return Keying(catalogue)
    if plain or not can_show_screens():
        from bpo_quiz.terminal.plain import PlainLines

        return PlainLines(catalogue)
    from bpo_quiz.terminal.screens import Screens

    return Screens(catalogue, no_color)

"""What the JSON record of a result has more for the counsellor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpo_quiz.results import occasion as remarks

if TYPE_CHECKING:
    from bpo_quiz.answers.model import Answers
    from bpo_quiz.results.occasion import Occasion
    from bpo_quiz.results.result import Report


def counsellor_record(report: Report, answers: Answers, occasion: Occasion) -> dict[str, Any]:
    """The session, its notes, and remarks about single answers."""
    return {
        "session": occasion.code,
        "date": occasion.date,
        "client": occasion.alias,
        "tag": occasion.tag,
        "notes": [
            {"written": note.written, "about_session": note.is_about_session, "text": note.text}
            for note in occasion.notes
        ],
        "far_apart": [
            {"skill": apart.skill, "steps": apart.steps, "low": apart.low.item, "high": apart.high.item}
            for apart in remarks.far_apart(report.catalogue, answers.responses)
        ],
        "unanswered": [item.id for item in remarks.unanswered(report.catalogue, answers.responses)],
    }

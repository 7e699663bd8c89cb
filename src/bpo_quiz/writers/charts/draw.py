"""Draws any chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.document import BarChart
from bpo_quiz.writers.charts import bars, ladder

if TYPE_CHECKING:
    from bpo_quiz.document import Figure
    from bpo_quiz.writers.charts.svg import Frame, Picture


def pictures(figure: Figure, name: str, frame: Frame) -> list[Picture]:
    """The drawings of a figure, a key first where there is one; `name` is unique on its page."""
    if isinstance(figure.chart, BarChart):
        return bars.pictures(figure.chart, figure.caption, name, frame)
    return ladder.pictures(figure.chart, figure.caption, name, frame)

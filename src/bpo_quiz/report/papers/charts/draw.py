"""Draws any chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpo_quiz.report.papers.charts import bars, ladder
from bpo_quiz.report.papers.charts.records import BarChart

if TYPE_CHECKING:
    from bpo_quiz.report.papers.charts.svg import Frame, Picture
    from bpo_quiz.report.papers.document import Figure


def pictures(figure: Figure, name: str, frame: Frame) -> list[Picture]:
    """The drawings of a figure, a key first where there is one; `name` is unique on its page."""
    if isinstance(figure.chart, BarChart):
        return bars.pictures(figure.chart, figure.caption, name, frame)
    return ladder.pictures(figure.chart, figure.caption, name, frame)

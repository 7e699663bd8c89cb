"""The time of day, only ever for people to read: order goes by sequence numbers, because clocks are set back."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment, such as `2026-11-22T16:58:03+00:00`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def today() -> str:
    """This day, such as `2026-11-22`."""
    return now()[:10]


def months_ago(months: int) -> str:
    """The moment so many months ago, in the form of `now`; on the last day of a month that is too short."""
    moment = datetime.now(UTC)
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    year = max(1, years)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day).isoformat(timespec="seconds")
        except ValueError:
            continue
    raise ValueError(months)

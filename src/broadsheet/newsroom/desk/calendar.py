"""
Lays out what falls due by the paper's days: a month of weeks, one week, or a list.

Days are the paper's own, from its midnight to the next, 23 or 25 hours on two days a year.
"""

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.newsroom.desk.items import Item

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)  # a calendar turns no further
_WEEK = timedelta(days=7)


class Day(NamedTuple):
    """One day, and what falls due on it."""

    day: date
    items: list[Item]
    is_today: bool
    is_outside: bool  # the month shown


class Span(NamedTuple):
    """The days a page shows, from its first to before its last, in whole weeks."""

    first: date
    until: date
    month: int | None  # None: a week


def span(day: date, *, is_week: bool) -> Span:
    """Return the week, from Monday, or the weeks of the month, a day lies in."""
    monday = day - timedelta(days=day.weekday())
    if is_week:
        return Span(monday, monday + _WEEK, None)
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Span(
        first - timedelta(days=first.weekday()),
        last - timedelta(days=last.weekday()) + _WEEK,
        day.month,
    )


def turned(day: date, *, is_week: bool, by: int) -> date:
    """Return a day of the next page, or of the one before; the calendar has ends."""
    if is_week:
        moved = day + by * _WEEK
    else:
        months = day.year * 12 + day.month - 1 + by
        moved = date(months // 12, months % 12 + 1, 1)
    return min(max(moved, FIRST), LAST)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins in the paper's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def weeks(shown: Span, items: Iterable[Item], *, today: date, zone: ZoneInfo) -> list[list[Day]]:
    """Return the weeks of a span, seven days each, with what falls due on each."""
    by_day: dict[date, list[Item]] = {}
    for item in items:
        if item.at is not None:
            by_day.setdefault(item.at.astimezone(zone).date(), []).append(item)
    count = (shown.until - shown.first).days
    days = [_day(shown, shown.first + timedelta(days=n), by_day, today) for n in range(count)]
    return [days[start : start + 7] for start in range(0, count, 7)]


def _day(shown: Span, day: date, items: Mapping[date, list[Item]], today: date) -> Day:
    is_outside = shown.month is not None and day.month != shown.month
    return Day(day, items.get(day, []), day == today, is_outside)

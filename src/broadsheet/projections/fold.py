"""
Answers for the log's state from memory, by folding records in log order.

Our second, independent answer to the press's tables: `rebuild --check` renders from
here and compares. Lists are kept sorted; calendars are counted from their members when
asked, and remembered until the list changes. Stories are read through a loader, so a
long log's words need not all lie in memory.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.projections.addresses import section_of
from broadsheet.projections.catalog import objects_of, objects_of_period
from broadsheet.projections.lists import (
    Key,
    ListName,
    Member,
    Period,
    day_of,
    entries,
    has_periods,
)
from broadsheet.projections.objects import Object, ObjectKey
from broadsheet.projections.state import PeriodEntry
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Record, Section, Settings, Story
from broadsheet.story.versions import kind_of

Load = Callable[[str, str], Record | None]


class _Calendar(NamedTuple):
    """The periods of one list that have members, newest first."""

    months: tuple[PeriodEntry, ...]
    days: Mapping[Period, tuple[PeriodEntry, ...]]  # by month


class Fold:
    """The state after the records applied so far. `load` gives each one's newest version."""

    def __init__(self, load: Load) -> None:
        """Start with an empty log."""
        self._load = load
        self._zone: ZoneInfo | None = None
        self._sections: dict[str, Section] = {}
        self._standing: dict[StoryId, frozenset[tuple[ListName, Member]]] = {}
        self._lists: dict[ListName, list[Key]] = {}
        self._entries: dict[tuple[ListName, Key], Member] = {}
        self._calendars: dict[ListName, _Calendar] = {}  # of lists unchanged since counted
        self._objects: dict[ObjectKey, Object] = {}
        self._met: set[tuple[ListName, Period]] = set()  # days that ever had members

    def apply(self, record: Record) -> None:
        """Take the log's next version."""
        match record:
            case Story():
                self._relist(record)
            case Section():
                self._sections[record.id] = record
            case Settings():
                self._rezone(ZoneInfo(record.time_zone))
            case _:
                pass
        self._objects.update((obj.key, obj) for obj in objects_of(record))

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return the newest version of one record."""
        return self._load(kind, record_id)

    def sections(self) -> Sequence[str]:
        """Return the ids of all sections."""
        return tuple(self._sections)

    def newest(self, name: ListName, *, limit: int, before: Key | None) -> Sequence[Member]:
        """Return at most limit members, newest first, all older than before if given."""
        keys = self._lists.get(name, [])
        end = len(keys) if before is None else bisect_left(keys, before)
        return self._members(name, keys[max(0, end - limit) : end])

    def between(self, name: ListName, *, low: datetime, high: datetime) -> Sequence[Member]:
        """Return the members first published in [low, high), newest first."""
        keys = self._lists.get(name, [])
        return self._members(name, keys[_first_at(keys, low) : _first_at(keys, high)])

    def months(self, name: ListName) -> Sequence[PeriodEntry]:
        """Return the calendar months of a list that have members, newest first."""
        return self._calendar(name).months

    def days(self, name: ListName, month: Period) -> Sequence[PeriodEntry]:
        """Return the days of one month that have members, newest first."""
        return self._calendar(name).days.get(month, ())

    def wanted_objects(self) -> Iterator[Object]:
        """Return every object the versions applied so far call for, each key once."""
        wanted = dict(self._objects)
        periods = self._met | {(name, day[:7]) for name, day in self._met}
        for name, period in sorted(periods):
            section = self._sections.get(section_of(name) or "")
            for obj in objects_of_period(name, period, section):
                wanted.setdefault(obj.key, obj)
        return iter(wanted.values())

    def _relist(self, story: Story) -> None:
        after = entries(story)
        for name, entry in self._standing.get(story.id, ()):
            keys = self._lists[name]
            del keys[bisect_left(keys, entry.key)]
            del self._entries[name, entry.key]
            self._calendars.pop(name, None)
        for name, entry in after:
            insort(self._lists.setdefault(name, []), entry.key)
            self._entries[name, entry.key] = entry
            self._calendars.pop(name, None)
        self._standing[story.id] = after
        self._meet(after)

    def _rezone(self, zone: ZoneInfo) -> None:
        if zone.key == (self._zone.key if self._zone else None):
            return
        self._zone = zone
        self._calendars.clear()
        for standing in self._standing.values():
            self._meet(standing)

    def _meet(self, standing: frozenset[tuple[ListName, Member]]) -> None:
        if self._zone is None:
            return
        zone = self._zone
        self._met.update(
            (name, day_of(entry.published_at, zone))
            for name, entry in standing
            if has_periods(name)
        )

    def _members(self, name: ListName, keys: Sequence[Key]) -> tuple[Member, ...]:
        return tuple(self._entries[name, key] for key in reversed(keys))

    def _calendar(self, name: ListName) -> _Calendar:
        found = self._calendars.get(name)
        if found is None:
            zone = self._zone or ZoneInfo("UTC")
            members = self._members(name, self._lists.get(name, []))
            found = _counted((day_of(each.published_at, zone), each.updated_at) for each in members)
            self._calendars[name] = found
        return found


def fold_of(records: Iterable[Record]) -> Fold:
    """Return the fold of a short log that is kept in memory whole."""
    newest: dict[tuple[str, str], Record] = {}
    fold = Fold(lambda kind, record_id: newest.get((kind, record_id)))
    for record in records:
        newest[kind_of(record), record.id] = record
        fold.apply(record)
    return fold


def _counted(days: Iterable[tuple[Period, datetime]]) -> _Calendar:
    by_day = _entries((day, 1, updated_at) for day, updated_at in days)
    by_month = _entries((day.period[:7], day.members, day.updated_at) for day in by_day)
    grouped = groupby(by_day, key=lambda day: day.period[:7])
    return _Calendar(by_month, {month: tuple(group) for month, group in grouped})


def _entries(found: Iterable[tuple[Period, int, datetime]]) -> tuple[PeriodEntry, ...]:
    entries: dict[Period, PeriodEntry] = {}
    for period, members, updated_at in found:
        known = entries.get(period, PeriodEntry(period, 0, updated_at))
        newest = max(known.updated_at, updated_at)
        entries[period] = PeriodEntry(period, known.members + members, newest)
    # Sorted, since a clock set back at midnight can make a later instant an earlier day.
    return tuple(sorted(entries.values(), reverse=True))


def _first_at(keys: Sequence[Key], at: datetime) -> int:
    return bisect_left(keys, at, key=lambda key: key.published_at)

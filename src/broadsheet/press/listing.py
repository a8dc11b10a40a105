"""
Keeps the list tables: who stands in which list, and which calendar periods have members.

Says what the change crossed, so that exactly the windows and period facts that read
it go out of date.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.press.asking import Row, carry_out, moment, places, rows, stored
from broadsheet.press.models import ListMember, ListPeriod
from broadsheet.projections.facets import (
    Fact,
    days_fact,
    earlier_fact,
    key_text,
    lastmods_fact,
    months_fact,
    neighbors_fact,
)
from broadsheet.projections.lists import (
    MONTH_IS_CUT_ABOVE,
    ListName,
    Member,
    Period,
    day_of,
    entries,
    has_periods,
)
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import Story, StoryState

Crossing = tuple[ListName, str]  # a list, and the key of a member that came, went or changed
Entry = tuple[int, datetime]  # members, newest update


class Ending(NamedTuple):
    """What would become of calendar periods without one member."""

    facts: frozenset[Fact]  # that would say something else
    periods: frozenset[tuple[ListName, Period]]  # that would have no member left


class Listing(NamedTuple):
    """What a change of members did to the lists."""

    crossed: frozenset[Crossing]
    withdrawn: frozenset[Crossing]  # those of them where a story was that is live no more
    facts: frozenset[Fact]  # period facts that now say something else
    periods: frozenset[tuple[ListName, Period]]  # that may call for an object


def relist(stories: Iterable[tuple[Story | None, Story]], *, zone: ZoneInfo) -> Listing:
    """Bring the lists up to each story's newest version, given the one before."""
    gone: dict[ListName, set[str]] = defaultdict(set)
    come: dict[Crossing, Member] = {}
    withdrawn: set[Crossing] = set()
    for before, after in stories:
        # No version says any more where an erased story stood; the lists themselves do.
        is_erased = after.state is StoryState.ERASED
        old, new = _listed(after) if is_erased else _entries(before), _entries(after)
        for name, was in old - new:
            gone[name].add(key_text(was.key))
            if after.state is not StoryState.LIVE:
                withdrawn.add((name, key_text(was.key)))
        for name, now in new - old:
            come[name, key_text(now.key)] = now
    return _rewrite(gone, come, zone=zone, withdrawn=withdrawn)


def relist_all(stories: Iterable[Story], *, zone: ZoneInfo) -> Listing:
    """Bring the lists up to what this release lists, whatever another one listed."""
    gone: dict[ListName, set[str]] = defaultdict(set)
    come: dict[Crossing, Member] = {}
    for story in stories:
        old, new = _listed(story), _entries(story)
        for name, was in old - new:
            gone[name].add(key_text(was.key))
        for name, now in new - old:
            come[name, key_text(now.key)] = now
    return _rewrite(gone, come, zone=zone)


def rezone(zone: ZoneInfo) -> None:
    """Put every member on its day in another zone, and count all periods anew."""
    for row in ListMember.objects.only("id", "published_at", "day").iterator(chunk_size=2000):
        day = day_of(row.published_at, zone)
        if day != row.day:
            ListMember.objects.filter(id=row.id).update(day=day)
    ListPeriod.objects.all().delete()
    days: dict[ListName, set[Period]] = defaultdict(set)
    for name, day in ListMember.objects.values_list("list_name", "day").distinct():
        if has_periods(name):
            days[name].add(day)
    _recount(days)


def without(leaving: Iterable[tuple[ListName, Member]]) -> Ending:
    """Return what would become of lists' periods if these members left; nothing is changed."""
    facts: set[Fact] = set()
    periods: set[tuple[ListName, Period]] = set()
    for (name, day), keys in sorted(_by_day(leaving).items()):
        before = _periods(name, month=day[:7])
        after = {other: found for other, found in before.items() if other != day}
        members, at = rows(f"{_COUNT} AND key NOT IN ({places(keys)})", name, day, *keys)[0]
        if members:
            after[day] = (members, moment(at))
        facts |= _changed_facts(name, day[:7], before=before, after=after)
        periods |= {(name, gone) for gone in before.keys() - after.keys()}
        if not after:
            periods.add((name, day[:7]))
    return Ending(frozenset(facts), frozenset(periods))


def _by_day(leaving: Iterable[tuple[ListName, Member]]) -> Mapping[tuple[ListName, str], list[str]]:
    found: dict[tuple[ListName, str], list[str]] = defaultdict(list)
    for name, entry in leaving:
        key = key_text(entry.key)
        if has_periods(name):
            for (day,) in rows(_DAY_OF, name, key):  # none before the list is derived
                found[name, day].append(key)
    return found


def _entries(story: Story | None) -> frozenset[tuple[ListName, Member]]:
    return frozenset() if story is None else entries(story)


def _listed(story: Story) -> frozenset[tuple[ListName, Member]]:
    rows = ListMember.objects.filter(story=story.id).values_list(
        "list_name", "published_at", "updated_at", "address"
    )
    return frozenset(
        (name, Member(published_at, StoryId(story.id), updated_at, Address(address)))
        for name, published_at, updated_at, address in rows
    )


def _rewrite(
    gone: Mapping[ListName, set[str]],
    come: Mapping[Crossing, Member],
    *,
    zone: ZoneInfo,
    withdrawn: Iterable[Crossing] = (),
) -> Listing:
    days: dict[ListName, set[Period]] = defaultdict(set)
    leaving = [(name, key) for name, keys in gone.items() for key in sorted(keys)]
    for name, key in leaving:
        if has_periods(name):
            days[name].update(day for (day,) in rows(_DAY_OF, name, key))
    carry_out(_LEAVE, leaving)
    entering = [_row(name, key, entry, zone) for (name, key), entry in come.items()]
    carry_out(_ENTER, entering)
    for name, *_, day in entering:
        if has_periods(name):
            days[name].add(day)
    facts, periods = _recount(days)
    crossed = frozenset(leaving) | come.keys()
    return Listing(crossed, frozenset(withdrawn), facts, periods)


def _row(name: ListName, key: str, entry: Member, zone: ZoneInfo) -> Row:
    day = day_of(entry.published_at, zone)
    times = stored(entry.published_at), stored(entry.updated_at)
    return (name, key, entry.story, *times, entry.address, day)


def _recount(
    days: Mapping[ListName, set[Period]],
) -> tuple[frozenset[Fact], frozenset[tuple[ListName, Period]]]:
    facts: set[Fact] = set()
    periods: set[tuple[ListName, Period]] = set()
    for name, touched in days.items():
        months = {day[:7] for day in touched}
        for month in months:
            of_month = {day for day in touched if day.startswith(month)}
            facts |= _recount_month(name, month, of_month)
            periods |= {(name, month), *((name, day) for day in of_month)}
    return frozenset(facts), frozenset(periods)


def _recount_month(name: ListName, month: Period, touched: set[Period]) -> set[Fact]:
    before = _periods(name, month=month)
    counted = (rows(_COUNT, name, day)[0] for day in sorted(touched))
    fresh: dict[Period, Entry] = {
        day: (members, moment(at))
        for day, (members, at) in zip(sorted(touched), counted, strict=True)
        if members
    }
    after = {day: entry for day, entry in before.items() if day not in touched} | fresh
    _store(name, month, before=before, after=after)
    month_before, month_after = _total(before), _total(after)
    _store(
        name,
        "",
        before={month: month_before} if month_before else {},
        after={month: month_after} if month_after else {},
    )
    return _changed_facts(name, month, before=before, after=after)


def _changed_facts(
    name: ListName,
    month: Period,
    *,
    before: Mapping[Period, Entry],
    after: Mapping[Period, Entry],
) -> set[Fact]:
    facts: set[Fact] = set()
    if before != after:
        is_newest = not rows(_NEWER, name, month)
        if _lastmods(before, is_newest=is_newest) != _lastmods(after, is_newest=is_newest):
            facts.add(lastmods_fact(name))
    if _days_shown(before) != _days_shown(after):
        facts.add(days_fact(name, month))
    if bool(before) != bool(after):
        facts |= {months_fact(name), neighbors_fact(name, month)}
        facts |= {neighbors_fact(name, near) for near in _nearest(name, month)}
        facts |= {earlier_fact(name, later) for (later,) in rows(_NEWER, name, month)}
    return facts


def _lastmods(entries: Mapping[Period, Entry], *, is_newest: bool) -> dict[Period, datetime]:
    """Return what a month adds to the lastmods fact; one more member alone adds nothing."""
    total = _total(entries)
    if total is None:
        return {}
    members, newest = total
    if is_newest and members > MONTH_IS_CUT_ABOVE:
        return {day: at for day, (_, at) in entries.items()}
    return {"": newest}


def _days_shown(entries: Mapping[Period, Entry]) -> tuple[Period, ...]:
    total = sum(members for members, _ in entries.values())
    return tuple(sorted(entries)) if total > MONTH_IS_CUT_ABOVE else ()


def _nearest(name: ListName, month: Period) -> Sequence[Period]:
    found = rows(_OLDER, name, month) + rows(_NEWER, name, month)
    return [period for (period,) in found]


def _total(entries: Mapping[Period, Entry]) -> Entry | None:
    if not entries:
        return None
    return sum(count for count, _ in entries.values()), max(at for _, at in entries.values())


def _periods(name: ListName, *, month: str) -> dict[Period, Entry]:
    return {period: (members, moment(at)) for period, members, at in rows(_PERIODS, name, month)}


def _store(
    name: ListName, month: str, *, before: Mapping[Period, Entry], after: Mapping[Period, Entry]
) -> None:
    carry_out(_END_PERIOD, [(name, month, period) for period in before.keys() - after.keys()])
    carry_out(
        _NOTE_PERIOD,
        [
            (name, month, period, members, stored(at))
            for period, (members, at) in after.items()
            if before.get(period) != (members, at)
        ],
    )


_DAY_OF = "SELECT day FROM press_listmember WHERE list_name = %s AND key = %s"
_LEAVE = "DELETE FROM press_listmember WHERE list_name = %s AND key = %s"
_ENTER = (
    "INSERT INTO press_listmember"
    " (list_name, key, story, published_at, updated_at, address, day)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_COUNT = "SELECT COUNT(*), MAX(updated_at) FROM press_listmember WHERE list_name = %s AND day = %s"
_MONTHS = "SELECT period FROM press_listperiod WHERE list_name = %s AND month = ''"
_OLDER = f"{_MONTHS} AND period < %s ORDER BY period DESC LIMIT 1"
_NEWER = f"{_MONTHS} AND period > %s ORDER BY period LIMIT 1"
_PERIODS = (
    "SELECT period, members, updated_at FROM press_listperiod WHERE list_name = %s AND month = %s"
)
_END_PERIOD = "DELETE FROM press_listperiod WHERE list_name = %s AND month = %s AND period = %s"
_NOTE_PERIOD = (
    "INSERT INTO press_listperiod (list_name, month, period, members, updated_at)"
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (list_name, month, period)"
    " DO UPDATE SET members = excluded.members, updated_at = excluded.updated_at"
)

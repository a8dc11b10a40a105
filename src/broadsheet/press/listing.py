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

from django.db.models import Count, Max

from broadsheet.press.models import ListMember, ListPeriod
from broadsheet.projections.facts import (
    Fact,
    days_fact,
    key_text,
    lastmods_fact,
    months_fact,
    neighbors_fact,
)
from broadsheet.projections.lists import (
    HOME,
    MONTH_IS_CUT_ABOVE,
    ListName,
    Member,
    Period,
    day_of,
    member,
    memberships,
)
from broadsheet.story.ids import Address
from broadsheet.story.records import Story, StoryState

Crossing = tuple[ListName, str]  # a list, and the key of a member that came, went or changed
Entry = tuple[int, datetime]  # members, newest update


class Listing(NamedTuple):
    """What a change of members did to the lists."""

    crossed: frozenset[Crossing]
    facts: frozenset[Fact]  # period facts that now say something else
    periods: frozenset[tuple[ListName, Period]]  # that may call for an object


def has_periods(name: ListName) -> bool:
    """Return whether a list has calendar archives: home and sections do."""
    return name == HOME or name.startswith("section/")


def relist(stories: Iterable[tuple[Story | None, Story]], *, zone: ZoneInfo) -> Listing:
    """Bring the lists up to each story's newest version, given the one before."""
    gone: dict[ListName, set[str]] = defaultdict(set)
    come: dict[Crossing, Member] = {}
    for before, after in stories:
        # No version says any more where an erased story stood; the lists themselves do.
        is_erased = after.state is StoryState.ERASED
        old, new = _listed(after) if is_erased else _entries(before), _entries(after)
        for name in old.keys() | new.keys():
            was, now = old.get(name), new.get(name)
            if was == now:
                continue
            if was is not None:
                gone[name].add(key_text(was.key))
            if now is not None:
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


def _entries(story: Story | None) -> Mapping[ListName, Member]:
    return {} if story is None else dict.fromkeys(memberships(story), member(story))


def _listed(story: Story) -> Mapping[ListName, Member]:
    rows = ListMember.objects.filter(story=story.id).values_list(
        "list_name", "published_at", "updated_at", "address"
    )
    return {
        name: Member(published_at, story.id, updated_at, Address(address))
        for name, published_at, updated_at, address in rows
    }


def _rewrite(
    gone: Mapping[ListName, set[str]], come: Mapping[Crossing, Member], *, zone: ZoneInfo
) -> Listing:
    days: dict[ListName, set[Period]] = defaultdict(set)
    for name, keys in gone.items():
        rows = ListMember.objects.filter(list_name=name, key__in=keys)
        if has_periods(name):
            days[name].update(rows.values_list("day", flat=True))
        rows.delete()
    rows_to_come = [_row(name, key, entry, zone) for (name, key), entry in come.items()]
    ListMember.objects.bulk_create(rows_to_come, batch_size=500)
    for row in rows_to_come:
        if has_periods(row.list_name):
            days[row.list_name].add(row.day)
    crossed = {(name, key) for name, keys in gone.items() for key in keys} | come.keys()
    facts, periods = _recount(days)
    return Listing(frozenset(crossed), facts, periods)


def _row(name: ListName, key: str, entry: Member, zone: ZoneInfo) -> ListMember:
    return ListMember(
        list_name=name,
        key=key,
        story=entry.story,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        address=entry.address,
        day=day_of(entry.published_at, zone),
    )


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
    counted = (
        ListMember.objects.filter(list_name=name, day__in=touched)
        .values_list("day")
        .annotate(Count("id"), Max("updated_at"))
        .order_by()
    )
    fresh: dict[Period, Entry] = {day: (count, at) for day, count, at in counted}
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
        facts.add(lastmods_fact(name))
    if _days_shown(before) != _days_shown(after):
        facts.add(days_fact(name, month))
    if bool(before) != bool(after):
        facts |= {months_fact(name), neighbors_fact(name, month)}
        facts |= {neighbors_fact(name, near) for near in _nearest(name, month)}
    return facts


def _days_shown(entries: Mapping[Period, Entry]) -> tuple[Period, ...]:
    total = sum(members for members, _ in entries.values())
    return tuple(sorted(entries)) if total > MONTH_IS_CUT_ABOVE else ()


def _nearest(name: ListName, month: Period) -> Sequence[Period]:
    months = ListPeriod.objects.filter(list_name=name, month="")
    older = months.filter(period__lt=month).order_by("-period").values_list("period", flat=True)[:1]
    newer = months.filter(period__gt=month).order_by("period").values_list("period", flat=True)[:1]
    return [*older, *newer]


def _total(entries: Mapping[Period, Entry]) -> Entry | None:
    if not entries:
        return None
    return sum(count for count, _ in entries.values()), max(at for _, at in entries.values())


def _periods(name: ListName, *, month: str) -> dict[Period, Entry]:
    rows = ListPeriod.objects.filter(list_name=name, month=month)
    return {
        period: (members, at)
        for period, members, at in rows.values_list("period", "members", "updated_at")
    }


def _store(
    name: ListName, month: str, *, before: Mapping[Period, Entry], after: Mapping[Period, Entry]
) -> None:
    gone = before.keys() - after.keys()
    if gone:
        ListPeriod.objects.filter(list_name=name, month=month, period__in=gone).delete()
    changed = {period: entry for period, entry in after.items() if before.get(period) != entry}
    ListPeriod.objects.bulk_create(
        [
            ListPeriod(list_name=name, month=month, period=period, members=count, updated_at=at)
            for period, (count, at) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["list_name", "month", "period"],
        update_fields=["members", "updated_at"],
    )

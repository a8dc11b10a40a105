"""
Moves the cursor: brings the derived tables up to the log and marks what is out of date.

One transaction takes a batch of entries: newest versions, list members, calendar
periods, the objects they call for, the dirty marks, and the cursor itself. A crash
leaves all or nothing; deriving the same entries twice gives the same rows. The cost
follows the batch: members and objects are found by index, never by a scan.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from broadsheet.press import log, search_index
from broadsheet.press.asking import rows
from broadsheet.press.dirtying import (
    NOTHING_WITHDRAWN,
    Causes,
    Withdrawn,
    mark_all_dirty,
    mark_dirty,
)
from broadsheet.press.listing import Listing, relist, rezone
from broadsheet.press.models import Current, Cursor, ListPeriod, LogEntry
from broadsheet.press.models.ledger import Lane
from broadsheet.press.tables import Tables
from broadsheet.projections import partner_addresses
from broadsheet.projections.addresses import section_of
from broadsheet.projections.catalog import objects_of, objects_of_period
from broadsheet.projections.facets import MENU, POLICIES, changed_facts, facets, fingerprint
from broadsheet.projections.facts import days_of, menu_of, policies_of
from broadsheet.projections.lists import ListName, Period, section_list
from broadsheet.projections.objects import Object
from broadsheet.story.records import PAPER, Record, Section, Settings, Story, StoryState
from broadsheet.story.versions import decoded

_LOG = logging.getLogger(__name__)

BATCH_ENTRIES = 500  # one transaction's worth of a bulk import; an act is one entry


class Change(NamedTuple):
    """One record before and after a batch of entries."""

    kind: str
    record_id: str
    seq: int  # of its newest entry
    before: Record | None
    after: Record


def derive(tables: Tables) -> int:
    """
    Take the next batch of entries; return how many there were, 0 at the log's end.

    The caller holds the site lock, so that nobody else moves the cursor meanwhile.
    """
    if cursor() >= log.length():  # a look without the write lock: most rounds find nothing
        return 0
    with transaction.atomic():
        place, _ = Cursor.objects.select_for_update().get_or_create(name="site")
        entries = list(log.after(place.seq, limit=BATCH_ENTRIES))
        if not entries:
            return 0
        changes = _changes(entries, tables)
        _advance(changes)
        since, place.seq = place.seq, entries[-1].seq
        place.save(update_fields=["seq"])
        tables.forget((change.kind, change.record_id) for change in changes)
        _mark(changes, seq=place.seq, tables=tables)
        stories = [
            search_index.Newest(change.seq, change.after)
            for change in changes
            if isinstance(change.after, Story)
        ]
        search_index.follow(stories, since=since, until=place.seq, find=tables.record)
    return len(entries)


def cursor() -> int:
    """Return up to which entry the tables are derived."""
    found = rows(_CURSOR)
    return int(found[0][0]) if found else 0


_CURSOR = "SELECT seq FROM press_cursor WHERE name = 'site'"


def _changes(entries: Iterable[LogEntry], tables: Tables) -> Sequence[Change]:
    newest = {(entry.kind, entry.record_id): entry for entry in entries}
    return [
        Change(
            kind,
            record_id,
            entry.seq,
            _before(tables.record(kind, record_id), after),
            after,
        )
        for (kind, record_id), entry in newest.items()
        for after in [decoded(bytes(entry.version))]
    ]


def _before(record: Record | None, after: Record) -> Record | None:
    """Return what was derived last; None for a story whose older words are erased from the log."""
    return None if isinstance(after, Story) and after.state is StoryState.ERASED else record


def _advance(changes: Sequence[Change]) -> None:
    Current.objects.bulk_create(
        [Current(kind=c.kind, record_id=c.record_id, seq=c.seq) for c in changes],
        update_conflicts=True,
        unique_fields=["kind", "record_id"],
        update_fields=["seq"],
        batch_size=500,
    )


def _mark(changes: Sequence[Change], *, seq: int, tables: Tables) -> None:
    zone = zone_of(tables)
    stories = [
        (change.before if isinstance(change.before, Story) else None, change.after)
        for change in changes
        if isinstance(change.after, Story)
    ]
    listing = relist(stories, zone=zone)
    facts = _facts(changes, listing, tables)
    objects = [obj for change in changes for obj in objects_of(change.after)]
    objects += _period_objects(changes, listing, tables)
    site_wide = frozenset(fact for fact in facts if _is_site_wide(fact))
    count = mark_dirty(
        Causes(
            seq=seq,
            facts=facts,
            crossed=listing.crossed,
            objects=objects,
            urgent={after.address: _lane(after) for _, after in stories},
            withdrawn=_withdrawn(changes, listing, facts),
            site_wide=site_wide,
        )
    )
    if count:
        _LOG.info("%s changed: %d objects are rendered again", ", ".join(sorted(site_wide)), count)
    if _zone_changed(changes):
        rezone(zone)
        tables.forget_lists()  # what this batch read of them is from before
        mark_dirty(
            Causes(
                seq=seq,
                facts={},
                crossed=frozenset(),
                objects=all_period_objects(tables),
                urgent={},
                withdrawn=NOTHING_WITHDRAWN,
                site_wide=frozenset(),
            )
        )
        count = mark_all_dirty(seq)
        _LOG.info("the paper's time zone changed: %d objects are rendered again", count)


def _facts(changes: Sequence[Change], listing: Listing, tables: Tables) -> dict[str, str | None]:
    facts: dict[str, str | None] = dict.fromkeys(listing.facts)
    for change in changes:
        now = facets(change.after)
        for fact in changed_facts(change.before, change.after):
            facts[fact] = fingerprint(now[fact]) if fact in now else None
    if MENU in facts:  # a section may have another position, and all the same order
        facts[MENU] = fingerprint(menu_of(tables))
    if POLICIES in facts:  # a new wording of one leaves their list as it was
        facts[POLICIES] = fingerprint(policies_of(tables))
    return facts


def _is_site_wide(fact: str) -> bool:
    return fact in {MENU, POLICIES} or fact.startswith("settings/")


def _lane(story: Story) -> Lane:
    return Lane.PUBLISH if story.state is StoryState.LIVE else Lane.TAKE_DOWN


def _withdrawn(
    changes: Iterable[Change], listing: Listing, facts: Mapping[str, str | None]
) -> Withdrawn:
    """Return where readers, and those who took or quote a story, would still meet it."""
    gone = {
        change.record_id: change
        for change in changes
        if isinstance(change.after, Story) and change.after.state is not StoryState.LIVE
    }
    told = {fact for each in gone.values() for fact in changed_facts(each.before, each.after)}
    copies = {
        key
        for each in gone.values()
        if isinstance(each.after, Story)
        for key in (
            partner_addresses.item(each.after.id),
            partner_addresses.oembed(each.after.address),
        )
        if key
    }
    return Withdrawn(frozenset(told & facts.keys()), listing.withdrawn, frozenset(copies))


def zone_of(tables: Tables) -> ZoneInfo:
    """Return the zone of the paper at the cursor."""
    settings = tables.record("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")


def _zone_changed(changes: Sequence[Change]) -> bool:
    return any(
        isinstance(change.before, Settings)
        and isinstance(change.after, Settings)
        and change.before.time_zone != change.after.time_zone
        for change in changes
    )


def _period_objects(
    changes: Sequence[Change], listing: Listing, tables: Tables
) -> Sequence[Object]:
    months = {(name, period[:7]) for name, period in listing.periods}
    for change in changes:
        if isinstance(change.after, Section) and _moved(change.before, change.after):
            months |= _months_of(section_list(change.after.id))
    return objects_of_months(months, tables)


def all_period_objects(tables: Tables) -> Sequence[Object]:
    """Return what the calendar periods of all lists call for."""
    rows = ListPeriod.objects.filter(month="").values_list("list_name", "period")
    return objects_of_months({(name, period) for name, period in rows}, tables)


def _months_of(name: ListName) -> set[tuple[ListName, Period]]:
    months = ListPeriod.objects.filter(list_name=name, month="").values_list("period", flat=True)
    return {(name, month) for month in months}


def objects_of_months(
    months: Iterable[tuple[ListName, Period]], tables: Tables
) -> Sequence[Object]:
    """Return what months call for, and their days where a month is cut into days."""
    periods = [
        (name, period)
        for name, month in months
        for period in (month, *days_of(tables, name, month))
    ]
    return _objects_of_periods(periods, tables)


def _objects_of_periods(
    periods: Iterable[tuple[ListName, Period]], tables: Tables
) -> Sequence[Object]:
    objects: list[Object] = []
    for name, period in sorted(periods):
        section_id = section_of(name)
        section = tables.record("section", section_id) if section_id else None
        objects += objects_of_period(
            name, period, section if isinstance(section, Section) else None
        )
    return objects


def _moved(before: Record | None, after: Section) -> bool:
    """
    Say whether a section has another address; one that came back has left one behind.

    So has one whose first version comes after its stories': their months wait for its address.
    """
    return not isinstance(before, Section) or (before.address, before.former_addresses) != (
        after.address,
        after.former_addresses,
    )

"""
Brings a home up to what this release lists and calls for, after an older release kept it.

A release may put stories into lists, and records into objects, that the one before knew
nothing of. The log has not changed, so nothing in it would say so: every record is looked at
once more, some at a time, in the order the tables have them. Broken off, it goes on where it
was; done, it is done until DERIVATION is another.
"""

from collections.abc import Sequence

from django.db import transaction

from broadsheet.press.deriving import all_period_objects, objects_of_months, zone_of
from broadsheet.press.dirtying import NOTHING_WITHDRAWN, Causes, mark_dirty
from broadsheet.press.listing import relist_all
from broadsheet.press.models import Current, Cursor
from broadsheet.press.tables import Tables
from broadsheet.projections.catalog import objects_of
from broadsheet.projections.objects import Object
from broadsheet.story.records import Record, Story

# Another number whenever lists.entries or the catalog say more of the same records.
DERIVATION = "2"
RECORDS_AT_ONCE = 500
_PLACE = "derivation"


def catch_up(tables: Tables) -> int:
    """
    Look at the next records; return how many there were, 0 once all are as this release has them.

    The caller holds the site lock, and the log has been followed to its end.
    """
    place = Cursor.objects.filter(name=_PLACE).first()
    if place is not None and place.generation == DERIVATION:
        return 0
    with transaction.atomic():
        site = Cursor.objects.select_for_update().filter(name="site").first()
        after = 0 if place is None else place.seq
        rows = Current.objects.filter(id__gt=after).order_by("id")[:RECORDS_AT_ONCE]
        some = list(rows.values_list("id", "kind", "record_id"))
        found = [tables.record(kind, record_id) for _, kind, record_id in some]
        records = [record for record in found if record is not None]
        is_last = len(some) < RECORDS_AT_ONCE
        _mark(records, tables, seq=site.seq if site else 0, is_last=is_last)
        Cursor.objects.update_or_create(
            name=_PLACE,
            defaults={
                "seq": 0 if is_last else some[-1][0],
                "generation": DERIVATION if is_last else "",
            },
        )
        tables.forget_lists()
    return len(some)


def _mark(records: Sequence[Record], tables: Tables, *, seq: int, is_last: bool) -> None:
    stories = [record for record in records if isinstance(record, Story)]
    listing = relist_all(stories, zone=zone_of(tables))
    tables.forget_lists()
    months = {(name, period[:7]) for name, period in listing.periods}
    objects: list[Object] = [obj for record in records for obj in objects_of(record)]
    objects += objects_of_months(months, tables)
    if is_last:  # what periods there were already call for
        objects += all_period_objects(tables)
    mark_dirty(
        Causes(
            seq=seq,
            facts=dict.fromkeys(listing.facts),
            crossed=listing.crossed,
            objects=objects,
            urgent={},
            withdrawn=NOTHING_WITHDRAWN,
            site_wide=frozenset(),
        )
    )

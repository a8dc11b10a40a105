"""
Gives out addresses: each to one record, for ever.

Called only with the log's turn taken, so two acts never race for one address.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from broadsheet.press.actions.errors import AddressTaken
from broadsheet.press.models import AssignedAddress
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import StoryContent
from broadsheet.story.slugs import address_for


def assign(address: Address, *, kind: str, record_id: str) -> None:
    """
    Give an address to a record; giving it again to the same record is nothing.

    Raises:
        AddressTaken: another record has, or had, it.

    """
    row, _ = AssignedAddress.objects.get_or_create(
        address=address, defaults={"kind": kind, "record_id": record_id}
    )
    if (row.kind, row.record_id) != (kind, record_id):
        message = f"{address} is, or was, the address of {row.kind} {row.record_id}; choose another"
        raise AddressTaken(message)


def is_taken(address: Address, *, by_other_than: str) -> bool:
    """Return whether another record has, or had, the address."""
    holder = AssignedAddress.objects.filter(address=address).values_list("record_id", flat=True)
    return any(record_id != by_other_than for record_id in holder)


def assign_for_story(
    story_id: StoryId, content: StoryContent, *, at: datetime, zone: ZoneInfo
) -> Address:
    """Give a story the free address nearest to its slug, under its first day in the zone."""
    address = address_for(
        content.slug or content.headline,
        published_at=at,
        zone=zone,
        is_taken=lambda address: is_taken(address, by_other_than=story_id),
    )
    assign(address, kind="story", record_id=story_id)
    return address

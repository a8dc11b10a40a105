"""
Gives out addresses: each to one record, for ever.

Called only with the log's turn taken, so two acts never race for one address.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from broadsheet.press.actions.errors import ActRefused, AddressTaken
from broadsheet.press.asking import chunks
from broadsheet.press.models import AssignedAddress
from broadsheet.projections import addresses
from broadsheet.projections.objects import ObjectKey
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import StoryContent
from broadsheet.story.slugs import address_for, is_reserved

LONGEST_ADDRESS = 500  # characters the ledger keeps
_DAY = ("", "2026", "11", "22")  # the segments of a day's folder
OLDEST_YEAR = 1600  # the first newspaper is of 1605
SITES_OWN = frozenset(
    {
        addresses.NEWS_SITEMAP,
        addresses.NOT_FOUND,
        addresses.ROBOTS,
        addresses.SEARCH_CLOSED,
        addresses.SITEMAP_INDEX,
    }
)


def assign(address: Address, *, kind: str, record_id: str) -> None:
    """
    Give an address to a record; giving it again to the same record is nothing.

    Raises:
        AddressTaken: another record has, or had, it, or a file lies where its folder would.

    """
    row, is_new = AssignedAddress.objects.get_or_create(
        address=address, defaults={"kind": kind, "record_id": record_id}
    )
    if (row.kind, row.record_id) != (kind, record_id):
        message = f"{address} is, or was, the address of {row.kind} {row.record_id}; choose another"
        raise AddressTaken(message)
    if is_new:
        check_places([address])


def check_places(places: Sequence[Address]) -> None:
    """
    Refuse addresses of which one would be a file where another, old or new, has its folder.

    Raises:
        AddressTaken: the message names both.

    """
    files = {place for place in places if not place.endswith("/")}
    folders = {folder: place for place in places for folder in _folders_of(place)}
    blocked = files & folders.keys() or _files_among(folders)
    for file in blocked:
        message = f"{file} is a file: nothing can lie below it, as {folders[file]} would"
        raise AddressTaken(message)
    for file in files:
        below = _below(file)
        if below is not None:
            message = f"{file} would be a file where {below} lies; choose another address"
            raise AddressTaken(message)


def _folders_of(address: Address) -> Iterator[Address]:
    """Give the folders an address lies in, as a file of that name would be called."""
    segments = address.split("/")
    yield from (Address("/".join(segments[:end])) for end in range(2, len(segments)))


def _files_among(folders: Iterable[Address]) -> set[Address]:
    return {
        Address(address)
        for some in chunks(sorted(folders))
        for address in AssignedAddress.objects.filter(address__in=some).values_list(
            "address", flat=True
        )
    }


def _below(file: Address) -> str | None:
    """Return an address that lies below one, None if none does."""
    below = AssignedAddress.objects.filter(address__startswith=f"{file}/")
    if connection.vendor == "sqlite":  # whose LIKE asks no index; its texts are ordered by bytes
        below = below.filter(address__gte=f"{file}/", address__lt=f"{file}0")
    return below.values_list("address", flat=True).first()


def check_imported(address: Address | None, *, first_published_at: datetime) -> None:
    """
    Refuse what no story taken over can have: an address of the site's own, or no real date.

    None is an address the press is to give.

    Raises:
        ActRefused: the message says what is wrong with it.

    """
    problem = "" if address is None else _problem_of(address)
    if not problem and first_published_at.year < OLDEST_YEAR:
        problem = f"it is dated {first_published_at.isoformat()}, before there were newspapers"
    if problem:
        place = "" if address is None else f" at {address[:200]!r}"
        message = f"a story cannot be taken over{place}: {problem}"
        raise ActRefused(message)


def _problem_of(address: Address) -> str:
    segments = address.split("/")
    if len(address) > LONGEST_ADDRESS:
        return f"an address has at most {LONGEST_ADDRESS} characters"
    if segments[0] or not any(segments):
        return "an address begins with a slash, and / is the front page"
    is_year = segments[1].isdecimal()
    if (is_reserved(segments[1]) and not is_year) or ObjectKey(address) in SITES_OWN:
        return "that part of the site is its own; give another address"
    if is_year and all(part.isdecimal() for part in segments[1:]) and len(segments) <= len(_DAY):
        return "the stories of a day lie below it; give another address"
    if segments[2:3] == ["archive"]:
        return "a section's archive may stand there; give another address"
    return ""


def is_taken(address: Address, *, by_other_than: str) -> bool:
    """Return whether another record has, or had, the address."""
    holder = AssignedAddress.objects.filter(address=address).values_list("record_id", flat=True)
    return any(record_id != by_other_than for record_id in holder)


def assign_for_story(
    story_id: StoryId, content: StoryContent, *, at: datetime, zone: ZoneInfo
) -> Address:
    """Give a story the free address nearest to its slug, under its first day in the zone."""
    address = free_for_story(story_id, content, at=at, zone=zone)
    assign(address, kind="story", record_id=story_id)
    return address


def free_for_story(
    story_id: StoryId, content: StoryContent, *, at: datetime, zone: ZoneInfo
) -> Address:
    """Return the address a story would be given now, and give it to nobody."""
    return address_for(
        content.slug or content.headline,
        published_at=at,
        zone=zone,
        is_taken=lambda address: is_taken(address, by_other_than=story_id),
    )

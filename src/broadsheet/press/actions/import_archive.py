"""
Takes over many stories at once, published elsewhere: one transaction, one entry each.

Like import_story, an import posts nothing. All go in, or none does.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from broadsheet.press import addresses, log
from broadsheet.press.actions.errors import ActRefused, AddressTaken
from broadsheet.press.models import AssignedAddress, LogEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import Address, StoryId
from broadsheet.story.records import Act, StoryContent

ROWS_AT_ONCE = 500


class Imported(NamedTuple):
    """One story of the archive, as it stood elsewhere."""

    story: StoryId
    content: StoryContent
    address: Address
    first_published_at: datetime


def import_archive(archive: Sequence[Imported], *, now: datetime, by: str) -> int:
    """
    Take the stories over, oldest entry first in the given order; return how many.

    Raises:
        ActRefused: a story is known already, dated in the future, or there twice.
        AddressTaken: an address is another record's, or a file where one has its folder.

    """
    turn = log.take_turn(now)
    _check(archive, now=turn.at)
    AssignedAddress.objects.bulk_create(
        [
            AssignedAddress(address=each.address, kind="story", record_id=each.story)
            for each in archive
        ],
        batch_size=ROWS_AT_ONCE,
    )
    log.append_all(
        [
            lifecycle.published(
                each.content,
                story_id=each.story,
                address=each.address,
                now=each.first_published_at,
            )
            for each in archive
        ],
        turn=turn,
        act=Act.IMPORT,
        by=by,
    )
    return len(archive)


def _check(archive: Sequence[Imported], *, now: datetime) -> None:
    for each in archive:
        if each.first_published_at > now:
            message = f"story {each.story} is dated {each.first_published_at}, which is to come"
            raise ActRefused(message)
        addresses.check_imported(each.address, first_published_at=each.first_published_at)
    _check_once("story", [each.story for each in archive])
    _check_once("address", [each.address for each in archive])
    addresses.check_places([each.address for each in archive])
    for start in range(0, len(archive), ROWS_AT_ONCE):
        some = archive[start : start + ROWS_AT_ONCE]
        ids = [each.story for each in some]
        known = LogEntry.objects.filter(kind="story", record_id__in=ids).first()
        if known is not None:
            message = f"story {known.record_id} is in the log already"
            raise ActRefused(message)
        places = [each.address for each in some]
        taken = AssignedAddress.objects.filter(address__in=places).first()
        if taken is not None:
            message = f"{taken.address} is, or was, the address of {taken.kind} {taken.record_id}"
            raise AddressTaken(message)


def _check_once(what: str, given: Sequence[str]) -> None:
    twice = [each for each, times in Counter(given).items() if times > 1]
    if twice:
        message = f"the archive has {what} {twice[0]} more than once; nothing was taken over"
        raise ActRefused(message)

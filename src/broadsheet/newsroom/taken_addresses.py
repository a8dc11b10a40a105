"""
Says of an address that it is another story's: before an act or, at the latest, after it.

Words somebody chose are refused beside their field when they are taken. A headline's words
get a number, and so do chosen ones where no person waits for the answer: a story that is
due is not held back for its address.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from broadsheet.newsroom import acting, publishing
from broadsheet.newsroom.models.story import Story
from broadsheet.press import addresses, log
from broadsheet.press.models import LogEntry
from broadsheet.story.ids import Address
from broadsheet.story.records import PAPER, Act, Settings
from broadsheet.story.slugs import address_for


def refuse_taken_words(draft: Story) -> None:
    """
    Do nothing if a story gets the address its editor chose, on the day it is to go live.

    Raises:
        ValidationError: beside the field, the address is another story's.

    """
    if not draft.address_words or publishing.newest_story(draft) is not None:
        return  # The headline's words give way; a story that was live has its address.
    times = (acting.current().now, draft.go_live_at, draft.embargo_until)
    at = max(each for each in times if each is not None)
    refuse_taken(draft, words=draft.address_words, at=at, field="address_words")


def refuse_taken(story: Story, *, words: str, at: datetime, field: str) -> None:
    """
    Do nothing if a story can have the address these words make on a day.

    Raises:
        ValidationError: beside the field, the address is another story's.

    """
    wanted = _wanted(words, at=at)
    if addresses.is_taken(wanted, by_other_than=str(story.uuid)):
        message = f"{wanted} is, or was, another story’s address; choose other words"
        raise ValidationError({field: message})


def number_in_words(story: Story, *, length_before: int) -> str:
    """Return that a story just published got a number since its address is taken, or ""."""
    entries = LogEntry.objects.filter(kind="story", record_id=str(story.uuid))
    first = entries.order_by("seq").first()
    newest = publishing.newest_story(story)
    if first is None or newest is None:
        return ""
    if first.seq <= length_before or Act(first.act) is not Act.PUBLISH:
        return ""
    content = newest.content
    wanted = _wanted(content.slug or content.headline, at=newest.first_published_at)
    if newest.address == wanted:
        return ""
    return f"The address {wanted} is taken; this story is at {newest.address}."


def _wanted(words: str, *, at: datetime) -> Address:
    paper = log.newest("settings", PAPER)  # without them publishing itself declines
    zone = ZoneInfo(paper.time_zone if isinstance(paper, Settings) else "UTC")
    return address_for(words, published_at=at, zone=zone, is_taken=lambda _: False)

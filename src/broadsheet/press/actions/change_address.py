"""Moves a story to another address; every address it had leads to the new one in one hop."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from broadsheet.press import addresses, log
from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LogEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import PAPER, Act, Settings, Story


def change_address(story_id: StoryId, *, slug: str, now: datetime, by: str) -> LogEntry:
    """
    Give a story the address its first date and this slug make.

    Raises:
        NeverPublished: it was never live.

    """

    def step(story: Story, _: datetime) -> Story:
        settings = log.newest("settings", PAPER)
        zone = ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")
        content = msgspec.structs.replace(story.content, slug=slug)
        address = addresses.assign_for_story(
            story_id, content, at=story.first_published_at, zone=zone
        )
        return lifecycle.moved(msgspec.structs.replace(story, content=content), address=address)

    return commit_step(story_id, step, act=Act.CHANGE_ADDRESS, now=now, by=by)

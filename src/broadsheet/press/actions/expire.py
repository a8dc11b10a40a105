"""Ends a story whose time is over: 410 without a note."""

from datetime import datetime

from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LogEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Act


def expire(story_id: StoryId, *, now: datetime, by: str) -> LogEntry:
    """
    Expire a live story.

    Raises:
        NeverPublished: it was never live.
        NotNow: it is not live.

    """
    return commit_step(
        story_id, lambda story, _: lifecycle.expired(story), act=Act.EXPIRE, now=now, by=by
    )

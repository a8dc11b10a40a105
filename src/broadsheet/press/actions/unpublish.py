"""Takes a live story down to be fixed: 404 until it returns; posts stay as they are."""

from datetime import datetime

from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LogEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Act


def unpublish(story_id: StoryId, *, now: datetime, by: str) -> LogEntry:
    """
    Unpublish a story to fix it.

    Raises:
        NeverPublished: it was never live.
        NotNow: it is not live.

    """
    return commit_step(
        story_id, lambda story, _: lifecycle.unpublished(story), act=Act.UNPUBLISH, now=now, by=by
    )

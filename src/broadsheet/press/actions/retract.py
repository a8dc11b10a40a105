"""Withdraws a story for good: a tombstone with the reason, and every post removed."""

from datetime import datetime

from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LogEntry
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Act


def retract(story_id: StoryId, *, reason: str, now: datetime, by: str) -> LogEntry:
    """
    Retract a story, giving readers the reason.

    Raises:
        ActRefused: no reason is given.
        NeverPublished: it was never live.
        NotNow: it is withdrawn already.

    """
    if not reason.strip():
        message = f"cannot retract story {story_id} without a reason: readers will see it"
        raise ActRefused(message)
    return commit_step(
        story_id,
        lambda story, at: lifecycle.retracted(story, reason=reason, now=at),
        act=Act.RETRACT,
        now=now,
        by=by,
    )

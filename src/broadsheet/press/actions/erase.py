"""
Removes a story's words from everywhere, the log included, because the law asks.

The one act that changes entries: each older version keeps its number, time, act and
hash, and loses its content. What remains says that there was something, and why not.
"""

from datetime import datetime

from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LedgerRow, LogEntry
from broadsheet.press.posts.ledger import ABSENT_TEXT
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Act, Story
from broadsheet.story.versions import decoded, encoded


def erase(story_id: StoryId, *, reason: str, now: datetime, by: str) -> LogEntry:
    """
    Erase a story.

    Raises:
        ActRefused: no reason is given.
        NeverPublished: it was never live.

    """
    if not reason.strip():
        message = f"cannot erase story {story_id} without a reason: it stays in its place"
        raise ActRefused(message)
    entry = commit_step(
        story_id,
        lambda story, at: lifecycle.erased(story, reason=reason, now=at),
        act=Act.ERASE,
        now=now,
        by=by,
    )
    _empty_older_versions(story_id, before=entry.seq, reason=reason, now=entry.at)
    # What stays to be said is the notice, where a network edits and does not remove.
    LedgerRow.objects.filter(story=story_id, desired=ABSENT_TEXT).update(payload=b"")
    return entry


def _empty_older_versions(story_id: StoryId, *, before: int, reason: str, now: datetime) -> None:
    for entry in LogEntry.objects.filter(kind="story", record_id=story_id, seq__lt=before):
        story = decoded(bytes(entry.version))
        if isinstance(story, Story):
            entry.version = encoded(lifecycle.erased(story, reason=reason, now=now))
            entry.save(update_fields=["version"])

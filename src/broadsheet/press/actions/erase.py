"""
Removes a story's words from everywhere, the log included, because the law asks.

The one act that changes entries: each older version keeps its number, time, act and
hash, and loses its content. What remains says that there was something, and why not. Fronts
lose the story and the words they had of their own for it.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from broadsheet.press import log
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.actions.stories import commit_step
from broadsheet.press.models import LedgerRow, LogEntry
from broadsheet.press.models.ledger import ABSENT_TEXT
from broadsheet.story import lifecycle
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Act, Front, Slot, Story
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
    _take_off_fronts(story_id, now=entry.at, by=by)
    # What stays to be said is the notice, where a network edits and does not remove.
    LedgerRow.objects.filter(story=story_id, desired=ABSENT_TEXT).update(payload=b"")
    return entry


def without(slots: Iterable[Slot], story_id: StoryId) -> tuple[Slot, ...]:
    """Return slots of a front of which a story's show the newest, and say nothing of it."""
    return tuple(
        Slot(place=slot.place, story=None) if slot.story == story_id else slot for slot in slots
    )


def _take_off_fronts(story_id: StoryId, *, now: datetime, by: str) -> None:
    """Arrange the fronts it is on without it, in new entries, and empty its slots in old ones."""
    for entry in LogEntry.objects.filter(kind="front").order_by("seq"):
        front = decoded(bytes(entry.version))
        if not isinstance(front, Front) or not any(s.story == story_id for s in front.slots):
            continue
        left = msgspec.structs.replace(front, slots=without(front.slots, story_id))
        # Projections read what is newest: it changes by an entry, as everything they see does.
        if entry.seq == log.newest_seq("front", front.id):
            log.append(left, turn=log.take_turn(now), act=Act.EDIT, by=by)
        entry.version = encoded(left)
        entry.save(update_fields=["version"])


def _empty_older_versions(story_id: StoryId, *, before: int, reason: str, now: datetime) -> None:
    for entry in LogEntry.objects.filter(kind="story", record_id=story_id, seq__lt=before):
        story = decoded(bytes(entry.version))
        if isinstance(story, Story):
            entry.version = encoded(lifecycle.erased(story, reason=reason, now=now))
            entry.save(update_fields=["version"])

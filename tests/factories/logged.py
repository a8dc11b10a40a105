"""Reads the log as tests ask about it."""

from broadsheet.newsroom.models import Story
from broadsheet.press import log
from broadsheet.press.models import LogEntry
from broadsheet.story import records


def acts_of(story: Story) -> list[str]:
    """Return the acts in a story's log, oldest first."""
    entries = LogEntry.objects.filter(kind="story", record_id=str(story.uuid))
    return list(entries.order_by("seq").values_list("act", flat=True))


def version_of(story: Story) -> records.Story:
    """Return a story's newest version; it must have one."""
    newest = log.newest("story", str(story.uuid))
    assert isinstance(newest, records.Story)
    return newest

"""
Keeps a post back for a moment until its lead picture can go with it.

A payload is fitted once, and what is out is not fitted again for a picture: a post that left
before the picture's first sizes were made would stay without it. So it is not due yet. The
sizes bring it along (taking_along.py); when they do not come in time, it goes without.
"""

from datetime import datetime, timedelta

from broadsheet.press import log
from broadsheet.story.records import Picture, Story

# First sizes take seconds; a minute leaves room for a queue of uploads and a retry or two, and
# is what news can wait. Counted from first publication, so that corrections do not prolong it.
AT_MOST_S = 60


def waits_until(story: Story) -> datetime | None:
    """Return until when a post that was not sent waits for sizes, None if none are to come."""
    if story.content.lead is None or story.first_published_at is None:
        return None
    lead = log.newest("picture", story.content.lead.picture)
    # A record that knows its proportions, and has no size, is of a picture still being made;
    # one that waits for its file, or whose rights have ended, knows none.
    is_being_made = isinstance(lead, Picture) and bool(lead.width_px) and not lead.renditions
    return story.first_published_at + timedelta(seconds=AT_MOST_S) if is_being_made else None
